"""From the log of exposures to query groups with features and labels, as things were on one day.

Features come from the inputs that each exposure logged, so nothing that happened later can reach them. The log is read
in two passes, a batch at a time: first when slates were shown, then the slates themselves, so that memory does not
grow with what a log holds but for the ids and the choices.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from ml.features import PEOPLE, FeatureSet
from ml.training import faults
from ml.training.choices import Choices, read_choices
from ml.training.context import Providers, provider_sizes
from ml.training.groups import Dataset, save_rows
from ml.training.labels import State, end_of
from ml.training.ordering import PART, Ordering, bounds_of
from ml.training.quality import Quality
from ml.training.slates_as_rows import LabelledSlate, are_numbers, rows_of
from ml.training.tables import TableError, Tables
from ml.training.tally import Tally

#: The tables that a data set is made of.
KINDS: Final = ("exposure", "placement", "referral")
#: Slates whose features are worked out together.
_TOGETHER: Final = 2_000
#: How many damaged records the report names.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Making:
    """How a data set is made.

    as_of : the day of the newest exposure or choice when None. scheme : ``choice`` takes choices at relevance 1
    while their outcome is awaited; ``outcome`` leaves such slates out. strict : refuse data with faults that nobody
    makes by accident, instead of leaving those records out. progress : told how many exposures were read. part :
    slates that are sorted in memory at a time.
    """

    as_of: date | None = None
    scheme: str = "choice"
    strict: bool = False
    progress: Callable[[int], None] = lambda done: None
    features: FeatureSet = PEOPLE
    part: int = PART


def build_dataset(
    tables: Tables,
    *,
    as_of: date | None = None,
    scheme: str = "choice",
    strict: bool = False,
    progress: Callable[[int], None] = lambda done: None,
    part: int = PART,
) -> Dataset:
    """Make the data set of `tables` in memory, as it could have been made at the end of `as_of`; see `Making`.

    Raises TableError when nothing can be learned from, or a record has a fault that it should refuse.
    """
    gathered = _Gathered(tables, Making(as_of, scheme, strict, progress, part=part))
    rows = pl.concat(list(gathered.parts()), rechunk=True)
    return Dataset(rows, gathered.report())


def write_dataset(tables: Tables, folder: Path, making: Making) -> dict[str, Any]:
    """Make the same data set in `folder`, a part at a time in memory, and return its report.

    Raises TableError as `build_dataset` does; a set that was in `folder` before is then still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gathered = _Gathered(tables, making)
    return save_rows(folder, gathered.parts(folder), gathered.report)


