"""What a problem is: what it is called, how it is sent, and what a phone does next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
    title, detail : plain sentences for a person, what happened and what it means for them.
    explanation : for the docs page and whoever builds against the server; it is the detail where none is given.
    """

    slug: str
    status: int
    remedy: Remedy
    title: str
    explanation: str
    detail: str = ""

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
            "detail": detail or self.detail or self.explanation,
            "remedy": self.remedy.value,
        }
        if errors:
            body["errors"] = dict(errors)
        return body
