from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sync.hlc import instant_text, milliseconds, normalise, normalise_all, offset_ms, read_instant, server_time

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
NOW_MS = 1_795_253_400_000


def test_an_instant_is_written_as_documents_do_and_read_back() -> None:
    assert instant_text(NOW) == "2026-11-21T09:30:00.000Z"
    assert read_instant("2026-11-21T10:30:00+01:00") == NOW
    assert [read_instant(text) for text in ("soon", "2026-11-21T09:30:00", None, 7, "0001-01-01T00:00:00+23:00")] == [
        None
    ] * 5


def test_the_offset_is_how_far_the_device_is_behind() -> None:
    assert milliseconds(NOW) == NOW_MS
    assert offset_ms((NOW - timedelta(minutes=6)).isoformat(), NOW) == 360_000
    assert [offset_ms(text, NOW) for text in (None, "", "yesterday", "2026-11-21T09:30:00")] == [0] * 4


def test_a_clock_that_runs_fast_is_put_right_and_one_from_the_future_is_now() -> None:
    fast = f"{NOW_MS + 3_600_000:013d}-0003-a"
    assert normalise(fast, "a", offset=-3_660_000, now_ms=NOW_MS, previous="") == f"{NOW_MS - 60_000:013d}-0003-a"
    assert normalise(fast, "a", offset=0, now_ms=NOW_MS, previous="") == f"{NOW_MS:013d}-0003-a"


def test_a_clock_never_runs_backwards() -> None:
    previous = f"{NOW_MS:013d}-0009-a"
    assert normalise(f"{5:013d}-0000-a", "a", offset=0, now_ms=NOW_MS, previous=previous) == f"{NOW_MS:013d}-000a-a"
    last = f"{NOW_MS:013d}-ffff-a"
    assert normalise("", "a", offset=0, now_ms=NOW_MS, previous=last) == f"{NOW_MS + 1:013d}-0000-a"


@pytest.mark.slow
@given(st.lists(st.one_of(st.text(max_size=30), st.integers(0, 10**13 - 1).map(lambda ms: f"{ms:013d}-00ff-a"))))
def test_whatever_a_device_says_its_clocks_are_in_order_and_not_in_the_future(said: list[str]) -> None:
    previous = ""
    for hlc in said:
        clock = normalise(hlc, "a", offset=10**12, now_ms=NOW_MS, previous=previous)
        assert clock > previous
        assert int(clock[:13]) <= NOW_MS
        previous = clock


def test_an_instant_of_a_phones_clock_is_translated_and_what_is_none_stays() -> None:
    assert server_time("2025-11-21T09:30:00+00:00", 3_600_000) == "2025-11-21T10:30:00.000Z"
    assert server_time("soon", 3_600_000) == "soon"
    assert server_time("9999-12-31T23:59:59Z", 3_600_000) == "9999-12-31T23:59:59Z"


HLCS = st.builds(
    lambda moment, counter: f"{moment:013d}-{counter:04x}-a",
    st.sampled_from([0, 5, NOW_MS - 1, NOW_MS, NOW_MS + 1, NOW_MS + 60_000]),
    st.sampled_from([0, 1, 2, 0xFFFE, 0xFFFF]),
)


@pytest.mark.slow
@given(
    st.lists(HLCS | st.sampled_from(["", "soon", f"{NOW_MS}-000g-a"]), min_size=1, max_size=8),
    st.sampled_from([0, -1, 1, 60_000, -NOW_MS]),
    st.just("") | HLCS,
)
def test_many_clocks_at_once_come_to_what_each_comes_to_after_the_other(
    given_hlcs: list[str], offset: int, previous: str
) -> None:
    together = normalise_all(given_hlcs, "a", offset=offset, now_ms=NOW_MS, previous=previous)
    for hlc, answer in zip(given_hlcs, together, strict=True):
        previous = normalise(hlc, "a", offset=offset, now_ms=NOW_MS, previous=previous)
        assert answer == previous
