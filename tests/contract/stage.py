"""A server for transcripts and reference clients: the real app, a store of choice, a clock that the test owns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from mobile_contract.python.network import HttpAnswer
from mobile_contract.transcripts import Received
from server.accounts.manage import NewAccount, add_account, change_roles
from server.accounts.model import Account
from server.api.services import Services
from server.app import create_app
from server.dispatch.loop import Dispatchers
from server.domain.roles import Facts
from server.settings import Settings
from server.storage.sql import SqlStore
from server.sync.door import Door, Put
from server.sync.ports import Store

TENANT = "essex"
DISTRICT = "E07000070"
PASSWORD = "correct horse"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class StageClock:
    """Time stands still until the test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


class Stage:
    """A server over the database at `url` (records in `store` if given) with the accounts and records of `given`."""

    def __init__(self, folder: Path, url: str, store: Store | None, given: dict[str, Any]) -> None:
        settings = Settings(home=folder, database_url=url, models=folder / "models", app=folder / "dist")
        self.clock = StageClock()
        self.app = create_app(settings, store=store, now=self.clock, chance=lambda: 0.5, hasher=CHEAP)
        at, dispatch = self.services, settings.dispatch
        self._dispatchers = Dispatchers(at.store, self._door, dispatch, lambda: None, self.clock)
        self.accounts = {one["username"]: self._add(**one) for one in given["accounts"]}
        self.act({"put": given.get("records", [])})

    @property
    def services(self) -> Services:
        return self.app.extensions["kith"]

    def close(self) -> None:
        """Leave the database before it goes."""
        self.services.reads.close()
        if isinstance(self.services.store, SqlStore):
            self.services.store.engine.dispose()

    def send(self, method: str, path: str, headers: dict[str, str], content: bytes) -> Received:
        answer = self.app.test_client().open(path, method=method, headers=headers, data=content)
        return Received(answer.status_code, answer.content_type, answer.get_json(silent=True))

    def transport(self, method: str, path: str, headers: dict[str, str], body: Any) -> HttpAnswer:
        """The same door for the Python reference client."""
        options = {} if body is None else {"json": body}
        answer = self.app.test_client().open(path, method=method, headers=headers, **options)
        return HttpAnswer(answer.status_code, answer.get_json(silent=True))

    def wait(self, seconds: float) -> None:
        self.clock.now += timedelta(seconds=seconds)

    def act(self, meanwhile: dict[str, Any]) -> None:
        """Do on the server what a transcript tells under ``meanwhile``."""
        for record in meanwhile.get("put", []):
            self._door(record.get("tenant", TENANT)).write([Put(record["kind"], record["id"], record["doc"])])
        if meanwhile.get("dispatch"):
            self._dispatchers.look()
        for username, team_ids in meanwhile.get("teams", {}).items():
            account = self.accounts[username]
            facts = Facts(team_ids=team_ids, districts=account.facts["districts"])
            change_roles(self.services.accounts, account, account.roles, facts)

    def _add(self, username: str, **more: Any) -> Account:
        new = {"tenant": TENANT, "name": username.title(), "password": PASSWORD, "roles": ["prescriber"]}
        new |= {"team_ids": ["t1"], "districts": [DISTRICT]}
        return add_account(self.services.accounts, NewAccount(username=username, **(new | more)))

    def _door(self, tenant: str) -> Door:
        at = self.services
        return Door(at.store, tenant, at.rules, at.validate, at.now)
