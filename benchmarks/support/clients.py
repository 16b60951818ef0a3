"""Clients that push and pull as fast as a server answers: bodies made beforehand, answers checked."""

import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import orjson

from mobile_contract.version import CURRENT

BATCH, PAGE = 100, 500


@dataclass(slots=True)
class Phone:
    """A client of Kith or of the floor. paths : of push and pull. lseq : of the last mutation made."""

    port: int
    device: str
    team: str
    paths: tuple[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    lseq: int = 0
    connection: HTTPConnection | None = None

    def push(self, body: bytes) -> None:
        """Send one batch; SystemExit unless all of it was applied."""
        answer = self._ask(self.paths[0], body)
        results = answer.get("results")
        if results is not None and any(each["outcome"] != "applied" for each in results):
            raise SystemExit(f"a push was not applied: {results[0]}")

    def pull(self, rows: int) -> None:
        """Take at least `rows` records from the beginning; SystemExit when there are fewer."""
        cursor, taken = None, 0
        while taken < rows:
            answer = self._ask(self.paths[1], orjson.dumps({"cursor": cursor, "limit": PAGE, **self._most()}))
            if not answer["rows"]:
                raise SystemExit(f"the feed ended after {taken} of {rows} rows")
            cursor, taken = answer["cursor"], taken + len(answer["rows"])

    def batches(self, count: int) -> list[bytes]:
        """Make the bodies of `count` batches of new records."""
        return [self._batch() for _ in range(count)]

    def _most(self) -> dict[str, int]:
        return {"max_bytes": 4 * 1024 * 1024} if self.headers else {}

    def _batch(self) -> bytes:
        sent = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        mutations = [self._mutation() for _ in range(BATCH)]
        return orjson.dumps({"device": self.device, "sent_at": sent, "schema": CURRENT, "mutations": mutations})

    def _mutation(self) -> dict[str, Any]:
        self.lseq += 1
        return {
            "mid": uuid7(),
            "lseq": self.lseq,
            "kind": "person",
            "id": uuid7(),
            "op": "create",
            "base": 0,
            "set": person(self.team, self.lseq),
            "hlc": f"{time.time_ns() // 1_000_000:013}-0000-{self.device}",
            "command": None,
        }

    def _ask(self, path: str, body: bytes) -> dict[str, Any]:
        self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=120)
        self.connection.request("POST", path, body, {"Content-Type": "application/json", **self.headers})
        response = self.connection.getresponse()
        answer: dict[str, Any] = orjson.loads(response.read())
        if response.status != 200:
            raise SystemExit(f"{path} answers {response.status}: {answer}")
        return answer


def person(team: str, number: int) -> dict[str, Any]:
    """Make a record of 15 fields and about 600 bytes."""
    return {
        "team_id": team,
        "given_name": f"Given{number:06}",
        "family_name": "Measured",
        "age_band": "65_74",
        "phone": "01632 960001",
        "email": f"person{number:06}@example.org",
        "address": "Flat 4, 112 Madeup Street, Chelmsford, Essex",
        "postcode": "CM1 1AB",
        "district": "E07000070",
        "easting": 570600,
        "northing": 206900,
        "languages": ["en", "pl"],
        "travel": "bus",
        "what_matters": "Getting out on Tuesdays, seeing her sister, and somebody to walk with. " * 3,
        "made_up": True,
    }


def uuid7() -> str:
    """Make a UUID of version 7."""
    milliseconds, chance = time.time_ns() // 1_000_000, secrets.token_hex(10)
    digits = f"{milliseconds:012x}7{chance[:3]}{'89ab'[int(chance[3], 16) % 4]}{chance[4:19]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def sign_in(port: int, username: str, password: str, device: str) -> dict[str, str]:
    """Sign a device in; give the headers of its requests."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    body = {"username": username, "password": password, "device": {"id": device, "name": device, "platform": "bench"}}
    connection.request("POST", "/v1/sign-in", orjson.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = orjson.loads(response.read())
    if response.status != 200:
        raise SystemExit(f"sign-in answers {response.status}: {answer}")
    return {"Authorization": f"Bearer {answer['access_token']}"}


def push_rate(phones: Sequence[Phone], batches: int) -> float:
    """Let all phones push at once; give records a second over all of them."""
    bodies = [phone.batches(batches) for phone in phones]
    jobs = [_pushing(phone, own) for phone, own in zip(phones, bodies, strict=True)]
    return len(phones) * batches * BATCH / _seconds(jobs)


def pull_rate(phones: Sequence[Phone], rows: int) -> float:
    """Let all phones pull from the beginning at once; give records a second over all of them."""
    return len(phones) * rows / _seconds([_pulling(phone, rows) for phone in phones])


def _pushing(phone: Phone, bodies: Sequence[bytes]) -> Callable[[], None]:
    def job() -> None:
        for body in bodies:
            phone.push(body)

    return job


def _pulling(phone: Phone, rows: int) -> Callable[[], None]:
    return lambda: phone.pull(rows)


def _seconds(jobs: Sequence[Callable[[], None]]) -> float:
    with ThreadPoolExecutor(len(jobs)) as pool:
        began = time.perf_counter()
        for done in [pool.submit(job) for job in jobs]:
            done.result()
        return time.perf_counter() - began
