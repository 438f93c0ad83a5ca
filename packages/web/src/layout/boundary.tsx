import { Component, type ReactNode } from "react";

type Fallback = (error: unknown, retry: () => void) => ReactNode;

/** Puts a fallback in the place of a part that failed while it was drawn. React has this only as a class. */
export class Boundary extends Component<{ children: ReactNode; fallback: Fallback }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return this.props.fallback(this.state.error, () => this.setState({ error: null }));
  }
}
