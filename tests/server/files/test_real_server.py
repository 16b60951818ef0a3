"""Files into the server as it really runs: the plug pulled in mid request, a line cut at any byte, a backup."""

import signal
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.api.test_real_server import PERSON, Pusher, add_user
from tests.server.files.sender import BYTES, TUS, attachment, told
from tests.system.server import Server, free_port

pytestmark = pytest.mark.slow

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8000  # 2 MB


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[tuple[Server, Pusher]]:
    """A server and a phone whose records of a person and a photo have been pushed."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = Server(home, free_port())
    server.kith("migrate")
    server.kith("tenant", "add", "essex")
    server.start()
    add_user(server, "amina")
    phone = Pusher(server.url, "amina", "phone-1")
    phone.sign_in()
    photo = attachment(PHOTO, owner_kind="person", owner_id="p1", purpose="photo")
    for kind, record_id, doc in (("person", "p1", PERSON), ("attachment", "a1", photo)):
        hlc = f"{time.time_ns() // 1_000_000:013d}-0000-phone-1"
        made = {"mid": str(uuid.uuid4()), "lseq": next(phone.numbers), "kind": kind, "id": record_id, "op": "create"}
        phone.outbox.append(made | {"base": 0, "set": doc, "hlc": hlc, "command": None})
    assert [one["outcome"] for one in phone.push()] == ["applied", "applied"]
    yield server, phone
    server.stop()


def begin(phone: Pusher) -> str:
    headers = TUS | {"Upload-Length": str(len(PHOTO)), "Upload-Metadata": told(attachment="a1")}
    answer = phone.client.post(f"{phone.url}/v1/files", headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def offset(phone: Pusher, path: str) -> int:
    answer = phone.client.head(phone.url + path, headers=TUS)
    while answer.status_code == 423:  # the request that was cut is being put down
        answer = phone.client.head(phone.url + path, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def start(server: Server, phone: Pusher, path: str, at: int, count: int) -> socket.socket:
    """Begin a request for the rest of the file and send only `count` bytes of it."""
    headers = TUS | BYTES | {"Upload-Offset": str(at), "Content-Length": str(len(PHOTO) - at), "Host": "kith"}
    headers["Authorization"] = phone.client.headers["Authorization"]
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.sendall(f"PATCH {path} HTTP/1.1\r\n{lines}\r\n".encode() + PHOTO[at : at + count])
    return connection


def arrived(server: Server, path: str) -> int:
    part = server.home / "files" / "parts" / f"{path.rsplit('/', 1)[1]}.part"
    return part.stat().st_size


def wait_for(server: Server, path: str, size: int) -> None:
    deadline = time.monotonic() + 60
    while arrived(server, path) < size:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_server_killed_in_mid_request_goes_on_from_what_is_on_its_disk(phone):
    server, pusher = phone
    path, at = begin(pusher), 0
    for count in (300_001, 500_007):
        connection = start(server, pusher, path, at, count)
        wait_for(server, path, at + count - 64 * 1024)
        server.stop(signal.SIGKILL)
        connection.close()
        server.start()
        kept = offset(pusher, path)
        assert at + count - 64 * 1024 <= kept <= at + count
        assert kept == arrived(server, path)
        at = kept
    headers = TUS | BYTES | {"Upload-Offset": str(at)}
    assert pusher.client.patch(pusher.url + path, content=PHOTO[at:], headers=headers).status_code == 204
    assert pusher.client.get(f"{pusher.url}/v1/files/a1").content == PHOTO


def test_a_line_cut_at_any_byte_costs_nothing_that_had_arrived(phone):
    server, pusher = phone
    path, at = begin(pusher), 0
    for count in (1, 7, 8_191, 16_384, 16_385, 100_003):
        start(server, pusher, path, at, count).close()
        at += count
        wait_for(server, path, at)
        assert offset(pusher, path) == at
    body = (PHOTO[place : place + 50_000] for place in range(at, len(PHOTO), 50_000))  # chunked, without a length
    headers = TUS | BYTES | {"Upload-Offset": str(at)}
    assert pusher.client.patch(pusher.url + path, content=body, headers=headers).status_code == 204
    assert pusher.client.get(f"{pusher.url}/v1/files/a1").content == PHOTO


def test_files_survive_a_backup_and_a_restore(phone, tmp_path):
    server, pusher = phone
    path = begin(pusher)
    headers = TUS | BYTES | {"Upload-Offset": "0"}
    assert pusher.client.patch(pusher.url + path, content=PHOTO, headers=headers).status_code == 204
    said = server.kith("backup", str(tmp_path / "copy.db"))
    assert "1 signatures and photos are in copy.db.files.tar" in said
    for whole in (server.home / "files" / "whole").glob("*/*/*"):
        whole.unlink()
    assert pusher.client.get(f"{pusher.url}/v1/files/a1").json()["type"] == "/problems/file-awaited"
    server.kith("restore", str(tmp_path / "copy.db"), "--yes")
    assert pusher.client.get(f"{pusher.url}/v1/files/a1").content == PHOTO
    assert "essex" in server.kith("files", "list")
    assert "0 files removed, 0 missing" in server.kith("files", "sweep")


def test_the_log_of_the_server_names_no_file_and_no_upload(phone):
    server, pusher = phone
    path = begin(pusher)
    assert offset(pusher, path) == 0
    assert httpx.get(f"{pusher.url}/v1/files/a1").status_code == 401
    log = (server.home / "server.log").read_text()
    assert "/v1/files/<file_id>" in log
    assert path.rsplit("/", 1)[1] not in log
