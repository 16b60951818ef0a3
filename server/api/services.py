"""What the views need, put together once by the app and handed to them with each request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import flask

from mobile_contract.merge import KindRule
from server.accounts.service import Accounts
from server.api.reads import Reads
from server.api.remembered import Remembered
from server.files.service import Files
from server.storage.poked import Poke
from server.storage.shelf import FileShelf
from server.sync.ports import Seal, Store, Validate, ValidateAlike
from server.sync.verify import Sums


@dataclass(frozen=True, slots=True)
class Services:
    """What views work with.

    now : gives aware UTC instants. models : the folder of the registry. poll_s : how often idle phones ask.
    shelf : the files of snapshots. sums : what scopes hold, remembered for verify.
    live : path of the stream of pokes, None where there is none. poke : tells live what changed.
    reads : hears who was given whose records, for the audit. directories : candidates made ready for ranking.
    base_maps : the home in which programmes' base maps lie. map_tiles : the address of map tiles, None for none.
    calendars : public calendars as they were last written; public_calendars : whether anybody may have them.
    """

    store: Store
    accounts: Accounts
    seal: Seal
    rules: Mapping[str, KindRule]
    validate: Validate
    validate_alike: ValidateAlike
    now: Callable[[], datetime]
    chance: Callable[[], float]
    models: Path
    files: Files
    shelf: FileShelf
    sums: Sums
    poll_s: int
    live: str | None
    poke: Poke
    reads: Reads
    directories: Remembered
    calendars: Remembered
    base_maps: Path
    map_tiles: str | None = None
    public_calendars: bool = True


def services() -> Services:
    """Give the services of the app that serves this request."""
    return cast(Services, flask.current_app.extensions["kith"])
