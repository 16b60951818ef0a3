"""What can be done about a push before any lock is taken: order, hashes, names, and what creations would come to."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from mobile_contract.merge import KindRule
from server.sync.canonical import digest, fingerprint
from server.sync.foreseen import Foreseen, Seer
from server.sync.kept import mutation_json
from server.sync.model import Key, Mutation, Principal
from server.sync.ports import Validate, ValidateAlike


class Prepared(NamedTuple):
    """A mutation with what is known of it beforehand. foreseen : None unless it creates."""

    mutation: Mutation
    key: Key
    payload_hash: str
    foreseen: Foreseen | None


def prepare(
    mutations: Iterable[Mutation],
    principal: Principal,
    rules: Mapping[str, KindRule],
    validate: Validate,
    validate_alike: ValidateAlike | None = None,
) -> list[Prepared]:
    """Look at the mutations in the order of their lseq."""
    in_order = sorted(mutations, key=attrgetter("lseq"))
    foreseen = Seer(principal, rules, validate, validate_alike).foresee_all(in_order)
    return [Prepared(one, one.key, payload_hash(one), new) for one, new in zip(in_order, foreseen, strict=True)]


def payload_hash(mutation: Mutation) -> str:
    """Hash what a mutation means, so that another payload under the same id shows.

    Its number is no part of that: a phone that had to number anew still gets the first receipt.
    """
    if mutation.sent is not None:
        return fingerprint(["sent", {name: value for name, value in mutation.sent.items() if name != "lseq"}])
    asked = mutation.command
    command = asked and [asked.name, asked.args, asked.valid_until]
    return fingerprint([mutation.kind, mutation.id, mutation.op, mutation.base, mutation.set, mutation.hlc, command])


def numbered_hash(mutation: Mutation, like: str) -> str:
    """Hash a mutation as receipts of the first releases did, number and all; empty when `like` is no such hash."""
    return digest(mutation_json(mutation)) if len(like) == _NUMBERED else ""


#: Hex digits of the hashes of the first releases.
_NUMBERED = 64
