"""Swapping two neighbours in one slate of ten, so that what stands lower is seen too, with a chance known exactly.

Of a slate's k lines one of the k - 1 neighbouring pairs is swapped with probability e, each pair alike. A line is
found one place away with probability e / (k - 1), and in its own place with 1 - e * p / (k - 1), where p is the
number of pairs it belongs to: 1 at either end, else 2. The hash of the referral's id decides, so that the same
referral sees the same order again, on a phone as on the server.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

_HASHES: Final = 1 << 32
_BITS: Final = _HASHES - 1
#: Of all hashes, those that explore: a tenth, to the nearest whole hash.
EXPLORED: Final = 429_496_730
CHANCE: Final = EXPLORED / _HASHES


#: How it is named in a policy: of a hundred slates, how many swap two lines.
_SWAPS: Final = f"swap{round(100 * CHANCE)}"


def policy_of(order: str, *demotions: str) -> str:
    """Name how a slate came about: by which order, less which demotions, explored how.

    order : ``ranked`` by a trained ranker, or by plain ``rules``. Two ways that differ must never have one name, or an
    off-policy estimate takes one for the other.
    """
    return "-".join((order, *demotions, _SWAPS))


def hash32(text: str) -> int:
    """Return a 32-bit hash: FNV-1a, then the finaliser of MurmurHash3, as FNV alone leaves short texts alike."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & _BITS
    value = (value ^ value >> 16) * 0x85EBCA6B & _BITS
    value = (value ^ value >> 13) * 0xC2B2AE35 & _BITS
    return value ^ value >> 16


def explored(referral_id: str, size: int) -> list[int]:
    """Return, for each position of a slate, which rank is shown there, both from 0."""
    order = list(range(size))
    if size < 2 or hash32(f"{referral_id}/explore") >= EXPLORED:
        return order
    upper = hash32(f"{referral_id}/pair") * (size - 1) // _HASHES
    order[upper], order[upper + 1] = upper + 1, upper
    return order


def propensity(rank: int, position: int, size: int) -> float:
    """Return the chance that the line of `rank` is shown at `position`, its own or the next; above 0, at most 1."""
    if size < 2:
        return 1.0
    if rank != position:
        return CHANCE / (size - 1)
    pairs = 1 if rank in (0, size - 1) else 2
    return 1 - (CHANCE * pairs) / (size - 1)


def retraced(referral_id: str, shown: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, float]]:
    """Work out kind, id and propensity of each line of a slate again, in the order in which it must have been shown.

    shown : the `items` of its exposure, in any order. Scores and the referral's id are all that it takes.
    """
    ranked = sorted(shown, key=lambda item: (-item["score"], item["id"], item["kind"]))
    size = len(ranked)
    order = explored(referral_id, size)
    return [
        (ranked[rank]["kind"], ranked[rank]["id"], propensity(rank, place, size)) for place, rank in enumerate(order)
    ]
