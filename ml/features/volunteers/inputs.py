"""What may be known of a volunteer, and of a task or role, as plain finite numbers.

The same two halves serve both questions: tasks and roles for a volunteer, and volunteers for a task. No name, no
protected characteristic; an age only meets the age that a role asks for, in a rule.
`mobile_contract/typescript/ranker/volunteers/inputs.ts` says the same in TypeScript.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ml.arrays import FloatArray
from ml.codes import ages_of, days_until, district_of, known, mask_of, place_of
from ml.columns import Known, slate_columns
from ml.inputs import task_times, times_of
from mobile_contract.vocabulary import COMMITMENTS, LANGUAGES, SKILLS, SLOTS, TASK_TYPES, TRAVEL

Document = Mapping[str, Any]

#: Levels of a background check, each holding those before it.
CHECKS: Final = ("none", "basic", "standard", "enhanced")
#: Kinds of what a volunteer may do; the input `kind` is the place here.
OFFERED_KINDS: Final = ("task", "opportunity")

VOLUNTEER_INPUTS: Final = (
    "skills_mask", "spoken_mask", "home_easting", "home_northing", "home_district", "max_km", "travel",
    "availability_mask", "commitment", "check", "check_days", "ready", "paused_days", "age_low", "age_high",
    "asks_30d", "asked_days_ago", "asked", "agreed", "done", "given_back", "holding", "types_mask",
)  # fmt: skip
TASK_INPUTS: Final = (
    "kind", "type", "skills_asked_mask", "languages_mask", "easting", "northing", "district", "online", "slots_mask",
    "scheduled", "next_days", "closes_in_days", "opens_in_days", "minutes", "wanted_commitment", "check_asked",
    "min_age", "max_age", "active", "claimed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """What a volunteer was asked and did until a day, counted from what was recorded by then.

    asks_30d : in the 30 days before. asked_days_ago : since the last, None for never. asked, agreed, done, given_back :
    ever. holding : tasks that they have now. types : task types that they have done.
    """

    asks_30d: int = 0
    asked_days_ago: int | None = None
    asked: int = 0
    agreed: int = 0
    done: int = 0
    given_back: int = 0
    holding: int = 0
    types: frozenset[str] = frozenset()


def volunteer_inputs(volunteer: Document, past: Past, *, today: date) -> dict[str, float]:
    """Return what ranking may know of a volunteer; see `VOLUNTEER_INPUTS`."""
    low, high = ages_of(volunteer, today)
    return known(
        skills_mask=mask_of(SKILLS, volunteer.get("skills")),
        spoken_mask=mask_of(LANGUAGES, volunteer.get("languages")) or None,
        home_easting=volunteer.get("easting"),
        home_northing=volunteer.get("northing"),
        home_district=district_of(volunteer),
        max_km=volunteer.get("max_km"),
        travel=place_of(TRAVEL, volunteer.get("travel")),
        availability_mask=mask_of(SLOTS, volunteer.get("availability")) or None,
        commitment=place_of(COMMITMENTS, volunteer.get("commitment")),
        check=_level(volunteer.get("dbs_level")),
        check_days=days_until(volunteer.get("dbs_until_on"), today),
        ready=volunteer.get("status", "active") == "active",
        paused_days=days_until(volunteer.get("paused_until_on"), today),
        age_low=low,
        age_high=high,
        **_past(past),
    )


def task_inputs(kind: str, doc: Document, schedules: Sequence[Document] = (), *, today: date) -> dict[str, float]:
    """Return what ranking may know of a task or an opportunity; see `TASK_INPUTS`.

    schedules : the documents of a role's regular times. Raises ValueError for another kind.
    """
    return known(
        kind=OFFERED_KINDS.index(kind),
        type=place_of(TASK_TYPES, doc.get("type")),
        skills_asked_mask=mask_of(SKILLS, doc.get("skills")),
        languages_mask=mask_of(LANGUAGES, doc.get("languages")) or None,
        easting=doc.get("easting"),
        northing=doc.get("northing"),
        district=district_of(doc),
        online=bool(doc.get("online")),
        minutes=doc.get("minutes"),
        wanted_commitment=place_of(COMMITMENTS, doc.get("commitment")),
        check_asked=_level(doc.get("dbs_level")),
        min_age=doc.get("min_age"),
        max_age=doc.get("max_age"),
        active=doc.get("status", "active") in ("active", "open", "claimed"),
        claimed=doc.get("status") == "claimed",
        opens_in_days=days_until(doc.get("opens_on"), today),
        **(task_times(doc, today) if kind == "task" else _times(doc, schedules, today)),
    )


def columns_for_volunteer(volunteer: Known, tasks: Sequence[Known]) -> dict[str, FloatArray]:
    """Return the columns of one volunteer, of shape (1,), and of what they may do, (n_tasks,)."""
    return slate_columns(volunteer, tasks, VOLUNTEER_INPUTS, TASK_INPUTS)


def columns_for_task(task: Known, volunteers: Sequence[Known]) -> dict[str, FloatArray]:
    """Return the columns of one task, of shape (1,), and of who may do it, (n_volunteers,)."""
    return slate_columns(task, volunteers, TASK_INPUTS, VOLUNTEER_INPUTS)


def _level(code: str | None) -> int | None:
    return CHECKS.index(code) if code in CHECKS else None


def _past(past: Past) -> dict[str, float | None]:
    return {
        "asks_30d": past.asks_30d,
        "asked_days_ago": past.asked_days_ago,
        "asked": past.asked,
        "agreed": past.agreed,
        "done": past.done,
        "given_back": past.given_back,
        "holding": past.holding,
        "types_mask": mask_of(TASK_TYPES, sorted(past.types)),
    }


def _times(doc: Document, schedules: Sequence[Document], today: date) -> dict[str, float | None]:
    return times_of(schedules, today) | {"closes_in_days": days_until(doc.get("closes_on"), today)}
