"""From a live programme to a ranker that its dispatcher asks by: export, data set, training, promotion."""

from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import orjson
import polars as pl
import pytest
from click.testing import CliRunner

from kith import kith
from ml.training.tables import Tables
from ml.training.volunteers.dataset import build_volunteers_dataset
from mobile_contract.schemas import KINDS
from server.api.volunteering import serving_pack
from server.cli.workplace import workplace
from server.dispatch.dispatcher import Dispatcher
from server.domain.waves import WavePolicy
from server.storage.migrate import upgrade
from server.sync.door import Door, Put
from server.sync.model import Command, Mutation, Outcome
from tests.builders import DISTRICT, TENANT, task, validate, volunteer

pytestmark = pytest.mark.slow

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS, A_DAY, NEW = 45, 4, 30
HALF = 20
POLICY = WavePolicy(target=0.8, prompt=0.5, explore=0.1, quiet_from="00:00", quiet_until="00:00", most_a_day=100)


class Programme:
    """Most who hold a background check say yes and few others do, which no plain order knows.

    New volunteers come in every day, so that nobody's past gives it away.
    """

    def __init__(self, store):
        self.store, self.now, self.luck = store, BEGAN, Random(5)
        self.door = Door(store, TENANT, KINDS, validate, lambda: self.now)
        self.dispatcher = self.dispatching(lambda: None)
        self.claimants: dict[str, str] = {}
        self.made = 0

    def dispatching(self, pack):
        return Dispatcher(self.store, TENANT, self.door, POLICY, pack, lambda: self.now)

    def volunteers(self):
        self.door.write(Put("volunteer", f"volunteer-{n}", self._volunteer(n)) for n in range(NEW * DAYS + NEW))

    def _volunteer(self, number):
        checked = {"dbs_level": "enhanced", "dbs_until_on": "2028-01-01"} if number % 2 else {"dbs_level": "none"}
        home = {"district": DISTRICT, "easting": 570_000 + self.luck.randrange(4000), "northing": 206_000}
        since = {"paused_until_on": f"{BEGAN + timedelta(days=number // NEW):%Y-%m-%d}"}
        return (
            {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a", "max_km": 9} | home | checked | since
        )

    def publish(self, name):
        window = {"window_from_at": self.now + timedelta(hours=3), "window_until_at": self.now + timedelta(hours=9)}
        at = {key: f"{value:%Y-%m-%dT%H:%M:%SZ}" for key, value in window.items()}
        spot = {"easting": 570_000 + self.luck.randrange(4000), "northing": 206_000}
        self.door.write([Put("task", name, task(**spot, **at))])

    def says_yes(self, who):
        return self.luck.random() < (0.9 if number_of(who) % 2 else 0.1)

    def day(self, number):
        names = [f"task-{number:02}-{n}" for n in range(A_DAY)]
        self.now = BEGAN + timedelta(days=number)
        for name in names:
            self.publish(name)
            self.dispatcher.look()
        for _ in range(3):
            self.dispatcher.look()
            self.answers(names)
            self.now += timedelta(seconds=61)
        self.now += timedelta(hours=4)
        for name in names:
            self.end(name)

    def answers(self, names):
        """Let those who say no say so, and then one take it who says yes; the others hear that it is taken."""
        for name in names:
            waiting = self.open_asks(name)
            yes = [who for who in sorted(waiting) if self.says_yes(who)]
            for who in waiting.keys() - yes:
                self.command("decline_ask", "ask", waiting[who], who, reason="time")
            if yes and self.command("claim", "task", name, yes[0]).outcome is Outcome.APPLIED:
                self.claimants[name] = yes[0]

    def end(self, name):
        if name in self.claimants and self.luck.random() < 0.9:
            self.command("complete", "task", name, self.claimants[name], minutes=30)

    def command(self, name, kind, record_id, who, **args):
        self.made += 1
        asked, principal = Command(name, args, None), volunteer(number_of(who))
        return self.door.act(Mutation(f"m{self.made}", 1, kind, record_id, "command", 0, command=asked), principal)

    def open_asks(self, name):
        self.dispatcher._follower.follow(self.now)
        return {one["volunteer_id"]: key for key, one in self.dispatcher._board.answers[name].open.items()}

    def all(self, kind):
        with self.store.read(TENANT) as view:
            return [dict(one.doc) for one in view.of_kind(kind)]

    def asks(self, name):
        return [one for one in self.all("ask") if one["task_id"] == name]


def number_of(volunteer_id):
    return int(volunteer_id.removeprefix("volunteer-"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A programme after six weeks of asking, on a database of its own; exported once before the end."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KITH_HOME", str(folder))
        upgrade(f"sqlite:///{folder / 'kith.db'}")
        at = workplace()
        at.store.ensure_tenant(TENANT)
        programme = Programme(at.store)
        programme.volunteers()
        for number in range(DAYS):
            if number == HALF:
                run("export", "--tenant", TENANT, str(folder / "half"))
            programme.day(number)
        yield folder, programme


def run(*arguments):
    result = CliRunner().invoke(kith, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def ml(*arguments):
    return run("ml", "volunteers", *arguments)


def test_the_dispatcher_asks_by_what_its_own_asks_have_taught(home):
    _, programme = home
    told = ml("dataset", "--tenant", TENANT)
    assert f"{DAYS * A_DAY}, {DAYS * A_DAY} of them with a yes" in told
    assert "asks that tell nothing  withdrawn: " in told
    ml("train")
    ml("evaluate")
    assert "ranks tasks for volunteers" in ml("promote")
    models = workplace().settings.models
    programme.dispatcher = programme.dispatching(partial(serving_pack, models))
    programme.now = BEGAN + timedelta(days=DAYS)
    programme.publish("task-new")
    programme.dispatcher.look()
    asked = programme.asks("task-new")
    version = (models / "volunteers" / "champion").read_text().strip()
    assert {one["model_version"] for one in asked} == {version}
    assert [one for one in asked if number_of(one["volunteer_id"]) % 2 == 0] == []


def test_what_happened_since_changes_no_byte_of_what_was_known_at_an_earlier_day(home, tmp_path):
    folder, _ = home
    run("export", "--tenant", TENANT, str(tmp_path))
    day = (BEGAN + timedelta(days=HALF - 1)).date()
    then, now = (build_volunteers_dataset(Tables(of), as_of=day) for of in (folder / "half", tmp_path))
    assert then.rows.equals(now.rows)
    assert len(build_volunteers_dataset(Tables(tmp_path)).rows) > len(now.rows)


def test_an_export_says_what_was_known_of_whom_and_what_came_of_it_without_a_name(home):
    folder, programme = home
    asked = {(one["task_id"], one["volunteer_id"]): one for one in programme.all("ask")}
    claims = {(one["task_id"], one["volunteer_id"]): one for one in programme.all("claim")}
    text = pl.read_parquet(folder / "half" / "wave.parquet")["doc"]
    seen = set()
    for wave in map(orjson.loads, text):
        for item in wave["items"]:
            key = (wave["task_id"], item["id"])
            seen.add((item["answer"], asked[key]["status"], item["ended"], claims.get(key, {}).get("status")))
            assert item["inputs"]["asked"] >= item["inputs"]["agreed"]
    assert seen == {
        ("yes", "claimed", "done", "done"), ("yes", "claimed", "given_back", "lapsed"), ("no", "declined", None, None),
        ("withdrawn", "withdrawn", None, None),
    }  # fmt: skip
    assert not text.str.contains("Vic|Dale").any()
