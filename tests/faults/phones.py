"""Phones that speak real HTTP to real servers, and the search for personal texts where none may be."""

import itertools
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.furnished import PASSWORD
from tests.system.server import Server

#: A made-up name that no log, figure or refusal may ever show.
MARKER = "Zephyrine-Quillmarker"
PERSON = {"team_id": "t1", "given_name": MARKER, "family_name": "Quill", "what_matters": MARKER, "made_up": True}


@dataclass
class Phone:
    """One device. outbox : what has no receipt yet. acked : receipts by mid. refused : answers that were problems."""

    url: str
    username: str = "amina"
    device: str = "phone-1"
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))
    outbox: list[dict[str, Any]] = field(default_factory=list)
    acked: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    refused: list[httpx.Response] = field(default_factory=list)
    session: dict[str, Any] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def ask_to_sign_in(self) -> httpx.Response:
        device = {"id": self.device, "name": self.device}
        body = {"username": self.username, "password": PASSWORD, "device": device}
        return self.client.post(f"{self.url}/v1/sign-in", json=body)

    def sign_in(self) -> "Phone":
        self.session = self.ask_to_sign_in().raise_for_status().json()
        self.client.headers["Authorization"] = f"Bearer {self.session['access_token']}"
        return self

    def edit(self, kind: str, record_id: str, **given: Any) -> dict[str, Any]:
        lseq = next(self.numbers)
        made = {"mid": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.device} {lseq}")), "lseq": lseq, "kind": kind}
        hlc = f"{time.time_ns() // 1_000_000:013d}-0000-{self.device}"
        made |= {"id": record_id, "op": "patch", "base": 0, "set": {}, "hlc": hlc, "command": None} | given
        self.outbox.append(made)
        self.ids[made["mid"]] = record_id
        return made

    def create(self, count: int = 1) -> list[str]:
        """Put new persons into the outbox."""
        return [self.edit("person", f"{self.device}-{uuid.uuid4().hex[:8]}", op="create", set=PERSON)["id"]
                for _ in range(count)]  # fmt: skip

    def body(self) -> dict[str, Any]:
        sent_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return {"device": self.device, "sent_at": sent_at, "schema": 3, "mutations": self.outbox}

    def push(self) -> httpx.Response:
        """Send the outbox; what is answered leaves it."""
        answer = self.client.post(f"{self.url}/v1/sync/push", json=self.body())
        if answer.status_code != 200:
            self.refused.append(answer)
            return answer
        for receipt in answer.json()["results"]:
            assert self.acked.setdefault(receipt["mid"], receipt) == receipt, "a repeat had another receipt"
        self.outbox = [one for one in self.outbox if one["mid"] not in self.acked]
        return answer

    def push_until_done(self, limit_s: float = 60) -> None:
        """Send the outbox again and again, as a phone does, until every mutation has its receipt."""
        deadline = time.monotonic() + limit_s
        while self.outbox:
            assert time.monotonic() < deadline, "the server did not come back"
            try:
                if self.push().status_code == 200:
                    continue
            except httpx.TransportError:
                pass
            time.sleep(0.05)

    def go_on_until(self, stop: threading.Event) -> None:
        """Create and push until told to stop, whatever happens to the server meanwhile."""
        while not stop.is_set():
            self.create(5)
            self.push_until_done()

    def pull(self) -> dict[str, int]:
        """Give id → version of every person there, each of which must come once."""
        cursor, more, rows = None, True, []
        while more:
            answer = self.client.post(f"{self.url}/v1/sync/pull", json={"cursor": cursor, "schema": 3})
            page = answer.raise_for_status().json()
            rows += [(row["i"], row["v"]) for row in page["rows"] if row["k"] == "person" and row["op"] == "put"]
            cursor, more = page["cursor"], page["more"]
        assert len(rows) == len(dict(rows))
        return dict(rows)


def all_there_once(phone: Phone, *others: Phone) -> None:
    """Every acknowledged creation is there with the version of its receipt, and nothing else is."""
    held = {one: version for one, version in phone.pull().items() if not one.startswith("person-")}
    made = {each.ids[mid]: receipt["version"] for each in (phone, *others) for mid, receipt in each.acked.items()}
    assert held == made


def named_problem(answer: httpx.Response, *statuses: int) -> str:
    """Check that a refusal is a whole problem, and give its slug."""
    assert answer.status_code in statuses, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["remedy"]
    assert body["title"]
    if answer.status_code == 503:
        assert int(answer.headers["Retry-After"]) > 0
        assert body["remedy"] == "wait"
    return str(body["type"]).removeprefix("/problems/")


def nothing_personal(server: Server, *phones: Phone) -> None:
    """No refusal, log line or figure shows a personal text."""
    told = [answer.text for phone in phones for answer in phone.refused]
    told += [httpx.get(f"{server.url}/metrics").text, (server.home / "server.log").read_text()]
    assert not [text for text in told if MARKER in text or "Quill" in text]
