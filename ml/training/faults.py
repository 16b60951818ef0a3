"""What makes a logged exposure or a recorded outcome unfit to learn from, each fault in a sentence."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.inputs import INPUTS
from ml.training.labels import WINDOW
from ml.training.protected import is_protected
from ml.training.tables import TableError

#: Faults that nobody can make by accident of an older phone: data with them are refused unless told otherwise.
PROPENSITY: Final = "a propensity is not above 0 and at most 1"
BEFORE_CHOICE: Final = "its outcome is dated before its choice"
IN_FUTURE: Final = "its outcome is dated in the future of the data"
UNTRUE: Final = frozenset({PROPENSITY, BEFORE_CHOICE, IN_FUTURE})
#: Of a record that is not what the contract calls an exposure or a placement.
NO_EXPOSURE: Final = "it is no exposure as the contract has them"
NO_PLACEMENT: Final = "it is no placement as the contract has them"
#: Of an exposure whose inputs cannot be made into features; found when they are.
NO_NUMBERS: Final = "an input is no number"

_INPUTS: Final = frozenset(INPUTS)


def exposure_fault(exposure: Mapping[str, Any]) -> str | None:
    """What makes an exposure unfit to learn from, None when nothing does."""
    try:
        return _fault(exposure)
    except (AttributeError, KeyError, TypeError):
        return NO_EXPOSURE


def _fault(exposure: Mapping[str, Any]) -> str | None:
    items = exposure.get("items") or []
    if not items:
        return "it shows nothing"
    if not isinstance(exposure["referral_id"], str):
        return NO_EXPOSURE
    if instant(exposure.get("shown_at")) is None:
        return "it does not say when it was shown"
    shown = {(item["kind"], item["id"]) for item in items}
    if len(shown) < len(items):
        return "it shows an item twice"
    if len({item["position"] for item in items}) < len(items):
        return "it shows two items at one position"
    if not all(_is_propensity(item.get("propensity")) for item in items):
        return PROPENSITY
    if not isinstance(exposure["query"], dict):
        return NO_EXPOSURE
    if not exposure["query"] or not all(item.get("inputs") for item in items):
        return "it does not say what the ranker knew"
    if _overlaps(exposure, shown):
        return "an item is named twice among those shown, not shown and excluded"
    return None


def instant(text: Any) -> datetime | None:
    """The instant that `text` says, None when it says none."""
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo is not None else None


def refuse_protected(name: str, exposure: Mapping[str, Any]) -> None:
    """Raise TableError when the exposure `name` logged something as an input that no ranker may see."""
    for inputs in _inputs_of(exposure):
        if not inputs.keys() <= _INPUTS:
            found = sorted(field for field in inputs.keys() - _INPUTS if is_protected(field))
            if found:
                raise TableError(f"Exposure {name} logged the protected field {found[0]} as an input of the ranker.")


def _inputs_of(exposure: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What an exposure says of its query and its items, as far as it is what it should be."""
    items = exposure.get("items")
    lines = items if isinstance(items, list) else []
    told = (exposure.get("query"), *(item.get("inputs") for item in lines if isinstance(item, dict)))
    return (inputs for inputs in told if isinstance(inputs, dict))


def outcome_fault(placement: Mapping[str, Any], newest: date) -> str | None:
    """What is wrong with the date of an outcome, None when nothing is.

    newest : the last day that the data tell of. An outcome may be told later, but no later than one can take.
    """
    told_on = placement.get("outcome_on")
    if told_on is None:
        return None
    told = date.fromisoformat(told_on)
    if told < datetime.fromisoformat(placement["chosen_at"]).date():
        return BEFORE_CHOICE
    return IN_FUTURE if _far(told, newest) else None


def _far(told: date, newest: date) -> bool:
    return told - newest > timedelta(days=WINDOW.days)


def _is_propensity(value: Any) -> bool:
    return isinstance(value, int | float) and 0 < value <= 1


def _overlaps(exposure: Mapping[str, Any], shown: set[tuple[str, str]]) -> bool:
    """Whether what was shown, what was eligible and not shown, and what was excluded have an item in common."""
    unshown = {(item["kind"], item["id"]) for item in exposure.get("unshown") or ()}
    excluded = {(item["kind"], item["id"]) for item in exposure.get("excluded") or ()}
    return bool(shown & unshown or shown & excluded or unshown & excluded)
