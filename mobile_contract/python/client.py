"""A phone in Python: the reference client over HTTP."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import httpx

from mobile_contract.python import stages
from mobile_contract.python.clock import tick, uuid7
from mobile_contract.python.holding import Entry, Holding, Values
from mobile_contract.python.overlay import difference, seen
from mobile_contract.python.transport import Answer, ProblemError, Report, Transport
from mobile_contract.schemas import KINDS
from mobile_contract.version import CURRENT

#: Hears after which step of a sync the holding may be kept on disk: made, numbered, folded, evicted, applied, stored,
#: started-over, wiped.
Kept = Callable[[str], None]

#: Rounds of one sync in which nothing of the outbox was settled, after which the rest waits for the next sync.
_PATIENCE = 4


class HttpAnswer(NamedTuple):
    """An answer over HTTP."""

    status: int
    body: Any


def http_transport(base_url: str, client: httpx.Client | None = None) -> Transport:
    """Send over HTTP to the server at `base_url`, such as ``http://127.0.0.1:8080``."""
    http = client or httpx.Client(base_url=base_url, timeout=60)

    def send(method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        answer = http.request(method, path, headers=headers, json=body)
        is_json = "json" in answer.headers.get("content-type", "")
        return HttpAnswer(answer.status_code, answer.json() if is_json else None)

    return send


def _keep_nothing(_step: str) -> None:
    """Live in memory alone."""


class Phone:
    """One device of one account. `holding` is all that it remembers; another Phone may go on with it after a crash.

    kept : called after each step, when the holding is whole and may be written to disk.
    """

    def __init__(
        self,
        transport: Transport,
        device: str,
        *,
        holding: Holding | None = None,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        page_rows: int = 1000,
        kept: Kept = _keep_nothing,
    ) -> None:
        self.device = device
        self._kept = kept
        self.holding = holding or Holding()
        self._transport, self._clock, self._chance, self._page_rows = transport, clock, chance, page_rows

    def sign_in(self, username: str, password: str, *, name: str = "a phone", platform: str = "python") -> Values:
        """Sign in, enrol this device and give the session. Raises ProblemError."""
        device = {"id": self.device, "name": name, "platform": platform}
        body = {"username": username, "password": password, "device": device}
        return self._begin(self._open("POST", "/v1/sign-in", {}, body))

    def create(self, kind: str, doc: Values, record_id: str | None = None) -> str:
        """Make a record and give its id."""
        made = record_id or uuid7(self._now_ms(), self._chance)
        self._enqueue(kind, made, "create", dict(doc))
        return made

    def patch(self, kind: str, record_id: str, changes: Values) -> str | None:
        """Change fields, given as plain values; give the mutation's id, None when nothing changes."""
        before = self.read(kind, record_id)
        if before is None:
            raise KeyError(f"there is no {kind} {record_id} here")
        changed = difference(kind, before, changes)
        return self._enqueue(kind, record_id, "patch", changed) if changed else None

    def remove(self, kind: str, record_id: str) -> str:
        """Delete a record and give the mutation's id."""
        return self._enqueue(kind, record_id, "delete", {})

    def command(
        self, kind: str, record_id: str, name: str, args: Values | None = None, valid_until: str | None = None
    ) -> str:
        """Ask for what the server decides; give the mutation's id."""
        if name not in KINDS[kind].commands:
            raise ValueError(f"a {kind} takes no command {name}")
        command = {"name": name, "args": dict(args or {}), "valid_until": valid_until}
        return self._enqueue(kind, record_id, "command", {}, command)

    def read(self, kind: str, record_id: str) -> Values | None:
        """Give a document as the person sees it, None when there is none."""
        held = self.holding.records.get((kind, record_id))
        return seen(held.doc if held else None, self.holding.about((kind, record_id)))

    def list(self, kind: str) -> dict[str, Values]:
        """Give every document of a kind as the person sees it: id → document."""
        keys = {*self.holding.records, *(entry.key for entry in self.holding.outbox.values())}
        documents = {record_id: self.read(kind, record_id) for of, record_id in sorted(keys) if of == kind}
        return {record_id: doc for record_id, doc in documents.items() if doc is not None}

    def sync(self) -> Report:
        """Send what waits and take what changed, until both sides are even.

        Raises ProblemError (after `wipe` nothing is held any more) and whatever the transport raises offline.
        """
        report = Report()
        try:
            self._exchange(report)
        except ProblemError as error:
            if error.remedy == "wipe":
                self.holding = Holding()
                self._kept("wiped")
            raise
        return report

    def request(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Send a signed request; renew the sign-in once when it has run out. Raises ProblemError for 400 or more."""
        try:
            return self._open(method, path, self._signature() | dict(headers or {}), body)
        except ProblemError as error:
            if error.remedy != "sign-in" or self.holding.session is None:
                raise
        self._renew()
        return self._open(method, path, self._signature() | dict(headers or {}), body)

    def _exchange(self, report: Report) -> None:
        futile = 0
        while futile < _PATIENCE:
            before = len(self.holding.waiting())
            try:
                page = self._round(report)
            except ProblemError as error:
                if error.remedy not in ("pull", "snapshot") or self.holding.cursor is None:
                    raise
                stages.start_over(self.holding, restored=error.slug == "epoch-changed")
                self._kept("started-over")
                continue
            left = len(self.holding.waiting())
            if not left and not page["more"]:
                return
            futile = 0 if left < before or page["more"] else futile + 1

    def _round(self, report: Report) -> Values:
        """Push, evict, apply, store the cursor."""
        mutations = stages.number(self.holding)
        self._kept("numbered")
        pushed, page = self._ask(mutations)
        if pushed is not None:
            stages.fold(self.holding, pushed, report)
            self._kept("folded")
        stages.evict(self.holding, page["evict"], report)
        self._kept("evicted")
        stages.apply(self.holding, page["rows"], report)
        self._kept("applied")
        stages.store_cursor(self.holding, page)
        self._kept("stored")
        report.pages += 1
        return page

    def _ask(self, mutations: Sequence[Values]) -> tuple[Values | None, Values]:
        pull: dict[str, Any] = {"cursor": self.holding.cursor, "limit": self._page_rows, "schema": CURRENT}
        if self.holding.evicted:  # the server still believes that they are here, and one may be granted again
            pull["retake"] = sorted(self.holding.evicted)
        if not mutations:
            return None, self.request("POST", "/v1/sync/pull", pull)
        sent_at = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        push = {"device": self.device, "sent_at": sent_at, "schema": CURRENT, "mutations": mutations}
        answer = self.request("POST", "/v1/sync", {"push": push, "pull": pull})
        return answer["push"], answer["pull"]

    def _enqueue(self, kind: str, record_id: str, op: str, changes: Values, command: Values | None = None) -> str:
        held = self.holding.records.get((kind, record_id))
        self.holding.clock = tick(self.holding.clock, self._now_ms(), self.device)
        mid, base = uuid7(self._now_ms(), self._chance), held.version if held and op != "create" else 0
        self.holding.outbox[mid] = Entry(mid, kind, record_id, op, base, changes, self.holding.clock, command)
        self._kept("made")
        return mid

    def _renew(self) -> None:
        token = self.holding.session["refresh_token"] if self.holding.session else ""
        try:
            self._begin(self._open("POST", "/v1/refresh", {}, {"refresh_token": token}))
        except ProblemError as error:
            if error.remedy == "sign-in":
                self.holding.session = None
            raise

    def _begin(self, session: Values) -> Values:
        self.holding.session = session
        self.holding.scopes = frozenset(session["scopes"])
        return session

    def _signature(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.holding.session['access_token']}"} if self.holding.session else {}

    def _open(self, method: str, path: str, headers: dict[str, str], body: Any) -> Any:
        answer = self._transport(method, path, headers, body)
        if answer.status >= 400:
            raise ProblemError(answer.body or {"status": answer.status, "title": "an answer without a problem"})
        return answer.body

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)
