"""The comparison over worlds, as the figures use it: several processes, dials turned, positions untold."""

import pytest
from click.testing import CliRunner

from ml.cli.judging import ndcg
from ml.training.comparison import BLIND, OURS, compare


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--dials", "flat"], "There is no world 'flat'"), (["--seeds", "one"], "whole numbers divided by commas")],
)
def test_a_world_that_there_is_not_is_refused_before_any_work(arguments, said):
    refused = CliRunner().invoke(ndcg, arguments)

    assert refused.exit_code == 2
    assert said in " ".join(refused.output.replace("│", " ").split())


@pytest.mark.slow
def test_worlds_measured_two_at_a_time_give_the_same_figures_and_dials_reach_them():
    asked = {"rankers": (OURS, BLIND), "settings": {"bias": 0.0}}
    alone = compare(["additive"], [21, 22], 300, **asked)
    together = compare(["additive"], [21, 22], 300, **asked, jobs=2)
    usual = compare(["additive"], [21], 300, rankers=(OURS,))

    assert together == alone
    assert set(alone["dials"]["additive"]["quality"]) == {"distance", "popularity", "rules", OURS, BLIND}
    assert alone["settings"] == {"bias": 0.0}
    assert usual["worlds"][0]["queries_learned"] != alone["worlds"][0]["queries_learned"]
