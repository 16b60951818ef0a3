/** What is missing before a task or a role can be taken, and how to get it. Shared with the roles. */

import { isNothing, type Missing } from "../../logic/missing.ts";
import { at } from "../../router.ts";
import { useAccount, useList } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

interface LacksProps {
  /** What is missing today. */
  readonly missing: Missing;
  /** What will be missing on the day, though it is held today. */
  readonly later?: Missing;
}

export function Lacks({ missing, later }: LacksProps) {
  if (isNothing(missing)) return later && !isNothing(later) ? <RunsOut /> : null;
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{t("tasks.lacks.title")}</h2>
      <ul class="nhsuk-list">
        {missing.standing && <li>{t(`tasks.lacks.${missing.standing}`)}</li>}
        {missing.check && <li>{t(`tasks.lacks.check.${missing.check}`, { level: t(`tasks.lacks.level.${missing.level}`) })}</li>}
        {missing.trainings.map((id) => <LacksTraining key={id} id={id} />)}
        {missing.age !== null && <li>{t("tasks.lacks.age", { age: missing.age })}</li>}
        {missing.guardian && <li>{t("tasks.lacks.guardian")}</li>}
      </ul>
    </Notice>
  );
}

function RunsOut() {
  return (
    <Notice attention>
      <p>
        {t("tasks.lacks.runsOut")} <a href={at("training")}>{t("tasks.lacks.trainings")}</a>
      </p>
    </Notice>
  );
}

function LacksTraining({ id }: { readonly id: string }) {
  const { volunteer_id } = useAccount();
  const name = useList("training").find((one) => one.id === id)?.doc.name ?? t("tasks.lacks.unknown");
  const waits = useList("completion").some(({ doc }) => doc.training_id === id && doc.volunteer_id === volunteer_id && doc.status === "unverified");
  return (
    <li>
      {waits ? t("tasks.lacks.waits", { name }) : t("tasks.lacks.training", { name })}{" "}
      <a href={at("training", id)}>{t(waits ? "tasks.lacks.see" : "tasks.lacks.how")}<span class="nhsuk-u-visually-hidden">: {name}</span></a>
    </li>
  );
}
