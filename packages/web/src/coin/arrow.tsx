const paths = {
  up: "M5 0.5 9.5 9.5h-9z",
  down: "M5 9.5 0.5 0.5h9z",
  uptrend: "M1 9 8.4 1.6M3 1.2h5.8V7",
  downtrend: "M1 1 8.4 8.4M3 8.8h5.8V3",
  sideways: "M0.5 5h8.5M6 2l3 3-3 3",
} as const;

/** A direction, drawn: fonts do not all have arrows. It stands beside words, and says nothing by itself. */
export function Arrow({ to }: { to: keyof typeof paths }) {
  return (
    <svg className={`arrow ${to.length > 4 ? "drawn" : "filled"}`} viewBox="0 0 10 10" aria-hidden="true">
      <path d={paths[to]} />
    </svg>
  );
}
