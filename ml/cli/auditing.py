"""`kith ml fairness`, `verify` and `history`."""

from pathlib import Path
from typing import Any

import click

from ml.audit.naming import input_words
from ml.cli.options import FOLDER, console, data_option, home, registry_option, seed_option, working
from ml.cli.serving import existing, named
from ml.files import write_json
from ml.listing import Listing
from ml.models.evidence import FAIRNESS
from ml.models.registry import DamagedError, Registry
from ml.training.groups import Dataset
from ml.training.tables import Tables

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def tables_in(folders: tuple[Path, ...]) -> Tables | None:
    """The tables in `folders`, else those that `kith ml dataset` exported and the made-up history; None without."""
    usual = (*sorted((home() / "exports").glob("*")), home() / "world" / "first")
    found = folders or tuple(folder for folder in usual if (folder / "exposure.parquet").exists())
    return Tables(found[0], tuple(found[1:])) if found else None


from_option = click.option(
    "--from",
    "folders",
    type=FOLDER,
    multiple=True,
    help="The tables that the data set was made of [default: those last exported, and the made-up history].",
)


@click.command()
@click.argument("version", required=False)
@data_option
@registry_option
@seed_option
@from_option
@click.option("--equality", type=FILE, help="Self-described characteristics: Parquet or CSV with person_id and codes.")
@click.option("--deprivation", type=FILE, help="A CSV of deciles by LSOA [default: what kith export wrote].")
@click.option("--truth", type=FOLDER, help="A made-up world: audit against its truth, with its protected group.")
def fairness(
    version: str | None, data: Path, registry: Path, seed: int, folders: tuple[Path, ...], equality: Path | None,
    deprivation: Path | None, truth: Path | None,
) -> None:  # fmt: skip
    """Audit VERSION (the one trained last): groups of people, exposure of items, flipped attributes, proxies."""
    from ml.audit.fairness import Sources
    from ml.audit.fairness import fairness as audit

    kept = Registry(registry)
    audited = named(kept, version)
    audited.check()
    tables = Tables(truth) if truth and not folders else tables_in(folders)
    with working("Reading the data set") as say:
        read = Dataset.load(data)
        say("Auditing groups, exposure and flips")
        found = audit(audited, read, Sources(tables, equality, deprivation, truth), seed=seed)
        kept.write_evidence(audited.name, FAIRNESS, found)
    _tell(found)


@click.command()
@click.argument("version", required=False)
@registry_option
def verify(version: str | None, registry: Path) -> None:
    """Check every hash of VERSION (of all versions), and score golden rows with model and pack again."""
    from ml.audit.verify import verify as check

    kept = existing(registry)
    wanted = [named(kept, version)] if version else kept.versions()
    with working("Verifying"):
        found = [check(kept, one) for one in wanted]
    write_json(kept.root / "verify.json", found)
    for one in found:
        console.print(f"{one['version']}: {'; '.join(one['faults']) or _whole(one)}", highlight=False, markup=False)
    if broken := [one["version"] for one in found if one["faults"]] + ([] if version else kept.damaged()):
        raise DamagedError(f"Not whole: {', '.join(dict.fromkeys(broken))}")


def _whole(found: dict[str, Any]) -> str:
    scores = found["golden_scores_sha256"]
    return f"whole; golden scores {scores[:12]}" if scores else "whole; it has no pack whose scores to compare"


@click.command()
@registry_option
def history(registry: Path) -> None:
    """List what was promoted, refused and rolled back, and why."""
    from ml.models.history import events

    table = Listing("on", "version", "was", "in the place of", "said", "because")
    for event in events(existing(registry)):
        told = (event.on, event.version, event.what, event.before or "", " ".join(f"--{one}" for one in event.said))
        table.add(*told, " ".join(event.reasons))
    table.print()


def _tell(found: dict[str, Any]) -> None:
    _tell_groups(found["groups"])
    _tell_items(found["items"])
    flipped = found["flip"]
    console.print(
        f"Flipping {len(flipped['flipped'])} attributes of {flipped['people']} people: "
        f"{flipped['score_changes']} other scores, {flipped['list_changes']} other lists.",
        highlight=False,
    )
    for proxy in found["proxies"]:
        by = input_words(proxy["single"]["input"])
        console.print(
            f"Proxy AUC of {proxy['characteristic']}: {_span(proxy['auc'], '.2f')}; most by {by}", highlight=False
        )
    for line in (*found["not_told"], *found["warnings"], *found["reasons"]):
        console.print(f"- {line}", highlight=False, markup=False)
    console.print(f"Fairness of version {found['version']} is {found['verdict']}.", highlight=False)


def _tell_groups(audits: list[dict[str, Any]]) -> None:
    table = Listing("characteristic", "group", "people, about", "NDCG@10", "days of waiting")
    for audit in audits:
        for group in audit["groups"]:
            figures = (_span(group["ndcg@10"]), _span(group["wait_days"], ".1f"))
            table.add(audit["characteristic"], group["group"], group["people"], *figures)
        for group in audit["suppressed"]:
            table.add(audit["characteristic"], group, "few", "suppressed", "suppressed")
    table.print()


def _tell_items(audits: list[dict[str, Any]]) -> None:
    table = Listing("exposure per merit", "this version", "the best order", "a random one")
    for audit in audits:
        if audit["ratio"] is None:
            table.add(audit["sides"], f"cannot be told: {audit['why']}", "", "")
        else:
            table.add(audit["sides"], *(_span(audit[name], ".2f") for name in ("ratio", "best_order", "random_order")))
    table.print()


def _span(found: dict[str, Any] | None, form: str = ".3f") -> str:
    return "" if found is None else f"{found['mean']:{form}} ({found['low']:{form}} to {found['high']:{form}})"
