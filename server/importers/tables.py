"""Comma-separated files, read with plain words when they are not what they should be."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from server.importers.problems import SourceError


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Give the rows of a UTF-8 file by column, missing values as empty text.

    Raises SourceError when the file cannot be read, is no such file, or lacks one of `columns`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            _check(path, columns, reader.fieldnames or ())
            for row in reader:
                yield {key: value or "" for key, value in row.items() if key}
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be read: {error.strerror}.", f"Check the path {path.parent.name}/."
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise SourceError(f"{path.name} is not a table in UTF-8.", "Save it as CSV in UTF-8.") from None


def _check(path: Path, columns: Sequence[str], found: Sequence[str]) -> None:
    missing = [column for column in columns if column not in found]
    if missing:
        raise SourceError(f"{path.name} has no column {', '.join(missing)}.", "Check that it is the right file.")
