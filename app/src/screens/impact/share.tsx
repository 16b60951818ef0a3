/** A card of one's own figures to pass on: drawn on the phone, with nobody else in it. */

import type { Impact } from "../../logic/impact.ts";
import { useReach } from "../../ui/context.ts";
import { Button } from "../../ui/parts.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

const SIDE = 1080;
const FONT = "system-ui";
const FILE = "kith.png";

interface ShareProps {
  readonly year: string;
  readonly impact: Impact;
}

export function Share({ year, impact }: ShareProps) {
  const { say } = useReach();
  const lines = [t("me.impact.card.title", { year }), minutesWords(impact.minutes), t("me.impact.card.helped", { count: impact.tasks + impact.exchanges + impact.sessions })];
  const share = async (): Promise<void> => {
    const file = new File([await drawn(lines)], FILE, { type: "image/png" });
    if (navigator.canShare?.({ files: [file] })) await navigator.share({ files: [file], text: lines.join(" · ") }).catch(() => undefined);
    else keep(file);
    say(t("me.impact.card.made"));
  };
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("me.impact.card.heading")}</h2>
      <div class="kith-card kith-card--share">
        {lines.map((line) => <p key={line}>{line}</p>)}
      </div>
      <Button look="secondary" onClick={() => void share()}>{t("me.impact.card.share")}</Button>
      <p class="kith-quiet">{t("me.impact.card.hint")}</p>
    </>
  );
}

function keep(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function drawn([title = "", time = "", helped = ""]: readonly string[]): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = "#00474f";
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.fillStyle = "#fff";
    pen.textAlign = "center";
    for (const [text, size, y] of [[title, 56, 360], [time, 96, 540], [helped, 56, 700], [t("me.impact.card.by"), 44, 960]] as const) {
      pen.font = `${size}px ${FONT}`;
      pen.fillText(text, SIDE / 2, y, SIDE - 120);
    }
  }
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? new Blob())));
}
