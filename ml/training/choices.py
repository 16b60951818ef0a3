"""Which shown items were chosen, and what is left of a slate to learn from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.training.faults import NO_PLACEMENT, outcome_fault
from ml.training.labels import MISSING, SKIPPED, WINDOW, Label, State, end_of, label_of

Item = tuple[str, str]

#: A slate without a choice is looked at again after this long; then "nothing suitable" counts as a skip of all.
CHOICE_WINDOW: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Choices:
    """The labelled choices of each exposure as of a day, and counts of those that could not be used.

    damaged : placement → what is wrong with its outcome. delays : days from a choice to its outcome → how many.
    """

    of_exposure: dict[str, dict[Item, Label]]
    nothing_suitable: frozenset[str]
    as_of: date
    counts: Counter[str] = field(default_factory=Counter)
    damaged: dict[str, str] = field(default_factory=dict)
    delays: Counter[int] = field(default_factory=Counter)

    def take(self, name: str, placement: Mapping[str, Any], newest: date) -> None:
        """Label one choice; of an outcome with an impossible date nothing is believed."""
        item = (placement["item_kind"], placement["item_id"])
        label = label_of(placement, as_of=self.as_of)
        fault = outcome_fault(placement, newest)
        if fault:
            self.damaged[name] = fault
            label = label if label.state is State.WAITING else MISSING
        elif placement.get("outcome_on"):
            self.delays[_days(placement)] += 1
        labels = self.of_exposure.setdefault(placement["exposure_id"], {})
        labels[item] = max(labels.get(item, label), label, key=_worth)

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
    placements: Iterable[tuple[str, dict[str, Any]]],
    referrals: Iterable[tuple[str, dict[str, Any]]],
    *,
    as_of: date,
    newest: date = date.max - WINDOW,
) -> Choices:
    """Gather what was chosen by the end of `as_of`; an item chosen twice keeps its better label.

    newest : the last day that the data tell of, by which an outcome is found to lie in the future.
    """
    choices = Choices({}, frozenset(_unsuited(referrals)), as_of)
    for name, placement in placements:
        try:
            _take(choices, name, placement, newest)
        except (KeyError, TypeError, ValueError):
            choices.damaged[name] = NO_PLACEMENT
    return choices


def _take(choices: Choices, name: str, placement: Mapping[str, Any], newest: date) -> None:
    if datetime.fromisoformat(placement["chosen_at"]) >= end_of(choices.as_of):
        choices.counts["choices_later"] += 1
    elif placement.get("exposure_id") is None:
        choices.counts["choices_without_exposure"] += 1
    else:
        choices.take(name, placement, newest)


def _unsuited(referrals: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    return (name for name, referral in referrals if referral.get("status") == "nothing_suitable")


def _worth(label: Label) -> tuple[bool, int]:
    """What is known goes before what is missing, then the higher relevance."""
    return label.state is not State.MISSING, label.relevance


def _days(placement: Mapping[str, Any]) -> int:
    """Whole days from a choice to its outcome."""
    return (date.fromisoformat(placement["outcome_on"]) - datetime.fromisoformat(placement["chosen_at"]).date()).days
