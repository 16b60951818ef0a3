"""A shelf of snapshots, and phones that load them, verify and take again, as the protocol says."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from server.storage.shelf import FileShelf
from server.sync.model import Key, Op, Page, Pull, RefusedError, Row
from server.sync.ports import Snapshot, Store
from server.sync.pull import pull
from server.sync.snapshot import build
from server.sync.verify import Sum, Sums, Verified, sum_of, verify
from tests.builders import TENANT, Phone

Rows = dict[Key, Row]


def build_one(store: Store, folder: Path, scope: str) -> Snapshot:
    return build(store, FileShelf(folder), TENANT, scope, 2)[0]  # type: ignore[arg-type] # every store of ours shelves


def lines_of(folder: Path, snapshot: Snapshot) -> tuple[dict[str, Any], list[Row]]:
    """Read a snapshot as a phone does, checking all that its header says."""
    packed = FileShelf(folder).path(snapshot.sha256).read_bytes()
    assert (hashlib.sha256(packed).hexdigest(), len(packed)) == (snapshot.sha256, snapshot.bytes)
    first, _, rest = gzip.decompress(packed).partition(b"\n")
    header, rows = json.loads(first), [json.loads(line) for line in rest.splitlines()]
    assert hashlib.sha256(rest).hexdigest() == header["checksum"]
    assert (header["rows"], header["seq"], header["epoch"]) == (len(rows), snapshot.seq, snapshot.epoch)
    return header, [Row(row["k"], row["i"], row["v"], Op(row["op"]), _canonical(row["d"])) for row in rows]


def _canonical(doc: Any) -> str:
    return json.dumps(doc, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def load(held: Rows, rows: Iterable[Row]) -> None:
    """Lay a snapshot's rows over what is held: a newer version stays."""
    for row in rows:
        if row.key not in held or held[row.key].version < row.version:
            held[row.key] = row


def apply(held: Rows, page: Page) -> None:
    for row in page.rows:
        if row.op is Op.PUT:
            held[row.key] = row._replace(doc=_canonical(json.loads(row.doc or "")))
        else:
            held.pop(row.key, None)


def pull_all(phone: Phone, held: Rows, limit: int = 7, **asked: Any) -> list[Page]:
    """Pull to the head; `asked` goes with the first page."""
    pages: list[Page] = []
    while not pages or pages[-1].more:
        request = Pull(phone.cursor, limit, **(asked if not pages else {}))
        pages.append(pull(request, phone.principal, store=phone.store, seal=phone.seal))
        phone.cursor = pages[-1].cursor
        apply(held, pages[-1])
    return pages


def everything(phone: Phone) -> Rows:
    """Give what a fresh device with the same grants holds."""
    held: Rows = {}
    pull_all(Phone(phone.store, phone.principal), held)
    return held


def told(rows: Iterable[Row]) -> Sum:
    return sum_of((row.kind, row.id, row.version) for row in rows)


def ask(phone: Phone, held: dict[str, Sum], sums: Sums | None = None) -> Verified:
    with phone.store.read(phone.principal.tenant) as view:
        return verify(phone.cursor or "", held, phone.principal, view=view, seal=phone.seal, sums=sums or Sums())


def refused(phone: Phone, held: Rows) -> str:
    """Pull to the head unless the cursor is refused; name the problem, or nothing."""
    try:
        pull_all(phone, held, limit=3)
    except RefusedError as error:
        return error.problem.slug
    return ""
