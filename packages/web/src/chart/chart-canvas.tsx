import type { RefObject } from "react";

/** Where a chart is drawn. It takes the focus, so that keys move the chart. */
const reachable = { tabIndex: 0 };

export function ChartCanvas({
  target,
  label,
  small,
}: {
  target: RefObject<HTMLElement | null>;
  label: string;
  small?: boolean;
}) {
  return (
    <section
      ref={target}
      className={small ? "chart-canvas small" : "chart-canvas"}
      aria-label={`${label}. Arrow keys move it, plus and minus zoom, Home shows all.`}
      {...reachable}
    />
  );
}
