"""What a process does before its first request, so that those who come first wait no longer than others.

After a restart all phones come at once. A claim that had to open its connections and compile its statements took 240 ms
where the next took 5, and those behind it waited for as long.
"""

from contextlib import ExitStack, suppress
from typing import Final

from sqlalchemy import Engine, exc

from server.storage import holds, push_statements
from server.storage.tables import feed, receipt, receipt_run, record

#: Statements of a push that are made from the name of the database alone.
_STATEMENTS: Final = (
    push_statements.log, push_statements.log_update, push_statements.receipts, push_statements.runs,
    push_statements.record_ids, push_statements.conflict_ids, push_statements.waiting, push_statements.waiting_of,
    push_statements.overdue, push_statements.numbers, push_statements.upsert_feed, push_statements.update_records,
    *holds.STATEMENTS,
)  # fmt: skip


def compile_statements(dialect: str) -> None:
    """Compile what pushes ask; whoever is forked afterwards has it."""
    for make in _STATEMENTS:
        make(dialect)
    for lock in (True, False):
        push_statements.records(dialect, lock=lock)
    for table in (record, feed, receipt, receipt_run):
        push_statements.insert_rows(table, dialect)
    if dialect == "postgresql":
        push_statements.push_ends()


def open_connections(engine: Engine, count: int) -> None:
    """Have so many connections to PostgreSQL ready; none when it is away, which the first request will find out."""
    if engine.dialect.name == "postgresql":
        with suppress(exc.DBAPIError, exc.TimeoutError), ExitStack() as stack:
            for _ in range(count):
                stack.enter_context(engine.connect())
