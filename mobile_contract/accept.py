"""A quick yes: recognises JSON that a schema surely takes, and gives exactly what marshmallow would load.

Nearly every document that arrives is right, and marshmallow takes a hundred times as long to find that out. So each
schema is also compiled, from the same declaration, into one Python function that knows the usual right values of the
usual fields. Whatever it is not sure of it leaves to marshmallow, which alone refuses and words the refusals.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from marshmallow import RAISE, Schema, ValidationError, fields, missing, validate

from mobile_contract.checks import Named, judged, sized, within
from mobile_contract.field_types import Birthday, CodeList, Counted, Day, Instant, StrictBoolean, Together, WholeNumber


class _Unsure:
    """Says: not surely right, ask marshmallow."""


UNSURE: Final = _Unsure()

#: Gives what a value loads as, or UNSURE.
Read = Callable[[Any], Any]


class _Code(NamedTuple):
    """How a field is recognised, in Python about its value ``v``.

    check : a condition, for a field whose right values load as themselves. read : an expression for what a right value
    loads as, UNSURE for others. With neither the field is never recognised.
    """

    check: str | None = None
    read: str | None = None


class Names:
    """The values that a function refers to, by name."""

    def __init__(self) -> None:
        self.all: dict[str, Any] = {"UNSURE": UNSURE, "missing": missing}

    def __call__(self, value: Any) -> str:
        """Keep a value and give its name."""
        name = f"n{len(self.all)}"
        self.all[name] = value
        return name

    def function(self, code: str) -> Any:
        """Make a function of ``v`` from an expression."""
        return eval(f"lambda v: {code}", self.all)  # noqa: S307 # written here, from declarations; values go by name


@cache
def acceptor(schema: type[Schema], partial: bool = False) -> Read:
    """Compile `schema` into a function that gives what a value loads as, or UNSURE.

    partial : nothing has to be there, and what is not there is not filled in.
    """
    made = schema()
    if not is_usual(made):
        return _never
    names = Names()
    lines = [line for name, field in made.load_fields.items() for line in _lines(name, field, partial, names)]
    return _function(lines, made.load_fields, partial, names)


def is_usual(made: Schema) -> bool:
    """Say whether fields alone decide what becomes of a document."""
    if made.unknown != RAISE or made.many or any(made._hooks.values()):
        return False
    return not any(field.data_key or field.attribute for field in made.load_fields.values())


def _never(_value: Any) -> Any:
    return UNSURE


_FUNCTION: Final = """
def read(values):
    if type(values) is not dict or not values.keys() <= {known}:
        return UNSURE
    loaded = {{**{defaults}, **values}}
    try:
        {lines}
    except (KeyError, TypeError):  # something is not there; a list where a text belongs
        return UNSURE
    return loaded
