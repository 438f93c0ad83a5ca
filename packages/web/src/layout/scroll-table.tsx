import type { ReactNode } from "react";

/** A region that scrolls must be reachable by keyboard, or what lies beside its edge is not. */
const reachable = { tabIndex: 0 };

/** A table that may be wider or longer than its place. */
export function ScrollTable({
  label,
  tall,
  children,
}: {
  label: string;
  tall?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={tall ? "table-scroll tall" : "table-scroll"} aria-label={label} {...reachable}>
      <table>{children}</table>
    </section>
  );
}
