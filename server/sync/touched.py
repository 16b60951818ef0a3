"""Which records a push will touch, so that they are locked and read in one go and in one order."""

from collections.abc import Iterable, Iterator, Mapping

from mobile_contract.merge import KindRule
from server.sync.fields import references
from server.sync.ids import is_id
from server.sync.model import Key, Mutation, Stored
from server.sync.ports import Work

_PLACE_COMMANDS = ("offer_place", "accept_place", "decline_place")


def keys_of(mutations: Iterable[Mutation], rules: Mapping[str, KindRule], work: Work) -> set[Key]:
    """Name the records that the mutations change, those that follow from commands included."""
    mutations = [mutation for mutation in mutations if mutation.kind in rules and is_id(mutation.id)]
    keys = {mutation.key for mutation in mutations}
    keys |= {Key("task_detail", mutation.id) for mutation in mutations if mutation.kind == "task"}
    indirect = {mutation.key for mutation in mutations if _is_indirect(mutation)}
    found = work.peek(indirect) if indirect else {}
    return keys | {key for record in found.values() for key in _behind(record)}


def _is_indirect(mutation: Mutation) -> bool:
    if mutation.kind == "placement" and (mutation.op == "delete" or "status" in mutation.set):
        return True
    name = mutation.command.name if mutation.command else ""
    return name in _PLACE_COMMANDS or name == "resolve_conflict"


def _behind(record: Stored) -> Iterator[Key]:
    if record.erased:
        return
    if record.key.kind == "placement":
        yield Key("place_count", record.doc["item_id"])
    if record.key.kind == "conflict":
        yield Key(record.doc["record_kind"], record.doc["record_id"])


def references_of(mutations: Iterable[Mutation], rules: Mapping[str, KindRule]) -> set[Key]:
    """Name the records that the mutations refer to."""
    return {
        key
        for mutation in mutations
        if (rule := rules.get(mutation.kind))
        for key in references(mutation.set, rule)
        if is_id(key.id)
    }
