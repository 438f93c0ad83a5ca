import { Component, type ReactNode } from "react";
import { Failure } from "./failure.tsx";

/** Keeps a fault of one page from taking the whole down. React has this only as a class. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <main id="main">
        <Failure error={this.state.error} retry={() => this.setState({ error: null })} />
      </main>
    );
  }
}
