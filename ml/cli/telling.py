"""`kith ml report` and `kith ml explain`."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import numpy as np
from click.core import ParameterSource

from ml.cli.options import FOLDER, console, data_option, home, registry_option, working
from ml.cli.serving import named
from ml.files import json_bytes, write_bytes
from ml.listing import visible
from ml.models.calibration import in_tenths
from ml.models.registry import PACK, Registry, RegistryError, Version
from ml.training.groups import REPORT, Dataset
from ml.training.tables import TableError, Tables

if TYPE_CHECKING:
    from ml.report.slates import Explained, Line

#: Families named beside a candidate.
_NAMED: Final = 5
_INDENT: Final = " " * 13


@click.command()
@click.argument("version", required=False)
@data_option
@registry_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="[default: report.html in the version]")
def report(version: str | None, data: Path, registry: Path, out: Path | None) -> None:
    """Write one self-contained page on VERSION (the one trained last), with pictures."""
    from ml.report.gathered import gather
    from ml.report.written import report as written

    found = named(Registry(registry), version)
    target = out or found.folder / "report.html"
    judged = _never_seen(found, data)
    if judged is None and click.get_current_context().get_parameter_source("data") is ParameterSource.COMMANDLINE:
        raise TableError(f"{data} holds no data set of the features that version {found.name} learned from.")
    with working("Drawing pictures"):
        page = written(gather(found, judged))
    write_bytes(target, page.encode())
    console.print(f"Written to {target}")


@click.command()
@click.argument("referral")
@click.option("--from", "source", type=FOLDER, help="Exported tables or a made-up world [default: the last export].")
@click.option("--tenant", envvar="KITH_TENANT", default="essex-demo", show_default=True, help="Without --from: whose.")
@registry_option
@click.option("--version", help="The ranker [default: the one that serves].")
@click.option("--as-json", is_flag=True, help="Every contribution, as JSON.")
def explain(
    referral: str, source: Path | None, tenant: str, registry: Path, version: str | None, as_json: bool
) -> None:
    """Print what was shown for REFERRAL, and what each family of features adds to each candidate's score."""
    from ml.models.packed import pack_of
    from ml.report.slates import explain as taken_apart

    judge = _serving(Registry(registry), version)
    if not judge.has_pack:
        raise RegistryError(f"Version {judge.name} learned from features of others, and takes no slate of ours apart.")
    judge.check(PACK)
    slates = taken_apart(Tables(source or home() / "exports" / tenant), referral, pack_of(judge))
    if as_json:
        told = {"referral": referral, "version": judge.name, "slates": [asdict(slate) for slate in slates]}
        click.echo(json_bytes(told).decode().rstrip())
        return
    for slate in slates:
        _tell(slate, judge)


def _serving(kept: Registry, version: str | None) -> Version:
    found = kept.version(version) if version else kept.champion()
    if found is None:
        raise RegistryError("No version serves yet; name one with --version.")
    return found


def _tell(slate: "Explained", judge: Version) -> None:
    by = f"ranked by {visible(slate.ranked_by)}; now by {judge.name}"
    click.echo(f"{slate.exposure}, shown {slate.shown_at[:10]}, {by}")
    click.echo(f"A typical candidate scores {slate.base:+.3f}; to this each family of features adds its part.")
    if any(line.chance is not None for line in slate.lines):
        click.echo("Last in brackets: of people whom something suited as well, how many went at least once.")
    for line in slate.lines:
        _tell_line(line)
    click.echo()


def _tell_line(line: "Line") -> None:
    marks = f"{line.kind} {line.id}; shown {line.shown_at + 1}{', chosen' if line.chosen else ''}"
    marks += "" if line.chance is None else f"; {in_tenths(line.chance)}"
    click.echo(f"{line.rank + 1:>3}  {line.score:+.3f}  {visible(line.title or line.id)} ({marks})")
    parts = [f"{name} {value:+.3f}" for name, value in list(line.added.items())[:_NAMED]]
    rest = sum(list(line.added.values())[_NAMED:])
    click.echo(_INDENT + ", ".join([*parts, *([f"all else {rest:+.3f}"] if rest else [])]))


def _never_seen(version: Version, data: Path) -> Dataset | None:
    """The slates that `version` did not learn from, None without a data set of its features."""
    if not (data / REPORT).is_file():
        return None
    read = Dataset.load(data)
    if read.report["features"]["schema_sha256"] != version.manifest["features"]["schema_sha256"]:
        return None
    since = datetime.fromisoformat(version.manifest["learned_until"])
    return read.where(np.asarray((read.queries["shown_at"] >= since).to_numpy()))
