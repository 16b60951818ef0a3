"""The network as the client wants it: a problem is an exception that says what to do next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from mobile_contract.python.holding import Refused, Values


class Answer(Protocol):
    """What arrived; an httpx or a werkzeug test response, seen through `Transport`."""

    @property
    def status(self) -> int:
        """Of HTTP."""

    @property
    def body(self) -> Any:
        """JSON, or None when there is none."""


class Transport(Protocol):
    """Sends one request. Raises OSError or httpx.TransportError when no answer came."""

    def __call__(self, method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        """Send JSON, or nothing when `body` is None, and give whatever answer arrived."""


class ProblemError(Exception):
    """The server said no; `problem` is its problem+json. retry_after_s : how long it asks to wait."""

    def __init__(self, problem: Values, retry_after_s: float | None = None) -> None:
        super().__init__(f"{problem.get('type')}: {problem.get('title')}")
        self.problem = problem
        self.retry_after_s = retry_after_s

    @property
    def remedy(self) -> str:
        """What to do next."""
        return str(self.problem.get("remedy", "wait"))

    @property
    def status(self) -> int:
        """Of HTTP."""
        return int(self.problem.get("status", 0))

    @property
    def slug(self) -> str:
        """The last part of the problem's type."""
        return str(self.problem.get("type", "")).rpartition("/")[2]


@dataclass(slots=True)
class Report:
    """What one sync did. results : the server's, as they came. later : what became of changes that had waited.

    retaken : scopes that did not hold what they should. poll_after_s : when it is worth asking again.
    """

    results: list[Values] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)
    pulled: int = 0
    pages: int = 0
    evicted: list[str] = field(default_factory=list)
    later: list[Values] = field(default_factory=list)
    retaken: list[str] = field(default_factory=list)
    poll_after_s: int | None = None


def refusal(status: int, body: Any, headers: Mapping[str, str] = MappingProxyType({})) -> ProblemError:
    """Make the error that an answer of 400 or more stands for."""
    after = headers.get("retry-after", "")
    problem = body if isinstance(body, dict) else {"status": status, "title": "an answer without a problem"}
    return ProblemError(problem, float(after) if after.isdigit() else None)


def body_of(text: bytes) -> Any:
    """Read JSON, None when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None
