/** Home: what matters today, by role. Each area shows its own part. */

import { useAccount, useStatus } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Notice } from "../../ui/parts.tsx";
import { useConflicts } from "../../ui/queue.ts";
import { Rich } from "../../ui/rich.tsx";
import { Taken } from "../../ui/taken.tsx";
import { at } from "../../router.ts";
import { WorkerToday } from "../caseload/today.tsx";
import { CentreToday } from "../centre/today.tsx";
import { FieldworkToday } from "../fieldwork/today.tsx";
import { OpenToday, VolunteerToday } from "../tasks/today.tsx";
import { BankToday } from "../timebank/today.tsx";
import { TrainingToday } from "../training/today.tsx";
import { t } from "../../words/t.ts";
import { Welcome } from "./welcome.tsx";

export function Home() {
  const account = useAccount();
  const isWorker = account.roles.some((role) => role === "prescriber" || role === "outreach");
  const isCentre = account.roles.includes("centre");
  return (
    <Page title={t("home.hello", { name: account.name.split(" ")[0] ?? account.name })}>
      <FirstSync />
      <Taken />
      <MadeTwice />
      {account.roles.includes("outreach") && <FieldworkToday />}
      {isWorker && <WorkerToday />}
      {account.volunteer_id !== null && <ForVolunteer id={account.volunteer_id} />}
      {isCentre && <CentreToday />}
      {!isWorker && !isCentre && account.volunteer_id === null && <Welcome account={account} />}
    </Page>
  );
}

/** What has a time comes first. */
function ForVolunteer({ id }: { readonly id: string }) {
  return (
    <>
      <VolunteerToday volunteerId={id} />
      <BankToday />
      <TrainingToday volunteerId={id} />
      <OpenToday volunteerId={id} />
    </>
  );
}

/** What two phones changed waits for a person, whoever of them sees it first. */
function MadeTwice() {
  const { length } = useConflicts() ?? [];
  if (length === 0) return null;
  return (
    <Notice attention>
      <p>
        <Rich text="home.conflicts" values={{ count: length }} parts={{ all: (words) => <a href={at("conflicts")}>{words}</a> }} />
      </p>
    </Notice>
  );
}

function FirstSync() {
  const status = useStatus();
  if (!status || status.synced_at !== null) return null;
  return (
    <Notice>
      <p role="status">{t(status.syncing ? "home.onTheirWay" : "home.notHere")}</p>
    </Notice>
  );
}
