"""Options that several commands share, and where things lie when nothing is said."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

from ml.cli.ranges import SEED
from ml.listing import visible

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER: Final = click.Path(file_okay=False, path_type=Path)

#: Where the data set lies in KITH_HOME.
DATASET: Final = Path("datasets") / "latest"

console = Console(soft_wrap=True)  # the terminal folds; a path stays whole


def home() -> Path:
    """The folder that KITH_HOME names, ``var`` without one."""
    return Path(os.environ.get("KITH_HOME") or "var")


def registry_option(command: Command) -> Command:
    """`--registry FOLDER`: where versions are kept."""
    return click.option(
        "--registry",
        type=FOLDER,
        envvar="KITH_MODELS",
        default=lambda: home() / "models",
        show_default="KITH_MODELS, or models in KITH_HOME",
        help="Where versions are kept.",
    )(command)


def data_option(command: Command) -> Command:
    """`--data FOLDER`: the data set."""
    return click.option(
        "--data",
        type=FOLDER,
        default=lambda: home() / DATASET,
        show_default=f"{DATASET} in KITH_HOME",
        help="The data set that `kith ml dataset` made.",
    )(command)


def seed_option(command: Command) -> Command:
    """`--seed N`: what chance depends on."""
    return click.option("--seed", type=SEED, default=1, show_default=True, help="What chance depends on.")(command)


def bar(*columns: ProgressColumn) -> Progress:
    """A line that moves at a terminal and is gone afterwards; nothing where nobody looks, as in a pipe or cron."""
    beside = Console(stderr=True)
    return Progress(*columns, console=beside, transient=True, disable=not beside.is_terminal)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show `what` is being done and for how long; yields a function that changes the words."""
    with bar(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()) as progress:
        task = progress.add_task(what, total=None)
        yield lambda words: progress.update(task, description=words)


def summary(title: str, lines: dict[str, object]) -> None:
    """Print a small table of names and values."""
    click.echo(visible(title))
    width = max(map(len, lines), default=0)
    for name, value in lines.items():
        click.echo(f"{name.ljust(width)}  {visible(str(value))}")
