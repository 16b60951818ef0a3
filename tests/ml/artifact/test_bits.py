import numpy as np
import pytest

from ml.arrays import linear
from ml.models.artifact import export
from ml.models.averaging import average
from ml.models.planting import forest_of
from ml.models.walker import Pack
from tests.ml.artifact.chance_models import case as chance_case
from tests.ml.artifact.chance_models import compare
from tests.ml.artifact.models import COLUMNS, SHAPES, Hybrid, hostile_rows, hybrid
from tests.ml.artifact.phone import bits


@pytest.fixture(scope="module", params=SHAPES)
def case(request):
    ranker = hybrid(request.param)
    return request.param, ranker, export(ranker, version=request.param)


def test_ten_thousand_hostile_rows_score_as_in_lightgbm_to_the_last_byte(case):
    _, ranker, data = case
    X = hostile_rows(seed=2)
    wanted = ranker.booster_.predict(X, raw_score=True, num_threads=1)
    assert len(np.unique(wanted)) > 1000
    assert Pack.load(data).forest.score(X).tobytes() == wanted.tobytes()


def test_the_linear_part_and_the_trees_add_up(case):
    _, ranker, data = case
    X = hostile_rows(seed=3, count=200)
    X[np.isinf(X)] = 1
    wanted = linear(X, ranker.weights_, ranker.intercept_) + ranker.booster_.predict(X, raw_score=True, num_threads=1)
    assert Pack.load(data).score(X).tobytes() == wanted.tobytes()


def test_contributions_and_the_base_make_the_score_but_for_rounding(case):
    """Each step down a tree is rounded once and each sum once: so many roundings of the sum of all that was added."""
    _, ranker, data = case
    pack = Pack.load(data)
    X = hostile_rows(seed=4, count=500)
    X[~(np.abs(X) < 1000)] = np.nan
    added = pack.contributions(X)
    steps = 64 * ranker.booster_.num_trees() + 2 * X.shape[1]
    largest = np.abs(added).sum(axis=1) + np.abs(pack.forest.expected).sum() + np.abs(pack.forest.leaf).sum()
    apart = np.abs(added.sum(axis=1) + pack.base - pack.score(X))
    assert (apart <= steps * np.finfo(float).eps * largest).all()
    assert apart.max() < 1e-12


def test_a_forest_of_one_large_tree_tells_what_each_feature_added():
    pack = Pack.load(export(hybrid("deep", trees=1), version="v1"))
    X = hostile_rows(seed=4, count=50)
    X[~(np.abs(X) < 1000)] = np.nan
    assert np.abs(pack.contributions(X).sum(axis=1) + pack.base - pack.score(X)).max() < 1e-12


@pytest.mark.slow
def test_the_phones_engine_scores_every_hostile_row_to_the_last_byte(phone):
    X = hostile_rows(seed=5)
    packs = {shape: export(hybrid(shape), version=shape) for shape in SHAPES}
    for shape, data in packs.items():
        phone.ask_scores(shape, data, X)
    phone.run()
    for shape, data in packs.items():
        pack = Pack.load(data)
        with np.errstate(invalid="ignore"):  # infinity times a weight, and infinities that meet
            assert bits(phone.answer(shape, "scores")) == bits(pack.score(X)), shape
            added = np.column_stack([pack.contributions(X[:1000]), np.full(1000, pack.base)])
        assert bits(phone.answer(shape, "contributions")[: added.size]) == bits(added.ravel()), shape


@pytest.mark.slow
def test_models_of_chance_score_alike_in_lightgbm_in_python_and_on_the_phone(node_is_here, tmp_path):
    """`python -m tests.ml.artifact.chance_models` tries hundreds."""
    assert compare([chance_case(seed) for seed in range(12)], tmp_path / "phone") == []


def test_a_tree_of_one_leaf_before_others_shifts_none_of_their_leaves():
    one_leaf, stump = [[], [], [], [], [], [0.25], [], []], [[0], [1.0], [8], [-1], [-2], [10.0, 20.0], [15.0], []]
    forest = forest_of([one_leaf, stump, one_leaf, stump], columns=1)
    assert forest.score(np.array([[1.0], [2.0]])).tolist() == [20.5, 40.5]
    assert forest.base == 30.5
    assert forest.contributions(np.array([[1.0], [2.0]])).tolist() == [[-10.0], [10.0]]


def test_a_set_without_a_category_sends_every_row_right():
    stump = [[0], [0.0], [1], [-1], [-2], [10.0, 20.0], [15.0], [[]]]
    assert forest_of([stump], columns=1).score(np.array([[0.0], [1.0], [np.nan]])).tolist() == [20.0, 20.0, 20.0]


def test_the_mean_of_several_seeds_is_one_forest_with_its_own_bytes():
    boosters = [hybrid("numeric", trees=20, seed=seed).booster_ for seed in (1, 2, 3)]
    averaged = average(boosters)
    data = export(Hybrid(np.zeros(COLUMNS), 0.0, averaged, np.zeros(COLUMNS)), version="v1")
    X = hostile_rows(seed=6, count=2000)
    scores = Pack.load(data).forest.score(X)
    assert scores.tobytes() == averaged.predict(X, raw_score=True, num_threads=1).tobytes()
    each = [booster.predict(X, raw_score=True, num_threads=1) for booster in boosters]
    assert np.abs(scores - np.mean(each, axis=0)).max() < 1e-12
