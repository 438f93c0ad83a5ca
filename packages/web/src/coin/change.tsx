import { change } from "../format/numbers.ts";
import { Arrow } from "./arrow.tsx";

/** A change in per cent: the sign and an arrow say what the colour says. */
export function Change({ percent }: { percent: number | null | undefined }) {
  const text = change(percent);
  const direction = text.startsWith("+") ? "up" : text.startsWith("−") ? "down" : "flat";
  return (
    <span className={`change ${direction}`}>
      {direction !== "flat" && <Arrow to={direction} />}
      {text}
    </span>
  );
}
