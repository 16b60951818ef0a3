/** For whom a task is and how to get there: only for whoever has it, and for the centre. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { platformOf } from "../../data/kith.ts";
import type { TaskLine } from "../../data/tasks.ts";
import { mapLink, type Wind, wayFrom, windTo } from "../../logic/bearing.ts";
import { useAccount, useOne } from "../../ui/context.ts";
import { Button, type Fact, Facts } from "../../ui/parts.tsx";
import { distanceWords } from "../../words/distance.ts";
import { t } from "../../words/t.ts";
import { Compass } from "./compass.tsx";

export function Private({ detail, line }: { readonly detail: Item<"task_detail">; readonly line: TaskLine }) {
  const { name, address, phone, instructions } = detail.doc;
  const facts: Fact[] = [
    { name: t("tasks.private.who"), value: name ?? t("tasks.private.ask") },
    ...(address ? [{ name: t("tasks.private.address"), value: <span class="kith-written">{address}</span> }] : []),
    ...(phone ? [{ name: t("tasks.private.phone"), value: <a class="kith-call" href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a> }] : []),
    ...(instructions ? [{ name: t("tasks.private.todo"), value: <span class="kith-written">{instructions}</span> }] : []),
  ];
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("tasks.private.title")}</h2>
      <p class="kith-quiet">{t("tasks.private.hint")}</p>
      <Facts facts={facts} />
      {line.state === "mine" && <Directions task={line.task} />}
    </>
  );
}

interface Way {
  readonly wind: Wind;
  readonly metres: number;
}

/** Which way and how far, and the phone's own map app. The phone asks nobody else where it is. */
function Directions({ task }: { readonly task: Item<"task"> }) {
  const home = useOne("volunteer", useAccount().volunteer_id ?? "")?.doc;
  const [here, setHere] = useState<Way | "asked" | "unknown" | null>(null);
  const { easting, northing } = task.doc;
  const link = mapLink(task.doc, platformOf(navigator.userAgent));
  if (easting === null || northing === null || link === null) return null;
  const look = (): void => {
    setHere("asked");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setHere(wayFrom({ lat: coords.latitude, lon: coords.longitude }, { easting, northing })),
      () => setHere("unknown"), { maximumAge: 60_000, timeout: 15_000 },
    );
  };
  const wind = home ? windTo(home, task.doc) : null;
  const metres = home && home.easting !== null && home.northing !== null ? Math.hypot(home.easting - easting, home.northing - northing) : null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("tasks.way.there")}</h2>
      {wind && metres !== null && <Pointer way={{ wind, metres }} from="home" />}
      <p role="status">{here === "asked" ? t("tasks.way.looking") : here === "unknown" ? t("tasks.way.unknown") : null}</p>
      {here !== null && typeof here === "object" && <Pointer way={here} from="here" />}
      <div class="kith-buttons">
        <a class="nhsuk-button nhsuk-button--secondary" href={link}>{t("tasks.way.map")}</a>
        {"geolocation" in navigator && <Button look="secondary" onClick={look}>{t("tasks.way.look")}</Button>}
      </div>
      <p class="kith-quiet">{t("tasks.way.hint")}</p>
    </>
  );
}

function Pointer({ way, from }: { readonly way: Way; readonly from: "home" | "here" }) {
  const words = { far: distanceWords(way.metres), wind: t(`tasks.wind.${way.wind}`) };
  return (
    <p class="kith-pointer">
      <Compass wind={way.wind} />
      <span>{t(from === "home" ? "tasks.way.fromHome" : "tasks.way.fromHere", words)}</span>
    </p>
  );
}
