import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from server.storage.engine import make_engine, reading, writing
from server.storage.migrate import is_current, obstacle, upgrade
from server.storage.sql import SqlStore
from server.storage.tables import attempt, metadata
from tests.builders import Phone, person, prescriber
from tests.conftest import Cluster


def test_sqlite_is_safe_and_lets_readers_read(sqlite_url: str) -> None:
    with reading(make_engine(sqlite_url)) as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no storage for mysql"):
        make_engine("mysql://localhost/kith")


def test_what_a_broken_transaction_wrote_is_gone(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with pytest.raises(KeyError), writing(engine) as connection:
        _write_and_break(connection)
    with reading(engine) as connection:
        assert connection.execute(select(attempt)).all() == []


def _write_and_break(connection: Connection) -> None:
    connection.execute(insert(attempt).values(key="k", at="now"))
    raise KeyError


def test_writers_queue_up_and_none_is_turned_away(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)

    def write() -> None:
        for _ in range(10):
            with writing(engine) as connection:
                seen = connection.execute(select(attempt)).all()
                connection.execute(insert(attempt).values(key=f"{len(seen)}", at="now"))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        keys = [row.key for row in connection.execute(select(attempt).order_by(attempt.c.number))]
    assert keys == [str(number) for number in range(80)]


def test_a_database_without_tables_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert obstacle(make_engine(url)) == "The database is not up to date. Run `kith migrate`."
    assert not is_current(url)
    upgrade(url)
    assert is_current(url)
    upgrade(url)
    assert obstacle(make_engine(url)) is None


def test_a_database_that_cannot_be_reached_is_told_apart(tmp_path: Path) -> None:
    said = obstacle(make_engine(f"sqlite:///{tmp_path / 'no' / 'folder.db'}"))
    assert said is not None
    assert said.startswith("The database cannot be reached")


@pytest.mark.parametrize("url", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.slow)])
def test_the_migrations_make_the_tables_that_the_code_knows(url: str, request: pytest.FixtureRequest) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with make_engine(request.getfixturevalue(url)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.slow
def test_postgres_keeps_the_order_of_code_points(postgres_url: str) -> None:
    with make_engine(postgres_url).connect() as connection:
        named = (
            "SELECT collation_name FROM information_schema.columns WHERE table_name = 'record' AND column_name = 'id'"
        )
        assert connection.execute(text(named)).scalar() == "C"


@pytest.mark.slow
def test_processes_that_migrate_at_once_wait_for_each_other(cluster: Cluster) -> None:
    with cluster.database("template0") as url:
        program = f"from server.storage.migrate import upgrade; upgrade({url!r})"
        running = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(3)]
        said = [process.communicate(timeout=60)[1].decode() for process in running]
        assert [process.returncode for process in running] == [0, 0, 0], said
        assert is_current(url)


@pytest.mark.parametrize(("word", "level"), [("full", 2), ("normal", 1)])
def test_sqlite_waits_for_the_disk_as_it_is_told(sqlite_url: str, word: str, level: int) -> None:
    with make_engine(sqlite_url, word).connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == level
    with make_engine(sqlite_url).connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2


@pytest.mark.slow
@pytest.mark.parametrize("rest_s", [0, 60])
def test_connections_that_the_database_cut_while_they_rested_are_replaced(
    postgres_url: str, rest_s: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.storage.engine.REST_S", rest_s)
    engine, other = make_engine(postgres_url), make_engine(postgres_url)
    phone = Phone(SqlStore(engine), prescriber())
    phone.create("person", "before", **person())
    with other.connect() as connection:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{mine} AND pid <> pg_backend_pid()"))
    assert phone.create("person", "after", **person()).version == 2, "a push tries again by itself"
    if rest_s == 0:
        with reading(engine) as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()
    other.dispose()
