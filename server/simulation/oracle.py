"""The oracle hears every request and answer, remembers all of it, and knows nothing of how the server works inside."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mobile_contract.schemas import KINDS
from server.simulation.clocks import Clock
from server.simulation.heard import Heard, Json, Made, Remembered, Wish, brief, core, parts, slug_of, without_cursor
from server.simulation.model import BrokenError
from server.sync.model import Principal

#: Problems of the number or the name of a mutation: no receipt is kept for such an answer.
NOT_KEPT = frozenset({"lseq-gap", "lseq-reused", "mid-reused"})
#: Statuses of whole requests that are no fault of the server.
_FINE = frozenset({200, 401, 410, 503})


@dataclass(slots=True)
class Oracle:
    """Remembers. heads : reads where a tenant's feed ends. opened : reads a cursor. tags : words of other tenants."""

    clock: Clock
    heads: Callable[[str], int]
    opened: Callable[[str], Json]
    made: dict[str, Made] = field(default_factory=dict)
    poison: set[str] = field(default_factory=set)
    wishes: dict[tuple[str, str], Wish] = field(default_factory=dict)
    refused: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    acked: dict[tuple[str, str], int] = field(default_factory=dict)
    desk: dict[tuple[str, str, str], list[tuple[int, Json]]] = field(default_factory=dict)
    told_gone: set[tuple[str, str, str, frozenset[str]]] = field(default_factory=set)
    lost: dict[tuple[str, str], Wish] = field(default_factory=dict)
    epochs: dict[str, int] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)
    latest_span: dict[str, int] = field(default_factory=dict)
    transcript: list[Any] = field(default_factory=list)

    def before(self, heard: Heard) -> None:
        """Hear a request before the server does."""
        push = heard.push
        if push and push["mutations"] and all(self._known(heard, said) for said in push["mutations"]):
            heard.head = self.heads(heard.principal.tenant)

    def _known(self, heard: Heard, said: Json) -> bool:
        wish = self.wishes.get((heard.principal.device_id, said["mid"]))
        return wish is not None and wish.said == said

    def after(self, heard: Heard, status: int, answer: Json, sent: bytes) -> None:
        """Hear what the server answered."""
        if status not in _FINE:
            raise BrokenError("POISON-ISOLATED", f"a request as a whole was answered {status}: {dict(answer)}")
        self.transcript.append((heard.principal.device_id, heard.path, status, without_cursor(answer)))
        pushed, page = parts(heard, status, answer)
        if pushed is not None and heard.push is not None:
            self._hear_push(heard, heard.push, pushed)
        if heard.pull is not None:
            self._hear_pull(heard, heard.pull, status, page)
        self._hear_tenant(heard, sent)

    def _hear_tenant(self, heard: Heard, sent: bytes) -> None:
        mine = heard.principal.tenant
        for tenant in self.floors:
            if tenant != mine and f'"{tenant}-'.encode() in sent:
                raise BrokenError("NO-LEAK", f"{heard.principal.device_id} of {mine} was told something of {tenant}")

    def pushed(self, heard: Heard, answer: Json) -> None:
        """Hear what became of a push whose request was refused as a whole after it."""
        if heard.push is not None:
            self._hear_push(heard, heard.push, answer)

    # ── push ──

    def _hear_push(self, heard: Heard, push: Json, answer: Json) -> None:
        device, tenant = heard.principal.device_id, heard.principal.tenant
        self._retry_touches_nothing(heard)
        saids = sorted(push["mutations"], key=lambda said: said["lseq"])
        results = answer["results"]
        gap = bool(results) and slug_of(results[-1]) == "lseq-gap"
        if len(results) != len(saids) and not gap:
            raise BrokenError("POISON-ISOLATED", f"{len(saids)} mutations got {len(results)} answers")
        for said, result in zip(saids, results, strict=False):
            self._hear_result(heard, said, result)
        self._prefix(tenant, device, results, answer["acked_lseq"])

    def _retry_touches_nothing(self, heard: Heard) -> None:
        if heard.head is not None and self.heads(heard.principal.tenant) != heard.head:
            raise BrokenError(
                "RETRY-NO-TOUCH", f"a repeated push of {heard.principal.device_id} moved the head from {heard.head}"
            )

    def _hear_result(self, heard: Heard, said: Json, result: Json) -> None:
        device, slug = heard.principal.device_id, slug_of(result)
        if result["mid"] != said["mid"]:
            raise BrokenError("LSEQ-PREFIX", f"the answers of {device} are not in the order of lseq")
        self.may_hold(heard.principal, [result["row"]] if result["row"] else [])
        first = self.wishes.get((device, said["mid"]))
        if slug in NOT_KEPT or result["lseq"] != said["lseq"]:  # refused, or the receipt of a number before
            self.refused.setdefault((heard.principal.tenant, device), set()).add(said["lseq"])
        if first is not None:
            self._again(heard.principal, first, said, result)
        elif slug not in NOT_KEPT:
            self._first(heard, said, result)

    def _first(self, heard: Heard, said: Json, result: Json) -> None:
        device = heard.principal.device_id
        poisonous = said["mid"] in self.poison
        if poisonous and result["outcome"] != "rejected":
            raise BrokenError("POISON-ISOLATED", f"a broken {said['kind']} was answered {result['outcome']}")
        if slug_of(result) == "set-aside" and not poisonous:
            raise BrokenError("POISON-ISOLATED", f"the server failed on {said['op']} {said['kind']} {said['set']}")
        made = self.made.get(said["mid"])
        span = self._span(device, heard.push, made)
        wish = Wish(heard.principal.tenant, device, said, result, len(self.wishes), made, span)
        self.wishes[device, said["mid"]] = wish

    def _span(self, device: str, push: Json | None, made: Made | None) -> tuple[int, int] | None:
        """Between which instants the server may place an edit: from when it was made, as late as its request was."""
        if made is None or push is None:
            return None
        sent_ms = int(datetime.fromisoformat(push["sent_at"]).timestamp() * 1000) - made.error_ms
        until = max(made.at_ms + self.clock.ms - sent_ms, self.latest_span.get(device, 0)) + 1
        self.latest_span[device] = max(until, self.latest_span.get(device, 0))
        return made.at_ms, until

    def _again(self, principal: Principal, first: Wish, said: Json, result: Json) -> None:
        same = {**said, "lseq": 0} == {**first.said, "lseq": 0}
        if same:  # under another number after a restore or a miscount, it is the same all the same
            if core(result) != core(first.answer):
                raise BrokenError(
                    "PUSH-EXACTLY-ONCE", f"{said['mid']} was answered {brief(first.answer)}, again {brief(result)}"
                )
        elif slug_of(result) != "mid-reused":
            raise BrokenError("SAME-MID-OTHER-PAYLOAD", f"another payload under {said['mid']} got {brief(result)}")

    def _prefix(self, tenant: str, device: str, results: list[Json], acked: int) -> None:
        before = self.acked.get((tenant, device), 0)
        beyond = [result["lseq"] for result in results if result["lseq"] > acked and slug_of(result) not in NOT_KEPT]
        if acked < before or beyond:
            raise BrokenError("LSEQ-PREFIX", f"{device} had {before} acknowledged, now {acked}; answered {beyond}")
        self.acked[tenant, device] = acked

    # ── pull ──

    def _hear_pull(self, heard: Heard, pull: Json, status: int, page: Json | None) -> None:
        cursor = pull["cursor"]
        tenant = heard.principal.tenant
        if page is None:
            return
        if cursor and self.cursors.get(cursor, 0) < self.epochs.get(tenant, 0):
            raise BrokenError("OLD-CURSOR-410", f"a cursor from before a restore got a page, {status}")
        before, after = self._places(cursor), self._places(page["cursor"])
        if any(max(place) < self.floors.get(tenant, 0) for place in before.values()):
            raise BrokenError("OLD-CURSOR-410", f"a cursor below the floor got a page: {before}")
        before = {scope: place for scope, place in before.items() if scope not in pull.get("retake", ())}
        if page["more"] and before == after:
            raise BrokenError("PROGRESS", f"{heard.principal.device_id} is to ask again from the same place {after}")
        self.cursors[page["cursor"]] = self.epochs.get(tenant, 0)
        self.may_hold(heard.principal, page["rows"])

    def _places(self, cursor: str | None) -> dict[str, tuple[int, int]]:
        if cursor is None:
            return {}
        return {scope: tuple(place[:2]) for scope, place in self.opened(cursor)["s"].items()}

    def may_hold(self, principal: Principal, rows: list[Json]) -> None:
        """NO-LEAK: rows that are sent to a device are of its grants."""
        for row in rows:
            if row["op"] != "put":
                self.told_gone.add((principal.tenant, row["k"], row["i"], principal.scopes))
            elif not KINDS[row["k"]].scopes_of(row["i"], row["d"]) & principal.scopes:
                raise BrokenError("NO-LEAK", f"{principal.device_id} was sent {row['k']} {row['i']}, not in its grants")

    # ── what the world tells ──

    def remembered(self, tenant: str) -> Remembered:
        """Give what is known of a tenant at the moment of a backup."""
        wishes = {at: wish for at, wish in self.wishes.items() if wish.tenant == tenant}
        acked = {device: acked for (of, device), acked in self.acked.items() if of == tenant}
        desk = {at: list(writes) for at, writes in self.desk.items() if at[0] == tenant}
        return Remembered(wishes, acked, desk)

    def rewind(self, tenant: str, then: Remembered, there: Collection[tuple[str, str]]) -> None:
        """Forget what a restore has lost, but for what has to come back.

        there : device and mid of each receipt in the backup. Some were told only after it, as the server died.
        """
        mine = {at: wish for at, wish in self.wishes.items() if wish.tenant == tenant}
        self.lost.update({at: wish for at, wish in mine.items() if at not in then.wishes and at not in there})
        kept = {at: wish for at, wish in mine.items() if at in there} | then.wishes
        self.wishes = {at: wish for at, wish in self.wishes.items() if wish.tenant != tenant} | kept
        self.acked = {at: acked for at, acked in self.acked.items() if at[0] != tenant}
        self.acked |= {(tenant, device): acked for device, acked in then.acked.items()}
        self.desk = {at: writes for at, writes in self.desk.items() if at[0] != tenant}
        self.desk |= {at: list(writes) for at, writes in then.desk.items()}
        self.epochs[tenant] = self.epochs.get(tenant, 0) + 1

    def wrote(self, tenant: str, kind: str, record_id: str, doc: Json, version: int) -> None:
        """Remember what staff or an importer wrote, seeing all that was there."""
        self.desk.setdefault((tenant, kind, record_id), []).append((version, doc))
