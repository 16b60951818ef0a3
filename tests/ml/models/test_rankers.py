"""One suite for every ranker, and what is particular to each."""

import os
import subprocess
import sys

import lightgbm
import numpy as np
import pytest

from ml.arrays import linear
from ml.metrics import ndcg
from ml.models.baselines import FixedRanker, baselines
from ml.models.logistic import LogisticRanker
from ml.models.ranker import HybridRanker
from ml.models.slates import begin_of_newest
from ml.models.trees import DEFAULTS, LightGBMRanker, chances, model_text, predict, settings_of
from tests.ml.models.conftest import make_slates

NAMES = ["a", "b", "c", "d", "e"]
MONOTONE = (1, -1, 0, 0, 0)
QUICK = {"trees": 30, "min_data_in_leaf": 40}
RANKERS = {
    "hybrid": lambda: HybridRanker(monotone=MONOTONE, parameters=QUICK),
    "lightgbm": lambda: LightGBMRanker(monotone=MONOTONE, parameters=QUICK),
    "averaged": lambda: HybridRanker(monotone=MONOTONE, parameters=QUICK | {"seeds": 3}),
    "logistic": LogisticRanker,
    "fixed": lambda: FixedRanker({"a": 1.5, "b": -1.0}, NAMES),
}


@pytest.fixture(params=RANKERS, scope="module")
def make(request):
    return RANKERS[request.param]


@pytest.fixture(scope="module")
def fitted(make, slates):
    return make().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)


def test_fit_returns_the_ranker_itself_and_counts_its_features(make, slates):
    ranker = make()
    assert ranker.fit(slates.X, slates.y, slates.query_sizes) is ranker
    assert ranker.n_features_in_ == 5


def test_scores_are_one_finite_number_a_row(fitted, unseen):
    scores = fitted.score(unseen.X)
    assert scores.shape == (len(unseen.X),)
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()


def test_a_row_scores_the_same_alone_as_among_others(fitted, unseen):
    alone = np.concatenate([fitted.score(unseen.X[row : row + 1]) for row in range(20)])
    assert alone.tobytes() == fitted.score(unseen.X)[:20].tobytes()


def test_it_orders_unseen_slates_far_better_than_their_positions_do(fitted, unseen):
    gain = np.maximum(unseen.utility, 0.0)
    learned = np.nanmean(ndcg(gain, fitted.score(unseen.X), unseen.query_sizes, 5))
    shown = np.nanmean(ndcg(gain, -unseen.position.astype(float), unseen.query_sizes, 5))
    assert learned > shown + 0.2


def test_the_same_slates_give_the_same_bytes(make, fitted, slates, unseen):
    again = make().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
    assert again.score(unseen.X).tobytes() == fitted.score(unseen.X).tobytes()


def test_fitting_changes_none_of_its_arguments(make):
    made = make_slates(3, queries=40)
    before = [array.tobytes() for array in (made.X, made.y, made.query_sizes, made.position)]
    make().fit(made.X, made.y, made.query_sizes, position=made.position)
    assert [array.tobytes() for array in (made.X, made.y, made.query_sizes, made.position)] == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"query_sizes": np.array([8, 7])}, "query may not be cut"),
        ({"y": np.full(16, 5)}, "relevance"),
        ({"y": np.full(16, -1)}, "relevance"),
        ({"position": np.zeros(3, dtype=int)}, "one value a row"),
        ({"position": np.full(16, -1)}, "from 0"),
        ({"X": np.full((16, 5), np.inf)}, "finite"),
        ({"X": np.full((16, 5), -1e200)}, "beyond 1e.150"),
        ({"X": np.zeros((16, 0))}, "columns"),
        ({"y": np.full(16, 0.5)}, "whole"),
        ({"y": np.full(16, np.nan)}, "whole"),
        ({"y": np.zeros(15, dtype=int)}, "one value a row"),
        ({"query_sizes": np.array([16, 0])}, "query may not be cut"),
        ({"query_sizes": np.array([17, -1])}, "query may not be cut"),
        ({"query_sizes": np.array([[8, 8]])}, "query may not be cut"),
        ({"position": np.full(16, 0.5)}, "whole"),
        ({"weight": np.zeros(16)}, "above 0"),
        ({"weight": np.full(16, np.nan)}, "above 0"),
        ({"weight": np.full(16, np.inf)}, "above 0"),
        ({"weight": np.ones(3)}, "one value a row"),
        ({"X": np.zeros((0, 5)), "y": np.zeros(0, dtype=int), "query_sizes": np.zeros(0, dtype=int)}, "rows"),
    ],
)
def test_slates_that_make_no_sense_are_refused(make, change, words):
    made = make_slates(4, queries=2)
    given = {"X": made.X, "y": made.y, "query_sizes": made.query_sizes, "position": made.position} | change
    if len(given["X"]) == 0:
        given["position"] = None
    with pytest.raises(ValueError, match=words):
        make().fit(**given)


