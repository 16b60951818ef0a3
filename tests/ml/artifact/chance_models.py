"""Rankers of chance, scored by LightGBM, by the Python walker and by the phone's engine, and compared byte by byte.

`python -m tests.ml.artifact.chance_models --models 400 [--seed 1]` tries many; the suite tries a few.
"""

import argparse
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np

from ml.arrays import linear
from ml.features.people import PEOPLE
from ml.models.artifact import export, packed, rules_document
from ml.models.trees import _without_infinities
from ml.models.walker import Pack
from tests.ml.artifact.models import COLUMNS, HOSTILE, Hybrid
from tests.ml.artifact.phone import Phone, bits

SHAPES = ("hybrid", "trees", "logistic", "rules")
AT_ONCE = 25


@dataclass
class Case:
    """A ranker, its pack, and rows to score."""

    name: str
    ranker: Hybrid
    pack: bytes
    rows: np.ndarray

    def truth(self):
        """What LightGBM predicts, added to the linear part."""
        with np.errstate(all="ignore"):
            straight = linear(self.rows, self.ranker.weights_, self.ranker.intercept_)
            booster = self.ranker.booster_
            return straight + (0.0 if booster is None else booster.predict(self.rows, raw_score=True, num_threads=1))


def case(seed):
    """The case of a seed; every fourth is of the same shape."""
    chance, rng = random.Random(seed), np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    booster, made = None, _columns(chance, rng, 300)
    if shape in ("hybrid", "trees"):
        booster = _booster(chance, rng, made)
    weights = np.zeros(COLUMNS) if shape == "trees" else rng.normal(size=COLUMNS) * 10.0 ** rng.integers(-6, 3, COLUMNS)
    ranker = Hybrid(weights, 0.0 if shape == "trees" else float(rng.normal()), booster, rng.random(COLUMNS))
    if shape == "rules":
        parts = rules_document()["linear"]
        ranker = Hybrid(np.array(parts["weights"]), 0.0, None, np.array(parts["means"]))
    made_up = Case(f"{seed}-{shape}", ranker, b"", _rows(chance, rng, booster, made))
    calibration = _calibration(rng, made_up.truth())
    if shape == "rules":
        made_up.pack = packed(rules_document() | {"calibration": calibration})
    else:
        made_up.pack = export(ranker, version=f"chance-{seed}", calibration=calibration)
    return made_up


def _calibration(rng, scores):
    """A rising map whose breakpoints are some of the scores, and numbers close to them."""
    finite = scores[np.isfinite(scores) & (np.abs(scores) < 1e300)]
    drawn = rng.choice(finite, rng.integers(1, 30)) if len(finite) else np.zeros(1)
    points = np.unique(np.concatenate([drawn, np.nextafter(drawn[:2], np.inf)]))
    return {"scores": points.tolist(), "chances": np.sort(rng.random(len(points))).tolist()}


