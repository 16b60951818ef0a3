"""The report of the volunteers' side: how good the order is, who says yes, and how what is asked is shared.

What rests on fewer than five asks or volunteers is not told, as it may point at one of them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from ml.features.volunteers.load import STEP
from ml.training.evaluate import DECISIVE
from ml.training.groups import Dataset
from ml.training.tables import Tables
from ml.training.volunteers.foretold import foretold
from ml.training.volunteers.load import FEWEST, load, verdict
from ml.training.volunteers.sharing import gini
from ml.training.volunteers.slices import groups_of

#: How often somebody was asked in the 30 days before: the lower bounds of the groups.
LOADS: Final = (0, 1, 2, 3, 5, 8)


def report(dataset: Dataset, tables: Tables, evaluation: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the asks in `dataset` come to, as plain values for JSON.

    tables : whose volunteers tell who was never asked. evaluation : of a version, as `kith ml volunteers evaluate`
    keeps it. Shares lie from 0 to 1, hours count from a wave's asking; None is what is not told.
    """
    rows = dataset.rows
    return {
        "as_of": dataset.report["as_of"],
        "data": {
            "sha256": dataset.sha256,
            "inputs": dataset.report["inputs"] | tables.hashes(("volunteer_area", "volunteer")),
        },
        "made_up": (tables.root / "world.json").is_file(),
        "fewest_told": FEWEST,
        "demotion_for_each_ask": STEP,
        "asks": len(rows),
        "tasks": dataset.report["queries"],
        "acceptance": _acceptance(rows),
        "acceptance_by_asks_before": _by_load(rows),
        "waves_answered_with_a_yes_by_number_asked": _by_number(rows),
        "hours_to_first_yes": _hours(rows),
        "left_out": dataset.report.get("asks_left_out", {}),
        "tasks_to_compare": dataset.report.get("queries_to_compare"),
        "explored": int((rows["propensity"] < 1).sum()),
        "chances": foretold(rows["chance"].to_numpy(), (rows["answer"] == "yes").to_numpy()),
        "load": load(tables, date.fromisoformat(dataset.report["as_of"])),
        **{f"by_{what}": _by(rows, groups) for what, groups in groups_of(rows).items()},
        "quality": None if evaluation is None else _quality(evaluation),
    }


def _acceptance(rows: pl.DataFrame) -> dict[str, Any]:
    counts = {"yes": 0, "no": 0, "none": 0} | dict(rows["answer"].value_counts().iter_rows())
    told = {f"answered_{name}": _told(count) for name, count in sorted(counts.items())}
    return {"share": _share(counts["yes"], len(rows)), **told}


def _by_load(rows: pl.DataFrame) -> list[dict[str, Any]]:
    bounds = zip(LOADS, [*(bound - 1 for bound in LOADS[1:]), None], strict=True)
    found = []
    for low, high in bounds:
        part = rows.filter(pl.col("asks_before").is_between(low, 10_000 if high is None else high))
        found.append({"from": low, "to": high, "asks": _told(len(part)), "acceptance": _yes(part)})
    return found


def _by_number(rows: pl.DataFrame) -> list[dict[str, Any]]:
    waves = rows.group_by("query").agg(pl.len().alias("asked"), (pl.col("answer") == "yes").any().alias("yes"))
    sizes = sorted(waves["asked"].unique().to_list())
    parts = [(size, waves.filter(pl.col("asked") == size)) for size in sizes]
    return [
        {"asked": size, "waves": _told(len(part)), "share": _share(int(part["yes"].sum()), len(part))}
        for size, part in parts
    ]


def _hours(rows: pl.DataFrame) -> dict[str, Any]:
    first = rows.filter(pl.col("answer") == "yes").group_by("query").agg(pl.col("hours").min())["hours"].to_numpy()
    if len(first) < FEWEST:
        return {"waves": None, "median": None, "p90": None}
    return {"waves": len(first), "median": _rounded(np.median(first)), "p90": _rounded(np.quantile(first, 0.9))}


def _by(rows: pl.DataFrame, groups: Mapping[str, pl.Series]) -> list[dict[str, Any]]:
    found = []
    for name, marks in groups.items():
        part = rows.filter(marks)
        counts = part["item"].value_counts()["count"].to_numpy().astype(np.float64)
        line = {
            "asks": len(part),
            "volunteers": len(counts),
            "acceptance": _yes(part),
            "hours_to_first_yes": _hours(part)["median"],
            "gini_of_asked": _rounded(gini(counts)),
        }
        told = len(part) >= FEWEST and len(counts) >= FEWEST
        found.append({"name": name, **(line if told else dict.fromkeys(line))})
    return found


def _quality(evaluation: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("version", "judged_from", "queries", "over", "slices")
    held = {name: found[DECISIVE] for name, found in evaluation["quality"].items()}
    return {**{name: evaluation[name] for name in kept}, DECISIVE: held, "truth": evaluation.get("truth")}


def _yes(part: pl.DataFrame) -> float | None:
    return _share(int((part["answer"] == "yes").sum()), len(part))


def _share(count: int, of: int) -> float | None:
    """Return a share, None when it rests on too few, or is one of too few or all but too few, but for none and all."""
    if of < FEWEST or 0 < count < FEWEST or 0 < of - count < FEWEST:
        return None
    return _rounded(count / of)


def _told(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _rounded(value: float) -> float:
    return round(float(value), 6)


def lines(found: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the report's main figures as a name and a few words each."""
    sharing, hours = found["load"], found["hours_to_first_yes"]
    yield "asks", f"{found['asks']} about {found['tasks']} tasks up to {found['as_of']}"
    yield "said yes", _percent(found["acceptance"]["share"])
    rested, tired = found["acceptance_by_asks_before"][0], found["acceptance_by_asks_before"][-1]
    yield "said yes, not asked in 30 days", _percent(rested["acceptance"])
    yield f"said yes, asked {tired['from']} times or more", _percent(tired["acceptance"])
    yield "hours to the first yes", f"{_number(hours['median'])} (a tenth: {_number(hours['p90'])} or more)"
    yield "Gini of asks", f"{_number(sharing['gini'])}, by lot it would be {_number(sharing['gini_by_lot'])}"
    yield "never asked", _percent(sharing["never_asked"])
    yield "asks of the most asked tenth", _percent(sharing.get("most_asked_tenth"))
    yield "asked evenly, by district and area", verdict(sharing)[0]


def _percent(share: float | None) -> str:
    return "too few to tell" if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return "too few to tell" if value is None else f"{value:.2f}"
