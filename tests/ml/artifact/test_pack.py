import gzip
import hashlib
import json

import lightgbm
import numpy as np
import pytest

from ml.arrays import linear
from ml.features import FEATURE_NAMES, schema_hash
from ml.models.artifact import RULES_WEIGHTS, ExportError, export, packed, rules_document
from ml.models.model_text import ModelTextError, trees_of
from ml.models.walker import Pack, PackError
from tests.ml.artifact.models import COLUMNS, Hybrid, hybrid, rows


@pytest.fixture(scope="module")
def data():
    return export(hybrid("numeric", trees=20), version="v1", as_of="2026-11-01")


def changed(data, **changes):
    return packed(json.loads(gzip.decompress(data)) | changes)


def slug_of(data, **expected):
    with pytest.raises(PackError) as caught:
        Pack.load(data, **expected)
    return caught.value.slug


def test_a_pack_says_what_it_is(data):
    pack = Pack.load(data, version="v1", sha256=hashlib.sha256(data).hexdigest())
    assert (pack.version, pack.as_of, pack.document["schema"]) == ("v1", "2026-11-01", schema_hash())


def test_the_same_ranker_gives_the_same_bytes(data):
    assert export(hybrid("numeric", trees=20), version="v1", as_of="2026-11-01") == data


def test_a_realistic_pack_is_small():
    assert len(export(hybrid("numeric", trees=150), version="v1")) < 100_000


def test_a_damaged_cut_or_lengthened_pack_is_corrupt(data):
    middle = len(data) // 2
    damaged = data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
    for wrong in (damaged, data[:-10], data + b"more", b"", b"{}", gzip.compress(b"not json")):
        assert slug_of(wrong) == "pack-corrupt"


def test_a_pack_that_unfolds_without_end_is_refused_unread():
    assert slug_of(gzip.compress(b" " * 9_000_000)) == "pack-too-large"


def test_a_pack_other_than_the_announced_one_is_refused(data):
    assert slug_of(data, sha256="00") == "pack-not-as-announced"
    assert slug_of(data, version="v2") == "pack-renamed"


def test_a_pack_for_another_ranker_is_refused(data):
    assert slug_of(changed(data, language="00")) == "pack-schema"
    assert slug_of(changed(data, format="kith-pack/2")) == "pack-schema"
    assert slug_of(gzip.compress(b"[]")) == "pack-schema"


@pytest.mark.parametrize(
    "changes",
    [
        {"trees": [[[0], [1.0], [2], [0], [-1], [1.0, 2.0], [0.0], []]]},  # a circle
        {"trees": [[[0], [1.0], [2], [-1], [-1], [1.0, 2.0], [0.0], []]]},  # a leaf twice
        {"trees": [[[99], [1.0], [2], [-1], [-2], [1.0, 2.0], [0.0], []]]},  # a column that is no feature
        {"trees": [[[0], [1.0], [1], [-1], [-2], [1.0, 2.0], [0.0], []]]},  # a set of categories that is not there
        {"values": [["x", ["no_such_operation", 1]]]},
        {"features": [["x", "need", "no_such_value"]]},
        {"linear": {"weights": [1], "means": [1], "intercept": 0}},
        {"rules": None},
    ],
)
def test_a_pack_that_does_not_hang_together_is_malformed(data, changes):
    assert slug_of(changed(data, **changes)) == "pack-malformed"


def test_a_ranker_of_other_features_cannot_be_exported():
    with pytest.raises(ExportError, match="3 weights"):
        export(Hybrid(np.zeros(3), 0.0, None, np.zeros(3)), version="v1")


def test_a_tree_of_too_many_leaves_cannot_be_exported():
    X = rows(1)
    booster = lightgbm.train(
        {"num_leaves": 65, "min_data_in_leaf": 1, "verbosity": -1, "num_threads": 1},
        lightgbm.Dataset(X, np.nan_to_num(X[:, 0])), 1,
    )  # fmt: skip
    with pytest.raises(ExportError, match="65 leaves"):
        export(Hybrid(np.zeros(COLUMNS), 0.0, booster, np.zeros(COLUMNS)), version="v1")


def test_linear_trees_and_a_text_without_trees_are_refused():
    X = rows(1)
    booster = lightgbm.train(
        {"linear_tree": True, "verbosity": -1, "num_threads": 1}, lightgbm.Dataset(X, np.nan_to_num(X[:, 0])), 2
    )
    with pytest.raises(ModelTextError, match="linear trees"):
        trees_of(booster.model_to_string())
    with pytest.raises(ModelTextError, match="no trees"):
        trees_of("end of trees")


def test_a_ranker_without_trees_is_its_linear_part():
    ranker = Hybrid(np.arange(COLUMNS) / 7, 0.5, None, np.zeros(COLUMNS))
    pack, X = Pack.load(export(ranker, version="v1")), rows(3, 20)
    assert pack.score(X).tobytes() == linear(X, ranker.weights_, 0.5).tobytes()


def test_the_rules_weigh_features_that_exist_and_put_a_better_answer_first():
    assert set(RULES_WEIGHTS) <= set(FEATURE_NAMES)
    X = np.zeros((2, COLUMNS))
    X[:, FEATURE_NAMES.index("main_fit")] = [2, 4]
    worse, better = Pack.rules().score(X)
    assert better - worse == 2.0
    assert rules_document()["version"] == "rules"


def test_the_linear_sum_goes_from_left_to_right_and_skips_what_is_missing():
    X = np.array([[1e16, 1.0, -1e16], [np.nan, 2.0, np.nan]])
    assert linear(X, np.ones(3), 0.0).tolist() == [0.0, 2.0]  # 1e16 + 1 loses the 1; another order would keep it
    with pytest.raises(ValueError, match="3 columns, 2 weights"):
        linear(X, np.ones(2), 0.0)


def test_a_pack_that_is_too_large_is_refused_with_its_size():
    ranker = Hybrid(np.zeros(COLUMNS), 0.0, None, np.zeros(COLUMNS))
    long = np.random.default_rng(1).bytes(110_000).hex()
    with pytest.raises(ExportError, match=r"the pack has 1\d\d kB gzipped; phones take 100 kB at most"):
        export(ranker, version=long)
