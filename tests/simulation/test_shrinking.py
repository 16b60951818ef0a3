"""A failing script becomes small, and still says what is wrong, who did it and how to see it again."""

import pytest
from click.testing import CliRunner

from server.simulation.cli import simulate
from server.simulation.model import Plan
from server.simulation.mutants import MUTANTS
from server.simulation.run import Result, play
from server.simulation.script import make_plan
from server.simulation.shrink import shrink
from server.storage.memory import MemoryStore

DROPPED = next(mutant for mutant in MUTANTS if mutant.name == "poison-batch")


def failing() -> tuple[Plan, Result]:
    plans = (make_plan(seed) for seed in range(50))
    return next((plan, result) for plan in plans if (result := play(plan, MemoryStore())).promise)


@pytest.mark.slow
def test_a_failing_script_shrinks_to_a_few_deeds() -> None:
    with DROPPED.planted():
        plan, result = failing()
        fewer, small = shrink(plan, lambda one: play(one, MemoryStore()), result.promise)
    assert small.promise == result.promise == "POISON-ISOLATED"
    assert len(fewer.deeds) <= 3 < len(plan.deeds)
    assert set(fewer.deeds) <= set(plan.deeds)
    assert any("poison" in line for line in small.trace)


@pytest.mark.slow
def test_the_command_names_promise_seed_and_how_to_play_it_again() -> None:
    with DROPPED.planted():
        plan, _ = failing()
        arguments = ["--store", "memory", "--from", str(plan.seed), "--seeds", "1", "--jobs", "1"]
        done = CliRunner().invoke(simulate, arguments)
    assert done.exit_code == 1
    assert "POISON-ISOLATED" in done.output
    assert f"again: kith simulate --from {plan.seed} --seeds 1 --store memory" in done.output
    assert CliRunner().invoke(simulate, arguments).exit_code == 0
