/** The outbox: every change that the server has not answered, to be taken back while it has not gone. */

import type { QueuedFile } from "@contract/files/index.ts";
import type { OutboxEntry } from "@contract/sync/index.ts";
import { useAbout } from "../../ui/about.ts";
import { useFiles, useOutbox } from "../../ui/queue.ts";
import { changeWords, fileWords } from "../../words/changes.ts";
import { sinceWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { TakeBack } from "./take-back.tsx";

export function Waiting() {
  const outbox = useOutbox();
  const files = useFiles().filter(({ refused }) => refused === null);
  const about = useAbout();
  const words = (entry: OutboxEntry): string => changeWords(entry, about(entry));
  if (outbox.length + files.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("sync.waiting.title")}</h2>
      <ul class="kith-list">
        {outbox.map((entry) => (
          <Line key={entry.mid} entry={entry} words={words} />
        ))}
        {files.map((file) => (
          <FileLine key={file.id} file={file} />
        ))}
      </ul>
    </>
  );
}

/** A file goes by itself, once its record has gone. */
function FileLine({ file }: { readonly file: QueuedFile }) {
  return (
    <li class="kith-list__item">
      <div class="kith-row kith-row--still">
        <span>{fileWords()}</span>
        <span class="kith-row__text">
          {capital(sinceWords(new Date(file.queued_at).toISOString(), new Date()))} · {t("sync.waiting.file")}
        </span>
      </div>
    </li>
  );
}

function Line({ entry, words }: { readonly entry: OutboxEntry; readonly words: (entry: OutboxEntry) => string }) {
  const going = entry.deferred ? "sync.waiting.early" : "sync.waiting.going";
  return (
    <li class="kith-list__item">
      <div class="kith-row kith-row--still">
        <span>{words(entry)}</span>
        <span class="kith-row__text">
          {capital(sinceWords(entry.made_at, new Date()))}
          {entry.lseq !== null && ` · ${t(going)}`}
        </span>
        {entry.lseq === null && <TakeBack entry={entry} words={words} />}
      </div>
    </li>
  );
}
