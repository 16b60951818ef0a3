"""A tenant of the database in the settings, opened for importing."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import click
from marshmallow import Schema, ValidationError

from mobile_contract.schemas import KINDS, SCHEMAS
from server.clock import now
from server.importers.site import Site
from server.settings import settings_from
from server.storage.engine import make_engine
from server.storage.migrate import obstacle
from server.storage.sql import SqlStore
from server.sync.door import Door


def connect(tenant: str) -> Site:
    """Open `tenant`, or end the command saying what stands in the way."""
    engine = make_engine(settings_from().database_url)
    in_the_way = obstacle(engine)
    if in_the_way is not None:
        raise click.ClickException(in_the_way)
    store = SqlStore(engine)
    if tenant not in store.heads():
        raise click.ClickException(f"There is no programme {tenant}. `kith tenant add {tenant}` makes it.")
    return Site(tenant, store, Door(store, tenant, KINDS, validate, now), validate, now().date())


def validate(kind: str, doc: Mapping[str, Any], partial: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Judge a document by the contract: its clean values, or messages per field."""
    try:
        return dict(_schema(kind).load(doc, partial=partial)), {}
    except ValidationError as error:
        return {}, dict(error.messages_dict)


@cache
def _schema(kind: str) -> Schema:
    return SCHEMAS[kind]()