"""


def _function(lines: list[str], known: dict[str, Any], partial: bool, names: Names) -> Read:
    defaults = {} if partial else {name: field.load_default for name, field in known.items() if not field.required}
    plain = {name: value for name, value in defaults.items() if not callable(value) and value is not missing}
    body = "\n        ".join([*lines, "pass"])
    exec(_FUNCTION.format(known=names(frozenset(known)), defaults=names(plain), lines=body), names.all)  # noqa: S102 # as above
    read: Read = names.all["read"]
    return read


def _lines(name: str, field: Any, partial: bool, names: Names) -> list[str]:
    """Write what is done about one field: take the value; be unsure of a wrong one; keep what a right one loads as."""
    code = compiled(field, partial, names)
    needed = field.required and not partial
    filled = not partial and not callable(field.load_default) and field.load_default is not missing
    is_there = needed or (filled and bool(code.check))  # a default is judged as if it had been given
    take = f"v = {'values' if needed else 'loaded'}[{name!r}]" if is_there else f"v = values.get({name!r}, missing)"
    given = [] if is_there else ["v is not missing"]
    if not needed and callable(field.load_default) and not partial:
        maker = [f"if v is missing: loaded[{name!r}] = {names(field.load_default)}()"]
    else:
        maker = []
    if code.check:
        wrong = " and ".join([*given, f"not ({code.check})"])
        return [take, f"if {wrong}: return UNSURE", *maker]
    if code.read:
        keep = f"if {' and '.join(given) or True}:"
        read = [f"    v = {code.read}", "    if v is UNSURE: return UNSURE", f"    loaded[{name!r}] = v"]
        return [take, *maker, keep, *read]
    return [take, f"if {' and '.join(given) or True}: return UNSURE", *maker]


def compiled(field: fields.Field[Any], partial: bool, named: Names) -> _Code:
    """Say how a field is recognised."""
    compile_field = _COMPILERS.get(type(field))
    if compile_field is None or field.pre_load or field.post_load:
        return _Code()
    check, read = compile_field(field, partial, named)
    if not field.allow_none:
        return _Code(check, read)
    return _Code(check and f"v is None or {check}", read and f"None if v is None else {read}")


def _string(field: fields.Field[Any], _partial: bool, named: Names) -> _Code:
    if not field.validators:
        return _Code(_IS_TEXT)
    return _Code(judged(field.validators[0], named)) if len(field.validators) == 1 else _Code()


_IS_TEXT: Final = "type(v) is str"


def _same(field: fields.Field[Any], _partial: bool, named: Names) -> _Code:
    """Compile a text whose class judges it: what the class takes, it gives back."""

    def takes(value: str) -> bool:
        try:
            return bool(field._deserialize(value, None, None) == value)
        except ValidationError:
            return False

    return _Code(f"type(v) is str and {named(takes)}(v)") if not field.validators else _Code()


def _boolean(field: fields.Field[Any], _partial: bool, _named: Named) -> _Code:
    return _Code() if field.validators else _Code("v is True or v is False")


def _integer(field: Any, _partial: bool, named: Names) -> _Code:
    fits = within(field.validators, named)
    return _Code(f"type(v) is int and {fits}") if field.strict and fits else _Code()


def _float(field: Any, _partial: bool, named: Names) -> _Code:
    fits = within(field.validators, named)
    if field.allow_nan or not fits:
        return _Code()
    return _Code(f"type(v) is float and {named(math.isfinite)}(v) and {fits}")


def _list(field: Any, partial: bool, named: Names) -> _Code:
    check, read = compiled(field.inner, partial, named)
    if any(type(each) not in (validate.Length, Together) for each in field.validators):
        return _Code()
    fits = ["type(v) is list", *(sized(each, named) for each in field.validators)]
    if type(field) is Counted:
        fits.append(f"len(v) <= {named(field.most)}")
    if check:
        return _Code(" and ".join([*fits, f"all(map({named(named.function(check))}, v))"]))
    if not read:
        return _Code()
    wrongs = [each.wrong for each in field.validators if type(each) is Together]
    return _Code(read=f"{named(_each(named.function(read), wrongs))}(v) if {' and '.join(fits)} else UNSURE")


def _each(read: Read, wrongs: list[Read]) -> Read:
    def read_all(values: list[Any]) -> Any:
        loaded = list(map(read, values))
        return UNSURE if UNSURE in loaded or any(wrong(loaded) for wrong in wrongs) else loaded

    return read_all


def _code_list(field: Any, partial: bool, named: Names) -> _Code:
    check, _ = compiled(field.inner, partial, named)
    if field.validators or check is None:
        return _Code()
    if check.startswith("v in "):
        every = f"type(v) is list and {check.removeprefix('v in ')}.issuperset(v)"
    else:
        every = f"type(v) is list and all(map({named(named.function(check))}, v))"
    return _Code(read=f"sorted(set(v)) if {every} else UNSURE")


def _dict(field: Any, partial: bool, named: Names) -> _Code:
    keys = compiled(field.key_field, partial, named).check if field.key_field else None
    values = compiled(field.value_field, partial, named).check if field.value_field else "True"
    if any(type(each) is not validate.Length for each in field.validators) or keys is None or values is None:
        return _Code()
    sizes = [sized(each, named) for each in field.validators]
    checks = [f"all(map({named(named.function(keys))}, v))", f"all(map({named(named.function(values))}, v.values()))"]
    if keys == _IS_TEXT:
        checks[0] = f"set(map(type, v)) <= {named({str})}"
    return _Code(" and ".join(["type(v) is dict", *sizes, *(checks if values != "True" else checks[:1])]))


def _nested(field: Any, partial: bool, named: Names) -> _Code:
    plain = field.only is None and not field.exclude and not field.many and field.unknown is None
    if field.validators or not plain or not isinstance(field.nested, type):
        return _Code()
    return _Code(read=f"{named(acceptor(field.nested, partial))}(v)")


#: By the very class: a subclass may well decide otherwise.
_COMPILERS: Final[dict[type, Callable[[Any, bool, Names], _Code]]] = {
    fields.String: _string,
    fields.Integer: _integer,
    WholeNumber: _integer,
    fields.Float: _float,
    fields.List: _list,
    Counted: _list,
    fields.Dict: _dict,
    fields.Nested: _nested,
    StrictBoolean: _boolean,
    CodeList: _code_list,
    Instant: _same,
    Day: _same,
    Birthday: _same,
}
