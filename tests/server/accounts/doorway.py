"""A doorway to try: accounts in a small database, a clock that the test owns, and passwords that are cheap to check."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from argon2 import PasswordHasher

from server.accounts.database import Database
from server.accounts.manage import NewAccount, add_account
from server.accounts.model import Account, Pass
from server.accounts.service import Accounts, Enrolment
from server.accounts.tokens import Signer
from server.storage.engine import make_engine, reading, writing
from server.storage.tables import metadata

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse"
KEY = bytes(range(32))


@dataclass
class TestClock:
    """Time stands still until the test moves it."""

    __test__ = False
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Doorway:
    """Accounts over an empty database."""

    database: Database
    clock: TestClock
    accounts: Accounts

    def add(self, username: str = "amina", **given: object) -> Account:
        new = {"tenant": "essex", "username": username, "name": "Amina", "password": PASSWORD, "roles": ["prescriber"]}
        new |= {"team_ids": ["t1"], "districts": ["E07000070"]}
        return add_account(self.accounts, NewAccount(**(new | given)))

    def sign_in(self, username: str = "amina", password: str = PASSWORD, device: str = "phone-1", **at: str) -> Pass:
        return self.accounts.sign_in(username, password, Enrolment(device, "My phone"), at.get("address", "192.0.2.1"))


def make_doorway(url: str, keys: tuple[bytes, ...] = (KEY,)) -> Doorway:
    engine = make_engine(url)
    database = Database(partial(reading, engine), partial(writing, engine), metadata)
    clock = TestClock()
    return Doorway(database, clock, Accounts(database, Signer(keys), clock, hasher=CHEAP))
