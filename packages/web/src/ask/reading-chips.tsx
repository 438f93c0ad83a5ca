import type { Interpretation } from "@vibe-charting/contracts";
import { share } from "../format/numbers.ts";
import { fullTime } from "../format/times.ts";
import type { Chip } from "./chip.ts";
import { chipsOf } from "./reading-options.ts";

/** How the question was read, in parts that can be changed or removed; each change asks the question it makes. */
export function ReadingChips({
  interpretation,
  ask,
}: {
  interpretation: Interpretation;
  ask: (question: string) => void;
}) {
  const chips = chipsOf(interpretation);
  const { confidence } = interpretation;
  const { from, to } = interpretation.window;
  const set = chips.filter(({ value }) => value !== "any");
  const unset = chips.filter(({ value }) => value === "any");
  return (
    <section className="reading" aria-label="How the question was read">
      {set.length > 0 && (
        <p className="reading-title">Read as{confidence < sureFrom && `, ${share(confidence)} sure`}</p>
      )}
      <ul className="chips">
        {set.map(chip => (
          <li key={chip.id}>
            <ChipItem chip={chip} ask={ask} />
          </li>
        ))}
        {unset.length > 0 && (
          <li key="add">
            <AddFilter chips={unset} ask={ask} />
          </li>
        )}
      </ul>
      {set.length > 0 && (
        <p className="window">
          From <time dateTime={from}>{fullTime(from)}</time> to <time dateTime={to}>{fullTime(to)}</time>
        </p>
      )}
      {set.length > 0 && interpretation.notUnderstood.length > 0 && (
        <p className="not-understood">
          Not understood, and left out:{" "}
          {interpretation.notUnderstood.map((word, place) => (
            <span key={word}>
              {place > 0 && ", "}
              <q dir="auto">{word}</q>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

/** A reading of this confidence needs no remark. */
const sureFrom = 0.9;

function ChipItem({ chip, ask }: { chip: Chip; ask: (question: string) => void }) {
  const { id, label, value, options, without } = chip;
  const isKnown = options.some(({ name }) => name === value);
  return (
    <span className="chip" data-chip={id}>
      {options.length === 0 ? (
        <span className="chip-text">
          <span className="chip-label">{label}</span> {value}
        </span>
      ) : (
        <label>
          <span className="chip-label">{label}</span>
          <select
            value={value}
            onChange={event => {
              const chosen = options.find(({ name }) => name === event.target.value);
              if (chosen) ask(chosen.question);
            }}
          >
            {!isKnown && <option value={value}>{value}</option>}
            {options.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {without !== null && (
        <button
          type="button"
          onClick={() => ask(without)}
          aria-label={`Remove ${label.toLowerCase()}: ${value}`}
        >
          ×
        </button>
      )}
    </span>
  );
}

function AddFilter({ chips, ask }: { chips: readonly Chip[]; ask: (question: string) => void }) {
  return (
    <span className="chip add" data-chip="add">
      <select aria-label="Add a filter" value="" onChange={event => ask(event.target.value)}>
        <option value="" disabled>
          + Add a filter
        </option>
        {chips.map(({ id, label, options }) => (
          <optgroup key={id} label={label}>
            {options.map(({ name, question }) => (
              <option key={name} value={question}>
                {label} {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
