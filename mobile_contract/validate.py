"""The contract's schemas as one callable, which the server's pure core takes as an argument."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from mobile_contract.accept import UNSURE, acceptor
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


@cache
def _schema(kind: str) -> Schema:
    return SCHEMAS[kind]()
