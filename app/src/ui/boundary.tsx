/** A screen that fails says so; the rest of the app, and all that is saved, goes on. */

import { Component, type ComponentChildren } from "preact";
import { at } from "../router.ts";

interface Props {
  /** Another page gets another chance. */
  readonly path: string;
  readonly children: ComponentChildren;
}

interface State {
  readonly failed: boolean;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failed: false };

  static override getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.path !== this.props.path) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <>
        <h1 class="nhsuk-heading-l">This page could not be shown</h1>
        <p>Your work is safe on this phone. Go back and try again.</p>
        <p>
          <a class="kith-more" href={at()}>
            Home
          </a>
        </p>
      </>
    );
  }
}

/** Words for a failure that no screen caught: most often the phone has no room left. */
export function failureWords(reason: unknown): string {
  const name = reason instanceof Error ? `${reason.name} ${String((reason as { inner?: unknown }).inner ?? "")}` : "";
  if (/QuotaExceeded/.test(name)) return "This phone has no room left, so that was not saved. Free some room, then try again";
  return "That did not work. What was saved before is safe. Please try again";
}
