"""The quality of a data set: what a person should know of it before they believe a model that learned from it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from ml.training.choices import Choices
from ml.training.quality_features import FeatureQuality
from ml.training.quality_slates import SlateQuality

#: Features that a warning names.
_NAMED: Final = 8


class Quality:
    """Counts over exposures and rows, taken as they are read."""

    def __init__(self, names: Sequence[str]) -> None:
        """Begin with nothing. names : of the features."""
        self.slates = SlateQuality()
        self.features = FeatureQuality(names)
        self.faults: Counter[str] = Counter()
        self._shown: Counter[int] = Counter()
        self._chosen: Counter[int] = Counter()

    def take_exposure(self, exposure: Mapping[str, Any]) -> None:
        """Count one sound exposure."""
        self.slates.take(exposure)

    def take_rows(self, part: pl.DataFrame) -> None:
        """Count rows; the rows of a query come side by side and in one part."""
        self.features.take(part)
        at = part.group_by("position").agg(pl.len().alias("shown"), (pl.col("relevance") > 0).sum().alias("chosen"))
        for position, shown, chosen in at.iter_rows():
            self._shown[position] += shown
            self._chosen[position] += chosen

    def report(self, choices: Choices | None = None) -> dict[str, Any]:
        """Everything that was counted, and the warnings that follow."""
        told = {
            "faults": dict(sorted((self.faults + Counter(choices.damaged.values() if choices else ())).items())),
            "features": self.features.report(),
            "positions": {
                str(position): {"shown": shown, "share_chosen": round(self._chosen[position] / shown, 6)}
                for position, shown in sorted(self._shown.items())
            },
        }
        if choices is not None:
            told |= {"slates": self.slates.report(), "outcomes": _outcomes(choices)}
        return told | {"warnings": warnings(told)}


def _outcomes(choices: Choices) -> dict[str, Any]:
    """How many outcomes were told, and how many days after the choice."""
    days = np.array(sorted(choices.delays.elements()), dtype=np.int64)
    quantiles = {f"days_{share}": int(np.quantile(days, share / 100)) for share in (10, 50, 90)} if len(days) else {}
    return {"told": len(days), **quantiles, "choices_without_exposure": choices.counts["choices_without_exposure"]}


def warnings(told: Mapping[str, Any]) -> list[str]:
    """What of a quality report a person should look at, a sentence each."""
    features, slates = told["features"], told.get("slates", {})
    found = [f"{name} alone tells the answer too well: does it know the future?" for name in features["suspicious"]]
    if features["constant"]:
        more = f" and {len(features['constant']) - _NAMED} more" if len(features["constant"]) > _NAMED else ""
        found.append(f"The same in all rows, so of no use: {', '.join(features['constant'][:_NAMED])}{more}.")
    found += [f"{count} records left out: {fault}." for fault, count in told["faults"].items()]
    found += [
        f"The propensities of policy {name} do not add up: they promise {one['share_of_lines_promised']:.1%} of lines "
        f"explored, and {one['share_of_lines_explored']:.1%} were."
        for name, one in slates.get("propensities", {}).items()
        if one["adds_up"] is False
    ]
    found += [f"{slates[name]} {words}." for name, words in _DOUBTS.items() if slates.get(name)]
    return found


_DOUBTS = {
    "models_without_a_pack": "slates were ranked by a model that does not name its pack",
    "slates_with_gaps_between_positions": "slates have gaps between their positions",
    "slates_twice": "slates are logged twice under two ids",
}
