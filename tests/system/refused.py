"""What a server has refused of all that the app sent, as its receipts tell."""

import sqlite3
from contextlib import closing

import orjson

from tests.system.server import Server

#: Refusals that a walk asks for, by its name: who comes second is told, and so is who names somebody who is not there.
MEANT: dict[str, set[str]] = {
    "states": {"not-a-session", "not-yours", "taken-up-already"},
    "states_of_staff": {"exchange-ended", "leave-decided", "not-enough-stock", "step-taken-already"},
    "sync": {"conflict-already-resolved"},
    "tasks": {"task-already-claimed"},
    "timebank": {"invalid"},
}


def refused(server: Server) -> set[str]:
    """Give the problems with which changes were refused, in whichever form their receipts are kept."""
    with closing(sqlite3.connect(f"file:{server.home / 'kith.db'}?mode=ro", uri=True)) as database:
        kept = [orjson.loads(text) for (text,) in database.execute("SELECT outcome FROM receipt")]
    return {str(one["problem"]["slug"]) for one in kept if one["outcome"] == "rejected"}
