"""`kith quarantine`, `kith deferred`, `kith erase`, `kith audit`: what was kept aside, what waits, who saw whom."""

import json
from typing import Final

import click

from ml.listing import Listing
from server.api.forgetting import forget_outside
from server.cli.workplace import DESK, Workplace, workplace
from server.sync.model import Key, Outcome, Principal
from server.sync.ports import Quarantined

#: Characters of an entry's name that do for the whole, if no other begins so.
_SHORTEST: Final = 8
_TENANT = click.option("--tenant", required=True, help="The programme.")
_AS = click.option("--as", "username", required=True, help="The account by whose rights and in whose name.")


@click.group()
def quarantine() -> None:
    """Look through what was refused and kept; release it or let it rest."""


@quarantine.command("list")
@_TENANT
@click.option("--all", "settled_too", is_flag=True, help="Released and dropped entries as well.")
def list_(tenant: str, settled_too: bool) -> None:
    """List what was refused, oldest first; not what it says."""
    table = Listing("name", "received", "kind", "record", "reason", "device", "state")
    for one in _entries(tenant, None if settled_too else "open"):
        table.add(one.name, one.received_at[:16], one.kind, one.id, one.reason, one.device, one.state)
    table.print()


@quarantine.command()
@_TENANT
@click.argument("name")
def show(tenant: str, name: str) -> None:
    """Print one entry with what it says, which may be personal; the audit says so."""
    found = _entry(tenant, None, name)
    _at(tenant).note(tenant, "quarantine", [(found.kind, found.id, 1)])
    try:
        click.echo(json.dumps(json.loads(found.payload), indent=2, ensure_ascii=False))
    except RecursionError:  # nested too deep to be laid out
        click.echo(found.payload)


@quarantine.command()
@_TENANT
@_AS
@click.argument("name")
def release(tenant: str, username: str, name: str) -> None:
    """Apply what was refused, by the rights of an account; if it still cannot be, it stays and you hear why."""
    _review(tenant, username, name, release=True)


@quarantine.command()
@_TENANT
@_AS
@click.argument("name")
def drop(tenant: str, username: str, name: str) -> None:
    """Let an entry rest: it is kept, and asks nobody any more."""
    _review(tenant, username, name, release=False)


def _review(tenant: str, username: str, name: str, *, release: bool) -> None:
    at, name = _at(tenant), _entry(tenant, "open", name).name
    try:
        verdict = at.door(tenant).review(name, _principal(at, username), release=release)
    except KeyError as error:
        raise click.ClickException(f"{username} has no open entry {name} to decide about.") from error
    if verdict.problem is not None and verdict.outcome in (Outcome.REJECTED, Outcome.DEFERRED):
        errors = json.dumps(dict(verdict.problem.errors)) if verdict.problem.errors else ""
        raise click.ClickException(f"It cannot be applied ({verdict.problem.slug}) and stays. {errors}".rstrip())
    if release:  # it may have been an erasure
        forget_outside(at.services, tenant)
    click.echo(f"{name} is {'released: ' + verdict.outcome.value if release else 'dropped'}.")


@click.group()
def deferred() -> None:
    """Look after changes that wait for another record."""


@deferred.command()
@click.option("--tenant", help="Only this programme.")
def sweep(tenant: str | None) -> None:
    """Give up on what has waited more than seven days; people find it in the quarantine. Run it once a day."""
    at = workplace()
    for name in [tenant] if tenant else sorted(at.store.heads()):
        at.check_tenant(name)
        click.echo(f"{name}: {at.door(name).sweep()} change(s) waited too long.")


@click.command()
@_TENANT
@_AS
@click.argument("person_id")
@click.option(
    "--kind", type=click.Choice(["person", "volunteer"]), default="person", show_default=True, help="Who it is."
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def erase(tenant: str, username: str, person_id: str, kind: str, yes: bool) -> None:
    """Erase a person: their records, notes, conflicts and whatever was kept aside. Nothing brings them back.

    Of a volunteer what they were ranked by goes too; asks and claims stay, which name them by an id alone.
    """
    at = _at(tenant)
    who = _principal(at, username)
    if "administrator" not in who.roles:
        raise click.ClickException(f"{username} is no administrator, and only administrators erase.")
    if not yes:
        click.confirm(f"Everything about {person_id} is erased for good. Go on?", abort=True)
    gone = at.door(tenant).erase([Key(kind, person_id)], by=who.account_id)
    forget_outside(at.services, tenant)
    if not gone:
        raise click.ClickException(f"There is no {kind} {person_id}, or they were erased before.")
    click.echo(f"{gone} record(s) are erased. Backups keep what they have: see docs/operations.md.")


@click.command()
@_TENANT
@click.option("--person", "person_id", help="Only who saw this person.")
def audit(tenant: str, person_id: str | None) -> None:
    """Say who saw or did what: one line an account, device, scope and day, and nothing of what records say."""
    key = Key("person", person_id) if person_id else None
    table = Listing("first", "last", "account", "device", "what", "scope or record", "records", right=("records",))
    at = _at(tenant)
    names = {one.id: one.username for one in at.services.accounts.accounts.all(tenant)}
    with at.store.read(tenant) as view:
        for one in view.seen(key):
            about = one.scope or f"{one.kind} {one.id or '(all)'}"
            who = names.get(one.account, one.account)
            table.add(one.first_at[:19], one.at[:19], who, one.device, one.what, about, one.count)
    table.print()


def _entries(tenant: str, state: str | None) -> list[Quarantined]:
    with _at(tenant).store.read(tenant) as view:
        return list(view.quarantined(state))


def _entry(tenant: str, state: str | None, name: str) -> Quarantined:
    """Find the one entry that is called so, or whose name alone begins so; else end the command."""
    entries = _entries(tenant, state)
    found = [one for one in entries if one.name == name]
    if not found and len(name) >= _SHORTEST:
        found = [one for one in entries if one.name.startswith(name)]
    if len(found) > 1:
        raise click.ClickException(f"{len(found)} entries begin with {name}. Write more of the one you mean.")
    if not found:
        what = f"{state} entry" if state else "entry"
        raise click.ClickException(
            f"There is no {what} {name}. `kith quarantine list` shows them; {_SHORTEST} characters of one are enough."
        )
    return found[0]


def _at(tenant: str) -> Workplace:
    at = workplace()
    at.check_tenant(tenant)
    return at


def _principal(at: Workplace, username: str) -> Principal:
    account = at.account(username)
    scopes = at.services.accounts.grants.scopes(account.tenant, account.id)
    roles = frozenset() if account.disabled_at else frozenset(account.roles)
    return Principal(account.tenant, account.id, DESK, roles, scopes, account.volunteer_id, account.name)
