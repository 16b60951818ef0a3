"""Every problem the server names: what it is called, how it is sent, and what a phone does next.

Errors follow RFC 9457. A phone branches on `remedy` alone; `slug` is for people and for the docs page at
``/problems/<slug>``. Adding a problem means adding one line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

MEDIA_TYPE: Final = "application/problem+json"


class Remedy(StrEnum):
    """What the phone does next."""

    FIX = "fix"
    """Correct what was sent; sending the same again cannot work."""
    SIGN_IN = "sign-in"
    """Keep everything, ask for name and password, then go on."""
    DROP = "drop"
    """Give this one change up and tell the person; the rest of the queue goes on."""
    PULL = "pull"
    """Pull from the start (a null cursor), then go on."""
    SNAPSHOT = "snapshot"
    """Keep the outbox, take the scopes again one by one, then push."""
    UPGRADE = "upgrade"
    """Load the app that this server serves, then go on."""
    WAIT = "wait"
    """Try the same again later, after Retry-After seconds when they are given."""
    WIPE = "wipe"
    """Delete what this device holds: it may no longer hold it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One named problem.

    status : of HTTP, when a whole request fails with it; refusals of one mutation travel inside a 200 answer.
    title : one plain sentence for a person. explanation : what happened and what to do, for the docs page.
    """

    slug: str
    status: int
    remedy: Remedy
    title: str
    explanation: str

    @property
    def type(self) -> str:
        """The address of the docs page, which is also the `type` of RFC 9457."""
        return f"/problems/{self.slug}"

    def body(self, detail: str | None = None, errors: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Make the problem+json body; `errors` maps a field to what is wrong with it."""
        body: dict[str, Any] = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": detail or self.explanation,
            "remedy": self.remedy.value,
        }
        if errors:
            body["errors"] = dict(errors)
        return body


_FIX, _SIGN_IN, _DROP, _PULL = Remedy.FIX, Remedy.SIGN_IN, Remedy.DROP, Remedy.PULL
_SNAPSHOT, _UPGRADE, _WAIT, _WIPE = Remedy.SNAPSHOT, Remedy.UPGRADE, Remedy.WAIT, Remedy.WIPE

_REQUESTS: Final = (
    Problem(
        "malformed-json", 400, _FIX, "The request is not readable JSON.",
        "The body could not be read as JSON in UTF-8. Send the body again as the contract describes it.",
    ),
    Problem(
        "unreadable-body", 400, _FIX, "The body could not be unpacked.",
        "The Content-Encoding does not fit the bytes that arrived, or they were cut short. Send the body again.",
    ),
    Problem(
        "wrong-content-type", 415, _FIX, "The body must be JSON.",
        "Send Content-Type: application/json, and Content-Encoding gzip or zstd if the body is compressed.",
    ),
    Problem(
        "unknown-encoding", 415, _FIX, "The body is compressed in a way this server does not know.",
        "Bodies may be plain, gzip or zstd.",
    ),
    Problem(
        "bad-request", 400, _FIX, "The request could not be understood.",
        "Some part of the request line, its headers or its addressing is not as the contract describes it.",
    ),
    Problem(
        "invalid", 422, _FIX, "Some fields are not right.",
        "The field `errors` names each field and what is wrong with it. Nothing was changed.",
    ),
    Problem(
        "not-found", 404, _DROP, "There is nothing here.",
        "The address is wrong, or what it named is gone or is not yours to see.",
    ),
    Problem(
        "method-not-allowed", 405, _FIX, "This address does not take that method.",
        "The OpenAPI document at /v1/openapi.json says which methods each address takes.",
    ),
    Problem(
        "too-large", 413, _FIX, "The request is too large.",
        "A body may have 4 MB once unpacked. Send the outbox in smaller batches.",
    ),
    Problem(
        "too-many-mutations", 413, _FIX, "Too many changes in one push.",
        "A push may carry 1,000 mutations. Nothing of this push was applied; send the outbox in smaller batches.",
    ),
    Problem(
        "contract-too-old", 426, _UPGRADE, "This app is too old for the server.",
        "The phone speaks a version of the contract that the server no longer serves. Load the app again; "
        "the outbox is kept and sent by the new app.",
    ),
    Problem(
        "contract-too-new", 426, _UPGRADE, "This app is newer than the server.",
        "The phone speaks a version of the contract that the server does not know yet. Load the app that this "
        "server serves, or wait until the server has been upgraded; the outbox is kept.",
    ),
    Problem(
        "busy", 503, _WAIT, "The server is busy.",
        "The request could not be served in time. Nothing was lost; send the same again after a pause.",
    ),
    Problem(
        "not-ready", 503, _WAIT, "The server is not ready.",
        "The database cannot be reached or has not been migrated. Whoever runs the server can mend it with "
        "`kith migrate`.",
    ),
    Problem(
        "server-error", 500, _WAIT, "Something went wrong on the server.",
        "This is a fault of the server, not of what was sent. It has been logged; the phone keeps its outbox and "
        "tries again later.",
    ),
    Problem(
        "no-model", 404, _WAIT, "No ranker has been published yet.",
        "Phones rank with the built-in rules until the first model is promoted.",
    ),
)  # fmt: skip

