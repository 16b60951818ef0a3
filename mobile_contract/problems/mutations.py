"""Problems of one mutation; they travel inside a 200 answer and hold nothing else up."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

MUTATIONS: Final[tuple[Problem, ...]] = (
    Problem(
        "unknown-kind", 422, Remedy.FIX, "The server does not know this kind of record.",
        "The kind is not in this version of the contract.",
    ),
    Problem(
        "unknown-field", 422, Remedy.FIX, "The record has no such field.",
        "The field is not in this version of the contract; `errors` names it.",
    ),
    Problem(
        "unknown-command", 422, Remedy.FIX, "There is no such command.",
        "The kind of this record does not take this command; the manifest lists those it takes.",
    ),
    Problem(
        "not-yours", 403, Remedy.DROP, "This record is not yours to change.",
        "The account may not write this record, or there is no such record; the answer is the same on purpose.",
    ),
    Problem(
        "read-only", 403, Remedy.DROP, "Only the server writes this.",
        "Records of this kind follow from commands and counts; the phone receives them and never sends them.",
    ),
    Problem(
        "immutable", 422, Remedy.DROP, "This was written once and stays as it is.",
        "Notes, measures and slates are never edited. Write a new one instead.",
    ),
    Problem(
        "already-exists", 409, Remedy.DROP, "There is already a record with this id.",
        "Ids are made by the phone and never used twice. Make a new id if this is a new record.",
    ),
    Problem(
        "deleted", 409, Remedy.DROP, "The record was deleted meanwhile.",
        "The deletion stays. The edit is kept as a conflict, from which a person can bring the record back.",
    ),
    Problem(
        "illegal-move", 409, Remedy.DROP, "The state cannot change in this way.",
        "The record has moved on meanwhile and the wanted state does not follow from where it is now. Both are shown.",
    ),
    Problem(
        "mid-reused", 409, Remedy.FIX, "This change's id was used for something else.",
        "A mutation id names one change for ever. The first stands; give the other one an id of its own.",
    ),
    Problem(
        "lseq-gap", 409, Remedy.FIX, "A change before this one has not arrived.",
        "The device numbers its changes 1, 2, 3 and so on. Send again from the one after `acked_lseq`.",
    ),
    Problem(
        "lseq-reused", 409, Remedy.FIX, "This number in the queue was used for another change.",
        "The device numbers its changes 1, 2, 3 and so on, each once. Number this one after the last.",
    ),
    Problem(
        "parent-missing", 409, Remedy.WAIT, "What this record refers to has not arrived.",
        "The change is kept for seven days and applied when the other record arrives.",
    ),
    Problem(
        "scope-lost", 403, Remedy.DROP, "This record has passed to somebody else.",
        "The account no longer has this record. The change was kept aside for whoever has it now.",
    ),
    Problem(
        "device-full", 409, Remedy.DROP, "This device holds as many records as it may.",
        "A device may hold 20,000 records. Ask for fewer districts or caseloads.",
    ),
    Problem(
        "set-aside", 500, Remedy.DROP, "This change could not be taken in.",
        "The server failed on this one change, kept it aside for people to look at, and went on with the others.",
    ),
    Problem(
        "erased", 410, Remedy.DROP, "This person asked to be forgotten.",
        "The record was erased. Later edits are not kept.",
    ),
)  # fmt: skip
