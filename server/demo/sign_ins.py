"""The demonstration's accounts: made at the first run with passwords of their own, kept in a file for its owner."""

import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from server.accounts import manage
from server.accounts.manage import NewAccount
from server.accounts.passwords import new_password
from server.accounts.service import Accounts
from server.demo.county import TENANT
from server.demo.courses import ASSET
from server.demo.fieldwork import HUB
from server.demo.offers import BANK
from server.demo.recruiting import EMPLOYEE, EMPLOYER

FILE: Final = "demo-sign-ins.json"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account to try Kith with. about : what it is good for, in a few words."""

    username: str
    name: str
    role: str
    about: str
    teams: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    volunteer: str | None = None
    banks: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()


_MID: Final = ("E07000070", "E07000067", "E07000074")
_NORTH_EAST: Final = ("E07000071", "E07000076")
_CHELMSFORD: Final = ("E07000070",)
_COLCHESTER: Final = ("E07000071",)

SIGN_INS: Final = (
    SignIn("prescriber", "Joan Honeyford", "prescriber", "Chelmsford, Braintree, Maldon", ("team-mid",), _MID),
    SignIn("prescriber2", "Rufus Oatcastle", "prescriber", "a colleague in the same team", ("team-mid",), _MID),
    SignIn("prescriber3", "Saira Wrenfold", "prescriber", "another team", ("team-north-east",), _NORTH_EAST),
    SignIn("outreach", "Ned Quincewell", "outreach", "doorstep worker of the first team", ("team-mid",), _MID),
    SignIn("outreach2", "Ottilie Brackenbury", "outreach", "another doorstep worker there", ("team-mid",), _MID),
    SignIn("volunteer", "Edith Willowbee", "volunteer", "Chelmsford", (), _CHELMSFORD, (), "volunteer-000"),
    SignIn("volunteer2", "Marek Larkabout", "volunteer", "Chelmsford too", (), _CHELMSFORD, (), "volunteer-001"),
    SignIn("volunteer3", "Una Saltmarrow", "volunteer", "Colchester", (), _COLCHESTER, (), "volunteer-002"),
    SignIn("volunteer4", "Orla Thistledown", "volunteer", "in working time", (), _CHELMSFORD, (), EMPLOYEE),
    SignIn("centre", "Hattie Thimbleby-Fox", "centre", "volunteer centre of the middle", (), _MID, ("centre-mid",)),
    SignIn("broker", "Percy Farthingale", "broker", "the county's time bank", (), _MID, banks=(BANK,)),
    SignIn("hub", "Nell Pantrywell", "hub", "a community hub with its store", (), _MID, hubs=(HUB,)),
    SignIn("employer", "Basil Cogsworthy", "employer", "a firm whose staff volunteer", (), _MID, employers=(EMPLOYER,)),
    SignIn("owner", "Winnie Larksong", "asset_owner", "runs a singing group", (), _CHELMSFORD, assets=(ASSET,)),
    SignIn("commissioner", "Ottoline Ledgerwood", "commissioner", "totals, small counts held back"),
    SignIn("scientist", "Tadas Inkpenny", "data_scientist", "extracts without names"),
    SignIn("administrator", "Gwen Elderflint", "administrator", "the whole programme", banks=(BANK,), hubs=(HUB,)),
)  # fmt: skip


class TakenError(Exception):
    """A username of the demonstration belongs to another programme; nothing of it was changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The passwords by username, in a file that only its owner may read."""

    path: Path
    passwords: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Kept":
        """Read the file; a missing or damaged one has no passwords, and new ones are made."""
        try:
            return cls(path, {one["username"]: one["password"] for one in json.loads(path.read_bytes())["accounts"]})
        except (OSError, ValueError, LookupError, TypeError):
            return cls(path)


def make_sign_ins(accounts: Accounts, path: Path, districts: Collection[str]) -> list[dict[str, Any]]:
    """Make the accounts that are missing and write down how to sign in; the next run changes nothing.

    path : of the file. districts : all of the programme's, for roles that see the whole county.
    Returns the accounts as the file tells them: username, password, name, role, about.
    Raises TakenError when another programme uses one of the usernames.
    """
    _refuse_taken(accounts)
    kept = Kept.read(path)
    told = [_told(accounts, one, kept.passwords.get(one.username), districts) for one in SIGN_INS]
    if {one["username"]: one["password"] for one in told} != dict(kept.passwords):
        _write(path, told)
    return told


def _refuse_taken(accounts: Accounts) -> None:
    for one in SIGN_INS:
        found = accounts.accounts.by_username(one.username)
        if found is not None and found.tenant != TENANT:
            raise TakenError(f"The username {one.username} is in use in the programme {found.tenant}.")


def _told(accounts: Accounts, one: SignIn, known: str | None, districts: Collection[str]) -> dict[str, Any]:
    """Make the account if it is missing; give it a new password if nobody knows the old one."""
    password = known or new_password()
    found = accounts.accounts.by_username(one.username)
    if found is None:
        manage.add_account(accounts, _new(one, password, districts))
    elif known is None:
        manage.set_password(accounts, found, password)
    return {"username": one.username, "password": password, "name": one.name, "role": one.role, "about": one.about}


def _new(one: SignIn, password: str, districts: Collection[str]) -> NewAccount:
    return NewAccount(
        tenant=TENANT,
        username=one.username,
        name=one.name,
        password=password,
        roles=(one.role,),
        team_ids=one.teams,
        districts=one.districts,
        centre_ids=one.centres,
        bank_ids=one.banks,
        hub_ids=one.hubs,
        employer_ids=one.employers,
        asset_ids=one.assets,
        volunteer_id=one.volunteer,
        all_districts=districts,
    )


def _write(path: Path, told: list[dict[str, Any]]) -> None:
    """Write the file whole or not at all, readable by its owner alone from its first byte."""
    text = json.dumps({"tenant": TENANT, "made_up": True, "accounts": told}, indent=2) + "\n"
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
