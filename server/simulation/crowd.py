"""Clients of the multi-process run: threads with the reference client over HTTP, all wanting the same few records."""

import threading
import time
from collections.abc import Callable
from random import Random
from typing import Any

import httpx

from mobile_contract.python import Phone, ProblemError
from mobile_contract.python.network import http_transport
from mobile_contract.python.transport import Answer, Transport
from server.simulation.heard import Heard
from server.simulation.model import BrokenError
from server.simulation.oracle import Oracle
from server.sync.model import Principal

PASSWORD = "correct horse battery"  # noqa: S105 # of accounts that live for seconds
_PEOPLE = ("p0", "p1", "p2")


class Client:
    """One phone in one thread. principal : who it is, as the oracle must know. lock : one oracle for all."""

    def __init__(self, address: str, principal: Principal, username: str, oracle: Oracle, lock: Any, seed: int) -> None:
        self.principal, self.username, self.oracle, self.lock = principal, username, oracle, lock
        self.roll, self.made, self.broken = Random(seed), 0, list[BrokenError]()
        self.phone = Phone(self._heard(http_transport(address)), principal.device_id, page_rows=7)
        self.rounds = self.cuts = 0

    def _heard(self, send: Transport) -> Transport:
        def hear(method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
            answer = send(method, path, headers, body)
            if path.startswith("/v1/sync") and answer.status == 200:
                with self.lock:
                    self.oracle.after(Heard(self.principal, path, body), answer.status, answer.body, b"")
            return answer

        return hear

    def sign_in(self) -> None:
        """Sign in, however often that takes."""
        while True:
            try:
                self.phone.sign_in(self.username, PASSWORD)
                return
            except (httpx.TransportError, ProblemError):
                time.sleep(0.2)

    def work(self, until: float) -> None:
        """Write and sync until the time is up."""
        while time.monotonic() < until and not self.broken:
            for _ in range(self.roll.randint(1, 6)):
                self._write()
            self.sync()

    def sync(self) -> bool:
        """Sync once; say whether it went through."""
        self.rounds += 1
        try:
            self.phone.sync()
        except BrokenError as broken:
            self.broken.append(broken)
        except (httpx.TransportError, ProblemError):
            self.cuts += 1
            time.sleep(self.roll.random() / 5)
            return False
        return True

    def _write(self) -> None:
        self.made += 1
        word = f"{self.principal.tenant}-{self.phone.device}.{self.made}"
        wishes: list[Callable[[str], Any]] = [self._new, self._name, self._name, self._attend, self._think]
        self.roll.choice(wishes)(word)

    def _new(self, word: str) -> None:
        values = {"team_id": "t1", "given_name": word, "family_name": "Quill", "made_up": True}
        self.phone.create("person", values, f"{self.phone.device}-{self.made}")

    def _name(self, word: str) -> None:
        self._patch("person", self.roll.choice(_PEOPLE), {"given_name": word})

    def _think(self, word: str) -> None:
        self._patch("person", self.roll.choice(_PEOPLE), {"phone": word})

    def _attend(self, _word: str) -> None:
        doc = self.phone.read("placement", "pl0")
        if doc:
            self._patch("placement", "pl0", {"attended": min(doc["attended"] + 1, 1000)})

    def _patch(self, kind: str, record_id: str, values: dict[str, Any]) -> None:
        if self.phone.read(kind, record_id) is not None:
            self.phone.patch(kind, record_id, values)


def run_together(clients: list[Client], seconds: float) -> None:
    """Let every client work in a thread of its own for so long."""
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
