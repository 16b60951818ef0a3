import numpy as np
import pytest

from ml.models.artifact import ExportError, export
from ml.models.calibration import Calibration
from ml.models.walker import Pack
from tests.ml.artifact.models import COLUMNS, Hybrid

MAP = {"scores": [-1.0, 0.0, 2.0], "chances": [0.125, 0.25, 0.75]}


def chances(scores, parts=MAP):
    return Calibration.of(parts).chance(np.array(scores, dtype=np.float64)).tolist()


def test_between_breakpoints_a_chance_lies_on_a_straight_line():
    assert chances([-1.0, -0.5, 0.0, 0.5, 1.0, 2.0]) == [0.125, 0.1875, 0.25, 0.375, 0.5, 0.75]


def test_below_and_above_all_breakpoints_the_chance_is_that_of_the_nearest():
    assert chances([-np.inf, -1e300, -1.5, 2.5, 1e300, np.inf]) == [0.125, 0.125, 0.125, 0.75, 0.75, 0.75]


def test_a_score_that_is_no_number_has_no_chance():
    assert np.isnan(chances([np.nan])).all()


def test_one_breakpoint_gives_every_score_its_chance():
    assert chances([-5.0, 1.0, 5.0], {"scores": [1.0], "chances": [0.5]}) == [0.5, 0.5, 0.5]


def test_a_better_score_never_has_a_smaller_chance_and_none_leaves_its_bounds():
    rng = np.random.default_rng(1)
    for _ in range(20):
        points = np.unique(np.round(rng.normal(size=12), 2))
        parts = {"scores": points.tolist(), "chances": np.sort(rng.random(len(points))).tolist()}
        drawn = rng.normal(size=200)
        scores = np.sort(np.concatenate([drawn, points, np.nextafter(points, -9), np.nextafter(points, 9)]))
        found = np.array(chances(scores, parts))
        assert (np.diff(found) >= 0).all()
        assert found.min() >= parts["chances"][0]
        assert found.max() <= parts["chances"][-1]


@pytest.mark.parametrize(
    "parts",
    [
        {"scores": [0.0, 0.0], "chances": [0.1, 0.2]},
        {"scores": [1.0, 0.0], "chances": [0.1, 0.2]},
        {"scores": [0.0, 1.0], "chances": [0.2, 0.1]},
        {"scores": [0.0, 1.0], "chances": [0.2, 1.1]},
        {"scores": [0.0, 1.0], "chances": [-0.1, 0.2]},
        {"scores": [0.0, 1.0], "chances": [0.2]},
        {"scores": [0.0, np.nan], "chances": [0.2, 0.3]},
        {"scores": [-1e308, 1e308], "chances": [0.2, 0.3]},
        {"scores": [], "chances": []},
    ],
)
def test_what_does_not_rise_cannot_be_exported(parts):
    with pytest.raises(ExportError, match="calibration"):
        export(Hybrid(np.zeros(COLUMNS), 0.0, None, np.zeros(COLUMNS)), version="v1", calibration=parts)


def test_a_pack_gives_the_chance_of_its_scores_and_none_when_nobody_fitted_that():
    ranker = Hybrid(np.zeros(COLUMNS), 0.5, None, np.zeros(COLUMNS))
    pack = Pack.load(export(ranker, version="v1", calibration=MAP))
    assert pack.chance(pack.score(np.zeros((1, COLUMNS)))).tolist() == [0.375]
    assert Pack.load(export(ranker, version="v1")).chance(np.zeros(1)) is None
