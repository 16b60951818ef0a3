/** One line of a shortlist: what it is, where, when, why it may suit, and what can be decided about it. */

import type { ShownItem } from "@contract/ranker/index.ts";
import type { PlacementDoc } from "@generated/contract.ts";
import { type Choice, choiceOf } from "../../data/choice.ts";
import type { Ranked } from "../../data/items.ts";
import type { Schedule } from "../../logic/session.ts";
import { at } from "../../router.ts";
import { Button, LinkButton, Tag } from "../../ui/parts.tsx";
import { Rich } from "../../ui/rich.tsx";
import { addressOf, costOf, costWords, placesWords, whenWords, whereWords } from "../../words/candidate.ts";
import { label } from "../../words/labels.ts";
import { creditWords } from "../../words/minutes.ts";
import { type Key, t } from "../../words/t.ts";
import { Reasons } from "./reasons.tsx";

export interface LineProps {
  readonly number: number;
  readonly shown: ShownItem;
  readonly item: Ranked | undefined;
  readonly referralId: string;
  readonly schedules: readonly Schedule[];
  /** What was decided about it for this referral. */
  readonly placements: readonly PlacementDoc[];
  /** The last place has gone, perhaps since it was ranked. */
  readonly isFull: boolean;
  readonly isPicked: boolean;
  readonly onChoose: () => void;
  readonly onDecline: () => void;
  readonly onPick: () => void;
}

export function Line({ number, shown, item, referralId, schedules, placements, isFull, ...on }: LineProps) {
  const name = item?.doc.name ?? t("shortlist.unnamed");
  const choice = choiceOf(placements, referralId, shown.id);
  const address = addressOf(item);
  const full = [name, address].filter(Boolean).join(", ");
  return (
    <li class="kith-card" id={`line-${shown.id}`}>
      <h2 class="nhsuk-heading-s">
        {number}. <a href={`${at("items", shown.kind, shown.id)}?from=${referralId}`}>{name}</a>
      </h2>
      <p class="kith-tags">
        <Tag colour="grey">{t(`shortlist.kind.${shown.kind}`)}</Tag>
        <ChoiceTag choice={choice} placements={placements} referralId={referralId} id={shown.id} />
      </p>
      <LineFacts shown={shown} item={item} schedules={schedules} isFull={isFull} />
      <Reasons level="h3" shown={shown} />
      {choice !== "stands" && !isFull && (
        <Button look="secondary" onClick={on.onChoose}>
          <Named text={choice === "none" ? "shortlist.choice.choose" : "shortlist.choice.again"} name={full} />
        </Button>
      )}
      <p class="kith-line__more">
        <button class="kith-link-button" type="button" aria-pressed={on.isPicked} onClick={on.onPick}>
          <Named text="shortlist.choice.compare" name={full} />
        </button>
        {choice === "none" && (
          <LinkButton onClick={on.onDecline}>
            <Named text="shortlist.choice.decline" name={full} />
          </LinkButton>
        )}
      </p>
    </li>
  );
}

/** A short text for the eye, with the name behind it for the ear. */
function Named({ text, name }: { readonly text: Key; readonly name: string }) {
  return <Rich text={text} values={{ name }} parts={{ name: (words) => <span class="nhsuk-u-visually-hidden">{words}</span> }} />;
}

export function LineFacts({ shown, item, schedules, isFull }: Pick<LineProps, "shown" | "item" | "schedules" | "isFull">) {
  const address = addressOf(item);
  const pence = costOf(item);
  return (
    <ul class="kith-facts">
      <li>{whereWords(shown, item)}</li>
      {address && <li>{address}</li>}
      <li>{whenWords(shown, item, schedules)}</li>
      <li>{placesWords(isFull ? 0 : shown.places_open)}</li>
      {pence !== null && <li>{costWords(pence)}</li>}
      {item?.kind === "offer" && <li>{creditWords(item.doc.minutes)}</li>}
    </ul>
  );
}

interface ChoiceTagProps {
  readonly choice: Choice;
  readonly placements: readonly PlacementDoc[];
  readonly referralId: string;
  readonly id: string;
}

function ChoiceTag({ choice, placements, referralId, id }: ChoiceTagProps) {
  if (choice === "none") return null;
  if (choice === "stands") return <Tag colour="blue">{t("shortlist.choice.stands")}</Tag>;
  const last = placements.findLast((one) => one.referral_id === referralId && one.item_id === id);
  if (last?.status !== "declined") return <Tag colour="blue">{t("shortlist.choice.before")}</Tag>;
  return <Tag colour="orange">{last.reason ? t("shortlist.choice.declinedFor", { reason: label("reason", last.reason) }) : t("shortlist.choice.declined")}</Tag>;
}
