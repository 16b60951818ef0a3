"""The quick yes never says more than marshmallow, and says it nearly always when marshmallow does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, post_load, validate

from mobile_contract.accept import UNSURE, acceptor
from mobile_contract.field_types import (
    Birthday,
    CodeList,
    Counted,
    Day,
    Hundreds,
    Instant,
    StrictBoolean,
    Text,
    Together,
    Whole,
    WholeNumber,
)
from mobile_contract.schemas import SCHEMAS
from mobile_contract.validate import validate as judge
from mobile_contract.wire import PushSchema

TEXTS = ["", "a", "A1", "\x00", "a\x00b", "\ud800", "Zoë 😀", "en", "a" * 41, "b" * 201, "c" * 4001, "09:30", "09:30\n",
         "２026-11-21", "2026-11-21", "2026-02-30", "2026-11-21T09:30:00Z", "2026-11-21T09:30:00.5Z",
         "2026-13-21T09:30:00Z", "0000-01-01", "01a9d1f0-0000-7000-8000-000000000001",
         "FREQ=WEEKLY;BYDAY=WE", "FREQ=HOURLY"]  # fmt: skip
NUMBERS = [0, 1, -1, 5, 2**31 - 1, 2**31, 2**53, 2**70, 0.0, -0.0, 0.5, 1.0, 1e300, float("nan"), float("inf")]
SURVEYS = [
    [{"code": "a", "text": "A?", "type": "yes_no"}],
    [{"code": "a", "text": "A?", "type": "number", "low": 0, "high": 9, "when": None},
     {"code": "b", "text": "B?", "type": "yes_no", "required": True, "when": {"question": "a", "from": 2}}],
    [{"code": "a", "text": "A?", "type": "yes_no", "when": {"question": "a", "is": ["yes"]}}],  # it waits for itself
]  # fmt: skip
TERMS = [
    [{"from_on": "2026-09-07", "until_on": "2026-12-18"}],
    [{"from_on": "2026-09-07", "until_on": "2026-09-01"}],  # it ends before it begins
]
TOGETHER = {"Question": SURVEYS, "Term": TERMS}
ANYTHING = st.sampled_from([*TEXTS, *NUMBERS, None, True, False, [], ["a"], ["en", "en"], [None], {}, {"a": 1}, {1: 2}])


def right(field: Any) -> st.SearchStrategy[Any]:
    """What the field may well take."""
    return WAYS[type(field)](field)


def text(field: Any) -> st.SearchStrategy[str]:
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return st.sampled_from(list(rule.choices))
        if isinstance(rule, Whole):
            return st.sampled_from([one for one in [*TEXTS, "1795251600000-0000-phone-a"] if rule.regex.fullmatch(one)])
        if isinstance(rule, Text | validate.Length):
            return st.sampled_from([one for one in TEXTS if not refused(field, one)])
    return st.sampled_from(TEXTS)


def whole(field: Any) -> st.SearchStrategy[int]:
    rule = field.validators[0] if field.validators else validate.Range(-5)
    low, high, step = rule.min, rule.max, 100 if isinstance(rule, Hundreds) else 1
    return st.sampled_from([low, low + step, high if high is not None else 7])


def real(field: Any) -> st.SearchStrategy[float]:
    rule = field.validators[0] if field.validators else validate.Range()
    low, high = rule.min if rule.min is not None else -9.5, rule.max if rule.max is not None else 9.5
    return st.sampled_from([float(low), float(high), (low + high) / 2])


def sequence(field: Any) -> st.SearchStrategy[list[Any]]:
    if any(isinstance(rule, Together) for rule in field.validators):
        return st.sampled_from(TOGETHER[field.inner.nested.__name__])
    equal = next((rule.equal for rule in field.validators if rule.equal), None)
    return st.lists(right(field.inner), min_size=equal or 0, max_size=equal or 3)


def mapping(field: Any) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.sampled_from([key for key in ("a", "b", "AB") if not refused(field.key_field, key)])
    return st.dictionaries(keys, right(field.value_field) if field.value_field else ANYTHING, max_size=2)


def refused(field: Any, value: Any) -> bool:
    try:
        field.deserialize(value)
    except ValidationError:
        return True
    return False


WAYS: dict[type, Callable[[Any], st.SearchStrategy[Any]]] = {
    fields.String: text,
    fields.Integer: whole,
    WholeNumber: whole,
    fields.Float: real,
    fields.List: sequence,
    Counted: sequence,
    CodeList: sequence,
    fields.Dict: mapping,
    fields.Nested: lambda field: documents(field.nested),
    StrictBoolean: lambda _field: st.booleans(),
    Instant: lambda _field: st.sampled_from(["2026-11-21T09:30:00Z", "2024-02-29T00:00:00.123456Z"]),
    Day: lambda _field: st.sampled_from(["2026-11-21", "2024-02-29"]),
    Birthday: lambda _field: st.sampled_from(["1950-11-21", "2024-02-29"]),
}


def documents(schema: type[Schema]) -> st.SearchStrategy[dict[str, Any]]:
    """Whole right documents, some of them without what may be left out."""
    made = schema().load_fields
    must = {name: right(field) for name, field in made.items() if field.required}
    may = {
        name: st.none() | right(field) if field.allow_none else right(field)
        for name, field in made.items()
        if not field.required
    }
    return st.fixed_dictionaries(must, optional=may)


@st.composite
def changed(draw: st.DrawFn, schema: type[Schema]) -> dict[str, Any]:
    """Right documents with a few things put in, put wrong or taken out."""
    document = draw(documents(schema))
    names = st.sampled_from([*schema().load_fields, "colour"])
    for name in draw(st.lists(names, max_size=3)):
        if draw(st.booleans()):
            document[name] = draw(ANYTHING)
        else:
            document.pop(name, None)
    return document


def loaded(schema: type[Schema], document: Any, partial: bool) -> Any:
    try:
        return Schema.load(schema(), document, partial=partial)
    except ValidationError:
        return UNSURE


def agree(schema: type[Schema], document: Any) -> None:
    for partial in (False, True):
        quick = acceptor(schema, partial)(document)
        if quick is not UNSURE:
            assert same(quick, loaded(schema, document, partial))


def same(first: Any, second: Any) -> bool:
    """Equal in value and in type, as 1, 1.0 and True are not."""
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(same(value, second[name]) for name, value in first.items())
    if isinstance(first, list):
        return len(first) == len(second) and all(map(same, first, second))
    return repr(first) == repr(second)


EVERY = {**SCHEMAS, "push": PushSchema}
QUICKLY, LONG = settings(max_examples=10, deadline=None), settings(max_examples=150, deadline=None)


@pytest.mark.parametrize("name", EVERY)
def test_what_is_accepted_is_what_marshmallow_loads(name: str) -> None:
    QUICKLY(given(changed(EVERY[name]))(lambda document: agree(EVERY[name], document)))()


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_what_is_accepted_is_what_marshmallow_loads_at_length(name: str) -> None:
    LONG(given(changed(EVERY[name]))(lambda document: agree(EVERY[name], document)))()


@pytest.mark.parametrize("name", EVERY)
def test_hardly_anything_right_is_left_to_marshmallow(name: str) -> None:
    """So that a field of a new sort does not make pushes slow in silence."""

    def recognised(document: dict[str, Any]) -> None:
        assert acceptor(EVERY[name])(document) is not UNSURE or loaded(EVERY[name], document, False) is UNSURE

    QUICKLY(given(documents(EVERY[name]))(recognised))()


@pytest.mark.parametrize("value", [None, [], "text", 7, {1: 2}, {("a",): 1}])
def test_what_is_no_document_is_left_to_marshmallow(value: Any) -> None:
    assert acceptor(SCHEMAS["person"])(value) is UNSURE
    assert loaded(SCHEMAS["person"], value, False) is UNSURE


def test_a_schema_or_field_that_decides_for_itself_is_left_to_marshmallow() -> None:
    class Shout(fields.String):
        def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
            return str(value).upper()

    class Hooked(Schema):
        name = fields.String()

        @post_load
        def shout(self, data: Any, **_: Any) -> Any:
            return {"name": "!"}

    assert acceptor(Hooked)({"name": "a"}) is UNSURE
    assert acceptor(Schema.from_dict({"name": Shout()}))({"name": "a"}) is UNSURE
    assert acceptor(Schema.from_dict({"name": fields.String(data_key="n")}))({"n": "a"}) is UNSURE
    assert acceptor(Schema.from_dict({"name": fields.String(post_load=str.upper)}))({"name": "a"}) is UNSURE
    assert acceptor(Schema.from_dict({"name": fields.String(validate=re.compile("a").search)}))({"name": "b"}) is UNSURE


def test_defaults_are_made_anew_for_each_document() -> None:
    first, _ = judge("person", {"team_id": "t", "given_name": "A", "family_name": "B"}, False)
    first["languages"].append("en")
    second, _ = judge("person", {"team_id": "t", "given_name": "A", "family_name": "B"}, False)
    assert second["languages"] == []
