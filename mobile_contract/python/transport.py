"""The network as the client wants it: a problem is an exception that says what to do next."""

from dataclasses import dataclass, field
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
    """The server said no; `problem` is its problem+json."""

    def __init__(self, problem: Values) -> None:
        super().__init__(f"{problem.get('type')}: {problem.get('title')}")
        self.problem = problem

    @property
    def remedy(self) -> str:
        """What to do next."""
        return str(self.problem.get("remedy", "wait"))

    @property
    def slug(self) -> str:
        """The last part of the problem's type."""
        return str(self.problem.get("type", "")).rpartition("/")[2]


@dataclass(slots=True)
class Report:
    """What one sync did. results : the server's, as they came."""

    results: list[Values] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)
    pulled: int = 0
    pages: int = 0
    evicted: list[str] = field(default_factory=list)
