/** Minutes by month: a row each with a bar and the words, so that nobody needs to see the bar. */

import type { Month } from "../../logic/impact.ts";
import { monthWords } from "../../words/dates.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const WIDTH = 100;
const HEIGHT = 14;

export function Chart({ months }: { readonly months: readonly Month[] }) {
  const most = Math.max(1, ...months.map(({ minutes }) => minutes));
  return (
    <table class="kith-chart">
      <caption class="nhsuk-heading-s">{t("me.impact.byMonth")}</caption>
      <tbody>
        {months.map(({ month, minutes }) => (
          <tr key={month}>
            <th scope="row">{capital(monthWords(month))}</th>
            <td>
              <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
                <rect class="kith-chart__bar" width={minutes === 0 ? 0 : Math.max(1, (minutes / most) * WIDTH)} height={HEIGHT} />
              </svg>
              {minutes === 0 ? t("me.impact.nothing") : minutesWords(minutes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
