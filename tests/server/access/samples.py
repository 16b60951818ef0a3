"""A valid document of any kind, made from its declaration, whose scopes are those of given ids."""

from typing import Any, Final

from marshmallow import fields, validate

from mobile_contract.field_types import Birthday, Day, Instant, Whole
from mobile_contract.schemas import KINDS, SCHEMAS
from tests.builders import validate as judge

#: Values that no type tells.
_PARTICULAR: Final[dict[str, dict[str, Any]]] = {
    "survey": {"questions": [{"code": "a", "text": "A?", "type": "yes_no"}]},
    "movement": {"type": "in", "reason": "donated", "quantity": 1},
    "reservation": {"status": "let_go"},
    "attachment": {"owner_kind": "person", "owner_id": "person-x", "person_id": "person-x"},
}


def sample(kind: str, ids: dict[str, str]) -> dict[str, Any]:
    """Make a document with all that is required. ids : prefix of a scope → what stands behind it."""
    doc = {name: _value(field) for name, field in SCHEMAS[kind]().fields.items() if field.required}
    doc |= _PARTICULAR.get(kind, {})
    for template in KINDS[kind].scopes:
        prefix, _, rest = template.partition(":")
        if template.startswith("*"):
            doc[template[1:]] = [f"caseload:{ids['caseload']}"]
        elif "{" in rest and rest != "{id}":
            doc[rest[1:-1]] = ids[prefix]
    for template in KINDS[kind].own.values():
        prefix, _, rest = template.partition(":")
        if rest != "{id}":
            doc[rest[1:-1]] = ids[prefix]
    clean, errors = judge(kind, doc, False)
    if errors:
        raise ValueError(f"say in _PARTICULAR what a {kind} looks like: {errors}")
    return clean


def record_id(kind: str, ids: dict[str, str]) -> str:
    """Name a record: by itself, or as the scope asks that is named after it."""
    own = [template.partition(":")[0] for template in KINDS[kind].scopes if template.endswith(":{id}")]
    return ids[own[0]] if own else f"{kind}-{ids['caseload']}"


def _value(field: fields.Field[Any]) -> Any:
    if isinstance(field, Instant):
        return "2026-11-20T09:00:00Z"
    if isinstance(field, Birthday | Day):
        return "2026-11-20"
    if isinstance(field, fields.Integer | fields.Float):
        return _lowest(field)
    if isinstance(field, fields.Boolean):
        return False
    if isinstance(field, fields.List):
        return [_value(field.inner)] if isinstance(field.inner, fields.String) else []
    return {} if isinstance(field, fields.Dict | fields.Nested) else _text(field)


def _lowest(field: fields.Field[Any]) -> Any:
    ranges = [rule for rule in field.validators if isinstance(rule, validate.Range)]
    return next((rule.min for rule in ranges if rule.min is not None), 1)


def _text(field: fields.Field[Any]) -> str:
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return str(next(iter(rule.choices)))
        if isinstance(rule, Whole) and rule.regex.fullmatch("09:30"):
            return "09:30"
    return "some-x"
