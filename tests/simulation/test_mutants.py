"""Each planted bug is caught, or the simulator would be blind to its like."""

import pytest

from server.simulation.many_mutants import hunt_one
from server.simulation.mutants import MUTANTS, Mutant
from server.simulation.run import play_seed
from server.storage.memory import MemoryStore

#: Seeds in which each bug is known to show; the table of all is `kith simulate --mutants`.
KNOWN: dict[str, int] = {}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_caught(mutant: Mutant) -> None:
    first = KNOWN.get(mutant.name, 0)
    caught = hunt_one(mutant, range(first, first + 400), enough=1)
    assert caught.caught, f"{mutant.name} went unseen in {caught.seeds} worlds"


def test_a_planted_bug_is_gone_afterwards() -> None:
    seed = KNOWN.get("no-receipts", 0)
    hunt_one(next(mutant for mutant in MUTANTS if mutant.name == "no-receipts"), range(seed, seed + 1))
    assert play_seed(seed, MemoryStore()).promise == ""
