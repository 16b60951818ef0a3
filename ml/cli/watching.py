"""`kith ml drift` and `shadow`."""

import time
from pathlib import Path
from typing import Any

import click

from ml.cli.auditing import from_option, tables_in
from ml.cli.options import FOLDER, console, data_option, registry_option, seed_option, summary, working
from ml.cli.ranges import MOST_DAYS
from ml.cli.serving import named
from ml.listing import Listing
from ml.models.evidence import DRIFT, SHADOW
from ml.models.registry import Registry, RegistryError, Version
from ml.training.tables import TableError


@click.command()
@click.argument("version", required=False)
@data_option
@registry_option
@seed_option
@click.option("--current", type=FOLDER, help="The data set whose windows are looked at [default: that of --data].")
@click.option("--reference", type=FOLDER, help="A data set to compare with [default: what the version learned from].")
@click.option("--window-days", type=click.IntRange(1, MOST_DAYS), default=28, show_default=True)
def drift(
    version: str | None, data: Path, registry: Path, seed: int, current: Path | None, reference: Path | None,
    window_days: int,
) -> None:  # fmt: skip
    """Say which features, or the scores, of VERSION (the champion) have moved since it learned."""
    from ml.audit.drift import drift as watch
    from ml.training.groups import Dataset

    kept = Registry(registry)
    watched = _watched(kept, version)
    with working("Reading the data set") as say:
        read = Dataset.load(current or data)
        base = Dataset.load(reference) if reference else None
        say("Comparing windows")
        found = watch(watched, read, reference=base, days=window_days, seed=seed)
        kept.write_evidence(watched.name, DRIFT, found)
    _tell_drift(found)


@click.command()
@click.argument("version", required=False)
@registry_option
@from_option
@click.option("--any", "anyone", is_flag=True, help="All logged slates count, whoever ranked them.")
@click.option("--newest", type=click.IntRange(1), default=2000, show_default=True, help="Slates that are looked at.")
def shadow(version: str | None, registry: Path, folders: tuple[Path, ...], anyone: bool, newest: int) -> None:
    """Rank what the champion served with VERSION (the one trained last) too, and say what would have changed."""
    from ml.audit.shadow import served_by
    from ml.audit.shadow import shadow as run

    kept = Registry(registry)
    challenger, champion = named(kept, version), kept.champion()
    if champion is None or champion.name == challenger.name:
        raise RegistryError("A shadow runs beside another champion, and there is none.")
    tables = tables_in(folders)
    if tables is None:
        raise TableError("Say with --from where the exported exposures are.")
    with working("Reading slates") as say:
        exposures = list(tables.documents("exposure"))
        who = [(name, {**doc, "model_version": champion.name}) for name, doc in exposures] if anyone else exposures
        slates = served_by(who, champion.name)[-newest:]
        say("Ranking them twice")
        report, ratio = run(_pack(challenger), _pack(champion), slates, time.perf_counter)
        found = report | {"inputs": tables.hashes(("exposure",)), "whoever_ranked": anyone}
        kept.write_evidence(challenger.name, SHADOW, found)
    _tell_shadow(found, ratio)


def _watched(registry: Registry, version: str | None) -> Version:
    found = registry.version(version) if version else registry.champion() or named(registry, None)
    found.check()
    return found


def _pack(version: Version) -> Any:
    from ml.models.packed import pack_of

    version.check()
    return pack_of(version)


def _tell_drift(found: dict[str, Any]) -> None:
    table = Listing("window", "slates", "moved furthest", "PSI", "limit", "alarms", right=("slates", "PSI", "limit"))
    for window in found["windows"]:
        days = f"{window['from']} to {window['until']}"
        if window["columns"] is None:
            table.add(days, window["queries"], "too few slates", "", "", "")
            continue
        first = window["columns"][0]
        moved = ", ".join(one["name"] for one in window["columns"] if one["moved"])
        table.add(days, window["queries"], first["name"], f"{first['psi']:.2f}", f"{first['limit']:.2f}", moved)
    table.print()
    months = Listing("month", "NDCG@10 where outcomes are known", "slates", right=("slates",))
    for month in found["quality_by_month"]:
        name = f"{month['month']} (learned from)" if month["learned"] else month["month"]
        months.add(name, f"{month['mean']:.3f} ({month['low']:.3f} to {month['high']:.3f})", month["queries"])
    months.print()
    for alarm in found["alarms"] or ["Nothing has moved in the newest window."]:
        console.print(f"- {alarm}", highlight=False, markup=False)


def _tell_shadow(found: dict[str, Any], ratio: float) -> None:
    alike, exposure = found["agreement"], found["exposure"]
    summary(
        f"Version {found['version']} in the shadow of {found['champion']} on {found['slates']} slates",
        {
            "same order": f"{alike['same_order']:.0%} of slates",
            "another first line": f"{alike['first_changed']:.0%} of slates",
            "first three shared": f"{alike['first_three_shared']:.0%}",
            "Kendall's tau": f"{alike['kendall_tau']:.2f}",
            "attention that moves": f"{exposure['moved']:.0%}",
            "gains most": ", ".join(one["id"] for one in exposure["gain"][:3]) or "none",
            "loses most": ", ".join(one["id"] for one in exposure["lose"][:3]) or "none",
            "faults": sum(found["faults"]["version"].values()),
            "time for a slate": f"{ratio:.2f} × the champion's",
        },
    )
