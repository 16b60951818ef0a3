"""Problems of one mutation; they travel inside a 200 answer and hold nothing else up."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

MUTATIONS: Final[tuple[Problem, ...]] = (
    Problem(
        "unknown-kind", 422, Remedy.FIX, "The server does not know this kind of record.",
        "The kind is not in this version of the contract.",
        detail="This app and the server are of different versions. Please load the app again.",
    ),
    Problem(
        "unknown-field", 422, Remedy.FIX, "The record has no such field.",
        "The field is not in this version of the contract; `errors` names it.",
        detail="This app and the server are of different versions. Please load the app again.",
    ),
    Problem(
        "unknown-command", 422, Remedy.FIX, "There is no such command.",
        "The kind of this record does not take this command; the manifest lists those it takes.",
        detail="This app and the server are of different versions. Please load the app again.",
    ),
    Problem(
        "not-yours", 403, Remedy.DROP, "This record is not yours to change.",
        "The account may not write this record, or there is no such record; the answer is the same on purpose.",
        detail="It is not among the records that you look after, so nothing was changed.",
    ),
    Problem(
        "read-only", 403, Remedy.DROP, "Only the server writes this.",
        "Records of this kind follow from commands and counts; the phone receives them and never sends them.",
        detail="This is worked out by the server and cannot be edited.",
    ),
    Problem(
        "immutable", 422, Remedy.DROP, "This was written once and stays as it is.",
        "Notes, measures and slates are never edited. Write a new one instead.",
        detail="What is written here is kept as it was. You can write a new one instead.",
    ),
    Problem(
        "already-exists", 409, Remedy.DROP, "There is already a record with this id.",
        "Ids are made by the phone and never used twice. Make a new id if this is a new record.",
        detail="It was saved before, with other contents, and that stays. Please make a new one.",
    ),
    Problem(
        "deleted", 409, Remedy.DROP, "The record was deleted meanwhile.",
        "The deletion stays. The edit is kept as a conflict, from which a person can bring the record back.",
        detail="Somebody deleted it. What you wrote is kept, and can be brought back.",
    ),
    Problem(
        "illegal-move", 409, Remedy.DROP, "The state cannot change in this way.",
        "The record has moved on meanwhile and the wanted state does not follow from where it is now. Both are shown.",
        detail="It has moved on meanwhile, so this step no longer fits. Please look at where it stands now.",
    ),
    Problem(
        "mid-reused", 409, Remedy.FIX, "This change's id was used for something else.",
        "A mutation id names one change for ever. The first stands; give the other one an id of its own.",
        detail="The app sent two changes under one name. The first was kept; please make this change again.",
    ),
    Problem(
        "lseq-gap", 409, Remedy.FIX, "A change before this one has not arrived.",
        "The device numbers its changes 1, 2, 3 and so on. Send again from the one after `acked_lseq`.",
        detail="A change made before this one has not arrived yet. The app sends both again.",
    ),
    Problem(
        "lseq-reused", 409, Remedy.FIX, "This number in the queue was used for another change.",
        "The device numbers its changes 1, 2, 3 and so on, each once. Number this one after the last.",
        detail="The app numbered two changes alike. The first was kept; please make this change again.",
    ),
    Problem(
        "parent-missing", 409, Remedy.WAIT, "What this record refers to has not arrived.",
        "The change is kept for seven days and applied when the other record arrives.",
        detail="It waits for another record to arrive, and is saved as soon as that is there.",
    ),
    Problem(
        "scope-lost", 403, Remedy.DROP, "This record has passed to somebody else.",
        "The account no longer has this record. The change was kept aside for whoever has it now.",
        detail="What you changed was kept for whoever looks after it now.",
    ),
    Problem(
        "device-full", 409, Remedy.DROP, "This device holds as many records as it may.",
        "A device may hold 20,000 records. Ask for fewer districts or caseloads.",
        detail="Ask whoever looks after Kith for fewer districts or caseloads.",
    ),
    Problem(
        "set-aside", 500, Remedy.DROP, "This change could not be taken in.",
        "The server failed on this one change, kept it aside for people to look at, and went on with the others.",
        detail="What you wrote was kept for somebody to look at. Everything else went through.",
    ),
    Problem(
        "erased", 410, Remedy.DROP, "This person asked to be forgotten.",
        "The record was erased. Later edits are not kept.",
        detail="The record was erased for good, so later changes are not kept.",
    ),
)  # fmt: skip
