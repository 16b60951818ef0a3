"""A shortlist of 500 candidates by the server: `python benchmarks/matcher/recommend.py [--quick]`.

Promise measured: `POST /v1/recommendations` through HTTP and gunicorn, on SQLite and PostgreSQL, with sign-in checked,
authorised, ranked, explained and kept as an exposure. Baseline in the same run: working out the features of the same
500 candidates and LightGBM's own raw predict of them with one thread.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import polars

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.servers import kith, kith_server, settings_of
from ml.features.people import PEOPLE
from ml.inputs import candidate_inputs, query_inputs
from ml.models.registry import Version
from ml.models.walker import Pack
from ml.training.first import train_first_model
from ml.training.world.world import make_world
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.recommend import Candidate, Request, shortlist
from server.recommend.prepared import Prepared
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Door, Put

CANDIDATES, ASKED = 500, 25
TENANT, TEAM, WHO = "bench", "t1", {"username": "amina", "password": "correct horse battery"}
TODAY = datetime.now(UTC).date()
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """Candidates of a made-up county and people with referrals, as documents."""

    candidates: Sequence[Candidate]
    referrals: Sequence[tuple[str, Json, Json]]
    districts: Sequence[str]


def main() -> None:
    """Train a ranker, ask servers for shortlists, time the baseline, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller world and fewer questions")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        home = Path(folder)
        make_world(home / "world", seed=1, referrals=600 if quick else 2000, today=TODAY)
        version = train_first_model(home / "world", home / "models")
        made, rounds = made_of(home / "world"), 2 if quick else 8
        bare, ours = baseline(made, version, rounds), in_process(made, version, rounds)
        served = {name: through_http(home, name, url, made, rounds) for name, url in databases(home)}
        keep("matcher/recommend", table(bare, ours, served, made, version))


def made_of(world: Path) -> Made:
    """Take every group and role of a world, and copies of them under other ids, until there are 500."""
    times: dict[str, list[Json]] = {}
    for _, doc in documents(world, "schedule"):
        times.setdefault(doc["item_id"], []).append(doc)
    counts = dict(documents(world, "place_count"))
    items = [
        Candidate(kind, key, doc, times.get(key, []), counts.get(key))
        for kind in ("asset", "opportunity")
        for key, doc in documents(world, kind)
    ]
    copies = [replace(one, id=f"{one.id}-again") for one in items]
    people = dict(documents(world, "person"))
    referrals = [(key, doc, people[doc["person_id"]]) for key, doc in documents(world, "referral")[-ASKED:]]
    candidates = [*items, *copies][:CANDIDATES]
    return Made(candidates, referrals, sorted({str(one.doc["district"]) for one in candidates}))


def documents(world: Path, kind: str) -> list[tuple[str, Json]]:
    """Read the documents of a kind."""
    frame = polars.read_parquet(world / f"{kind}.parquet", columns=["id", "doc"])
    return [(key, json.loads(text)) for key, text in frame.iter_rows()]


def baseline(made: Made, version: Version, rounds: int) -> list[float]:
    """Time features of all 500 from their known inputs and LightGBM's raw predict, milliseconds each."""
    booster = lightgbm.Booster(model_file=str(version.folder / "model.txt"))
    inputs = [
        candidate_inputs(one.kind, one.doc, one.schedules, one.place_count, today=TODAY) for one in made.candidates
    ]

    def ask(_: str, referral: Json, person: Json) -> None:
        rows = PEOPLE.matrix(PEOPLE.columns(query_inputs(referral, person, today=TODAY), inputs))
        booster.predict(np.ascontiguousarray(rows), num_threads=1, raw_score=True)

    return timed(ask, made, rounds)


def in_process(made: Made, version: Version, rounds: int) -> list[float]:
    """Time the whole slate with its reasons and exclusions, milliseconds each."""
    pack, ready = Pack.load(version.pack_path.read_bytes()), Prepared.of(made.candidates, TODAY)

    def ask(key: str, referral: Json, person: Json) -> None:
        shortlist(pack, Request(key, referral, person, made.candidates, TODAY), ready)

    return timed(ask, made, rounds)


def timed(ask: Callable[[str, Json, Json], None], made: Made, rounds: int) -> list[float]:
    """Ask for every referral, after a round to warm up; give milliseconds."""
    taken = []
    for number in range(rounds + 1):
        for key, referral, person in made.referrals:
            began = time.perf_counter()
            ask(key, referral, person)
            if number:
                taken.append((time.perf_counter() - began) * 1000)
    return taken


