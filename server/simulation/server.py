"""The server without HTTP: real bodies, the real core, the real store; accounts are a list that deeds change."""

import gzip
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson
from marshmallow import Schema, ValidationError
from sqlalchemy import literal, select

from mobile_contract.problems import problem
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate, validate_alike
from mobile_contract.wire import PullSchema, PushSchema, SyncSchema
from server.api import encode
from server.api.problems import json_bytes
from server.simulation.clocks import Clock
from server.simulation.crashes import FragileStore
from server.simulation.heard import Heard
from server.simulation.model import AccountPlan, Letter, PhonePlan
from server.simulation.old import Watch
from server.simulation.oracle import Oracle
from server.simulation.shelved import MemoryShelf
from server.simulation.trace import Trace
from server.simulation.whole import Whole
from server.storage.sql import SqlStore
from server.sync.glance import UnforeseenError, likely
from server.sync.model import Page, Principal, Problem, Pull, RefusedError
from server.sync.ports import ClashError
from server.sync.pull import page_of, pull
from server.sync.push import push
from server.sync.seal import HmacSeal
from server.sync.versions import hidden_from

#: How long an access token is good.
TOKEN_LIFE = timedelta(minutes=10)

#: Who asks is known without the database here.
_NOBODY = select(literal(1).label("known"))

#: What phones are told about when to ask again.
_POLL_AFTER_S = 60

_PUSH, _PULL, _SYNC = PushSchema(), PullSchema(), SyncSchema()

Answer = dict[str, Any]


@dataclass(slots=True)
class Device:
    """What the server knows of a device. token : the latest that it was given."""

    account: str
    token: str = ""
    expires: Any = None
    revoked: bool = False


