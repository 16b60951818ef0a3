"""A database that is busy or gone: 503 with a named problem and a time to come back, never a 500."""

import sqlite3

import pytest
from sqlalchemy import exc

from tests.server.api.house import slug


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
