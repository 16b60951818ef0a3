"""`kith simulate`."""

import sys
from collections import Counter

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import exc

from ml.listing import Listing
from server.settings import SettingError, usable_url
from server.simulation.many import Asked, play_many
from server.simulation.many_mutants import hunt
from server.simulation.model import BrokenError
from server.simulation.mutants import MUTANTS
from server.simulation.run import Result, play
from server.simulation.script import make_plan
from server.simulation.shrink import shrink
from server.simulation.stores import Stores
from server.storage.migrate import upgrade

_SHOWN = 3
#: In so many worlds every planted bug shows.
_ENOUGH = 400


@click.command()
@click.option("--seeds", type=click.IntRange(1), default=100, show_default=True, help="How many worlds.")
@click.option("--from", "first", type=click.IntRange(0), default=0, show_default=True, help="The first seed.")
@click.option("--store", type=click.Choice(["memory", "sqlite", "postgresql"]), default="sqlite", show_default=True)
@click.option("--url", default="", help="A PostgreSQL database that may be filled; one is started without.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=2, show_default=True, help="Processes that share the work."
)
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="Begin no further worlds after so long.")
@click.option("--mutants", is_flag=True, help="Plant known bugs and show which promise catches each.")
@click.option("--processes", is_flag=True, help="Real servers and clients instead, killed with kill -9.")
@click.option("--shrink/--no-shrink", "small", default=True, help="Make failing scripts small.")
def simulate(
    seeds: int, first: int, store: str, url: str, jobs: int, minutes: float | None,
    mutants: bool, processes: bool, small: bool,
) -> None:  # fmt: skip
    """Break seeded worlds, heal them, and ask whether every promise held."""
    console = Console()
    if processes:
        _processes(first, minutes or 0.2, console)
        return
    asked = Asked(first, seeds, store, jobs, minutes, _prepared(url, store))
    if mutants:
        _mutants(asked, console)
        return
    _seeds(asked, console, small)


def _prepared(url: str, store: str) -> str:
    """Bring the PostgreSQL database at `url` up to date, or end the command: a dead one breaks no promise."""
    if not url:
        return url
    if store != "postgresql":
        raise click.UsageError("--url is for --store postgresql.")
    try:
        url = usable_url(url, "--url")
        if url.startswith("sqlite"):
            raise click.UsageError("--url is for a database of PostgreSQL.")
        upgrade(url)
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    except exc.DBAPIError as error:
        raise click.ClickException(
            f"The database of --url cannot be reached ({type(error.orig).__name__}), so nothing was played. "
            "Start it, or leave --url out: then one is started for the while."
        ) from error
    return url


def _seeds(asked: Asked, console: Console, small: bool) -> None:
    failed: list[Result] = []
    with _progress(console) as progress:
        task = progress.add_task(f"worlds on {asked.store}", total=asked.count)

        def tell(result: Result) -> None:
            progress.advance(task)
            if result.promise:
                failed.append(result)
                progress.console.print(f"[red]seed {result.seed}[/]: {result.promise}", highlight=False)

        played = play_many(asked, tell)
    if not played:
        raise click.ClickException("The time was over before the first world. Give more of --minutes.")
    for result in sorted(failed, key=lambda one: one.seed)[:_SHOWN]:
        _explain(result, asked, console, small)
    _summary(failed, played, asked).print()
    if failed:
        sys.exit(1)


def _processes(seed: int, minutes: float, console: Console) -> None:
    from server.simulation.processes import run_processes  # it brings the whole server with it

    for database in ("sqlite", "postgresql"):
        try:
            run = run_processes(database, seed, minutes * 60)
        except BrokenError as broken:
            raise click.ClickException(f"{database}, seed {seed}: {broken}") from broken
        console.print(
            f"{run.database}: every promise held; {run.mutations} mutations, {run.cuts} of {run.rounds} syncs cut, "
            f"killed {run.kills['worker']} workers and {run.kills['server']} whole servers", highlight=False,
        )  # fmt: skip


def _mutants(asked: Asked, console: Console) -> None:
    title = f"Planted bugs, {asked.count} worlds each, in memory from seed {asked.first}"
    table = Listing("bug", "what", "caught by", "in", "first", title=title)
    missed = 0
    with _progress(console) as progress:
        task = progress.add_task("planted bugs", total=len(MUTANTS))
        for caught in hunt(asked.first, asked.count, asked.jobs):
            progress.advance(task)
            missed += not caught.caught
            by = ", ".join(f"{name} {count}" for name, count in caught.promises.most_common()) or "nothing"
            table.add(caught.name, caught.what, by, f"{caught.caught}/{caught.seeds}", caught.first)
    table.print()
    console.print(f"{len(MUTANTS) - missed} of {len(MUTANTS)} caught", highlight=False)
    if missed:
        _tell_missed(asked, console)
        sys.exit(1)


def _tell_missed(asked: Asked, console: Console) -> None:
    """Say whether what was missed means anything: some planted bugs show in few worlds."""
    if asked.count < _ENOUGH:
        few = f"{asked.count} {'world' if asked.count == 1 else 'worlds'} may be too few"
        console.print(f"{few} to catch every planted bug: give --seeds {_ENOUGH}.", highlight=False, soft_wrap=True)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )


def _explain(result: Result, asked: Asked, console: Console, small: bool) -> None:
    console.rule(f"seed {result.seed}: {result.promise}")
    console.print(result.detail, highlight=False, markup=False)
    again = f"kith simulate --from {result.seed} --seeds 1 --store {asked.store}"
    if small and result.promise not in ("SQLITE-IS-PG",):
        result = _shrunk(result, asked)
    for line in result.trace:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(f"again: {again}", highlight=False)


def _shrunk(result: Result, asked: Asked) -> Result:
    kind = "memory" if asked.store == "postgresql" else asked.store
    stores = Stores(kind)
    try:
        plan = make_plan(result.seed)
        if play(plan, stores.next()).promise != result.promise:
            return result  # only the other store fails: its own trace says how
        fewer, smaller = shrink(plan, lambda one: play(one, stores.next()), result.promise)
        return Result(
            result.seed,
            smaller.promise,
            smaller.detail,
            [f"({len(fewer.deeds)} of {len(plan.deeds)} deeds)", *smaller.trace],
        )
    finally:
        stores.close()


def _summary(failed: list[Result], played: int, asked: Asked) -> Listing:
    title = f"{played} {'world' if played == 1 else 'worlds'} on {asked.store}, from seed {asked.first}"
    table = Listing("promise", "broken in", "first seed", title=title, right=("broken in", "first seed"))
    for promise, count in Counter(one.promise for one in failed).most_common():
        table.add(promise, count, min(one.seed for one in failed if one.promise == promise))
    if not failed:
        table.add("every promise", "none", "")
    return table
