"""Which records a push will touch, so that they are locked and read in one go and in one order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mobile_contract.merge import KindRule
from server.sync.decisions.time_bank import accounts_behind, named_accounts
from server.sync.fields import references
from server.sync.ids import is_id
from server.sync.model import Key, Mutation, Stored
from server.sync.ports import Work
from server.sync.prepare import Prepared
from server.sync.subjects import guesses

#: Commands whose records say which others they change.
_TELLING = (
    "offer_place",
    "accept_place",
    "decline_place",
    "resolve_conflict",
    "hand_out",
    "let_go",
    "hand_over",
    "verify_completion",
    "revoke_completion",
    "take_step",
    "approve_leave",
    "decline_leave",
    "cancel_leave",
    "agree_event",
    "decline_event",
    "cancel_event",
    "close_event",
)


def keys_of(prepared: Sequence[Prepared], rules: Mapping[str, KindRule], work: Work) -> set[Key]:
    """Name the records that the mutations change, those included that follow from commands or may be meant."""
    named = [each for each in prepared if each.key.kind in rules and is_id(each.key.id)]
    keys = {each.key for each in named}
    keys.update(key for each in prepared for key in guesses(each.mutation, rules))
    keys |= {
        Key("item", item)
        for each in named
        if each.key.kind == "movement"
        if is_id(item := _named(each.mutation, "item_id"))
    }
    keys |= {
        Key("volunteer", one)
        for each in named
        if each.key.kind in ("completion", "guardian_consent")
        if is_id(one := _named(each.mutation, "volunteer_id"))
    }
    keys |= {Key("course", course) for each in named if is_id(course := _enrolled_on(each.mutation))}
    keys |= {Key("task_detail", key.id) for key in keys if key.kind == "task"}
    keys.update(named_accounts(each.mutation for each in named))
    indirect = {each.key for each in named if _is_indirect(each.mutation)}
    found = work.peek(indirect) if indirect else {}
    return keys | {key for record in found.values() for key in _behind(record)}


def _is_indirect(mutation: Mutation) -> bool:
    if mutation.op == "create" and mutation.kind != "placement":
        return False
    if mutation.kind == "placement" and (mutation.op == "delete" or "status" in mutation.set):
        return True
    name = mutation.command.name if mutation.command else ""
    return name in _TELLING or mutation.kind == "exchange"


def _named(mutation: Mutation, field: str) -> str:
    value = mutation.set.get(field)
    return value if isinstance(value, str) else ""


def _enrolled_on(mutation: Mutation) -> str:
    asked = mutation.command
    value = asked.args.get("course_id") if asked and asked.name == "enrol" else None
    return value if isinstance(value, str) else ""


def _behind(record: Stored) -> Iterator[Key]:
    if record.erased:
        return
    if record.key.kind == "placement":
        yield Key("place_count", record.doc["item_id"])
        if record.doc.get("course_id"):
            yield Key("course", record.doc["course_id"])  # its queue is many placements, whose order this lock keeps
    yield from accounts_behind(record)
    if record.key.kind == "enquiry":
        yield Key("volunteer", record.doc["volunteer_id"])
    if record.key.kind in ("leave_request", "team_event"):
        yield Key("employer", record.doc["employer_id"])
    if record.key.kind == "referral":
        yield Key("person", record.doc["person_id"])
    if record.key.kind == "reservation":
        yield Key("item", record.doc["item_id"])
    if record.key.kind == "completion":
        yield Key("volunteer", record.doc["volunteer_id"])
    if record.key.kind == "conflict":
        yield Key(record.doc["record_kind"], record.doc["record_id"])


def references_of(prepared: Iterable[Prepared], rules: Mapping[str, KindRule]) -> set[Key]:
    """Name the records that the mutations refer to."""
    return {
        key
        for each in prepared
        if (rule := rules.get(each.key.kind))
        for key in references(each.mutation.set, rule)
        if is_id(key.id)
    }
