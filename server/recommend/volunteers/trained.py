"""Who lacks a training, the age or a guardian's consent is kept off a list before it is ranked, by a named rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from server.domain.qualified import lacks_training
from server.domain.training import held_on
from server.domain.youth import lacks_age
from server.recommend.volunteers.model import Offered, Ranking, Unsuited

Doc = Mapping[str, Any]

RULE: Final = "training_missing"
#: What is lacked → the rule that names it; the first is the rankers' own.
_YOUTH: Final = {"min_age": "under_age", "guardian_consent": "guardian_consent_missing"}


@dataclass(frozen=True, slots=True)
class Parted:
    """Candidates whose trainings are right, and those that a training keeps off the list."""

    able: list[Offered]
    kept_off: list[Unsuited]

    def with_all(self, ranking: Ranking) -> Ranking:
        """Give the ranking of those who are able with the others among what was kept off it, in order of id."""
        excluded = sorted([*ranking.excluded, *self.kept_off], key=lambda one: (one.id, one.kind))
        return replace(ranking, excluded=excluded)


def parted(
    candidates: Iterable[tuple[Offered, Doc, Doc]], names: Mapping[str, str], today: date
) -> Parted:  # fmt: skip
    """Part candidates, each with the document of what is to be done and that of the volunteer who may do it.

    names : training id → what people call it.
    """
    able: list[Offered] = []
    kept_off: list[Unsuited] = []
    on = today.isoformat()
    for one, task, volunteer in candidates:
        missing = lacks_training(task, held_on(volunteer, on))
        if young := lacks_age(task, volunteer, on):
            kept_off.append(_too_young(one, young))
        elif missing:
            kept_off.append(_unsuited(one, [names.get(name, name) for name in missing]))
        else:
            able.append(one)
    return Parted(able, kept_off)


def _too_young(one: Offered, lacks: Mapping[str, list[str]]) -> Unsuited:
    rule = next(iter(lacks))
    change = "If a guardian agreed." if rule == "guardian_consent" else None
    return Unsuited(one.kind, one.id, _YOUTH[rule], lacks[rule][0], change)


def _unsuited(one: Offered, missing: list[str]) -> Unsuited:
    what = ", ".join(missing)
    text = f"Asks for a training that is not held, or has run out: {what}."
    return Unsuited(one.kind, one.id, RULE, text, f"If this were done: {what}.")
