"""Ids that sort by time (UUID version 7, RFC 9562) and a hybrid logical clock (Kulkarni et al. 2014)."""

from collections.abc import Callable
from uuid import UUID

_COUNTER_END = 0x10000
#: Beyond this the phone's own clock was wrong before and has been put right, ms: then the count begins anew.
_LEAP_MS = 300_000


def uuid7(now_ms: int, chance: Callable[[], float]) -> str:
    """Make an id from milliseconds since 1970 and 74 bits of `chance`, which gives numbers in [0, 1)."""
    random_a, random_b = int(chance() * 2**12), int(chance() * 2**31) << 31 | int(chance() * 2**31)
    return str(UUID(int=now_ms << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b))


def tick(previous: str | None, now_ms: int, device: str) -> str:
    """Give the next reading, ``<13-digit ms>-<4 hex counter>-<device>``, after `previous`.

    It runs backwards only where the phone's clock was put right by minutes or more: the server keeps a device's order.
    """
    before, count = (int(previous[:13]), int(previous[14:18], 16) + 1) if previous else (-1, 0)
    if now_ms > before or before - now_ms > _LEAP_MS:
        before, count = now_ms, 0
    elif count == _COUNTER_END:
        before, count = before + 1, 0
    return f"{before:013d}-{count:04x}-{device}"
