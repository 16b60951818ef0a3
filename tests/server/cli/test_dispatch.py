import pytest

from server.cli.workplace import workplace
from server.sync.door import Put
from tests.builders import DISTRICT, task

HERE = {"district": DISTRICT, "easting": 570_000, "northing": 206_000}
#: Whatever the time on this machine, nobody is quiet.
AWAKE = {"quiet_from": "00:00", "quiet_until": "00:00"}


@pytest.fixture
def town(essex):
    window = {"window_from_at": "2026-01-01T09:00:00Z", "window_until_at": "2199-01-01T09:00:00Z"}
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a", "max_km": 5, **HERE, **AWAKE}
    workplace().door("essex").write(
        [*(Put("volunteer", f"v{n}", names) for n in range(4)), Put("task", "t1", task(**HERE, **window))]
    )
    return essex


@pytest.mark.slow
def test_one_look_asks_and_a_second_one_has_nothing_to_do(town):
    assert "essex: 4 asks sent in 1 wave, 0 asks and 0 tasks ended." in town("dispatch", "--once").output
    assert "essex: 0 asks sent in 0 waves" in town("dispatch", "--once").output


@pytest.mark.slow
def test_the_report_and_the_impact_are_tables(town):
    claim = {"volunteer_id": "v1", "centre_id": "centre-a", "status": "done", "minutes": 45}
    claim |= {"claimed_at": "2026-11-21T09:00:00Z", "thanks": "Lovely"}
    workplace().door("essex").write([Put("claim", "k1", claim | {"task_id": "t1"})])
    assert "100.0%" in town("dispatch", "report", "--tenant", "essex", "--days", "3650").output
    assert town("dispatch", "impact", "--tenant", "essex").output.splitlines()[-1].split() == ["v1", "1", "45", "1"]
    assert "There is no programme kent" in town("dispatch", "report", "--tenant", "kent", ends=1).output


def test_a_figure_out_of_its_range_is_refused_by_name(town, monkeypatch):
    monkeypatch.setenv("KITH_DISPATCH_GAP_SECONDS", "1")
    assert "KITH_DISPATCH_GAP_SECONDS must be a whole number" in town("dispatch", "--once", ends=1).output
