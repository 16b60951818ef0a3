"""Live pokes as they really run: gunicorn, the live process, sockets, both databases."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from tests.server.live.place import Place

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One server for many tests: each has devices of its own."""
    home = tmp_path_factory.mktemp("live") / "home"
    home.mkdir(mode=0o700)
    if request.param == "sqlite":
        url = f"sqlite:///{home / 'kith.db'}"
        shutil.copy(request.getfixturevalue("_migrated_sqlite"), home / "kith.db")
        yield from started(home, url)
    else:
        with request.getfixturevalue("cluster").database() as url:
            yield from started(home, url)


def started(home: Path, url: str) -> Iterator[Place]:
    made = Place(home, url, {"KITH_WORKERS": "1", "KITH_THREADS": "2", "KITH_LIVE_MAX": "12"})
    for username, team in (("amina", "t1"), ("bola", "t2")):
        made.add(username, team)
    made.start()
    yield made
    made.server.stop()
    made.store.engine.dispose()
    made.silent.engine.dispose()


def test_a_phone_that_holds_a_changed_scope_hears_of_it_at_once_and_others_hear_nothing(place):
    with place.listen("amina", "a1") as amina, place.listen("bola", "b1") as bola:
        heard = place.words()
        head = place.write("p1", "t1")
        assert amina.head() == head
        assert place.words() > heard  # by a word, not by the look that comes every second
        assert bola.is_quiet()
        place.write("p1", "t2")  # moves from one to the other: both held it
        assert amina.head() == bola.head() == head + 1


def test_what_a_phone_pushes_through_the_api_pokes_its_colleague_and_not_itself(place):
    token = place.token("amina", "a2")
    with place.listen("amina", "a3") as colleague, place.open(token) as own:
        own.head()
        mutation = {
            "mid": "0192f0c1-0000-7000-8000-000000000001", "lseq": 1, "kind": "person", "id": "pushed", "op": "create",
            "base": 0, "hlc": "1763740800000-0000-a2", "command": None,
            "set": {"team_id": "t1", "given_name": "Bea", "family_name": "Moss", "made_up": True},
        }  # fmt: skip
        body = {"device": "a2", "sent_at": "2026-11-21T09:00:00Z", "schema": 1, "mutations": [mutation]}
        signed = {"Authorization": f"Bearer {token}"}
        answer = httpx.post(f"{place.server.url}/v1/sync/push", json=body, headers=signed).json()
        assert answer["results"][0]["outcome"] == "applied", answer
        assert colleague.head() >= answer["results"][0]["version"]
        assert own.is_quiet()
        assert place.write("p2", "t1") == own.head() == colleague.head()


def test_a_word_that_is_lost_costs_seconds_and_no_more(place):
    with place.listen("amina", "a4") as amina, place.listen("bola", "b4") as bola:
        head = place.write("unheard", "t1", store=place.silent)
        assert amina.head() == head
        assert bola.is_quiet()


def test_changed_grants_are_told_and_count_at_once(place):
    place.add("cara", "t3")
    with place.listen("cara", "c1") as cara:
        place.server.kith("user", "grant", "cara", "--team", "t4")
        cara.head()
        place.write("p3", "t3")
        assert cara.is_quiet()
        head = place.write("p4", "t4")
        assert cara.head() == head


def test_a_lost_phone_is_cut_off_at_once_and_told_to_wipe_itself(place):
    stream = place.listen("amina", "a5")
    token = place.token("amina", "a5")
    place.server.kith("device", "revoke", "a5")
    assert stream.event() is not None
    assert stream.event() is None
    refused = place.open(token)
    assert (refused.status, refused.body()["remedy"]) == (401, "wipe")


def test_nobody_without_a_token_listens(place):
    for token, problem in (("", "not-signed-in"), ("forged", "token-invalid")):
        refused = place.open(token)
        assert refused.status == 401
        assert refused.body()["type"] == f"/problems/{problem}"
        assert "www-authenticate" in refused.headers


