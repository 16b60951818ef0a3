"""A backup holds the ledger; a restored one is as fixed as before, and knows nobody who was erased since."""

import pytest
from sqlalchemy import exc, text

from server.cli.workplace import workplace
from server.domain.statement import faults
from server.storage.engine import writing
from server.sync.door import Put
from server.sync.model import Key
from tests.server.cli.conftest import essex, run
from tests.server.timebank.test_statement import transfer
from tests.server.timebank.town import bank, member, pot

__all__ = ["essex", "run"]


def test_a_restored_ledger_adds_up_and_is_as_fixed_as_before(essex, tmp_path):
    essex("tenant", "add", "essex")
    copy, at = tmp_path / "copy.db", workplace()
    names = {"given_name": "Vic", "family_name": "1", "centre_id": "centre-a"}
    at.door("essex").write([bank(), pot(), Put("volunteer", "volunteer-1", names), member(1), member(2)])
    with at.store.write("essex") as work:
        work.post(transfer("t1", "a2", "a1", 45))
    essex("backup", str(copy))
    with at.store.write("essex") as work:
        work.post(transfer("t2", "a2", "a1", 45))
    at.door("essex").erase([Key("volunteer", "volunteer-1")])
    at.store.engine.dispose()
    essex("restore", str(copy), "--yes")
    with (at := workplace()).store.read("essex") as view:
        accounts = view.time_accounts()
        assert list(faults(accounts, view.line_sums(), view.unbalanced())) == []
        kept = {one.id: (one.balance_min, one.owner_id, one.closed) for one in accounts}
    assert kept["a1"] == (45, None, True)
    assert kept["a2"] == (-45, "volunteer-2", False)
    for statement in ("UPDATE time_line SET minutes = 1", "DELETE FROM time_transaction"):
        with pytest.raises(exc.DBAPIError), writing(at.store.engine) as connection:
            connection.execute(text(statement))
    at.store.engine.dispose()


@pytest.mark.slow
def test_so_it_is_on_postgresql(run, tmp_path, monkeypatch, postgres_url):
    monkeypatch.setenv("KITH_DATABASE_URL", postgres_url)
    test_a_restored_ledger_adds_up_and_is_as_fixed_as_before(run, tmp_path)
