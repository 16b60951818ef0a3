"""`kith fieldwork`: what doorstep rounds and sessions came to, in counts that tell on nobody."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from server.cli.workplace import workplace
from server.domain.reporting import Line, round_lines, session_lines, shown_coverage
from server.sync.ports import View


@click.group()
def fieldwork() -> None:
    """Say what fieldwork came to, with counts below five held back."""


@fieldwork.command()
@click.option("--tenant", required=True, help="The programme.")
def report(tenant: str) -> None:
    """Print coverage of each round and how many people sessions met."""
    for name, lines in _tables(tenant).items():
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
    """Write the same counts to FOLDER as fieldwork.csv and fieldwork.json: no names, no days, no door by itself."""
    rows: list[dict[str, Any]] = [
        {"of": name, **asdict(line)} for name, lines in _tables(tenant).items() for line in lines
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fieldwork.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    with (folder / "fieldwork.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["of", "table", "group", "name", "value"])
        writer.writeheader()
        writer.writerows(rows)
    click.echo(f"{len(rows)} counts in {folder}, those below five held back.")


def _area(area: str) -> str:
    return {"*": "all areas", "": "no area"}.get(area, area)


def _tables(tenant: str) -> dict[str, list[Line]]:
    """Give the counts of each round and of all sessions."""
    at = workplace()
    at.check_tenant(tenant)
    with at.store.read(tenant) as view:
        tables = dict(_rounds(view))
        return {**tables, "sessions": session_lines([stored.doc for stored in view.of_kind("session_log")])}


def _rounds(view: View) -> Iterator[tuple[str, list[Line]]]:
    visits = [stored.doc for stored in view.of_kind("visit")]
    homes = {stored.key.id: stored.doc for stored in view.of_kind("household")}
    surveys = {stored.key.id: stored.doc for stored in view.of_kind("survey")}
    for stored in view.of_kind("round"):
        mine = {name: doc for name, doc in homes.items() if doc["round_id"] == stored.key.id}
        made = [visit for visit in visits if visit["round_id"] == stored.key.id]
        yield f"round {stored.key.id}", round_lines(mine, made, surveys.get(stored.doc["survey_id"]))
