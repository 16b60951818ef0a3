"""A quick yes: recognises JSON that a schema surely takes, and gives exactly what marshmallow would load.

Nearly every document that arrives is right, and marshmallow takes a hundred times as long to find that out. So each
schema is also compiled, from the same declaration, into a function that knows the usual right values of the usual
fields. Whatever it is not sure of it leaves to marshmallow, which alone refuses and words the refusals.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from marshmallow import RAISE, Schema, ValidationError, fields, missing, validate

from mobile_contract.checks import Check, judged, sized, within
from mobile_contract.field_types import CodeList, Counted, Day, Instant, StrictBoolean


class _Unsure:
    """Says: not surely right, ask marshmallow."""


UNSURE: Final = _Unsure()

#: Gives what a value loads as, or UNSURE.
Read = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """How a field is recognised: by a check, or by reading when its values may load as others; neither is 'never'."""

    check: Check | None = None
    read: Read | None = None


@cache
def acceptor(schema: type[Schema], partial: bool = False) -> Read:
    """Compile `schema` into a function that gives what a value loads as, or UNSURE."""
    made = schema()
    if made.unknown != RAISE or made.many or any(made._hooks.values()):
        return _never
    compiled = {name: _compiled(field, partial) for name, field in made.load_fields.items()}
    if any(field.data_key or field.attribute for field in made.load_fields.values()):
        return _never
    if partial:
        return _reader(compiled, frozenset(), {}, ())
    required = frozenset(name for name, field in made.load_fields.items() if field.required)
    defaults = {name: field.load_default for name, field in made.load_fields.items() if name not in required}
    plain = {name: value for name, value in defaults.items() if not callable(value) and value is not missing}
    makers = tuple((name, make) for name, make in defaults.items() if callable(make))
    return _reader(compiled, required, plain, makers)


def _never(_value: Any) -> Any:
    return UNSURE


def _reader(
    compiled: dict[str, _Compiled],
    required: frozenset[str],
    defaults: dict[str, Any],
    makers: tuple[tuple[str, Callable[[], Any]], ...],
) -> Read:
    checks = {name: each.check for name, each in compiled.items() if each.check}
    reads = {name: each.read for name, each in compiled.items() if each.read}

    def read(values: Any) -> Any:
        if type(values) is not dict or not required <= values.keys():
            return UNSURE
        loaded = {**defaults, **values}
        try:
            for name, value in values.items():
                if name in checks:
                    if not checks[name](value):
                        return UNSURE
                elif name not in reads or (clean := reads[name](value)) is UNSURE:
                    return UNSURE
                else:
                    loaded[name] = clean
        except TypeError:  # a list where a text belongs
            return UNSURE
        for name, make in makers:
            if name not in values:
                loaded[name] = make()
        return loaded

    return read


def _compiled(field: fields.Field[Any], partial: bool) -> _Compiled:
    compile_field = _COMPILERS.get(type(field))
    if compile_field is None or field.pre_load or field.post_load:
        return _Compiled()
    check, read = compile_field(field, partial)
    if not field.allow_none:
        return _Compiled(check, read)
    return _Compiled(_or_none(check) if check else None, _none_or(read) if read else None)


def _or_none(check: Check) -> Check:
    codes = getattr(check, "__self__", None)
    if isinstance(codes, frozenset):
        return (codes | {None}).__contains__
    return lambda value: value is None or check(value)


def _none_or(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _string(field: fields.Field[Any], _partial: bool) -> _Compiled:
    if not field.validators:
        return _Compiled(_is_text)
    return _Compiled(judged(field.validators[0])) if len(field.validators) == 1 else _Compiled()


def _is_text(value: Any) -> bool:
    return type(value) is str


def _same(field: fields.Field[Any], _partial: bool) -> _Compiled:
    """Compile a text whose class judges it: what the class takes, it gives back."""

    def check(value: Any) -> bool:
        return type(value) is str and _takes(field, value)

    return _Compiled(check) if not field.validators else _Compiled()


def _takes(field: fields.Field[Any], value: str) -> bool:
    try:
        return bool(field._deserialize(value, None, None) == value)
    except ValidationError:
        return False


def _boolean(field: fields.Field[Any], _partial: bool) -> _Compiled:
    return _Compiled() if field.validators else _Compiled(lambda value: value is True or value is False)


def _integer(field: Any, _partial: bool) -> _Compiled:
    if not field.strict or not (fits := within(field.validators)):
        return _Compiled()
    return _Compiled(lambda value: type(value) is int and fits(value))


def _float(field: Any, _partial: bool) -> _Compiled:
    if field.allow_nan or not (fits := within(field.validators)):
        return _Compiled()
    return _Compiled(lambda value: type(value) is float and math.isfinite(value) and fits(value))


def _list(field: Any, partial: bool) -> _Compiled:
    check, read = _compiled(field.inner, partial)
    if any(type(each) is not validate.Length for each in field.validators):
        return _Compiled()
    limits = [sized(each) for each in field.validators]
    if type(field) is Counted:
        limits.append(lambda value: len(value) <= field.most)
    if check:
        return _Compiled(lambda value: type(value) is list and _all(limits, value) and all(map(check, value)))
    return _Compiled(read=_each(read, limits)) if read else _Compiled()


def _all(limits: Sequence[Check], value: Any) -> bool:
    return all(limit(value) for limit in limits)


def _each(read: Read, limits: Sequence[Check]) -> Read:
    def read_all(value: Any) -> Any:
        if type(value) is not list or not _all(limits, value):
            return UNSURE
        loaded = list(map(read, value))
        return UNSURE if UNSURE in loaded else loaded

    return read_all


def _code_list(field: Any, partial: bool) -> _Compiled:
    check, _ = _compiled(field.inner, partial)
    if field.validators or check is None:
        return _Compiled()

    def read(value: Any) -> Any:
        return sorted(set(value)) if type(value) is list and all(map(check, value)) else UNSURE

    return _Compiled(read=read)


def _dict(field: Any, partial: bool) -> _Compiled:
    keys = _compiled(field.key_field, partial).check if field.key_field else None
    values = _compiled(field.value_field, partial).check if field.value_field else _anything
    if field.validators or keys is None or values is None:
        return _Compiled()
    if keys is _is_text and values is _anything:
        return _Compiled(lambda value: type(value) is dict and set(map(type, value)) <= _TEXT)
    return _Compiled(lambda value: type(value) is dict and all(map(keys, value)) and all(map(values, value.values())))


def _anything(_value: Any) -> bool:
    return True


_TEXT: Final = {str}


def _nested(field: Any, partial: bool) -> _Compiled:
    plain = field.only is None and not field.exclude and not field.many and field.unknown is None
    if field.validators or not plain or not isinstance(field.nested, type):
        return _Compiled()
    return _Compiled(read=acceptor(field.nested, partial))


#: By the very class: a subclass may well decide otherwise.
_COMPILERS: Final[dict[type, Callable[[Any, bool], _Compiled]]] = {
    fields.String: _string,
    fields.Integer: _integer,
    fields.Float: _float,
    fields.List: _list,
    Counted: _list,
    fields.Dict: _dict,
    fields.Nested: _nested,
    StrictBoolean: _boolean,
    CodeList: _code_list,
    Instant: _same,
    Day: _same,
}
