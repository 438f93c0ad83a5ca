import type { TrendReading } from "@vibe-charting/contracts";
import { share } from "../format/numbers.ts";
import { timeframeNames } from "../format/words.ts";
import { Loading } from "../layout/loading.tsx";
import { Change } from "./change.tsx";
import { TrendWord } from "./trend-word.tsx";

/** The trend of each timeframe, or that there is not enough data for one. */
export function TrendTiles({ trends }: { trends: readonly TrendReading[] | undefined }) {
  return (
    <section aria-labelledby="trends-title">
      <h2 id="trends-title">Trends</h2>
      {trends === undefined ? (
        <Loading what="the trends" lines={2} />
      ) : (
        <ul className="tiles">
          {trends.map(({ timeframe, type, confidence, changePct, volatility, notes }) => (
            <li key={timeframe} data-trend={timeframe}>
              <h3>{timeframeNames[timeframe]}</h3>
              <p className="tile-main">{type ? <TrendWord type={type} /> : "Not enough data"}</p>
              <p>
                <Change percent={changePct} />
              </p>
              <p className="note">
                {type && `${share(confidence)} sure`}
                {volatility !== null && `${type ? ", " : ""}volatility ${share(volatility)} a year`}
              </p>
              {notes.map(note => (
                <p key={note} className="note">
                  {note}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
