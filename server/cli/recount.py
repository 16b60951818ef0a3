"""`kith recount`: the counts that rankers read, made true."""

import click

from server.cli.calendar import renewed
from server.cli.words import counted
from server.cli.workplace import workplace
from server.demo.county import TENANT as DEMONSTRATION
from server.sync.decisions.publishing import publish
from server.sync.decisions.stocking import lapse_all
from server.sync.recounting import recount as recount_tenant


@click.command()
@click.option("--tenant", help="Only this programme.")
def recount(tenant: str | None) -> None:
    """Count anew how often items were shown and chosen, and what came of it; renew the coming days of schedules, let go
    of what hubs kept until a day that has passed; make the reports of fieldwork that is over.

    `kith serve` does so daily.
    """
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    for name in [tenant] if tenant else sorted(at.store.heads()):
        now = at.services.now()
        for line in renewed(at, name):
            click.echo(line)
        if lapsed := lapse_all(at.store, at.door(name).carry_out, name, now):
            click.echo(f"{name}: {counted(lapsed, 'reservation')} lapsed.")
        if reports := publish(at.store, at.door(name).add, name, now):
            click.echo(f"{name}: {counted(reports, 'report')} of fieldwork made.")
        if name == DEMONSTRATION:
            click.echo(f"{name}: left as it is. Its counts come from a history of which it keeps a part.")
            continue
        done = recount_tenant(at.store, at.door(name), name, now)
        click.echo(f"{name}: {counted(done.items, 'item')} counted, {done.changed} put right.")
