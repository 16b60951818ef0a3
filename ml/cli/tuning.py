"""`kith ml tune`."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ml.cli.options import bar, data_option, home, seed_option, summary
from ml.cli.ranges import Finite
from ml.files import write_json
from ml.training.groups import Dataset
from ml.training.recipe import MAKERS, Recipe, signs

#: Where the recipe is written in KITH_HOME.
RECIPE: Final = Path("recipes") / "tuned.json"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@data_option
@seed_option
@click.option("--recipe", "start", type=_FILE, help="Begin from the figures of this recipe, not from the usual ones.")
@click.option("--ranker", type=click.Choice(list(MAKERS)), default="hybrid", show_default=True)
@click.option("--trials", type=click.IntRange(1), default=40, show_default=True, help="Recipes to try, in all.")
@click.option("--timeout", type=Finite(0), help="Begin no trial after so many seconds. What is found then "
              "depends on the machine's speed.")  # fmt: skip
@click.option("--folds", type=click.IntRange(2, 10), default=3, show_default=True)
@click.option("--study", type=_FILE, help="Keep the trials in this SQLite file, to go on later.")
@click.option("--monotone", multiple=True, metavar="NAME=SIGN", help="Foreign features only, as for `kith ml train`.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Changes no byte of the recipe.")
@click.option("--out", type=_FILE, default=lambda: home() / RECIPE, show_default=f"{RECIPE} in KITH_HOME")
def tune(
    data: Path, seed: int, start: Path | None, ranker: str, monotone: tuple[str, ...], out: Path, **limits: Any
) -> None:
    """Search for better figures on the older part of a data set, for `kith ml train --recipe`."""
    from ml.training.tune import Search
    from ml.training.tune import tune as search_for

    recipe = Recipe.read(start) if start else Recipe(ranker=ranker)
    recipe = replace(recipe, seed=seed, monotone=dict(signs(monotone)) or recipe.monotone)
    read = Dataset.load(data)
    with _bar(limits["trials"]) as tell:
        found = search_for(read, recipe, Search(progress=tell, **limits))
    write_json(out, found)
    _tell(found["tuned"], out)


class _bar:  # noqa: N801 - it reads as the function that it is used as
    """A bar that fills with the trials and tells the best figure so far."""

    def __init__(self, trials: int) -> None:
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self.progress = bar(*columns, TimeRemainingColumn())
        self.task = self.progress.add_task("Measuring the usual recipe", total=trials)

    def __enter__(self) -> Any:
        self.progress.start()
        return lambda done, best: self.progress.update(self.task, completed=done, description=f"best so far {best:.4f}")

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


def _tell(tuned: dict[str, Any], out: Path) -> None:
    lead = tuned["lead"]
    folds = ", ".join(f"{fold['learned']} then {fold['judged']}" for fold in tuned["folds"])
    summary(
        f"Recipe in {out}",
        {
            "folds, queries learned from then judged": folds,
            "trials": f"{tuned['trials']}, {tuned['pruned']} of them broken off",
            "usual figures": f"{tuned['measure']} {tuned['usual']:.4f}",
            "best figures": f"{tuned['measure']} {tuned['best']:.4f}",
            "best is better by": f"{lead['mean']:+.4f} ({lead['low']:+.4f} to {lead['high']:+.4f})",
            "written": "the best figures" if tuned["adopted"] else "the usual ones: the lead may be chance",
        },
    )
