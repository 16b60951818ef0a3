"""Who can read and write what: the table of docs/access.md, every role × kind, held against the server."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from mobile_contract.merge import Merge
from mobile_contract.schemas import KINDS
from mobile_contract.vocabulary import ROLES
from server.domain.roles import Facts, scopes_for
from server.storage.memory import MemoryStore
from server.sync.model import Outcome, Principal
from tests.builders import TENANT, Phone, put
from tests.server.access.samples import record_id, sample

PAGE: Final = Path(__file__).parents[3] / "docs" / "access.md"
OWN: Final = {
    "caseload": "team-a", "fieldwork": "team-a", "directory": "E07000071", "tasks": "E07000071", "centre": "centre-a",
    "volunteer": "volunteer-a", "timebank": "bank-a", "hub": "hub-a", "employer": "firm-a",
    "asset": "asset-team-a",
}  # fmt: skip
OTHERS: Final = {prefix: f"{name[:-1]}z" if prefix not in ("directory", "tasks") else "E07000066"
                 for prefix, name in OWN.items()}  # fmt: skip
FACTS: Final = Facts(
    ("team-a",),
    ("E07000071",),
    ("centre-a",),
    "volunteer-a",
    ("E07000071",),
    ("bank-a",),
    ("hub-a",),
    ("firm-a",),
    ("asset-team-a",),
)


@cache
def table() -> dict[tuple[str, str], str]:
    """Read the page: (kind, role) → `write` for read and write, `read`, `add` for write without reading, or ``–``."""
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|\n ").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if re.match(r"\| (kind|`\w+`) \|", line)
    ]
    (_, *roles), *kinds = rows
    return {(kind, role): cell for kind, *cells in kinds for role, cell in zip(roles, cells, strict=True)}


def phone_of(role: str, store: MemoryStore) -> Phone:
    who = "volunteer-a" if role == "volunteer" else None
    scopes = scopes_for([role], FACTS)
    return Phone(store, Principal(TENANT, f"account-{role}", f"phone-{role}", frozenset({role}), scopes, who))


def reads(role: str, kind: str, ids: dict[str, str]) -> bool:
    store = MemoryStore()
    put(store, kind, record_id(kind, ids), sample(kind, ids), by="somebody")
    return any(row.kind == kind for row in phone_of(role, store).pull().rows)


def writes(role: str, kind: str, ids: dict[str, str]) -> bool:
    return makes(role, kind, ids) or changes(role, kind, ids)


def makes(role: str, kind: str, ids: dict[str, str]) -> bool:
    """Say whether a phone of this role may make such a record; what waits for another record may be made."""
    receipt = phone_of(role, MemoryStore()).send("create", kind, record_id(kind, ids), set=sample(kind, ids))
    return receipt.outcome is not Outcome.REJECTED


def changes(role: str, kind: str, ids: dict[str, str]) -> bool:
    store = MemoryStore()
    put(store, kind, record_id(kind, ids), sample(kind, ids), by="somebody")
    receipt = phone_of(role, store).send("patch", kind, record_id(kind, ids), 1, set=editable(kind, ids))
    return receipt.outcome is not Outcome.REJECTED


def editable(kind: str, ids: dict[str, str]) -> dict[str, Any]:
    """Leave of a document what an edit may set: no counters, which are changed by differences."""
    rules = KINDS[kind].fields
    return {name: value for name, value in sample(kind, ids).items() if rules[name].merge is not Merge.DELTA}


def deletes(role: str, kind: str, ids: dict[str, str]) -> bool:
    store = MemoryStore()
    put(store, kind, record_id(kind, ids), sample(kind, ids), by="somebody")
    receipt = phone_of(role, store).delete(kind, record_id(kind, ids), 1)
    return receipt.outcome is not Outcome.REJECTED


def test_the_page_names_every_kind_and_every_role() -> None:
    assert set(table()) == {(kind, role) for kind in KINDS for role in ROLES.codes}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_role_reads_and_writes_of_its_own_what_the_page_says(kind: str) -> None:
    found = {role: _word(reads(role, kind, OWN), writes(role, kind, OWN)) for role in ROLES.codes}
    assert found == {role: table()[kind, role] for role in ROLES.codes}


def somebodys() -> list[str]:
    """Name the kinds of which there are one's own and others': a district, say, is the whole county's."""
    return [kind for kind in sorted(KINDS) if scopes(kind, OWN) != scopes(kind, OTHERS)]


def scopes(kind: str, ids: dict[str, str]) -> frozenset[str]:
    return KINDS[kind].scopes_of(record_id(kind, ids), sample(kind, ids))


@pytest.mark.parametrize("kind", somebodys())
def test_nobody_reads_writes_or_deletes_what_is_not_theirs(kind: str) -> None:
    for role in ROLES.codes:
        assert not reads(role, kind, OTHERS), role
        assert not writes(role, kind, OTHERS), role
        assert not deletes(role, kind, OTHERS), role


@pytest.mark.parametrize("kind", [kind for kind in sorted(KINDS) if KINDS[kind].own])
def test_whoever_keeps_their_own_asset_reads_others_of_the_district_and_writes_none(kind: str) -> None:
    others = {**OWN, "caseload": "team-z", "asset": "asset-team-z"}
    for role in KINDS[kind].own:
        assert reads(role, kind, others)
        assert not writes(role, kind, others)
        assert not deletes(role, kind, others)
        assert deletes(role, kind, OWN)


def test_a_report_of_a_month_is_of_all_teams_and_comes_to_no_phone() -> None:
    store = MemoryStore()
    put(store, "fieldwork_report", "month", {"month": "2026-10", "made_on": "2026-11-15"}, by="somebody")
    put(store, "fieldwork_report", "round", {"team_id": "team-a", "made_on": "2026-11-15"}, by="somebody")
    got = {role: {row.id for row in phone_of(role, store).pull().rows} for role in ROLES.codes}
    assert {role: ids for role, ids in got.items() if ids} == {"outreach": {"round"}, "administrator": {"round"}}


def _word(can_read: bool, can_write: bool) -> str:
    return {(True, True): "write", (True, False): "read", (False, True): "add", (False, False): "–"}[
        can_read, can_write
    ]
