"""JSON Schema (Draft 2020-12) of kinds and messages, by apispec, with what apispec leaves out."""

from collections.abc import Mapping
from typing import Any, Final

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields, missing, validate

from mobile_contract.field_types import (
    BIRTHDAY_PATTERN,
    DAY_PATTERN,
    INSTANT_PATTERN,
    Birthday,
    Day,
    Hundreds,
    Instant,
    Shown,
)
from mobile_contract.merge import FieldRule, KindRule
from mobile_contract.schemas import KINDS, SCHEMAS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXTS: Final[dict[type, dict[str, str]]] = {
    Instant: {"format": "date-time", "pattern": f"^{INSTANT_PATTERN}$"},
    Birthday: {"format": "date", "pattern": f"^{BIRTHDAY_PATTERN}$"},
    Day: {"format": "date", "pattern": f"^{DAY_PATTERN}$"},
}


def kind_schema(name: str) -> dict[str, Any]:
    """Describe the documents of the kind `name`, with the merge rule of each field as ``x-merge`` and the like."""
    rule, schema = KINDS[name], SCHEMAS[name]
    body = message_schema(schema)
    for field_name, described in body["properties"].items():
        described.update(_rule(rule.fields[field_name]))
    return {"$schema": DIALECT, "$id": f"/contract/{name}.json", "title": name, **body, **_about(rule)}


def message_schema(schema: type[Schema]) -> dict[str, Any]:
    """Describe what `schema` accepts."""
    spec = APISpec("Kith", "1", "3.1.0")
    converter = OpenAPIConverter("3.1.0", lambda _: "", spec)  # without names, nested schemas stand where they are used
    converter.add_attribute_function(exact)  # type: ignore[no-untyped-call] # apispec has no types here
    body: dict[str, Any] = converter.schema2jsonschema(schema())  # type: ignore[no-untyped-call] # nor here
    return {"description": _sentence(schema), **body}


def exact(_: object, field: fields.Field[Any], **__: Any) -> dict[str, Any]:
    """Say of a field what apispec leaves out: patterns of instants and days, defaults that are made, open bounds."""
    described: dict[str, Any] = dict(_TEXTS.get(type(field), {}))
    default = field.load_default
    if callable(default) and default is not missing:
        described["default"] = default()
    if isinstance(field, fields.Dict) and field.key_field:
        lengths = [one for one in field.key_field.validators if isinstance(one, validate.Length)]
        if lengths:
            described["propertyNames"] = {"minLength": lengths[0].min, "maxLength": lengths[0].max}
    for validator in field.validators:
        if isinstance(validator, validate.Range) and not validator.min_inclusive:
            described["exclusiveMinimum"] = validator.min
        if isinstance(validator, Hundreds):
            described["multipleOf"] = 100
        if isinstance(validator, Shown):
            described["pattern"] = r"\S"
    return described


def _rule(rule: FieldRule) -> dict[str, Any]:
    extras = {
        "x-merge": rule.merge.value,
        "x-personal": rule.personal,
        "x-moves": {state: list(moves) for state, moves in rule.moves.items()},
        "x-order": list(rule.order),
        "x-writers": list(rule.writers),
        "x-refers-to": rule.refers_to,
        "x-past": rule.past,
    }
    return {name: value for name, value in extras.items() if value}


def _about(rule: KindRule) -> Mapping[str, Any]:
    return {
        "x-scopes": list(rule.scopes),
        "x-writers": list(rule.writers),
        **({"x-own": dict(rule.own)} if rule.own else {}),
        "x-commands": list(rule.commands),
        "x-personal": rule.personal,
        "x-groups": [list(group) for group in rule.groups],
        "x-since": rule.since,
    }


def _sentence(schema: type[Schema]) -> str:
    return (schema.__doc__ or "").strip().partition("\n")[0]
