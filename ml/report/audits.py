"""The sections on what was audited: fairness, what the order would have earned, and what has moved since."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ml.models.evidence import NOT_JUDGED
from ml.report import pictures
from ml.report.gathered import Known
from ml.report.page import Section, figure, folded, paragraph, table
from ml.report.sections import missing
from ml.report.words import words

#: Exposure in proportion to merit is even enough between these.
_EVEN: Final = (0.8, 1.25)
_LOGGED: Final = "as logged"
#: Features shown of those that moved furthest.
_LISTED: Final = 15


def fairness(known: Known) -> Section:
    """Whether it serves groups of people alike and gives providers what their merit earns."""
    found = known["fairness"]
    if found is None:
        return missing(known, "Is it fair", "fairness")
    return Section(
        "Is it fair",
        [paragraph(_flips(found)), *_remarks(found), *_groups(found["groups"]), *_providers(found["items"])],
    )


def off_policy(known: Known) -> Section:
    """What its order would have earned on slates that were served in another."""
    title, found = "What it would have earned", known["ope"]
    if found is None:
        return missing(known, title, "ope")
    if found["refused"] is not None:
        return Section(title, [paragraph(f"No estimate: {found['refused']}")])
    told = {name: order["estimates"]["dr"] for name, order in found["orders"].items() if not order["refused"]}
    unit = "choices a slate" if found["reward"] == "chosen" else "outcome a slate"
    rows = [[words(name), f"{order['ess']:.0f}", _told(told.get(name))] for name, order in found["orders"].items()]
    return Section(
        title,
        [
            paragraph(
                f"From {found['slates']:,} slates since {found['judged_from'][:10]}, weighed by how likely each order "
                "was to be shown. The mean of what was logged says nothing of any other order."
            ),
            figure(pictures.intervals("Estimated earnings of each order", unit, {_LOGGED: found["logged"]} | told)),
            folded("How many slates each estimate rests on", table(("order", "effective slates", unit), rows)),
        ],
    )


def drift(known: Known) -> Section:
    """What has moved since it learned."""
    found = known["drift"]
    if found is None:
        return missing(known, "Has anything moved", "drift")
    told = [window for window in found["windows"] if window["columns"]]
    parts = [paragraph(line) for line in found["alarms"] or ["Nothing has moved in the newest window."]]
    if told:
        furthest = told[-1]["columns"][:_LISTED]
        psi, limit = ({one["name"]: one[key] for one in furthest} for key in ("psi", "limit"))
        title = f"What moved furthest, {told[-1]['from']} to {told[-1]['until']}"
        parts.append(figure(pictures.drifts(title, psi, limit), title + "."))
    months = found["quality_by_month"]
    if months:
        drawn = pictures.months("NDCG@10 by month", [one["month"] for one in months], months)
        parts.append(figure(drawn, "NDCG@10 by month, where all outcomes are known; months learned from flatter."))
    return Section("Has anything moved", parts)


def _flips(found: Mapping[str, Any]) -> str:
    flip = found["flip"]
    changed = flip["score_changes"] or flip["list_changes"]
    result = f"changed {flip['list_changes']:,} lists" if changed else "changed not one byte of any score"
    judged = "No group of people was judged" if found["verdict"] == NOT_JUDGED else f"The audit is {found['verdict']}"
    return f"{judged}. Flipping protected attributes of {flip['people']:,} people {result}."


def _groups(audits: Sequence[Mapping[str, Any]]) -> list[str]:
    drawn = {
        words(audit["characteristic"]): {one["group"]: one["ndcg@10"] for one in audit["groups"] if one["ndcg@10"]}
        for audit in audits
    }
    told = {name: groups for name, groups in drawn.items() if groups}
    if not told:
        return []
    hidden = [f"{words(audit['characteristic'])}, {group}" for audit in audits for group in audit["suppressed"]]
    caption = f"Too few people to show: {'; '.join(hidden)}." if hidden else ""
    return [figure(pictures.grouped("NDCG@10 by group of people", "NDCG@10", told), caption)]


def _providers(audits: Sequence[Mapping[str, Any]]) -> list[str]:
    drawn = {audit["sides"]: audit["ratio"] for audit in audits if audit["ratio"]}
    parts = [paragraph(f"{audit['sides']}: cannot be told, {audit['why']}.") for audit in audits if not audit["ratio"]]
    if drawn:
        said = "Exposure in proportion to merit"
        shown = pictures.intervals(said, "exposure per merit, one side to the other", drawn, at=1.0, band=_EVEN)
        parts.insert(0, figure(shown, "At 1 both sides are seen as much as their merit earns; green is even enough."))
    return parts


def _remarks(found: Mapping[str, Any]) -> list[str]:
    decisive = [paragraph(line) for line in (*found["reasons"], *found["warnings"])]
    return decisive + [paragraph(line, soft=True) for line in found["not_told"]]


def _told(one: Mapping[str, float] | None) -> str:
    return "refused" if one is None else f"{one['mean']:.3f} ({one['low']:.3f} to {one['high']:.3f})"
