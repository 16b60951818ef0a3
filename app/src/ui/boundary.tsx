/** A screen that fails says so; the rest of the app, and all that is saved, goes on. */

import { Component, type ComponentChildren } from "preact";
import { at } from "../router.ts";
import { t } from "../words/t.ts";

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
        <h1 class="nhsuk-heading-l">{t("ui.broken.title")}</h1>
        <p>{t("ui.broken.text")}</p>
        <p>
          <a class="kith-more" href={at()}>
            {t("home.tab")}
          </a>
        </p>
      </>
    );
  }
}

/** Words for a failure that no screen caught: most often the phone has no room left. */
export function failureWords(reason: unknown): string {
  const name = reason instanceof Error ? `${reason.name} ${String((reason as { inner?: unknown }).inner ?? "")}` : "";
  if (/QuotaExceeded/.test(name)) return t("ui.full");
  return t("ui.failed");
}
