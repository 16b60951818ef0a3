"""What administrators do with accounts: add, list, grant, change a password, close."""

import unicodedata
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from mobile_contract.vocabulary import ROLES
from server.accounts.database import instant_text
from server.accounts.model import Account
from server.accounts.service import Accounts, plain_username
from server.domain.roles import NAMED, Facts, scopes_for

#: Control characters, ends of lines and of paragraphs, and what was no text.
_UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: Scopes that an account may hold, and the characters of their names together: a cursor names each of them, and has
#: 65,536 characters at most.
MOST_SCOPES: Final = 1_000
MOST_NAMED: Final = 24_000


class AccountInputError(ValueError):
    """Something about a new account that cannot be; the message says what in plain words."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made. id : made when empty. all_districts : the tenant's, for roles that see the county."""

    tenant: str
    username: str
    name: str
    password: str
    roles: Collection[str]
    team_ids: Collection[str] = ()
    districts: Collection[str] = ()
    centre_ids: Collection[str] = ()
    bank_ids: Collection[str] = ()
    hub_ids: Collection[str] = ()
    employer_ids: Collection[str] = ()
    asset_ids: Collection[str] = ()
    volunteer_id: str | None = None
    all_districts: Collection[str] = ()
    id: str = ""


def add_account(accounts: Accounts, new: NewAccount) -> Account:
    """Make an account with the scopes that its roles grant.

    Raises AccountInputError for an unknown role, an empty name or too many scopes, WeakPasswordError, NameTakenError.
    """
    account = Account(
        tenant=_given(new.tenant, "A tenant"),
        id=new.id or f"a-{uuid.uuid4().hex[:12]}",
        username=_given(plain_username(new.username), "A username"),
        name=_given(new.name.strip(), "A name"),
        password_hash=accounts.hashed(new.password),
        roles=_known(new.roles),
        volunteer_id=new.volunteer_id,
        facts={name: sorted(set(getattr(new, name))) for name in NAMED},
        created_at=accounts.now(),
    )
    scopes = _scopes(account, new.all_districts)
    accounts.accounts.add(account)
    accounts.grants.set(account.tenant, account.id, scopes, accounts.now())
    return account


def change_roles(
    accounts: Accounts,
    account: Account,
    roles: Collection[str],
    facts: Facts,
) -> Account:
    """Give an account other roles or other facts, and exactly the scopes that follow; its phones drop what is lost.

    Raises AccountInputError for an unknown role or too many scopes.
    """
    named = {name: sorted(set(getattr(facts, name))) for name in NAMED}
    changed = replace(account, roles=_known(roles), facts=named, volunteer_id=facts.volunteer_id)
    scopes = _scopes(changed, facts.all_districts)
    accounts.accounts.change(
        account.id, roles=list(changed.roles), facts=dict(changed.facts), volunteer_id=changed.volunteer_id
    )
    accounts.grants.set(changed.tenant, changed.id, scopes, accounts.now())
    return changed


def set_password(accounts: Accounts, account: Account, password: str) -> None:
    """Give an account a new password; phones that are signed in stay so. Raises WeakPasswordError."""
    accounts.accounts.change(account.id, password_hash=accounts.hashed(password))


def disable(accounts: Accounts, account: Account) -> int:
    """Close an account and shut its devices out, which then wipe themselves; gives how many there were."""
    accounts.accounts.change(account.id, disabled_at=instant_text(accounts.now()))
    devices = [one for one in accounts.devices.all(account.tenant, account.id) if one.revoked_at is None]
    for device in devices:
        accounts.revoke(device.id)
    return len(devices)


def _scopes(account: Account, all_districts: Collection[str]) -> frozenset[str]:
    facts = Facts(**account.facts, volunteer_id=account.volunteer_id, all_districts=all_districts)
    scopes = scopes_for(account.roles, facts)
    named = sum(map(len, scopes))
    if len(scopes) > MOST_SCOPES or named > MOST_NAMED:
        raise AccountInputError(
            f"That comes to {len(scopes):,} scopes with {named:,} characters in their names; an account may hold "
            f"{MOST_SCOPES:,} with {MOST_NAMED:,}. Give it fewer teams, districts, centres and so on, or make several "
            "accounts."
        )
    return scopes


def _known(roles: Collection[str]) -> tuple[str, ...]:
    unknown = sorted(set(roles) - set(ROLES.codes))
    if unknown or not roles:
        known = ", ".join(ROLES.codes)
        raise AccountInputError(f"{' and '.join(unknown) or 'No role'} will not do. The roles are {known}.")
    return tuple(sorted(set(roles)))


def _given(text: str, what: str) -> str:
    if not text:
        raise AccountInputError(f"{what} is needed.")
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        raise AccountInputError(f"{what} is one line of letters and signs that can be seen. Write it without others.")
    return text
