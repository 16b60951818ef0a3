"""Words that follow a number, and that say what there is."""

from collections.abc import Iterable
from itertools import islice

#: So many ids are named of what there is.
_NAMED = 8


def counted(count: int, thing: str) -> str:
    """Write so many things: 1 record, 2 records."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def there_are(ids: Iterable[str], *, none: str) -> str:
    """Name some of what there is, for whoever named what is not there. none : said when there is nothing."""
    found = list(islice(ids, _NAMED + 1))
    more = " and more" if len(found) > _NAMED else ""
    return f"There are: {', '.join(found[:_NAMED])}{more}." if found else none
