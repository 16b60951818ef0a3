"""Many documents at once come to what each comes to by itself, and so does the text that is kept of them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import Schema

from mobile_contract.accept import UNSURE
from mobile_contract.alike import read_alike
from mobile_contract.schemas import SCHEMAS
from server.sync.canonical import canonical, canonical_flat
from tests.contract.test_accept import ANYTHING, LONG, loaded, right, same

KINDS = sorted(SCHEMAS)
SHORT = settings(max_examples=4, deadline=None)


@st.composite
def alike(draw: st.DrawFn, schema: type[Schema]) -> list[dict[str, Any]]:
    """Right documents that all have the same names, in one order."""
    made = schema().load_fields
    must = [name for name, field in made.items() if field.required]
    may = [name for name, field in made.items() if not field.required]
    names = draw(st.permutations([*must, *(name for name in may if draw(st.booleans()))]))
    values = {name: st.none() | right(field) if field.allow_none else right(field) for name, field in made.items()}
    count = draw(st.integers(1, 5))
    return [{name: draw(values[name]) for name in names} for _ in range(count)]


def agree(schema: type[Schema], documents: list[dict[str, Any]]) -> bool:
    """Check what all come to against what each comes to; say whether they were judged together."""
    together = read_alike(schema, documents)
    if together is None:
        return False
    one_by_one = [loaded(schema, document, False) for document in documents]
    assert UNSURE not in one_by_one, "marshmallow refuses one of them"
    assert all(map(same, together.documents, one_by_one))
    assert all(list(document) == sorted(document) for document in together.documents)
    if together.flat:
        assert written(canonical_flat, together.documents) == written(
            lambda each: list(map(canonical, each)), one_by_one
        )
    return True


def written(write: Callable[[list[Any]], list[str]], documents: list[Any]) -> list[str] | None:
    """Write documents, if they can be: half an emoji cannot."""
    try:
        return write(documents)
    except ValueError:
        return None


@st.composite
def mostly_right(draw: st.DrawFn, schema: type[Schema]) -> list[dict[str, Any]]:
    """Some of which have a value that may be wrong."""
    documents = draw(alike(schema))
    for document in draw(st.lists(st.sampled_from([one for one in documents if one] or [{"": 0}]), max_size=2)):
        document[draw(st.sampled_from(list(document)))] = draw(ANYTHING)
    return documents


@pytest.mark.parametrize("kind", KINDS)
@SHORT
@given(st.data())
def test_right_documents_are_judged_together(kind: str, data: st.DataObject) -> None:
    documents = data.draw(alike(SCHEMAS[kind]))
    if not agree(SCHEMAS[kind], documents):
        assert not documents[0] or UNSURE in [loaded(SCHEMAS[kind], one, False) for one in documents]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@LONG
@given(st.data())
def test_a_wrong_document_is_not_judged_with_others(kind: str, data: st.DataObject) -> None:
    agree(SCHEMAS[kind], data.draw(mostly_right(SCHEMAS[kind])))


@SHORT
@given(st.data())
def test_a_wrong_person_is_not_judged_with_others(data: st.DataObject) -> None:
    agree(SCHEMAS["person"], data.draw(mostly_right(SCHEMAS["person"])))


def test_equal_values_of_different_types_are_told_apart() -> None:
    documents = [{"team_id": "a", "given_name": "A", "family_name": "B", "max_km": value} for value in (1, True)]
    assert read_alike(SCHEMAS["person"], documents) is None
