"""Requests, sockets and the child process, each by itself."""

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from server.child import TAKEN, Child
from server.live.asked import Asked, packed, unpacked
from server.live.hand_over import hand_over
from server.live.http import Doorstep, asked_by, path_of, refusal
from server.live.paths import bound, heard, is_ours
from server.live.tell import Datagrams
from server.live.word import Word
from server.live.word import unpacked as word_from


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", None), ("", None), ("Bearer ", None)],
)
def test_only_a_bearer_token_is_a_token(header, token):
    assert Asked(header).token == token


@pytest.mark.parametrize(
    ("said", "seq"), [("42", 42), ("", None), ("-1", None), ("4²", None), ("9" * 30, None), ("x", None)]
)
def test_the_last_event_is_a_number_or_nothing(said, seq):
    assert Asked("", said).last_seq == seq


def test_a_request_travels_whole_and_anything_else_is_refused():
    assert unpacked(packed(Asked("Bearer abc", "7"))) == Asked("Bearer abc", "7")
    for text in (b"[]", b'["a"]', b"[1, 2]", b"nonsense"):
        with pytest.raises(ValueError, match=r"."):
            unpacked(text)


def test_a_head_that_comes_in_pieces_is_read_when_it_is_whole():
    door = Doorstep()
    assert door.read(b"GET /v1/sync/live?x=1 HTTP/1.1\r\nHost: kith\r\nAuthoriz") is None
    request = door.read(b"ation: Bearer abc\r\nLast-Event-ID: 9\r\n\r\n")
    assert (path_of(request), asked_by(request)) == ("/v1/sync/live", Asked("Bearer abc", "9"))


def test_a_refusal_is_a_problem_that_says_when_to_come_back():
    head, _, body = refusal("live-away", 7.4).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n")
    assert b"\r\nRetry-After: 7\r\n" in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert b'"remedy":"wait"' in body


def deep(folder: Path) -> Path:
    """A path that is too long to be the address of a Unix socket as it stands."""
    made = folder / ("d" * 60) / ("e" * 60)
    made.mkdir(parents=True)
    return made


def test_sockets_are_their_owners_alone_and_reachable_however_deep_they_lie(tmp_path):
    path = deep(tmp_path) / "live-words.sock"
    with bound(path, socket.SOCK_DGRAM) as ear:
        assert path.stat().st_mode & 0o777 == 0o600
        Datagrams(path)("essex", 3, frozenset({"t1"}))
        assert word_from(heard(ear, 8000)) == Word("essex", 3, frozenset({"t1"}))
        assert heard(ear, 8000) is None


def test_a_socket_that_an_ended_process_left_behind_is_replaced(tmp_path):
    path = tmp_path / "live-words.sock"
    bound(path, socket.SOCK_DGRAM).close()
    with bound(path, socket.SOCK_DGRAM) as ear:
        Datagrams(path)("essex", 3, frozenset())
        assert heard(ear, 8000) is not None


def test_telling_never_waits_and_never_fails(tmp_path):
    path = tmp_path / "live-words.sock"
    tell = Datagrams(path)
    tell("essex", 1, frozenset())  # nobody has ever listened
    with bound(path, socket.SOCK_DGRAM) as ear:
        for number in range(5000):
            tell("essex", number, frozenset({"t1"}))  # nobody reads
        assert heard(ear, 8000) is not None
    tell("essex", 2, frozenset())  # nobody listens any more


def test_strangers_are_not_ours():
    assert is_ours(os.geteuid())
    assert not is_ours(os.geteuid() + 12345)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a stranger")
def test_a_strangers_datagram_is_not_heard_even_where_the_file_lets_it_in(tmp_path):
    path = tmp_path / "live-words.sock"
    tmp_path.chmod(0o755)
    with bound(path, socket.SOCK_DGRAM) as ear:
        path.chmod(0o666)
        child = os.fork()
        if child == 0:
            os.setgid(65534)
            os.setuid(65534)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                try:
                    line.sendto(b'["essex", 1, []]', str(path))
                finally:
                    os._exit(0)
        os.waitpid(child, 0)
        assert heard(ear, 8000) in (b"", None)  # None: the folders above keep strangers out already


def test_handing_over_to_nobody_says_so(tmp_path):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert hand_over(tmp_path / "live.sock", ours, Asked("Bearer abc")) is False
        ours.sendall(b"still mine")
        assert theirs.recv(100) == b"still mine"


def test_ctrl_c_does_not_reach_the_live_process_however_young_it_is():
    child = Child(lambda pid: None, (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGINT)"))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    child.keep_up()
    assert child.process.wait() == 0
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


def test_that_another_live_process_serves_the_home_is_said_once_with_what_to_do(caplog):
    now = [100.0]
    child = Child(lambda pid: None, (sys.executable, "-c", f"raise SystemExit({TAKEN})"), clock=lambda: now[0])
    for _ in range(4):
        child.keep_up()
        if child.process is not None:
            child.process.wait()
        now[0] += 31
    (told,) = caplog.messages
    assert "another live process serves this home" in told
    assert "KITH_LIVE=apart" in told


def test_what_a_child_ended_with_is_heard_before_its_parent_buries_all_children(caplog):
    child = Child(lambda pid: None, (sys.executable, "-c", f"raise SystemExit({TAKEN})"))
    child.keep_up()
    number = child.process.pid
    os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)
    child.heed()
    with pytest.raises(ChildProcessError):
        os.waitpid(number, 0)
    child.keep_up()
    assert "another live process serves this home" in caplog.text


def test_a_child_that_dies_is_buried_and_comes_again_and_after_the_end_it_does_not():
    buried: list[int] = []
    times = iter([100.0, 120.0, 121.0, 122.0, 122.0])
    child = Child(buried.append, (sys.executable, "-c", "pass"), clock=lambda: next(times))
    child.keep_up()
    first = child.process
    first.wait()
    child.keep_up()  # buried at 120, not yet started again
    assert (buried, child.process) == ([first.pid], None)
    child.keep_up()  # 121: a second later
    second = child.process
    assert second is not None
    assert second.pid != first.pid
    second.wait()
    child.end()
    child.keep_up()
    assert child.process is None


def test_figures_are_told_while_a_process_that_is_just_starting_has_none(tmp_path, monkeypatch):
    from server.api.metrics import _figures

    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    (tmp_path / "counter_1234.db").touch()
    assert _figures().status_code == 200
