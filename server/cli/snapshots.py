"""`kith snapshots`: scopes packed whole, for phones that begin."""

import click
from rich.console import Console
from rich.progress import track

from mobile_contract.version import CURRENT
from server.cli.words import counted
from server.cli.workplace import Workplace, workplace
from server.sync.snapshot import build as build_snapshot
from server.sync.snapshot import tidy


@click.group()
def snapshots() -> None:
    """Pack scopes for phones that begin."""


@snapshots.command()
@click.option("--tenant", help="Only this programme.")
@click.option("--scope", help="Only this scope, whatever its size.")
@click.option(
    "--min-rows",
    type=click.IntRange(0),
    default=500,
    show_default=True,
    help="Leave smaller scopes to be pulled row by row.",
)
def build(tenant: str | None, scope: str | None, min_rows: int) -> None:
    """Pack every scope of some size that has changed, and clear away what was replaced. Run it every night."""
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    wanted = {name: _wanted(at, name, scope, min_rows) for name in ([tenant] if tenant else sorted(at.store.heads()))}
    if scope is not None and not any(wanted.values()):
        raise click.ClickException(f"No record is in the scope {scope}. Name one such as directory:county.")
    for name, scopes in wanted.items():
        _build(at, name, scopes)
        tidy(at.store, name)
    at.services.shelf.sweep(at.store.listed_snapshots())


def _wanted(at: Workplace, tenant: str, scope: str | None, min_rows: int) -> list[str]:
    counts = at.store.scope_counts(tenant)
    if scope is not None:
        return [scope] if scope in counts else []
    return sorted(name for name, rows in counts.items() if rows >= min_rows)


def _build(at: Workplace, tenant: str, wanted: list[str]) -> None:
    made = rows = 0
    for name in track(wanted, tenant, console=Console(stderr=True), transient=True):
        snapshot, new = build_snapshot(at.store, at.services.shelf, tenant, name, CURRENT)
        made, rows = made + new, rows + snapshot.rows
    click.echo(f"{tenant}: {counted(len(wanted), 'snapshot')} of {counted(rows, 'record')}, {made} made anew.")
