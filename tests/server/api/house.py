"""A whole server in one process, and phones that speak to it through Flask's test client."""

import itertools
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mobile_contract.version import CURRENT
from server.accounts.manage import NewAccount, add_account
from server.accounts.model import Account
from server.api.services import Services
from server.app import create_app
from server.settings import Settings
from server.storage.sql import SqlStore
from server.sync.door import Door, Put
from server.sync.ports import Store
from tests.server.accounts.doorway import CHEAP, PASSWORD, TestClock

TENANT = "essex"
DISTRICT = "E07000070"


@dataclass
class House:
    """The app, its clock and its parts."""

    app: Flask
    clock: TestClock
    home: Path

    @property
    def services(self) -> Services:
        return self.app.extensions["kith"]

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def close(self) -> None:
        """Leave the database before it goes."""
        self.services.reads.close()
        if isinstance(self.services.store, SqlStore):
            self.services.store.engine.dispose()

    def add(self, username: str = "amina", **given: Any) -> Account:
        new = {"tenant": TENANT, "username": username, "name": username.title(), "password": PASSWORD}
        new |= {"roles": ["prescriber"], "team_ids": ["t1"], "districts": [DISTRICT]} | given
        return add_account(self.services.accounts, NewAccount(**new))

    def phone(self, username: str = "amina", device: str = "phone-1") -> "Phone":
        phone = Phone(self.client, device, self.clock)
        phone.sign_in(username)
        return phone

    def door(self) -> Door:
        at = self.services
        return Door(at.store, TENANT, at.rules, at.validate, at.now)

    def write(self, *puts: Put) -> None:
        self.door().write(puts)


@dataclass
class Phone:
    """One signed-in device."""

    client: FlaskClient
    device: str
    clock: TestClock
    session: dict[str, Any] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        body = {"username": username, "password": password, "device": {"id": self.device, "name": "My phone"}}
        answer = self.client.post("/v1/sign-in", json=body)
        self.session = answer.json or {}
        return answer

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session['access_token']}"}

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, headers=self.headers | options.pop("headers", {}), **options)

    def post(self, path: str, body: Any) -> TestResponse:
        return self.client.post(path, json=body, headers=self.headers)

    def mutation(self, kind: str, record_id: str, **given: Any) -> dict[str, Any]:
        lseq = given.pop("lseq", None) or next(self.numbers)
        milliseconds = int(self.clock().timestamp() * 1000)
        made = {"mid": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.device} {lseq}")), "lseq": lseq, "kind": kind}
        made |= {"id": record_id, "op": "create", "base": 0, "set": {}, "command": None}
        return made | {"hlc": f"{milliseconds:013d}-{lseq % 65536:04x}-{self.device}"} | given

    def push_body(self, *mutations: dict[str, Any], **given: Any) -> dict[str, Any]:
        sent_at = self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"device": self.device, "sent_at": sent_at, "schema": 1, "mutations": list(mutations)} | given

    def push(self, *mutations: dict[str, Any], **given: Any) -> TestResponse:
        return self.post("/v1/sync/push", self.push_body(*mutations, **given))

    def pull(self, cursor: str | None = None) -> TestResponse:
        return self.post("/v1/sync/pull", {"cursor": cursor, "schema": CURRENT})

    def records(self) -> dict[tuple[str, str], Any]:
        rows, cursor, more = [], None, True
        while more:
            page = self.pull(cursor).json
            rows, cursor, more = rows + page["rows"], page["cursor"], page["more"]
        return {(row["k"], row["i"]): row["d"] for row in rows if row["op"] == "put"}


PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}


def make_house(folder: Path, url: str, store: Store | None = None) -> House:
    """Build a server over the database at `url`, or over another store with only its accounts there."""
    settings = Settings(home=folder, database_url=url, models=folder / "models", app=folder / "dist")
    clock = TestClock()
    return House(create_app(settings, store=store, now=clock, chance=lambda: 0.5, hasher=CHEAP), clock, folder)


def slug(answer: TestResponse) -> str:
    """Name the problem of an answer, having checked that it is a whole one."""
    body = answer.json
    assert answer.content_type == "application/problem+json"
    assert body["status"] == answer.status_code
    assert {"title", "detail", "remedy"} <= body.keys()
    return body["type"].removeprefix("/problems/")