class Server:
    """Answers requests, and lets the oracle hear each of them."""

    def __init__(
        self,
        store: FragileStore,
        clock: Clock,
        trace: Trace,
        oracle: Oracle,
        accounts: tuple[AccountPlan, ...],
        phones: tuple[PhonePlan, ...],
    ) -> None:
        self.store, self.clock, self.trace, self.oracle = store, clock, trace, oracle
        self.accounts = {account.id: account for account in accounts}
        self.devices = {phone.device: Device(phone.account) for phone in phones}
        self.unheard: Any = None
        self.unknown = {phone.device: phone.unknown for phone in phones}
        self.seal = HmacSeal([b"simulated key of thirty-two bytes"])
        self.shelf = MemoryShelf()
        self.whole = Whole(store, self.seal, self.shelf)
        self._routes: Mapping[str, tuple[Schema, Callable[[Principal, Answer], Any]]] = {
            "/v1/sync": (_SYNC, self._sync),
            "/v1/sync/push": (_PUSH, self._push),
            "/v1/sync/pull": (_PULL, self._pull),
        }

    def principal(self, device: str) -> Principal:
        """Say who asks, with the grants of this moment."""
        account = self.accounts[self.devices[device].account]
        return Principal(account.tenant, account.id, device, account.roles, account.scopes, account.volunteer_id)

    def grant(self, account: str, scopes: frozenset[str]) -> None:
        """Give an account exactly these scopes."""
        self.accounts[account] = replace(self.accounts[account], scopes=scopes)

    def handle(self, letter: Letter, *, late: bool = False) -> tuple[int, bytes]:
        """Answer one request: status and body."""
        asked = orjson.loads(letter.body) if letter.body else None
        principal = self.principal(letter.device)
        heard = Heard(principal, letter.path, asked)
        self.oracle.before(heard)
        watch = self._watch(heard)
        self.unheard = None
        status, answer = self._answer(principal, letter.path, asked, letter.token, late)
        if status != 200 and self.unheard is not None:  # it was pushed all the same, though nobody is told
            self.oracle.pushed(heard, orjson.loads(json_bytes(self.unheard)))
        if watch:
            watch.ask(letter.device)
        sent = json_bytes(answer)
        if self.whole.knows(letter.path):
            return status, sent
        self.oracle.after(heard, status, orjson.loads(sent), sent)
        return status, sent

    def _watch(self, heard: Heard) -> Watch | None:
        unknown = self.unknown.get(heard.principal.device_id)
        if not unknown or heard.push is None:
            return None
        return Watch(self.store.inner, heard.principal.tenant, heard.push, unknown)

    def _answer(self, principal: Principal, path: str, asked: Any, token: str, late: bool) -> tuple[int, Any]:
        device = self.devices[principal.device_id]
        if device.revoked:
            return _problem(Problem("device-revoked"))
        if path == "/v1/refresh":
            return 200, self._session(principal)
        if not late and (not token or token != device.token or device.expires < self.clock.now):
            return _problem(Problem("token-expired"))
        try:
            if self.whole.knows(path):
                return 200, self.whole.answer(principal, path, asked)
            schema, do = self._routes[path]
            return 200, do(principal, dict(schema.load(asked)))
        except ValidationError as error:
            return _problem(Problem("invalid", errors=error.messages_dict))
        except RefusedError as error:
            return _problem(error.problem)
        except ClashError:
            return _problem(Problem("busy"))

    def file(self, device: str, sha256: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Give a snapshot's file, and let the oracle see whose records are in it."""
        principal, known = self.principal(device), self.devices[device]
        if known.revoked or known.expires is None or known.expires < self.clock.now:
            return 401, json_bytes(_problem(Problem("device-revoked" if known.revoked else "token-expired"))[1])
        try:
            file = self.whole.file(principal, sha256)
        except RefusedError as error:
            return 410, json_bytes(_problem(error.problem)[1])
        self.oracle.may_hold(principal, [orjson.loads(line) for line in gzip.decompress(file).splitlines()[1:]])
        return 200, file

    def _session(self, principal: Principal) -> Answer:
        """Renew the sign-in, as `/v1/refresh` does."""
        device = self.devices[principal.device_id]
        device.token = f"{principal.device_id}-{self.clock.ms}"
        device.expires = self.clock.now + TOKEN_LIFE
        return {
            "access_token": device.token,
            "refresh_token": "r",
            "scopes": sorted(principal.scopes),
            "tenant": principal.tenant,
        }

    def _push(self, principal: Principal, body: Answer) -> Answer:
        request = encode.push_from(body)
        answer = push(
            request,
            principal,
            store=self.store,
            rules=KINDS,
            validate=validate,
            now=self.clock.now,
            validate_alike=validate_alike,
        )
        return encode.push_answer(answer)

    def _pull(self, principal: Principal, body: Answer) -> orjson.Fragment:
        asked, hidden = encode.pull_from(body), hidden_from(body["schema"], KINDS)
        page = self._glanced(asked, principal, hidden)
        page = page or pull(asked, principal, store=self.store, seal=self.seal, hidden=hidden)
        return orjson.Fragment(encode.page(page, _POLL_AFTER_S))

    def _glanced(self, asked: Pull, principal: Principal, hidden: frozenset[str]) -> Page | None:
        """Read a page at once, as the server does where its store can, None where a whole look is needed."""
        foreseen = likely(asked, self.seal, hidden)
        if foreseen is None or not isinstance(self.store.inner, SqlStore):
            return None
        with suppress(UnforeseenError):
            view = self.store.inner.glance(principal.tenant, principal.device_id, _NOBODY, foreseen)
            return page_of(self.store.counted(view), asked, principal, self.seal, hidden)
        return None

    def _sync(self, principal: Principal, body: Answer) -> Answer:
        pushed = self._push(principal, body["push"])
        self.unheard = pushed
        return {"push": pushed, "pull": self._pull(principal, body["pull"])}


def _problem(named: Problem) -> tuple[int, Answer]:
    """Write a refusal of the whole request."""
    return problem(named.slug).status, encode.problem_of(named)
