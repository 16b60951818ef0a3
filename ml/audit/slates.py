"""The slates that an audit looks at: from the log, or whole candidate sets from the truth of a made-up world."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.audit.attention import attention
from ml.features import FEATURE_NAMES, matrix
from ml.models.registry import Version
from ml.training.groups import Dataset
from ml.training.pairing import refuse_strangers, refuse_volunteers
from ml.training.split import held_out
from ml.training.tables import TableError
from ml.training.world.oracle import read_oracle


@dataclass(frozen=True, slots=True)
class Slates:
    """Queries that the version never learned from; rows of one query lie side by side.

    X : shape (n_rows, n_features). gain : (n_rows,), what NDCG counts. merit : (n_rows,), what exposure should follow.
    items : (n_rows,) as kind and id. query_sizes, queries (ids of exposures), days (ordinal) : (n_queries,).
    """

    X: FloatArray
    gain: FloatArray
    merit: FloatArray
    items: tuple[tuple[str, str], ...]
    query_sizes: IntArray
    queries: tuple[str, ...]
    days: IntArray

    @classmethod
    def of_log(cls, version: Version, dataset: Dataset) -> Self:
        """The slates of the log. merit : gain over the attention that its position got when it was shown.

        Choices fall with position, so each counts by one over its attention, as in Joachims, Swaminathan and Schnabel
        (2017). What was not shown has no merit here: the truth is unknown. TableError when too few slates are left.
        """
        learned_until = datetime.fromisoformat(version.manifest["learned_until"])
        kept = held_out(dataset, datetime.fromisoformat(version.manifest["held_out_from"]), learned_until)
        gain, queries = metrics.gains_of(kept.relevance), kept.queries
        seen = np.maximum(attention(kept.position), attention(np.array([9])))
        return cls(
            X=kept.X,
            gain=gain,
            merit=gain / seen,
            items=tuple(kept.rows.select("kind", "item").iter_rows()),
            query_sizes=kept.query_sizes,
            queries=tuple(queries["query"]),
            days=np.array([at.date().toordinal() for at in queries["shown_at"]], dtype=np.int64),
        )

    @classmethod
    def of_truth(cls, version: Version, world: Path) -> Self:
        """Every eligible candidate of the queries of `world` after the version stopped learning; merit is the gain.

        Raises TableError when the world has no oracle.
        """
        oracle = read_oracle(world)
        late = oracle.days >= datetime.fromisoformat(version.manifest["held_out_from"]).date().toordinal()
        rows = np.repeat(late, oracle.query_sizes)
        gain = metrics.gains_of(oracle.relevance[rows])
        kinds = np.where(oracle.inputs["kind"][rows] == 0, "asset", "opportunity").tolist()
        return cls(
            X=matrix({name: column[rows] for name, column in oracle.inputs.items()}),
            gain=gain,
            merit=gain,
            items=tuple(zip(kinds, np.array(oracle.item_ids)[rows].tolist(), strict=True)),
            query_sizes=oracle.query_sizes[late],
            queries=tuple(np.array(oracle.exposure_ids)[late].tolist()),
            days=oracle.days[late],
        )

    def feature(self, name: str) -> FloatArray:
        """One column of `X` by its name."""
        return self.X[:, FEATURE_NAMES.index(name)]


def refuse_foreign(version: Version, dataset: Dataset) -> None:
    """Raise TableError unless both are of today's features of Kith, whose meaning audits know."""
    if dataset.foreign or not version.has_pack:
        raise TableError("Audits know the features of Kith alone, and this is a ranker or a data set of others.")
    refuse_strangers(version, dataset)
    refuse_volunteers(dataset)
