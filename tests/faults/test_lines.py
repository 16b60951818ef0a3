"""What stands between a phone and the server: proxies that repeat and cut, clients that hold on and flood."""

import base64
import hashlib
import re
import socket

import httpx
import pytest

from tests.faults.phones import MARKER, PERSON, Phone, all_there_once, named_problem, nothing_personal
from tests.faults.proxies import Repeating, Truncating, proxy

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 56
#: What differs between two servers anyway: tokens, cursors, epochs, moments, and names made by chance.
PASSING = re.compile(
    r'"(access_token|refresh_token|access_expires_at|cursor|epoch|server_time|clock|enrolled_at|last_seen_at|'
    r'revoked_at|clock_offset_ms|poll_after_s|sha256|bytes|received_at|account_id)": ?("[^"]*"|-?\d+|null)'
)
STAMPS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\b[0-9a-f]{32}\b|[0-9a-f-]{36}|\b[ac]-[0-9a-f]+")


def conversation(url: str) -> list[tuple[str, int, str]]:
    """Use everything that a phone uses, and write down what was answered."""
    told: list[tuple[str, int, str]] = []
    phones = [Phone(url, device=f"phone-{name}").sign_in() for name in "ab"]

    def say(phone: Phone, method: str, path: str, **options) -> httpx.Response:
        answer = phone.client.request(method, url + path, **options)
        text = answer.text if "json" in answer.headers.get("Content-Type", "") else ""
        told.append((f"{method} {path}", answer.status_code, STAMPS.sub("·", PASSING.sub(r'"\1":·', text))))
        return answer

    def push(phone: Phone, *edits: dict) -> None:
        for edit in edits:
            phone.edit("person", **edit)
        body = phone.body()
        phone.outbox = []
        say(phone, "POST", "/v1/sync/push", json=body)

    one, two = phones
    push(one, {"record_id": "p1", "op": "create", "set": PERSON}, {"record_id": "p2", "op": "create", "set": PERSON})
    base = one.pull()["p1"]
    push(one, {"record_id": "p1", "base": base, "set": {"given_name": f"{MARKER} A"}})
    push(two, {"record_id": "p1", "base": base, "set": {"given_name": f"{MARKER} B", "max_km": 3}})
    push(two, {"record_id": "p2", "op": "delete", "base": base + 1}, {"record_id": "p9", "base": 0, "set": {"x": 1}})
    for phone in phones:
        page = say(phone, "POST", "/v1/sync/pull", json={"cursor": None, "schema": 3}).json()
        say(phone, "POST", "/v1/sync/verify", json={"cursor": page["cursor"], "scopes": {}})
        say(phone, "GET", "/v1/sync/manifest")
    two.edit("person", "p3", op="create", set=PERSON)
    body = {"push": two.body(), "pull": {"cursor": page["cursor"], "schema": 3}}
    two.outbox = []
    say(two, "POST", "/v1/sync", json=body)
    for path in ("/v1/conflicts", "/v1/quarantine", "/v1/devices", "/v1/models/current", "/v1/sync/snapshots"):
        say(one, "GET", path)
    token = {"refresh_token": one.session["refresh_token"]}
    renewed = say(one, "POST", "/v1/refresh", json=token).json()
    one.client.headers["Authorization"] = f"Bearer {renewed['access_token']}"
    say(one, "DELETE", "/v1/devices/phone-b")
    assert say(two, "GET", "/v1/sync/manifest").json()["remedy"] == "wipe"
    say(one, "POST", "/v1/sync/pull", json={"cursor": None, "schema": 3})
    send_file(one, url)
    say(one, "GET", "/v1/files/walked-0")
    say(one, "POST", "/v1/sign-out")
    return told


def send_file(phone: Phone, url: str) -> None:
    """Send a file as tus clients do: after a refused offset they ask where it goes on."""
    tus = {"Tus-Resumable": "1.0.0"}
    named = {"Upload-Length": "64", "Upload-Metadata": f"attachment {base64.b64encode(b'walked-0').decode()}"}
    begun = phone.client.post(f"{url}/v1/files", headers=tus | named)
    assert begun.status_code == 201, begun.text
    address, offset = url + begun.headers["Location"], 0
    while offset < len(PNG):
        piece = PNG[offset : offset + 40]
        checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        headers["Upload-Checksum"] = f"sha256 {checksum}"
        answer = phone.client.patch(address, headers=tus | headers, content=piece)
        assert answer.status_code in (204, 409), answer.text
        offset = int(phone.client.head(address, headers=tus).headers["Upload-Offset"])


def test_a_proxy_that_repeats_every_request_changes_no_state_and_no_answer(make_server):
    plain, repeated = make_server(), make_server()
    expected = conversation(plain.url)
    with proxy(Repeating, repeated.url) as url:
        assert conversation(url) == expected
    states = [Phone(server.url, device="reader").sign_in().pull() for server in (plain, repeated)]
    assert states[0] == states[1]
    nothing_personal(repeated)


