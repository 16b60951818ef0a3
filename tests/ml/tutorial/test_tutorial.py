"""docs/tutorials/retrain.md does what it says: every command runs, in order, and prints what the page shows."""

import pytest

from tests.ml.tutorial.walk import PAGE, alike, run, steps

#: On another machine last bits may order two features otherwise; a page that is stale differs by far more.
ENOUGH = 0.9


def test_the_page_has_steps_and_most_show_what_they_print():
    found = steps(PAGE.read_text("utf-8"))
    assert len(found) >= 10
    assert sum(step.prints is not None for step in found) >= 8


def test_figures_may_differ_and_words_may_not():
    one, other = "NDCG 0.61 (+0.01), version 2026-05-01-0a1b2c3d", "NDCG 0.62 (-0.30), version 2026-11-02-ffffffff"
    assert alike(one, other) == 1
    assert alike("it serves", "it does not serve at all") < ENOUGH


@pytest.mark.slow
def test_the_tutorial_runs_from_an_export_to_a_promotion(tmp_path):
    for step in steps(PAGE.read_text("utf-8")):
        printed = run(step, tmp_path)
        if step.prints is not None:
            assert alike(printed, step.prints) >= ENOUGH, f"stale; python -m tests.ml.tutorial.walk mends it\n{printed}"
    assert (tmp_path / "here" / "models" / "champion").exists()
