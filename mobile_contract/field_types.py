"""What marshmallow lacks: whole patterns, clean text, instants, dates, sets of codes, strict booleans."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

#: Record ids: safe in URLs, file names and every client database.
ID_PATTERN: Final = r"[A-Za-z0-9_.-]{1,64}"
#: A UTC instant in RFC 3339.
INSTANT_PATTERN: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z"
#: A date in ISO 8601.
DAY_PATTERN: Final = r"\d{4}-\d\d-\d\d"
#: A date of birth: a phone's clock may be wrong, so no day is compared with today, and the bound is a wide one.
BIRTHDAY_PATTERN: Final = r"(1\d|20|21)\d\d-\d\d-\d\d"
#: A local time on the clock.
TIME_PATTERN: Final = r"([01]\d|2[0-3]):[0-5]\d"

_INSTANT = re.compile(INSTANT_PATTERN, re.ASCII)
_DAY = re.compile(DAY_PATTERN, re.ASCII)
_BIRTHDAY = re.compile(BIRTHDAY_PATTERN, re.ASCII)


class Whole(validate.Validator):
    """A pattern that the whole text must match; `$` alone lets a line break slip in at the end."""

    def __init__(self, pattern: str) -> None:
        self.regex = re.compile(pattern, re.ASCII)  # digits are those of the clock, not those of every script

    def __call__(self, value: str) -> str:
        """Give `value` back, or raise ValidationError."""
        if self.regex.fullmatch(value) is None:
            raise marshmallow.ValidationError("String does not match expected pattern.")
        return value


class Text(validate.Length):
    """Text of at most `max` characters, without the null character, which some databases cannot keep."""

    def __call__(self, value: Any) -> Any:
        """Give `value` back, or raise ValidationError."""
        if "\x00" in value:
            raise marshmallow.ValidationError("Text must not contain a null character.")
        return super().__call__(value)


class Shown(Text):
    """Text of which something is seen: a name may not be blank."""

    def __call__(self, value: Any) -> Any:
        """Give `value` back, or raise ValidationError."""
        if not value or value.isspace():
            raise marshmallow.ValidationError("Must not be blank.")
        return super().__call__(value)


class Hundreds(validate.Range):
    """A whole number of hundreds within a range."""

    def __call__(self, value: Any) -> Any:
        """Give `value` back, or raise ValidationError."""
        if value % 100:
            raise marshmallow.ValidationError("Round this to 100 metres.")
        return super().__call__(value)


class Read(Text):
    """Text that can be read as something. wrong : says what of it cannot."""

    def __init__(self, wrong: Callable[[str], list[str]], limit: int) -> None:
        super().__init__(max=limit)
        self.wrong = wrong

    def __call__(self, value: Any) -> Any:
        """Give `value` back, or raise ValidationError."""
        super().__call__(value)
        if wrong := self.wrong(value):
            raise marshmallow.ValidationError(wrong)
        return value


class Together(validate.Length):
    """A list whose items must make sense together. wrong : says what of them does not."""

    def __init__(self, wrong: Callable[[Any], list[str]], low: int, high: int) -> None:
        super().__init__(low, high)
        self.wrong = wrong

    def __call__(self, value: Any) -> Any:
        """Give `value` back, or raise ValidationError."""
        super().__call__(value)
        if wrong := self.wrong(value):
            raise marshmallow.ValidationError(wrong)
        return value


class Instant(fields.String):
    """A UTC instant, kept as the RFC 3339 text that arrived: ``2026-11-21T09:30:00Z``."""

    default_error_messages = {"invalid_instant": "Not a UTC instant such as 2026-11-21T09:30:00Z."}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not _INSTANT.fullmatch(text) or not _parses(datetime.fromisoformat, text):
            raise self.make_error("invalid_instant")
        return text


class Day(fields.String):
    """A date, kept as the ISO 8601 text that arrived: ``2026-11-21``."""

    default_error_messages = {"invalid_day": "Not a date such as 2026-11-21."}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not _DAY.fullmatch(text) or not _parses(date.fromisoformat, text):
            raise self.make_error("invalid_day")
        return text


class Birthday(Day):
    """A date of birth, in a year from 1000 to 2199."""

    default_error_messages = {"invalid_birthday": "Not a date of birth: its year is none from 1000 to 2199."}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not _BIRTHDAY.fullmatch(text):
            raise self.make_error("invalid_birthday")
        return text


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


class CodeList(fields.List[Any]):
    """A set of codes: order and repeats carry no meaning, so that equal sets are equal bytes."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        return sorted(set(super()._deserialize(value, attr, data, **kwargs)))


class Counted(fields.List[Any]):
    """A list that is counted before any of it is read. where : what the most applies to, for the message."""

    def __init__(self, inner: fields.Field[Any], most: int, where: str, **options: Any) -> None:
        super().__init__(inner, **options)
        self.most, self.where = most, where

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise marshmallow.ValidationError(f"{len(value)} {self.name}; at most {self.most} {self.where}.")
        return super()._deserialize(value, attr, data, **kwargs)


class WholeNumber(fields.Integer):
    """A JSON integer, within bounds; 27.0 is one too (JSON Schema, section 4.2.3), and "27" is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(whole, bool | str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(whole, attr, data, **kwargs)


class StrictBoolean(fields.Boolean):
    """JSON true or false, not words that look like them."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value
