"""Write a made-up centre to a folder: documents and asks as a server would export them, and the truth apart."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.files import sha256_of_file, write_json
from ml.training.volunteers.log import asks
from ml.training.volunteers.pairs import pairs_of
from ml.training.volunteers.policies import explore
from ml.training.volunteers.run import run
from ml.training.volunteers.town import BEGINS, PRESETS, Town, make_town
from ml.training.world.oracle import FOLDER, grade, read_truth_table
from ml.training.world.write import MADE_UP, write_documents

USUAL_DAYS: Final = 240
_TRUTH: Final = "pairs.parquet"


@dataclass(frozen=True, slots=True)
class Truth:
    """Eligible pairs as each task was first put to anybody, a task's rows side by side, by volunteer.

    task, volunteer, day : (n_rows,). X : their features. chance : of a yes.
    """

    task: IntArray
    volunteer: IntArray
    day: IntArray
    X: FloatArray
    chance: FloatArray


def make_volunteers_world(
    folder: Path, *, seed: int, dial: str = "even", days: int = USUAL_DAYS, volunteers: int | None = None
) -> dict[str, Any]:
    """Write volunteer, task and ask tables and ``oracle/pairs.parquet``; the same arguments write the same bytes.

    dial : of `PRESETS`. volunteers : how many, the preset's when None. Returns what it came to.
    """
    dials = PRESETS[dial] if volunteers is None else replace(PRESETS[dial], volunteers=volunteers)
    town = make_town(seed, dials, days)
    parts: list[pl.DataFrame] = []

    def watch(task: int, rows: IntArray, X: FloatArray, chance: FloatArray) -> None:
        parts.append(_frame(int(town.task_days[task]), task, rows, X, chance))

    history = run(town, pairs_of(town), explore, seed=seed, watch=watch)
    made = asks(town, history, "explore-5-of-10")
    write_documents(folder, {"volunteer": town.volunteers, "task": town.tasks, "wave": made})
    (folder / FOLDER).mkdir(exist_ok=True)
    pl.concat(parts).write_parquet(folder / FOLDER / _TRUTH, compression="zstd", metadata=MADE_UP)
    summary = _summary(town, made, seed, dial, days)
    write_json(folder / "world.json", {**MADE_UP, "summary": summary, "files": _hashes(folder)})
    return summary


def read_volunteers_truth(folder: Path) -> Truth:
    """Read the truth of the world in `folder`; TableError when it has none."""
    frame = read_truth_table(folder, _TRUTH)
    task, volunteer, day = (frame[name].cast(pl.Int64).to_numpy() for name in ("task", "volunteer", "day"))
    X = np.ascontiguousarray(frame.select(VOLUNTEERS.names).to_numpy(), dtype=np.float64)
    return Truth(task, volunteer, day, X, frame["chance"].to_numpy())


def graded(chance: FloatArray, sizes: IntArray) -> IntArray:
    """Grade each query's rows 0 to 4 by chance, as `ml.training.world.oracle.grade` does; shape (n_rows,)."""
    bounds = np.cumsum(sizes)[:-1]
    return np.concatenate([grade(part) for part in np.split(chance, bounds)])


def _frame(day: int, task: int, rows: IntArray, X: FloatArray, chance: FloatArray) -> pl.DataFrame:
    about = pl.DataFrame({"volunteer": rows, "chance": chance}).with_columns(
        pl.lit(task, pl.Int32).alias("task"), pl.lit(day, pl.Int32).alias("day")
    )
    return about.with_columns(pl.Series(name, X[:, place]) for place, name in enumerate(VOLUNTEERS.names))


def _summary(town: Town, made: dict[str, dict[str, Any]], seed: int, dial: str, days: int) -> dict[str, Any]:
    items = [item for ask in made.values() for item in ask["items"]]
    return {
        "seed": seed,
        "dial": dial,
        "days": days,
        "last_day": (BEGINS + timedelta(days=days)).isoformat(),
        "volunteers": len(town.volunteers),
        "tasks": len(town.tasks),
        "waves": len(made),
        "asks": len(items),
        "agreed": round(sum(item["answer"] == "yes" for item in items) / len(items), 6),
        "taken": round(sum(item["ended"] is not None for item in items) / len(town.tasks), 6),
    }


def _hashes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256_of_file(path) for path in sorted(folder.rglob("*.parquet"))}
