"""The options of `kith ml dataset --ranking`, which takes anybody's ranking data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ml.cli.options import summary, working
from ml.cli.quality import tell_warnings
from ml.training.groups import Dataset

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE: Final = click.Path(dir_okay=False, path_type=Path)
_OPTIONS: Final = (
    click.option("--ranking", type=_FILE, help="Instead of exposures: ranking data, Parquet or svmlight."),
    click.option("--sizes", type=_FILE, help="Rows of each query of svmlight, one a line [default: FILE.query]."),
    click.option("--test", type=_FILE, help="More ranking data, to be held out and never learned from."),
    click.option("--test-sizes", type=_FILE, help="Rows of each query of --test [default: FILE.query]."),
    click.option("--query", default="query", show_default=True, help="Parquet: the column that names the query."),
    click.option("--label", default="label", show_default=True, help="Parquet: the column of labels, 0 to 4."),
    click.option("--position", help="Parquet: the column that says where an item was shown, from 0."),
    click.option("--time", help="Parquet: the column of days or times [default: the order of the queries]."),
    click.option("--without", multiple=True, help="Parquet: a column that is no feature; may be given again."),
)
#: What only ranking data ask for, by parameter.
OF_RANKING: Final = frozenset({"sizes", "test", "test_sizes", "query", "label", "position", "time", "without"})


def ranking_options(command: Command) -> Command:
    """Add the options to `command`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_foreign(
    out: Path,
    *,
    ranking: Path,
    sizes: Path | None,
    test: Path | None,
    test_sizes: Path | None,
    query: str,
    label: str,
    position: str | None,
    time: str | None,
    without: tuple[str, ...],
) -> Dataset:
    """Make the data set of the options' files and save it in `out`."""
    from ml.training.foreign import foreign_dataset
    from ml.training.ranking_files import Columns

    with working("Reading ranking data"):
        columns = Columns(query, label, position, time, without)
        made = foreign_dataset(ranking, sizes=sizes, test=test, test_sizes=test_sizes, columns=columns)
        made.save(out)
    return made


def tell_foreign(made: Dataset, out: Path) -> None:
    """Print what is in the set."""
    report = made.report
    summary(
        f"Data set of foreign features in {out}",
        {
            "queries": f"{report['queries']}, {report['queries_with_a_positive']} of them with a positive",
            "rows": report["rows"],
            "features": f"{len(made.feature_names)}, schema {report['features']['schema_sha256'][:12]}",
            "relevance": ", ".join(f"{value}: {count}" for value, count in report["relevance"].items()),
            "positions": report["positions"],
            "time": "the order of the queries, a day each" if report["times"] == "order" else "as told",
            "held out": f"queries from {report['held_out_from'][:10]} on" if "held_out_from" in report else "not yet",
        },
    )
    tell_warnings(report["quality"])
