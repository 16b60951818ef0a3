"""The report of an import: what was taken, repaired and refused, how long it took; as JSON and as a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ml.listing import Listing
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


def shown(reports: Iterable[Report]) -> list[Listing]:
    """Show reports as a person reads them: one line each, then why rows were repaired and refused."""
    reports = list(reports)
    tables = [_summary(reports)]
    for report in reports:
        if report.harvest.repairs or report.harvest.refused or report.notes or any(_standing(report.settled)):
            tables.append(_details(report))
    return tables


def _summary(reports: Iterable[Report]) -> Listing:
    figures = ("rows", "taken", "repaired", "refused", "new", "changed", "same", "seconds")
    table = Listing("import", *figures, title="Imported", right=figures)
    for report in reports:
        harvest, settled = report.harvest, report.settled
        counts = (
            harvest.rows, harvest.taken, harvest.repaired, len(harvest.refused),
            settled.created, settled.changed, settled.unchanged,
        )  # fmt: skip
        table.add(report.importer, *(f"{count:,}" for count in counts), f"{report.seconds:.1f}")
    return table


def _details(report: Report) -> Listing:
    table = Listing("rows", "what", "why", title=f"{report.importer}: {report.source}", right=("rows",))
    for reason, count in _reasons(report.harvest):
        table.add(f"{count:,}", f"refused: {reason}", REFUSALS[reason])
    for rule, count in report.harvest.repairs.most_common():
        table.add(f"{count:,}", rule, REPAIRS[rule])
    for what, count in _standing(report.settled):
        table.add(f"{count:,}", "left or ended", what)
    for note in report.notes:
        table.add("", "note", note)
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
