"""A real server with its live process, people to sign in, and phones that listen on bare sockets."""

import json
import socket
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import httpx

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.accounts.manage import NewAccount, add_account
from server.api.services import Services
from server.app import make_services
from server.clock import now
from server.live.tell import poke_for
from server.settings import settings_from
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Door, Put
from tests.server.accounts.doorway import CHEAP, PASSWORD
from tests.system.server import Server, free_port

PERSON = {"given_name": "Ada", "family_name": "Quill", "made_up": True}
PATIENCE_S = 15.0


class Stream:
    """A phone's connection, read event by event."""

    def __init__(self, port: int, token: str, last_id: str = "", path: str = "/v1/sync/live") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        more = f"Last-Event-ID: {last_id}\r\n" if last_id else ""
        signed = f"Authorization: Bearer {token}\r\n" if token else ""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: kith\r\n{signed}{more}\r\n".encode())
        self._text = b""
        head = self._until(b"\r\n\r\n").decode()
        self.status = int(head.split(" ")[1])
        self.headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def event(self) -> dict[str, str] | None:
        """Give the next event or hint, passing over signs of life; None at the end."""
        while block := self._until(b"\n\n").decode():
            fields = dict(line.split(": ", 1) for line in block.strip().split("\n") if not line.startswith(":"))
            if fields:
                return fields
        return None

    def head(self) -> int:
        """Wait for a poke and give its head."""
        while event := self.event():
            if event.get("event") == "head":
                assert event["id"] == str(json.loads(event["data"])["head"])
                return int(event["id"])
        raise AssertionError("the stream ended without a poke")

    def reaches(self, wanted: int) -> bool:
        """Wait for the poke with that head; one before it may come twice to whoever begins to listen."""
        while (head := self.head()) < wanted:
            continue
        return head == wanted

    def retry_ms_at_the_end(self) -> int:
        """Read to the end and give the last hint when to come back."""
        told = -1
        while event := self.event():
            told = int(event.get("retry", told))
        return told

    def is_quiet(self, seconds: float = 0.6) -> bool:
        """Say whether nothing but signs of life comes for a while."""
        self.socket.settimeout(seconds)
        try:
            return self.event() is None
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(PATIENCE_S)

    def body(self) -> dict[str, object]:
        """Read a whole answer."""
        while len(self._text) < int(self.headers["content-length"]):
            self._text += self.socket.recv(65_536)
        found: dict[str, object] = json.loads(self._text)
        return found

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._text:
            more = self.socket.recv(65_536)
            if not more:
                taken, self._text = self._text, b""
                return taken
            self._text += more
        taken, _, self._text = self._text.partition(mark)
        return taken + mark


@dataclass
class Place:
    """A home, its database and its server."""

    home: Path
    url: str
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        quick = {"KITH_DATABASE_URL": self.url, "KITH_LIVE_LOOK_SECONDS": "1", "KITH_LIVE_GAP_MS": "20"}
        self.server = Server(self.home, self.port, extra=quick | self.more)
        if not self.store.heads():
            self.store.ensure_tenant("essex")

    @cached_property
    def settings(self):
        return settings_from(self.server.environment)

    @cached_property
    def store(self) -> SqlStore:
        """The database with its pokes, as another process of the same machine has it."""
        engine = make_engine(self.url)
        return SqlStore(engine, poke_for(engine, self.settings))

    @cached_property
    def silent(self) -> SqlStore:
        """The database without pokes: whatever is written here, no word comes of."""
        return SqlStore(make_engine(self.url))

    def write(self, record_id: str, team: str, store: SqlStore | None = None, **more: object) -> int:
        """Write a person and give the head after that."""
        at = store or self.store
        Door(at, "essex", KINDS, validate, now).write([Put("person", record_id, PERSON | {"team_id": team} | more)])
        return at.heads()["essex"].seq

    def start(self) -> "Place":
        """Start the server and wait until its live process takes connections."""
        self.server.start()
        self.wait_for_live()
        return self

    def wait_for_live(self) -> None:
        """Wait until the live process itself refuses a phone without a token; before that gunicorn does."""
        ends = time.monotonic() + PATIENCE_S
        while "server" in self.open("").headers:
            assert time.monotonic() < ends
            time.sleep(0.02)

    @cached_property
    def services(self) -> Services:
        return make_services(self.settings, self.store.engine, store=self.store, hasher=CHEAP)

    def add(self, username: str, team: str) -> None:
        facts = {"tenant": "essex", "username": username, "name": username.title(), "password": PASSWORD}
        add_account(self.services.accounts, NewAccount(**facts, roles=["prescriber"], team_ids=[team]))

    def token(self, username: str, device: str) -> str:
        body = {"username": username, "password": PASSWORD, "device": {"id": device, "name": device, "platform": "t"}}
        answer = httpx.post(f"{self.server.url}/v1/sign-in", json=body, timeout=20).raise_for_status()
        return str(answer.json()["access_token"])

    def open(self, token: str, last_id: str = "") -> Stream:
        return Stream(self.port, token, last_id)

    def listen(self, username: str, device: str) -> Stream:
        """Sign in and listen, past the poke that every first connection gets."""
        stream = self.open(self.token(username, device))
        assert stream.status == 200
        stream.head()
        return stream

    def figures(self) -> dict[str, float]:
        text = httpx.get(f"{self.server.url}/metrics", timeout=20).text
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("kith_live")]
        return {name: float(value) for name, value in lines}

    def words(self) -> float:
        """Count the changes that the live process heard of by a word."""
        return sum(
            value for name, value in self.figures().items() if 'how="datagram"' in name or 'how="notify"' in name
        )
