"""`kith ml dataset`: from the log of exposures, or from anybody's ranking data, to a data set."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

from ml.cli.foreign import OF_RANKING, make_foreign, ranking_options, tell_foreign
from ml.cli.options import DATASET, FOLDER, home, summary, working
from ml.cli.quality import tell_warnings
from ml.cli.ranges import Day
from ml.training.dataset import Making, write_dataset
from ml.training.tables import Tables

#: Where `kith demo` puts the made-up history of the first ranker, in KITH_HOME.
MADE_UP: Final = Path("world") / "first"
#: Options that only one source of data reads, by parameter.
_OF_THE_DATABASE: Final = frozenset({"tenant", "made_up"})
_OF_EXPOSURES: Final = _OF_THE_DATABASE | {"source", "as_of", "labels", "leave_out_damaged"}
#: How often the count of exposures read is shown.
_STEP = 500


@click.command()
@click.option("--from", "source", type=FOLDER, help="Tables that were exported before, or a made-up world.")
@click.option("--tenant", envvar="KITH_TENANT", default="essex-demo", show_default=True,
              help="Without --from: the programme to export from the database.")  # fmt: skip
@click.option("--made-up/--no-made-up", default=True, show_default=True,
              help="Without --from: also read the made-up history of the first ranker.")  # fmt: skip
@click.option("--as-of", type=Day(), help="Know nothing after this day [default: the newest].")
@click.option("--labels", type=click.Choice(["choice", "outcome"]), default="choice", show_default=True,
              help="Take choices whose outcome is awaited at relevance 1, or leave their slates out.")  # fmt: skip
@click.option("--leave-out-damaged", is_flag=True, help="Go on without records that cannot be true.")
@ranking_options
@click.option("--out", type=FOLDER, default=lambda: home() / DATASET, show_default=f"{DATASET} in KITH_HOME")
def dataset(
    source: Path | None, tenant: str, made_up: bool, as_of: datetime | None, labels: str, leave_out_damaged: bool,
    out: Path, **ranking: Any,
) -> None:  # fmt: skip
    """Turn exposures and choices into a data set of query groups, as of a day.

    With --ranking the data are anybody's: Parquet with named columns, or svmlight with the sizes of its queries.
    """
    _refuse_ignored(click.get_current_context(), bool(ranking["ranking"]), source is not None)
    if ranking["ranking"]:
        tell_foreign(make_foreign(out, **ranking), out)
        return
    tables = Tables(source) if source else exported(click.get_current_context(), tenant, made_up=made_up)
    with working("Reading exposures") as say:
        making = Making(
            as_of=as_of.date() if as_of else None,
            scheme=labels,
            strict=not leave_out_damaged,
            progress=lambda done: None if done % _STEP else say(f"Reading exposures: {done:,}"),
        )
        report = write_dataset(tables, out, making)
    _tell_dataset(report, tables, out)
    tell_warnings(report["quality"])


def _refuse_ignored(ctx: click.Context, foreign: bool, told: bool) -> None:
    """Refuse options that would do nothing beside the others: who gives them believes that they do."""
    ignored = _OF_EXPOSURES if foreign else OF_RANKING | (_OF_THE_DATABASE if told else frozenset())
    source = ctx.get_parameter_source
    given = [one for one in ctx.command.params
             if one.name in ignored and source(one.name) is ParameterSource.COMMANDLINE]  # fmt: skip
    if not given:
        return
    names = ", ".join(one.opts[0] for one in given)
    why = "beside --ranking" if foreign else "without --ranking" if given[0].name in OF_RANKING else "beside --from"
    raise click.UsageError(f"{names} would do nothing {why}; leave it out.")


def exported(ctx: click.Context, tenant: str, *, made_up: bool = False) -> Tables:
    """Run `kith export`, which only the assembled command line has, and name the folders to read.

    made_up : whether the made-up history of the first ranker is one of them, where it is there.
    """
    root = ctx.find_root()
    group = root.command if isinstance(root.command, click.Group) and root is not ctx.parent else None
    command = group.get_command(root, "export") if group else None
    if command is None:
        raise click.UsageError("Say with --from where the tables are: there is no database here to export.")
    folder = home() / "exports" / tenant
    ctx.invoke(command, tenant=tenant, folder=folder)
    return Tables(folder, (home() / MADE_UP,) if made_up and (home() / MADE_UP).is_dir() else ())


def _tell_dataset(report: dict[str, Any], tables: Tables, out: Path) -> None:
    exposures = report["exposures"]
    summary(
        f"Data set as of {report['as_of']} in {out}",
        {
            "read from": ", ".join(str(folder) for folder in (tables.root, *tables.more)),
            "exposures read": exposures["exposures"],
            "queries": f"{report['queries']}, {report['queries_with_a_positive']} of them with a positive",
            "shown items": report["rows"],
            "relevance": ", ".join(f"{value}: {count}" for value, count in report["relevance"].items()),
            "choices that await their outcome": report["states"].get("waiting", 0),
            "newest exposure": report["last_shown_at"],
            "left out": ", ".join(
                f"{exposures[name]} {words}" for name, words in _LEFT_OUT.items() if name in exposures
            )
            or "none",
        },
    )


_LEFT_OUT = {
    "without_choice": "without a choice",
    "waiting_for_choice": "too new to have one",
    "no_matter_of_taste": "for want of a place or transport",
    "later": "after that day",
    "damaged": "damaged",
}
