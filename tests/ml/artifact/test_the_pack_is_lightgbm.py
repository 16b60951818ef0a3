"""The six points by which a pack's score has LightGBM's bits, each with the tests that prove it.

1. Thresholds and leaves from the model text's 17 digits, held as float64:
   `test_what_the_text_says_is_what_the_pack_holds_to_the_last_digit`, and every comparison of bytes.
2. |v| <= fround(1e-35) becomes +0, NaN stays: `test_what_is_nearer_to_nought_than_lightgbms_threshold_is_nought`.
3. decision_type, missing types, default sides:
   `test_each_decision_sends_nought_and_what_is_missing_where_lightgbm_does`.
4. Categories: `test_categories_are_cut_to_whole_numbers_and_looked_up_in_the_words`.
5. One sum a row, in tree order, the linear part from left to right: `test_leaves_are_added_in_the_order_of_the_trees`,
   test_pack.py::test_the_linear_sum_goes_from_left_to_right_and_skips_what_is_missing.
6. Ties by (score descending, id), no early stop, no linear trees:
   `test_scores_go_from_the_highest_and_ties_keep_the_order_of_ids`, ranker/tests/order.test.ts,
   `test_models_that_do_not_simply_add_up_are_refused`.

All of them together, on the phone too: test_bits.py, test_walk.py (golden rows), chance_models.py (hundreds of models).
"""

import json
import math
import zlib

import lightgbm
import numpy as np
import pytest

from ml.models.artifact import export
from ml.models.forest import ZERO
from ml.models.model_text import ModelTextError, trees_of
from ml.models.planting import forest_of
from tests.ml.artifact.models import COLUMNS, Hybrid, hybrid, rows
from tests.ml.artifact.texts import booster_of

RIGHT, LEFT = 20.0, 10.0


def sides(decision, threshold, values, words=()):
    """Where one node sends each value, checked against LightGBM reading the same tree."""
    stump = [[0], [threshold], [decision], [-1], [-2], [LEFT, RIGHT], [15.0], [list(each) for each in words]]
    X = np.array(values, dtype=np.float64)[:, None]
    scores = forest_of([stump], columns=1).score(X)
    assert scores.tobytes() == booster_of([stump], 1).predict(X, raw_score=True).tobytes()
    return "".join("L" if score == LEFT else "R" for score in scores)


def test_what_the_text_says_is_what_the_pack_holds_to_the_last_digit():
    ranker = hybrid("deep", trees=10)
    document = json.loads(zlib.decompress(export(ranker, version="v1"), wbits=31))
    for held, tree in zip(document["trees"], trees_of(ranker.booster_.model_to_string()), strict=True):
        thresholds = [np.inf if value is None else value for value in held[1]]
        assert np.array(thresholds, dtype=np.float64).tobytes() == tree.threshold.tobytes()
        assert np.array(held[5], dtype=np.float64).tobytes() == tree.leaf.tobytes()
    assert any(len(repr(leaf)) >= 19 for tree in document["trees"] for leaf in tree[5])


def test_what_is_nearer_to_nought_than_lightgbms_threshold_is_nought():
    assert float(np.float32(1e-35)) == ZERO == 1.0000000180025095e-35
    beyond = math.nextafter(ZERO, 1)
    assert sides(0, 0.0, [-0.0, 5e-324, 1e-35, ZERO, beyond]) == "LLLLR"
    assert sides(0, -1e-36, [-0.0, -5e-324, -ZERO, -beyond]) == "RRRL"


@pytest.mark.parametrize(
    ("decision", "below", "above"),
    [  # the sides of nought, missing, -1 and 9 where the threshold is -0.5, and where it is 0.5
        (0, "RRLR", "LLLR"),  # missing is nought
        (2, "RRLR", "LLLR"),  # the default side is not asked
        (4, "RRLR", "RRLR"),  # nought is missing and goes right
        (6, "LLLR", "LLLR"),  # nought is missing and goes left
        (8, "RRLR", "LRLR"),  # missing goes right
        (10, "RLLR", "LLLR"),  # missing goes left
    ],
)
def test_each_decision_sends_nought_and_what_is_missing_where_lightgbm_does(decision, below, above):
    values = [0.0, np.nan, -1.0, 9.0]
    assert sides(decision, -0.5, values) == below
    assert sides(decision, 0.5, values) == above


def test_infinite_values_are_compared_like_others():
    assert sides(0, 0.5, [np.inf, -np.inf]) == "RL"
    assert sides(10, None, [np.inf, 1e308, np.nan]) == "LLL"  # an infinite threshold parts only what is missing
    assert sides(8, None, [np.inf, 1e308, np.nan]) == "LLR"


def test_categories_are_cut_to_whole_numbers_and_looked_up_in_the_words():
    words = [[0b101, 1 << 31]]  # 0, 2 and 63
    assert sides(1, 0, [0.0, 1.0, 2.0, 63.0, 64.0, 1e9], words) == "LRLLRR"
    assert sides(1, 0, [0.9, -0.9, 2.5, -1.0, np.nan], words) == "LLLRR"
    assert sides(1, 0, [2.0**31, 2.0**31 + 2, 2.0**32, 2.0**32 + 2, 1e300, np.inf, -np.inf], words) == "RRRRRRR"


def test_leaves_are_added_in_the_order_of_the_trees():
    trees = [[[], [], [], [], [], [leaf], [], []] for leaf in (1e16, 1.0, -1e16, 1.0)]
    assert forest_of(trees, columns=1).score(np.zeros((1, 1))).tolist() == [1.0]  # 1e16 + 1 loses the 1
    otherwise = [trees[1], trees[3], trees[0], trees[2]]
    assert forest_of(otherwise, columns=1).score(np.zeros((3, 1))).tolist() == [2.0, 2.0, 2.0]
    assert booster_of(trees, 1).predict(np.zeros((1, 1)), raw_score=True).tolist() == [1.0]


def test_scores_go_from_the_highest_and_ties_keep_the_order_of_ids():
    """As `server.recommend` sorts rows that come in order of id; ranker/tests/order.test.ts has the same order."""
    by_id = {"a": 1, "b": -np.inf, "c": 0, "d": np.inf, "e": -0.0, "f": np.nan, "g": np.inf, "h": np.nan, "i": 0}
    order = np.argsort(-np.array(list(by_id.values()), dtype=np.float64), kind="stable")
    assert [list(by_id)[place] for place in order] == list("dgaceibfh")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"boosting": "rf", "bagging_fraction": 0.5, "bagging_freq": 1}, "mean of its trees"),
        ({"objective": "multiclass", "num_class": 3}, "several classes"),
        ({"linear_tree": True}, "linear trees"),
    ],
)
def test_models_that_do_not_simply_add_up_are_refused(settings, said):
    X = rows(1)
    y = np.nan_to_num(X[:, 0]) % 3 // 1
    booster = lightgbm.train({"verbosity": -1, "num_threads": 1, **settings}, lightgbm.Dataset(X, y), 2)
    with pytest.raises(ModelTextError, match=said):
        export(Hybrid(np.zeros(COLUMNS), 0.0, booster, np.zeros(COLUMNS)), version="v1")
