"""Fit a ranker on the older part of a data set and write it down as a version."""

from functools import partial
from pathlib import Path
from typing import Any, Protocol

import lightgbm
import sklearn

from ml.features import PEOPLE
from ml.features.sets import set_of
from ml.files import sha256_of, sha256_of_file, write_bytes, write_json
from ml.models.card import card
from ml.models.forest import MOST_LEAVES
from ml.models.ranker import LinearPlusTrees
from ml.models.registry import CARD, MANIFEST
from ml.models.stored import FILES, WITHOUT_PACK, save_ranker, save_without_pack
from ml.training.calibrate import calibrate
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.learnable import position_of, signs_of
from ml.training.recipe import Recipe
from ml.training.split import Split, split_of
from ml.training.tables import TableError


class Fit(Protocol):
    """What fits a recipe on a data set elsewhere than in this process."""

    def __call__(self, recipe: Recipe, dataset: Dataset) -> LinearPlusTrees:
        """Fit `recipe` on all of `dataset`."""

    @property
    def told(self) -> dict[str, Any]:
        """What a manifest says of it."""


def train(
    dataset: Dataset, recipe: Recipe, folder: Path, *, threads: int = 1, fitting: Fit | None = None
) -> dict[str, Any]:
    """Fit `recipe` on the older side of `dataset`, write the version into `folder` and return its manifest.

    The newest queries are kept apart for judging and never learned from, so that every later comparison with this
    version on them is fair. fitting : what fits, this process when None. Raises TableError when the data are too few,
    or of other features than today's, or the recipe asks for trees that no pack holds.
    """
    refuse_other_features(dataset)
    if not dataset.foreign:
        _refuse_large_trees(recipe)
    split = split_of(dataset, share=recipe.held_out, embargo=recipe.embargo)
    data = dataset.sha256
    version = version_name(dataset, data, recipe)
    learn = partial(fitting or partial(fit, threads=threads), recipe)
    ranker = learn(split.train)
    chances = None if dataset.foreign else calibrate(split.train, learn, seed=recipe.seed)
    if chances is None:
        save_without_pack(ranker, folder)
    else:
        features = set_of(dataset.report["features"]["schema_sha256"]) or PEOPLE
        made = {"version": version, "as_of": dataset.report["as_of"], "features": features}
        save_ranker(ranker, folder, calibration=chances.map, **made)
    manifest = _manifest(version, dataset, recipe, split, folder) | {
        "data": {"sha256": data, **_data(dataset, split)},
        "calibration": chances and chances.told,
    }
    if fitting:
        manifest["engine"] = fitting.told
    write_json(folder / MANIFEST, manifest)
    write_bytes(folder / CARD, card(manifest, None).encode())
    return manifest


def fit(recipe: Recipe, dataset: Dataset, *, threads: int = 1) -> LinearPlusTrees:
    """The ranker of `recipe`, fitted on all of `dataset`."""
    ranker = recipe.make(threads=threads, monotone=signs_of(dataset, recipe.monotone))
    try:
        return ranker.fit(dataset.features, dataset.relevance, dataset.query_sizes, position=position_of(dataset))
    except ValueError as error:
        raise TableError(f"Nothing can be learned from this data set: {error}.") from error


def refuse_other_features(dataset: Dataset) -> None:
    """Raise TableError when `dataset` was made with other features of ours than today's; foreign ones are taken."""
    if not dataset.foreign and set_of(dataset.report["features"]["schema_sha256"]) is None:
        raise TableError("The data set was made with other features; run `kith ml dataset` again.")


def _refuse_large_trees(recipe: Recipe) -> None:
    """Raise TableError, before any learning, when a pack could not hold the trees."""
    leaves = recipe.parameters["trees"]["num_leaves"]
    if recipe.ranker != "logistic" and not (isinstance(leaves, int) and leaves <= MOST_LEAVES):
        raise TableError(f"The recipe asks for trees of {leaves} leaves; a pack's have {MOST_LEAVES} at most.")


def version_name(dataset: Dataset, data: str, recipe: Recipe) -> str:
    """The day of the data and a hash of data, features and recipe: the same for the same model. data : their hash."""
    made_of = f"{data} {dataset.report['features']['schema_sha256']} {recipe.sha256}"
    return f"{dataset.report['as_of']}-{sha256_of(made_of.encode())[:8]}"


def _manifest(version: str, dataset: Dataset, recipe: Recipe, split: Split, folder: Path) -> dict[str, Any]:
    files = WITHOUT_PACK if dataset.foreign else FILES
    return {
        "version": version,
        "ranker": recipe.ranker,
        "seed": recipe.seed,
        "trained_on": dataset.report["as_of"],
        "learned_until": text_of(split.learned_until),
        "held_out_from": text_of(split.held_out_from),
        "features": dataset.report["features"],
        "parameters": recipe.parameters,
        "parameters_sha256": recipe.sha256,
        "made_with": {"lightgbm": lightgbm.__version__, "scikit-learn": sklearn.__version__},
        "files": {name: sha256_of_file(folder / name) for name in files},
    }


def _data(dataset: Dataset, split: Split) -> dict[str, Any]:
    return {
        "inputs": dataset.report["inputs"],
        "labels": dataset.report["labels"],
        "queries": len(dataset.query_sizes),
        "queries_learned": len(split.train.query_sizes),
        "queries_learned_with_a_positive": int(split.train.queries["positive"].sum()),
        "rows_learned": len(split.train.rows),
        "queries_held_out": len(split.held_out.query_sizes),
    }