def test_a_newer_connection_of_a_phone_replaces_the_older(place):
    token = place.token("bola", "b2")
    with place.open(token) as older, place.open(token) as newer:
        newer.head()
        assert older.retry_ms_at_the_end() == 60_000
        assert newer.is_quiet()


def test_a_phone_that_comes_back_hears_only_what_it_has_missed(place):
    token = place.token("bola", "b3")
    with place.open(token) as stream:
        last = stream.head()
    with place.open(token, str(last)) as stream:
        assert stream.event() == {"retry": "3000"}
        place.write("elsewhere", "t1")
        assert stream.is_quiet()
    head = place.write("here", "t2")
    with place.open(token, str(last)) as stream:
        assert stream.head() == head
    with place.open(token, str(head + 1000)) as stream:  # of a history that was rewound since
        assert stream.head() == head


def test_beyond_the_most_a_phone_is_refused_with_a_pause_and_sync_goes_on(place):
    token = place.token("amina", "a6")
    held = [place.listen("amina", f"full-{number}") for number in range(12)]
    refused = place.open(token)
    assert (refused.status, refused.body()["type"]) == (503, "/problems/live-away")
    assert int(refused.headers["retry-after"]) >= 1
    # One worker with two threads holds none of them.
    signed = {"Authorization": f"Bearer {token}"}
    manifest = httpx.get(f"{place.server.url}/v1/sync/manifest", headers=signed, timeout=5).json()
    assert manifest["live"] == "/v1/sync/live"
    assert place.figures()["kith_live_connections"] == 12
    for stream in held:
        stream.socket.close()
    while place.figures()["kith_live_connections"]:
        time.sleep(0.02)


def test_when_the_live_process_dies_the_api_says_so_and_it_comes_again(place):
    stream = place.listen("amina", "a7")
    token = place.token("amina", "a7")
    os.kill(place.server.live_pid(), signal.SIGKILL)
    assert stream.event() is None
    refused = place.open(token)
    assert (refused.status, refused.body()["type"]) == (503, "/problems/live-away")
    assert int(refused.headers["retry-after"]) >= 1
    head = place.write("meanwhile", "t1")
    place.wait_for_live()
    with place.open(token, str(head - 1)) as again:
        assert again.head() == head
        assert again.reaches(place.write("afterwards", "t1"))


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_lost_connection_to_the_database_is_opened_again(place):
    with place.listen("amina", "a8") as amina:
        with place.silent.engine.begin() as connection:
            found = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN kith_live'")
            assert len(connection.execute(found).all()) >= 1
        head = place.write("without-ears", "t1")
        assert amina.head() == head
        heard, number = place.words(), 0
        while place.words() == heard:  # the first pause before listening anew is half a second
            number += 1
            place.write(f"with-ears-{number}", "t1")
            amina.head()


@pytest.fixture
def own(tmp_path: Path, sqlite_url: str) -> Iterator[Place]:
    """A place that a test starts and ends itself."""
    made = Place(tmp_path / "home", sqlite_url, {"KITH_WORKERS": "1"})
    made.add("amina", "t1")
    yield made
    made.server.stop(signal.SIGKILL)
    made.store.engine.dispose()


def test_a_connection_ends_with_its_token(own):
    own.server.extra = {**own.server.extra, "KITH_ACCESS_SECONDS": "2"}
    own.start()
    with own.listen("amina", "a1") as stream:
        began = time.monotonic()
        assert 0 <= stream.retry_ms_at_the_end() <= 3000
        assert time.monotonic() - began < 4


def test_ctrl_c_sends_phones_away_with_a_hint_and_leaves_nothing_running(own):
    own.start()
    stream, process, live = own.listen("amina", "a1"), own.server.process, own.server.live_pid()
    os.killpg(process.pid, signal.SIGINT)
    assert 1000 <= stream.retry_ms_at_the_end() <= 6000
    assert process.wait(timeout=20) == 0
    assert not Path(f"/proc/{live}").exists()
    assert "Traceback" not in (own.home / "server.log").read_text()


