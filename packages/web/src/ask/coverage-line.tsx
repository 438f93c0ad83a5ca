import type { Coverage } from "@vibe-charting/contracts";
import { distance, fullTime, plural } from "../format/times.ts";
import { useNow } from "../live/use-now.ts";

const sourceNames = {
  coinmarketcap: "CoinMarketCap",
  demo: "simulated market",
  replay: "replay of past data",
} as const;

/** How much of the market an answer rests on, and how old that is. */
export function CoverageLine({ coverage, newestAt }: { coverage: Coverage; newestAt: string | null }) {
  const { evaluated, skipped, asOf, stale, source } = coverage;
  const now = useNow();
  return (
    <p className="coverage">
      {evaluated > 0 && `${plural(evaluated, "coin")} evaluated`}
      {skipped.length > 0 &&
        `, skipped ${skipped.map(({ reason, count }) => `${count} (${reason})`).join(", ")}`}
      {evaluated > 0 && ". "}
      {asOf === null ? "No data has been taken in yet." : `Data of ${fullTime(asOf)}`}
      {/* A simulated or replayed market keeps its own time; of old data there is a sentence below. */}
      {asOf !== null && source === "coinmarketcap" && !stale && `, ${distance(asOf, now)} ago`}
      {asOf !== null &&
        newestAt !== null &&
        newestAt > asOf &&
        `, ${distance(asOf, newestAt)} before the newest`}
      {source !== null && `, from ${source === "coinmarketcap" ? "" : "a "}${sourceNames[source]}`}
      {asOf !== null && "."}
      {stale && (
        <strong className="stale">
          {" "}
          This data is old: {asOf ? `${distance(asOf, now)} behind the clock.` : ""}
        </strong>
      )}
    </p>
  );
}