@contextmanager
def _postgres_url() -> Iterator[str]:
    with postgres() as port:
        yield new_database(port, "bench")


def databases(home: Path) -> Iterator[tuple[str, str]]:
    """Give each database's name and address while it is there."""
    yield "SQLite", f"sqlite:///{home / 'kith.db'}"
    with _postgres_url() as url:
        yield "PostgreSQL", url


def through_http(home: Path, name: str, url: str, made: Made, rounds: int) -> list[float]:
    """Serve Kith over a database with the county in it, and time whole requests, milliseconds each."""
    with kith_server(home, url) as serving:
        fill(home, url, made)
        connection = HTTPConnection("127.0.0.1", serving.port, timeout=60)
        session = post(connection, "/v1/sign-in", {**WHO, "device": {"id": f"bench-{name}", "name": "Bench"}}, "")
        token = f"Bearer {session['access_token']}"

        def ask(key: str, _: Json, __: Json) -> None:
            slate = post(connection, "/v1/recommendations", {"referral_id": key}, token)
            if len(slate["excluded"]) + len(slate["unshown"]) + len(slate["items"]) != len(made.candidates):
                raise SystemExit("the server ranked other candidates than were given")
            if slate["exposure_id"] is None or slate["pack_sha256"] is None:
                raise SystemExit("the server kept no exposure, or ranked by rules")

        return timed(ask, made, rounds)


def fill(home: Path, url: str, made: Made) -> None:
    """Write the county and the people through the server's own door, and add the prescriber who asks."""
    environment = settings_of(home, url)
    kith(environment, "tenant", "add", TENANT)
    districts = [word for code in made.districts for word in ("--district", code)]
    kith(environment, "user", "add", WHO["username"], "--tenant", TENANT, "--role", "prescriber", "--team", TEAM,
         *districts, "--password-stdin", given=WHO["password"] + "\n")  # fmt: skip
    engine = make_engine(url)
    Door(SqlStore(engine), TENANT, KINDS, validate, lambda: datetime.now(UTC)).write(puts(made))
    engine.dispose()


def puts(made: Made) -> Iterator[Put]:
    """Give every document, those of copies under the copies' ids."""
    for one in made.candidates:
        yield Put(one.kind, one.id, {**one.doc, "organisation_id": None, **_no_location(one.kind)})
        for number, schedule in enumerate(one.schedules):
            yield Put("schedule", f"{one.id}.{number}", {**schedule, "item_id": one.id})
        if one.place_count is not None:
            yield Put("place_count", one.id, {**one.place_count, "item_id": one.id})
    for key, referral, person in made.referrals:
        yield Put("person", referral["person_id"], {**person, "team_id": TEAM})
        yield Put("referral", key, {**referral, "team_id": TEAM})


def _no_location(kind: str) -> Json:
    return {"location_id": None} if kind == "asset" else {}


def post(connection: HTTPConnection, path: str, body: Json, token: str) -> Json:
    """Post JSON and read the answer; SystemExit when it is a refusal."""
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", "Authorization": token})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}: {text[:500]!r}")
    said: Json = json.loads(text)
    return said


def table(
    bare: list[float], ours: list[float], served: dict[str, list[float]], made: Made, version: Version
) -> list[str]:
    """Write the result: asked beside measured."""
    half = float(np.median(bare))
    rows = {"features + LightGBM raw predict (baseline)": bare, "server, whole slate in process": ours}
    rows |= {f"server, HTTP, {name}": taken for name, taken in served.items()}
    ratio = float(np.median(ours)) / half
    return [
        *prose(
            "A shortlist of 500 candidates by the server",
            f"""Milliseconds for one referral, {len(bare)} questions a row, after a round to warm up, one at a time. The
            server checks the sign-in, authorises, reads the referral, ranks {len(made.candidates)} candidates, says why
            and what was excluded by which rule, and writes the exposure before it answers. Its candidates' inputs are
            worked out once, until the directory changes; so are the baseline's. The pack has
            {version.pack_path.stat().st_size / 1000:.0f} kB.""",
        ),
        "",
        "| | p50 ms | p95 ms | p50 ÷ baseline |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {np.median(taken):.1f} | {np.percentile(taken, 95):.1f} | {np.median(taken) / half:.2f} |"
            for name, taken in rows.items()
        ),
        "",
        "| asked | measured |",
        "|---|---|",
        f"| server recommend p50 ≤ 2 × (features + raw predict) | {ratio:.2f} × |",
    ]


if __name__ == "__main__":
    main()
