import { alertTypeNames } from "../format/words.ts";
import type { AlertFormPart } from "./alert-form-part.ts";
import { alertTypes } from "./alert-request.ts";
import { Field } from "./field.tsx";

/** What an alert tells. */
export function SignalFields({ draft, set, wrongWith }: AlertFormPart) {
  return (
    <fieldset className="fields">
      <legend>What to tell</legend>
      <div className="checks">
        {alertTypes.map(type => (
          <label key={type} className="filter check">
            <input
              type="checkbox"
              checked={draft.signalTypes.includes(type)}
              onChange={({ target }) =>
                set({
                  signalTypes: alertTypes.filter(other =>
                    other === type ? target.checked : draft.signalTypes.includes(other),
                  ),
                })
              }
            />
            {alertTypeNames[type]}
          </label>
        ))}
        <p className="note">{draft.signalTypes.length === 0 && "None chosen: all of them."}</p>
      </div>
      <Field label="Only these coins" problem={wrongWith("filter.symbols")}>
        {described => (
          <input
            {...described}
            type="text"
            placeholder="all; or BTC, ETH"
            autoComplete="off"
            value={draft.symbols}
            onChange={({ target }) => set({ symbols: target.value })}
          />
        )}
      </Field>
      <label className="filter">
        When it is
        <select
          value={draft.states}
          onChange={({ target }) => set({ states: target.value === "every" ? "every" : "confirmed" })}
        >
          <option value="confirmed">Confirmed</option>
          <option value="every">Suspected, confirmed or over</option>
        </select>
      </label>
      <label className="filter">
        At least
        <select value={draft.minConfidence} onChange={({ target }) => set({ minConfidence: target.value })}>
          <option value="">Any confidence</option>
          {confidencesWith(draft.minConfidence).map(value => (
            <option key={value} value={value}>
              {Math.round(Number(value) * 100)}% sure
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

/** The usual steps, and what a question asked for. */
function confidencesWith(asked: string): string[] {
  return [...new Set(["0.5", "0.6", "0.7", "0.8", asked])].filter(value => value !== "").sort();
}