HOSTILE = (np.nan, -0.0, 5e-324, -5e-324, 1e-35, -1e-35, 1e-300, 1e150, -1e150)


def hostile(seed, queries):
    """Slates of which one value in ten is of the kind that engines and sums stumble on."""
    made = make_slates(seed, queries=queries)
    rng = np.random.default_rng(seed)
    spoilt = rng.random(made.X.shape) < 0.1
    made.X[spoilt] = rng.choice(HOSTILE, size=spoilt.sum())
    return made


@pytest.mark.filterwarnings("error")
def test_hostile_values_are_learned_from_and_scored_to_numbers_that_repeat(make):
    made, rows = hostile(11, 60), hostile(12, 20).X
    rows[np.abs(rows) == 1e150] = 1e300
    first, again = (make().fit(made.X, made.y, made.query_sizes, position=made.position) for _ in range(2))
    assert np.isfinite(first.score(rows)).all()
    assert first.score(rows).tobytes() == again.score(rows).tobytes()


def test_minus_zero_and_the_least_of_numbers_score_as_zero(fitted):
    zero = np.zeros((1, 5))
    for least in (-0.0, 5e-324, -5e-324):
        assert fitted.score(np.full((1, 5), least)) == pytest.approx(fitted.score(zero), abs=1e-300)


def test_a_position_in_disguise_is_no_feature(make):
    made = make_slates(13, queries=40)
    made.X[:, 3] = 1 / (1.0 + made.position)
    with pytest.raises(ValueError, match="feature 3 follows the position"):
        make().fit(made.X, made.y, made.query_sizes, position=made.position)


def test_a_query_that_is_longer_than_lambdarank_takes_is_refused(make):
    with pytest.raises(ValueError, match="10001 rows"):
        make().fit(np.ones((10_001, 5)), np.zeros(10_001, dtype=int), np.array([10_001]))


@pytest.mark.parametrize("name", ["hybrid", "lightgbm", "logistic"])
def test_slates_without_a_single_choice_are_learned_from_without_a_fault(name, unseen):
    made = make_slates(5, queries=40)
    ranker = RANKERS[name]().fit(made.X, np.zeros_like(made.y), made.query_sizes, position=made.position)
    assert np.ptp(ranker.score(unseen.X)) == 0


@pytest.mark.parametrize("name", ["hybrid", "lightgbm", "logistic"])
def test_weights_of_slates_change_what_is_learned(name, slates):
    heavy = np.where(np.repeat(np.arange(300) < 150, 8), 5.0, 1.0)
    plain = RANKERS[name]().fit(slates.X, slates.y, slates.query_sizes)
    weighted = RANKERS[name]().fit(slates.X, slates.y, slates.query_sizes, weight=heavy)
    assert plain.score(slates.X).tobytes() != weighted.score(slates.X).tobytes()


def test_the_hybrids_score_is_its_linear_part_plus_its_trees(slates, unseen):
    ranker = RANKERS["hybrid"]().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
    parts = linear(unseen.X, ranker.weights_, ranker.intercept_) + predict(ranker.booster_, unseen.X)
    assert ranker.score(unseen.X).tobytes() == parts.tobytes()
    assert np.ptp(predict(ranker.booster_, unseen.X)) > 0


def test_the_hybrid_keeps_less_of_its_linear_part_the_more_slates_there_are(slates):
    def learn(trust):
        ranker = HybridRanker(trust=trust, parameters=QUICK)
        return ranker.fit(slates.X, slates.y, slates.query_sizes, position=slates.position)

    straight = LogisticRanker().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
    assert len(slates.query_sizes) == 300
    assert learn(300**0.5).weights_ == pytest.approx(straight.weights_ / 2)
    assert learn(300**0.5 / 3).intercept_ == pytest.approx(straight.intercept_ / 4)
    assert not learn(0).weights_.any()


