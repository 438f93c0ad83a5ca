import type { SignalRecord } from "@vibe-charting/contracts";
import { change, share } from "../format/numbers.ts";
import { plural, shortDate } from "../format/times.ts";
import { ScrollTable } from "../layout/scroll-table.tsx";

const claims: Readonly<Record<SignalRecord["claim"], string>> = {
  rises: "the price was higher",
  falls: "the price was lower",
  moves: "the price had moved more than usual",
};

/** What became of past signals of one kind, beside ordinary days of the same coins: a lift of 1 tells nothing. */
export function RecordTable({ record }: { record: SignalRecord | null }) {
  const told = record?.horizons.filter(({ count }) => count > 0) ?? [];
  if (record === null || told.length === 0) {
    return (
      <p className="note" data-record="none">
        No signal of this kind is old enough yet to say what became of it.
      </p>
    );
  }
  return (
    <div data-record={record.type}>
      <ScrollTable label="The record of this kind of signal" kind="evidence-table">
        <caption>
          The record of this kind: how often {claims[record.claim]} afterwards, up to {shortDate(record.asOf)}
          . It is a count of the past, no promise.
        </caption>
        <thead>
          <tr>
            <th scope="col">After</th>
            <th scope="col" className="number">
              Held
            </th>
            <th scope="col" className="number">
              95% interval
            </th>
            <th scope="col" className="number">
              On ordinary days
            </th>
            <th scope="col" className="number">
              Middle change
            </th>
          </tr>
        </thead>
        <tbody>
          {told.map(
            ({ horizonDays, count, hits, hitRate, interval: [low, high], ordinary, medianChangePct }) => (
              <tr key={horizonDays}>
                <th scope="row" className="nowrap">
                  {plural(horizonDays, "day")}
                </th>
                <td className="number">
                  {hits} of {count}
                  {hitRate !== null && ` (${share(hitRate)})`}
                </td>
                <td className="number">
                  {share(low)} to {share(high)}
                </td>
                <td className="number">{ordinary.hitRate === null ? "n/a" : share(ordinary.hitRate)}</td>
                <td className="number">{change(medianChangePct)}</td>
              </tr>
            ),
          )}
        </tbody>
      </ScrollTable>
    </div>
  );
}
