/** Say by how much one is late: the centre hears it, and the person can be rung. */

import type { TaskLine } from "../../data/tasks.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { Yours } from "./yours.tsx";

const MINUTES = [5, 10, 15, 20, 30, 45, 60, 90];
const SOON_MS = 2 * 3_600_000;

export function Late({ id }: { readonly id: string }) {
  return <Yours id={id}>{(line) => <HowLate {...line} />}</Yours>;
}

function HowLate({ task, claim }: TaskLine) {
  const reach = useReach();
  const once = useOnce();
  const phone = useOne("task_detail", task.id)?.doc.phone;
  const isLate = (claim?.doc.late_min ?? 0) > 0 || task.commands.some(({ name }) => name === "running_late");
  const say = async (minutes: number): Promise<void> => {
    // Said long ago it would only mislead, so it is not sent then.
    const until = new Date(Date.now() + SOON_MS).toISOString();
    const mid = await command(reach, "task", task.id, "running_late", { minutes }, until);
    reach.say(minutes === 0 ? t("tasks.late.onTime") : t("tasks.late.said", { count: minutes }), mid);
    reach.engine.soon(0);
    go(at("tasks", task.id));
  };
  return (
    <Page title={t("tasks.late.title")} caption={task.doc.name} back={at("tasks", task.id)}>
      <p>{t("tasks.late.hint")}</p>
      <div class="kith-choices">
        {MINUTES.map((minutes) => (
          <Button key={minutes} look="secondary" onClick={() => once(() => say(minutes))}>
            {minutesWords(minutes)}
          </Button>
        ))}
      </div>
      {isLate && (
        <Button look="secondary" onClick={() => once(() => say(0))}>
          {t("tasks.late.not")}
        </Button>
      )}
      {phone && (
        <p>
          {t("tasks.late.ring")} <a class="kith-call" href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a>
        </p>
      )}
    </Page>
  );
}
