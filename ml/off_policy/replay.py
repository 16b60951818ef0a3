"""Logs drawn again and again in a made-up world, where the value of every order is known.

The world's own behaviour (`ml.training.world.behaviour`) is replayed on its truth: which slate is shown, what is
looked at, what is chosen and what comes of it. Only benchmarks and tests read this; no estimator does.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.features import matrix
from ml.models.slates import MOST_RELEVANT
from ml.off_policy.placing import as_logged, drawn_by_chance
from ml.off_policy.slates import LoggedSlates, Reward
from ml.training.world import behaviour
from ml.training.world.oracle import Oracle

_SWAP: Final = 0.1


@dataclass(frozen=True, slots=True)
class KnownWorld:
    """Candidates of many queries with their true merit, and the order by which the log shows them.

    X : shape (n_rows, n_features). merit, habit : (n_rows,), merit in deviations. starts, sizes, group : (n_queries,).
    explore : share of slates drawn at random; below 0 slates are in the order of habit with a tenth swapped.
    """

    X: FloatArray
    merit: FloatArray
    habit: FloatArray
    starts: IntArray
    sizes: IntArray
    group: IntArray
    explore: float = behaviour.EXPLORED

    @property
    def policy(self) -> str:
        """The name of the policy that logs."""
        return f"habit-explore-{round(100 * self.explore)}" if self.explore >= 0 else "rules-swap10"


def known_world(oracle: Oracle, habit: FloatArray, *, explore: float = behaviour.EXPLORED) -> KnownWorld:
    """Read the truth. habit : shape (n_rows,), the logging order's score of each candidate, the same ones as there."""
    merit = (oracle.utility - oracle.utility.mean()) / oracle.utility.std()
    starts = np.cumsum(oracle.query_sizes) - oracle.query_sizes
    full = oracle.query_sizes >= behaviour.SLATE
    apart = habit + 1e-9 * np.arange(habit.size)
    return KnownWorld(
        matrix(oracle.inputs), merit, apart, starts[full], oracle.query_sizes[full], oracle.group[full], explore
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """Slates of ten. rows, propensity : shape (n_slates, 10), candidates in the order shown. group : (n_slates,)."""

    rows: IntArray
    propensity: FloatArray
    group: IntArray


def show(world: KnownWorld, rng: np.random.Generator, slates: int, *, drawn_only: bool = False) -> Shown:
    """Show slates of queries drawn with replacement. drawn_only : none by habit, as the target of ``placed`` has it."""
    queries = rng.integers(0, world.sizes.size, slates)
    made = [_slate(world, rng, int(query), drawn_only) for query in queries]
    return Shown(np.stack([rows for rows, _ in made]), np.stack([chance for _, chance in made]), world.group[queries])


def answer(world: KnownWorld, rng: np.random.Generator, shown: Shown, reward: Reward) -> tuple[BoolArray, FloatArray]:
    """What is chosen of each slate and what it earns, shape (n_slates, 10): `behaviour` for many slates at once."""
    merit = world.merit[shown.rows]
    fall = behaviour.ATTENTION + behaviour.FASTER * shown.group[:, None]
    seen = rng.random(merit.shape) < (1.0 + np.arange(merit.shape[1])) ** -fall
    liked = seen & (rng.random(merit.shape) < 1.0 / (1.0 + np.exp(-1.8 * (merit - 1.1))))
    wish = np.where(liked, merit + rng.normal(0.0, 0.3, merit.shape), -np.inf)
    rank = np.argsort(np.argsort(-wish, axis=1), axis=1)
    chosen = liked & (rank < behaviour.MOST_CHOICES)
    if reward == "chosen":
        return chosen, chosen.astype(np.float64)
    grade = np.searchsorted(behaviour.OUTCOME_STEPS, merit + rng.normal(0.0, 0.6, merit.shape))
    return chosen, np.where(chosen, grade / MOST_RELEVANT, 0.0)


def draw_log(
    world: KnownWorld, rng: np.random.Generator, slates: int, reward: Reward = "chosen"
) -> tuple[LoggedSlates, IntArray]:
    """A log as an estimator reads it, and the candidate of each of its rows, shape (n_rows,)."""
    shown = show(world, rng, slates)
    chosen, earned = answer(world, rng, shown, reward)
    position = np.tile(np.arange(behaviour.SLATE), slates)
    places = np.arange(behaviour.SLATE)
    tables = [as_logged(world.policy, one, places, behaviour.SLATE) for one in shown.propensity]
    table = np.concatenate([one for one in tables if one is not None])
    sizes = np.full(slates, behaviour.SLATE)
    rows = shown.rows.ravel()
    by_chance = drawn_by_chance(table, position, sizes)
    return LoggedSlates(
        world.X[rows], earned.ravel(), chosen.ravel(), position, table, sizes, by_chance, {}
    ), rows  # fmt: skip


def true_value(
    world: KnownWorld, score: FloatArray, *, seed: int, reward: Reward = "chosen", drawn_only: bool = False,
    slates: int = 20_000, answers: int = 10,
) -> float:  # fmt: skip
    """What a slate earns on average when what it holds stands in the order of `score`, one of each candidate."""
    rng = np.random.default_rng(seed)
    shown = show(world, rng, slates, drawn_only=drawn_only)
    order = np.argsort(-score[shown.rows], axis=1, kind="stable")
    placed = Shown(np.take_along_axis(shown.rows, order, axis=1), shown.propensity, shown.group)
    return float(np.mean([answer(world, rng, placed, reward)[1].sum(axis=1).mean() for _ in range(answers)]))


def _slate(world: KnownWorld, rng: np.random.Generator, query: int, drawn_only: bool) -> tuple[IntArray, FloatArray]:
    first, size = int(world.starts[query]), int(world.sizes[query])
    habit = world.habit[first : first + size]
    if world.explore < 0:
        return _swapped(rng, first, habit)
    share = 1.0 if drawn_only else world.explore
    slate = behaviour.draw_slate(rng, np.arange(first, first + size), habit, share)
    return slate.rows, slate.propensities


def _swapped(rng: np.random.Generator, first: int, habit: FloatArray) -> tuple[IntArray, FloatArray]:
    """The ten best by habit, with a tenth's chance of one neighbouring pair swapped."""
    size = behaviour.SLATE
    rank = np.arange(size)
    if rng.random() < _SWAP:
        upper = int(rng.integers(size - 1))
        rank[[upper, upper + 1]] = rank[[upper + 1, upper]]
    each = _SWAP / (size - 1)
    pairs = np.where((rank == 0) | (rank == size - 1), 1, 2)
    chance = np.where(rank != np.arange(size), each, 1.0 - each * pairs)
    return first + np.argsort(-habit, kind="stable")[:size][rank], chance
