"""Ten thousand phones: what each holds, what it does when it visits, and what must be true at the end."""

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson

from benchmarks.support.line import Line, request
from benchmarks.support.phones import Phone
from benchmarks.support.programme import Programme
from benchmarks.support.records import person, uuid7
from mobile_contract.version import CURRENT

#: Phones of a team, which is also how many records a team begins with: each phone edits one of them.
CREW = 20
TEAMS_OF_A_PROGRAMME = 50


@dataclass(slots=True)
class Visitor:
    """A phone as it is between its visits. mine : the record that only it edits. held : versions, or whole documents.

    expected : what it was told was written, by record. whole : it keeps documents, to be compared at the end.
    """

    programme: str
    phone: Phone
    mine: str
    whole: bool
    cursor: str | None = None
    etag: str = ""
    held: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def pull(self, line: Line) -> None:
        """Take what has changed, to the end of it."""
        self.phone.line = line
        more = True
        while more:
            page = self.phone.page(self.cursor)
            self._apply(page)
            more = page["more"]

    def manifest(self, line: Line) -> None:
        """Ask whether anything has changed, and pull if so."""
        headers = {**self.phone.headers, **({"If-None-Match": self.etag} if self.etag else {})}
        answer = line.ask(request("GET", "/v1/sync/manifest", headers=headers))
        if answer.status == 304:
            return
        if answer.status != 200:
            raise SystemExit(f"the manifest answers {answer.status}: {answer.body[:300]!r}")
        self.etag = answer.header("etag")
        self.pull(line)

    def write(self, line: Line, chance: Random) -> None:
        """Push an edit of its own record or a new one, and pull, in one round trip; now and then it is sent twice."""
        self.phone.line = line
        before = self.phone.lseq
        drawn = [self._edit() if chance.random() < 0.5 else self._new() for _ in range(chance.randint(1, 2))]
        wanted = list({each["id"]: each for each in drawn}.values())  # two edits of one record would be one
        for number, mutation in enumerate(wanted, before + 1):
            mutation["lseq"] = self.phone.lseq = number
        asked = self._asked(wanted)
        answer = line.expect(asked).json()
        if chance.random() < 0.05:
            again = line.expect(asked).json()
            if again["push"] != answer["push"]:
                raise SystemExit(f"a repeat was answered otherwise: {again['push']} after {answer['push']}")
        self._settle(wanted, answer["push"]["results"])
        self._apply(answer["pull"])
        if answer["pull"]["more"]:
            self.pull(line)

    def _asked(self, mutations: Sequence[Mapping[str, Any]]) -> bytes:
        body = orjson.loads(self.phone.body(0)) | {"mutations": mutations}
        whole = {"push": body, "pull": {"cursor": self.cursor, "schema": CURRENT}}
        return request("POST", "/v1/sync", orjson.dumps(whole), self.phone.headers)

    def _new(self) -> dict[str, Any]:
        mutation = self.phone.mutation()
        mutation["set"]["what_matters"] = f"New {mutation['mid']}"
        return mutation

    def _edit(self) -> dict[str, Any]:
        mutation = self.phone.mutation()
        text = {"what_matters": f"Edited {mutation['mid']}"}
        return mutation | {"op": "patch", "id": self.mine, "base": self.versions[self.mine], "set": text}

    def _settle(self, wanted: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]) -> None:
        for mutation, result in zip(wanted, results, strict=True):
            if result["outcome"] not in ("applied", "merged"):
                raise SystemExit(f"a write came to nothing: {result}")
            self.expected[mutation["id"]] = mutation["set"]["what_matters"]
            self.versions[mutation["id"]] = result["version"]

    def _apply(self, page: Mapping[str, Any]) -> None:
        for row in page["rows"]:
            self.versions[row["i"]] = row["v"]
            if self.whole:
                self.held[row["i"]] = (row["v"], row["d"])
        self.cursor = page["cursor"]


def settle_county(programmes: Sequence[Programme], port: int, sample: int) -> list[Visitor]:
    """Make the records and the phones of every programme. sample : every so manieth phone keeps whole documents."""
    numbers = itertools.count()
    line = Line(port)
    return [
        Visitor(programme.tenant, Phone(line, one.id, one.team, headers=one.headers), mine, next(numbers) % sample == 0)
        for programme in programmes
        for one, mine in _crew(programme)
    ]


def _crew(programme: Programme) -> Iterator[tuple[Any, str]]:
    teams = [f"{programme.tenant}-{number}" for number in range(TEAMS_OF_A_PROGRAMME)]
    pairs = [(uuid7(), team) for team in teams for _ in range(CREW)]
    programme.write((one, person(team, number)) for number, (one, team) in enumerate(pairs))
    names = [(f"{team}-{number % CREW}", team) for number, (_, team) in enumerate(pairs)]
    yield from zip(programme.enrol(names), (one for one, _ in pairs), strict=True)


@dataclass(slots=True)
class Verdict:
    """What was found at the end. writes : acknowledged. compared : phones whose records were compared."""

    writes: int = 0
    compared: int = 0
    wrong: list[str] = field(default_factory=list)


def judge(programmes: Sequence[Programme], visitors: Sequence[Visitor], line: Line) -> Verdict:
    """Let a new phone of each team pull everything, and hold against it what the others were told and have."""
    came = Verdict()
    teams: dict[tuple[str, str], list[Visitor]] = {}
    for each in visitors:
        teams.setdefault((each.programme, each.phone.team), []).append(each)
    for programme in programmes:
        own = [team for tenant, team in teams if tenant == programme.tenant]
        fresh = programme.enrol([(f"judge-{programme.tenant}-{team}", team) for team in own])
        for one in fresh:
            rows = _everything(Phone(line, one.id, one.team, headers=one.headers))
            _compare(rows, teams[programme.tenant, one.team], line, came)
    return came


def _everything(phone: Phone) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor, more = None, True
    while more:
        page = phone.page(cursor)
        rows += page["rows"]
        cursor, more = page["cursor"], page["more"]
    return rows


def _compare(rows: Sequence[Mapping[str, Any]], crew: Sequence[Visitor], line: Line, came: Verdict) -> None:
    there = {row["i"]: (row["v"], row["d"]) for row in rows}
    if len(there) != len(rows):
        came.wrong.append(f"{crew[0].phone.team}: a record came twice in a first pull")
    for each in crew:
        for one, text in each.expected.items():
            came.writes += 1
            if one not in there or there[one][1]["what_matters"] != text:
                came.wrong.append(f"{each.phone.device}: {one} is not what was acknowledged")
        if each.whole:
            each.pull(line)
            came.compared += 1
            if each.held != there:
                came.wrong.append(f"{each.phone.device} holds other records than a new phone")
