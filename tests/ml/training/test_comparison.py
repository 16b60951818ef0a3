"""The figure that the matcher is held to, on small worlds; the full table is in docs/matcher-results.md."""

import pytest

from ml.training.comparison import as_markdown, compare


@pytest.mark.slow
def test_the_hybrid_is_far_above_plain_orders_against_the_truth_and_the_table_repeats():
    told = []
    found = compare(["additive", "hard"], [21], 1000, progress=told.append)
    for dial in ("additive", "hard"):
        mean = found["dials"][dial]["mean_of_seeds"]
        assert mean["hybrid"] > 0.68
        assert mean["hybrid"] > mean["rules"] + 0.08
        assert mean["hybrid"] > max(mean["distance"], mean["popularity"]) + 0.15
        assert mean["hybrid"] > max(mean["logistic"], mean["lightgbm"]) - 0.04
    assert told == ["World additive, seed 21", "World hard, seed 21"]
    assert as_markdown(found).count("| hybrid |") == 3
    assert compare(["additive"], [21], 1000)["worlds"][0] == found["worlds"][0]
