"""`kith ml promote`, `rollback`, `versions`, `register` and `export`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ml.cli.options import FOLDER, console, registry_option
from ml.files import write_bytes, write_json
from ml.listing import Listing
from ml.models.evidence import FAIRNESS
from ml.models.registry import PACK, DamagedError, Registry, RegistryError, Version


def named(registry: Registry, name: str | None, trained_by: str = "kith ml train") -> Version:
    """The version called `name`, or the one trained last; RegistryError when there is none."""
    version = registry.version(name) if name else registry.challenger()
    if version is None:
        raise RegistryError(f"No version was trained yet; `{trained_by}` does.")
    return version


def existing(folder: Path) -> Registry:
    """The registry in `folder`; RegistryError when nothing lies there, as where its name is mistyped."""
    if not folder.is_dir():
        raise RegistryError(f"There is no registry in {folder}; name another with --registry or KITH_MODELS.")
    return Registry(folder)


@click.command()
@click.argument("version", required=False)
@registry_option
@click.option("--first", is_flag=True, help="No champion yet and little data: it only must not be worse than rules.")
@click.option("--unjudged", is_flag=True, help="Nothing tells of groups of people: their audit may have judged nobody.")
@click.option(
    "--unestimated",
    is_flag=True,
    help="This log cannot tell what an order would have earned: its estimate may have been refused.",
)
def promote(version: str | None, registry: Path, first: bool, unjudged: bool, unestimated: bool) -> None:
    """Let VERSION (the one trained last) serve, or say every reason why not."""
    from ml.training.promote import RefusalError, decide
    from ml.training.promote import promote as let_serve

    kept = Registry(registry)
    asked = named(kept, version)
    before = kept.champion()
    said = {"first": first, "unjudged": unjudged, "unestimated": unestimated}
    about: dict[str, Any] = {"version": asked.name, "champion_before": before.name if before else None, **said}
    try:
        about["warnings"] = decide(asked, before, **said)[1]
        for warning in about["warnings"]:
            console.print(f"Note: {warning}", highlight=False, markup=False)
        let_serve(kept, asked.name, first=first, unjudged=unjudged, unestimated=unestimated)
    except RefusalError as refusal:
        write_json(asked.folder / "promotion.json", about | {"promoted": False, "reasons": refusal.reasons})
        raise
    except (KeyError, TypeError) as error:
        raise DamagedError(
            f"The manifest or the evidence of version {asked.name} lacks something. "
            f"Run `kith ml evaluate`, `fairness` and `ope` of {asked.name}, or train again."
        ) from error
    write_json(asked.folder / "promotion.json", about | {"promoted": True, "reasons": []})
    console.print(f"Version {asked.name} serves; phones rank with it after their next sync.")


@click.command()
@registry_option
def rollback(registry: Path) -> None:
    """Let the champion's predecessor serve again."""
    from ml.training.promote import rollback as go_back

    console.print(f"Version {go_back(Registry(registry)).name} serves again.")


@click.command()
@registry_option
def versions(registry: Path) -> None:
    """List the versions, and which one serves."""
    kept = existing(registry)
    champion, challenger = _sound(kept.champion), _sound(kept.challenger)
    table = Listing("version", "ranker", "learned until", "NDCG@10", "fairness", "state")
    for version in kept.versions():
        marks = [mark for mark, one in (("serves", champion), ("trained last", challenger)) if _same(one, version)]
        made = (version.manifest.get("ranker", ""), str(version.manifest.get("learned_until", ""))[:10])
        table.add(version.name, *made, _quality(version), _fairness(version), ", ".join(marks))
    table.print()
    if damaged := kept.damaged():
        raise DamagedError("\n".join(damaged))


@click.command()
@click.argument("folder", type=FOLDER)
@registry_option
def register(folder: Path, registry: Path) -> None:
    """Take the version in FOLDER, which was trained elsewhere, into the registry."""
    console.print(f"Version {Registry(registry).register(folder).name} is registered.")


@click.command()
@click.argument("version", required=False)
@registry_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(version: str | None, registry: Path, out: Path) -> None:
    """Copy the pack of VERSION (the one trained last), as phones get it, to a file."""
    found = named(Registry(registry), version)
    found.check(PACK)
    data = found.pack_path.read_bytes()
    write_bytes(out, data)
    console.print(f"Pack of version {found.name}: {len(data):,} bytes, SHA-256 {found.pack_sha256}")


def _same(one: Version | None, other: Version) -> bool:
    return one is not None and one.name == other.name


def _sound(ask: Callable[[], Version | None]) -> Version | None:
    try:
        return ask()
    except DamagedError:
        return None  # told under the list


def _fairness(version: Version) -> str:
    try:
        found = version.told(FAIRNESS)
        return "not audited" if found is None else str(found["verdict"])
    except (DamagedError, LookupError):
        return "damaged: audit again"


def _quality(version: Version) -> str:
    try:
        evaluation = version.evaluation
        return "not evaluated" if evaluation is None else f"{evaluation['quality']['version']['ndcg@10']['mean']:.3f}"
    except (DamagedError, LookupError, TypeError, ValueError):
        return "damaged: evaluate again"
