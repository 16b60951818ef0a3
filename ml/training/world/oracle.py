"""The truth about a world: how well every eligible candidate suits each referral. No trainer may read it.

Relevance is graded within each query by utility: of n eligible candidates the best 5 % are 4, the next 10 % are 3,
the next 15 % are 2, the next 20 % are 1 and the other half 0, each share rounded up to a whole candidate. With the
gains 0, 1, 3, 7, 15 that defines NDCG against the oracle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars

from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS
from ml.metrics import Floats, Ints
from ml.training.tables import TableError
from ml.training.world.write import MADE_UP

FOLDER: Final = "oracle"
#: The share of candidates graded at least 4, 3, 2, 1.
SHARES: Final = (0.05, 0.15, 0.30, 0.50)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Whole candidate sets in the order of the queries' time, rows of one query side by side, by item id.

    inputs : every ranker's input → (rows,), NaN where not known: `ml.features.matrix` takes them as they are.
    utility, relevance : (rows,). position : (rows,) place on the logged slate, -1 when it was not on it.
    query_sizes, exposure_ids, days, group : one a query; days are ordinal, group is the protected one, 0 or 1.
    item_ids : (rows,).
    """

    inputs: dict[str, Floats]
    utility: Floats
    relevance: Ints
    position: Ints
    query_sizes: Ints
    exposure_ids: tuple[str, ...]
    days: Ints
    group: Ints
    item_ids: tuple[str, ...]


def grade(utility: Floats) -> Ints:
    """Grade one query's candidates 0 to 4 by utility; equal utilities go by row."""
    rank = np.empty(utility.size, dtype=np.int64)
    rank[np.argsort(-utility, kind="stable")] = np.arange(utility.size)
    bounds = np.ceil(np.array(SHARES) * utility.size - 1e-9)
    grades: Ints = (rank[:, None] < bounds[None, :]).sum(axis=1)
    return grades


def write_oracle(folder: Path, oracle: Oracle, apart: Mapping[str, polars.DataFrame] | None = None) -> None:
    """Write ``oracle/queries.parquet`` and ``oracle/candidates.parquet`` under the world's folder.

    apart : further frames that no trainer may read, by the name of their file.
    """
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    first = np.cumsum(oracle.query_sizes) - oracle.query_sizes
    queries = polars.DataFrame(
        {
            "exposure_id": oracle.exposure_ids,
            "day": oracle.days,
            "protected_group": oracle.group,
            "candidates": oracle.query_sizes,
            **{name: oracle.inputs[name][first] for name in QUERY_INPUTS},
        }
    )
    candidates = polars.DataFrame(
        {
            "item_id": oracle.item_ids,
            "utility": oracle.utility,
            "relevance": oracle.relevance,
            "position": oracle.position,
            **{name: oracle.inputs[name] for name in CANDIDATE_INPUTS},
        }
    )
    for name, frame in {"queries": queries, "candidates": candidates, **(apart or {})}.items():
        frame.write_parquet(target / f"{name}.parquet", compression="zstd", metadata=MADE_UP)


def read_truth_table(folder: Path, name: str) -> polars.DataFrame:
    """Read a table of the oracle of the world in `folder`; TableError where there is none, or it is damaged."""
    path = folder / FOLDER / name
    try:
        return polars.read_parquet(path)
    except FileNotFoundError as error:
        raise TableError(
            f"{folder} is no made-up world with its truth: {path} is not there. `kith ml world` makes one (but not "
            "--county), `kith ml volunteers world` one of volunteers."
        ) from error
    except (OSError, polars.exceptions.PolarsError) as error:
        raise TableError(f"{path} cannot be read; it may be damaged. Make the world again.") from error


def read_oracle(folder: Path) -> Oracle:
    """Read the oracle of the world in `folder`; TableError where there is none, as on real data."""
    queries, candidates = (read_truth_table(folder, f"{name}.parquet") for name in ("queries", "candidates"))
    sizes = queries["candidates"].to_numpy()
    asked = {name: np.repeat(queries[name].to_numpy(), sizes) for name in QUERY_INPUTS}
    return Oracle(
        inputs=asked | {name: candidates[name].to_numpy() for name in CANDIDATE_INPUTS},
        utility=candidates["utility"].to_numpy(),
        relevance=candidates["relevance"].to_numpy(),
        position=candidates["position"].to_numpy(),
        query_sizes=sizes,
        exposure_ids=tuple(queries["exposure_id"]),
        days=queries["day"].to_numpy(),
        group=queries["protected_group"].to_numpy(),
        item_ids=tuple(candidates["item_id"]),
    )
