"""The page on the volunteers' side: who says yes, how what is asked is shared, and how good the order is."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ml.report import inside, pictures, volunteers_load
from ml.report.gathered import Known
from ml.report.page import Headline, Section, Verdict, figure, folded, page, paragraph, table
from ml.report.words import words
from ml.training.volunteers.foretold import foretold
from ml.training.volunteers.load import verdict

_FEW: Final = "too few to tell"
_HOUR_MIN: Final = 60
_HOUR_S: Final = 3600
#: Under so many minutes seconds are told.
_SHORT_MIN: Final = 2
_ANSWERS: Final = {"yes": "yes", "no": "no", "none": "no answer in time"}
_LEFT_OUT: Final = {
    "withdrawn": "somebody else had it first, or it was called off",
    "open": "no answer yet",
    "unwell": "not well enough",
}


def report(found: Mapping[str, Any], known: Known | None) -> str:
    """Return the page as HTML: one file, nothing to fetch, the same bytes each time.

    found : as `ml.training.volunteers.report.report` returns it. known : of the version that was trained last.
    """
    judged, reasons = verdict(found["load"])
    moods = {
        "even": Verdict(f"{volunteers_load.compared(found['load'])} are asked evenly enough.", mood="good"),
        "uneven": Verdict(f"{volunteers_load.compared(found['load'])} are not asked evenly:", reasons, "bad"),
        "not judged": Verdict("Whether districts or areas are asked evenly cannot be judged.", reasons),
    }
    sections = [
        _answers(found), *volunteers_load.sections(found), _chances(found, known),
        *([] if known is None else [*_order(known), inside.features(known, "tasks"), inside.about(known, "tasks")]),
        volunteers_load.not_judged(found),
    ]  # fmt: skip
    lead = f"{found['asks']:,} answers about {found['tasks']:,} tasks up to {found['as_of']}."
    if found["made_up"]:
        lead += " All of it is made up."
    return page("Asking volunteers", lead, moods[judged], _headlines(found), sections)


def _headlines(found: Mapping[str, Any]) -> list[Headline]:
    load, hours = found["load"], found["hours_to_first_yes"]
    return [
        _headline("said yes", found["acceptance"]["share"], "of those who had time to answer"),
        Headline("first yes after", _time(hours["median"]), f"one in ten: {_time(hours['p90'])} or more"),
        Headline("Gini of asks", _number(load["gini"]), f"by lot {_number(load['gini_by_lot'])}"),
        _headline("never asked", load["never_asked"], f"of {load['volunteers'] or 0:,} volunteers"),
    ]


def _headline(name: str, share: float | None, note: str) -> Headline:
    return Headline(name, "–", _FEW) if share is None else Headline(name, _percent(share), note)


def _answers(found: Mapping[str, Any]) -> Section:
    told = found["acceptance"]
    rows = [(said, _count(told[f"answered_{name}"])) for name, said in _ANSWERS.items()]
    rows += [(f"left out: {said}", _count(found["left_out"].get(name, 0))) for name, said in _LEFT_OUT.items()]
    tired = {
        _times(one): volunteers_load.interval_of(one["acceptance"], one["asks"])
        for one in found["acceptance_by_asks_before"]
        if one["acceptance"] is not None
    }
    parts = [paragraph("Of those who were asked and had time to answer.")]
    if tired:
        drawn = pictures.intervals(
            "Share that said yes, by asks in the 30 days before", "said yes", tired, ordered=False
        )
        parts.append(figure(drawn, "By how often somebody was asked in the 30 days before: falling, it tires them."))
    return Section("Who says yes", [*parts, folded("Every answer", table(("answer", "asks"), rows)), _by(found)])


def _by(found: Mapping[str, Any]) -> str:
    rows = [
        (
            f"{what}: {one['name']}",
            _count(one["asks"] or 1),
            _percent(one["acceptance"]),
            _time(one["hours_to_first_yes"]),
        )
        for what in ("district", "skill")
        for one in found[f"by_{what}"]
    ]
    return folded("By district of the task and by skill", table(("", "asks", "said yes", "first yes after"), rows))


def _chances(found: Mapping[str, Any], known: Known | None) -> Section:
    title, parts = "Do its chances come true", []
    for told, text in (
        (found["chances"], "What the dispatcher thought when it asked, as logged then, against what was answered."),
        (_of_version(known), "What this version says now of asks that it never saw, against what was answered."),
    ):
        if told is not None:
            drawn = pictures.reliability(text, told["foretold"], told["came"], told["count"])
            said = f"{text} Expected calibration error: {told['error']:.3f}."
            parts.append(figure(drawn, f"{said} On the dashed line what was foretold came true.", narrow=True))
    if not parts:
        return Section(title, [paragraph("No chances were logged, or there are too few answers to tell.", soft=True)])
    left = (
        "Asks that nobody had time to answer, because somebody else had the task, are in neither: yeses may look more "
        "frequent here than they are among all who are asked."
    )
    return Section(title, [paragraph(left), *parts])


def _of_version(known: Known | None) -> dict[str, Any] | None:
    if known is None or known.pack is None or known.judged is None or not len(known.judged.rows):
        return None
    chance = known.pack.chance(known.pack.score(known.judged.X))
    agreed = (known.judged.rows["answer"] == "yes").to_numpy()
    return None if chance is None else foretold(np.asarray(chance), agreed)


def _order(known: Known) -> list[Section]:
    found = known["evaluation"]
    if found is None:
        asked = f"Not measured yet: `kith ml volunteers evaluate {known.version.name}` does."
        return [Section("How good is its order", [paragraph(asked, soft=True)])]
    text = (
        f"Version {known.version.name} {'serves' if known.serves else 'does not serve'}. "
        f"On {found['queries']['judged']:,} tasks with a yes beside another answer, from "
        f"{found['judged_from'][:10]} on, which it never saw. "
        "It can only be judged among those who were asked and answered."
    )
    held = {name: one["ndcg@10"] for name, one in found["quality"].items()}
    parts = [
        paragraph(text),
        figure(pictures.intervals("NDCG@10 of each order", "NDCG@10", held)),
        figure(pictures.intervals("Lead over each other order", "lead in NDCG@10", found["over"], at=0.0),
               "Paired by task: right of the dashed line this version is better."),
    ]  # fmt: skip
    return [Section("How good is its order", [*parts, *_truth(found), _slices(found)])]


def _truth(found: Mapping[str, Any]) -> list[str]:
    asked = {"volunteers": "whom a task suits", "tasks": "what suits a volunteer"}
    return [
        figure(pictures.intervals(f"Against the truth: {asked[which]}", "NDCG@10 against the truth", told["quality"]),
               f"Against the truth of the made-up centre, among all who are eligible: {asked[which]}.")
        for which, told in (found.get("truth") or {}).items()
    ]  # fmt: skip


def _slices(found: Mapping[str, Any]) -> str:
    rows = [
        (f"{what}: {name}", f"{one['waves']:,}", *(f"{one['quality'][order]:.3f}" for order in ("version", "rules")))
        for what, told in found["slices"].items()
        for name, one in told.items()
        if one["quality"]
    ]
    headings = ("", "tasks", words("version"), "rules")
    return folded("NDCG@10 by slice", table(headings, rows) if rows else paragraph("No slice has enough tasks."))


def _times(one: Mapping[str, Any]) -> str:
    low, high = one["from"], one["to"]
    if high is None:
        return f"{low} times or more"
    return (
        {0: "not asked", 1: "once", 2: "twice"}.get(low, f"{low} to {high} times")
        if low == high
        else f"{low} to {high} times"
    )


def _percent(share: float | None) -> str:
    return _FEW if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return _FEW if value is None else f"{value:.2f}"


def _count(count: int | None) -> str:
    return "fewer than 5" if count is None else f"{count:,}"


def _time(hours: float | None) -> str:
    if hours is None:
        return _FEW
    if hours * _HOUR_MIN < _SHORT_MIN:
        return f"{hours * _HOUR_S:.0f} s"
    return f"{hours * _HOUR_MIN:.0f} min" if hours < 1 else f"{hours:.1f} h"
