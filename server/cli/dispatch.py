"""`kith dispatch`: ask volunteers about tasks, in waves; and what coordinators want to know of it."""

import os
import signal
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import click

from ml.listing import Listing
from server.cli.words import counted

if TYPE_CHECKING:
    from server.cli.workplace import Workplace

_TENANT = click.option("--tenant", required=True, help="The programme.")


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--child", is_flag=True, hidden=True, help="Started by `kith serve`, and ends with it.")
@click.pass_context
def dispatch(context: click.Context, once: bool, child: bool) -> None:
    """Ask volunteers about open tasks in waves until somebody takes them; safe with several running."""
    if context.invoked_subcommand is None:
        _run(once, os.getppid() if child else None)


def _run(once: bool, parent: int | None) -> None:
    # Imported late, so that the help and the reports come at once.
    from server.api.volunteering import serving_pack
    from server.cli.workplace import workplace
    from server.dispatch.loop import Dispatchers
    from server.log import start_logging

    at = workplace()
    start_logging(at.settings.log_level)
    dispatchers = Dispatchers(
        at.store, at.door, at.settings.dispatch, partial(serving_pack, at.settings.models), at.services.now
    )
    if once:
        for tenant, done in dispatchers.look().items():
            asked = f"{counted(done.asks, 'ask')} sent in {counted(done.waves, 'wave')}"
            ended = f"{counted(done.ended, 'ask')} and {counted(done.closed, 'task')} ended"
            click.echo(f"{tenant}: {asked}, {ended}.")
        return
    if parent is None:
        click.echo("Volunteers are asked about open tasks (Ctrl-C stops it)")
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if parent is None:
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    dispatchers.run(stop, lambda: parent is None or os.getppid() == parent)


@dispatch.command()
@_TENANT
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Of how many days.")
def report(tenant: str, days: int) -> None:
    """Show how soon tasks were taken, how many, what was given back, and how asks were shared."""
    from server.dispatch.reporting import report_of
    from server.sync.hlc import instant_text

    at = _at(tenant)
    since = instant_text(at.services.now() - timedelta(days=days))
    with at.store.read(tenant) as view:
        found = report_of(view, None, since)
    names = list(asdict(found.overall))
    table = Listing("tasks of", *_TITLES, right=_TITLES)
    for name, figures in (("all", found.overall), *found.by_district.items(), *found.by_type.items()):
        told = asdict(figures)
        table.add(name, *(_told(key, told[key]) for key in names))
    table.print()


@dispatch.command()
@_TENANT
@click.option("--volunteer", "volunteer_id", help="Only this volunteer.")
def impact(tenant: str, volunteer_id: str | None) -> None:
    """Show what each volunteer has done: tasks, minutes, thanks."""
    from server.domain.impact import impact_of

    table = Listing("volunteer", "tasks", "minutes", "thanks", right=("tasks", "minutes", "thanks"))
    with _at(tenant).store.read(tenant) as view:
        found = impact_of(one.doc for one in view.of_kind("claim"))
    for name, came_to in sorted(found.items(), key=lambda one: (-one[1].minutes, one[0])):
        if volunteer_id in (None, name):
            table.add(name, *came_to)
    table.print()


_TITLES: Final = (
    "tasks", "taken", "done", "fill", "median", "95 %", "claims", "abandoned", "asks", "asks a task", "volunteers",
    "Gini",
)  # fmt: skip
_SHARES: Final = ("fill_rate", "abandonment")


def _at(tenant: str) -> "Workplace":
    from server.cli.workplace import workplace

    at = workplace()
    at.check_tenant(tenant)
    return at


def _told(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name in _SHARES:
        return f"{value:.1%}"
    if name.endswith("_s"):
        return f"{value:.0f} s"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
