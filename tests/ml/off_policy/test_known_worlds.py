"""Estimates beside the known value of an order in a made-up world; benchmarks/matcher/off_policy.py has the table."""

import numpy as np
import pytest

from ml.features import FEATURE_NAMES, matrix
from ml.models.baselines import baselines
from ml.off_policy import placing, replay, valuing
from ml.training.world import behaviour, make_world
from ml.training.world.oracle import read_oracle

SEED = 21
REPLICATIONS = 16


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    print(f"seed {SEED}")
    folder = tmp_path_factory.mktemp("world")
    make_world(folder, seed=SEED, referrals=400, dial="additive")
    oracle = read_oracle(folder)
    X = matrix(oracle.inputs)
    return replay.known_world(oracle, baselines(FEATURE_NAMES)["rules"].score(X))


@pytest.mark.slow
def test_replayed_answers_are_those_of_the_world(world):
    """Many slates at once must be answered as `behaviour` answers one."""
    rng = np.random.default_rng(SEED)
    shown = replay.show(world, rng, 3000)
    chosen, _ = replay.answer(world, rng, shown, "chosen")
    expected = np.zeros(shown.rows.shape)
    for number, (rows, group) in enumerate(zip(shown.rows, shown.group, strict=True)):
        seen = np.flatnonzero(behaviour.examined(rng, rows.size, int(group)))
        expected[number, behaviour.choose(rng, seen, world.merit[rows][seen])] = 1
    error = 3 * np.sqrt(2 * 0.25 / 3000)
    assert np.abs(chosen.mean(axis=0) - expected.mean(axis=0)).max() < error
    assert chosen.sum(axis=1).max() <= behaviour.MOST_CHOICES


@pytest.mark.slow
def test_the_doubly_robust_estimate_recovers_the_value_that_the_naive_mean_misses(world):
    rng = np.random.default_rng(SEED)
    score = world.merit + rng.normal(0, 0.5, world.merit.size)
    truth = replay.true_value(world, score, seed=SEED, reward="outcome", slates=4000)
    found, naive = [], []
    for replication in range(REPLICATIONS):
        slates, rows = replay.draw_log(world, np.random.default_rng((SEED, replication)), 1200, "outcome")
        log = valuing.ready(slates)
        value = valuing.value_of(log, placing.by_score(score[rows], slates.position, slates.query_sizes))
        assert value.weights.ess >= 400
        found.append(valuing.interval_of(log, value, "dr", seed=replication))
        naive.append(valuing.naive(log, 1).mean)
    error = np.sqrt(np.mean([(one.mean / truth - 1) ** 2 for one in found]))
    missed = np.sqrt(np.mean((np.array(naive) / truth - 1) ** 2))
    covered = np.mean([one.low <= truth <= one.high for one in found])
    print(f"truth {truth:.3f}, relative error {error:.3f}, of the naive mean {missed:.3f}, covered {covered:.2f}")
    assert error <= 0.07
    assert missed > 2 * error
    assert covered >= 0.85
