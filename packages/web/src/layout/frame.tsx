import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useConfig, useHealth } from "../api/queries.ts";
import { clockTime, distance, fullTime, shortDate } from "../format/times.ts";
import { useLiveMarket } from "../live/live-market.tsx";
import { Notices } from "../live/notices.tsx";
import { useNow } from "../live/use-now.ts";
import { ThemeChoice } from "./theme.tsx";

const places = [
  ["/", "Market"],
  ["/ask", "Ask"],
  ["/signals", "Signals"],
  ["/coins", "Coins"],
] as const;

/** What stands around every page. */
export function Frame({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <MarketBanner />
      <header className="top">
        <Link href="/" className="wordmark">
          Vibe Charting
        </Link>
        <nav aria-label="Pages">
          {places.map(([href, name]) => (
            <Link key={href} href={href} aria-current={isIn(path, href) ? "page" : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <LiveState />
      </header>
      {children}
      <footer>
        <p>An observation of the past, never advice or a prediction. Prices in US dollars, times in UTC.</p>
        <p>
          Charts by{" "}
          <a href="https://www.tradingview.com/" rel="noreferrer">
            TradingView
          </a>{" "}
          Lightweight Charts™, © 2025 TradingView, Inc. · <ApiLink />
        </p>
        <ThemeChoice />
      </footer>
      <Notices />
    </>
  );
}

/** To the API's description, which is on the API's host. */
function ApiLink() {
  const { data } = useConfig();
  return data ? <a href={`${data.apiUrl}/openapi.json`}>API</a> : "API";
}

function isIn(path: string, place: string): boolean {
  return place === "/" ? path === "/" : path === place || path.startsWith(`${place}/`);
}

/** Whether new data comes in, and of when the newest is: words as well as a dot. */
function LiveState() {
  const { state, newestAt } = useLiveMarket();
  const isReal = useHealth().data?.source === "coinmarketcap";
  const now = useNow();
  const words = { connecting: "Connecting", live: "Live", interrupted: "Interrupted" }[state];
  return (
    <p className="live" data-state={state}>
      <span className="dot" aria-hidden="true" />
      {words}
      {newestAt && (
        <time dateTime={newestAt} title={fullTime(newestAt)}>
          {shortDate(newestAt)}, {clockTime(newestAt)} UTC
          {/* A simulated or replayed market keeps its own time, in which its newest listing is now. */}
          {isReal && `, ${distance(newestAt, now)} ago`}
        </time>
      )}
    </p>
  );
}

/** Simulated, past and old data is never shown without saying so. */
function MarketBanner() {
  const { data } = useHealth();
  if (data?.source === "demo") {
    return (
      <aside className="banner" aria-label="About this data" data-banner="simulated">
        <strong>Simulated market.</strong> None of these prices and signals is real.
      </aside>
    );
  }
  if (data?.source === "replay") {
    return (
      <aside className="banner" aria-label="About this data" data-banner="replay">
        <strong>Replay of past data.</strong> This is history played again, not today's market.
      </aside>
    );
  }
  if (data && !data.checks.data.ok) {
    return (
      <aside className="banner" aria-label="About this data" data-banner="stale">
        <strong>Old data.</strong>{" "}
        {data.checks.data.newestAt === null
          ? "No prices have been taken in yet."
          : `The newest prices are of ${fullTime(data.checks.data.newestAt)}. No alert is sent until newer ones arrive.`}
      </aside>
    );
  }
  return null;
}
