import type { Evidence, QueryResult } from "@vibe-charting/contracts";
import { conditionWords, signalNames, stateNames } from "../format/words.ts";
import { ScrollTable } from "../layout/scroll-table.tsx";
import { RecordTable } from "./record-table.tsx";

/** The conditions of a result's signal, to be opened. */
export function SignalEvidence({ result }: { result: QueryResult }) {
  const { symbol, signal, state, evidence, record } = result;
  if (!signal || !state || !evidence) return null;
  return (
    <details className="evidence">
      <summary>
        Why {symbol}: {signalNames[signal].toLowerCase()}, {stateNames[state].toLowerCase()}
      </summary>
      <ConditionsTable evidence={evidence} title={`Conditions of ${symbol}'s signal`} />
      {record !== undefined && <RecordTable record={record} />}
    </details>
  );
}

/** Each condition with what was measured and what it asks for. */
export function ConditionsTable({ evidence, title }: { evidence: Evidence; title: string }) {
  return (
    <>
      <ScrollTable label={title} kind="evidence-table">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col" className="number">
              Measured
            </th>
            <th scope="col" className="number">
              Asked for
            </th>
            <th scope="col">Met</th>
          </tr>
        </thead>
        <tbody>
          {evidence.conditions.map(condition => {
            const { what, value, asks } = conditionWords(condition);
            return (
              <tr key={condition.name} data-condition={condition.name} data-met={condition.met}>
                <th scope="row">{what}</th>
                <td className="number">{value}</td>
                <td className="number asks">{asks}</td>
                <td className={condition.met ? "met" : "unmet"}>{condition.met ? "Yes" : "No"}</td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
      {evidence.notes.map(note => (
        <p className="note" key={note}>
          {note}
        </p>
      ))}
    </>
  );
}
