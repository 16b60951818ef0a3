"""Keys in chunks that fit a statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from server.sync.model import Key

#: Ids in one IN list: well under the limits of both databases on bound values.
CHUNK = 500


def chunks(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Group keys by kind, sorted, in chunks that fit a statement."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in sorted(set(keys)):
        by_kind[kind].append(record_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), CHUNK):
            yield kind, ids[start : start + CHUNK]
