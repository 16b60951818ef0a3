"""`kith export`: what the workbench reads, without what names people.

Exposures and waves hold what rankers read of somebody, and so where they live, to the metre. A file a kind, with the
columns `id`, `version` and `doc` (canonical JSON). Kinds that name people stay behind, and free text is taken out of
the others, because nobody can promise what it says.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import pyarrow
from pyarrow.parquet import ParquetWriter

from mobile_contract.merge import KindRule, Merge
from server.cli.export_waves import AREAS, WAVES, area_rows, wave_rows
from server.cli.workplace import Workplace, workplace
from server.dispatch.history import batches
from server.importers.deprivation import kept_fifths
from server.importers.places import tidy_postcode
from server.importers.problems import SourceError
from server.sync.canonical import canonical
from server.sync.model import Document, Stored

#: They say who somebody is, and ranking never needs them.
LEFT_BEHIND: Final = frozenset({
    "person", "note", "volunteer", "task_detail", "conflict", "claim", "attachment", "account", "entry", "exchange",
    "request_detail", "offer_detail", "intake", "handover", "round", "household", "visit", "session_log",
    "movement", "reservation", "wish", "completion", "enquiry", "enquiry_step", "guardian_consent", "employer",
    "leave_request", "team_event", "check",
})  # fmt: skip
#: The table of fifths, which is no kind; `ml.audit.people` reads it.
DEPRIVATION: Final = "deprivation"
_NAMES: Final = frozenset({"referrer_name", "author_name"})
_SCHEMA: Final = pyarrow.schema({"id": pyarrow.string(), "version": pyarrow.int64(), "doc": pyarrow.string()})
#: Records that are in memory together.
_TOGETHER: Final = 5_000


@click.command()
@click.option("--tenant", required=True, help="The programme to export.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(tenant: str, folder: Path) -> None:
    """Write the records of a programme as Parquet files in FOLDER, without what names people."""
    at = workplace()
    at.check_tenant(tenant)
    folder.mkdir(parents=True, exist_ok=True)
    for rule in at.services.rules.values():
        if rule.name in LEFT_BEHIND:
            continue
        with at.services.store.read(tenant) as view:
            count = _write(folder / f"{rule.name}.parquet", rule, view.of_kind(rule.name))
        at.note(tenant, "export", [(rule.name, "", count)])
        click.echo(f"{rule.name}: {count}")
    fifths = _fifths(at.settings.home)
    _deprivation(at, tenant, folder, fifths)
    with at.services.store.read(tenant) as view:
        _table(at, tenant, folder / f"{WAVES}.parquet", wave_rows(view))
        _table(at, tenant, folder / f"{AREAS}.parquet", area_rows(view.of_kind("volunteer"), fifths or {}))


def _table(at: Workplace, tenant: str, path: Path, rows: Iterable[tuple[str, int, str]]) -> None:
    """Write a table that is no kind, some thousands of rows in memory at a time."""
    count = 0
    with _whole(path) as writer:
        for some in batches(rows, _TOGETHER):
            _write_rows(writer, some)
            count += len(some)
    at.note(tenant, "export", [(path.stem, "", count)])
    click.echo(f"{path.stem}: {count}")


def _deprivation(at: Workplace, tenant: str, folder: Path, fifths: Mapping[str, int] | None) -> None:
    """Write in which fifth of areas each person lives, and neither the postcode nor the area; nothing without a table.

    Only audits read it. Whose postcode is not in the table is not there.
    """
    path = folder / f"{DEPRIVATION}.parquet"
    if fifths is None:
        path.unlink(missing_ok=True)  # of an earlier export
        return
    with at.services.store.read(tenant) as view:
        homes = {one.key.id: tidy_postcode(one.doc.get("postcode") or "")[0] or "" for one in view.of_kind("person")}
    rows = [(name, 0, canonical({"fifth": fifths[home]})) for name, home in homes.items() if home in fifths]
    _table(at, tenant, path, rows)


def _fifths(home: Path) -> Mapping[str, int] | None:
    try:
        return kept_fifths(home)
    except SourceError as error:
        raise click.ClickException(f"{error} {error.mend}") from error


def _write(path: Path, rule: KindRule, records: Iterable[Stored]) -> int:
    """Write records, some thousands in memory at a time; returns how many."""
    count = 0
    with _whole(path) as writer:
        for some in batches(records, _TOGETHER):
            _write_rows(
                writer, [(one.key.id, one.version, canonical(without_free_text(rule, one.doc))) for one in some]
            )
            count += len(some)
    return count


@contextmanager
def _whole(path: Path) -> Iterator[ParquetWriter]:
    """Open a table that takes its place when it is whole."""
    partial = path.with_name(f".{path.name}.partial")
    with ParquetWriter(partial, _SCHEMA, compression="zstd") as writer:
        yield writer
    os.replace(partial, path)


def _write_rows(writer: ParquetWriter, rows: Sequence[tuple[str, int, str]]) -> None:
    if rows:
        writer.write_table(pyarrow.table(list(zip(*rows, strict=True)), schema=_SCHEMA))


def without_free_text(rule: KindRule, doc: Document) -> dict[str, object]:
    """Leave out the fields in which people write about people."""
    return {name: value for name, value in doc.items() if not _is_free_text(rule, name)}


def _is_free_text(rule: KindRule, name: str) -> bool:
    field = rule.fields.get(name)
    return field is None or name in _NAMES or (field.personal and field.merge is Merge.TEXT)