_SIGN_INS: Final = (
    Problem(
        "not-signed-in", 401, _SIGN_IN, "Please sign in.",
        "The request carries no access token. Work on the phone goes on; only sending and receiving wait.",
    ),
    Problem(
        "token-expired", 401, _SIGN_IN, "The sign-in has run out.",
        "Access tokens live for ten minutes. Use the refresh token for a new one; if that has run out too, sign in.",
    ),
    Problem(
        "token-invalid", 401, _SIGN_IN, "The sign-in is not valid.",
        "The token was not made by this server, or was changed on the way. Sign in again.",
    ),
    Problem(
        "sign-in-failed", 401, _SIGN_IN, "That name and password do not go together.",
        "Check both. The answer is the same whether or not the name exists.",
    ),
    Problem(
        "account-disabled", 401, _SIGN_IN, "This account has been closed.",
        "Whoever looks after Kith in your organisation can open it again.",
    ),
    Problem(
        "too-many-attempts", 429, _WAIT, "Too many attempts to sign in.",
        "Wait for as many seconds as Retry-After says, then try again.",
    ),
    Problem(
        "refresh-invalid", 401, _SIGN_IN, "The sign-in can no longer be renewed.",
        "The refresh token is unknown, has run out or was signed out. Sign in again; the outbox is kept.",
    ),
    Problem(
        "refresh-reused", 401, _SIGN_IN, "This sign-in was renewed from somewhere else.",
        "A refresh token came a second time, more than a minute after it was replaced, so all of this device's "
        "sign-ins were ended for safety. Sign in again; the outbox is kept.",
    ),
    Problem(
        "device-revoked", 401, _WIPE, "This device may no longer hold Kith's records.",
        "The device was taken off the list, perhaps because it was lost. It deletes what it holds.",
    ),
    Problem(
        "device-taken", 409, _FIX, "This device id belongs to another account.",
        "Make a new device id for the new account; an id is never shared between accounts.",
    ),
    Problem(
        "wrong-device", 403, _SIGN_IN, "The push is from another device than the sign-in.",
        "A device sends its own outbox under its own sign-in.",
    ),
    Problem(
        "not-allowed", 403, _DROP, "Your role does not allow this.",
        "The account lacks the role or the scope that this needs.",
    ),
)  # fmt: skip

_CURSORS: Final = (
    Problem(
        "cursor-invalid", 400, _PULL, "The place in the feed is not valid here.",
        "The cursor was not made by this server for this account. Pull from the start with a null cursor.",
    ),
    Problem(
        "cursor-expired", 410, _SNAPSHOT, "The phone was away too long to go on from its place.",
        "Traces of deletions from before this place have been cleared away. Keep the outbox, take each scope again, "
        "then push.",
    ),
    Problem(
        "epoch-changed", 410, _SNAPSHOT, "The server was restored from a backup.",
        "Places in the feed from before do not count any more. Keep the outbox and everything sent recently, take each "
        "scope again, then push.",
    ),
)  # fmt: skip

