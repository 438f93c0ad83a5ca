import type { ReactNode } from "react";
import { Boundary } from "./boundary.tsx";
import { Failure } from "./failure.tsx";

/** Keeps a fault of one page from taking the whole down. */
export function PageBoundary({ children }: { children: ReactNode }) {
  return (
    <Boundary
      fallback={(error, retry) => (
        <main id="main">
          <Failure error={error} retry={retry} />
        </main>
      )}
    >
      {children}
    </Boundary>
  );
}
