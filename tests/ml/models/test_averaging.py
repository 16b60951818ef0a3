"""Several boosters as one model."""

import lightgbm
import numpy as np
import pytest

from ml.models.averaging import average
from ml.models.model_text import trees_of
from ml.models.trees import LightGBMRanker, model_text, predict
from tests.ml.models.conftest import make_slates

QUICK = {"trees": 12, "min_data_in_leaf": 40}


@pytest.fixture(scope="module")
def made():
    return make_slates(21, queries=120)


def learn(made, seed, seeds=1):
    ranker = LightGBMRanker(seed=seed, parameters=QUICK | {"seeds": seeds})
    return ranker.fit(made.X, made.y, made.query_sizes, position=made.position)


def test_the_average_of_two_stumps_is_worked_out_by_hand():
    X, label = np.repeat([[0.0], [1.0]], 10, axis=0), np.repeat([0.0, 1.0], 10)
    settings = {"objective": "regression", "min_data_in_leaf": 1, "verbosity": -1, "boost_from_average": False}
    slow, fast = (
        lightgbm.train(settings | {"learning_rate": rate}, lightgbm.Dataset(X, label), 1) for rate in (0.25, 0.75)
    )
    assert fast.predict([[1.0]]).tolist() == pytest.approx([0.75])
    assert average([slow, fast]).predict([[0.0], [1.0]]).tolist() == pytest.approx([0.0, 0.5])


def test_averaged_seeds_score_as_the_mean_of_their_models(made):
    averaged = learn(made, 1, seeds=3)
    alone = [learn(made, 1 + 7919 * number) for number in range(3)]
    mean = np.mean([ranker.score(made.X) for ranker in alone], axis=0)
    assert averaged.score(made.X) == pytest.approx(mean, abs=1e-12)
    assert len(trees_of(model_text(averaged.booster_))) == 36


def test_an_average_is_a_model_like_any_other(made):
    averaged = learn(made, 2, seeds=2).booster_
    again = lightgbm.Booster(model_str=model_text(averaged))
    assert predict(again, made.X).tobytes() == predict(averaged, made.X).tobytes()
    assert model_text(again) == model_text(averaged)
    added = averaged.predict(made.X[:9], pred_contrib=True).sum(axis=1)
    assert added == pytest.approx(averaged.predict(made.X[:9], raw_score=True))


def test_one_booster_is_its_own_average_and_none_has_no_average(made):
    alone = learn(made, 3).booster_
    assert average([alone]) is alone
    with pytest.raises(ValueError, match="no booster"):
        average([])


def test_the_models_of_neighbouring_seeds_have_none_in_common(made):
    first, second = (model_text(learn(made, seed, seeds=2).booster_) for seed in (1, 2))
    leaves = [{tree.leaf.tobytes() for tree in trees_of(text)} for text in (first, second)]
    assert not leaves[0] & leaves[1]
