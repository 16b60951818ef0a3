"""Plant each bug in turn and see which promise catches it, in how many worlds."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from server.simulation.mutants import MUTANTS, Mutant
from server.simulation.run import STANDS, play_seed
from server.simulation.stores import Stores


@dataclass(frozen=True, slots=True)
class Caught:
    """How a mutant fared. promises : promise → worlds in which it broke first. first : seed, None for never."""

    name: str
    what: str
    promises: Counter[str]
    seeds: int
    first: int | None

    @property
    def caught(self) -> int:
        """In how many worlds some promise broke."""
        return sum(self.promises.values())


def hunt(first: int, seeds: int, jobs: int) -> Iterator[Caught]:
    """Play worlds with each mutant."""
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_hunt_named, [(mutant.name, first, seeds) for mutant in MUTANTS])


def _hunt_named(asked: tuple[str, int, int]) -> Caught:
    name, first, seeds = asked
    return hunt_one(next(mutant for mutant in MUTANTS if mutant.name == name), range(first, first + seeds))


def hunt_one(mutant: Mutant, seeds: range, enough: int | None = None) -> Caught:
    """Play worlds with one mutant. enough : how many catches will do, None for all seeds."""
    stores, promises, first = Stores("memory"), Counter[str](), None
    played = 0
    with mutant.planted():
        for seed in seeds:
            played += 1
            result = play_seed(seed, stores.next())
            if result.promise == STANDS:  # the bug does not fit the server any more, which proves nothing
                raise RuntimeError(f"{mutant.name} breaks the server instead: {result.detail}")
            if result.promise:
                promises[result.promise] += 1
                first = seed if first is None else first
                if enough and sum(promises.values()) >= enough:
                    break
    stores.close()
    return Caught(mutant.name, mutant.what, promises, played, first)
