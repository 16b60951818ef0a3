"""Hybrid logical clocks, made comparable: a device's clock may be years out, its edits still fall where they happened.

Source: Kulkarni et al. (2014), "Logical Physical Clocks"; the normalising by the offset at push is ours.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_SHAPE = re.compile(r"(\d{13})-([0-9a-f]{4})-.{1,64}")
_LAST_COUNTER = 0xFFFF


def milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware instant."""
    return int(instant.timestamp() * 1000)


def instant_text(instant: datetime) -> str:
    """Write an aware instant as documents do: ``2026-11-21T09:30:00.000Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(text: object) -> datetime | None:
    """Read an instant, None when it is none."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
        return instant.astimezone(UTC) if instant and instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def offset_ms(sent_at: str | None, now: datetime) -> int:
    """Server time minus the device's, from when the device says that it sent; 0 when it does not say."""
    sent = read_instant(sent_at)
    return milliseconds(now) - milliseconds(sent) if sent else 0


def server_time(text: str, offset: int) -> str:
    """Translate an instant of a device's clock into the server's time; what is none, or falls out of time, stays.

    offset : server time minus the device's, ms.
    """
    try:
        instant = read_instant(text)
        return instant_text(instant + timedelta(milliseconds=offset)) if instant else text
    except OverflowError:
        return text


def normalise(hlc: str, device: str, *, offset: int, now_ms: int, previous: str) -> str:
    """Translate a device's clock into the server's time.

    offset : server time minus the device's, ms. previous : the device's latest normalised clock, "" for none.
    The answer is never after `now_ms` but for a counter, always after `previous`, and compares as text.
    """
    shape = _SHAPE.fullmatch(hlc)
    moment = min(max(int(shape[1]) + offset, 0), now_ms) if shape else now_ms
    counter = int(shape[2], 16) if shape else 0
    answer = clock_text(moment, counter, device)
    return answer if answer > previous else _after(previous, device)


def normalise_all(hlcs: Sequence[str], device: str, *, offset: int, now_ms: int, previous: str) -> list[str]:
    """Translate the clocks of at least one mutation, each after the one before it, as `normalise` does one by one."""
    answers = [normalise(hlcs[0], device, offset=offset, now_ms=now_ms, previous=previous)]
    latest_ms, latest = _parts(answers[0])
    for hlc in hlcs[1:]:
        shape = _SHAPE.fullmatch(hlc)
        moment, counter = (int(shape[1]) + offset, int(shape[2], 16)) if shape else (now_ms, 0)
        moment = now_ms if moment > now_ms else max(moment, 0)
        if moment < latest_ms or (moment == latest_ms and counter <= latest):
            moment, counter = _next(latest_ms, latest)
        latest_ms, latest = moment, counter
        answers.append(f"{moment:013d}-{counter:04x}-{device}")
    return answers


def clock_text(moment_ms: int, counter: int, device: str) -> str:
    """Write a clock so that order as text is order in time."""
    return f"{moment_ms:013d}-{counter:04x}-{device}"


def _after(previous: str, device: str) -> str:
    return clock_text(*_next(*_parts(previous)), device)


def _parts(clock: str) -> tuple[int, int]:
    """Read milliseconds and counter of a clock that was written here."""
    return int(clock[:13]), int(clock[14:18], 16)


def _next(moment: int, counter: int) -> tuple[int, int]:
    return (moment + 1, 0) if counter == _LAST_COUNTER else (moment, counter + 1)
