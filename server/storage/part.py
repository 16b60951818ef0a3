"""What the parts of a writing transaction have of the whole."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, Result


class Part:
    """A part of `SqlWork`, which has what is only named here."""

    tenant: str
    _dialect: str

    def _run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
        raise NotImplementedError

    def _count(self, statement: Executable) -> int:
        raise NotImplementedError
