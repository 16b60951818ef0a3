/** What others offer and ask for: near things and those that fit first, each with why; and the page of one of them. */

import { useMemo, useState } from "preact/hooks";
import { type Member, useMember, useOwnLines } from "../../data/bank.ts";
import { type Fit, offersFor, requestsFor } from "../../logic/bank-lists.ts";
import { at } from "../../router.ts";
import { useAccount, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Category } from "./fields.tsx";
import { reasonsWords } from "./reasons.ts";

export { OfferPage } from "./offer-page.tsx";
export { RequestPage } from "./request-page.tsx";

const AT_ONCE = 20;

export function Look({ isRequests }: { readonly isRequests: boolean }) {
  const member = useMember();
  if (!member) return null;
  return isRequests ? <Requests member={member} /> : <Offers member={member} />;
}

function useMe() {
  const { volunteer_id } = useAccount();
  return useList("volunteer").find(({ id }) => id === volunteer_id)?.doc ?? {};
}

function Offers({ member: { account } }: { readonly member: Member }) {
  const [me, offers, requests, own] = [useMe(), useList("offer"), useList("time_request"), useOwnLines(account.id)];
  const fits = useMemo(() => {
    const wanted = new Set<string>(requests.filter(({ id, doc }) => own.has(id) && doc.status === "open").map(({ doc }) => doc.category));
    return offersFor(me, offers.filter(({ id, doc }) => !own.has(id) && doc.bank_id === account.doc.bank_id), wanted);
  }, [me, offers, requests, own.size, account.doc.bank_id]);
  return <Listed title={t("timebank.look.offers")} empty={t("timebank.look.noOffers")} folder="offers" fits={fits} />;
}

function Requests({ member: { account } }: { readonly member: Member }) {
  const [me, offers, requests, own] = [useMe(), useList("offer"), useList("time_request"), useOwnLines(account.id)];
  const fits = useMemo(() => {
    const can = new Set<string>(offers.filter(({ id, doc }) => own.has(id) && doc.status === "active").map(({ doc }) => doc.category));
    return requestsFor(me, requests.filter(({ id, doc }) => !own.has(id) && doc.bank_id === account.doc.bank_id), can);
  }, [me, offers, requests, own.size, account.doc.bank_id]);
  return <Listed title={t("timebank.look.requests")} empty={t("timebank.look.noRequests")} folder="requests" fits={fits} />;
}

interface Line {
  readonly id: string;
  readonly doc: { readonly name: string; readonly minutes: number; readonly category: string };
}

interface ListedProps {
  readonly title: string;
  readonly empty: string;
  readonly folder: string;
  readonly fits: readonly Fit<Line>[];
}

function Listed({ title, empty, folder, fits }: ListedProps) {
  const [category, setCategory] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const found = category === "" ? fits : fits.filter(({ item }) => item.doc.category === category);
  return (
    <Page title={title} back={at("timebank")} backText={t("timebank.title")}>
      <Category isFilter value={category} onChange={(code) => (setCategory(code), setShown(AT_ONCE))} />
      {found.length === 0 && <Empty text={empty} />}
      <ul class="kith-list">
        {found.slice(0, shown).map(({ item, reasons }) => (
          <Row key={item.id} href={at("timebank", folder, item.id)} name={item.doc.name}>
            {label("category", item.doc.category as never)} · {minutesWords(item.doc.minutes)}
            {reasons.length > 0 && <><br />{reasonsWords(reasons)}</>}
          </Row>
        ))}
      </ul>
      {found.length > shown && (
        <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>
          {t("timebank.look.more")}
        </Button>
      )}
    </Page>
  );
}
