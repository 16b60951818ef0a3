"""Problems of who is asking, and from which device."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

SIGN_INS: Final[tuple[Problem, ...]] = (
    Problem(
        "not-signed-in", 401, Remedy.SIGN_IN, "Please sign in.",
        "The request carries no access token. Work on the phone goes on; only sending and receiving wait.",
        detail="You can go on working; sending and receiving wait until you have signed in.",
    ),
    Problem(
        "token-expired", 401, Remedy.SIGN_IN, "The sign-in has run out.",
        "Access tokens live for ten minutes. Use the refresh token for a new one; if that has run out too, sign in.",
        detail="You can go on working; the app renews the sign-in, or asks you for it.",
    ),
    Problem(
        "token-invalid", 401, Remedy.SIGN_IN, "The sign-in is not valid.",
        "The token was not made by this server, or was changed on the way. Sign in again.",
        detail="Please sign in again. What you wrote is still on this phone.",
    ),
    Problem(
        "sign-in-failed", 401, Remedy.SIGN_IN, "That name and password do not go together.",
        "Check both. The answer is the same whether or not the name exists.",
        detail="Please check both and try again.",
    ),
    Problem(
        "account-disabled", 401, Remedy.SIGN_IN, "This account has been closed.",
        "Whoever looks after Kith in your organisation can open it again.",
    ),
    Problem(
        "too-many-attempts", 429, Remedy.WAIT, "Too many attempts to sign in.",
        "Wait for as many seconds as Retry-After says, then try again.",
        detail="Please wait a little, then try again.",
    ),
    Problem(
        "refresh-invalid", 401, Remedy.SIGN_IN, "The sign-in can no longer be renewed.",
        "The refresh token is unknown, has run out or was signed out. Sign in again; the outbox is kept.",
        detail="Please sign in again. What you wrote is still on this phone.",
    ),
    Problem(
        "refresh-reused", 401, Remedy.SIGN_IN, "This sign-in was renewed from somewhere else.",
        "A refresh token came a second time, more than a minute after it was replaced, so all of this device's "
        "sign-ins were ended for safety. Sign in again; the outbox is kept.",
        detail="To be safe, this device was signed out. Please sign in again; what you wrote is still on this phone.",
    ),
    Problem(
        "device-revoked", 401, Remedy.WIPE, "This device may no longer hold Kith's records.",
        "The device was taken off the list, perhaps because it was lost. It deletes what it holds.",
        detail="It was taken off the list, perhaps because it was lost. What it holds is deleted.",
    ),
    Problem(
        "device-taken", 409, Remedy.FIX, "This device id belongs to another account.",
        "Make a new device id for the new account; an id is never shared between accounts.",
        detail="Another account uses Kith on this device. Sign that one out first, or use another device.",
    ),
    Problem(
        "wrong-device", 403, Remedy.SIGN_IN, "The push is from another device than the sign-in.",
        "A device sends its own outbox under its own sign-in.",
        detail="Please sign in again. What you wrote is still on this phone.",
    ),
    Problem(
        "not-allowed", 403, Remedy.DROP, "Your role does not allow this.",
        "The account lacks the role or the scope that this needs.",
        detail="Ask whoever looks after Kith in your organisation if you need this.",
    ),
)  # fmt: skip
