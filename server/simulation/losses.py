"""NO-SILENT-LOSS: every value ever pushed is in a record, a conflict, quarantine, or was replaced by one who saw it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mobile_contract.merge import FieldRule, Merge
from mobile_contract.schemas import KINDS
from server.simulation import peek
from server.simulation.heard import Wish
from server.simulation.model import BrokenError
from server.sync.model import Stored

if TYPE_CHECKING:
    from server.simulation.world import World

#: What a phone need not send again and people need not see: the server's no to a command, and orders of sending.
_COMMAND = "command"
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """All that the server keeps of a tenant."""

    tenant: str
    records: Mapping[tuple[str, str], Stored]
    conflicts: Mapping[tuple[str, str], str]
    abouts: Mapping[str, tuple[str, str]]
    aside: frozenset[tuple[str, str]]


def nothing_lost(world: "World") -> None:
    """Ask of every mutation that was answered what became of each of its values."""
    wishes = sorted(world.oracle.wishes.values(), key=lambda wish: wish.order)
    for tenant in world.plan.tenants:
        mine = [wish for wish in wishes if wish.tenant == tenant]
        _Search(world, kept(world, tenant, mine), mine).run()


def kept(world: "World", tenant: str, wishes: Iterable[Wish]) -> Kept:
    """Read all that a tenant has."""
    keys = {wish.key for wish in wishes}
    with world.store.inner.read(tenant) as view:
        records = {(one.key.kind, one.key.id): one for kind in {key[0] for key in keys} if kind in KINDS
                   for one in view.of_kind(kind)}  # fmt: skip
        conflicts: dict[tuple[str, str], str] = {}
        abouts: dict[str, tuple[str, str]] = {}
        for one in view.of_kind("conflict"):
            about = one.doc["record_kind"], one.doc["record_id"]
            abouts[one.key.id] = about
            conflicts[about] = conflicts.get(about, "") + repr([one.doc["mine"], one.doc["theirs"], one.doc["kept"]])
        aside = {(one.device, one.mid) for one in view.quarantined()}
    aside |= {(row["device"], row["mid"]) for row in peek.table(world.store, tenant, "deferred")}
    return Kept(tenant, records, conflicts, abouts, frozenset(aside))


class _Search:
    """Looks for the values of one tenant's mutations."""

    def __init__(self, world: "World", kept: Kept, wishes: list[Wish]) -> None:
        self.world, self.kept, self.wishes = world, kept, wishes
        self.abouts = kept.abouts
        self.settlements = [
            wish for wish in wishes if wish.key[0] == "conflict" and wish.answer["outcome"] == "applied"
        ]
        self.by_key: dict[tuple[str, str], list[Wish]] = {}
        for wish in wishes:
            self.by_key.setdefault(wish.key, []).append(wish)

    def run(self) -> None:
        for wish in self.wishes:
            if wish.said["op"] in ("create", "patch") and (self.kept.tenant, *wish.key) not in self.world.erased:
                self._find(wish)
        self._counters()

    def _find(self, wish: Wish) -> None:
        if (wish.device, wish.said["mid"]) in self.kept.aside:
            return
        if wish.answer["outcome"] == "rejected":
            self._lost(wish, "it was refused and not put aside")
        rule = KINDS[wish.key[0]]
        for name, value in wish.said["set"].items():
            field = rule.fields[name]
            if name.endswith("_at"):  # the server dates it by its own clock
                continue
            if field.merge not in (Merge.SERVER, Merge.DELTA) and not self._is_there(wish, field, value):
                self._lost(wish, f"{name} = {value!r} is nowhere")

    def _lost(self, wish: Wish, why: str) -> None:
        said = wish.said
        raise BrokenError(
            "NO-SILENT-LOSS", f"{said['op']} {said['kind']} {said['id']} of {wish.device} ({said['mid']}, "
            f"answered {wish.answer['outcome']} v{wish.version}): {why}",
        )  # fmt: skip

    def _is_there(self, wish: Wish, field: FieldRule, value: Any) -> bool:
        stored = self.kept.records.get(wish.key)
        if stored is not None and _holds(stored.doc.get(field.name), value, field):
            return True
        conflict = self.kept.conflicts.get(wish.key, "")
        return _in_conflict(conflict, value, field) or self._replaced(wish, field, value)

    def _replaced(self, wish: Wish, field: FieldRule, value: Any) -> bool:
        """Say whether its own author, or one who had seen it, wrote something else or deleted the record."""
        same = [one for one in self.by_key[wish.key] if one.said["set"].get(field.name) == value]
        authors = {one.device for one in same}
        desk = self.world.oracle.desk.get((wish.tenant, *wish.key), ())
        was = [version for version, doc in desk if doc.get(field.name) == value]
        seen = min([*(one.version for one in same if one.version), *was], default=wish.version)
        later = [other for other in self.by_key[wish.key] if other is not wish and _changes(other, field, wish)]
        if field.merge is Merge.STATUS and later:  # a legal move needs to have seen no other
            return True
        if any(other.device in authors or other.said["base"] >= seen for other in later):
            return True
        if self._settled(wish.key, authors) >= seen:
            return True
        return any(version >= wish.version for version, _ in desk)

    def _settled(self, key: tuple[str, str], authors: set[str]) -> int:
        """Say how far somebody who settled a conflict about a record had seen, 0 for nobody."""
        settled = [one for one in self.settlements if self.abouts.get(one.key[1]) == key]
        return max((one.version if one.device in authors else int(one.said["base"]) for one in settled), default=0)

    def _counters(self) -> None:
        """Every difference counts once."""
        for key, wishes in self.by_key.items():
            stored = self.kept.records.get(key)
            if stored is None or "attended" not in stored.doc:
                continue
            if (self.kept.tenant, *key) in self.world.recounted:
                continue
            counted = [one for one in wishes if one.answer["outcome"] in ("applied", "merged", "conflict", "duplicate")]
            total = sum(one.said["set"]["attended"]["delta"] for one in counted if "attended" in one.said["set"])
            if stored.doc["attended"] != total - self._aside(key):
                raise BrokenError("PUSH-EXACTLY-ONCE", f"{key} counts {stored.doc['attended']}, {total} were sent")

    def _aside(self, key: tuple[str, str]) -> int:
        """Sum the differences that a deletion met: they stand in conflicts that nobody settled in their favour."""
        found = [one.doc for (kind, _), one in self.kept.records.items() if kind == "conflict"]
        met = [doc for doc in found if (doc["record_kind"], doc["record_id"]) == key and doc["rule"] == "deleted"]
        mine = [doc["mine"]["value"] for doc in met if doc["kept"] != doc["mine"]]
        return sum(value["attended"]["delta"] for value in mine if "attended" in (value or {}))


def _holds(current: Any, value: Any, field: FieldRule) -> bool:
    if field.merge is Merge.SET and isinstance(value, dict):
        return set(value.get("add", ())) <= set(current or ())
    if field.merge is Merge.SET:
        return set(value or ()) <= set(current or ())
    if field.merge is Merge.TEXT and current and value:
        return value in current
    return bool(current == value)


def _in_conflict(conflict: str, value: Any, field: FieldRule) -> bool:
    if field.merge is Merge.SET and isinstance(value, dict):
        return all(repr(code) in conflict for code in value.get("add", ()))
    if isinstance(value, list):
        return all(repr(one) in conflict for one in value)
    return repr(value) in conflict or (isinstance(value, str) and value in conflict)


def _changes(other: Wish, field: FieldRule, wish: Wish) -> bool:
    """Say whether another mutation, taken after this one, changes the same field."""
    said = other.said
    if other.answer["outcome"] == "rejected" or (other.version, other.said["lseq"]) < (wish.version, 0):
        return False
    if said["op"] == "delete" or field.name in said["set"]:
        return True
    return bool(said["op"] == _COMMAND)
