"""What the server knows of those who sign in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    facts : what their roles are about: the lists that `NAMED` names. volunteer_id : their volunteer's record.
    """

    tenant: str
    id: str
    username: str
    name: str
    password_hash: str = field(repr=False)
    roles: tuple[str, ...]
    volunteer_id: str | None
    facts: Mapping[str, Any]
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A phone or browser that an account has enrolled. Its id is made by the device itself and never shared."""

    tenant: str
    id: str
    account_id: str
    name: str
    platform: str
    enrolled_at: datetime
    last_seen_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """What a sign-in or a renewal gives: an access token for minutes, a refresh token for weeks."""

    account: Account
    device: Device
    scopes: frozenset[str] = field(repr=False)
    access_token: str = field(repr=False)
    access_expires_at: datetime
    refresh_token: str = field(repr=False)
