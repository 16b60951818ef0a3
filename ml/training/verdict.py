"""What the figures of a comparison come to, in words."""

from collections.abc import Mapping
from typing import Any

from ml.training.promote import NOTICED


def verdict(
    first: str, second: str, over: Mapping[str, float], slices: Mapping[str, Any], changed: Mapping[str, Any]
) -> str:
    """Say which order is better, by how much, where it is the other way round, and how many slates it touches.

    over : the interval of first minus second. With many slices a few differ by chance, and the words say so.
    """
    sentences = [_which(first, second, over)]
    against = _against(slices, 1 if over["mean"] >= 0 else -1)
    if against:
        better = second if over["mean"] >= 0 else first
        sentences.append(
            f"{better} is better in some slices: {', '.join(against)}; of many, one in forty is by chance."
        )
    share = changed["top_changed"] / changed["slates"]
    sentences.append(f"Another line stands first in {share:.0%} of the slates.")
    return " ".join(sentences)


def _which(first: str, second: str, over: Mapping[str, float]) -> str:
    told = f"NDCG@10 {over['mean']:+.3f} ({over['low']:+.3f} to {over['high']:+.3f})"
    if over["low"] > 0:
        return f"{first} is better than {second}: {told}."
    if over["high"] < 0:
        return f"{first} is worse than {second}: {told}."
    if over["low"] > -NOTICED and over["high"] < NOTICED:
        return f"{first} and {second} are alike: {told}."
    return f"These slates do not tell {first} from {second}: {told}."


def _against(slices: Mapping[str, Any], sign: int) -> list[str]:
    """The slices whose interval lies wholly on the other side."""
    return [
        f"{group} {name}"
        for group, found in slices.items()
        for name, one in found.items()
        if "over" in one and max(sign * one["over"]["second"]["low"], sign * one["over"]["second"]["high"]) < 0
    ]
