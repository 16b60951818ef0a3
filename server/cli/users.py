"""`kith user`: accounts."""

import re
import sys
from typing import Any

import click

from ml.listing import Listing
from mobile_contract.kind import ID_PATTERN
from mobile_contract.schemas.place import COUNTY
from mobile_contract.vocabulary import ROLES
from server.accounts import manage
from server.accounts.account_store import NameTakenError
from server.accounts.manage import AccountInputError, NewAccount
from server.accounts.passwords import WeakPasswordError, new_password
from server.cli.workplace import workplace
from server.domain.roles import Facts

_ROLE = click.Choice(ROLES.codes)


def _ids(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...] | str | None) -> Any:
    """Refuse what can be no record's id, such as an empty text."""
    for one in (given,) if isinstance(given, str) else given or ():
        if not re.fullmatch(ID_PATTERN, one):
            raise click.BadParameter(f"{one!r} is no id. Give one such as team-mid.")
    return given


def _districts(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if one != COUNTY and not re.fullmatch(r"E[0-9]{8}", one):
            raise click.BadParameter(f"{one!r} is no district. Give its GSS code, such as E07000070, or {COUNTY}.")
    return given


@click.group()
def user() -> None:
    """Add, list and change those who may sign in."""


@user.command()
@click.argument("username")
@click.option("--tenant", required=True, help="The programme that the account belongs to.")
@click.option("--name", help="The person's name as colleagues see it; the username when left out.")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLE, help="May be given several times.")
@click.option("--team", "teams", multiple=True, callback=_ids, help="A team whose caseload the account holds.")
@click.option("--district", "districts", multiple=True, callback=_districts, help="GSS code of a district.")
@click.option(
    "--centre", "centres", multiple=True, callback=_ids, help="A volunteer centre that the account works for."
)
@click.option("--bank", "banks", multiple=True, callback=_ids, help="A time bank that the account looks after.")
@click.option("--hub", "hubs", multiple=True, callback=_ids, help="A community hub that the account works for.")
@click.option("--employer", "employers", multiple=True, callback=_ids, help="An employer whose volunteering it runs.")
@click.option("--asset", "assets", multiple=True, callback=_ids, help="An asset whose own record the account keeps.")
@click.option("--volunteer", callback=_ids, help="The id of the person's own volunteer record.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def add(
    username: str,
    tenant: str,
    name: str | None,
    roles: tuple[str, ...],
    teams: tuple[str, ...],
    districts: tuple[str, ...],
    centres: tuple[str, ...],
    banks: tuple[str, ...],
    hubs: tuple[str, ...],
    employers: tuple[str, ...],
    assets: tuple[str, ...],
    volunteer: str | None,
    password_stdin: bool,
) -> None:
    """Add an account; its password is made and printed once, unless it is given."""
    at = workplace()
    at.check_tenant(tenant)
    password = _password(password_stdin)
    new = NewAccount(
        tenant=tenant,
        username=username,
        name=name or username,
        password=password,
        roles=roles,
        team_ids=teams,
        districts=districts,
        centre_ids=centres,
        bank_ids=banks,
        hub_ids=hubs,
        employer_ids=employers,
        asset_ids=assets,
        volunteer_id=volunteer,
        all_districts=at.districts(tenant),
    )
    try:
        account = manage.add_account(at.services.accounts, new)
    except NameTakenError as error:
        raise click.ClickException(f"The username {error} is in use. Choose another.") from error
    except (WeakPasswordError, AccountInputError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Added {account.username}.")
    _show_password(password, password_stdin)


@user.command("list")
@click.option("--tenant", help="Only the accounts of this programme.")
def list_(tenant: str | None) -> None:
    """List accounts, their roles and whether they are closed."""
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    table = Listing("username", "tenant", "roles", "name", "closed")
    for one in at.services.accounts.accounts.all(tenant):
        closed = one.disabled_at.date().isoformat() if one.disabled_at else ""
        table.add(one.username, one.tenant, ", ".join(one.roles), one.name, closed)
    table.print()


@user.command()
@click.argument("username")
@click.option("--role", "roles", multiple=True, type=_ROLE, help="The roles from now on; as they are when left out.")
@click.option("--team", "teams", multiple=True, callback=_ids, help="The teams from now on; as they are when left out.")
@click.option("--district", "districts", multiple=True, callback=_districts, help="The districts from now on.")
@click.option("--centre", "centres", multiple=True, callback=_ids, help="The centres from now on.")
@click.option("--bank", "banks", multiple=True, callback=_ids, help="The time banks from now on.")
@click.option("--hub", "hubs", multiple=True, callback=_ids, help="The community hubs from now on.")
@click.option("--employer", "employers", multiple=True, callback=_ids, help="The employers from now on.")
@click.option("--asset", "assets", multiple=True, callback=_ids, help="The assets from now on.")
@click.option("--volunteer", callback=_ids, help="The volunteer record from now on.")
def grant(
    username: str,
    roles: tuple[str, ...],
    teams: tuple[str, ...],
    districts: tuple[str, ...],
    centres: tuple[str, ...],
    banks: tuple[str, ...],
    hubs: tuple[str, ...],
    employers: tuple[str, ...],
    assets: tuple[str, ...],
    volunteer: str | None,
) -> None:
    """Give an account other roles, teams or districts; its phones drop what it loses at their next contact."""
    at = workplace()
    account = at.account(username)
    facts = Facts(
        team_ids=teams or account.facts.get("team_ids", ()),
        districts=districts or account.facts.get("districts", ()),
        centre_ids=centres or account.facts.get("centre_ids", ()),
        bank_ids=banks or account.facts.get("bank_ids", ()),
        hub_ids=hubs or account.facts.get("hub_ids", ()),
        employer_ids=employers or account.facts.get("employer_ids", ()),
        asset_ids=assets or account.facts.get("asset_ids", ()),
        volunteer_id=volunteer or account.volunteer_id,
        all_districts=at.districts(account.tenant),
    )
    try:
        manage.change_roles(at.services.accounts, account, roles or account.roles, facts)
    except AccountInputError as error:
        raise click.ClickException(str(error)) from error
    at.store.touch(account.tenant)  # so that phones look again
    scopes = at.services.accounts.grants.scopes(account.tenant, account.id)
    click.echo(f"{account.username} now holds {', '.join(sorted(scopes)) or 'nothing'}.")


@user.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def password(username: str, password_stdin: bool) -> None:
    """Give an account a new password, made and printed once unless it is given."""
    at = workplace()
    fresh = _password(password_stdin)
    try:
        manage.set_password(at.services.accounts, at.account(username), fresh)
    except WeakPasswordError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The password of {username} is changed.")
    _show_password(fresh, password_stdin)


@user.command()
@click.argument("username")
def disable(username: str) -> None:
    """Close an account and shut its devices out; they wipe themselves at their next contact."""
    at = workplace()
    account = at.account(username)
    before = " (and was before)" if account.disabled_at else ""
    devices = manage.disable(at.services.accounts, account)
    at.services.poke(account.tenant, 0, frozenset())
    click.echo(f"{username} is closed{before}; {devices} device(s) will wipe themselves.")


def _password(from_stdin: bool) -> str:
    if not from_stdin:
        return new_password()
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise click.ClickException("The password is not text in UTF-8. Write it so and try again.") from error


def _show_password(password: str, given: bool) -> None:
    if not given:
        click.echo(f"Password: {password}  (shown once; hand it over in person)")
