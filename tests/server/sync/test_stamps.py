import json

from hypothesis import given
from hypothesis import strategies as st

from server.sync.model import PENDING, Stamp
from server.sync.stamps import numbered, read_stamps, write_stamps

NAMES = st.sampled_from("abcdef")
STAMPS = st.builds(
    Stamp,
    st.integers(1, 3),
    st.sampled_from(["one", "two"]),
    st.just("clock"),
    st.dictionaries(st.sampled_from(["bsl", "en"]), st.tuples(st.integers(1, 3), st.just("one")), max_size=2),
)


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
