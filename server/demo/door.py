"""The door into the demonstration programme, judged by the contract like every other."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from mobile_contract.schemas import KINDS, SCHEMAS
from server.clock import now
from server.sync.door import Door
from server.sync.ports import Store


def open_door(store: Store, tenant: str) -> Door:
    """Open the one way to write into `tenant`."""
    return Door(store, tenant, KINDS, _checker(), now)


def _checker() -> Any:
    schemas = {kind: schema() for kind, schema in SCHEMAS.items()}

    def validate(kind: str, doc: Mapping[str, Any], partial: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        try:
            return dict(schemas[kind].load(doc, partial=partial)), {}
        except ValidationError as error:
            return {}, dict(error.messages_dict)

    return validate
