"""How a kind is declared: fields that carry their merge rule, and the decorator that registers the kind."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, TypeVar

import marshmallow
from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import ID_PATTERN as ID_PATTERN
from mobile_contract.field_types import (
    TIME_PATTERN,
    Birthday,
    CodeList,
    Day,
    Hundreds,
    Instant,
    Read,
    Shown,
    StrictBoolean,
    Text,
    Together,
    Whole,
)
from mobile_contract.merge import FieldRule, KindRule, Merge
from mobile_contract.recurrence import MOST_CHARACTERS, wrong_rule
from mobile_contract.vocabulary import Vocabulary

KINDS: Final[dict[str, KindRule]] = {}
SCHEMAS: Final[dict[str, type[Schema]]] = {}

F = TypeVar("F", bound=fields.Field[Any])


class Document(Schema):
    """A record's document: plain JSON in, the same plain JSON out, nothing unknown.

    GROUPS : fields that are one thing; see `KindRule`.
    """

    GROUPS: ClassVar[tuple[tuple[str, ...], ...]] = ()

    class Meta:
        unknown = RAISE


def line(limit: int = 200, *, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.String:
    """One line of at most `limit` characters."""
    return _ruled(fields.String, merge, personal, validate=Text(max=limit), **options)


def name(limit: int, *, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.String:
    """One line of at most `limit` characters that is not blank."""
    return _ruled(fields.String, merge, personal, validate=Shown(max=limit), **options)


def long_text(limit: int = 4000, *, merge: Merge = Merge.TEXT, personal: bool = False, **options: Any) -> fields.String:
    """Several lines that people edit."""
    return _ruled(fields.String, merge, personal, validate=Text(max=limit), **options)


def code(
    vocabulary: Vocabulary, *, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any
) -> fields.String:
    """One code of `vocabulary`."""
    rule = validate.OneOf(vocabulary.codes, labels=tuple(vocabulary.labels.values()))
    return _ruled(fields.String, merge, personal, validate=rule, vocabulary=vocabulary.name, **options)


def codes(
    vocabulary: Vocabulary, *, merge: Merge = Merge.SET, personal: bool = False, **options: Any
) -> fields.List[Any]:
    """A set of codes of `vocabulary`, kept as a sorted list without repeats."""
    if not options.get("required"):
        options.setdefault("load_default", list)
    inner = fields.String(validate=validate.OneOf(vocabulary.codes))
    return _ruled(CodeList, merge, personal, inner, vocabulary=vocabulary.name, **options)


def choice(*values: str, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.String:
    """One of a few words of this field alone."""
    return _ruled(fields.String, merge, personal, validate=validate.OneOf(values), **options)


def integer(
    low: int = 0, high: int = 2**31 - 1, *, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any
) -> fields.Integer:
    """A whole number from `low` to `high`."""
    return _ruled(fields.Integer, merge, personal, strict=True, validate=validate.Range(low, high), **options)


def hundreds(high: int, **options: Any) -> fields.Integer:
    """Metres of the National Grid from 0 to `high`, rounded to 100, so that no door can be told from its neighbours."""
    return _ruled(fields.Integer, Merge.SCALAR, False, strict=True, validate=Hundreds(0, high), **options)


def number(
    low: float | None = None, high: float | None = None, *, merge: Merge = Merge.SCALAR, **options: Any
) -> fields.Float:
    """A finite number from `low` to `high`."""
    return _ruled(fields.Float, merge, False, validate=validate.Range(low, high), allow_nan=False, **options)


def boolean(*, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.Boolean:
    """True or false."""
    return _ruled(StrictBoolean, merge, personal, **options)


def instant(*, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> Instant:
    """A UTC instant."""
    return _ruled(Instant, merge, personal, **options)


def day(*, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> Day:
    """A date."""
    return _ruled(Day, merge, personal, **options)


def days(limit: int, *, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.List[Any]:
    """At most `limit` dates."""
    options.setdefault("load_default", list)
    return _ruled(fields.List, merge, personal, Day(), validate=validate.Length(max=limit), **options)


def recurrence(*, merge: Merge = Merge.SCALAR, **options: Any) -> fields.String:
    """How something repeats, as RFC 5545 writes it, as far as `mobile_contract/recurrence.py` reads it."""
    return _ruled(fields.String, merge, False, validate=Read(wrong_rule, MOST_CHARACTERS), **options)


def birthday(*, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> Birthday:
    """A date of birth."""
    return _ruled(Birthday, merge, personal, **options)


def time_of_day(*, merge: Merge = Merge.SCALAR, personal: bool = False, **options: Any) -> fields.String:
    """A local time such as 09:30."""
    return _ruled(fields.String, merge, personal, validate=Whole(f"^{TIME_PATTERN}$"), **options)


def reference(kind: str | None = None, *, merge: Merge = Merge.SCALAR, **options: Any) -> fields.String:
    """The id of another record, of `kind` if named; with `kind_in`, of the kind that this other field says."""
    rule = Whole(f"^{ID_PATTERN}$")
    return _ruled(fields.String, merge, False, validate=rule, refers_to=kind, **options)


def life_cycle(moves: Mapping[str, tuple[str, ...]], **options: Any) -> fields.String:
    """A state of a life cycle; `moves` names, for each state, those it may move to. The first state is the start."""
    options.setdefault("load_default", next(iter(moves)))
    return _ruled(fields.String, Merge.STATUS, False, validate=validate.OneOf(tuple(moves)), moves=moves, **options)


def restrict(*order: Any, **options: Any) -> fields.Field[Any]:
    """A permission whose values are named from the least to the most restrictive; the most restrictive wins."""
    if set(order) == {True, False}:
        return _ruled(StrictBoolean, Merge.RESTRICT, False, order=order, **options)
    return _ruled(fields.String, Merge.RESTRICT, False, validate=validate.OneOf(order), order=order, **options)


def nested_list(
    schema: type[Schema],
    limit: int,
    *,
    merge: Merge = Merge.SCALAR,
    together: Together | None = None,
    **options: Any,
) -> fields.List[Any]:
    """At most `limit` items of `schema`. together : how many, and what they must be together, instead of that."""
    rule = together or validate.Length(max=limit)
    return _ruled(fields.List, merge, False, fields.Nested(schema), validate=rule, **options)


def words(limit: int, each: int = 200, *, merge: Merge = Merge.SCALAR, **options: Any) -> fields.List[Any]:
    """At most `limit` lines of text."""
    inner = fields.String(validate=Text(max=each))
    return _ruled(fields.List, merge, False, inner, validate=validate.Length(max=limit), **options)


def values(
    *, merge: Merge = Merge.SCALAR, personal: bool = False, most: int | None = None, **options: Any
) -> fields.Dict:
    """A JSON object whose keys are not fixed by the contract, with at most `most` of them."""
    rules = [] if most is None else [validate.Length(max=most)]
    return _ruled(fields.Dict, merge, personal, keys=fields.String(), validate=rules, **options)


#: What our fields say beyond marshmallow's.
_OWN_OPTIONS: Final = ("moves", "order", "refers_to", "kind_in", "vocabulary", "writers", "past")


def _ruled(make: Callable[..., F], merge: Merge, personal: bool, *arguments: Any, **options: Any) -> F:
    kept = {name: options.pop(name) for name in _OWN_OPTIONS if name in options}
    if not options.get("required"):
        options.setdefault("load_default", None)
        if options["load_default"] is None:
            options["allow_none"] = True
    return make(*arguments, metadata={"merge": merge, "personal": personal, **kept}, **options)


def kind(
    name: str,
    *,
    scopes: tuple[str, ...],
    writers: tuple[str, ...] = (),
    commands: tuple[str, ...] = (),
    personal: bool = False,
    since: int = 1,
    own: Mapping[str, str] | None = None,
) -> Callable[[type[Document]], type[Document]]:
    """Register the decorated schema as the kind `name`; see `KindRule` for the arguments."""

    def register(schema: type[Document]) -> type[Document]:
        if name in KINDS:
            raise ValueError(f"the kind {name} is declared twice")
        rules = {field_name: _rule(field_name, field) for field_name, field in schema().fields.items()}
        groups = tuple(group for group in schema.GROUPS if set(group) <= rules.keys())
        KINDS[name] = KindRule(name, rules, scopes, writers, commands, personal, groups, since, own or {})
        SCHEMAS[name] = schema
        return schema

    return register


def _rule(name: str, field: fields.Field[Any]) -> FieldRule:
    default = field.load_default
    if callable(default):
        default = default()
    return FieldRule(
        name,
        field.metadata["merge"],
        personal=field.metadata["personal"],
        required=field.required,
        default=None if default is marshmallow.missing else default,
        moves=field.metadata.get("moves", {}),
        order=field.metadata.get("order", ()),
        refers_to=field.metadata.get("refers_to"),
        kind_in=field.metadata.get("kind_in"),
        writers=field.metadata.get("writers", ()),
        past=field.metadata.get("past", False),
    )
