"""The report of an import: what was taken, repaired and refused, how long it took; as JSON and as a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SIMPLE
from rich.console import Group
from rich.table import Table

from server.importers.harvest import Harvest
from server.importers.settle import Settled
from server.importers.words import REFUSALS, REPAIRS


@dataclass(frozen=True, slots=True)
class Report:
    """What one importer did. importer : its name. source : what it read. seconds : reading and writing together."""

    importer: str
    source: str
    harvest: Harvest
    settled: Settled
    seconds: float
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the report as plain values; refused rows one by one, so that the publisher can be told."""
        harvest = self.harvest
        return {
            "importer": self.importer,
            "source": self.source,
            "seconds": round(self.seconds, 2),
            "rows": harvest.rows,
            "taken": harvest.taken,
            "repaired": harvest.repaired,
            "folded": harvest.folded,
            "refused": dict(_reasons(harvest)),
            "refused_rows": [{"row": row, "reason": reason} for row, reason in harvest.refused],
            "repairs": dict(harvest.repairs.most_common()),
            "records": dict(Counter(key.kind for key in harvest.puts)),
            "written": asdict(self.settled),
            "notes": list(self.notes),
        }


def shown(reports: Iterable[Report]) -> Group:
    """Show reports as a person reads them: one line each, then why rows were repaired and refused."""
    reports = list(reports)
    tables = [_summary(reports)]
    for report in reports:
        if report.harvest.repairs or report.harvest.refused or report.notes or any(_standing(report.settled)):
            tables.append(_details(report))
    return Group(*tables)


def _summary(reports: Iterable[Report]) -> Table:
    table = Table(title="Imported", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("import", no_wrap=True)
    for heading in ("rows", "taken", "repaired", "refused", "new", "changed", "same", "seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    for report in reports:
        harvest, settled = report.harvest, report.settled
        figures = (
            harvest.rows, harvest.taken, harvest.repaired, len(harvest.refused),
            settled.created, settled.changed, settled.unchanged,
        )  # fmt: skip
        table.add_row(report.importer, *(f"{figure:,}" for figure in figures), f"{report.seconds:.1f}")
    return table


def _details(report: Report) -> Table:
    table = Table("rows", "what", "why", title=f"{report.importer}: {report.source}", title_justify="left", box=SIMPLE)
    table.columns[0].justify = "right"
    for reason, count in _reasons(report.harvest):
        table.add_row(f"{count:,}", f"refused: {reason}", REFUSALS[reason])
    for rule, count in report.harvest.repairs.most_common():
        table.add_row(f"{count:,}", rule, REPAIRS[rule])
    for what, count in _standing(report.settled):
        table.add_row(f"{count:,}", "left or ended", what)
    for note in report.notes:
        table.add_row("", "note", note)
    return table


def _reasons(harvest: Harvest) -> list[tuple[str, int]]:
    return Counter(reason for _, reason in harvest.refused).most_common()


def _standing(settled: Settled) -> list[tuple[str, int]]:
    said = [
        ("Records keep what people here have changed.", settled.edited_here),
        ("Records stay removed, as people here have removed them.", settled.removed_here),
        ("Assets were closed, as the source no longer has them.", settled.closed),
        ("Times were ended, as their asset no longer has them.", settled.times_ended),
    ]
    return [(what, count) for what, count in said if count]