def _booster(chance, rng, X):
    leaves = chance.choice([2, 3, 8, 31, 64])
    known = np.clip(np.nan_to_num(X, posinf=9, neginf=-9), -100, 100)
    signal = known[:, 0] - known[:, 3] + 3 * (known[:, -1] % 3) + rng.normal(size=len(X))
    y = np.searchsorted(np.quantile(signal, [0.4, 0.6, 0.8, 0.9]), signal)
    objective = chance.choice(["lambdarank", "lambdarank", "regression", "binary"])
    settings = {
        "objective": objective, "num_leaves": leaves, "seed": chance.randrange(999), "verbosity": -1, "num_threads": 1,
        "min_data_in_leaf": chance.choice([1, 5, 20, 80]), "max_bin": chance.choice([3, 15, 255]),
        "zero_as_missing": chance.random() < 0.3, "use_missing": chance.random() < 0.8,
        "boosting": chance.choice(["gbdt", "gbdt", "dart"]), "extra_trees": chance.random() < 0.2,
        "feature_fraction": chance.choice([0.3, 1.0]), "learning_rate": chance.choice([0.01, 0.1, 1.0]),
        "max_cat_to_onehot": chance.choice([1, 4]), "min_data_per_group": chance.choice([1, 20]), "cat_smooth": 1,
        "min_data_in_bin": chance.choice([1, 3]), "feature_pre_filter": False,
    }  # fmt: skip
    categories = chance.sample(range(COLUMNS - 4, COLUMNS), chance.randint(0, 4))
    data = lightgbm.Dataset(
        X, (y > 1) * 1 if objective == "binary" else y,
        group=[10] * (len(X) // 10) if objective == "lambdarank" else None, categorical_feature=categories,
    )  # fmt: skip
    booster = lightgbm.train(settings, data, chance.randint(1, max(2, min(60, 900 // leaves))))
    return _without_infinities(booster) if chance.random() < 0.5 else booster


def _columns(chance, rng, count):
    """Columns of every kind that features have, and of kinds that none should have; the last four are categories."""
    kinds = {
        "whole": lambda: rng.integers(-3, 12, count),
        "share": lambda: np.round(rng.random(count), chance.choice([1, 2, 16])),
        "yes or no": lambda: rng.random(count) < 0.3,
        "metres": lambda: np.floor(rng.gamma(2, 4000, count)),
        "near nought": lambda: rng.normal(size=count) * 10.0 ** rng.integers(-40, -30, count),
        "of any size": lambda: rng.normal(size=count) * 10.0 ** rng.integers(-300, 300, count),
        "one value": lambda: np.full(count, 2.5),
        "infinite at times": lambda: np.where(rng.random(count) < 0.1, np.inf, rng.normal(size=count)),
    }
    names = chance.choices(list(kinds), [6, 6, 4, 6, 1, 1, 1, 1], k=COLUMNS)
    X = np.column_stack([np.asarray(kinds[name](), dtype=np.float64) for name in names])
    for column in range(COLUMNS - 4, COLUMNS):
        X[:, column] = rng.integers(chance.choice([-1, 0]), chance.choice([3, 31, 33, 70, 400]), count)
    X[rng.random(X.shape) < 0.2] = 0
    X[rng.random(X.shape) < chance.choice([0.0, 0.05, 0.3])] = np.nan
    return X


def _rows(chance, rng, booster, X):
    """Rows like those learned from, in which one value in ten is hostile, or a threshold, or next to one."""
    rows = np.concatenate([X, X[rng.permutation(len(X))]])
    edges = _thresholds(booster)
    with np.errstate(over="ignore"):  # what follows the greatest number is infinite
        near = np.concatenate([edges, np.nextafter(edges, np.inf), np.nextafter(edges, -np.inf), edges + 0.5])
    spoilt = rng.random(rows.shape) < 0.05
    rows[spoilt] = rng.choice(np.array(HOSTILE), size=spoilt.sum())
    if len(near):
        spoilt = rng.random(rows.shape) < 0.05
        rows[spoilt] = rng.choice(near, size=spoilt.sum())
    return rows


def _thresholds(booster):
    if booster is None:
        return np.zeros(0)
    lines = [line for line in booster.model_to_string().splitlines() if line.startswith("threshold=")]
    return np.unique([float(figure) for line in lines for figure in line.partition("=")[2].split()])


def compare(cases, home):
    """The names of the cases on which the three engines do not agree, each with what differs."""
    phone, wrong = Phone(home), []
    for each in cases:
        phone.ask_scores(each.name, each.pack, each.rows)
    phone.run()
    for each in cases:
        pack = Pack.load(each.pack)
        with np.errstate(all="ignore"):
            scores = pack.score(each.rows)
            told = np.column_stack([pack.contributions(each.rows), np.full(len(each.rows), pack.base)])
        answers = {"scores": scores, "chances": pack.chance(scores), "contributions": told.ravel()}
        if bits(scores) != bits(each.truth()):
            wrong.append(f"{each.name}: Python's scores are not LightGBM's")
        wrong += [
            f"{each.name}: the phone's {name} are not Python's"
            for name, numbers in answers.items()
            if bits(numbers) != bits(phone.answer(each.name, name))
        ]
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began, rows, wrong = time.monotonic(), 0, []
    for first in range(chosen.seed, chosen.seed + chosen.models, AT_ONCE):
        cases = [case(seed) for seed in range(first, min(first + AT_ONCE, chosen.seed + chosen.models))]
        with tempfile.TemporaryDirectory(prefix="kith-models-") as home:
            wrong += compare(cases, Path(home) / "phone")
        rows += sum(len(each.rows) for each in cases)
        print(f"{first + len(cases) - chosen.seed} models, {rows:,} rows, {len(wrong)} differences", flush=True)
    print("\n".join(wrong) or f"all alike, {COLUMNS} features of {PEOPLE.name}, {time.monotonic() - began:.0f} s")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
