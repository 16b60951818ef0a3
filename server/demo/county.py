"""The made-up county's documents, from its Parquet folder through the door into the demonstration programme."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import polars

from server.clock import now
from server.demo.courses import open_course
from server.demo.doorstep import made_up_doorstep
from server.demo.fieldwork import made_up_fieldwork
from server.demo.helping import made_up_help
from server.demo.offers import made_up_offers
from server.demo.recruiting import made_up_recruiting
from server.demo.time_bank import open_time_bank
from server.demo.training import made_up_training
from server.demo.upkeep import made_up_upkeep
from server.sync.decisions.publishing import publish
from server.sync.door import Door, Put, Written
from server.sync.ports import Store

#: The one programme that the demonstration may write to.
TENANT: Final = "essex-demo"

#: In this order nothing refers to what is not there yet, and places are counted after they were taken. Districts come
#: last: their presence says that a load came to its end.
ORDER: Final = (
    "organisation", "location", "asset", "opportunity", "schedule", "postcode_sector", "volunteer",
    "task", "task_detail", "person", "consent", "referral", "exposure", "placement", "place_count", "note",
    "measure", "district",
)  # fmt: skip
_LAST: Final = ORDER[-1]
#: Kinds whose records say themselves that they are made up.
_TELLING: Final = (
    "organisation",
    "location",
    "asset",
    "opportunity",
    "offer",
    "volunteer",
    "enquiry",
    "employer",
    "person",
    "bank",
    "account",
    "team",
    "round",
    "session_log",
    "item",
)
_CHUNK: Final = 500

#: Told what is being done, how many documents are written, and how many there are.
Tell = Callable[[str, int, int], None]


class NotDemoError(Exception):
    """The programme holds records that are not the demonstration's; nothing was written."""


class CountyError(Exception):
    """The county's folder cannot be read; the message says which file."""


def load_county(
    folder: Path,
    store: Store,
    door: Door,
    tenant: str = TENANT,
    tell: Tell = lambda *_: None,
    today: date | None = None,
) -> Written:
    """Write the county's documents; writing them again changes back what people edited and moves nothing else.

    today : on which what is agreed, runs out or comes next is a few days away; the day itself when it is not said.
    folder : ``<kind>.parquet`` files with columns id and doc. door : into `tenant`.
    Raises NotDemoError when `tenant` is not the demonstration's or holds records of real life, CountyError.
    """
    refuse_real(store, tenant)
    today = today or now().date()
    sizes = {kind: _frame(folder, kind).height for kind in ORDER}
    written, done = Written(), 0
    for kind in ORDER:
        tell(f"loading {kind.replace('_', ' ')} records", done, sum(sizes.values()))
        written += door.write(_puts(folder, kind), by="demo")
        done += sizes[kind]
        if kind == "opportunity":  # offers are no part of the world that rankers learn from
            written += door.write(made_up_offers(_districts(folder)), by="demo")
        if kind == "volunteer":
            written += open_time_bank(door, today)
            written += door.write(made_up_fieldwork(today), by="demo")
            written += door.write(made_up_doorstep(today), by="demo")
            written += Written(created=publish(store, door.add, tenant, now()))
            written += door.write(made_up_recruiting(today), by="demo")
            written += door.write(made_up_upkeep(today), by="demo")
            written += door.write(made_up_training(today), by="demo")
            written += door.write(made_up_help(today), by="demo")
        if kind == "placement":
            written += open_course(door, {put.id: put.doc for put in _puts(folder, "referral")}, today)
    return written


def is_loaded(store: Store, tenant: str = TENANT) -> bool:
    """Say whether a load of the county came to its end."""
    with store.read(tenant) as view:
        return any(True for _ in view.of_kind(_LAST))


def refuse_real(store: Store, tenant: str) -> None:
    """Raise NotDemoError unless `tenant` is the demonstration's and all that it holds is made up."""
    if tenant != TENANT:
        raise NotDemoError(f"The demonstration is only ever loaded into the programme {TENANT}, not into {tenant}.")
    with store.read(tenant) as view:
        for kind in _TELLING:
            if any(record.doc.get("made_up") is not True for record in view.of_kind(kind)):
                raise NotDemoError(
                    f"The programme {tenant} holds {kind} records that are not made up. Move them to another programme."
                )


def _puts(folder: Path, kind: str) -> Iterator[Put]:
    for part in _frame(folder, kind).iter_slices(_CHUNK):
        for key, text in part.iter_rows():
            yield Put(kind, key, orjson.loads(text))


def _districts(folder: Path) -> dict[str, Any]:
    return {put.id: put.doc for put in _puts(folder, "district")}


def _frame(folder: Path, kind: str) -> polars.DataFrame:
    path = folder / f"{kind}.parquet"
    try:
        return polars.read_parquet(path, columns=["id", "doc"])
    except (OSError, polars.exceptions.PolarsError) as error:
        raise CountyError(f"{path.name} cannot be read. Delete the folder {folder} and try again.") from error
