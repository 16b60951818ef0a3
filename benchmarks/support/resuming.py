"""A first sync by snapshots over a link that breaks off: the Python reference client, tried until it is done."""

from typing import Any

import httpx

from benchmarks.support.programme import Enrolled, Programme
from mobile_contract.python import Holding, Phone, http_files, http_transport

#: How often a sync is tried over a link that breaks off.
_TRIES = 100


class Taking:
    """A first sync. resumed : how often it went on after a cut. records : by kind and id, (version, document)."""

    def __init__(self, port: int, one: Enrolled) -> None:
        address = f"http://127.0.0.1:{port}"
        self.resumed, self._files = 0, http_files(address)
        session = {"access_token": one.token, "refresh_token": "", "tenant": Programme.tenant}
        self._phone = Phone(http_transport(address), one.id, holding=Holding(session=session), files=self._file)

    @property
    def records(self) -> dict[tuple[str, str], tuple[int, Any]]:
        """Give what the phone holds."""
        return {key: (held.version, held.doc) for key, held in self._phone.holding.records.items()}

    def sync(self) -> None:
        """Sync until it is done; ends the benchmark with SystemExit when the link breaks off every time."""
        for _ in range(_TRIES):
            try:
                self._phone.sync()
            except (OSError, httpx.TransportError):
                self.resumed += 1
                continue
            return
        raise SystemExit("the link breaks off every time")

    def sizes(self) -> list[int]:
        """Give the bytes of each snapshot that is offered."""
        return [one["bytes"] for one in self._phone.request("GET", "/v1/sync/snapshots")["snapshots"]]

    def _file(self, path: str, headers: dict[str, str]) -> Any:
        self.resumed += "range" in headers
        return self._files(path, headers)
