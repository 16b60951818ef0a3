"""What the parts of a writing transaction have of the whole."""

from typing import Any

from sqlalchemy import Executable, Result


class Part:
    """A part of `SqlWork`, which has what is only named here."""

    tenant: str
    _dialect: str

    def _run(self, statement: Executable, values: Any = None) -> Result[Any]:
        raise NotImplementedError  # `SqlWork`, which this is a part of, has it

    def _count(self, statement: Executable) -> int:
        raise NotImplementedError  # `SqlWork`, which this is a part of, has it
