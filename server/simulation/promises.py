"""Every promise asked by name, once the world has healed; what shows only on the way, the oracle asks."""

from typing import TYPE_CHECKING, Any

from mobile_contract.schemas import KINDS
from server.simulation import peek
from server.simulation.ledgers import ledgers_add_up
from server.simulation.losses import nothing_lost
from server.simulation.model import BrokenError
from server.simulation.old import OLD_SCHEMA
from server.simulation.phones import SimPhone
from server.simulation.shelved import snapshot_plus_tail, verify_agrees
from server.simulation.winners import skew_bounded
from server.sync.canonical import canonical
from server.sync.model import Document, Key, Stored
from server.sync.versions import hidden_from

if TYPE_CHECKING:
    from server.simulation.world import World

#: What an idle pull may read beyond one row a scope.
_CONSTANT_ROWS = 4

Held = dict[tuple[str, str], tuple[int, Any]]


def ask(world: "World") -> None:
    """Ask each promise; BrokenError names the first that is broken."""
    for phone in world.phones:
        if not phone.wiped:
            same_as_the_truth(world, phone)
            idle_reads_little(world, phone)
            if not phone.plan.unknown:  # the old contract knows neither
                verify_agrees(world, phone)
                snapshot_plus_tail(world, phone)
    for phone in world.phones:
        if not phone.wiped:
            same_as_a_fresh_one(world, phone)
    for tenant in world.plan.tenants:
        never_over(world, tenant)
        ledgers_add_up(world, tenant)
        gone_was_there(world, tenant)
        prefix_has_receipts(world, tenant)
    wiped_holds_nothing(world)
    restored_nothing_lost(world)
    outbox_kept(world)
    nothing_lost(world)
    skew_bounded(world)


def truth(world: "World", tenant: str, scopes: frozenset[str]) -> dict[tuple[str, str], Stored]:
    """Say what a phone with these scopes must hold, by reading every record there is."""
    with world.store.inner.read(tenant) as view:
        every = [stored for kind in KINDS for stored in view.of_kind(kind)]
    return {(one.key.kind, one.key.id): one for one in every if _scopes(one.key, one.doc) & scopes}


def _scopes(key: Key, doc: Document) -> frozenset[str]:
    return KINDS[key.kind].scopes_of(key.id, doc)


def same_as_the_truth(world: "World", phone: SimPhone) -> None:
    """NO-SKIP, CONVERGE, EVICT-COMPLETE, EVICT-MINIMAL, PULL-CRASH-ANYWHERE: one comparison, named by what is wrong."""
    principal = world.server.principal(phone.name)
    hidden = _hidden(phone)
    every = truth(world, principal.tenant, principal.scopes)
    wanted, held = {key: one for key, one in every.items() if key[0] not in hidden}, phone.holding.records
    if extra := sorted(held.keys() - wanted.keys()):
        _too_much(world, phone, extra[0])
    if missing := sorted(wanted.keys() - held.keys()):
        _too_little(world, phone, missing[0])
    for key, stored in wanted.items():
        mine = held[key]
        if mine.version != stored.version or canonical(mine.doc) != canonical(stored.doc):
            raise BrokenError("CONVERGE", f"{phone.name} holds {key} {mine.version}, the server has {stored.version}")


def _hidden(phone: SimPhone) -> frozenset[str]:
    """Name the kinds that a phone is not sent, as its contract is an old one."""
    return hidden_from(OLD_SCHEMA, KINDS) if phone.plan.unknown else frozenset()


def _too_much(world: "World", phone: SimPhone, key: tuple[str, str]) -> None:
    held = phone.holding.records[key]
    granted = world.server.principal(phone.name).scopes
    if not held.scopes & granted:
        raise BrokenError("EVICT-COMPLETE", f"{phone.name} still holds {key} of {sorted(held.scopes)}, which it lost")
    stored = world.doc(phone.account.tenant, *key)
    if stored is None:
        raise BrokenError("CONVERGE", f"{phone.name} still holds {key}, which is deleted")
    now = sorted(KINDS[key[0]].scopes_of(key[1], stored))
    raise BrokenError("EVICT-COMPLETE", f"{phone.name} still holds {key}, which moved to {now}")


def _too_little(world: "World", phone: SimPhone, key: tuple[str, str]) -> None:
    detail = f"{phone.name} lacks {key}"
    stored = world.doc(phone.account.tenant, *key) or {}
    scopes = KINDS[key[0]].scopes_of(key[1], stored)
    if scopes & phone.lost:
        raise BrokenError("EVICT-MINIMAL", f"{detail}, which another scope has")
    if scopes.isdisjoint(phone.account.scopes):
        raise BrokenError("GRANT-BACKFILL", f"{detail} of the newly granted {sorted(scopes)}")
    if phone.deaths:
        raise BrokenError("PULL-CRASH-ANYWHERE", f"{detail} and died {phone.deaths} times")
    raise BrokenError("NO-SKIP", detail)


def same_as_a_fresh_one(world: "World", phone: SimPhone) -> None:
    """GRANT-BACKFILL: a new phone of the same person ends with the same, byte for byte."""
    fresh, hidden = world.fresh(phone), _hidden(phone)
    theirs = {key: held for key, held in _held(fresh).items() if key[0] not in hidden}
    if theirs != _held(phone):
        different = sorted(theirs.items() ^ _held(phone).items(), key=str)
        raise BrokenError("GRANT-BACKFILL", f"a fresh phone of {phone.account.id} differs in {different[0][0]}")


