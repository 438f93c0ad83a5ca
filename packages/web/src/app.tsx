import { QueryClientProvider } from "@tanstack/react-query";
import { Route, Switch, useLocation } from "wouter";
import { createQueryClient } from "./api/queries.ts";
import { AskPage } from "./ask/ask-page.tsx";
import { CoinPage } from "./coin/coin-page.tsx";
import { CoinsPage } from "./coin/coins-page.tsx";
import { Frame } from "./layout/frame.tsx";
import { NotFoundPage } from "./layout/not-found-page.tsx";
import { PageBoundary } from "./layout/page-boundary.tsx";
import { LiveMarketProvider } from "./live/live-market.tsx";
import { MarketPage } from "./market/market-page.tsx";
import { SignalsPage } from "./signals/signals-page.tsx";

const queryClient = createQueryClient();

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <LiveMarketProvider>
        <Frame>
          <Pages />
        </Frame>
      </LiveMarketProvider>
    </QueryClientProvider>
  );
}

function Pages() {
  const [path] = useLocation();
  return (
    <PageBoundary key={path}>
      <Switch>
        <Route path="/">
          <MarketPage />
        </Route>
        <Route path="/ask">
          <AskPage />
        </Route>
        <Route path="/signals">
          <SignalsPage />
        </Route>
        <Route path="/coins">
          <CoinsPage />
        </Route>
        <Route path="/coins/:symbol">{({ symbol }) => <CoinPage key={symbol} address={symbol} />}</Route>
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </PageBoundary>
  );
}
