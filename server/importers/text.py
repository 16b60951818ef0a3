"""Text as feeds give it to text as people read it.

Each function answers (value or None, names of the repairs it made); what is missing or blank gives None and no repair.
"""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final, TypeAlias
from urllib.parse import urlsplit

Mended: TypeAlias = tuple[str | None, tuple[str, ...]]

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tr", "ul",
))  # fmt: skip
_SILENT: Final = frozenset(("script", "style", "template"))
_TAG: Final = re.compile(r"<[a-zA-Z/!][^>]*>")
_REFERENCE: Final = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]\S*)?")
# NUL, which no database keeps, soft hyphens, zero-width spaces and byte-order marks
_INVISIBLE: Final = re.compile("[\x00\u00ad\u200b\ufeff]")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{5,}[0-9]")


class _Reader(HTMLParser):
    """Collects the words of a page, with a new line where a block begins or ends and a dash before list items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # A line break in the source is only a space on the page.
            self.parts.append(re.sub(r"\s+", " ", data))


def paragraphs(raw: object, limit: int = 4000) -> Mended:
    """Turn HTML or plain text into plain text of at most `limit` characters, at most one blank line in a row."""
    text, repairs = _unmarked(as_text(raw))
    return fitted(_tidy(text), limit, repairs)


def line(raw: object, limit: int = 200) -> Mended:
    """Turn text into one line of at most `limit` characters."""
    given = raw if isinstance(raw, str) else ""
    text, repairs = _unmarked(given)
    tidy = " ".join(_tidy(text).split())
    if tidy != given and not repairs:
        repairs = ("spaces",)
    return fitted(tidy, limit, repairs if tidy else ())


def email(raw: object) -> Mended:
    """Keep the first e-mail address of `raw`, if it has one."""
    text = as_text(raw)
    first = _EMAIL.search(text)
    if first is None or len(first.group()) > 200:
        return None, ("email-dropped",) if text else ()
    if len(_EMAIL.findall(text)) > 1:
        return first.group(), ("several-emails",)
    return first.group(), ("email-tidied",) if first.group() != raw else ()


def url(raw: object) -> Mended:
    """Keep a web address of http or https; one without a scheme is given https."""
    text = as_text(raw)
    if not text:
        return None, ()
    if _HOST.fullmatch(text) and len(text) <= 490:
        return f"https://{text}", ("url-scheme",)
    if not _sound(text) or len(text) > 500:
        return None, ("url-dropped",)
    return text, ("spaces",) if text != raw else ()


def phone(raw: object) -> Mended:
    """Keep the first telephone number of `raw`, if it has one."""
    text = as_text(raw)
    found = _PHONE.search(text)
    if found is None or len(found.group()) > 40:
        return None, ("phone-dropped",) if text else ()
    return " ".join(found.group().split()), ()


def as_text(raw: object) -> str:
    """Give `raw` as text without spaces at its ends; nothing when it is no text."""
    return raw.strip() if isinstance(raw, str) else ""


def _unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    if _TAG.search(text):
        return _plain(text), ("html-to-text",)
    if _REFERENCE.search(text):
        return unescape(text), ("entities",)
    return text, ()


def fitted(text: str, limit: int, repairs: tuple[str, ...]) -> Mended:
    """Cut plain text at a word to at most `limit` characters, and add that to the repairs."""
    cut = _cut(text, limit)
    return cut or None, (*repairs, "shortened") if cut != text else repairs


def _plain(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


def _tidy(text: str) -> str:
    text = _INVISIBLE.sub("", text)
    lines = [" ".join(each.split()) for each in text.splitlines()]
    said = ["" if each == "-" else each for each in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip()


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = max(head.rfind(" "), head.rfind("\n"))
    return (head[:at] if at > limit // 2 else head).rstrip() + "…"


def _sound(text: str) -> bool:
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return False
    return bool(host) and re.fullmatch(r"https?://\S+", text, re.IGNORECASE) is not None
