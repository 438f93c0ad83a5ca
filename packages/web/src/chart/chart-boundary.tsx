import { type ReactNode, Suspense } from "react";
import { Boundary } from "../layout/boundary.tsx";

/** The place of a chart, whose code loads when the first is shown. Without it the rest of the page stands as it is. */
export function ChartBoundary({ loading, children }: { loading: ReactNode; children: ReactNode }) {
  return (
    <Boundary fallback={() => <NoChart />}>
      <Suspense fallback={loading}>{children}</Suspense>
    </Boundary>
  );
}

/** React keeps a part that could not be loaded as it is: only the whole page can be tried again. */
function NoChart() {
  return (
    <p className="interrupted" role="status" data-failure="chart">
      <strong>The chart could not be loaded.</strong> What it shows is in words and figures here too.{" "}
      <button type="button" onClick={() => location.reload()}>
        Load the page again
      </button>
    </p>
  );
}
