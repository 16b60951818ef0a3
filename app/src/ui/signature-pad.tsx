/** A box to sign in with a finger, a pen or a mouse; who cannot draw types their name and ticks. */

import { useRef } from "preact/hooks";
import { hasMark, type Line, longer, PAPER, pathOf, pointOn, type Signature } from "../logic/signature.ts";
import { t } from "../words/t.ts";
import { Checkboxes, TextField } from "./fields.tsx";
import { Details, LinkButton } from "./parts.tsx";

interface PadProps {
  readonly id: string;
  readonly value: Signature;
  readonly onChange: (value: Signature) => void;
  readonly error?: string | undefined;
}

export function SignaturePad({ id, value, onChange, error }: PadProps) {
  return (
    <div class={`nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`}>
      <p class="nhsuk-hint" id={`${id}-hint`}>{t("referral.signature.how")}</p>
      {error && <span class="nhsuk-error-message">{error}</span>}
      <Paper id={id} lines={value.lines} onDraw={(lines) => onChange({ ...value, lines })} />
      <div class="kith-paper__foot">
        <p role="status" class="kith-quiet">{t(value.lines.length > 0 ? "referral.signature.drawn" : "referral.signature.empty")}</p>
        {value.lines.length > 0 && <LinkButton onClick={() => onChange({ ...value, lines: [] })}>{t("referral.signature.clear")}</LinkButton>}
      </div>
      <Details summary={t("referral.signature.other")}>
        <TextField id={`${id}-typed`} label={t("referral.signature.typed")} value={value.typed} onChange={(typed) => onChange({ ...value, typed })} maxLength={120} />
        <Checkboxes
          id={`${id}-ticked`} label={t("referral.signature.agree")} options={[{ value: "yes", label: t("referral.signature.tick") }]}
          values={value.ticked ? ["yes"] : []} onChange={(values) => onChange({ ...value, ticked: values.length > 0 })}
        />
      </Details>
    </div>
  );
}

interface PaperProps {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly onDraw: (lines: readonly Line[]) => void;
}

/** Drawn as lines, so that it is as sharp on any phone and after any turn of it, and saved with the answers. */
function Paper({ id, lines, onDraw }: PaperProps) {
  const drawn = useRef<readonly Line[] | null>(null);
  const point = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return pointOn(((event.clientX - box.left) / box.width) * PAPER.width, ((event.clientY - box.top) / box.height) * PAPER.height);
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drawn.current = [...lines, point(event)];
    onDraw(drawn.current);
  };
  const move = (event: PointerEvent): void => {
    if (drawn.current === null) return;
    const [x, y] = point(event);
    drawn.current = [...drawn.current.slice(0, -1), longer(drawn.current.at(-1) ?? [], x, y)];
    onDraw(drawn.current);
  };
  const end = (): void => {
    drawn.current = null;
  };
  return (
    <svg
      class="kith-paper" id={id} role="img" aria-label={t("referral.signature.box")} aria-describedby={`${id}-hint`} viewBox={`0 0 ${PAPER.width} ${PAPER.height}`}
      onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={end}
    >
      <path class="kith-paper__line" d={`M60 ${PAPER.height - 90}H${PAPER.width - 60}`} />
      <path class="kith-paper__ink" d={pathOf(lines)} />
    </svg>
  );
}

/** The picture of a signature as a PNG; a typed name is written on the same paper. */
export async function pictureOf(signature: Signature): Promise<Uint8Array> {
  const canvas = Object.assign(document.createElement("canvas"), { width: PAPER.width, height: PAPER.height });
  const ink = canvas.getContext("2d");
  if (ink === null || !hasMark(signature)) throw new Error("there is nothing to draw");
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, PAPER.width, PAPER.height);
  Object.assign(ink, { strokeStyle: "#000", fillStyle: "#000", lineWidth: 6, lineCap: "round", lineJoin: "round" });
  if (signature.lines.length > 0) ink.stroke(new Path2D(pathOf(signature.lines)));
  else {
    ink.font = "italic 72px serif";
    ink.fillText(signature.typed.trim(), 60, PAPER.height - 120, PAPER.width - 120);
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("the picture could not be made");
  return new Uint8Array(await blob.arrayBuffer());
}
