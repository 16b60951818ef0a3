"""`kith volunteering`: how many who enquire become volunteers, who stays, and whom to write to again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from ml.listing import Listing
from server.cli.words import there_are
from server.sync.model import Key

if TYPE_CHECKING:
    from server.cli.workplace import Workplace
    from server.domain.funnel import Funnel

_TENANT = click.option("--tenant", required=True, help="The programme.")
_CENTRE = click.option("--centre", help="Only this volunteer centre.")
_DAYS = click.option(
    "--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Enquiries of how many days."
)


@click.group()
def volunteering() -> None:
    """Show how people become volunteers, and stay."""


@volunteering.command()
@_TENANT
@_CENTRE
@click.option(
    "--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Enquiries of how many days."
)
@click.option("--public", is_flag=True, help="Counts for others than the centre: small ones are held back.")
def report(tenant: str, centre: str | None, days: int, public: bool) -> None:
    """Show how many of those who enquired came how far, and how long that took."""
    from server.domain.funnel import report as funnels
    from server.domain.funnel import shown
    from server.volunteering.reporting import enquiry_ways

    at, today = _at(tenant)
    since = (today - timedelta(days=days)).isoformat()
    with at.store.read(tenant) as view:
        ways = enquiry_ways(view, _scopes(centre), since, today.isoformat())
    if public:
        found = shown(ways)
        table = Listing("centre", *found.steps, "all", right=(*found.steps, "all"))
        for name, counts in found.rows.items():
            table.add("all" if name == "*" else name, *("held back" if count is None else count for count in counts))
        table.print()
        return
    figures = funnels(ways, today.isoformat())
    table = Listing(*_TITLES, right=_TITLES[2:])
    groups = {"all": figures.overall, **figures.by_centre, **figures.by_origin}
    for name, funnel in groups.items():
        _add(table, name, funnel)
    table.print()
    _ended(figures.overall)
    click.echo(_compared(figures.overall, figures.benchmark))


@volunteering.command()
@_TENANT
@_CENTRE
@click.option("--days", type=click.IntRange(0, 365), default=30, show_default=True, help="Within how many days.")
def due(tenant: str, centre: str | None, days: int) -> None:
    """List whom to ask if they are still there, what runs out, and which references have not come."""
    from server.domain.upcoming import upcoming
    from server.volunteering.reporting import centre_of

    at, today = _at(tenant)
    with at.store.read(tenant) as view:
        kept = centre_of(view, _scopes(centre))
    table = Listing("on", "days", "volunteer", "name", "what", right=("days",))
    found = upcoming(kept, today.isoformat(), days)
    for one in found:
        table.add(one.on, one.days, one.volunteer_id, _name(kept.volunteers[one.volunteer_id]), one.what)
    _note(at, tenant, "due", [one.volunteer_id for one in found])
    table.print()


@volunteering.command()
@_TENANT
@_CENTRE
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="Nothing heard for so long.")
def reengage(tenant: str, centre: str | None, days: int) -> None:
    """List volunteers to write to again, each with a reason."""
    from server.domain.reengage import REASONS
    from server.volunteering.reporting import docs_of, whom_to_write

    at, today = _at(tenant)
    with at.store.read(tenant) as view:
        found = whom_to_write(view, _scopes(centre), today.isoformat(), days)
        volunteers = docs_of(view, "volunteer", _scopes(centre))
    table = Listing("since", "volunteer", "name", "done", "would like", "why", right=("done",))
    for one in found:
        name = _name(volunteers[one.volunteer_id])
        table.add(one.since, one.volunteer_id, name, one.done, one.commitment, REASONS[one.reason])
    _note(at, tenant, "reengage", [one.volunteer_id for one in found])
    table.print()


@volunteering.command()
@_TENANT
@click.argument("employer")
def employer(tenant: str, employer: str) -> None:
    """Show what the staff of EMPLOYER gave, with groups of fewer than five held back."""
    from server.volunteering.reporting import employer_given

    at, today = _at(tenant)
    with at.store.read(tenant) as view:
        if not view.records([Key("employer", employer)]):
            ids = (one.key.id for one in view.of_kind("employer"))
            known = there_are(ids, none="A centre writes down the first.")
            raise click.ClickException(f"There is no employer {employer} in {tenant}. {known}")
        found = employer_given(view, employer, today.isoformat())
    titles = ("employees", "their minutes", "team places", "team minutes")
    table = Listing("roles", *titles, right=titles)
    for one in found:
        counts = (one.employees, one.employee_minutes, one.team_places, one.team_minutes)
        name = "all" if one.category == "*" else one.category
        table.add(name, *("held back" if count is None else count for count in counts))
    table.print()


def _name(volunteer: Mapping[str, Any]) -> str:
    return f"{volunteer['given_name']} {volunteer['family_name']}"


def _note(at: "Workplace", tenant: str, what: str, volunteers: Iterable[str]) -> None:
    """Write into the audit whose records were shown."""
    at.note(tenant, what, [("volunteer", one, 1) for one in sorted(set(volunteers))])


_TITLES: Final = ("enquiries of", "step", "reached", "of", "share", "open", "days from step before", "from enquiry")


def _add(table: Listing, name: str, funnel: "Funnel") -> None:
    for one in funnel.steps:
        share = "–" if one.share is None else f"{one.share:.1%}"
        table.add(name, one.step, one.reached, one.of, share, one.open, _days(one.days), _days(one.days_in_all))


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:g}"


def _ended(funnel: "Funnel") -> None:
    for what, counts in (("ended", funnel.ended), ("because", funnel.reasons)):
        told = ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
        if told:
            click.echo(f"{what}: {told}")


def _compared(funnel: "Funnel", benchmark: float) -> str:
    """Say how the share that was placed stands beside that of other centres, and how far it may still go."""
    placed = next(one for one in funnel.steps if one.step == "placed")
    if placed.share is None:
        return "No enquiries in these days."
    most = (placed.reached + placed.open) / placed.of
    bounds = f"; up to {most:.1%} if all who are under way get there" if placed.open else ""
    return f"placed: {placed.share:.1%} of {placed.of}, beside {benchmark:.0%} at volunteer centres{bounds}"


def _scopes(centre: str | None) -> Collection[str] | None:
    return None if centre is None else {f"centre:{centre}"}


def _at(tenant: str) -> "tuple[Workplace, date]":
    from server.cli.workplace import workplace

    at = workplace()
    at.check_tenant(tenant)
    return at, at.services.now().date()
