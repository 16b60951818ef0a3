"""All the services of a feed as one harvest: cleaned, repeated ids folded, then made into records."""

from collections.abc import Iterable
from typing import Any, cast

from server.importers.harvest import Check, Harvest, believed
from server.importers.oruk.record import Origin, row_of
from server.importers.oruk.shape import Service, service_from
from server.importers.oruk.times import day_of


def harvest_services(raws: Iterable[object], origin: Origin, check: Check = believed) -> Harvest:
    """Make records of the services of one feed, list shape or detail shape alike."""
    harvest = Harvest(check=check)
    kept: dict[str, tuple[Service, bool]] = {}
    for place, raw in enumerate(raws):
        if not isinstance(raw, dict):
            harvest.refuse(f"row {place + 1}", "not-an-object")
            continue
        service = service_from(cast("dict[str, Any]", without_blanks(raw)))
        if service.id in kept and service.id:
            harvest.fold()
            service = max(kept[service.id][0], service, key=_checked)
        kept[service.id or f"row {place + 1}"] = (service, has_blanks(raw))
    for service, blanks in kept.values():
        harvest.add(row_of(service, origin, ("empty-dropped",) if blanks else ()))
    return harvest


def without_blanks(raw: object) -> object:
    """Give `raw` without empty strings, nulls, and lists and objects that hold nothing else, at any depth."""
    if isinstance(raw, dict):
        return {key: clean for key, value in raw.items() if (clean := without_blanks(value)) not in (None, {}, [])}
    if isinstance(raw, list):
        return [clean for value in raw if (clean := without_blanks(value)) not in (None, {}, [])]
    if isinstance(raw, str):
        said = raw.replace("\x00", "")  # no database keeps it, and no word needs it
        return said if said.strip() else None
    return raw


def has_blanks(raw: object) -> bool:
    """Say whether `raw` holds an empty string at any depth."""
    if isinstance(raw, dict | list):
        return any(has_blanks(value) for value in (raw.values() if isinstance(raw, dict) else raw))
    return isinstance(raw, str) and not raw.strip()


def _checked(service: Service) -> tuple[str, str]:
    """Order services of one id by when they were checked, then by when they were changed; the first wins a tie."""
    return day_of(service.text("assured_date")) or "", service.modified