def test_the_hybrids_trees_are_those_of_the_order_and_those_of_choices_half_each(slates, unseen):
    told = {"position": slates.position}
    both = HybridRanker(parameters=QUICK).fit(slates.X, slates.y, slates.query_sizes, **told)
    begun = 0.2 * (both.first.score(slates.X) - both.first.score(slates.X).mean())
    chosen = (slates.y > 0).astype(int)
    standing = both.first.standing(slates.position, len(slates.y))
    aims = {
        "lambdarank": {"label": slates.y, "group": slates.query_sizes, "init_score": begun, **told},
        "binary": {"label": chosen, "weight": np.where(chosen, slates.y, 1.0), "init_score": begun + standing},
    }
    settings = settings_of({**DEFAULTS, **QUICK}, monotone=(), seed=0, threads=1) | chances(0, 0)
    trees, _ = settings.pop("trees"), settings.pop("seeds")
    alone = [
        predict(lightgbm.train(settings | {"objective": aim}, lightgbm.Dataset(slates.X, **data), trees), unseen.X)
        for aim, data in aims.items()
    ]
    assert predict(both.booster_, unseen.X) == pytest.approx(np.mean(alone, axis=0))
    assert np.ptp(alone, axis=1).min() > 0.1


def test_where_something_was_shown_is_what_the_trees_of_choices_begin_with(slates):
    straight = LogisticRanker().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
    standing = straight.standing(slates.position, len(slates.y))
    middling = linear(np.nan_to_num(slates.X).mean(axis=0)[None], straight.weights_, straight.intercept_)[0]
    assert standing[slates.position == 0] == pytest.approx(middling)
    assert standing[slates.position == 3] == pytest.approx(middling + straight.position_bias_[3])
    assert straight.standing(None, 2) == pytest.approx([middling, middling])


@pytest.mark.parametrize("seeds", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_one_and_two_threads_give_the_same_model_text(slates, seeds):
    texts = [
        model_text(
            HybridRanker(monotone=MONOTONE, threads=threads, parameters=QUICK | {"seeds": seeds})
            .fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
            .booster_
        )
        for threads in (1, 2)
    ]
    assert texts[0] == texts[1]
    assert "num_threads" not in texts[0]


def test_another_seed_gives_another_model(slates):
    texts = {
        model_text(LightGBMRanker(seed=seed, parameters=QUICK).fit(slates.X, slates.y, slates.query_sizes).booster_)
        for seed in (1, 2)
    }
    assert len(texts) == 2


def test_a_split_on_being_missing_has_a_finite_threshold_and_still_splits():
    made = make_slates(10, queries=200)
    unknown = made.X[:, 4] > 0
    made.X[:] = 0.0
    made.X[unknown, 4] = np.nan
    ranker = LightGBMRanker(parameters=QUICK).fit(made.X, unknown.astype(int), made.query_sizes)
    text = model_text(ranker.booster_)
    assert "inf" not in text.partition("end of trees")[0].split()
    assert "1.7976931348623157e+308" in text
    scores = ranker.score(np.array([[0, 0, 0, 0, np.nan], [0, 0, 0, 0, 0.0]]))
    assert scores[0] > scores[1]


@pytest.mark.parametrize(("feature", "sign"), [(0, 1), (1, -1)])
def test_trees_never_go_against_their_signs_even_with_values_missing(slates, unseen, feature, sign):
    ranker = RANKERS["lightgbm"]().fit(slates.X, slates.y, slates.query_sizes, position=slates.position)
    for start in unseen.X[:40]:
        walk = np.tile(start, (100, 1))
        walk[:, feature] = np.linspace(-4, 4, 100)
        assert (sign * np.diff(ranker.score(walk)) >= 0).all()


def test_the_logistic_ranker_learns_what_position_did_and_leaves_it_out_of_the_score():
    made = make_slates(6, queries=3000)
    ranker = LogisticRanker(strength=10.0).fit(made.X, made.y, made.query_sizes, position=made.position)
    assert ranker.position_bias_.shape == (8,)
    assert (np.diff(ranker.position_bias_)[:4] < 0).all()
    assert ranker.weights_[0] > 0.5 > -0.3 > ranker.weights_[1]


def test_learning_position_undoes_a_policy_that_showed_a_useless_feature_first():
    rng = np.random.default_rng(7)
    made = make_slates(7, queries=2000)
    made.X[:] = np.nan_to_num(made.X)
    order = np.argsort(made.X[:, 2].reshape(-1, 8), axis=1, kind="stable")
    position = (7 - np.argsort(order, axis=1)).ravel()
    clicks = (rng.random(len(position)) < 1 / (1 + position)).astype(int)
    blind = LogisticRanker().fit(made.X, clicks, made.query_sizes)
    aware = LogisticRanker().fit(made.X, clicks, made.query_sizes, position=position)
    assert abs(aware.weights_[2]) < abs(blind.weights_[2]) / 3


def test_a_feature_that_never_changes_gets_no_weight():
    made = make_slates(8, queries=50)
    made.X[:, 3] = 7.0
    assert LogisticRanker().fit(made.X, made.y, made.query_sizes).weights_[3] == 0


def test_a_weight_for_a_feature_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no such features: z"):
        FixedRanker({"z": 1.0}, NAMES)


def test_the_baselines_are_named_and_order_as_they_say():
    from ml.features import FEATURE_NAMES

    found = baselines(FEATURE_NAMES)
    assert set(found) == {"distance", "popularity", "rules"}
    X = np.zeros((2, len(FEATURE_NAMES)))
    X[:, FEATURE_NAMES.index("distance_m")] = (900.0, 100.0)
    X[:, FEATURE_NAMES.index("take_up")] = (0.4, 0.1)
    X[:, FEATURE_NAMES.index("main_fit")] = (4.0, 2.0)
    order = {name: int(np.argmax(ranker.score(X))) for name, ranker in found.items()}
    assert order == {"distance": 1, "popularity": 0, "rules": 0}


@pytest.mark.slow
def test_the_environments_number_of_threads_changes_no_byte():
    program = (
        "import hashlib; from tests.ml.models.conftest import make_slates; from ml.models.ranker import HybridRanker;"
        "from ml.models.trees import model_text; made = make_slates(9, queries=60);"
        "r = HybridRanker(parameters={'trees': 5}).fit(made.X, made.y, made.query_sizes, position=made.position);"
        "print(hashlib.sha256(model_text(r.booster_).encode() + r.weights_.tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True, text=True, check=True,
        ).stdout
        for threads in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


class _ReadWhenAsked:
    """Rows that come out of a file, as far as a ranker can tell."""

    def __init__(self, rows):
        self.rows, self.shape = rows, rows.shape

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, asked):
        return self.rows[asked].copy()


