import type { ReactNode } from "react";

/** A region that scrolls must be reachable by keyboard, or what lies beside its edge is not. */
const reachable = { tabIndex: 0 };

/** A table that may be wider or longer than its place. */
export function ScrollTable({
  label,
  tall,
  kind,
  children,
}: {
  label: string;
  tall?: boolean;
  /** The class of a table that is laid out otherwise. */
  kind?: string;
  children: ReactNode;
}) {
  return (
    <section className={tall ? "table-scroll tall" : "table-scroll"} aria-label={label} {...reachable}>
      <table className={kind}>{children}</table>
    </section>
  );
}
