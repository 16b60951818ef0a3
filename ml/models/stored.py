"""A fitted ranker as files: the trees as LightGBM's text, the linear part as JSON, both as a pack. No pickles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

import lightgbm
import numpy as np

from ml.arrays import FloatArray, IntArray, Matrix, linear
from ml.features import PEOPLE, FeatureSet
from ml.files import read_json, write_bytes, write_json
from ml.models.artifact import export
from ml.models.manifest import manifest_in
from ml.models.ranker import LinearPlusTrees
from ml.models.registry import MANIFEST, MODEL, PACK, Version
from ml.models.slates import Slates
from ml.models.trees import model_text, predict

#: Rising scores and the chances read off them, as `ml.models.artifact.export` takes them.
Calibration: TypeAlias = Mapping[str, Sequence[float]]

LINEAR: Final = "linear.json"

#: The files of a version that its manifest holds to their hashes; one of foreign features has no pack.
FILES: Final = (MODEL, LINEAR, PACK)
WITHOUT_PACK: Final = (MODEL, LINEAR)


@dataclass(frozen=True, slots=True)
class StoredRanker:
    """A ranker read back from its files; it scores to the same bits as the one that was fitted.

    weights_ : shape (n_features_in_,). booster_ : None when there are no trees.
    """

    weights_: FloatArray
    intercept_: float
    booster_: lightgbm.Booster | None

    @property
    def n_features_in_(self) -> int:
        """How many columns it scores."""
        return len(self.weights_)

    def fit(
        self,
        X: Matrix,
        y: IntArray,
        query_sizes: IntArray,
        position: IntArray | None = None,
        weight: FloatArray | None = None,
    ) -> Self:
        """Check the slates, learn nothing more and return self."""
        Slates(X, y, query_sizes, position, weight)
        return self

    def score(self, X: FloatArray) -> FloatArray:
        """The linear score plus the trees', shape (n_rows,)."""
        straight = linear(X, self.weights_, self.intercept_)
        return straight if self.booster_ is None else straight + predict(self.booster_, X)


def save_ranker(
    ranker: LinearPlusTrees,
    folder: Path,
    *,
    version: str,
    as_of: str,
    calibration: Calibration | None = None,
    features: FeatureSet = PEOPLE,
) -> None:
    """Write `FILES` for a fitted hybrid, LightGBM or logistic ranker of our own features into `folder`.

    as_of : the day up to which it learned, which phones read off the pack. calibration : reads chances off scores.
    features : the set that it ranks by.
    """
    save_without_pack(ranker, folder)
    write_bytes(folder / PACK, export(ranker, version=version, as_of=as_of, calibration=calibration, features=features))


def save_without_pack(ranker: LinearPlusTrees, folder: Path) -> None:
    """Write the files of a fitted ranker whose features no phone can work out."""
    text = "" if ranker.booster_ is None else model_text(ranker.booster_)
    write_bytes(folder / MODEL, text.encode())
    write_json(folder / LINEAR, _linear_part(ranker))


def load_ranker(folder: Path) -> StoredRanker:
    """Read what `save_ranker` wrote; DamagedError when it is not what the manifest beside it names.

    LightGBM ends the whole process over some texts that were cut off, so nothing damaged may reach it.
    """
    if (folder / MANIFEST).is_file():
        Version(folder.name, folder, manifest_in(folder)).check(MODEL, LINEAR)
    straight = read_json(folder / LINEAR)
    text = (folder / MODEL).read_text()
    booster = lightgbm.Booster(model_str=text) if text else None
    return StoredRanker(np.array(straight["weights"], dtype=np.float64), float(straight["intercept"]), booster)


def _linear_part(ranker: LinearPlusTrees) -> dict[str, Any]:
    return {"weights": np.asarray(ranker.weights_).tolist(), "intercept": float(ranker.intercept_)}
