"""What was there before a migration is there after it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

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
