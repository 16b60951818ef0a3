"""Each planted bug is caught, or the simulator would be blind to its like."""

import pytest

from server.simulation.many_mutants import hunt_one
from server.simulation.mutants import MUTANTS, Mutant
from server.simulation.run import play_seed
from server.storage.memory import MemoryStore

#: Worlds in which each bug is sought; `kith simulate --mutants` says in how many of them it shows.
SEEDS = range(400)


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_caught(mutant: Mutant) -> None:
    caught = hunt_one(mutant, SEEDS, enough=1)
    assert caught.caught, f"{mutant.name} went unseen in {caught.seeds} worlds"


def test_a_planted_bug_is_gone_afterwards() -> None:
    caught = hunt_one(MUTANTS[0], SEEDS, enough=1)
    assert caught.first is not None
    assert play_seed(caught.first, MemoryStore()).promise == ""
