"""The journal of the Python client, by the table that every client of ours is held to."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mobile_contract.python import journal
from mobile_contract.python.holding import Entry, Holding

TABLE = Path(__file__).parents[2] / "mobile_contract" / "vectors" / "journal" / "restores.json"
CASES = json.loads(TABLE.read_text())["cases"]


def holding_of(made):
    holding = Holding()
    for order, (mid, state, lseq) in enumerate(made):
        entry = Entry(mid, "person", mid, "patch", 0, {}, "", lseq=lseq, order=order)
        if state == "answered":
            journal.remember(holding, entry)
        else:
            holding.outbox[mid] = replace(entry, deferred=state == "deferred")
    return holding


def answer_all(holding, acked):
    for lseq, entry in enumerate(holding.waiting(), acked + 1):
        del holding.outbox[entry.mid]
        journal.remember(holding, entry, lseq)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_only_what_the_server_lacks_is_sent_again(case):
    holding = holding_of(case["made"])
    for expected in case["restores"]:
        acked = expected["acked"]
        journal.send_again(holding, acked)
        outbox = holding.outbox.values()
        assert [entry.mid for entry in outbox if not entry.deferred] == expected["waiting"]
        assert [entry.mid for entry in outbox if entry.deferred] == expected["deferred"]
        assert sorted(holding.sent) == expected["journal"]
        assert not journal.is_forgotten(holding, acked)
        answer_all(holding, acked)