_MUTATIONS: Final = (
    Problem(
        "unknown-kind", 422, _FIX, "The server does not know this kind of record.",
        "The kind is not in this version of the contract.",
    ),
    Problem(
        "unknown-field", 422, _FIX, "The record has no such field.",
        "The field is not in this version of the contract; `errors` names it.",
    ),
    Problem(
        "unknown-command", 422, _FIX, "There is no such command.",
        "The kind of this record does not take this command; the manifest lists those it takes.",
    ),
    Problem(
        "not-yours", 403, _DROP, "This record is not yours to change.",
        "The account may not write this record, or there is no such record; the answer is the same on purpose.",
    ),
    Problem(
        "read-only", 403, _DROP, "Only the server writes this.",
        "Records of this kind follow from commands and counts; the phone receives them and never sends them.",
    ),
    Problem(
        "immutable", 422, _DROP, "This was written once and stays as it is.",
        "Notes, measures and slates are never edited. Write a new one instead.",
    ),
    Problem(
        "already-exists", 409, _DROP, "There is already a record with this id.",
        "Ids are made by the phone and never used twice. Make a new id if this is a new record.",
    ),
    Problem(
        "deleted", 409, _DROP, "The record was deleted meanwhile.",
        "The deletion stays. The edit is kept as a conflict, from which a person can bring the record back.",
    ),
    Problem(
        "illegal-move", 409, _DROP, "The state cannot change in this way.",
        "The record has moved on meanwhile and the wanted state does not follow from where it is now. Both are shown.",
    ),
    Problem(
        "mid-reused", 409, _FIX, "This change's id was used for something else.",
        "A mutation id names one change for ever. The first stands; give the other one an id of its own.",
    ),
    Problem(
        "lseq-gap", 409, _FIX, "A change before this one has not arrived.",
        "The device numbers its changes 1, 2, 3 and so on. Send again from the one after `acked_lseq`.",
    ),
    Problem(
        "lseq-reused", 409, _FIX, "This number in the queue was used for another change.",
        "The device numbers its changes 1, 2, 3 and so on, each once. Number this one after the last.",
    ),
    Problem(
        "parent-missing", 409, _WAIT, "What this record refers to has not arrived.",
        "The change is kept for seven days and applied when the other record arrives.",
    ),
    Problem(
        "scope-lost", 403, _DROP, "This record has passed to somebody else.",
        "The account no longer has this record. The change was kept aside for whoever has it now.",
    ),
    Problem(
        "device-full", 409, _DROP, "This device holds as many records as it may.",
        "A device may hold 20,000 records. Ask for fewer districts or caseloads.",
    ),
    Problem(
        "set-aside", 500, _DROP, "This change could not be taken in.",
        "The server failed on this one change, kept it aside for people to look at, and went on with the others.",
    ),
    Problem(
        "erased", 410, _DROP, "This person asked to be forgotten.",
        "The record was erased. Later edits are not kept.",
    ),
)  # fmt: skip

_COMMANDS: Final = (
    Problem(
        "command-expired", 409, _DROP, "This was sent too late to count.",
        "The command was good until a time that had passed when it arrived. Nothing was changed.",
    ),
    Problem(
        "task-already-claimed", 409, _DROP, "Somebody else was a little quicker.",
        "Another volunteer has this task now. Thank you for offering: there are more tasks near you.",
    ),
    Problem(
        "task-not-open", 409, _DROP, "This task is no longer open.",
        "It was done, called off or ran out while the phone had no signal. Thank you for offering.",
    ),
    Problem(
        "task-not-claimed", 409, _DROP, "You do not have this task.",
        "Only the volunteer who has a task can give it back or say that it is done.",
    ),
    Problem(
        "not-a-volunteer", 403, _DROP, "Only a volunteer can do this.",
        "The account is not joined to a volunteer's record.",
    ),
    Problem(
        "no-place-left", 409, _DROP, "The last place has just gone.",
        "Others took the remaining places meanwhile. The shortlist shows what else may suit.",
    ),
    Problem(
        "place-not-offered", 409, _DROP, "There is no offered place to accept.",
        "The offer was declined, has ended or was never made. Offer the place first.",
    ),
    Problem(
        "place-not-held", 409, _DROP, "There is no place to give back.",
        "The place was already given back or was never held.",
    ),
    Problem(
        "conflict-already-resolved", 409, _DROP, "This conflict has already been settled.",
        "A colleague has decided meanwhile; their decision stands.",
    ),
)  # fmt: skip

PROBLEMS: Final[Mapping[str, Problem]] = {
    problem.slug: problem for problem in (*_REQUESTS, *_SIGN_INS, *_CURSORS, *_MUTATIONS, *_COMMANDS)
}


def problem(slug: str) -> Problem:
    """Look a problem up; an unknown slug raises KeyError."""
    return PROBLEMS[slug]
