"""What a sync without news costs on the wire: a real browser, TLS and HTTP/2, every byte counted."""

from pathlib import Path

import pytest

from tests.system import people
from tests.system.conftest import need
from tests.system.phone import find_chromium, phones
from tests.system.server import Server
from tests.system.wire import FLAGS, wire

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MOST_BYTES = 400
ROUNDS = 3


def test_a_sync_without_news_costs_at_most_400_bytes_both_ways(server: Server, tmp_path: Path) -> None:
    need(find_chromium() is not None, "Chromium")
    account = server.sign_ins()["volunteer"]
    costs, asked = [], []
    with wire(server, tmp_path) as line, phones(tmp_path / "phones", line.url, FLAGS) as shop:
        page = people.sign_in(shop.new("quiet"), account["username"], account["password"])
        people.sync_now(page)
        page.on("request", lambda request: asked.append(request.url.removeprefix(line.url)))
        for _ in range(ROUNDS):
            before = line.count()
            people.sync_now(page)
            page.wait_for_timeout(300)  # an acknowledgement of HTTP/2 may follow
            costs.append(sum(line.count()) - sum(before))
    assert set(asked) == {"/v1/sync/manifest"}
    assert max(costs) <= MOST_BYTES, costs
    print(f"bytes of a sync without news, there and back: {costs}")
