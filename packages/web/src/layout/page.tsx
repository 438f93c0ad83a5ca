import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";

let shownPath: string | undefined;

/** A page: names the document, and takes the focus when it was navigated to, as a loaded document would. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const ref = useRef<HTMLElement>(null);
  const [path] = useLocation();
  useEffect(() => {
    document.title = title === "" ? "Vibe Charting" : `${title} · Vibe Charting`;
  }, [title]);
  useEffect(() => {
    if (shownPath !== undefined && shownPath !== path) {
      if (!ref.current?.contains(document.activeElement)) ref.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    shownPath = path;
  }, [path]);
  return (
    <main id="main" tabIndex={-1} ref={ref}>
      {children}
    </main>
  );
}
