"""The fairness audit of a version: people's groups, providers' exposure, flipped attributes and proxies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ml.audit import people
from ml.audit.directory import sides_of
from ml.audit.equality import TABLE
from ml.audit.flip import flip, judge_flip
from ml.audit.groups import Characteristic, audit_groups, judge_groups, served
from ml.audit.items import audit_items, judge_items
from ml.audit.proxy import audit_proxy, judge_proxies
from ml.audit.slates import Slates, refuse_foreign
from ml.audit.specimens import cases_of
from ml.files import sha256_of_file
from ml.models.evidence import NOT_JUDGED
from ml.models.packed import pack_of
from ml.models.registry import Version
from ml.models.stored import load_ranker
from ml.training.dataset import KINDS
from ml.training.groups import Dataset
from ml.training.tables import Tables

_NO_DEPRIVATION: Final = (
    "Deprivation cannot be told: the tables say nothing of it (`kith import deprivation`, then `kith ml dataset`), and "
    "no file of deciles by LSOA was given (--deprivation)."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What an audit may look at besides the data set; each may be missing, and is then said to be.

    tables : the exported tables. equality : a file of self-described characteristics. deprivation : a CSV of deciles
    by LSOA; the tables' own fifths are then not read. truth : a made-up world, whose oracle tells the protected group
    and every candidate's merit.
    """

    tables: Tables | None = None
    equality: Path | None = None
    deprivation: Path | None = None
    truth: Path | None = None


def fairness(version: Version, dataset: Dataset, sources: Sources, *, seed: int = 1) -> dict[str, Any]:
    """Audit `version` on slates that it never learned from; returns what the registry keeps as fairness.json.

    Raises TableError when too few slates are left, or a source cannot be read.
    """
    refuse_foreign(version, dataset)
    slates = Slates.of_truth(version, sources.truth) if sources.truth else Slates.of_log(version, dataset)
    score = load_ranker(version.folder).score(slates.X)
    persons = people.Persons(sources.tables, slates.queries) if sources.tables else None
    characteristics, untold = _characteristics(persons, sources)
    groups = [audit_groups(one, served(slates, score), seed=seed) for one in characteristics]
    items = audit_items(slates, score, sides_of(slates, sources.tables), seed=seed)
    proxies = _proxies(characteristics, persons)
    flipped = _flip(version, dataset, sources.tables, characteristics, seed)
    return _judged(groups, items, proxies, flipped) | {
        "version": version.name,
        "model_sha256": version.pack_sha256,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": _inputs(sources)},
        "merit": "true utility in a made-up world" if sources.truth else "logged outcomes by inverse attention",
        "queries": len(slates.query_sizes),
        "bootstrap": {"seed": seed},
        "groups": groups,
        "items": items,
        "proxies": proxies,
        "flip": flipped,
        "not_told": untold,
    }


def _characteristics(persons: people.Persons | None, sources: Sources) -> tuple[list[Characteristic], list[str]]:
    """Every characteristic that some source tells, and a sentence for what none does."""
    if persons is None:
        return [], ["Groups of people cannot be told: the tables of the log were not given (--from)."]
    found = people.of_equality(persons, sources.equality)
    found += people.of_truth(persons, sources.truth) if sources.truth else []
    untold = [] if found else ["Equality characteristics cannot be told: there is no equality table."]
    told_by_truth = sources.truth is not None and sources.deprivation is None
    deprived = None if told_by_truth else people.of_deprivation(persons, sources.deprivation)
    if deprived is not None:
        found.append(deprived)
    elif sources.deprivation:
        untold.append("Deprivation cannot be told: no person's record names an LSOA of that file.")
    elif not sources.truth:
        untold.append(_NO_DEPRIVATION)
    return found + people.of_log(persons), untold


def _proxies(characteristics: Sequence[Characteristic], persons: people.Persons | None) -> list[dict[str, Any]]:
    """What the log tells is known to the ranker anyway, so only what is judged can have a proxy."""
    if persons is None:
        return []
    audits = [audit_proxy(one, persons.asked) for one in characteristics if one.judged]
    return [audit for audit in audits if audit]


def _flip(
    version: Version, dataset: Dataset, tables: Tables | None, characteristics: Sequence[Characteristic], seed: int
) -> dict[str, Any]:
    today = date.fromisoformat(dataset.report["as_of"])
    pack = pack_of(version)
    codes = {one.name: sorted({group for group in one.groups if group}) for one in characteristics if one.judged}
    told = {name: groups for name, groups in codes.items() if groups}
    return flip(pack, cases_of(tables, today=today, seed=seed), today=today, codes=told)


def _judged(
    groups: list[dict[str, Any]], items: list[dict[str, Any]], proxies: list[dict[str, Any]], flipped: dict[str, Any]
) -> dict[str, Any]:
    """The verdict with its sentences: red when something is shown to be unfair, amber when it only looks so.

    Without red an audit that could compare no two groups of people judged nobody, however even all else looks.
    """
    found = [judge_groups(groups), judge_items(items), judge_proxies(proxies), (judge_flip(flipped), [])]
    reasons = [reason for refused, _ in found for reason in refused]
    warnings = [warning for _, warned in found for warning in warned]
    unjudged = not any(one["judged"] and one["gaps"]["ndcg@10"] for one in groups)
    verdict = "red" if reasons else NOT_JUDGED if unjudged else "amber" if warnings else "green"
    return {"verdict": verdict, "reasons": reasons, "warnings": warnings}


def _inputs(sources: Sources) -> dict[str, Any]:
    """The hashes of what was read."""
    tables = (
        sources.tables.hashes((*KINDS, "person", "asset", "opportunity", TABLE, people.DEPRIVATION))
        if sources.tables
        else {}
    )
    files = {"equality_file": sources.equality, "deprivation_file": sources.deprivation}
    if sources.truth:
        tables["oracle"] = [sha256_of_file(path) for path in sorted((sources.truth / "oracle").glob("*.parquet"))]
    return tables | {name: [sha256_of_file(path)] for name, path in files.items() if path}
