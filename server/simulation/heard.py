"""What the oracle hears and remembers: requests, answers, and mutations with what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.sync.model import Principal

Json = Mapping[str, Any]


@dataclass(slots=True)
class Heard:
    """A request as it came. head : where the feed ended before, where that matters."""

    principal: Principal
    path: str
    asked: Any
    head: int | None = None

    @property
    def push(self) -> Json | None:
        """The push in it."""
        return self._part("push", "/v1/sync/push")

    @property
    def pull(self) -> Json | None:
        """The pull in it."""
        return self._part("pull", "/v1/sync/pull")

    def _part(self, name: str, path: str) -> Json | None:
        if self.path == "/v1/sync":
            part: Json = self.asked[name]
            return part
        return self.asked if self.path == path else None


@dataclass(frozen=True, slots=True)
class Made:
    """Where and when a mutation was made in truth, and how far its phone's clock was ahead then, both in ms."""

    device: str
    at_ms: int
    error_ms: int


@dataclass(slots=True)
class Wish:
    """A mutation that the server has answered. order : of first answers. span_ms : when it may be said to be made."""

    tenant: str
    device: str
    said: Json
    answer: Json
    order: int
    made: Made | None
    span_ms: tuple[int, int] | None

    @property
    def key(self) -> tuple[str, str]:
        """Which record it is about."""
        return self.said["kind"], self.said["id"]

    @property
    def version(self) -> int:
        """Of the record afterwards."""
        return int(self.answer["version"])

    @property
    def slug(self) -> str:
        """The problem that it met, "" for none."""
        return slug_of(self.answer)


def slug_of(result: Json) -> str:
    """Name the problem of a result, "" for none."""
    return result["problem"]["type"].rpartition("/")[2] if result["problem"] else ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the oracle knew of a tenant when a backup was made."""

    wishes: dict[tuple[str, str], Wish]
    acked: dict[str, int]
    desk: dict[tuple[str, str, str], list[tuple[int, Json]]]


def parts(heard: Heard, status: int, answer: Json) -> tuple[Json | None, Json | None]:
    """Take an answer apart: what became of the push, and the page."""
    if status != 200:
        return None, None
    if heard.path == "/v1/sync":
        return answer["push"], answer["pull"]
    return (answer, None) if heard.push is not None else (None, answer if heard.pull is not None else None)


def core(result: Json) -> dict[str, Any]:
    """Give what must be the same in every answer: a row that is no longer the device's is left out of a repeat."""
    return {name: result[name] for name in ("mid", "lseq", "outcome", "version", "problem")}


def brief(result: Json) -> str:
    """Say in short what became of a mutation."""
    return f"{result['outcome']} v{result['version']} {slug_of(result)}".strip()


def without_cursor(answer: Json) -> Any:
    """Leave the cursor out, which every store seals in its own way."""
    if "cursor" in answer:
        return {**answer, "cursor": ""}
    if "pull" in answer:
        return {**answer, "pull": {**answer["pull"], "cursor": ""}}
    return answer