def _held(phone: SimPhone) -> dict[tuple[str, str], tuple[int, str]]:
    return {key: (held.version, canonical(held.doc)) for key, held in phone.holding.records.items()}


def idle_reads_little(world: "World", phone: SimPhone) -> None:
    """O(CHANGES): a phone with nothing to learn makes the server read a few rows."""
    world.store.rows = 0
    phone.client.sync()
    scopes = len(world.server.principal(phone.name).scopes)
    if world.store.rows > scopes + _CONSTANT_ROWS:
        raise BrokenError(
            "O(CHANGES)", f"an idle pull of {phone.name} read {world.store.rows} rows for {scopes} scopes"
        )


def never_over(world: "World", tenant: str) -> None:
    """CAPACITY-NEVER-OVER: places and claims are what the records say, one a person, never too many."""
    with world.store.inner.read(tenant) as view:
        counts = {stored.doc["item_id"]: stored.doc for stored in view.of_kind("place_count")}
        held = [stored.doc for stored in view.of_kind("placement") if stored.doc["place_held"] != "none"]
        active = sorted(one.doc["task_id"] for one in view.of_kind("claim") if one.doc["status"] == "active")
        claimed = sorted(one.key.id for one in view.of_kind("task") if one.doc["status"] == "claimed")
    mine = [doc["person_id"] for doc in held if doc["item_id"] == "asset-1"]
    count = counts["asset-1"]
    if len(mine) > count["places_total"] or count["places_open"] + len(mine) != count["places_total"]:
        raise BrokenError("CAPACITY-NEVER-OVER", f"{len(mine)} hold places, {count['places_open']} are open, "
                          f"{count['places_total']} there are")  # fmt: skip
    if len(set(mine)) != len(mine):
        raise BrokenError("CAPACITY-NEVER-OVER", f"somebody holds two places: {mine}")
    if active != claimed:
        raise BrokenError("CAPACITY-NEVER-OVER", f"claims of {active} are active, {claimed} are claimed")


def gone_was_there(world: "World", tenant: str) -> None:
    """NO-LEAK: a phone hears of what went only where its grants once held it."""
    world.remember_scopes(tenant)
    told = [one for one in world.oracle.told_gone if one[0] == tenant]
    with world.store.inner.read(tenant) as view:  # a record that was made and deleted in one push has no feed
        buried = view.records({Key(kind, record_id) for _, kind, record_id, _ in told})
    world.ever |= {(tenant, scope, *key) for key, one in buried.items() for scope in _scopes(key, one.doc)}
    for of, kind, record_id, scopes in told:
        if not any((of, scope, kind, record_id) in world.ever for scope in scopes):
            raise BrokenError("NO-LEAK", f"{kind} {record_id} was named to one who holds only {sorted(scopes)}")


def prefix_has_receipts(world: "World", tenant: str) -> None:
    """LSEQ-PREFIX: every number up to what is acknowledged has one receipt, or was refused as a number."""
    receipts: dict[str, list[int]] = {}
    for row in peek.table(world.store, tenant, "receipt"):
        receipts.setdefault(row["device"], []).append(row["lseq"])
    for (of, device), acked in world.oracle.acked.items():
        if of == tenant:
            mine = receipts.get(device, [])
            if len(set(mine)) != len(mine):
                raise BrokenError("PUSH-EXACTLY-ONCE", f"{device} has two receipts for one number: {sorted(mine)}")
            holes = set(range(1, acked + 1)) - set(mine) - world.oracle.refused.get((tenant, device), set())
            if holes:
                raise BrokenError(
                    "LSEQ-PREFIX", f"{device} has {acked} acknowledged and no receipt for {sorted(holes)}"
                )


def restored_nothing_lost(world: "World") -> None:
    """RESTORE-NO-LOSS: what phones had been told and a restore lost, they have sent again."""
    wiped = {phone.name for phone in world.phones if phone.wiped}
    for (device, mid), wish in world.oracle.lost.items():
        if device not in wiped and (device, mid) not in world.oracle.wishes:
            said = wish.said
            raise BrokenError("RESTORE-NO-LOSS", f"{said['op']} {said['kind']} {said['id']} of {device} ({mid}) "
                              "was answered, lost by a restore, and never came back")  # fmt: skip


def outbox_kept(world: "World") -> None:
    """RESYNC-KEEPS-OUTBOX: what a phone wrote down has been answered, or is still in its outbox."""
    answered = {mid for _, mid in (*world.oracle.wishes, *world.oracle.lost)}
    waiting = {mid for phone in world.phones for mid in phone.holding.outbox}
    wiped = {phone.name for phone in world.phones if phone.wiped}
    for mid, made in world.oracle.made.items():
        if made.device not in wiped and mid not in answered and mid not in waiting:
            raise BrokenError(
                "RESYNC-KEEPS-OUTBOX", f"{mid} of {made.device} was never sent, and is not there any more"
            )


def wiped_holds_nothing(world: "World") -> None:
    """EVICT-COMPLETE: a device that was shut out and asked holds nothing."""
    for phone in world.phones:
        if phone.wiped and phone.holding.records:
            raise BrokenError("EVICT-COMPLETE", f"{phone.name} was shut out and holds {len(phone.holding.records)}")
