"""The contract's schemas as one callable, which the server's pure core takes as an argument."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from mobile_contract.accept import UNSURE, acceptor
from mobile_contract.alike import Alike, read_alike
from mobile_contract.schemas import SCHEMAS


def validate(kind: str, doc: Mapping[str, Any], partial: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Check a document, or with `partial` some of its fields, against its kind.

    Gives the clean values and no messages, or no values and, per field, what is wrong. A whole document comes back with
    its defaults filled in; a partial one holds only what was given. An unknown kind raises KeyError.
    """
    clean = acceptor(SCHEMAS[kind], partial)(doc)
    if clean is not UNSURE:
        return clean, {}
    try:
        return dict(_schema(kind).load(doc, partial=partial)), {}
    except ValidationError as error:
        return {}, dict(error.messages_dict)


def validate_alike(kind: str, docs: Sequence[Mapping[str, Any]]) -> Alike | None:
    """Check whole documents of a kind, at least one, that have the same names in the same order.

    Gives what `validate` gives for each of them, or None when it has to be asked. An unknown kind raises KeyError.
    """
    return read_alike(SCHEMAS[kind], docs)


@cache
def _schema(kind: str) -> Schema:
    return SCHEMAS[kind]()
