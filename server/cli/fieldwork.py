"""`kith fieldwork`: what doorstep rounds and sessions came to, in counts that tell on nobody."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from server.cli.workplace import Workplace, workplace
from server.domain.reporting import Line, session_lines, shown_coverage
from server.sync.decisions.publishing import publish, rounds_of
from server.sync.model import Stored


@click.group()
def fieldwork() -> None:
    """Say what fieldwork came to, with counts below five held back."""


@fieldwork.command()
@click.option("--tenant", required=True, help="The programme.")
def report(tenant: str) -> None:
    """Print coverage of each round and how many people sessions met, as of now: for the teams, not to be given on."""
    for name, lines in _tables(_at(tenant), tenant).items():
        click.echo(name)
        areas = sorted({line.group for line in lines if line.table == "dwellings"})
        for area in areas:
            covered = shown_coverage(lines, area)
            click.echo(f"  {_area(area)}: coverage {'held back' if covered is None else f'{covered} %'}")
        for line in lines:
            if line.value != 0:
                group = _area(line.group) if line.table in ("dwellings", "met") else line.group
                click.echo(f"  {line.table} {group} {line.name}: {'held back' if line.value is None else line.value}")


@fieldwork.command()
@click.option("--tenant", required=True, help="The programme.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(tenant: str, folder: Path) -> None:
    """Write what may be given on to FOLDER as fieldwork.csv and fieldwork.json: no names, no days, no door by itself.

    That is rounds that are closed and months that have ended, two weeks afterwards: each is counted once and then stays
    as it is, so that no two reports can be subtracted from each other.
    """
    at = _at(tenant)
    publish(at.store, at.door(tenant).add, tenant, at.services.now())
    with at.store.read(tenant) as view:
        rows = list(_rows(view.of_kind("fieldwork_report")))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fieldwork.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with (folder / "fieldwork.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["of", "table", "group", "name", "value"])
        writer.writeheader()
        writer.writerows(rows)
    click.echo(f"{len(rows)} counts in {folder}, those below five held back.")


def _rows(reports: Iterable[Stored]) -> Iterable[dict[str, Any]]:
    for stored in reports:
        doc = stored.doc
        of = f"round {doc['round_id']}" if doc["round_id"] else f"sessions of {doc['month']}"
        yield from ({"of": of, **line} for line in doc["lines"])


def _area(area: str) -> str:
    return {"*": "all areas", "": "no area"}.get(area, area)


def _tables(at: Workplace, tenant: str) -> dict[str, list[Line]]:
    """Give the counts of each round and of all sessions, as of now."""
    with at.store.read(tenant) as view:
        tables = {f"round {one.record.key.id}": one.lines for one in rounds_of(view)}
        return {**tables, "sessions": session_lines([stored.doc for stored in view.of_kind("session_log")])}


def _at(tenant: str) -> Workplace:
    at = workplace()
    at.check_tenant(tenant)
    return at
