"""Problems of a whole request: its bytes, its size, its version, the server's own state."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

REQUESTS: Final[tuple[Problem, ...]] = (
    Problem(
        "malformed-json", 400, Remedy.FIX, "The request is not readable JSON.",
        "The body could not be read as JSON in UTF-8. Send the body again as the contract describes it.",
        detail="The app sent something that the server could not read. Your work is still on this phone.",
    ),
    Problem(
        "unreadable-body", 400, Remedy.FIX, "The body could not be unpacked.",
        "The Content-Encoding does not fit the bytes that arrived, or they were cut short. Send the body again.",
        detail="What the app sent was damaged on the way. Your work is still on this phone.",
    ),
    Problem(
        "wrong-content-type", 415, Remedy.FIX, "The body must be JSON.",
        "Send Content-Type: application/json, and Content-Encoding gzip or zstd if the body is compressed.",
        detail="The app sent something that the server could not read. Your work is still on this phone.",
    ),
    Problem(
        "unknown-encoding", 415, Remedy.FIX, "The body is compressed in a way this server does not know.",
        "Bodies may be plain, gzip or zstd.",
        detail="The app sent something that the server could not read. Your work is still on this phone.",
    ),
    Problem(
        "bad-request", 400, Remedy.FIX, "The request could not be understood.",
        "Some part of the request line, its headers or its addressing is not as the contract describes it.",
        detail="The app asked for something in a way that the server does not understand. Your work is still on "
        "this phone.",
    ),
    Problem(
        "invalid", 422, Remedy.FIX, "Some fields are not right.",
        "The field `errors` names each field and what is wrong with it. Nothing was changed.",
        detail="Something that was filled in is missing, too long or not possible here. Nothing was saved; please "
        "look at it and try again.",
    ),
    Problem(
        "not-found", 404, Remedy.DROP, "There is nothing here.",
        "The address is wrong, or what it named is gone or is not yours to see.",
        detail="It may be gone, or it may not be yours to see.",
    ),
    Problem(
        "method-not-allowed", 405, Remedy.FIX, "This address does not take that method.",
        "The OpenAPI document at /v1/openapi.json says which methods each address takes.",
        detail="The app asked for something that cannot be done here. Your work is still on this phone.",
    ),
    Problem(
        "too-large", 413, Remedy.FIX, "The request is too large.",
        "A body may have 4 MB once unpacked. Send the outbox in smaller batches.",
        detail="There was too much to send in one go. Your work is still on this phone and goes in smaller parts.",
    ),
    Problem(
        "too-many-mutations", 413, Remedy.FIX, "Too many changes in one push.",
        "A push may carry 1,000 mutations. Nothing of this push was applied; send the outbox in smaller batches.",
        detail="There were too many changes to send in one go. They are still on this phone and go in smaller parts.",
    ),
    Problem(
        "contract-too-old", 426, Remedy.UPGRADE, "This app is too old for the server.",
        "The phone speaks a version of the contract that the server no longer serves. Load the app again; "
        "the outbox is kept and sent by the new app.",
        detail="Please load the app again. What you have not sent yet is kept and sent by the new app.",
    ),
    Problem(
        "contract-too-new", 426, Remedy.UPGRADE, "This app is newer than the server.",
        "The phone speaks a version of the contract that the server does not know yet. Load the app that this "
        "server serves, or wait until the server has been upgraded; the outbox is kept.",
        detail="Please load the app again, or try later. What you have not sent yet is kept.",
    ),
    Problem(
        "busy", 503, Remedy.WAIT, "The server is busy.",
        "The request could not be served in time. Nothing was lost; send the same again after a pause.",
        detail="Nothing was lost. The app tries again in a little while.",
    ),
    Problem(
        "live-away", 503, Remedy.WAIT, "The server cannot poke this phone now.",
        "The process that holds live connections is away or full. Pokes only make news come sooner: the phone goes on "
        "asking as often as the manifest says, and tries the poke stream again after a pause.",
        detail="News still comes, only a little later.",
    ),
    Problem(
        "not-ready", 503, Remedy.WAIT, "The server is not ready.",
        "The database cannot be reached or has not been migrated. Whoever runs the server can mend it with "
        "`kith migrate`.",
        detail="It is being started or looked after. Your work is still on this phone and is sent later.",
    ),
    Problem(
        "server-error", 500, Remedy.WAIT, "Something went wrong on the server.",
        "This is a fault of the server, not of what was sent. It has been logged; the phone keeps its outbox and "
        "tries again later.",
        detail="This was not your doing. Your work is still on this phone and the app tries again later.",
    ),
    Problem(
        "no-model", 404, Remedy.WAIT, "No ranker can be had at the moment.",
        "Nobody has promoted a model yet, or the one that was is damaged, which the server's log says. Phones rank "
        "with the built-in rules until then.",
        detail="Suggestions are put in order by simple rules until then.",
    ),
)  # fmt: skip
