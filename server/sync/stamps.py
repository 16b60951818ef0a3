"""Stamps as they are kept: who set each field, written short.

Most fields of most records were set in one breath, when the record was made: their stamp is written once, as ``*``.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from server.sync.canonical import canonical
from server.sync.model import PENDING, Document, Stamp

#: Stands for every field that is not named.
_REST = "*"
#: Text that JSON writes as it is.
_PLAIN = re.compile(r"[A-Za-z0-9_.-]*")


def numbered(stamps: Mapping[str, Stamp], version: int) -> dict[str, Stamp]:
    """Put the transaction's number in where it was not known yet."""
    each = {id(stamp): stamp for stamp in stamps.values()}  # a new record has one stamp for all its fields
    done = {number: _numbered(stamp, version) for number, stamp in each.items()}
    return {name: done[id(stamp)] for name, stamp in stamps.items()}


def _numbered(stamp: Stamp, version: int) -> Stamp:
    added = {code: (version if number == PENDING else number, by) for code, (number, by) in stamp.added.items()}
    return Stamp(version if stamp.version == PENDING else stamp.version, stamp.device, stamp.hlc, added)


def write_stamps(stamps: Mapping[str, Stamp], doc: Document) -> str:
    """Write the stamps of a document as canonical JSON."""
    each = {id(stamp): stamp for stamp in stamps.values()}
    if len(each) == 1 and stamps.keys() == doc.keys():
        return canonical({_REST: _json(next(iter(each.values())))})
    short = {name: _json(stamp) for name, stamp in stamps.items()}
    if short.keys() != doc.keys():
        return canonical(short)
    plain = Counter(tuple(parts) for parts in short.values() if len(parts) == len(("version", "device", "hlc")))
    rest = [list(parts) for parts, _ in plain.most_common(1)]
    named = {name: parts for name, parts in short.items() if parts not in rest}
    return canonical({**named, **({_REST: rest[0]} if rest else {})})


def shared_stamp(version: int, by: str, hlc: str) -> str:
    """Write one stamp that all fields share, none of which is a set that was changed."""
    if _PLAIN.fullmatch(by) and _PLAIN.fullmatch(hlc):
        return f'{{"{_REST}":[{version},"{by}","{hlc}"]}}'
    return canonical({_REST: [version, by, hlc]})


def shared_stamps(first: int, by: str, clocks: Sequence[str]) -> list[str]:
    """Write the stamps of records that are numbered from `first` on. clocks : of theirs, normalised."""
    if not _PLAIN.fullmatch(by):
        return [shared_stamp(version, by, clock) for version, clock in enumerate(clocks, first)]
    return [f'{{"{_REST}":[{version},"{by}","{clock}"]}}' for version, clock in enumerate(clocks, first)]


def _json(stamp: Stamp) -> list[Any]:
    parts: list[Any] = [stamp.version, stamp.device, stamp.hlc]
    return [*parts, {code: list(by) for code, by in stamp.added.items()}] if stamp.added else parts


def read_stamps(raw: Mapping[str, list[Any]], doc: Document) -> dict[str, Stamp]:
    """Read stamps back from what was written for this document."""
    named = {name: _stamp(*parts) for name, parts in raw.items()}
    rest = named.pop(_REST, None)
    return {**dict.fromkeys(doc, rest), **named} if rest else named


def _stamp(version: int, device: str, hlc: str, added: Mapping[str, list[Any]] | None = None) -> Stamp:
    return Stamp(version, device, hlc, {code: (number, by) for code, (number, by) in (added or {}).items()})
