"""The Python reference client begins scopes by snapshots of the real server, whatever breaks on the way."""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import pytest

from mobile_contract.python import Phone, http_files, http_transport
from mobile_contract.version import CURRENT
from server.sync.snapshot import build, tidy
from tests.contract.stage import PASSWORD, TENANT
from tests.contract.test_typescript import served

PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}
PEOPLE = 300


class DiedError(BaseException):
    pass


def one(team: str, number: int, **more) -> dict:
    return {"kind": "person", "id": f"{team}-{number:03d}", "doc": PERSON | {"team_id": team} | more}


@pytest.fixture
def stage(make_memory_stage):
    return filled(make_memory_stage({"accounts": [{"username": "amina"}, {"username": "bola"}]}))


def filled(stage):
    names = random.Random(1)
    stage.act({"put": [one("t1", n, given_name=f"{names.random()}") for n in range(PEOPLE)]})
    pack(stage, "caseload:t1")
    return stage


def pack(stage, scope):
    snapshot, _ = build(stage.services.store, stage.services.shelf, TENANT, scope, CURRENT)
    tidy(stage.services.store, TENANT)
    return snapshot


@dataclass
class Files:
    """Fetches files in pieces. cuts : pieces after which the signal breaks off. sent : bytes that arrived."""

    stage: object
    cuts: set[int] = field(default_factory=set)
    size: int = 512
    sent: int = 0
    pieces: int = 0
    asked: list[str] = field(default_factory=list)

    @contextmanager
    def __call__(self, path, headers) -> Iterator["Arriving"]:
        answer = self.stage.app.test_client().get(path, headers=headers)
        self.asked.append(headers.get("range", ""))
        yield Arriving(self, answer.status_code, answer.data)


@dataclass
class Arriving:
    files: Files
    status_code: int
    body: bytes

    def read(self) -> bytes:
        return self.body

    def iter_raw(self) -> Iterator[bytes]:
        for at in range(0, len(self.body), self.files.size):
            self.files.pieces += 1
            if self.files.pieces in self.files.cuts:
                raise ConnectionError("cut")
            piece = self.body[at : at + self.files.size]
            self.files.sent += len(piece)
            yield piece


def phone(stage, username="amina", files=None, **more):
    made = Phone(
        more.pop("transport", stage.transport), f"{username}-phone", clock=lambda: stage.clock().timestamp(),
        chance=random.Random(username).random, files=files or Files(stage), **more,
    )  # fmt: skip
    made.sign_in(username, PASSWORD)
    return made


def test_a_first_sync_takes_the_snapshot_and_pulls_only_what_came_since(stage):
    stage.act({"put": [one("t1", 0, given_name="Since")]})
    amina = phone(stage)
    report = amina.sync()
    assert (len(amina.list("person")), report.pulled, report.pages) == (PEOPLE, 1, 1)
    assert amina.read("person", "t1-000")["given_name"] == "Since"
    assert (amina.holding.loading, amina.holding.parts) == ({}, {})
    assert amina.verify() == []


