"""A database that is busy or gone: 503 with a named problem and a time to come back, never a 500."""

import errno
import json
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, exc

from server.log import JsonFormatter
from tests.server.api.house import PERSON, Phone, slug


@contextmanager
def pages(house, more):
    """Let every connection to the database have only so many more pages of a full disk."""

    def limit(connection, *_):
        number = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={number + more}")

    def lift(connection, *_):
        connection.execute("PRAGMA max_page_count=1073741823")

    engine = house.services.store.engine
    event.listen(engine, "checkout", limit)
    yield
    event.remove(engine, "checkout", limit)
    event.listen(engine, "checkout", lift)


def full_databases():
    """What SQLite and PostgreSQL say of a disk without room."""
    by_sqlite = sqlite3.OperationalError("database or disk is full")
    by_sqlite.sqlite_errorcode = sqlite3.SQLITE_FULL
    return [exc.OperationalError("INSERT", {}, one) for one in (by_sqlite, psycopg.errors.DiskFull("could not extend"))]


def gone(kind):
    return kind("SELECT 1", {}, sqlite3.OperationalError("gone"))


@pytest.mark.parametrize(
    "error",
    [
        gone(exc.OperationalError),
        gone(exc.InterfaceError),
        gone(exc.InternalError),
        exc.TimeoutError("the pool is empty"),
        exc.DBAPIError("SELECT 1", {}, Exception("lost"), connection_invalidated=True),
    ],
)
def test_a_database_that_does_not_answer_asks_phones_to_wait(house, monkeypatch, error):
    house.add()
    phone = house.phone()

    def fail(_tenant):
        raise error

    monkeypatch.setattr(type(house.services.store), "read", lambda _store, tenant: fail(tenant))
    for answer in (phone.pull(), phone.get("/v1/sync/manifest"), phone.get("/v1/sync/snapshots")):
        assert (answer.status_code, slug(answer)) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("error", [*full_databases(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_full_disk_is_named_and_one_sentence_in_the_log_says_so(house, monkeypatch, caplog, error):
    house.add()
    phone = house.phone()

    def fail(_tenant):
        raise error

    monkeypatch.setattr(type(house.services.store), "read", lambda _store, tenant: fail(tenant))
    answer = phone.pull()
    assert (answer.status_code, slug(answer)) == (507, "no-room")
    assert int(answer.headers["Retry-After"]) > 0
    assert "still on this phone" in answer.json["detail"]
    (said,) = [record for record in caplog.records if record.name == "kith.api"]
    assert "is full" in said.getMessage()
    assert said.exc_info is None


def test_a_full_database_answers_a_push_at_once_and_takes_it_when_there_is_room(house, monkeypatch):
    house.add()
    phone = house.phone()
    made = [phone.mutation("person", f"p{number}", set=PERSON | {"what_matters": "x" * 900}) for number in range(60)]
    with pages(house, 10):
        answer = phone.push(*made)
        assert (answer.status_code, slug(answer)) == (507, "no-room")
        assert phone.pull().status_code == 200
    assert {one["outcome"] for one in phone.push(*made).json["results"]} == {"applied"}


def refuse_queue(monkeypatch, number):
    """Let the system refuse to open the file in which writers queue."""
    plain = Path.open

    def refuse(path, *args, **kwargs):
        if path.name.endswith(".queue"):
            raise OSError(number, os.strerror(number), str(path))
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize(
    ("number", "status", "name"),
    [
        (errno.EROFS, 503, "busy"),
        (errno.EACCES, 503, "busy"),
        (errno.EPERM, 503, "busy"),
        (errno.ENOENT, 503, "busy"),
        (errno.ENOSPC, 507, "no-room"),
        (errno.EDQUOT, 507, "no-room"),
    ],
)
def test_a_home_that_cannot_be_written_asks_to_wait_as_its_database_would(house, monkeypatch, number, status, name):
    house.add()
    house.add("bea")
    phone = house.phone()
    made = phone.mutation("person", "p1", set=PERSON)
    refuse_queue(monkeypatch, number)
    for answer in (phone.push(made), Phone(house.client, "phone-2", house.clock).sign_in("bea")):
        assert (answer.status_code, slug(answer)) == (status, name)
        assert int(answer.headers["Retry-After"]) > 0
    assert phone.pull().status_code == 200
    monkeypatch.undo()
    assert phone.push(made).json["results"][0]["outcome"] == "applied"


def test_a_busy_server_is_one_short_line_of_the_log(house, monkeypatch, caplog):
    house.add()
    phone = house.phone()

    def fail(*_args, **_kwargs):
        raise gone(exc.OperationalError)

    monkeypatch.setattr(house.services.store, "write", fail)
    assert slug(phone.push(phone.mutation("person", "p1", set=PERSON))) == "busy"
    (line,) = [json.loads(JsonFormatter().format(one)) for one in caplog.records if one.name == "kith.api"]
    assert (line["message"], line["error"]) == ("busy", "OperationalError")


def test_a_statement_of_ours_that_is_wrong_is_a_fault_and_not_a_busy_server(house, monkeypatch):
    house.add()
    phone = house.phone()
    wrong = exc.ProgrammingError("SELEKT", {}, sqlite3.OperationalError("syntax"))

    def fail(_tenant):
        raise wrong

    monkeypatch.setattr(type(house.services.store), "read", lambda _store, tenant: fail(tenant))
    assert phone.pull().status_code == 500


def test_a_page_says_when_to_come_back_and_one_with_more_says_at_once(house):
    house.add()
    phone = house.phone()
    assert phone.pull().json["poll_after_s"] == house.services.poll_s
    low, high = (round(house.services.poll_s * share) for share in (0.8, 1.2))
    assert low < house.services.poll_s < high
