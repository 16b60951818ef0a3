"""The group of commands, each imported when it is run."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

import click

from ml.models.registry import RegistryError


class Part(NamedTuple):
    """Where a command lives, and its line in the help."""

    module: str
    help: str


PARTS: Final[Mapping[str, Part]] = {
    "world": Part("ml.training.world.cli", "Make a made-up county with a known truth, to train and test on."),
    "dataset": Part("ml.cli.data", "Turn exported exposures and choices into a data set."),
    "quality": Part("ml.cli.quality", "Tell the quality of a data set: missing, doubtful, too good to be true."),
    "train": Part("ml.cli.learning", "Fit a ranker and register it as a version."),
    "tune": Part("ml.cli.tuning", "Search for better figures to train with, on folds over time."),
    "evaluate": Part("ml.cli.judging", "Measure a version on slates that it never saw."),
    "fairness": Part("ml.cli.auditing", "Audit whom and what a version serves, and what reaches its scores."),
    "compare": Part("ml.cli.comparing", "Set a version beside another one, or beside a plain order."),
    "ope": Part("ml.cli.off_policy", "Estimate what a version's order would have earned, from what others logged."),
    "report": Part("ml.cli.telling", "Write a page on a version, with pictures."),
    "explain": Part("ml.cli.telling", "Take apart what was shown for a referral, family by family of features."),
    "promote": Part("ml.cli.serving", "Let a version serve, or say every reason why not."),
    "rollback": Part("ml.cli.serving", "Let the champion's predecessor serve again."),
    "shadow": Part("ml.cli.watching", "Rank what the champion served with a version too, unseen, and compare."),
    "drift": Part("ml.cli.watching", "Say what has moved since a version learned."),
    "history": Part("ml.cli.auditing", "List what was promoted, refused and rolled back, and why."),
    "assign": Part("ml.cli.assigning", "Propose places for all who wait at once; a person decides about each."),
    "verify": Part("ml.cli.auditing", "Check that versions are whole and still score to the same bits."),
    "versions": Part("ml.cli.serving", "List the versions, and which one serves."),
    "register": Part("ml.cli.serving", "Take a version that was trained elsewhere into the registry."),
    "export": Part("ml.cli.serving", "Copy a version's pack, as phones get it, to a file."),
    "first": Part("ml.cli.learning", "Train and promote the first ranker of a new place."),
    "volunteers": Part("ml.cli.volunteers", "The same for volunteers and what they may do: world, dataset, train, …"),
    "ndcg": Part("ml.cli.judging", "Compare all rankers with the truth of several made-up worlds."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help, and imports a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table, which is the order of the work."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in PARTS:
            return None
        command: click.Command = getattr(import_module(PARTS[cmd_name].module), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, part.help) for name, part in PARTS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a person can mend is said in one plain sentence."""
        from ml.models.walker import PackError
        from ml.training.tables import TableError

        try:
            return super().invoke(ctx)
        except (RegistryError, TableError, PackError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=LazyGroup)
def ml() -> None:
    """Train, judge and promote the ranker."""
