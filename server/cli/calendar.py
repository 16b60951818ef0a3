"""`kith calendar`: the calendar of an asset, a district or a theme as a file, and the coming days of a schedule."""

from collections.abc import Callable, Iterator
from datetime import date

import click

from mobile_contract.vocabulary import CATEGORIES
from server.cli.words import counted
from server.cli.workplace import Workplace, workplace
from server.domain.days import local_day
from server.domain.recurrence import cancelled_days, dates_between, next_dates
from server.sync.decisions.cancelling import tell_again
from server.sync.decisions.enrolling import offer_on
from server.sync.decisions.sessions import renew_all
from server.sync.model import Key
from server.sync.ports import View

_TENANT = click.option("--tenant", required=True, help="The programme.")
_NO_ASSET = (
    "There is no asset {} that everybody may see. Groups that take people by referral alone, or keep them safe, are in "
    "no calendar."
)


@click.group()
def calendar() -> None:
    """Write the calendar of an asset, a district or a theme; list coming days."""


@calendar.command()
@_TENANT
@click.argument("asset_id", metavar="ASSET")
def asset(tenant: str, asset_id: str) -> None:
    """Print the calendar of ASSET (RFC 5545)."""
    from server.calendars.gather import asset_calendar

    _print(asset_calendar, tenant, asset_id, _NO_ASSET.format(asset_id))


@calendar.command()
@_TENANT
@click.argument("district_code", metavar="DISTRICT")
def district(tenant: str, district_code: str) -> None:
    """Print the calendar of DISTRICT, a GSS code or `county`."""
    from server.calendars.gather import district_calendar

    _print(
        district_calendar,
        tenant,
        district_code,
        f"There is no district {district_code}. It is a GSS code such as E07000071, or county.",
    )


@calendar.command()
@_TENANT
@click.argument("theme_code", metavar="THEME")
def theme(tenant: str, theme_code: str) -> None:
    """Print the calendar of all assets of THEME, a category such as `walking`."""
    from server.calendars.gather import theme_calendar

    _print(
        theme_calendar,
        tenant,
        theme_code,
        f"There is no category {theme_code}. There are: {', '.join(CATEGORIES.codes)}.",
    )


@calendar.command("next")
@_TENANT
@click.option("--count", default=8, show_default=True, type=click.IntRange(1, 100), help="How many days.")
@click.argument("schedule")
def next_(tenant: str, count: int, schedule: str) -> None:
    """List the coming days of SCHEDULE, cancelled ones among them."""
    at = workplace()
    at.check_tenant(tenant)
    key, today = Key("schedule", schedule), local_day(at.services.now())
    with at.store.read(tenant) as view:
        found = view.records([key]).get(key)
    if found is None or found.deleted:
        raise click.ClickException(
            f"There is no schedule {schedule} in {tenant}. The calendar of its group names it, before the @ of a UID: "
            f"`kith calendar asset ASSET --tenant {tenant}`."
        )
    coming, off = next_dates(found.doc, today, count), cancelled_days(found.doc)
    for on in dates_between(found.doc, today, coming[-1]) if coming else ():
        click.echo(f"{on:%a} {on} {found.doc['from_time']}{' cancelled' if on in off else ''}")


@calendar.command()
@click.option("--tenant", help="Only this programme.")
def renew(tenant: str | None) -> None:
    """Renew coming days, offer on places that nobody took up, tell late choices of cancelled sessions."""
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    for name in [tenant] if tenant else sorted(at.store.heads()):
        for line in renewed(at, name):
            click.echo(line)


def renewed(at: Workplace, tenant: str) -> Iterator[str]:
    """Do what has come due of a programme's events, and say what that was."""
    door, now = at.door(tenant), at.services.now()
    if days := renew_all(at.store, door.change, tenant, now):
        yield f"{tenant}: the coming days of {counted(days, 'schedule')} renewed."
    if courses := offer_on(at.store, door.carry_out, tenant, now):
        yield f"{tenant}: places offered on, of {counted(courses, 'course')}."
    tell_again(at.store, door.carry_out, tenant, now)


def _print(write: Callable[[View, str, str, date], bytes | None], tenant: str, name: str, missing: str) -> None:
    at = workplace()
    at.check_tenant(tenant)
    with at.store.read(tenant) as view:
        made = write(view, name, tenant, local_day(at.services.now()))
    if made is None:
        raise click.ClickException(missing)
    click.echo(made, nl=False)
