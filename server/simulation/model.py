"""The words of a simulated world: its plan, the deeds of its script, and what is said when a promise is broken."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """Somebody who signs in. may : the scopes that can be granted and taken; `scopes` are those at the start."""

    tenant: str
    id: str
    roles: frozenset[str]
    scopes: frozenset[str]
    may: tuple[str, ...]
    volunteer_id: str | None = None


@dataclass(frozen=True, slots=True)
class PhonePlan:
    """One device. page_rows : rows in a page. error_s : how far its clock is ahead of the truth.

    unknown : kind → fields that its old contract does not have. whole : it begins by snapshots, and verifies.
    """

    device: str
    account: str
    page_rows: int
    error_s: int = 0
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of the script. who : number of the phone. pause_s : time that passes before it. seed : its own chance.

    Each deed draws from its own seed, so that leaving others out changes nothing of what it wants to do.
    """

    number: int
    name: str
    who: int
    pause_s: int
    seed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a seed decides. tenants : the first is where most happens; the second shares names and ids with it."""

    seed: int
    tenants: tuple[str, ...]
    accounts: tuple[AccountPlan, ...]
    phones: tuple[PhonePlan, ...]
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A request that was on its way when its sender gave up; it may still arrive, days later."""

    device: str
    method: str
    path: str
    token: str
    body: bytes


class BrokenError(Exception):
    """A promise is broken. promise : its name. detail : what was seen, in a sentence or two."""

    def __init__(self, promise: str, detail: str) -> None:
        super().__init__(f"{promise}: {detail}")
        self.promise, self.detail = promise, detail

    def __reduce__(self) -> tuple[type["BrokenError"], tuple[str, str]]:
        """Travel between processes."""
        return BrokenError, (self.promise, self.detail)


class CutError(OSError):
    """No answer came: the request or the answer was lost, or the server died."""


class ServerDiedError(BaseException):
    """The server is killed here; nothing in it may catch this."""


class PhoneDiedError(BaseException):
    """The phone is killed here; nothing in it may catch this."""
