"""Which shown items were chosen, and what is left of a slate to learn from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.training.labels import SKIPPED, Label, State, end_of, label_of

Item = tuple[str, str]

#: A slate without a choice is looked at again after this long; then "nothing suitable" counts as a skip of all.
CHOICE_WINDOW: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Choices:
    """The labelled choices of each exposure as of a day, and counts of those that could not be used."""

    of_exposure: Mapping[str, Mapping[Item, Label]]
    nothing_suitable: frozenset[str]
    as_of: date
    counts: Counter[str] = field(default_factory=Counter)

    def label_items(self, exposure_id: str, exposure: dict[str, Any]) -> dict[Item, Label] | str:
        """Label every item of a slate, or say in a word why the slate teaches nothing."""
        chosen = self.of_exposure.get(exposure_id, {})
        shown = [(item["kind"], item["id"]) for item in exposure["items"]]
        labels = {item: chosen.get(item, SKIPPED) for item in shown}
        self.counts["choices_not_shown"] += len(chosen.keys() - labels.keys())
        known = [label for label in labels.values() if label.state not in (State.SKIPPED, State.MISSING)]
        if known or (not chosen and self._all_refused(exposure)):
            return {item: label for item, label in labels.items() if label.state is not State.MISSING}
        return self._why_nothing(exposure, labels.values())

    def _all_refused(self, exposure: dict[str, Any]) -> bool:
        return exposure["referral_id"] in self.nothing_suitable and not self._is_young(exposure)

    def _is_young(self, exposure: dict[str, Any]) -> bool:
        return datetime.fromisoformat(exposure["shown_at"]) + CHOICE_WINDOW > end_of(self.as_of)

    def _why_nothing(self, exposure: dict[str, Any], labels: Iterable[Label]) -> str:
        if any(label.state is State.MISSING for label in labels):
            return "no_matter_of_taste"
        return "waiting_for_choice" if self._is_young(exposure) else "without_choice"


def read_choices(
    placements: Iterable[tuple[str, dict[str, Any]]], referrals: Iterable[tuple[str, dict[str, Any]]], *, as_of: date
) -> Choices:
    """Gather what was chosen by the end of `as_of`; an item chosen twice keeps its better label."""
    counts: Counter[str] = Counter()
    of_exposure: dict[str, dict[Item, Label]] = defaultdict(dict)
    for _, placement in placements:
        if datetime.fromisoformat(placement["chosen_at"]) >= end_of(as_of):
            counts["choices_later"] += 1
        elif placement.get("exposure_id") is None:
            counts["choices_without_exposure"] += 1
        else:
            _keep_better(of_exposure[placement["exposure_id"]], placement, as_of)
    nothing = frozenset(name for name, referral in referrals if referral["status"] == "nothing_suitable")
    return Choices(of_exposure, nothing, as_of, counts)


def _keep_better(labels: dict[Item, Label], placement: dict[str, Any], as_of: date) -> None:
    item = (placement["item_kind"], placement["item_id"])
    label = label_of(placement, as_of=as_of)
    labels[item] = max(labels.get(item, label), label, key=_worth)


def _worth(label: Label) -> tuple[bool, int]:
    """What is known goes before what is missing, then the higher relevance."""
    return label.state is not State.MISSING, label.relevance
