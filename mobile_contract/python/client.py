"""A phone in Python: the reference client over HTTP."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from mobile_contract.python import scopes, stages
from mobile_contract.python.clock import tick, uuid7
from mobile_contract.python.holding import Entry, Holding, Values
from mobile_contract.python.link import Link
from mobile_contract.python.network import Files
from mobile_contract.python.overlay import difference, seen
from mobile_contract.python.snapshots import Taking
from mobile_contract.python.transport import ProblemError, Report, Transport
from mobile_contract.python.verify import is_due, sums
from mobile_contract.schemas import KINDS
from mobile_contract.version import CURRENT
from mobile_contract.wire import MAX_MUTATIONS

#: Hears after which step of a sync the holding may be kept on disk: made, numbered, folded, evicted, applied, stored,
#: started-over, wiped; with snapshots also offered, arrived, slice, loaded, given-up; and verified.
Kept = Callable[[str], None]

#: Rounds of one sync in which nothing of the outbox was settled, after which the rest waits for the next sync.
_PATIENCE = 4


def _keep_nothing(_step: str) -> None:
    """Live in memory alone."""


class Phone(Link):
    """One device of one account. `holding` is all that it remembers; another Phone may go on with it after a crash.

    kept : called after each step, when the holding is whole and may be written to disk.
    files : how to fetch snapshots; without it, scopes come row by row. verify_every : full syncs after which it asks
    whether it holds what it should, a day at the latest; 0 to ask only by `verify`.
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
        files: Files | None = None,
        verify_every: int = 0,
    ) -> None:
        super().__init__(transport, device, holding or Holding(), files)
        self._kept, self._clock, self._chance, self._page_rows = kept, clock, chance, page_rows
        self._verify_every, self._batch, self._epoch = verify_every, MAX_MUTATIONS, ""

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
            self._look()
            self._exchange(report)
            if is_due(self.holding, self._clock(), self._verify_every):
                report.retaken = [*self.verify()]
                if report.retaken:
                    self._exchange(report)
        except ProblemError as error:
            if error.remedy == "wipe":
                self.holding = Holding()
                self._kept("wiped")
            raise
        return report

    def verify(self) -> Sequence[str]:
        """Ask whether this phone holds what it should; give the scopes that the next sync takes again."""
        if self.holding.cursor is None:
            return []
        held = {"cursor": self.holding.cursor, "scopes": sums(self.holding)}
        answer = self.request("POST", "/v1/sync/verify", held)
        if not answer["at_head"]:
            return []
        wrong: Sequence[str] = answer["mismatched"]
        scopes.take_again(self.holding, wrong)
        self.holding.syncs, self.holding.verified_at = 0, self._clock()
        self._kept("verified")
        return wrong

    def _look(self) -> None:
        """Ask which scopes are granted now: a pull begins new ones at once, too late for their snapshots."""
        if self._files is not None:
            manifest = self.request("GET", "/v1/sync/manifest")
            self._epoch = manifest["epoch"]
            scopes.grant(self.holding, manifest["scopes"])

    def _exchange(self, report: Report) -> None:
        futile, whole, first = 0, self._files is not None, True
        while futile < _PATIENCE:
            before = len(self.holding.waiting())
            try:
                starts = scopes.to_begin(self.holding) if whole else []
                more = self._round(report, starts, asks=first, send_first=futile == 0)
            except ProblemError as error:
                if error.slug == "snapshot-expired" and whole:
                    whole = False
                elif not self._can_go_on(error):
                    raise
                continue
            left, first = len(self.holding.waiting()), False
            if more is False and not left:
                return
            futile = 0 if left < before or more else futile + 1

    def _can_go_on(self, error: ProblemError) -> bool:
        """Send less at once, or take everything again, if that is what a problem asks for."""
        if error.status == httpx.codes.REQUEST_ENTITY_TOO_LARGE and self._batch > 1:
            self._batch //= 2
            return True
        if error.remedy not in ("pull", "snapshot") or self.holding.cursor is None:
            return False
        stages.start_over(self.holding, restored=error.slug == "epoch-changed")
        self._kept("started-over")
        return True

    def _round(self, report: Report, starts: Sequence[str], *, asks: bool, send_first: bool) -> bool | None:
        """Push, evict, apply, store the cursor; say whether more is to come.

        Before scopes that are long to take, what waits is sent by itself: then None.
        """
        mutations = stages.number(self.holding, self._batch)
        self._kept("numbered")
        if starts and mutations and send_first:
            self._take_answers(self._send("/v1/sync/push", self._push(mutations)), report)
            return None
        if starts:
            self._taking().take(starts)
        pushed, page = self._ask(mutations, starts, asks=asks)
        if pushed is not None:
            self._take_answers(pushed, report)
        stages.evict(self.holding, page["evict"], report)
        self._kept("evicted")
        stages.apply(self.holding, page["rows"], report)
        self._kept("applied")
        stages.store_cursor(self.holding, page)
        self._kept("stored")
        report.pages += 1
        report.poll_after_s = page["poll_after_s"]
        return bool(page["more"])

    def _taking(self) -> Taking:
        return Taking(self.holding, lambda path: self.request("GET", path), self._file, self._kept, self._epoch)

    def _take_answers(self, pushed: Values, report: Report) -> None:
        stages.fold(self.holding, pushed, report)
        stages.take_later(self.holding, pushed["later"], report)
        self.holding.clock_offset_ms = pushed["clock_offset_ms"]
        self._batch = min(MAX_MUTATIONS, self._batch * 2)
        self._kept("folded")

    def _ask(self, mutations: Sequence[Values], starts: Sequence[str], *, asks: bool) -> tuple[Values | None, Values]:
        pull = stages.pull(self.holding, self._page_rows, starts)
        if not mutations and not (asks and any(entry.deferred for entry in self.holding.outbox.values())):
            return None, self.request("POST", "/v1/sync/pull", pull)
        answer = self._send("/v1/sync", {"push": self._push(mutations), "pull": pull})
        return answer["push"], answer["pull"]

    def _send(self, path: str, body: Values) -> Any:
        """Send a push; the next one holds half as much when this one took too long."""
        try:
            return self.request("POST", path, body)
        except httpx.TimeoutException:
            self._batch = max(1, self._batch // 2)
            raise

    def _push(self, mutations: Sequence[Values]) -> Values:
        sent_at = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        about = stages.asks(self.holding)
        push = {"device": self.device, "sent_at": sent_at, "schema": CURRENT, "mutations": mutations}
        return push | ({"ask": about} if about else {})

    def _enqueue(self, kind: str, record_id: str, op: str, changes: Values, command: Values | None = None) -> str:
        held = self.holding.records.get((kind, record_id))
        self.holding.clock = tick(self.holding.clock, self._now_ms(), self.device)
        mid, base = uuid7(self._now_ms(), self._chance), held.version if held and op != "create" else 0
        self.holding.made += 1
        entry = Entry(mid, kind, record_id, op, base, changes, self.holding.clock, command, order=self.holding.made)
        self.holding.outbox[mid] = entry
        self._kept("made")
        return mid

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)
