"""Problems of a place in the feed."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

CURSORS: Final[tuple[Problem, ...]] = (
    Problem(
        "cursor-invalid", 400, Remedy.PULL, "The place in the feed is not valid here.",
        "The cursor was not made by this server for this account. Pull from the start with a null cursor.",
        detail="The app takes the records again from the beginning. Nothing you wrote is lost.",
    ),
    Problem(
        "cursor-expired", 410, Remedy.SNAPSHOT, "The phone was away too long to go on from its place.",
        "Traces of deletions from before this place have been cleared away. Keep the outbox, take each scope again, "
        "then push.",
        detail="The app takes the records again. Nothing you wrote is lost.",
    ),
    Problem(
        "epoch-changed", 410, Remedy.SNAPSHOT, "The server was restored from a backup.",
        "Places in the feed from before do not count any more. Keep the outbox and everything sent recently, take each "
        "scope again, then push.",
        detail="The app takes the records again and sends what you wrote recently once more. Nothing is lost.",
    ),
    Problem(
        "snapshot-expired", 410, Remedy.SNAPSHOT, "This snapshot is not good any more.",
        "It is unknown, of another history of the server, or older than the traces of deletions that are kept. Ask "
        "for the list of snapshots again, or pull the scope from nothing.",
        detail="The app takes the records in another way. Nothing you wrote is lost.",
    ),
    Problem(
        "range-outside", 416, Remedy.FIX, "The file does not reach that far.",
        "The Range header asks for bytes that the file does not have. Ask for the length with HEAD, and for the rest "
        "of the file from where you are; what has all bytes needs no more.",
        detail="The app asked for a part of a file that is not there.",
    ),
)  # fmt: skip