class _Gathered:
    """Slates turned into rows, a batch at a time, with counts of what became of each exposure."""

    def __init__(self, tables: Tables, making: Making) -> None:
        self.tables, self.making = tables, making
        shown = _instants(tables, "exposure", "shown_at")
        newest = _newest(shown, tables)
        self.day = making.as_of or newest
        self.bounds = bounds_of([at for at in shown if at < end_of(self.day)], making.part)
        self.choices = _choices(tables, self.day, newest)
        self.providers: Providers = provider_sizes(tables)
        self.quality = Quality(making.features.names)
        self.tally = Tally()
        self.counts: Counter[str] = Counter()
        self.damaged: list[dict[str, str]] = []
        self._waiting: list[LabelledSlate] = []

    def parts(self, folder: Path | None = None) -> Iterator[pl.DataFrame]:
        """All rows, oldest query first, part by part; TableError when there are none."""
        with Ordering(self.bounds, folder) as ordering:
            for count, (name, exposure) in enumerate(self.tables.documents("exposure"), start=1):
                self._take(name, exposure, ordering)
                self.making.progress(count)
            self._flush(ordering)
            self._refuse()
            for part in ordering.parts():
                self.tally.take(part)
                self.quality.take_rows(part)
                yield part
        if not self.tally.rows:
            raise TableError("No exposure has a choice yet, so there is nothing to learn from.")

    def report(self) -> dict[str, Any]:
        """How the set was made, from what, and what was left out."""
        features, choices = self.making.features, self.choices
        return {
            "as_of": self.day.isoformat(),
            "labels": self.making.scheme,
            "inputs": self.tables.hashes(KINDS),
            "features": {"names": list(features.names), "schema_sha256": features.schema_hash()},
            **self.tally.report(),
            "exposures": dict(sorted(self.counts.items())),
            "choices": dict(sorted((name, count) for name, count in choices.counts.items() if count)),
            "damaged": self._named(),
            "quality": self.quality.report(choices),
        }

    def _take(self, name: str, exposure: dict[str, Any], ordering: Ordering) -> None:
        """Label one exposure and keep it, or count why it is left out."""
        self.counts["exposures"] += 1
        faults.refuse_protected(name, exposure)
        fault = faults.exposure_fault(exposure)
        if fault:
            self._leave_out(name, fault)
        elif datetime.fromisoformat(exposure["shown_at"]) >= end_of(self.day):
            self.counts["later"] += 1
        else:
            self.quality.take_exposure(exposure)
            self._label(name, exposure, ordering)

    def _label(self, name: str, exposure: dict[str, Any], ordering: Ordering) -> None:
        labels = self.choices.label_items(name, exposure)
        if isinstance(labels, str):
            self.counts[labels] += 1
            return
        waiting = any(label.state is State.WAITING for label in labels.values())
        self.counts["waiting_for_outcome" if waiting else "mature"] += 1
        if not (waiting and self.making.scheme == "outcome"):
            self._waiting.append(LabelledSlate(name, exposure, labels))
        if len(self._waiting) >= _TOGETHER:
            self._flush(ordering)

    def _flush(self, ordering: Ordering) -> None:
        slates, self._waiting = self._waiting, []
        if not slates:
            return
        try:
            ordering.add(rows_of(slates, self.making.features, self.providers))
        except (TypeError, ValueError):
            sound = [slate for slate in slates if are_numbers(slate, self.making.features)]
            if len(sound) == len(slates):
                raise
            for name in {slate.name for slate in slates} - {slate.name for slate in sound}:
                self._leave_out(name, faults.NO_NUMBERS)
            if sound:
                ordering.add(rows_of(sound, self.making.features, self.providers))

    def _leave_out(self, name: str, fault: str) -> None:
        self.counts["damaged"] += 1
        self.quality.faults[fault] += 1
        self.damaged.append({"exposure": name, "fault": fault})

    def _refuse(self) -> None:
        """Refuse records that are not true, when that was asked for."""
        untrue = [record for record in self._all_damaged() if record["fault"] in faults.UNTRUE]
        if untrue and self.making.strict:
            kind, name = next(iter(untrue[0].items()))
            raise TableError(
                f"{len(untrue)} records cannot be true: of {kind} {name}, {untrue[0]['fault']}. "
                "Mend them, or leave them out with --leave-out-damaged."
            )

    def _all_damaged(self) -> list[dict[str, str]]:
        outcomes = [{"placement": name, "fault": fault} for name, fault in self.choices.damaged.items()]
        return sorted(self.damaged, key=lambda one: one["exposure"]) + sorted(
            outcomes, key=lambda one: one["placement"]
        )

    def _named(self) -> list[dict[str, str]]:
        return self._all_damaged()[:_NAMED]


def _instants(tables: Tables, kind: str, field: str) -> list[datetime]:
    """When each record of `kind` happened; those that do not say are left out."""
    told = (faults.instant(text) for text in tables.values(kind, field))
    return [at for at in told if at is not None]


def _newest(shown: list[datetime], tables: Tables) -> date:
    instants = [*shown, *_instants(tables, "placement", "chosen_at")]
    if not instants:
        raise TableError("There are no exposures yet, so there is nothing to learn from.")
    return max(instants).date()


def _choices(tables: Tables, day: date, newest: date) -> Choices:
    referrals = tables.documents("referral", optional=True)
    return read_choices(tables.documents("placement"), referrals, as_of=day, newest=max(day, newest))
