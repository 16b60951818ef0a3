"""`kith import`: open data into a tenant, with a progress bar and a report; safe to run again."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mobile_contract.schemas.place import COUNTY
from server.files.base_maps import keep_map, written
from server.importers import steps
from server.importers.connect import connect
from server.importers.deprivation import keep_fifths, read_deprivation
from server.importers.oruk.fetch import Limits
from server.importers.outlines import ATTRIBUTION, base_map
from server.importers.problems import SourceError
from server.importers.report import Report, shown
from server.importers.site import Site
from server.importers.steps import Progress as Tell
from server.settings import make_home, settings_from

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
#: No feed is waited for longer.
_LONGEST_S: Final = 3600

Step = Callable[[Site, Tell], list[Report]]


@click.group("import")
def import_() -> None:
    """Take open data in; running it again changes only what has changed at its source."""


def _seconds(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0 < value <= _LONGEST_S:  # which is false of nan too
        raise click.BadParameter(f"{value:g} is not a number of seconds above 0 and up to {_LONGEST_S}.")
    return value


def importer(command: Callable[..., Step]) -> Callable[..., None]:
    """Turn a function that gives the step into a command with --tenant and --report that carries it out."""

    @click.option("--tenant", required=True, help="The programme to import into.")
    @click.option(
        "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file, as JSON."
    )
    @wraps(command)
    def run(tenant: str, report: Path | None, **arguments: Any) -> None:
        step = command(**arguments)
        with _progress() as tell, _plainly():
            reports = step(connect(tenant), tell)
        if report:
            report.parent.mkdir(parents=True, exist_ok=True)
            report.write_bytes(_json(tenant, reports))
        for table in shown(reports):
            table.print()

    return run


@import_.command()
@click.argument("source")
@click.option("--source-name", help="The feed's name in the records; its host or file name when left out.")
@click.option("--district", default=COUNTY, show_default=True, help="GSS code for services that say no place.")
@click.option(
    "--timeout", default=30.0, show_default=True, callback=_seconds, help="Seconds that a feed may be silent."
)
@importer
def oruk(source: str, source_name: str | None, district: str, timeout: float) -> Step:
    """Import an Open Referral UK feed, version 1 or 3, from a file or an address (SOURCE)."""
    limits = Limits(connect_s=min(timeout, 10), read_s=timeout)
    return lambda site, tell: [
        steps.import_oruk(source, site, tell, source=source_name, district=district, limits=limits)
    ]


@import_.command()
@click.argument("folder", type=_FOLDER)
@importer
def geography(folder: Path) -> Step:
    """Import districts: FOLDER holds districts_*.csv."""
    return lambda site, tell: [steps.import_geography(folder, site, tell)]


@import_.command()
@click.argument("districts", type=_FILE)
@click.option("--small", type=_FILE, help="Outlines of small areas, drawn as thin lines.")
@click.option("--attribution", default=ATTRIBUTION, show_default=True, help="Whom the map says the outlines are from.")
@click.option("--tenant", required=True, help="The programme whose phones get the map.")
def outlines(districts: Path, small: Path | None, attribution: str, tenant: str) -> None:
    """Make the base map of the phones from outlines in GeoJSON: DISTRICTS, and small areas if you like."""
    with _plainly():
        connect(tenant)
        made = base_map(districts, small, attribution)
        keep_map(settings_from().home, tenant, made)
    size = len(gzip.compress(written(made))) / 1000
    click.echo(
        f"{len(made['districts'])} districts and {len(made['small'])} lines: {size:.0f} kB, to {made['step']} metres."
    )


@import_.command()
@click.argument("file", type=_FILE)
@importer
def postcodes(file: Path) -> Step:
    """Import unit postcodes with their district and National Grid position."""
    return lambda site, tell: [steps.import_postcodes(file, site, tell)]


@import_.command()
@click.argument("deciles", type=_FILE)
@click.argument("postcodes", type=_FILE)
def deprivation(deciles: Path, postcodes: Path) -> None:
    """Import deprivation by area (DECILES) and the area of each postcode (POSTCODES), which audits alone read."""
    settings = settings_from()
    make_home(settings)
    with _plainly():
        read = read_deprivation(deciles, postcodes)
        keep_fifths(settings.home, read.fifths)
    click.echo(f"{len(read.fifths)} postcodes have a fifth; {read.elsewhere} lie in no area of {deciles.name}.")


@import_.command()
@click.argument("folder", type=_FOLDER)
@importer
def libraries(folder: Path) -> Step:
    """Import public libraries as venues: FOLDER holds libraries_opening_hours.csv."""
    return lambda site, tell: [steps.import_libraries(folder, site, tell)]


@import_.command()
@click.argument("file", type=_FILE)
@importer
def practices(file: Path) -> Step:
    """Import GP practices under their ODS codes."""
    return lambda site, tell: [steps.import_practices(file, site, tell)]


@import_.command()
@click.argument("folder", type=_FOLDER)
@importer
def essex(folder: Path) -> Step:
    """Import districts, postcodes, libraries, practices and feeds of Essex, in this order."""
    return lambda site, tell: steps.import_essex(folder, site, tell)


@contextmanager
def _progress() -> Iterator[Tell]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("opening", total=None)
        yield lambda words, done, total: bar.update(task, description=words, completed=done, total=total)


@contextmanager
def _plainly() -> Iterator[None]:
    """End the command with the problem and its mend when a source cannot be read."""
    try:
        yield
    except SourceError as error:
        raise click.ClickException(f"{error}\n{error.mend}") from error


def _json(tenant: str, reports: list[Report]) -> bytes:
    body = {"tenant": tenant, "imports": [report.as_json() for report in reports]}
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
