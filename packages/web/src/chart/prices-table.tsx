import { amount, price } from "../format/numbers.ts";
import { shortTime } from "../format/times.ts";
import { ScrollTable } from "../layout/scroll-table.tsx";
import type { ChartLevel, ChartMark, Sample } from "./chart-marks.ts";
import { thinOut } from "./chart-words.ts";

/** A table longer than this helps nobody. */
const mostRows = 100;

/** The samples of a chart, thinned out, the newest first. */
export function PricesTable({ samples }: { samples: readonly Sample[] }) {
  const rows = thinOut(samples, mostRows).toReversed();
  const step = Math.ceil(samples.length / mostRows);
  return (
    <ScrollTable label="Prices" tall>
      <caption>
        {step === 1 ? "Every sample of the chart" : `One of every ${step} samples of the chart`}, the newest
        first.
      </caption>
      <thead>
        <tr>
          <th scope="col">Time, UTC</th>
          <th scope="col" className="number">
            Price
          </th>
          <th scope="col" className="number">
            Volume, 24 hours
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, price: usd, volume24h }) => (
          <tr key={at}>
            <th scope="row">{shortTime(at)}</th>
            <td className="number">{price(usd)}</td>
            <td className="number">{amount(volume24h)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** The marks on a chart, each point of evidence with its time and price, and the levels that are drawn across it. */
export function MarksTable({
  marks,
  earlier,
  levels,
}: {
  marks: readonly ChartMark[];
  earlier: number;
  levels: readonly ChartLevel[];
}) {
  if (marks.length === 0 && earlier === 0 && levels.length === 0) return null;
  return (
    <div className="marks">
      {levels.length > 0 && (
        <dl className="levels">
          {levels.map(({ name, priceUsd }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-level={name}>{price(priceUsd)}</dd>
            </div>
          ))}
        </dl>
      )}
      {marks.length > 0 && (
        <ScrollTable label="Marks on the chart">
          <caption>Marks on the chart</caption>
          <thead>
            <tr>
              <th scope="col">Point</th>
              <th scope="col">Signal</th>
              <th scope="col">Time, UTC</th>
              <th scope="col" className="number">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {marks.map(mark => (
              <tr
                key={`${mark.episodeId} ${mark.label} ${mark.at}`}
                data-mark={mark.episodeId}
                data-sample-at={mark.sampleAt}
              >
                <th scope="row">{mark.label}</th>
                <td>{mark.signal}</td>
                <td>
                  <time dateTime={mark.at}>{shortTime(mark.at)}</time>
                </td>
                <td className="number">{price(mark.priceUsd)}</td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
      {earlier > 0 && <p className="note">{earlier} more lie before this window.</p>}
    </div>
  );
}
