"""Equal values are equal text, whichever writer wrote it."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sync.canonical import canonical, fingerprint

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def can_be_kept(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@given(JSON)
def test_text_is_the_value_again_or_a_refusal(value: object) -> None:
    if can_be_kept(value):
        assert repr(json.loads(canonical(value))) == repr(json.loads(json.dumps(value, sort_keys=True)))
    else:
        with pytest.raises(ValueError, match="surrogates"):
            canonical(value)


@pytest.mark.slow
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON), st.randoms())
def test_the_order_of_keys_leaves_no_trace(value: dict[str, object], random: object) -> None:
    names = list(value)
    random.shuffle(names)  # type: ignore[attr-defined] # it is a Random
    other = {name: value[name] for name in names}
    assert fingerprint(other) == fingerprint(value)
    if can_be_kept(value):
        assert canonical(other) == canonical(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("wrap", [lambda n: n, lambda n: [1, n], lambda n: {"a": {"b": (None, [n])}}])
def test_what_is_no_number_in_json_is_refused(number: float, wrap: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(wrap(number))  # type: ignore[operator] # a lambda


def test_it_is_written_short_and_as_it_always_was() -> None:
    value = {"é": '😀\u0000\n"\\/', "a": [1, 2.5, True, None, {}], "A": 2**70}
    assert canonical(value) == '{"A":1180591620717411303424,"a":[1,2.5,true,null,{}],"é":"😀\\u0000\\n\\"\\\\/"}'
    assert canonical({**value, "A": 1}) == '{"A":1,"a":[1,2.5,true,null,{}],"é":"😀\\u0000\\n\\"\\\\/"}'


def test_values_that_differ_have_fingerprints_that_differ() -> None:
    values = [0, 0.0, False, None, "", "0", [], {}, [0], {"0": 0}, "\ud800", "\ud801", 2**70]
    assert len({fingerprint(value) for value in values}) == len(values)
