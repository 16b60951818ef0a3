import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sync.model import PENDING, Stamp
from server.sync.stamps import numbered, read_stamps, shared_stamp, shared_stamps, write_stamps

NAMES = st.sampled_from("abcdef")
STAMPS = st.builds(
    Stamp,
    st.integers(1, 3),
    st.sampled_from(["one", "two"]),
    st.just("clock"),
    st.dictionaries(st.sampled_from(["bsl", "en"]), st.tuples(st.integers(1, 3), st.just("one")), max_size=2),
)


@pytest.mark.slow
@given(st.dictionaries(NAMES, STAMPS), st.sets(NAMES))
def test_stamps_come_back_as_they_were(stamps: dict[str, Stamp], names: set[str]) -> None:
    doc = dict.fromkeys(names, 0)
    assert read_stamps(json.loads(write_stamps(stamps, doc)), doc) == stamps


def test_a_new_record_needs_one_stamp() -> None:
    doc = dict.fromkeys("abc", 0)
    assert write_stamps(dict.fromkeys(doc, Stamp(7, "phone", "clock")), doc) == '{"*":[7,"phone","clock"]}'


def test_numbers_are_put_in_where_they_were_awaited() -> None:
    stamps = {"a": Stamp(PENDING, "p", "c", {"x": (PENDING, "p"), "y": (2, "q")}), "b": Stamp(3, "q", "c")}
    assert numbered(stamps, 9) == {"a": Stamp(9, "p", "c", {"x": (9, "p"), "y": (2, "q")}), "b": Stamp(3, "q", "c")}


@given(st.sampled_from(["phone-a", 'a "quoted" one', "Zoë"]), st.integers(1, 2**53))
def test_stamps_of_many_records_are_those_of_each(by: str, first: int) -> None:
    clocks = [f"{moment:013d}-0000-{by}" for moment in (1, 2, 3)]
    each = [shared_stamp(version, by, clock) for version, clock in enumerate(clocks, first)]
    assert shared_stamps(first, by, clocks) == each
    assert [json.loads(text)["*"] for text in each] == [[first + at, by, clock] for at, clock in enumerate(clocks)]
