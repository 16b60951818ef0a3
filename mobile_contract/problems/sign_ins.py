"""Problems of who is asking, and from which device."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

SIGN_INS: Final[tuple[Problem, ...]] = (
    Problem(
        "not-signed-in", 401, Remedy.SIGN_IN, "Please sign in.",
        "The request carries no access token. Work on the phone goes on; only sending and receiving wait.",
    ),
    Problem(
        "token-expired", 401, Remedy.SIGN_IN, "The sign-in has run out.",
        "Access tokens live for ten minutes. Use the refresh token for a new one; if that has run out too, sign in.",
    ),
    Problem(
        "token-invalid", 401, Remedy.SIGN_IN, "The sign-in is not valid.",
        "The token was not made by this server, or was changed on the way. Sign in again.",
    ),
    Problem(
        "sign-in-failed", 401, Remedy.SIGN_IN, "That name and password do not go together.",
        "Check both. The answer is the same whether or not the name exists.",
    ),
    Problem(
        "account-disabled", 401, Remedy.SIGN_IN, "This account has been closed.",
        "Whoever looks after Kith in your organisation can open it again.",
    ),
    Problem(
        "too-many-attempts", 429, Remedy.WAIT, "Too many attempts to sign in.",
        "Wait for as many seconds as Retry-After says, then try again.",
    ),
    Problem(
        "refresh-invalid", 401, Remedy.SIGN_IN, "The sign-in can no longer be renewed.",
        "The refresh token is unknown, has run out or was signed out. Sign in again; the outbox is kept.",
    ),
    Problem(
        "refresh-reused", 401, Remedy.SIGN_IN, "This sign-in was renewed from somewhere else.",
        "A refresh token came a second time, more than a minute after it was replaced, so all of this device's "
        "sign-ins were ended for safety. Sign in again; the outbox is kept.",
    ),
    Problem(
        "device-revoked", 401, Remedy.WIPE, "This device may no longer hold Kith's records.",
        "The device was taken off the list, perhaps because it was lost. It deletes what it holds.",
    ),
    Problem(
        "device-taken", 409, Remedy.FIX, "This device id belongs to another account.",
        "Make a new device id for the new account; an id is never shared between accounts.",
    ),
    Problem(
        "wrong-device", 403, Remedy.SIGN_IN, "The push is from another device than the sign-in.",
        "A device sends its own outbox under its own sign-in.",
    ),
    Problem(
        "not-allowed", 403, Remedy.DROP, "Your role does not allow this.",
        "The account lacks the role or the scope that this needs.",
    ),
)  # fmt: skip
