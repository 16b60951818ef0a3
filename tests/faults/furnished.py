"""A home with somebody in it: an account, records, files that are awaited, and a ranker."""

import gzip
import hashlib
import json
from pathlib import Path

from argon2 import PasswordHasher

from server.accounts.manage import NewAccount, add_account
from server.app import make_services
from server.settings import make_home, settings_from
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.sync.door import Door, Put
from tests.system.server import ROOT, Server

TENANT, DISTRICT = "essex", "E07000070"
PASSWORD = "a long enough pass phrase"
PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_PHOTO = {"team_id": "t1", "owner_kind": "person", "purpose": "photo", "media_type": "image/png", "bytes": 64}


def furnish(server: Server, *usernames: str) -> Server:
    """Make tables, accounts and records for a server that has not been started yet; amina is there always."""
    settings = settings_from(server.environment)
    make_home(settings)
    upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    at = make_services(settings, engine, hasher=_CHEAP)
    at.store.ensure_tenant(TENANT)
    for name in usernames or ("amina",):
        new = NewAccount(TENANT, name, name.title(), PASSWORD, ["prescriber"], team_ids=["t1"], districts=[DISTRICT])
        add_account(at.accounts, new)
    people = [Put("person", f"person-{number}", PERSON) for number in range(5)]
    files = [
        Put("attachment", f"walked-{number}", _PHOTO | {"person_id": "person-0", "owner_id": "person-0"})
        for number in range(5)
    ]
    Door(at.store, TENANT, at.rules, at.validate, at.now).write([*people, *files])
    engine.dispose()
    _promote(settings.models)
    return server


def _promote(models: Path) -> None:
    pack = gzip.compress((ROOT / "mobile_contract" / "vectors" / "ranker" / "pack.json").read_bytes(), mtime=0)
    folder = models / "golden"
    folder.mkdir(parents=True)
    (folder / "pack.json.gz").write_bytes(pack)
    files = {"pack.json.gz": hashlib.sha256(pack).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"version": "golden", "files": files}))
    (models / "champion").write_text("golden\n")
