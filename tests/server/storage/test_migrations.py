"""What was there before a migration is there after it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from server.storage.engine import make_engine, reading, writing
from server.storage.migrate import _config, upgrade
from tests.conftest import Cluster


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        with cluster.database("template0") as url:
            yield url


def test_accounts_of_a_time_bank_keep_their_owners_and_their_lines(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        connection.execute(text("INSERT INTO time_bank VALUES ('essex', 'bank', false)"))
        for account_id, type_, owner, balance in (
            ("a", "person", "x", -30),
            ("b", "group", "y", 30),
            ("c", "pot", "bank", 0),
        ):
            values = {"id": account_id, "type": type_, "owner": owner, "balance": balance}
            connection.execute(
                text("INSERT INTO time_account VALUES ('essex', :id, 'bank', :type, :owner, -60, 60, :balance, false)"),
                values,
            )
        connection.execute(
            text("INSERT INTO time_transaction VALUES ('essex', 't', 'transfer', '2026', '2026-11-20', NULL, NULL)")
        )
        for account_id, minutes in (("a", -30), ("b", 30)):
            values = {"id": account_id, "minutes": minutes, "other": -minutes}
            connection.execute(
                text("INSERT INTO time_line VALUES ('essex', 't', 0, :minutes, :other, :id, 'other')"), values
            )
    upgrade(engine.url.render_as_string(hide_password=False))
    with writing(engine) as connection:
        rows = connection.execute(
            text("SELECT account_id, owner_kind, owner_id, balance_min FROM time_account ORDER BY account_id")
        ).all()
        assert [tuple(row) for row in rows] == [
            ("a", "volunteer", "x", -30), ("b", "organisation", "y", 30), ("c", "bank", "bank", 0),
        ]  # fmt: skip
        with pytest.raises(IntegrityError):
            connection.execute(text("DELETE FROM time_account WHERE account_id = 'a'"))
    engine.dispose()


def test_places_get_their_persons_and_nobody_loses_one(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for placement_id, person_id in (("a", "ada"), ("b", "ada"), ("c", "bea")):
            doc = json.dumps({"person_id": person_id})
            values = {"id": placement_id, "doc": doc}
            connection.execute(
                text("INSERT INTO record VALUES ('essex', 'placement', :id, 1, false, :doc, '{}')"), values
            )
            connection.execute(text("INSERT INTO place VALUES ('essex', :id, 'asset-1')"), {"id": placement_id})
    upgrade(engine.url.render_as_string(hide_password=False))
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT placement_id, person_id FROM place ORDER BY placement_id")).all()
    assert [tuple(row) for row in rows] == [("a", "ada"), ("b", "b"), ("c", "bea")]
    engine.dispose()
