/** What somebody wrote in a change that was not taken: nobody else may have read it, so it stays to be read and copied. */

import type { OutboxEntry } from "@contract/sync/index.ts";
import { writtenIn } from "../logic/about.ts";
import { t } from "../words/t.ts";

export function Written({ entry: { command } }: { readonly entry: Pick<OutboxEntry, "command"> }) {
  const texts = writtenIn(command?.args ?? {});
  if (texts.length === 0) return null;
  return (
    <>
      <p>{t("sync.refused.wrote")}</p>
      {texts.map((text) => (
        <p key={text} class="kith-written">{text}</p>
      ))}
    </>
  );
}
