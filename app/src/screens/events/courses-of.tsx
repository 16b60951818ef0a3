/** The courses of one group with their places, for whoever keeps it: to look at, to change, to begin another. */

import { coursesNow } from "../../logic/events.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { CourseRow } from "./events.tsx";

export function CoursesOf({ assetId }: { readonly assetId: string }) {
  const courses = coursesNow(useList("course").filter(({ doc }) => doc.asset_id === assetId), today());
  const counts = useList("place_count");
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.courses")}</h2>
      {courses.length === 0 && <p>{t("events.noCourses")}</p>}
      {courses.length > 0 && (
        <ul class="kith-list">
          {courses.map((course) => <CourseRow key={course.id} course={course} count={counts.find(({ id }) => id === course.id)} />)}
        </ul>
      )}
      <ButtonLink look="secondary" href={`${at("events", "course", "new")}?of=${encodeURIComponent(assetId)}`}>{t("events.edit.add")}</ButtonLink>
    </>
  );
}
