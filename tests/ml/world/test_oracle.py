from collections import Counter

import numpy as np
import pytest

from ml.features import eligible, matrix
from ml.training.tables import TableError
from ml.training.world.oracle import grade, read_oracle


def test_twenty_candidates_are_graded_by_hand():
    utility = np.arange(20.0)  # the last is best: 5 % is one, 15 % three, 30 % six, 50 % ten

    assert grade(utility).tolist() == [0] * 10 + [1] * 4 + [2] * 3 + [3] * 2 + [4]


def test_shares_are_rounded_up_to_whole_candidates():
    assert Counter(grade(np.array([3.0, 1.0, 2.0])).tolist()) == {4: 1, 1: 1, 0: 1}


def test_every_query_has_a_best_candidate(truth):
    starts = np.cumsum(truth.query_sizes) - truth.query_sizes

    assert (np.maximum.reduceat(truth.relevance, starts) == 4).all()
    assert truth.query_sizes.sum() == truth.utility.size


def test_every_candidate_is_one_that_the_rules_let_through(truth):
    assert eligible(truth.inputs).all()
    assert np.isfinite(matrix(truth.inputs)[:, 0]).all()


def test_the_logged_slate_lies_within_the_candidates(truth, documents):
    first = slice(0, truth.query_sizes[0])
    shown = {
        item: place for item, place in zip(truth.item_ids[first], truth.position[first], strict=True) if place >= 0
    }
    slate = documents["exposure"][truth.exposure_ids[0]]["items"]

    assert shown == {item["id"]: item["position"] for item in slate}


def test_the_inputs_of_the_truth_are_those_that_were_logged(truth, documents):
    starts = np.cumsum(truth.query_sizes) - truth.query_sizes
    for query, exposure in enumerate(truth.exposure_ids):
        logged = {item["id"]: item["inputs"] for item in documents["exposure"][exposure]["items"]}
        for row in range(starts[query], starts[query] + truth.query_sizes[query]):
            for name, value in logged.get(truth.item_ids[row], {}).items():
                assert truth.inputs[name][row] == value


def test_where_there_is_no_oracle_the_reader_says_so(tmp_path):
    with pytest.raises(TableError, match="no made-up world"):
        read_oracle(tmp_path)
