"""Rows as JSON text, made by joining what lies in the database: a document is never read to be sent."""

import json
import re
from collections.abc import Sequence

from server.sync.model import Op, Row

_PLAIN = re.compile(r"[A-Za-z0-9_.:-]*", re.ASCII).fullmatch


def row_texts(rows: Sequence[Row]) -> list[str]:
    """Write rows as pages and snapshots carry them: ``{"k","i","v","op","d"}``."""
    if not _PLAIN("".join([row.id for row in rows])):
        return [_careful(row) for row in rows]
    put = Op.PUT
    return [
        f'{{"k":"{kind}","i":"{name}","v":{version},"op":"put","d":{doc}}}'
        if op is put
        else f'{{"k":"{kind}","i":"{name}","v":{version},"op":"{op.value}","d":null}}'
        for kind, name, version, op, doc in rows
    ]


def _careful(row: Row) -> str:
    """Write a row whose id needs care; importers bring ids of their own."""
    names = f'"k":{json.dumps(row.kind)},"i":{json.dumps(row.id)}'
    return f'{{{names},"v":{row.version},"op":"{row.op.value}","d":{row.doc or "null"}}}'


def page_text(rows: Sequence[Row]) -> str:
    """Write rows as the list of a page."""
    return f"[{','.join(row_texts(rows))}]"
