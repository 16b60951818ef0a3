import random
from dataclasses import replace

import numpy as np
import pytest

from ml.features.parts import Feature
from ml.features.people import PEOPLE
from ml.features.volunteers import VOLUNTEERS
from ml.models.pack_shape import ARGUMENTS, ON_TABLES
from tests.ml.artifact.phone import bits

#: Figures of each kind that inputs have, and numbers that engines are known to disagree on.
ORDINARY = (
    lambda rng, n: rng.integers(0, 2, n),
    lambda rng, n: rng.integers(0, 40, n),
    lambda rng, n: rng.integers(-30, 400, n),
    lambda rng, n: rng.integers(0, 2**31, n),
    lambda rng, n: 1 << rng.integers(0, 31, n),
    lambda rng, n: rng.integers(520_000, 640_000, n),
    lambda rng, n: np.round(rng.gamma(2, 3, n), 1),
)
HOSTILE = np.array(
    [np.nan, -0.0, 5e-324, -5e-324, 1e-35, -1e-35, np.inf, -np.inf, 0.5, -0.5, 31.5, -1.0, 2.0**31 - 1, 2.0**31,
     2.0**31 + 0.5, 2.0**32, 2.0**53, -(2.0**31), 1e154, 1e300, -1e300, 1.7976931348623157e308]
)  # fmt: skip
ROWS, AT_ONCE = 100_000, 10_000
PROGRAMS = 600


def inputs_of_chance(features, seed, count):
    """Rows of inputs, shape (count, n_inputs), one in ten missing and one in twenty hostile."""
    rng = np.random.default_rng(seed)
    made = np.empty((count, len(features.inputs)))
    for column in range(made.shape[1]):
        kind = rng.integers(0, len(ORDINARY), count)
        made[:, column] = np.choose(kind, [make(rng, count) for make in ORDINARY])
    made[rng.random(made.shape) < 0.1] = np.nan
    spoilt = rng.random(made.shape) < 0.05
    made[spoilt] = rng.choice(HOSTILE, size=spoilt.sum())
    return made


def program_of_chance(chance, depth, names, tables):
    """A program of any operations, up to `depth` of them inside one another."""
    if depth == 0 or chance.random() < 0.1:
        return chance.choice([chance.choice(names), chance.choice([0, 1, -1, 0.1, 1000, 1e-300])])
    operation = chance.choice([*ARGUMENTS, *ON_TABLES])
    count = ARGUMENTS.get(operation) or ON_TABLES.get(operation) or chance.randint(1, 4)
    first = []
    if operation in ON_TABLES:
        flat = operation == "lookup" and chance.random() < 0.5
        first, count = ["#" + chance.choice(tables[1 if flat else 2])], 1 if flat else count
    return (operation, *first, *(program_of_chance(chance, depth - 1, names, tables) for _ in range(count)))


@pytest.mark.slow
def test_programs_of_chance_give_what_they_give_in_python_to_the_last_byte(phone):
    chance = random.Random(11)
    tables = {axes: [name for name, table in PEOPLE.tables.items() if table.ndim == axes] for axes in (1, 2)}
    programs = [program_of_chance(chance, 4, PEOPLE.inputs, tables) for _ in range(PROGRAMS)]
    features = replace(
        PEOPLE, features=tuple(Feature(f"p{i}", "chance", 0, program) for i, program in enumerate(programs))
    )
    made = inputs_of_chance(features, seed=8, count=1000)
    phone.ask_features("programs", features, made)
    phone.run()
    with np.errstate(all="ignore"):
        X = features.matrix(dict(zip(features.inputs, made.T, strict=True)))
    found = phone.answer("programs", "features").reshape(X.shape)
    wrong = [program for place, program in enumerate(programs) if bits(X[:, place]) != bits(found[:, place])]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("features", [PEOPLE, VOLUNTEERS], ids=lambda features: features.name)
def test_a_hundred_thousand_hostile_rows_have_the_features_and_the_rules_of_python_to_the_last_byte(features, phone):
    made = inputs_of_chance(features, seed=7, count=ROWS)
    phone.ask_features(features.name, features, made)
    phone.run()
    found = phone.answer(features.name, "features").reshape(ROWS, len(features.names))
    rules = phone.answer(features.name, "rules")
    for start in range(0, ROWS, AT_ONCE):
        here = slice(start, start + AT_ONCE)
        columns = dict(zip(features.inputs, made[here].T, strict=True))
        with np.errstate(all="ignore"):
            X, excluded = features.matrix(columns), features.first_rule(columns)
        for place, name in enumerate(features.names):
            assert bits(X[:, place]) == bits(found[here, place]), f"{name}, rows from {start}"
        assert excluded.tolist() == rules[here].tolist()
    assert len(np.unique(rules)) > len(features.rules) / 2
