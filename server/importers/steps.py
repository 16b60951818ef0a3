"""What each importer does with its source and a tenant: read, make records, write, and say so."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.importers.geography import harvest_geography
from server.importers.harvest import Harvest
from server.importers.ids import slug
from server.importers.libraries import SOURCE as LIBRARIES
from server.importers.libraries import harvest_libraries
from server.importers.oruk.feed import Feed, from_file, from_url
from server.importers.oruk.fetch import Fetcher, Limits
from server.importers.oruk.record import Origin
from server.importers.oruk.services import harvest_services
from server.importers.postcodes import harvest_postcodes
from server.importers.practices import harvest_practices
from server.importers.problems import SourceError
from server.importers.report import Report
from server.importers.settle import settle
from server.importers.site import Site

#: Told of progress: what is being done, how much is done, of how much when that is known.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Import:
    """One import. name : of the importer. source : what it reads, as the report calls it."""

    name: str
    source: str
    site: Site
    progress: Progress
    began: float

    @classmethod
    def begin(cls, name: str, source: str, site: Site, progress: Progress) -> "Import":
        """Start the clock."""
        return cls(name, source, site, progress, time.perf_counter())

    def reading(self, done: int, total: int | None = None) -> None:
        """Say how much is read."""
        self.progress(f"{self.name}: reading", done, total)

    def write(self, harvest: Harvest, *, whole_of: str | None = None, notes: tuple[str, ...] = ()) -> Report:
        """Write what was made and give the report. Raises SourceError, writing nothing, when every row was refused."""
        if harvest.rows and not harvest.taken:
            raise SourceError(f"No row of {self.source} can be taken.", "Check that it is the right source.")
        settled = settle(harvest, self.site, whole_of=whole_of, tick=self._written)
        seconds = time.perf_counter() - self.began
        return Report(self.name, self.source, harvest, settled, seconds, notes + _doubts(settled.not_closed))

    def _written(self, done: int, total: int) -> None:
        self.progress(f"{self.name}: writing", done, total)


def import_geography(folder: Path, site: Site, progress: Progress) -> Report:
    """Import the districts of a folder."""
    step = Import.begin("geography", folder.name, site, progress)
    return step.write(harvest_geography(folder, site.check))


def import_postcodes(path: Path, site: Site, progress: Progress) -> Report:
    """Import a table of postcodes."""
    step = Import.begin("postcodes", path.name, site, progress)
    return step.write(harvest_postcodes(path, step.reading))


def import_libraries(folder: Path, site: Site, progress: Progress) -> Report:
    """Import the libraries of a folder; one that closes, or leaves the file, is closed here."""
    step = Import.begin("libraries", folder.name, site, progress)
    return step.write(harvest_libraries(folder, site.postcodes(), site.check), whole_of=LIBRARIES)


def import_practices(path: Path, site: Site, progress: Progress) -> Report:
    """Import a table of GP practices."""
    step = Import.begin("practices", path.name, site, progress)
    return step.write(harvest_practices(path, site.postcodes(), site.check))


def import_oruk(
    address: str,
    site: Site,
    progress: Progress,
    *,
    source: str | None = None,
    district: str,
    limits: Limits | None = None,
) -> Report:
    """Import an Open Referral UK feed from a file or an address; nothing is written unless all of it came.

    source : the feed's name in the records; its host or file name when left out. district : of services that say no
    place. limits : other than the usual.
    """
    name = source or source_name(address)
    step = Import.begin("oruk", name, site, progress)
    feed = _feed(address, step, limits)
    step.reading(len(feed.services), len(feed.services))
    harvest = harvest_services(feed.services, Origin(name, site.postcodes(), district), site.check)
    return step.write(harvest, whole_of=name if feed.whole else None, notes=feed.notes)


def source_name(address: str) -> str:
    """Name a feed after its host or its file, in at most 40 characters that an id may have."""
    place = address.split("//", 1)[1].split("/", 1)[0] if is_url(address) else Path(address).stem
    return slug(place.rpartition("@")[2])[:40] or "feed"


def is_url(address: str) -> bool:
    """Say whether an address is one of the web rather than a file's."""
    return address.lower().startswith(("http://", "https://"))


def _feed(address: str, step: Import, limits: Limits | None) -> Feed:
    if not is_url(address):
        return from_file(Path(address))
    with Fetcher(limits) as fetcher:
        return from_url(address, fetcher, step.reading)


def _doubts(count: int) -> tuple[str, ...]:
    said = f"{count} records of this source are missing from it now; so many that none of them was closed."
    return (said,) if count else ()


#: What `kith import essex` expects in its folder, in the order in which it is taken.
ESSEX: Final = (
    "essex_geography", "essex_postcodes/postcodes_essex.csv", "essex_libraries",
    "essex_nhs_organisations/gp_practices_essex.csv", "oruk_feed_shapes",
)  # fmt: skip


def import_essex(folder: Path, site: Site, progress: Progress) -> list[Report]:
    """Import all of Essex in order: districts, postcodes, libraries, practices and every feed.

    Raises SourceError, before anything is written, when a part is missing.
    """
    missing = [part for part in ESSEX if not (folder / part).exists()]
    if missing:
        raise SourceError(f"{folder.name} lacks {', '.join(missing)}.", "Give the folder that holds all the parts.")
    geography, postcodes, libraries, practices, feeds = (folder / part for part in ESSEX)
    reports = [
        import_geography(geography, site, progress),
        import_postcodes(postcodes, site, progress),
        import_libraries(libraries, site, progress),
        import_practices(practices, site, progress),
    ]
    for feed in sorted(feeds.glob("feed_*.json")):
        reports.append(import_oruk(str(feed), site, progress, district="county"))
    return reports
