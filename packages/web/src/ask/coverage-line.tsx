import type { Coverage } from "@vibe-charting/contracts";
import { distance, fullTime, plural } from "../format/times.ts";

const sourceNames = {
  coinmarketcap: "CoinMarketCap",
  demo: "simulated market",
  replay: "replay of past data",
} as const;

/** How much of the market an answer rests on, and how old that is. */
export function CoverageLine({ coverage, newestAt }: { coverage: Coverage; newestAt: string | null }) {
  const { evaluated, skipped, asOf, stale, source } = coverage;
  return (
    <p className="coverage">
      {evaluated > 0 && `${plural(evaluated, "coin")} evaluated`}
      {skipped.length > 0 &&
        `, skipped ${skipped.map(({ reason, count }) => `${count} (${reason})`).join(", ")}`}
      {evaluated > 0 && ". "}
      {asOf === null ? "No data has been taken in yet." : `Data of ${fullTime(asOf)}`}
      {asOf !== null &&
        newestAt !== null &&
        newestAt > asOf &&
        `, ${distance(asOf, newestAt)} before the newest`}
      {source !== null && `, from ${source === "coinmarketcap" ? "" : "a "}${sourceNames[source]}`}
      {asOf !== null && "."}
      {stale && (
        <strong className="stale">
          {" "}
          This data is old: {asOf ? `${distance(asOf, new Date().toISOString())} behind the clock.` : ""}
        </strong>
      )}
    </p>
  );
}
