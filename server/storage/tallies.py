"""Counting what was shown and chosen by item, one statement for slates and one for choices."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Engine, text

from server.storage.engine import reading
from server.storage.views import question
from server.sync.model import Key
from server.sync.recounting import Tally

#: The lines of a slate as rows, and how to read one of them.
_LINES: Final = {
    "sqlite": ("json_each(e.items)", "json_extract(line.value, '$.kind')", "json_extract(line.value, '$.id')"),
    "postgresql": ("json_array_elements(e.items::json)", "line.value ->> 'kind'", "line.value ->> 'id'"),
}


class SqlTallies:
    """What a database counts."""

    engine: Engine

    def tallies(self, tenant: str, settled: str, lately: str) -> Mapping[Key, Tally]:
        """Count by item, each referral once; see `server.sync.recounting.Countable`."""
        given = {"tenant": tenant, "settled": settled, "lately": lately}
        with reading(self.engine) as connection:
            shown = {Key(*row[:2]): row[2] for row in _rows(connection, _SHOWN, given)}
            chosen = {Key(*row[:2]): row[2:] for row in _rows(connection, _CHOSEN, given)}
        return {item: Tally(shown.get(item, 0), *chosen.get(item, ())) for item in shown.keys() | chosen.keys()}


_SHOWN: Final = """
SELECT {kind}, {id}, count(DISTINCT e.referral_id)
FROM ({exposure}) AS e CROSS JOIN {lines} AS line
WHERE e.tenant = :tenant AND substr(e.shown_at, 1, 10) <= :settled
GROUP BY 1, 2
"""

_CHOSEN: Final = """
SELECT item_kind, item_id,
  count(DISTINCT CASE WHEN day <= :settled THEN referral_id END),
  count(DISTINCT CASE WHEN day <= :settled AND has_started THEN referral_id END),
  count(DISTINCT CASE WHEN day <= :settled AND has_stayed THEN referral_id END),
  count(DISTINCT CASE WHEN day >= :lately THEN referral_id END)
FROM (
  SELECT tenant, item_kind, item_id, referral_id, substr(chosen_at, 1, 10) AS day,
    attended >= 1 OR status IN ('started', 'sustained') AS has_started,
    attended >= 4 OR status = 'sustained' AS has_stayed
  FROM ({placement}) AS p
) AS choice
WHERE tenant = :tenant
GROUP BY 1, 2
"""


def _rows(connection: Connection, statement: str, given: Mapping[str, Any]) -> list[Any]:
    dialect = connection.dialect.name
    lines, kind, name = _LINES[dialect]
    asked = {of: question(of, dialect) for of in ("exposure", "placement")}
    return list(connection.execute(text(statement.format(lines=lines, kind=kind, id=name, **asked)), given))
