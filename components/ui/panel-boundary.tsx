"use client";

import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

type PanelBoundaryProps = {
  /** What the panel shows, inside a sentence: "the results". */
  name: string;
  /** It stands inside a frame already, so that its notice needs none. */
  isFramed?: boolean;
  children: ReactNode;
};

/** A defect inside one panel takes that panel away and nothing else; it can be drawn anew. */
export class PanelBoundary extends Component<PanelBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Notice
        kind="error"
        isFrameless={this.props.isFramed}
        title={`Something is wrong with ${this.props.name}`}
        actions={
          <Button size="small" onClick={() => this.setState({ error: null })}>
            Try again
          </Button>
        }
      >
        {error.message} The rest of the page goes on working.
      </Notice>
    );
  }
}
