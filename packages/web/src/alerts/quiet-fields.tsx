import type { AlertFormPart } from "./alert-form-part.ts";
import { Field } from "./field.tsx";

/** How often an alert tells, and when not. */
export function QuietFields({ draft, set, wrongWith }: AlertFormPart) {
  return (
    <fieldset className="fields">
      <legend>How often, and when not</legend>
      <Field label="Messages a day, at most" problem={wrongWith("dailyCap")}>
        {described => (
          <input
            {...described}
            type="number"
            min={1}
            max={100}
            required
            value={draft.dailyCap}
            onChange={({ target }) => set({ dailyCap: target.value })}
          />
        )}
      </Field>
      <label className="filter check">
        <input
          type="checkbox"
          checked={draft.hasQuietHours}
          onChange={({ target }) => set({ hasQuietHours: target.checked })}
        />
        Quiet hours
      </label>
      {draft.hasQuietHours && (
        <>
          <Field label="From" problem={wrongWith("quietHours.from")}>
            {described => (
              <input
                {...described}
                type="time"
                required
                value={draft.quietFrom}
                onChange={({ target }) => set({ quietFrom: target.value })}
              />
            )}
          </Field>
          <Field
            label={`To, in ${draft.timeZone}`}
            problem={wrongWith("quietHours.to", "quietHours.timeZone")}
          >
            {described => (
              <input
                {...described}
                type="time"
                required
                value={draft.quietTo}
                onChange={({ target }) => set({ quietTo: target.value })}
              />
            )}
          </Field>
        </>
      )}
      <p className="note">What is held back comes in one message afterwards. Nothing is lost.</p>
    </fieldset>
  );
}
