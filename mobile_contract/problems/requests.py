"""Problems of a whole request: its bytes, its size, its version, the server's own state."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

REQUESTS: Final[tuple[Problem, ...]] = (
    Problem(
        "malformed-json", 400, Remedy.FIX, "The request is not readable JSON.",
        "The body could not be read as JSON in UTF-8. Send the body again as the contract describes it.",
    ),
    Problem(
        "unreadable-body", 400, Remedy.FIX, "The body could not be unpacked.",
        "The Content-Encoding does not fit the bytes that arrived, or they were cut short. Send the body again.",
    ),
    Problem(
        "wrong-content-type", 415, Remedy.FIX, "The body must be JSON.",
        "Send Content-Type: application/json, and Content-Encoding gzip or zstd if the body is compressed.",
    ),
    Problem(
        "unknown-encoding", 415, Remedy.FIX, "The body is compressed in a way this server does not know.",
        "Bodies may be plain, gzip or zstd.",
    ),
    Problem(
        "bad-request", 400, Remedy.FIX, "The request could not be understood.",
        "Some part of the request line, its headers or its addressing is not as the contract describes it.",
    ),
    Problem(
        "invalid", 422, Remedy.FIX, "Some fields are not right.",
        "The field `errors` names each field and what is wrong with it. Nothing was changed.",
    ),
    Problem(
        "not-found", 404, Remedy.DROP, "There is nothing here.",
        "The address is wrong, or what it named is gone or is not yours to see.",
    ),
    Problem(
        "method-not-allowed", 405, Remedy.FIX, "This address does not take that method.",
        "The OpenAPI document at /v1/openapi.json says which methods each address takes.",
    ),
    Problem(
        "too-large", 413, Remedy.FIX, "The request is too large.",
        "A body may have 4 MB once unpacked. Send the outbox in smaller batches.",
    ),
    Problem(
        "too-many-mutations", 413, Remedy.FIX, "Too many changes in one push.",
        "A push may carry 1,000 mutations. Nothing of this push was applied; send the outbox in smaller batches.",
    ),
    Problem(
        "contract-too-old", 426, Remedy.UPGRADE, "This app is too old for the server.",
        "The phone speaks a version of the contract that the server no longer serves. Load the app again; "
        "the outbox is kept and sent by the new app.",
    ),
    Problem(
        "contract-too-new", 426, Remedy.UPGRADE, "This app is newer than the server.",
        "The phone speaks a version of the contract that the server does not know yet. Load the app that this "
        "server serves, or wait until the server has been upgraded; the outbox is kept.",
    ),
    Problem(
        "busy", 503, Remedy.WAIT, "The server is busy.",
        "The request could not be served in time. Nothing was lost; send the same again after a pause.",
    ),
    Problem(
        "not-ready", 503, Remedy.WAIT, "The server is not ready.",
        "The database cannot be reached or has not been migrated. Whoever runs the server can mend it with "
        "`kith migrate`.",
    ),
    Problem(
        "server-error", 500, Remedy.WAIT, "Something went wrong on the server.",
        "This is a fault of the server, not of what was sent. It has been logged; the phone keeps its outbox and "
        "tries again later.",
    ),
    Problem(
        "no-model", 404, Remedy.WAIT, "No ranker has been published yet.",
        "Phones rank with the built-in rules until the first model is promoted.",
    ),
)  # fmt: skip
