"""What is made up never takes the place of what was exported."""

from pathlib import Path

import click


def refuse_real_tables(folder: Path) -> None:
    """Raise ClickException where `folder` holds a table that nobody made up: it would be written over."""
    for path in sorted(folder.glob("*.parquet")):
        if not _is_made_up(path):
            raise click.ClickException(
                f"{path} is no made-up table, and nothing made up is written over it. Name another folder with --out."
            )


def _is_made_up(path: Path) -> bool:
    import polars as pl

    try:
        return pl.read_parquet_metadata(path).get("synthetic") == "true"
    except (pl.exceptions.PolarsError, OSError):
        return False
