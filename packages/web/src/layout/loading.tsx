const lineNames = ["first", "second", "third", "fourth", "fifth", "sixth"] as const;

/** Grey lines in the place of what is on its way. */
export function Loading({ what, lines = 4 }: { what: string; lines?: number }) {
  return (
    <div className="loading" role="status">
      <span className="hidden">Loading {what}</span>
      {lineNames.slice(0, lines).map(line => (
        <span className="skeleton" key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
