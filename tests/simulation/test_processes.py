"""Real processes, real HTTP, kill -9: the promises hold there too."""

import pytest

from server.simulation.processes import run_processes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("database", "seed"), [("sqlite", 1), ("postgresql", 2)])
def test_clients_of_a_server_that_is_killed_again_and_again_lose_nothing(database: str, seed: int) -> None:
    run = run_processes(database, seed, seconds=6, clients=5)
    assert run.mutations > 50
    assert sum(run.kills.values()) >= 2
