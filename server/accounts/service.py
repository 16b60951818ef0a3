"""Signing in, staying signed in, and being shut out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from argon2 import PasswordHasher
from sqlalchemy import Connection, Select

from server.accounts.account_store import AccountStore
from server.accounts.attempt_store import AttemptStore
from server.accounts.database import Database
from server.accounts.device_store import DeviceStore
from server.accounts.errors import AccountError
from server.accounts.grant_store import GrantStore
from server.accounts.limits import SignInLimit
from server.accounts.model import Account, Device, Pass
from server.accounts.passwords import HASHER, hash_password, password_fits
from server.accounts.renewal_store import Renewal, RenewalStore
from server.accounts.tokens import Bearer, Signer, fresh_refresh_token, token_hash
from server.accounts.who_store import Asking, Who, WhoStore, asking_from
from server.sync.model import Principal

#: How long a replaced refresh token still gives its successor, for answers that a lossy network swallowed.
GRACE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Lives:
    """How long tokens live."""

    access: timedelta = timedelta(minutes=10)
    refresh: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The device that somebody signs in on, as it names itself."""

    id: str
    name: str
    platform: str = ""


def plain_username(text: str) -> str:
    """Write a username as it is kept: without spaces around it, in lower case."""
    return text.strip().casefold()


class Accounts:
    """Everything the server does about who is asking. now : gives aware UTC instants."""

    def __init__(
        self,
        database: Database,
        signer: Signer,
        now: Callable[[], datetime],
        lives: Lives = Lives(),  # frozen, so one for all is safe
        hasher: PasswordHasher = HASHER,
    ) -> None:
        self.accounts = AccountStore(database)
        self.devices = DeviceStore(database)
        self.grants = GrantStore(database)
        self._who = WhoStore(database)
        self._renewals = RenewalStore(database)
        self._limit = SignInLimit(AttemptStore(database), signer)
        self._signer, self.now, self._lives, self._hasher = signer, now, lives, hasher

    def sign_in(self, username: str, password: str, enrolment: Enrolment, address: str) -> Pass:
        """Check a password and enrol the device.

        Raises AccountError: too-many-attempts, sign-in-failed, account-disabled, device-revoked, device-taken.
        """
        name, now = plain_username(username), self.now()
        counted = self._limit.count(name, address, now)
        account = self._proven(name, password)
        if account is None:
            raise AccountError("sign-in-failed")
        self._limit.succeeded(name, address, counted)
        if account.disabled_at is not None:
            raise AccountError("account-disabled")
        device = self._enrol(account, enrolment, now)
        token = fresh_refresh_token()
        self._renewals.start(device.id, token_hash(token), now, now + self._lives.refresh)
        who = Who(device, account, self.grants.scopes(account.tenant, account.id))
        return self._pass(who, token, now)

    def refresh(self, refresh_token: str) -> Pass:
        """Give a new access token and replace the refresh token by its successor.

        The replaced token gives the same successor again for a minute, and for as long as the successor itself has
        not been used: then the answer never arrived. Later than that somebody else is using a copy, so all sign-ins
        of the device end. Raises AccountError: refresh-invalid, refresh-reused, device-revoked, account-disabled.
        """
        now = self.now()
        old = self._renewals.find(token_hash(refresh_token))
        if old is None:
            raise AccountError("refresh-invalid")
        who = self._welcome(old.device_id)
        if old.expires_at <= now:
            raise AccountError("refresh-invalid")
        token = self._successor(old, refresh_token, now)
        return self._pass(who, token, now)

    def sign_out(self, device_id: str) -> None:
        """End the sign-in of a device; it stays on the list."""
        self._renewals.end(device_id)

    def principal(self, access_token: str) -> Principal:
        """Say who asks. Asked on every request, so that revocation and changed grants count at once.

        Raises AccountError: token-invalid, token-expired, device-revoked, account-disabled.
        """
        return self.welcome(self.bearer(access_token))

    def bearer(self, access_token: str) -> Bearer:
        """Say whom a token names, without asking the database; AccountError token-invalid, token-expired."""
        return self._signer.bearer(access_token, self.now())

    def welcome(self, bearer: Bearer, connection: Connection | None = None) -> Principal:
        """Say who asks, as of the moment of `connection`; AccountError as for `principal`."""
        return _let_in(bearer, self._who.asking(bearer.device_id, connection))

    @property
    def question(self) -> Select[Any]:
        """Give the question who asks, for whoever asks it together with others; `welcome_told` takes the answers."""
        return self._who.question

    def welcome_told(self, bearer: Bearer, rows: Sequence[Sequence[Any]]) -> Principal:
        """Say who asks by the answers to `question`; AccountError as for `principal`."""
        return _let_in(bearer, asking_from(rows))

    def ends_at(self, access_token: str) -> datetime:
        """Say when an access token runs out."""
        return self._signer.ends_at(access_token)

    def hashed(self, password: str) -> str:
        """Hash a new password; raises WeakPasswordError when it is too short or too long."""
        return hash_password(password, self._hasher)

    def revoke(self, device_id: str) -> None:
        """Shut a device out: it wipes itself at its next contact."""
        self.devices.revoke(device_id, self.now())

    def _proven(self, username: str, password: str) -> Account | None:
        account = self.accounts.by_username(username)
        fits = password_fits(account.password_hash if account else self._nobodys_hash, password, self._hasher)
        return account if fits else None

    @cached_property
    def _nobodys_hash(self) -> str:
        # Checked for names that do not exist, so that the time an answer takes does not tell which do.
        return hash_password("nobody has this password", self._hasher)

    def _enrol(self, account: Account, enrolment: Enrolment, now: datetime) -> Device:
        known = self.devices.find(enrolment.id)
        if known is not None and known.account_id != account.id:
            raise AccountError("device-taken")
        if known is not None and known.revoked_at is not None:
            raise AccountError("device-revoked")
        fresh = Device(account.tenant, enrolment.id, account.id, "", "", enrolled_at=now)
        named = replace(known or fresh, name=enrolment.name, platform=enrolment.platform[:60], last_seen_at=now)
        self.devices.enrol(named)
        return named

    def _welcome(self, device_id: str) -> Who:
        """Find out who a device speaks for; raises AccountError when it may not be served."""
        who = self._who.find(device_id)
        if who is None:
            raise AccountError("token-invalid")
        if who.device.revoked_at is not None:
            raise AccountError("device-revoked")
        if who.account.disabled_at is not None:
            raise AccountError("account-disabled")
        return who

    def _successor(self, old: Renewal, refresh_token: str, now: datetime) -> str:
        candidates = self._signer.successors(refresh_token)
        if old.replaced_at is None:
            expires_at = now + self._lives.refresh
            if self._renewals.replace(old, token_hash(candidates[0]), now, expires_at):
                return candidates[0]
            old = self._renewals.find(old.token_hash) or old  # somebody was quicker: a retry of the same phone
        successor = self._renewals.find(old.successor_hash or "")
        if successor is None or not self._may_repeat(old, successor, now):
            self._renewals.end(old.device_id)
            raise AccountError("refresh-reused")
        repeated = next((token for token in candidates if token_hash(token) == old.successor_hash), None)
        if repeated is None:  # the key that made it has been rotated out
            raise AccountError("refresh-invalid")
        return repeated

    @staticmethod
    def _may_repeat(old: Renewal, successor: Renewal, now: datetime) -> bool:
        in_grace = old.replaced_at is not None and now - old.replaced_at <= GRACE
        return in_grace or successor.replaced_at is None

    def _pass(self, who: Who, refresh_token: str, now: datetime) -> Pass:
        expires_at = now + self._lives.access
        bearer = Bearer(who.account.tenant, who.account.id, who.device.id)
        return Pass(
            account=who.account,
            device=who.device,
            scopes=who.scopes,
            access_token=self._signer.access_token(bearer, expires_at),
            access_expires_at=expires_at,
            refresh_token=refresh_token,
        )


def _let_in(bearer: Bearer, found: Asking | None) -> Principal:
    if found is None or (found.account_id, found.tenant) != (bearer.account_id, bearer.tenant):
        raise AccountError("token-invalid")
    if found.revoked_at is not None:
        raise AccountError("device-revoked")
    if found.disabled_at is not None:
        raise AccountError("account-disabled")
    return Principal(
        tenant=found.tenant,
        account_id=found.account_id,
        device_id=found.device_id,
        roles=found.roles,
        scopes=found.scopes,
        volunteer_id=found.volunteer_id,
        name=found.name,
    )
