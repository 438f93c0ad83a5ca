import { type ReactNode, useId } from "react";

/** What ties a field to what is wrong with it, for who hears the page. */
type Described = {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby"?: string;
};

/** A field with its name above it, and below it what the API says is wrong with it. */
export function Field({
  label,
  problem,
  wide,
  children,
}: {
  label: string;
  problem: string | undefined;
  wide?: boolean;
  children: (described: Described) => ReactNode;
}) {
  const id = useId();
  const problemId = `${id}-problem`;
  const described: Described =
    problem === undefined
      ? { id, "aria-invalid": false }
      : { id, "aria-invalid": true, "aria-describedby": problemId };
  return (
    <div className={wide ? "field wide" : "field"}>
      <label className="filter" htmlFor={id}>
        {label}
      </label>
      {children(described)}
      {problem !== undefined && (
        <p id={problemId} className="problem">
          {problem}
        </p>
      )}
    </div>
  );
}