def test_a_proxy_that_truncates_bodies_changes_nothing_and_the_same_push_goes_through_without_it(make_server):
    server = make_server()
    phone = Phone(server.url).sign_in()
    before = phone.pull()
    phone.create(20)
    with proxy(Truncating, server.url) as phone.url:
        assert named_problem(phone.push(), 400) == "malformed-json"
    phone.url = server.url
    raw = phone.client.build_request("POST", f"{phone.url}/v1/sync/push", json=phone.body())
    for part in (0, 10, len(raw.content) // 2, len(raw.content) - 1):  # said to be longer than what comes
        _cut(server.port, raw, part)
    assert phone.pull() == before
    phone.push_until_done()
    all_there_once(phone)
    nothing_personal(server, phone)
    assert '"level":"error"' not in (server.home / "server.log").read_text()


def _cut(port: int, request: httpx.Request, part: int) -> None:
    head = f"POST {request.url.path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in request.headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head.encode() + b"\r\n" + request.content[:part])
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(65_536)
    assert not answer.startswith(b"HTTP/1.1 200")


def test_bodies_that_are_chunked_wrongly_break_off_or_fall_silent_are_unreadable_and_no_fault(make_server):
    server = make_server()
    phone = Phone(server.url).sign_in()
    phone.create(1)
    raw = phone.client.build_request("POST", f"{phone.url}/v1/sync/push", json=phone.body())
    head = [f"{name}: {value}" for name, value in raw.headers.items() if name.lower() != "content-length"]
    whole = b"%x\r\n%s\r\n0\r\n\r\n" % (len(raw.content), raw.content)
    cut, ended = ({"Content-Length": "1000"}, raw.content[:20]), ({"Transfer-Encoding": "chunked"}, whole[:40])
    wrong = [b"zz\r\nabc\r\n0\r\n\r\n", b"-5\r\nabcde\r\n0\r\n\r\n", b"5\r\nabcdeXX0\r\n\r\n", raw.content + b"\r\n"]
    wrong += [b"f" * 20 + b"\r\nabc", b"5;\x00\r\nabcde\r\n", b"0\r\nbad trailer\r\n\r\n"]
    lines = [_sent(server.port, head, each) for each in (cut, ended)]  # they fall silent together
    for body in wrong:
        lines.append(_sent(server.port, head, ({"Transfer-Encoding": "chunked"}, body)))
        if body.startswith((b"5;", b"f")):
            lines[-1].shutdown(socket.SHUT_WR)
    for line in lines:
        with line:
            answer = _until_the_end(line)
            assert answer == b"" or b"/problems/unreadable-body" in answer, answer
            assert answer.count(b"HTTP/1.1 ") <= 1, "the rest was read as a request"
    assert '"level":"error"' not in (server.home / "server.log").read_text()
    assert "Error" not in (server.home / "server.log").read_text()
    phone.push_until_done()
    all_there_once(phone)


def _until_the_end(line: socket.socket) -> bytes:
    """Read all that the server says before it closes the line; an answer may come in several pieces."""
    said = b""
    while piece := line.recv(65_536):
        said += piece
    return said


def _sent(port: int, head: list[str], request: tuple[dict[str, str], bytes]) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    said = [*head, *(f"{name}: {value}" for name, value in request[0].items())]
    line.sendall("\r\n".join(["POST /v1/sync/push HTTP/1.1", *said, "", ""]).encode() + request[1])
    return line


def test_clients_that_stop_in_mid_request_say_nothing_or_send_headers_without_end_do_not_stop_others(make_server):
    server = make_server(KITH_WORKERS="1", KITH_THREADS="4")
    phone = Phone(server.url).sign_in()
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    for flood in (b"X-Flood: 1\r\n" * 5_000, b"X-Long: " + b"x" * 1_000_000 + b"\r\n", b"GET " + b"/" * 100_000):
        assert _flooded(server.port, flood) in (b"", b"400", b"414", b"431")
    stopped = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(6)]  # more than there are threads
    for number, line in enumerate(stopped):
        head = b"POST /v1/sync/push HTTP/1.1\r\nHost: kith\r\nX-Name: " + MARKER.encode()
        line.sendall(head if number % 2 else head + b"\r\nContent-Length: 100\r\n\r\n{")
    phone.create(5)
    phone.push_until_done()
    all_there_once(phone)
    for line in (*stopped, *idle):
        line.close()
    nothing_personal(server, phone)
    assert '"level":"error"' not in (server.home / "server.log").read_text()


def _flooded(port: int, flood: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        try:
            line.sendall(b"" if flood.startswith(b"GET") else b"GET /healthz HTTP/1.1\r\nHost: kith\r\n")
            line.sendall(flood + b"\r\n")
            return line.recv(65_536).split(b" ")[1]
        except (ConnectionError, IndexError):
            return b""
