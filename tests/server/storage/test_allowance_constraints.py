"""An employer's allowance: what the database itself refuses, whoever writes into it."""

import pytest
from sqlalchemy import exc, text

from server.storage.engine import writing
from server.storage.sql import SqlStore
from server.storage.testing_ledger import TENANT
from server.sync.allowance import AllowanceUse


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE allowance SET used = 601",
        "UPDATE allowance SET used = -1",
        "UPDATE allowance SET granted = 299",
        "UPDATE allowance_use SET minutes = 0",
        "INSERT INTO allowance_use VALUES ('essex', 'l1', 'firm', '2026-04-01', 60)",
    ],
)
def test_the_database_itself_refuses(sql_store: SqlStore, statement: str) -> None:
    with sql_store.write(TENANT) as work:
        work.grant_allowance("firm", "2026-04-01", 600)
        work.take_allowance(AllowanceUse("l1", "firm", "2026-04-01", 300))
    with pytest.raises(exc.DBAPIError), writing(sql_store.engine) as connection:
        connection.execute(text(statement))
