"""Search for a better recipe by folds inside the side that is learned from; what is held out is never looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
import optuna
from sqlalchemy.exc import SQLAlchemyError

from ml import metrics
from ml.arrays import FloatArray
from ml.files import json_bytes, sha256_of
from ml.training.evaluate import DECISIVE, RESAMPLES
from ml.training.folds import Fold, folds
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.space import FEWEST_QUERIES, Space
from ml.training.split import split_of
from ml.training.tables import TableError
from ml.training.train import fit, refuse_other_features

#: Told after each trial: how many are done, and the best figure so far.
Progress = Callable[[int, float], None]
#: Trials before any is broken off for being below the median of those before it.
_UNPRUNED: Final = 6
_K: Final = 10


@dataclass(frozen=True, slots=True)
class Search:
    """How long and how wide to search.

    trials : in all, those of a resumed study among them. timeout : seconds after which no new trial begins, None for
    no limit; only without it does the same seed always give the same recipe. study : an SQLite file that keeps the
    trials, so that a search can go on later, and ends as if it had never stopped.
    """

    trials: int = 40
    folds: int = 3
    timeout: float | None = None
    study: Path | None = None
    threads: int = 1
    progress: Progress = field(default=lambda done, best: None)


def tune(dataset: Dataset, recipe: Recipe, search: Search) -> dict[str, Any]:
    """Find the figures with which `recipe` does best on later folds, and say beside them how they were found.

    The usual figures stay unless the best ones lead by more than one standard error, paired by query (Breiman et al.,
    1984, section 3.4.3). Raises TableError when there is too little to tune on.
    """
    refuse_other_features(dataset)
    learned = split_of(dataset, share=recipe.held_out, embargo=recipe.embargo).train
    positives = int(learned.queries["positive"].sum())
    if positives < FEWEST_QUERIES:
        raise TableError(
            f"Only {positives} slates with a choice can be tuned on; with fewer than {FEWEST_QUERIES} the best of many "
            "recipes is the luckiest. The usual recipe stands."
        )
    cut = folds(learned, count=search.folds, embargo=recipe.embargo, seed=recipe.seed)
    space = Space.of(positives, len(learned.rows))
    usual = [judge(recipe, fold, search.threads) for fold in cut]
    study = _study(search, _name(dataset, recipe, search, space))
    _run(study, search, recipe.seed, lambda trial: _try(trial, space, recipe, cut, search.threads))
    return _told(study, dataset, recipe, space, cut, usual, search)


def judge(recipe: Recipe, fold: Fold, threads: int) -> FloatArray:
    """NDCG@10 of each judged query of `fold` by `recipe` fitted on its other side, NaN without a positive."""
    ranker = fit(recipe, fold.learn, threads=threads)
    gain = metrics.gains_of(fold.judge.relevance)
    return metrics.ndcg(gain, ranker.score(fold.judge.X), fold.judge.query_sizes, _K)


def _try(trial: optuna.Trial, space: Space, recipe: Recipe, cut: list[Fold], threads: int) -> float:
    tried = space.suggest(trial, recipe)
    trial.set_user_attr("recipe", tried.parameters)
    found: list[float] = []
    for number, fold in enumerate(cut):
        found.append(float(np.nanmean(judge(tried, fold, threads))))
        trial.report(float(np.mean(found)), number)
        if trial.should_prune():
            raise optuna.TrialPruned
    return float(np.mean(found))


def known_in(file: Path | None) -> list[str]:
    """The searches that `file` keeps; TableError for a file that is no SQLite file of Optuna's."""
    if file is None or not file.exists():
        return []
    try:
        return optuna.get_all_study_names(f"sqlite:///{file}")
    except (SQLAlchemyError, optuna.exceptions.OptunaError, RuntimeError) as error:
        raise TableError(f"{file} keeps no search of `kith ml tune`; name another file with --study.") from error


def _study(search: Search, name: str) -> optuna.Study:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    storage = f"sqlite:///{search.study}" if search.study else None
    known = known_in(search.study)
    if known and name not in known:
        raise TableError(f"{search.study} keeps a search on other data or with other bounds; name another file.")
    return optuna.create_study(
        storage=storage,
        study_name=name,
        direction="maximize",
        pruner=optuna.pruners.MedianPruner(n_startup_trials=_UNPRUNED, n_warmup_steps=0),
        load_if_exists=True,
    )


def _run(study: optuna.Study, search: Search, seed: int, objective: Callable[[optuna.Trial], float]) -> None:
    """Try recipes until there are as many as asked for.

    Each trial has a seed of its own, by how many were brought to their end before it: so a search that was broken off,
    even in the middle of a trial, and goes on ends as one that was not.
    """
    begun = monotonic()
    while (ended := _ended(study)) < search.trials:
        if search.timeout is not None and monotonic() - begun >= search.timeout:
            break
        drawn = int(np.random.SeedSequence((seed, ended)).generate_state(1)[0])
        study.sampler = optuna.samplers.TPESampler(seed=drawn)
        study.optimize(objective, n_trials=1)
        search.progress(ended + 1, study.best_value)


def _ended(study: optuna.Study) -> int:
    states = (optuna.trial.TrialState.COMPLETE, optuna.trial.TrialState.PRUNED)
    return len(study.get_trials(deepcopy=False, states=states))


def _name(dataset: Dataset, recipe: Recipe, search: Search, space: Space) -> str:
    """One name for all searches that may go on from one another."""
    made_of = [dataset.sha256, recipe.parameters, search.folds, repr(space)]
    return sha256_of(json_bytes(made_of))[:16]


def _told(
    study: optuna.Study, dataset: Dataset, recipe: Recipe, space: Space, cut: list[Fold], usual: list[FloatArray],
    search: Search,
) -> dict[str, Any]:  # fmt: skip
    best = Recipe.of(study.best_trial.user_attrs["recipe"], "the study")
    lead = np.concatenate([judge(best, fold, search.threads) for fold in cut]) - np.concatenate(usual)
    error = float(np.nanstd(lead) / np.sqrt(np.count_nonzero(~np.isnan(lead))))
    adopted = bool(np.nanmean(lead) > error)
    pruned = sum(trial.state is optuna.trial.TrialState.PRUNED for trial in study.trials)
    return {
        "recipe": (best if adopted else recipe).parameters,
        "tuned": {
            "data": {"sha256": dataset.sha256, "inputs": dataset.report["inputs"]},
            "measure": DECISIVE,
            "folds": [{"learned": len(one.learn.query_sizes), "judged": len(one.judge.query_sizes)} for one in cut],
            "space": {"trees": space.trees, "num_leaves": space.leaves, "min_data_in_leaf": space.in_leaf},
            "trials": _ended(study),
            "pruned": pruned,
            "usual": round(float(np.mean([np.nanmean(one) for one in usual])), 6),
            "best": round(study.best_value, 6),
            "best_recipe": best.parameters,
            "lead": metrics.interval(lead, seed=recipe.seed, resamples=RESAMPLES).as_dict(),
            "adopted": adopted,
            "made_with": {"optuna": optuna.__version__},
        },
    }