def test_rows_that_are_read_when_asked_for_teach_the_same_bits(make, fitted, slates, unseen, monkeypatch):
    monkeypatch.setattr("ml.arrays.BLOCK", 64)
    monkeypatch.setattr("ml.models.in_batches.BLOCK", 100)
    read = make().fit(_ReadWhenAsked(slates.X), slates.y, slates.query_sizes, position=slates.position)
    assert read.score(unseen.X).tobytes() == fitted.score(unseen.X).tobytes()
    assert getattr(read, "means_", 0.0) == pytest.approx(getattr(fitted, "means_", 0.0), abs=0)


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31 - 1])
def test_bins_are_found_in_the_same_sample_of_rows_that_are_read_when_asked_for(slates, seed, monkeypatch):
    monkeypatch.setattr("ml.models.in_batches.BLOCK", 100)
    few = QUICK | {"trees": 2, "bin_construct_sample_cnt": 500}
    texts = {
        model_text(LightGBMRanker(seed=seed, parameters=few).fit(X, slates.y, slates.query_sizes).booster_)
        for X in (slates.X, _ReadWhenAsked(slates.X))
    }
    assert len(texts) == 1


def test_the_linear_part_of_a_long_log_learns_from_the_newest_whole_slates(slates, unseen, monkeypatch):
    newest = slice(len(slates.y) - 1600, None)
    alone = LogisticRanker().fit(slates.X[newest], slates.y[newest], slates.query_sizes[-200:], slates.position[newest])
    monkeypatch.setattr("ml.models.logistic.MOST_ROWS", 1607)  # 200 slates of eight, and seven rows of another
    found = LogisticRanker().fit(slates.X, slates.y, slates.query_sizes, slates.position)
    assert found.score(unseen.X).tobytes() == alone.score(unseen.X).tobytes()


@pytest.mark.parametrize(("rows", "begin"), [(99, 0), (9, 0), (8, 2), (6, 5), (4, 5), (3, 5)])
def test_the_newest_slates_are_whole_and_at_least_one(rows, begin):
    assert begin_of_newest(np.array([2, 3, 4]), rows) == begin
