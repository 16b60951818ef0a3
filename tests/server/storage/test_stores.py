import pytest

from server.storage.memory import MemoryStore
from server.storage.sql import SqlStore
from server.storage.testing import StoreSuite, write
from server.storage.testing_ledger import ADA, TENANT


class TestMemory(StoreSuite):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()


class TestSqlite(StoreSuite):
    @pytest.fixture
    def store(self, sqlite_store: SqlStore) -> SqlStore:
        return sqlite_store


@pytest.mark.slow
class TestPostgres(StoreSuite):
    @pytest.fixture
    def store(self, postgres_store: SqlStore) -> SqlStore:
        return postgres_store


def test_a_look_does_not_see_what_commits_after_it_began(sql_store: SqlStore) -> None:
    write(sql_store, [ADA])
    with sql_store.read(TENANT) as view:
        assert view.head().seq == 1
        write(sql_store, [ADA], is_new=False)
        assert view.head().seq == 1
        assert [change.version for change in view.changes(["s"], 0, 9, 0).rows] == [1]
