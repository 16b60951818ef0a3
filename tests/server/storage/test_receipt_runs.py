"""Receipts that a database kept one by one are found after its migration, and its devices go on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from server.storage.engine import make_engine, reading, writing
from server.storage.migrate import _config, upgrade
from server.storage.sql import SqlStore
from server.sync.ports import DeviceLog, KeptReceipt, Writes
from tests.conftest import Cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database as it was before receipts had runs: a device with two receipts, a feed with a row of each sort."""
    if request.param == "sqlite":
        yield _filled(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        with cluster.database("template0") as url:
            yield _filled(url)


def _filled(url: str) -> str:
    engine = make_engine(url)
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for device, mid in (("one", "m-b"), ("one", "m-a"), ("two", "m-z")):
            values = {"device": device, "mid": mid, "outcome": '{"outcome":"applied","version":1}'}
            connection.execute(text("INSERT INTO receipt VALUES ('essex', :device, :mid, 1, 'h', :outcome)"), values)
        for device in ("one", "two", "none"):
            connection.execute(text("INSERT INTO device_log VALUES ('essex', :device, 2, 'c')"), {"device": device})
        for number, operation in enumerate(("put", "del", "out")):
            values = {"seq": number, "op": operation}
            connection.execute(text("INSERT INTO feed VALUES ('essex', 's', 'person', :op, :seq, :op, 'one')"), values)
    engine.dispose()
    return url


def test_old_receipts_answer_and_new_ones_stand_beside_them(old_url: str) -> None:
    upgrade(old_url)
    engine = make_engine(old_url)
    with SqlStore(engine).write("essex") as work:
        assert [work.log(device).last_mid for device in ("two", "none", "one")] == ["m-z", "", "m-b"]
        new = [KeptReceipt(f"m-{letter}", 3, "h", '{"outcome":"applied","version":2}') for letter in "dc"]
        work.save(Writes(receipts=new, log=DeviceLog("one", 4, "c", "m-d")))
    with SqlStore(engine).write("essex") as work:
        assert sorted(work.receipts("one", ["m-a", "m-c", "m-d", "m-e", "m-z"])) == ["m-a", "m-c", "m-d"]
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM receipt_run")).scalar() == 1
    engine.dispose()


def test_the_feed_keeps_its_rows_and_refuses_other_words(old_url: str) -> None:
    upgrade(old_url)
    engine = make_engine(old_url)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT id, seq, op FROM feed ORDER BY seq")).all()
        assert [tuple(row) for row in rows] == [("put", 0, "put"), ("del", 1, "del"), ("out", 2, "out")]
    with pytest.raises(Exception, match="ck_feed_op"), writing(engine) as connection:
        connection.execute(text("INSERT INTO feed VALUES ('essex', 's', 'person', 'x', 9, 'add', 'one')"))
    engine.dispose()


def test_going_back_takes_runs_apart(old_url: str) -> None:
    upgrade(old_url)
    engine = make_engine(old_url)
    with SqlStore(engine).write("essex") as work:
        work.log("one")
        new = [KeptReceipt(f"m-{letter}", 3, "h", '{"outcome":"applied","version":2}') for letter in "cd"]
        work.save(Writes(receipts=new, log=DeviceLog("one", 4, "c", "m-d")))
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
        rows = connection.execute(text("SELECT mid, outcome FROM receipt WHERE device = 'one' ORDER BY mid")).all()
        assert [row.mid for row in rows] == ["m-a", "m-b", "m-c", "m-d"]
        assert rows[-1].outcome == '{"outcome":"applied","version":2}'
    engine.dispose()
