"""What the log says of its own slates: when, by which policy and pack, from what, with which propensities."""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

#: A line whose propensity is below this stands where its policy seldom puts it: it was explored.
_SELDOM: Final = 0.5
#: Standard errors by which the explored share may differ from what the propensities say.
_ERRORS: Final = 4.0
#: And this much more, so that few slates alarm nobody.
_SLACK: Final = 0.002
_DIGITS: Final = 6


@dataclass(slots=True)
class Propensities:
    """What the slates of one policy logged as propensities."""

    slates: int = 0
    explored: int = 0
    lines: int = 0
    seldom: int = 0
    seldom_squared: int = 0
    chance: float = 0.0
    lowest: float = 1.0
    highest: float = 0.0

    def take(self, propensities: Sequence[float]) -> None:
        """Count one slate."""
        usual = [one for one in propensities if one >= _SELDOM]
        seldom = len(propensities) - len(usual)
        self.slates += 1
        self.explored += seldom > 0
        self.lines += len(propensities)
        self.seldom += seldom
        self.seldom_squared += seldom * seldom
        self.chance += len(usual) - sum(usual)
        self.lowest = min(self.lowest, *propensities)
        self.highest = max(self.highest, *propensities)

    def report(self) -> dict[str, Any]:
        """The range, the share explored, and whether as many lines were explored as the propensities promise.

        A line in its usual place has the propensity 1 - c, where c is the chance that another one stands there. So the
        mean of c over such lines is the share of lines that should stand where they seldom do.
        """
        usual = self.lines - self.seldom
        found, told = self.seldom / self.lines, self.chance / usual if usual else None
        return {
            "slates": self.slates,
            "lowest": round(self.lowest, _DIGITS),
            "highest": round(self.highest, _DIGITS),
            "share_of_slates_explored": round(self.explored / self.slates, _DIGITS),
            "share_of_lines_explored": round(found, _DIGITS),
            "share_of_lines_promised": None if told is None else round(told, _DIGITS),
            "adds_up": None if told is None else abs(found - told) <= _ERRORS * self._error(told) + _SLACK,
        }

    def _error(self, told: float) -> float:
        """The standard error of the share found; explored lines of a slate come together, as swaps do."""
        mean = self.seldom / self.slates
        between = max(0.0, self.seldom_squared / self.slates - mean * mean)
        each = self.lines / self.slates
        return math.sqrt(max(between, each * told * (1 - told)) / self.slates) / each


class SlateQuality:
    """Counts over sound exposures."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.months: Counter[str] = Counter()
        self.packs: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.policies: dict[str, Propensities] = {}
        self._met = array("q")  # eight bytes a slate, of which there may be millions

    def take(self, exposure: Mapping[str, Any]) -> None:
        """Count one exposure."""
        items = exposure["items"]
        self.months[exposure["shown_at"][:7]] += 1
        self.packs[(exposure.get("pack_sha256") or "none")[:12]] += 1
        self.rules.update(one.get("rule", "none") for one in exposure.get("excluded") or ())
        policy = self.policies.setdefault(exposure.get("policy") or "none", Propensities())
        policy.take([item["propensity"] for item in items])
        self._candidates(exposure)
        self._doubts(exposure)

    def report(self) -> dict[str, Any]:
        """All counts, the names in order."""
        return {
            "by_month": dict(sorted(self.months.items())),
            "by_policy": {name: policy.slates for name, policy in sorted(self.policies.items())},
            "by_pack": dict(sorted(self.packs.items())),
            "candidates": {name: self.counts[name] for name in ("shown", "unshown", "excluded")},
            "excluded_by_rule": dict(sorted(self.rules.items())),
            "slates_without_their_unshown": self.counts["without_unshown"],
            "models_without_a_pack": self.counts["without_pack"],
            "slates_with_gaps_between_positions": self.counts["gaps"],
            "slates_twice": len(self._met) - len(np.unique(np.array(self._met, dtype=np.int64))),
            "propensities": {name: policy.report() for name, policy in sorted(self.policies.items())},
        }

    def _candidates(self, exposure: Mapping[str, Any]) -> None:
        for name, field in (("shown", "items"), ("unshown", "unshown"), ("excluded", "excluded")):
            self.counts[name] += len(exposure.get(field) or ())
        self.counts["without_unshown"] += "unshown" not in exposure

    def _doubts(self, exposure: Mapping[str, Any]) -> None:
        items = exposure["items"]
        ranked = exposure.get("model_version", "rules") != "rules"
        self.counts["without_pack"] += ranked and not exposure.get("pack_sha256")
        self.counts["gaps"] += max(item["position"] for item in items) != len(items) - 1
        self._met.append(hash((exposure["referral_id"], exposure["shown_at"], *(item["id"] for item in items))))
