"""Workers that die at the worst moment, clocks that go back, and two servers on one file."""

import threading

import httpx
import pytest

from tests.faults.phones import MARKER, Phone, all_there_once, nothing_personal
from tests.system.server import Server, free_port

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_a_worker_killed_between_the_last_savepoint_and_the_commit_leaves_nothing_by_half(
    database, make_server, request
):
    server = make_server(request.getfixturevalue(database), faulty=True)
    phone = Phone(server.url).sign_in()
    phone.create(3)
    phone.push_until_done()
    before = phone.pull()
    for _ in range(3):
        phone.create(5)
        (server.home / "die").touch()
        with pytest.raises(httpx.TransportError):
            phone.push()
        assert not (server.home / "die").exists()
        assert phone.pull() == before
        phone.push_until_done()
        before = phone.pull()
    assert {one["outcome"] for one in phone.acked.values()} == {"applied"}
    all_there_once(phone)
    nothing_personal(server, phone)


def test_a_server_whose_clock_steps_back_an_hour_changes_no_winner_no_receipt_and_no_sign_in(make_server):
    server = make_server(faulty=True)
    one, two = (Phone(server.url, device=f"phone-{name}").sign_in() for name in "ab")
    record = one.create()[0]
    one.push_until_done()
    version = next(iter(one.acked.values()))["version"]
    first = [one.edit("person", record, base=version, set={"what_matters": f"{MARKER} one"})]
    one.push_until_done()
    two.edit("person", record, base=version, set={"what_matters": f"{MARKER} two"})
    two.push_until_done()
    receipts, stood = dict(one.acked), _text(one, record)

    (server.home / "offset_s").write_text("-3600")
    one.outbox = first
    one.push_until_done()  # the receipt is held against the first
    assert one.acked == receipts
    assert _text(one, record) == stood
    again = one.client.post(f"{server.url}/v1/refresh", json={"refresh_token": one.session["refresh_token"]})
    one.client.headers["Authorization"] = f"Bearer {again.raise_for_status().json()['access_token']}"

    one.edit("person", record, base=one.pull()[record], set={"what_matters": f"{MARKER} three"})
    one.push_until_done()
    one.edit("person", record, base=0, set={"what_matters": f"{MARKER} four"})  # its own edits never meet
    one.push_until_done()
    assert [receipt["outcome"] for receipt in one.acked.values()][-2:] == ["applied", "applied"]
    assert _text(two, record) == f"{MARKER} four"
    assert [receipt["version"] for receipt in one.acked.values()] == sorted(
        receipt["version"] for receipt in one.acked.values()
    )
    nothing_personal(server, one, two)


def _text(phone: Phone, record: str) -> str:
    page = phone.client.post(f"{phone.url}/v1/sync/pull", json={"cursor": None, "schema": 3}).json()
    return next(row["d"]["what_matters"] for row in page["rows"] if row["i"] == record)


def test_two_servers_on_one_sqlite_file_lose_nothing_and_number_in_the_order_of_commits(make_server):
    first = make_server()
    second = Server(first.home, free_port(), extra=first.extra).start()
    try:
        phones = [Phone(server.url, device=f"phone-{server.port}-{n}").sign_in()
                  for server in (first, second) for n in range(2)]  # fmt: skip
        watcher, seen, stop = Phone(second.url, device="watcher").sign_in(), {}, threading.Event()
        threads = [threading.Thread(target=phone.go_on_until, args=[stop]) for phone in phones]
        for thread in threads:
            thread.start()
        cursor = None
        while min(len(phone.acked) for phone in phones) < 40:
            cursor = _follow(watcher, cursor, seen)
        stop.set()
        for thread in threads:
            thread.join()
        _follow(watcher, cursor, seen)
        all_there_once(*phones)
        assert seen == watcher.pull(), "what a follower saw page by page is what is there"
        nothing_personal(first, *phones)
        nothing_personal(second, watcher)
    finally:
        second.stop()


def _follow(watcher: Phone, cursor, seen):
    """Pull to the head; no row may come with a number below one that was already passed."""
    more = True
    while more:
        body = {"cursor": cursor, "schema": 3}
        page = watcher.client.post(f"{watcher.url}/v1/sync/pull", json=body).raise_for_status().json()
        if cursor is not None:
            assert not [row for row in page["rows"] if row["i"] in seen], "a row came twice"
        seen |= {row["i"]: row["v"] for row in page["rows"] if row["k"] == "person"}
        cursor, more = page["cursor"], page["more"]
    return cursor
