/** What a member offers and asks for: what stands on the lists, what waits on this phone, what rests. */

import { type Member, useMember } from "../../data/bank.ts";
import { ownOffers } from "../../logic/bank-lists.ts";
import { offerOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { useList, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, LinkButton, Row } from "../../ui/parts.tsx";
import { Empty, RefusedNotice } from "../../ui/standing.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export function Mine() {
  const member = useMember();
  if (!member) return null;
  return (
    <Page title={t("timebank.mine.title")} back={at("timebank")} backText={t("timebank.title")}>
      <RefusedNotice kind="account" id={member.account.id} />
      <Offers member={member} />
      <Requests member={member} />
      <div class="kith-buttons">
        <ButtonLink href={at("timebank", "offer")}>{t("timebank.offer.button")}</ButtonLink>
        <ButtonLink href={at("timebank", "ask")} look="secondary">{t("timebank.ask.button")}</ButtonLink>
      </div>
    </Page>
  );
}

function Offers({ member }: { readonly member: Member }) {
  const details = useList("offer_detail").filter(({ doc }) => doc.account_id === member.account.id);
  const lines = ownOffers(details, useList("offer"));
  const waiting = waitingOf(member, "offer_help");
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.mine.offers")}</h2>
      {lines.length + waiting.length === 0 && <Empty text={t("timebank.mine.noOffers")} />}
      <ul class="kith-list">
        {waiting.map((line) => <Waiting key={line.mid} {...line} />)}
        {lines.map(({ id, name, minutes, rests }) => (
          <Row key={id} href={at("timebank", "offers", id)} name={name}>
            {minutesWords(minutes)} · {t(rests ? "timebank.mine.rests" : "timebank.mine.onList")}
          </Row>
        ))}
      </ul>
    </>
  );
}

function Requests({ member }: { readonly member: Member }) {
  const details = useList("request_detail").filter(({ doc }) => doc.account_id === member.account.id);
  const requests = useList("time_request");
  const lines = details.flatMap((detail) => {
    const request = requests.find(({ id }) => id === detail.id);
    if (!request) return [];
    const isOffered = request.doc.status === "open" && offerOf(request.id, member.exchanges) !== undefined;
    return [{ id: request.id, doc: request.doc, state: detail.commands.length > 0 ? ("withdrawn" as const) : isOffered ? ("offered" as const) : request.doc.status }];
  });
  const waiting = waitingOf(member, "ask_help");
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("timebank.mine.requests")}</h2>
      {lines.length + waiting.length === 0 && <Empty text={t("timebank.mine.noRequests")} />}
      <ul class="kith-list">
        {waiting.map((line) => <Waiting key={line.mid} {...line} />)}
        {lines.map(({ id, doc, state }) => (
          <Row key={id} href={at("timebank", "requests", id)} name={doc.name}>
            {minutesWords(doc.minutes)} · {t(`timebank.mine.${state}`)}
          </Row>
        ))}
      </ul>
    </>
  );
}

interface WaitingLine {
  readonly mid: string;
  readonly name: string;
}

/** What was said on this phone and the server has not heard. */
function waitingOf({ account }: Member, command: string): WaitingLine[] {
  return account.commands.filter(({ name }) => name === command).map(({ mid, args }) => ({ mid, name: String(args["title"]) }));
}

function Waiting({ mid, name }: WaitingLine) {
  const { undo, say } = useReach();
  const takeBack = async (): Promise<void> => say(t((await undo([mid])).length > 0 ? "timebank.mine.takenBack" : "timebank.mine.tooLate"));
  return (
    <li class="kith-list__item kith-entry">
      <span class="kith-entry__name">{name}</span>
      <span class="kith-row__text">{t("sync.standing.here")}</span>
      <LinkButton onClick={() => void takeBack()}>
        {t("timebank.mine.takeBack")}
        <span class="nhsuk-u-visually-hidden">: {name}</span>
      </LinkButton>
    </li>
  );
}
