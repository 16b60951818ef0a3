/** Small parts that many screens share: buttons, rows of a list, tags, facts. */

import type { ComponentChildren } from "preact";
import { small } from "../words/plain.ts";
import { t } from "../words/t.ts";

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly type?: "button" | "submit";
  readonly look?: "primary" | "secondary" | "warning";
  readonly disabled?: boolean;
}

export function Button({ children, onClick, type = "button", look = "primary", disabled = false }: ButtonProps) {
  const extra = look === "primary" ? "" : ` nhsuk-button--${look}`;
  return (
    <button class={`nhsuk-button${extra}`} type={type} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

interface ButtonLinkProps {
  readonly href: string;
  readonly look?: "primary" | "secondary";
  readonly children: ComponentChildren;
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ href, look = "primary", children }: ButtonLinkProps) {
  return (
    <a class={`nhsuk-button${look === "primary" ? "" : " nhsuk-button--secondary"}`} href={href}>
      {children}
    </a>
  );
}

export function LinkButton({ children, onClick }: { readonly children: ComponentChildren; readonly onClick: () => void }) {
  return (
    <button class="kith-link-button" type="button" onClick={onClick}>
      {children}
    </button>
  );
}

interface RowProps {
  readonly href: string;
  readonly name: string;
  readonly children?: ComponentChildren;
}

/** One line of a list: a whole row to tap, its name the link's name. */
export function Row({ href, name, children }: RowProps) {
  return (
    <li class="kith-list__item">
      <a class="kith-row" href={href}>
        <span class="kith-row__name">{name}</span>
        {children && <span class="kith-row__text">{children}</span>}
      </a>
    </li>
  );
}

export function Tag({ children, colour }: { readonly children: ComponentChildren; readonly colour?: string }) {
  return <strong class={`nhsuk-tag${colour ? ` nhsuk-tag--${colour}` : ""}`}>{children}</strong>;
}

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly href?: string | undefined;
}

/** Names and values, each with a link to change it where that makes sense. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="nhsuk-summary-list">
      {facts.map((fact) => (
        <div class="nhsuk-summary-list__row" key={fact.name}>
          <dt class="nhsuk-summary-list__key">{fact.name}</dt>
          <dd class="nhsuk-summary-list__value">{fact.value}</dd>
          {fact.href && (
            <dd class="nhsuk-summary-list__actions">
              <a href={fact.href}>
                {t("ui.change")}<span class="nhsuk-u-visually-hidden"> {small(fact.name)}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

export function Notice({ children, attention = false }: { readonly children: ComponentChildren; readonly attention?: boolean }) {
  return <div class={`kith-notice${attention ? " kith-notice--attention" : ""}`}>{children}</div>;
}

interface DetailsProps {
  readonly summary: string;
  readonly children: ComponentChildren;
}

export function Details({ summary, children }: DetailsProps) {
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">{summary}</span>
      </summary>
      <div class="nhsuk-details__text">{children}</div>
    </details>
  );
}
