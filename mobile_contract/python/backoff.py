"""When to try again: full jitter (Brooker 2015), so that phones that lost the server together come back apart."""

from collections.abc import Callable

_FIRST_S, _LONGEST_S = 2.0, 300.0


def pause_s(failures: int, chance: Callable[[], float], retry_after_s: float | None = None) -> float:
    """Say how long to wait after `failures` (from 1) in a row; never less than the server asked."""
    ceiling = min(_LONGEST_S, _FIRST_S * 2.0 ** min(failures - 1, 20))
    return (retry_after_s or 0.0) + chance() * ceiling
