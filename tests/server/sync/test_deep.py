"""JSON of any depth is written as the standard library writes it, and made readable for everybody."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sync.canonical import digest, fingerprint, plain, read_plain
from server.sync.deep import deep_text, readable

TEXTS = st.text(st.characters(codec=None), max_size=8) | st.sampled_from(
    ["\ud83d", "\ude00", "\U0001f600", "\\ud83d", "\\\\ud83d", '"Infinity', "NaN\\", '\\"']
)
NUMBERS = st.integers() | st.floats()
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
)


@given(VALUES)
def test_it_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert deep_text(value) == plain(value)


@given(VALUES)
def test_every_reader_takes_what_was_made_readable_and_what_was_so_stays(value: Any) -> None:
    text = plain(value)
    orjson.loads(readable(text))
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        assert any(sign in text for sign in ("Infinity", "NaN", r"\ud"))
    else:
        assert readable(text) == text


@given(TEXTS)
def test_half_an_emoji_becomes_a_replacement_character_and_the_rest_of_a_text_stays(value: str) -> None:
    told = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert orjson.loads(readable(plain([value]))) == [told]


@pytest.mark.parametrize("half", ["", "\ud83d"])
@pytest.mark.parametrize("depth", [10, 254, 255, 950, 1015])
def test_no_depth_that_a_push_may_have_is_too_deep(depth: int, half: str) -> None:
    value: Any = {"b": half, "a": 1}
    for number in range(depth):
        value = [value, 1] if number % 2 else {"deeper": value, "beside": None}
    text = plain(value)
    assert deep_text(value) == text
    assert plain(orjson.loads(readable(text))) == plain(read_plain(text)) or half
    assert len(digest(value)) == 2 * len(fingerprint(value)) == 64


def test_what_is_not_too_deep_is_read_as_it_was_written() -> None:
    value = {"half": "\ud83d", "long": 10**30, "list": [1.5, None, True]}
    assert read_plain(plain(value)) == value
    assert json.loads(readable(plain({"n": [float("inf"), -float("inf"), "Infinity"]}))) == {
        "n": [None, None, "Infinity"]
    }
