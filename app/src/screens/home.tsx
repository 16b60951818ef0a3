/** Home: what matters today, by role. */

import { useEffect } from "preact/hooks";
import { at } from "../router.ts";
import { caseload, nameOf } from "../data/caseload.ts";
import { tasksFor } from "../data/tasks.ts";
import { readRanker } from "../rank/pack.ts";
import { today, useAccount, useDrafts, useList, useReach, useStatus } from "../ui/context.ts";
import { Page } from "../ui/page.tsx";
import { ButtonLink, Notice, Row } from "../ui/parts.tsx";
import { capital, count } from "../words/plain.ts";
import { dayWords, sinceWords } from "../words/dates.ts";
import { dueText } from "./people.tsx";
import { TaskRow } from "./tasks.tsx";

const SHOWN = 5;
const WARM_AFTER_MS = 1500;

export function Home() {
  const account = useAccount();
  const isWorker = account.roles.some((role) => role === "prescriber" || role === "outreach");
  const isCentre = account.roles.includes("centre");
  return (
    <Page title={`Hello, ${account.name.split(" ")[0] ?? account.name}`}>
      <FirstSync />
      {isWorker && <WorkerHome />}
      {account.volunteer_id !== null && <VolunteerHome volunteerId={account.volunteer_id} />}
      {isCentre && <CentreHome />}
      {!isWorker && !isCentre && account.volunteer_id === null && (
        <p>There is nothing to do on the phone for your role yet. Your records are kept up to date here.</p>
      )}
    </Page>
  );
}

function FirstSync() {
  const status = useStatus();
  if (!status || status.synced_at !== null) return null;
  return (
    <Notice>
      <p role="status">
        {status.syncing ? "Your records are on their way to this phone. You can start now." : "Your records are not on this phone yet. They will come when there is a signal."}
      </p>
    </Notice>
  );
}

/** Have the shortlist and its ranker at hand before somebody asks for them. */
function useWarmShortlist(): void {
  const { kith } = useReach();
  useEffect(() => {
    const timer = setTimeout(() => {
      void import("./shortlist.tsx");
      kith.live.get("pack", () => readRanker(kith));
    }, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}

function WorkerHome() {
  useWarmShortlist();
  const lines = caseload(useList("person"), useList("referral"), useList("note"));
  const due = lines.filter((line) => line.due !== null && line.due.by <= today());
  const isSynced = (useStatus()?.synced_at ?? null) !== null;
  const conflicts = useList("conflict").filter((conflict) => conflict.doc.status === "open").length;
  return (
    <>
      <ButtonLink href={at("referrals", "new")}>New referral</ButtonLink>
      <Unfinished />
      {conflicts > 0 && (
        <Notice attention>
          <p>
            <a href={at("conflicts")}>{count(conflicts, "change")} made twice</a>: please look at {conflicts === 1 ? "it" : "them"}.
          </p>
        </Notice>
      )}
      <h2 class="nhsuk-heading-m">What is due</h2>
      {due.length === 0 ? (
        <p>{isSynced ? "Nothing is due today." : "You will see here what is due, once your records have come."}</p>
      ) : (
        <ul class="kith-list">
          {due.slice(0, SHOWN).map(({ person, due: next }) => (
            <Row key={person.id} href={at("people", person.id)} name={nameOf(person)}>
              {next && dueText(next)}
            </Row>
          ))}
        </ul>
      )}
      <p>
        <a class="kith-more" href={at("people")}>{due.length > SHOWN ? `All ${due.length} due, and everyone else` : "See everyone you support"}</a>
      </p>
    </>
  );
}

function Unfinished() {
  const drafts = useDrafts();
  if (drafts.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">Unfinished referrals</h2>
      <ul class="kith-list">
        {drafts.map((draft) => {
          const name = [draft.values["given_name"], draft.values["family_name"]].filter(Boolean).join(" ") || "No name yet";
          return (
            <Row key={draft.id} href={at("referrals", "draft", draft.id, draft.step)} name={`Go on: ${name}`}>
              Saved {sinceWords(draft.updated_at, new Date())}
            </Row>
          );
        })}
      </ul>
    </>
  );
}

function VolunteerHome({ volunteerId }: { readonly volunteerId: string }) {
  const volunteer = useList("volunteer").find((one) => one.id === volunteerId);
  const { mine, open } = tasksFor(volunteer, useList("task"), useList("claim"), new Date());
  const paused = volunteer?.doc.paused_until_on;
  return (
    <>
      {paused && paused >= today() && (
        <Notice>
          <p>You are taking a break until {dayWords(paused, today()).replace(/^on /, "")}.</p>
        </Notice>
      )}
      {mine.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Your tasks</h2>
          <ul class="kith-list">
            {mine.map((line) => (
              <TaskRow key={line.task.id} line={line} />
            ))}
          </ul>
        </>
      )}
      <h2 class="nhsuk-heading-m">Tasks near you</h2>
      {open.length === 0 ? (
        <p>There is nothing open near you just now. New tasks come up all the time.</p>
      ) : (
        <ul class="kith-list">
          {open.slice(0, SHOWN).map((line) => (
            <TaskRow key={line.task.id} line={line} />
          ))}
        </ul>
      )}
      <p>
        <a class="kith-more" href={at("tasks")}>{capital(count(open.length, "task"))} near you</a>
      </p>
    </>
  );
}

function CentreHome() {
  const tasks = useList("task");
  const number = (status: string): number => tasks.filter((task) => task.doc.status === status).length;
  return (
    <>
      <h2 class="nhsuk-heading-m">Tasks of your centre</h2>
      <p>
        {count(number("open"), "task")} open, {number("claimed")} taken, {number("done")} done.
      </p>
      <p>
        <a class="kith-more" href={at("tasks")}>See the tasks</a>
      </p>
    </>
  );
}