def test_a_server_that_is_killed_takes_its_live_process_with_it(own):
    own.start()
    stream, live = own.listen("amina", "a1"), own.server.live_pid()
    os.kill(own.server.process.pid, signal.SIGKILL)
    assert stream.retry_ms_at_the_end() >= 0
    ends = time.monotonic() + 10
    while Path(f"/proc/{live}").exists() and "Z" not in Path(f"/proc/{live}/stat").read_text():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_live_process_that_hangs_holds_up_a_thread_for_a_second_and_then_none(own):
    own.start()
    token, live = own.token("amina", "a1"), own.server.live_pid()
    os.kill(live, signal.SIGSTOP)
    with socket.create_connection(("127.0.0.1", own.port), timeout=10) as line:
        line.sendall(b"GET /v1/sync/live HTTP/1.1\r\nHost: kith\r\n\r\n")  # lost with the process
        ends = time.monotonic() + 10
        while (refused := _quick(own, token)) != 503:
            assert time.monotonic() < ends, refused
        began = time.monotonic()
        assert [_quick(own, token) for _ in range(10)] == [503] * 10
        assert time.monotonic() - began < 2
    os.kill(live, signal.SIGKILL)


def _quick(own, token):
    """Ask for the stream, as impatient as a test; 0 when nobody answers."""
    try:
        with httpx.stream(
            "GET", f"{own.server.url}/v1/sync/live", headers={"Authorization": f"Bearer {token}"}, timeout=0.5
        ) as answer:
            return answer.status_code
    except httpx.TransportError:
        return 0


def test_it_runs_apart_on_a_port_of_its_own_and_only_once(own):
    import subprocess
    import sys

    port = Place(own.home, own.url).port
    own.server.extra = {**own.server.extra, "KITH_LIVE": "apart", "KITH_LIVE_PORT": str(port)}
    own.server.start()
    assert own.open("").status == 401  # by the API itself, as nobody is there to hand the connection to
    command = [sys.executable, "-m", "kith", "live"]
    with subprocess.Popen(command, env=own.server.environment, stdout=subprocess.PIPE, text=True) as process:
        assert f"http://127.0.0.1:{port}/v1/sync/live" in process.stdout.readline()
        own.wait_for_live()
        health = _until_it_answers(f"http://127.0.0.1:{port}/healthz")
        assert health == {"status": "ok", "connections": 0, "most": 10_000}
        assert "kith_live_connections 0.0" in httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert httpx.get(f"http://127.0.0.1:{port}/nothing").status_code == 404
        assert httpx.post(f"http://127.0.0.1:{port}/v1/sync/live").status_code == 405
        with _behind_a_proxy(port, own.token("amina", "a1")) as stream, own.listen("amina", "a2") as handed:
            assert own.write("p1", "t1") == stream.head() == handed.head()
        second = subprocess.run(command, env=own.server.environment, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "Another live process serves this home" in second.stderr
        process.terminate()
        assert process.wait(timeout=10) == 0


def _behind_a_proxy(port, token):
    from tests.server.live.place import Stream

    stream = Stream(port, token)
    assert (stream.status, stream.headers["x-accel-buffering"]) == (200, "no")
    stream.head()
    return stream


def _until_it_answers(url):
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        try:
            return httpx.get(url).json()
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(url)


def test_a_restored_database_sends_phones_to_ask_again(own):
    own.write("p1", "t1")
    own.server.kith("backup", str(own.home / "copy.db"))
    own.write("p2", "t1")
    own.start()
    with own.listen("amina", "a1") as stream:
        own.server.kith("restore", str(own.home / "copy.db"), "--yes")
        assert stream.retry_ms_at_the_end() >= 1000


def test_a_stranger_at_the_door_is_thrown_out(own):
    own.server.extra = {**own.server.extra, "KITH_LIVE_PORT": str(port := Place(own.home, own.url).port)}
    own.start()
    for said in (b"\x16\x03\x01 not http\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 20_000):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(said)
            assert line.recv(20).startswith(b"HTTP/1.1 400")
