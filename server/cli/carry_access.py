"""Carries over who was shut out: closed accounts, lost rights, changed passwords, revoked devices, ended sign-ins."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from server.cli.taken import Rows, Taken
from server.storage.tables import account, device, refresh_token, scope_grant


def close_accounts(connection: Connection, taken: Taken) -> list[str]:
    """Close again the accounts that were closed; one that the backup lacks is kept closed, so that its phones wipe."""
    here = _by_id(connection, account)
    names = {row["username"] for row in here.values()}
    found = []
    for row in taken.accounts:
        if row["disabled_at"] is None or (row["id"] in here and here[row["id"]]["disabled_at"]):
            continue
        if row["id"] in here:
            _set(connection, account, row["id"], disabled_at=row["disabled_at"])
        elif row["username"] not in names:
            connection.execute(insert(account), [dict(row)])
        found.append(row["id"])
    return sorted(found)


def keep_passwords(connection: Connection, taken: Taken, later: Collection[str]) -> list[str]:
    """Keep the passwords that were changed, as a former one may be known to others."""
    here = _by_id(connection, account)
    changed = [row for row in _of(taken.accounts, later) if _differs(here.get(row["id"]), row, "password_hash")]
    for row in changed:
        _set(connection, account, row["id"], password_hash=row["password_hash"])
    return sorted(row["id"] for row in changed)


def _differs(here: Mapping[Any, Any] | None, row: Mapping[Any, Any], name: str) -> bool:
    return here is not None and here[name] != row[name]


def take_rights(connection: Connection, taken: Taken, later: Collection[str]) -> list[str]:
    """Leave accounts no role, team or scope that was taken from them; none that they were given since is added."""
    here, given = _by_id(connection, account), _scopes(connection.execute(select(scope_grant)).mappings().all())
    left = _scopes(taken.grants)
    lost = []
    for row in _of(taken.accounts, later):
        if row["id"] not in here:
            continue
        gone = given[row["id"]] - left[row["id"]]
        fewer = _fewer(here[row["id"]], row)
        if gone or fewer:
            _take(connection, row["id"], gone, fewer)
            lost.append(row["id"])
    return sorted(lost)


def _fewer(here: Mapping[Any, Any], now: Mapping[Any, Any]) -> dict[str, Any]:
    """Give the columns of an account that would otherwise say more than they did."""
    roles = [role for role in here["roles"] if role in now["roles"]]
    facts = {name: [one for one in ids if one in now["facts"].get(name, ())] for name, ids in here["facts"].items()}
    same = here["volunteer_id"] == now["volunteer_id"]
    wanted = {"roles": roles, "facts": facts, "volunteer_id": here["volunteer_id"] if same else None}
    return {name: value for name, value in wanted.items() if value != here[name]}


def _take(connection: Connection, account_id: str, scopes: Collection[str], columns: Mapping[str, Any]) -> None:
    if columns:
        _set(connection, account, account_id, **columns)
    if scopes:
        mine = (scope_grant.c.account_id == account_id) & (scope_grant.c.scope == bindparam("gone"))
        connection.execute(delete(scope_grant).where(mine), [{"gone": scope} for scope in sorted(scopes)])


def shut_out(connection: Connection, taken: Taken) -> list[str]:
    """Shut out again the devices that were shut out, also those that enrolled after the backup."""
    here = _by_id(connection, device)
    found = []
    for row in taken.devices:
        if row["revoked_at"] is None or (row["id"] in here and here[row["id"]]["revoked_at"]):
            continue
        if row["id"] in here:
            _set(connection, device, row["id"], revoked_at=row["revoked_at"])
        else:
            connection.execute(insert(device), [dict(row)])
        found.append(row["id"])
    return sorted(found)


def keep_sign_ins(connection: Connection, taken: Taken, later: Collection[str]) -> list[str]:
    """Let devices that both know be signed in as they were last; say which the backup would have signed in again.

    The renewals of a device that was shut out stay with it, so that it hears that it has to wipe itself.
    """
    here = _by_id(connection, device)
    last = {row["id"] for row in _of(taken.devices, later)} & here.keys()
    out = {row["id"] for row in taken.devices if row["revoked_at"]}
    before = connection.execute(select(refresh_token.c.device_id, refresh_token.c.token_hash)).all()
    if last:
        mine = refresh_token.c.device_id == bindparam("whose")
        connection.execute(delete(refresh_token).where(mine), [{"whose": one} for one in sorted(last)])
    kept = {token for whose, token in before if whose not in last}
    tokens = [dict(row) for row in taken.tokens if row["device_id"] in last | out and row["token_hash"] not in kept]
    if tokens:
        connection.execute(insert(refresh_token), tokens)
    return sorted({whose for whose, _ in before} & last - {row["device_id"] for row in tokens} - out)


def _scopes(rows: Rows) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["account_id"]].add(row["scope"])
    return found


def _of(rows: Rows, tenants: Collection[str]) -> Iterable[Mapping[Any, Any]]:
    return (row for row in rows if row["tenant"] in tenants)


def _by_id(connection: Connection, table: Table) -> dict[str, Mapping[Any, Any]]:
    return {row["id"]: row for row in connection.execute(select(table)).mappings()}


def _set(connection: Connection, table: Table, row_id: str, **values: Any) -> None:
    connection.execute(update(table).where(table.c.id == row_id).values(values))
