"""`kith demo`: a database, the made-up county, sign-ins and a first ranker, each made only where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from ml.models.registry import PACK, Registry, RegistryError
from server.accounts.database import Database
from server.accounts.service import Accounts
from server.accounts.tokens import Signer
from server.clock import now
from server.demo.alone import alone
from server.demo.county import TENANT, CountyError, NotDemoError, Tell, is_loaded, load_county, refuse_real
from server.demo.door import open_door
from server.demo.sign_ins import FILE, TakenError, make_sign_ins
from server.live.tell import poke_for
from server.settings import Settings, make_home, settings_from, signing_keys
from server.storage.engine import make_engine, reading, writing
from server.storage.migrate import is_current, upgrade
from server.storage.sql import SqlStore
from server.storage.tables import metadata

#: Referrals in the world that the first ranker learns from.
_LEARNT_FROM = 4000


@click.command()
@click.option("--seed", default=1, show_default=True, help="Another seed makes up another county.")
@click.option("--ranker/--no-ranker", default=True, show_default=True, help="Train a first ranker if there is none.")
@click.pass_context
def demo(ctx: click.Context, seed: int, ranker: bool) -> None:
    """Load the made-up county with its sign-ins and a first ranker; what is there stays as it is."""
    settings = settings_from()
    make_home(settings)
    with alone(settings.home, click.echo):
        told = _make(ctx, settings, seed, ranker)
    _show(told, settings.home / FILE)


def _make(ctx: click.Context, settings: Settings, seed: int, ranker: bool) -> list[dict[str, Any]]:
    """Make everything that is missing; gives the sign-ins."""
    if not is_current(settings.database_url):
        upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    try:
        _fill(ctx, settings, SqlStore(engine, poke_for(engine, settings)), seed)
        told = make_sign_ins(_accounts(settings, engine), settings.home / FILE, _districts(SqlStore(engine)))
    except (NotDemoError, CountyError, TakenError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    if ranker:
        _train(ctx, settings, seed)
    return told


def _fill(ctx: click.Context, settings: Settings, store: SqlStore, seed: int) -> None:
    """Make up the county and load it, unless an earlier run did."""
    if is_loaded(store):
        return
    refuse_real(store, TENANT)
    folder = settings.home / "world" / "county"
    _workbench(ctx, "world", county=True, seed=seed, today=now(), out=folder)
    store.ensure_tenant(TENANT)
    with _progress() as tell:
        load_county(folder, store, open_door(store, TENANT), tell=tell)


def _train(ctx: click.Context, settings: Settings, seed: int) -> None:
    """Train and promote a first ranker on a made-up world, unless there is a champion."""
    try:
        champion = Registry(settings.models).champion()
        if champion is not None:
            champion.check(PACK)
            return
    except RegistryError as error:
        click.echo(f"{error} Until then plain rules rank.", err=True)
        return
    world = settings.home / "world" / "first"
    made_up: dict[str, Any] = {"dial": "county", "referrals": _LEARNT_FROM, "deprivation": True}
    _workbench(ctx, "world", seed=seed, today=now(), out=world, **made_up)
    _workbench(ctx, "first", world=world, registry=settings.models)


def _workbench(ctx: click.Context, name: str, **options: Any) -> None:
    """Run a command of `kith ml`: the assembled command line alone sees both the server and the workbench."""
    root = ctx.find_root()
    group = root.command.get_command(root, "ml") if isinstance(root.command, click.Group) else None
    command = group.get_command(root, name) if isinstance(group, click.Group) else None
    if command is None:
        raise click.ClickException(f"`kith ml {name}` is missing here. Run the demonstration as `kith demo`.")
    ctx.invoke(command, **options)  # which fills in the defaults of options not given


def _accounts(settings: Settings, engine: Engine) -> Accounts:
    database = Database(partial(reading, engine), partial(writing, engine), metadata)
    return Accounts(database, Signer(signing_keys(settings.key_path)), now)


def _districts(store: SqlStore) -> list[str]:
    with store.read(TENANT) as view:
        return [district.key.id for district in view.of_kind("district")]


@contextmanager
def _progress() -> Iterator[Tell]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    beside = Console(stderr=True)
    with Progress(*columns, console=beside, transient=True, disable=not beside.is_terminal) as bar:
        task = bar.add_task("opening", total=None)
        yield lambda words, done, total: bar.update(task, description=words, completed=done, total=total)


def _show(told: list[dict[str, Any]], path: Path) -> None:
    click.echo("\nSign-ins of the made-up county:\n")
    for one in told:
        click.echo(f"  {one['username']:14} {one['password']:20} {one['role'].replace('_', ' ')}: {one['about']}")
    click.echo(f"\nThey are kept in {path}. Everybody and everything here is made up.")
