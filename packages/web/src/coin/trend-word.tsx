import type { TrendType } from "@vibe-charting/contracts";
import { share } from "../format/numbers.ts";
import { trendNames } from "../format/words.ts";
import { Arrow } from "./arrow.tsx";

export function TrendWord({ type, confidence }: { type: TrendType; confidence?: number }) {
  return (
    <span className={`trend ${type}`}>
      <Arrow to={type} />
      {trendNames[type]}
      {confidence !== undefined && <span className="sure"> {share(confidence)} sure</span>}
    </span>
  );
}