@pytest.mark.parametrize("seed", range(3))
def test_twenty_cuts_cost_no_byte_twice(stage, seed):
    size = pack(stage, "caseload:t1").bytes
    files = Files(stage, set(random.Random(seed).sample(range(2, size // 128 + 15), 20)), size=128)
    amina = phone(stage, files=files)
    for _ in range(40):
        try:
            amina.sync()
            break
        except ConnectionError:
            continue
    assert len(amina.list("person")) == PEOPLE
    assert files.sent == size
    assert len(files.asked) > 10, "it broke off, and went on from where it was"


def test_a_gained_team_comes_by_snapshot_after_what_waits_was_sent(stage):
    stage.act({"put": [one("t2", n) for n in range(20)]})
    pack(stage, "caseload:t2")
    amina = phone(stage)
    amina.sync()
    stage.act({"teams": {"amina": ["t1", "t2"]}})
    amina.create("person", PERSON, "new")
    report = amina.sync()
    assert len(amina.list("person")) == PEOPLE + 21
    assert len(amina.holding.outbox) == 0
    assert report.pulled <= 1, "only the tail came row by row"


def test_a_snapshot_that_went_meanwhile_is_not_needed(stage):
    amina = phone(stage)
    snapshot = pack(stage, "caseload:t1")

    def gone(method, path, headers, body):
        if path == "/v1/sync/pull" and body.get("snapshots"):
            stage.services.store.drop_snapshots(TENANT, [snapshot.sha256])
        return stage.transport(method, path, headers, body)

    amina._transport = gone
    report = amina.sync()
    assert (len(amina.list("person")), report.pulled) == (PEOPLE, PEOPLE)
    assert amina.verify() == []


def test_a_broken_file_is_not_believed(stage):
    snapshot = pack(stage, "caseload:t1")
    path = stage.services.shelf.path(snapshot.sha256)
    body = bytearray(path.read_bytes())
    body[100] ^= 1
    path.write_bytes(bytes(body))
    amina = phone(stage)
    amina.sync()
    assert len(amina.list("person")) == PEOPLE
    assert amina.verify() == []


def die_at(number):
    steps = itertools.count(1)

    def kept(_step):
        if next(steps) == number:
            raise DiedError

    return kept


@pytest.mark.slow
@pytest.mark.parametrize("loses", [False, True])
def test_a_phone_that_dies_at_any_step_of_a_first_sync_ends_as_if_it_had_lived(stage, loses):
    stage.act({"put": [one("t2", n) for n in range(30)]})
    pack(stage, "caseload:t2")
    stage.act({"put": [one("t1", 5, given_name="Since")]})
    for number in itertools.count(1):
        stage.act({"teams": {"amina": ["t1", "t2"]}})
        dying = phone(stage, kept=die_at(number))
        dying.create("person", PERSON, f"new-{number}") if number > 1 else None
        try:
            dying.sync()
            died = False
        except DiedError:
            died = True
        if loses:
            stage.act({"teams": {"amina": ["t1"]}})
        reborn = phone(stage, holding=dying.holding)
        reborn.sync()
        expected = phone(stage, "bola")
        stage.act({"teams": {"bola": ["t1"] if loses else ["t1", "t2"]}})
        expected.sync()
        assert reborn.list("person") == expected.list("person"), number
        assert (reborn.holding.outbox, reborn.holding.parts, reborn.verify()) == ({}, {}, []), number
        if not died:
            return


def test_a_scope_that_went_wrong_is_taken_again_with_the_outbox_kept(stage):
    amina = phone(stage, verify_every=2)
    amina.sync()
    records = amina.holding.records
    records["person", "t1-001"] = replace(records["person", "t1-001"], version=1)
    del records["person", "t1-002"]
    records["person", "ghost"] = records["person", "t1-003"]
    amina.patch("person", "t1-004", {"given_name": "Mine"})
    report = amina.sync()
    assert report.retaken == ["caseload:t1"]
    assert amina.list("person").keys() == {f"t1-{n:03d}" for n in range(PEOPLE)}
    assert amina.read("person", "t1-004")["given_name"] == "Mine"
    assert (amina.holding.outbox, amina.verify()) == ({}, [])


def test_a_phone_that_dies_while_it_takes_a_scope_again_goes_on(stage):
    for number in range(1, 14):
        amina = phone(stage)
        amina.sync()
        del amina.holding.records["person", "t1-002"]
        amina.verify()
        dying = phone(stage, holding=amina.holding, kept=die_at(number))
        with suppress(DiedError):
            dying.sync()
        reborn = phone(stage, holding=dying.holding)
        reborn.sync()
        assert len(reborn.list("person")) == PEOPLE, number
        assert reborn.verify() == [], number


def test_what_waited_is_told_when_it_is_decided_and_a_wrong_clock_too(stage):
    amina = phone(stage)
    amina._clock = lambda: stage.clock().timestamp() + 7_200
    referral = {"team_id": "t1", "needs": ["pain"], "received_on": "2026-11-21", "person_id": "p9"}
    amina.create("referral", referral, "r1")
    amina.sync()
    assert [entry.deferred for entry in amina.holding.outbox.values()] == [True]
    assert amina.holding.clock_offset_ms == -7_200_000
    bola = phone(stage, "bola")
    bola.create("person", PERSON, "p9")
    bola.sync()
    report = amina.sync()
    assert [one["outcome"] for one in report.later] == ["applied"]
    assert amina.holding.outbox == {}


@pytest.mark.slow
def test_over_http_a_first_sync_is_cut_goes_on_is_verified_and_a_scope_is_taken_again(stage):
    size = pack(stage, "caseload:t1").bytes
    with served(stage.app) as address:
        files = Cutting(http_files(address), 400)
        amina = phone(stage, transport=http_transport(address), files=files, verify_every=1)
        report = amina.sync()
        assert (len(amina.list("person")), report.pulled, report.retaken) == (PEOPLE, 0, [])
        assert files.opened == -(-size // 400), "each try brought 400 bytes, and the next went on from there"
        del amina.holding.records["person", "t1-002"]
        assert amina.sync().retaken == ["caseload:t1"]
        assert len(amina.list("person")) == PEOPLE
        for number in range(30):
            amina.create("person", PERSON, f"new-{number}")
        assert len(amina.sync().results) == 30, "a large body travels packed"


@dataclass
class Cutting:
    """Real files of which each try brings so many bytes."""

    files: Files
    most: int
    opened: int = 0

    @contextmanager
    def __call__(self, path, headers):
        self.opened += 1
        with self.files(path, headers) as answer:
            yield Cut(answer.status_code, answer, self.most)


@dataclass
class Cut:
    status_code: int
    answer: object
    most: int

    def read(self) -> bytes:
        return self.answer.read()

    def iter_raw(self) -> Iterator[bytes]:
        whole = b"".join(self.answer.iter_raw())
        yield whole[: self.most]
        if len(whole) > self.most:
            raise ConnectionError("cut")


def test_a_push_that_is_too_large_goes_in_halves(stage):
    sizes = []

    def small(method, path, headers, body):
        pushed = len(body["push"]["mutations"]) if path == "/v1/sync" else 0
        sizes.append(pushed)
        if pushed > 3:
            problem = {"type": "/problems/too-large", "title": "too large", "status": 413, "remedy": "fix"}
            return type("Answer", (), {"status": 413, "body": problem})
        return stage.transport(method, path, headers, body)

    amina = phone(stage)
    amina.sync()
    for number in range(8):
        amina.create("person", PERSON, f"p{number}")
    amina._transport = small
    amina.sync()
    assert amina.holding.outbox == {}
    assert max(sizes) == 8
