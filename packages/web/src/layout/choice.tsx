import { useId } from "react";

/** One of a few, as a row of radio buttons. */
export function Choice<Value extends string>({
  label,
  values,
  names,
  value,
  onChange,
}: {
  label: string;
  values: readonly Value[];
  names: Readonly<Record<Value, string>>;
  /** Undefined while none is known. */
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className="hidden">{label}</legend>
      {values.map(option => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          <span>{names[option]}</span>
        </label>
      ))}
    </fieldset>
  );
}
