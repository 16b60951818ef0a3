"""`kith`: one command line for the server and the workbench, the only place that sees both.

Each command's module is imported when the command is run, so that `kith serve` starts without LightGBM.
"""

import signal
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NamedTuple

import click


class Part(NamedTuple):
    """Where a command lives, and its line in the help."""

    module: str
    name: str
    help: str


PARTS: Final[Mapping[str, Part]] = {
    "serve": Part("server.cli.serve", "serve", "Serve phones on HOST and PORT."),
    "live": Part("server.cli.live", "live", "Poke phones when they should sync, as a process of its own."),
    "dispatch": Part("server.cli.dispatch", "dispatch", "Ask volunteers about tasks, in waves; show how that goes."),
    "migrate": Part("server.cli.database", "migrate", "Make the database or bring it up to date."),
    "demo": Part("server.demo.cli", "demo", "Load the made-up county with its sign-ins and a first ranker."),
    "user": Part("server.cli.users", "user", "Add, list and change those who may sign in."),
    "device": Part("server.cli.devices", "device", "List devices and shut lost ones out."),
    "quarantine": Part("server.cli.care", "quarantine", "Review what was refused and kept."),
    "deferred": Part("server.cli.care", "deferred", "Give up on what waited too long."),
    "erase": Part("server.cli.care", "erase", "Erase a person for good."),
    "audit": Part("server.cli.care", "audit", "Say who saw whom."),
    "tenant": Part("server.cli.tenants", "tenant", "Add and list programmes."),
    "timebank": Part("server.cli.timebank", "timebank", "Open time banks, print statements, prove the ledger."),
    "training": Part("server.cli.training", "training", "Say whose trainings run out, and who here can do what."),
    "fieldwork": Part("server.cli.fieldwork", "fieldwork", "Say what doorstep rounds and sessions came to."),
    "hub": Part("server.cli.hub", "hub", "Show what hubs have in stock, what they wish for, and calls that wait."),
    "volunteering": Part("server.cli.volunteering", "volunteering", "Show how people become volunteers, and stay."),
    "calendar": Part("server.cli.calendar", "calendar", "Write public calendars; list the coming days of a schedule."),
    "import": Part("server.importers.cli", "import_", "Take open data in: directories, geography, venues."),
    "export": Part("server.cli.export", "export", "Write what the workbench reads, as Parquet."),
    "views": Part("server.cli.views", "views", "Show and make the SQL views that analysts read."),
    "files": Part("server.cli.files", "files", "Show and clear up signatures and photos."),
    "backup": Part("server.cli.database", "backup", "Copy the database to a file while serving."),
    "restore": Part("server.cli.database", "restore", "Put a backup in place of the database."),
    "simulate": Part("server.simulation.cli", "simulate", "Break seeded worlds and ask whether every promise held."),
    "snapshots": Part("server.cli.snapshots", "snapshots", "Pack scopes for phones that begin."),
    "compact": Part("server.cli.compact", "compact", "Clear away old traces of deletions."),
    "recount": Part("server.cli.recount", "recount", "Count anew how often items were shown and chosen."),
    "epoch": Part("server.cli.compact", "epoch", "Say that a database was put back by other means."),
    "models": Part("server.cli.models", "models", "List the rankers in the registry."),
    "openapi": Part("server.cli.openapi", "openapi", "Print the OpenAPI 3.1 document of the API."),
    "ml": Part("ml.cli", "ml", "Train, judge and promote the ranker."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help, and imports a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table, which is the order of a first day."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in PARTS:
            return None
        part = PARTS[cmd_name]
        command: click.Command = getattr(import_module(part.module), part.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, part.help) for name, part in PARTS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a person can mend is said in one plain sentence."""
        from server.cli.plain import plain_errors, private_files

        with plain_errors(), private_files():
            return super().invoke(ctx)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kith")
def kith() -> None:
    """Offline-first sync and matching for people who help people."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `kith` as a program."""
    try:
        kith(args=arguments, prog_name="kith")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what it says by its exit code is what it did


if __name__ == "__main__":
    main()
