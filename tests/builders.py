"""Short ways to say what a test is about: principals, mutations, documents, a phone that counts for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from mobile_contract.schemas import KINDS, SCHEMAS
from mobile_contract.validate import validate_alike
from server.sync.door import Door, Put
from server.sync.model import Command, Mutation, Page, Principal, Pull, Push, PushAnswer, Receipt
from server.sync.ports import Seal, Store, Validate
from server.sync.pull import pull
from server.sync.push import push
from server.sync.seal import HmacSeal

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TENANT = "essex"
TEAM = "caseload:team-a"
DISTRICT = "E07000071"
SEAL = HmacSeal([b"k" * 32])


@cache
def _schema(kind: str) -> Schema:
    return SCHEMAS[kind]()


def validate(kind: str, values: Mapping[str, Any], partial: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Judge by the contract's schemas."""
    try:
        return dict(_schema(kind).load(values, partial=partial)), {}
    except ValidationError as error:
        return {}, dict(error.messages_dict)


def prescriber(device: str = "phone-a", scopes: tuple[str, ...] = (TEAM,), tenant: str = TENANT) -> Principal:
    return Principal(tenant, f"account-{device}", device, frozenset({"prescriber"}), frozenset(scopes))


def volunteer(number: int, device: str | None = None) -> Principal:
    own = f"volunteer-{number}"
    scopes = frozenset({f"volunteer:{own}", f"tasks:{DISTRICT}"})
    return Principal(TENANT, own, device or f"phone-{number}", frozenset({"volunteer"}), scopes, own)


def centre(device: str = "desk") -> Principal:
    scopes = frozenset({"centre:centre-a", f"tasks:{DISTRICT}", f"directory:{DISTRICT}"})
    return Principal(TENANT, "account-centre", device, frozenset({"centre"}), scopes)


def person(team: str = "team-a", **fields: Any) -> dict[str, Any]:
    return {"team_id": team, "given_name": "Ada", "family_name": "Byrne", "made_up": True, **fields}


def task(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Shopping for a neighbour",
        "type": "shopping",
        "category": "home_help",
        "centre_id": "centre-a",
        "district": DISTRICT,
        "minutes": 45,
        "window_from_at": "2026-11-20T09:00:00Z",
        "window_until_at": "2026-11-30T17:00:00Z",
        **fields,
    }


def placement(**fields: Any) -> dict[str, Any]:
    return {
        "referral_id": "referral-1",
        "person_id": "person-1",
        "team_id": "team-a",
        "item_kind": "asset",
        "item_id": "asset-1",
        "chosen_at": "2026-11-21T09:00:00Z",
        **fields,
    }


def place_count(total: int | None, **fields: Any) -> dict[str, Any]:
    return {"district": DISTRICT, "item_kind": "asset", "item_id": "asset-1", "places_total": total, **fields}


@dataclass(slots=True)
class Phone:
    """A device that numbers its mutations and pushes and pulls straight into the core.

    clock_error : how far the device's own clock is ahead of the truth.
    """

    store: Store
    principal: Principal
    now: datetime = NOW
    clock_error: timedelta = timedelta()
    lseq: int = 0
    cursor: str | None = None
    made: int = 0
    seal: Seal = field(default_factory=lambda: SEAL)
    validate: Validate = validate

    def mutation(self, op: str, kind: str, record_id: str, base: int = 0, **more: Any) -> Mutation:
        """Make the next mutation of this device."""
        self.lseq += 1
        self.made += 1
        device = self.principal.device_id
        hlc = f"{int((self.now + self.clock_error).timestamp() * 1000):013d}-0000-{device}"
        mutation = Mutation(f"{device}-m{self.made}", self.lseq, kind, record_id, op, base, hlc=hlc)
        return replace(mutation, **more)

    def push(self, *mutations: Mutation, sent_at: datetime | None = None) -> PushAnswer:
        sent = ((sent_at or self.now) + self.clock_error).isoformat()
        request = Push(self.principal.device_id, sent, 1, mutations)
        return push(
            request,
            self.principal,
            store=self.store,
            rules=KINDS,
            validate=self.validate,
            validate_alike=validate_alike if self.validate is validate else None,
            now=sent_at or self.now,
        )

    def send(self, op: str, kind: str, record_id: str, base: int = 0, **more: Any) -> Receipt:
        """Make one mutation and push it."""
        return self.push(self.mutation(op, kind, record_id, base, **more)).results[0]

    def create(self, kind: str, record_id: str, **values: Any) -> Receipt:
        return self.send("create", kind, record_id, set=values)

    def patch(self, kind: str, record_id: str, base: int, **values: Any) -> Receipt:
        return self.send("patch", kind, record_id, base, set=values)

    def delete(self, kind: str, record_id: str, base: int) -> Receipt:
        return self.send("delete", kind, record_id, base)

    def command(self, name: str, kind: str, record_id: str, valid_until: str | None = None, **args: Any) -> Receipt:
        return self.send("command", kind, record_id, command=Command(name, args, valid_until))

    def pull(self, limit: int = 500, max_bytes: int = 1_000_000) -> Page:
        """Take one page and remember the cursor."""
        page = pull(Pull(self.cursor, limit, max_bytes), self.principal, store=self.store, seal=self.seal)
        self.cursor = page.cursor
        return page


def door(store: Store, now: datetime = NOW, tenant: str = TENANT) -> Door:
    return Door(store, tenant, KINDS, validate, lambda: now)


def put(store: Store, kind: str, record_id: str, doc: Mapping[str, Any], *, by: str = "server") -> None:
    """Let the server have written one record an hour ago. by : whoever it wrote for; nobody is placed by itself."""
    door(store, NOW - timedelta(hours=1)).write([Put(kind, record_id, doc)], by=by)
