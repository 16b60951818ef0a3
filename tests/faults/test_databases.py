"""Databases that fill up, go away and come back under a running server."""

import os
import resource
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.storage.migrate import upgrade
from tests.conftest import Cluster, _as_owner, _programs
from tests.faults.phones import Phone, all_there_once, named_problem, nothing_personal
from tests.system.server import Server, free_port

pytestmark = pytest.mark.slow


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a disk of 8 MB, where that is allowed."""
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    )
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=False)


def limit_files(server: Server, most: int) -> None:
    """Let no process of the server write beyond `most` bytes of a file; -1 for no limit."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = os.getpgid(int(folder.name)) == server.process.pid
        except OSError:
            continue
        if mine:
            hard = resource.prlimit(int(folder.name), resource.RLIMIT_FSIZE)[1]
            resource.prlimit(int(folder.name), resource.RLIMIT_FSIZE, (most if most >= 0 else hard, hard))


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast


def test_a_full_disk_is_told_and_nothing_is_half_written_and_it_goes_on_when_there_is_room(tmp_path, make_server):
    with small_disk(tmp_path / "disk") as mounted:
        server = make_server(f"sqlite:///{tmp_path / 'disk' / 'kith.db'}")
        phone = Phone(server.url).sign_in()
        phone.create(10)
        phone.push_until_done()
        before = phone.pull()
        ballast = fill(tmp_path / "disk") if mounted else None
        if not mounted:
            limit_files(server, 4096)
        phone.create(200)
        for _ in range(3):
            assert named_problem(phone.push(), 503, 507) == ("no-room" if mounted else "busy")
        assert phone.pull() == before, "reading goes on, and nothing is there by half"
        ballast.unlink() if ballast else limit_files(server, -1)
        phone.push_until_done()
        assert {one["outcome"] for one in phone.acked.values()} == {"applied"}
        all_there_once(phone)
        nothing_personal(server, phone)
        server.stop()


def test_a_read_only_disk_is_told_and_it_goes_on_when_it_may_be_written_again(tmp_path, make_server):
    with small_disk(tmp_path / "disk") as mounted:
        if not mounted:
            pytest.skip("nobody but root makes a disk read-only")
        server = make_server(f"sqlite:///{tmp_path / 'disk' / 'kith.db'}")
        phone = Phone(server.url).sign_in()
        phone.create(10)
        phone.push_until_done()
        phone.create(10)
        begin_again(server, tmp_path / "disk", "ro")
        for answer in (phone.push(), phone.ask_to_sign_in()):
            assert named_problem(answer, 503) == "busy"
        begin_again(server, tmp_path / "disk", "rw")
        phone.push_until_done()
        all_there_once(phone)
        nothing_personal(server, phone)
        server.stop()


def begin_again(server: Server, disk: Path, how: str) -> None:
    """Start the server anew on a disk that may be written (rw) or not (ro); it cannot be told so under open files."""
    server.stop()
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)
    server.start()


@dataclass
class Own:
    """A PostgreSQL of this file's own, which may be stopped."""

    folder: Path
    port: int

    def control(self, *what: str) -> None:
        # Commits wait for the system (no synchronous_commit=off): PostgreSQL dies here, the system does not.
        settings = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off "
            "-c full_page_writes=off -c shared_buffers=32MB"
        )
        _as_owner([_programs() / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-o", settings,
                   "-w", *what])  # fmt: skip


@pytest.fixture(scope="module")
def own(cluster: Cluster) -> Iterator[Own]:  # cluster : says whether PostgreSQL is there at all
    folder = Path(tempfile.mkdtemp(prefix="kith-fault-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    mine = Own(folder, free_port())
    init = ["-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    _as_owner([_programs() / "initdb", "-D", folder / "data", *init])
    mine.control("start")
    running = Cluster(mine.port, iter(range(100)))
    running.run("CREATE DATABASE migrated")
    upgrade(running.url("migrated"))
    try:
        yield mine
    finally:
        mine.control("-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def served(own: Own, make_server):
    with Cluster(own.port, iter([free_port()])).database() as url:
        yield make_server(url)


def test_a_database_that_is_gone_is_told_with_when_to_come_back_and_everything_is_there_once(own, served):
    phone = Phone(served.url).sign_in()
    phone.create(5)
    phone.push_until_done()
    own.control("-m", "fast", "stop")
    phone.create(5)
    assert named_problem(phone.push(), 503) == "busy"
    pull = phone.client.post(f"{served.url}/v1/sync/pull", json={"cursor": None})
    assert named_problem(pull, 503) == "busy"
    phone.refused.append(pull)
    own.control("start")
    phone.push_until_done()
    all_there_once(phone)
    nothing_personal(served, phone)


def test_a_database_that_is_restarted_in_mid_push_loses_nothing_and_doubles_nothing(own, served):
    phones = [Phone(served.url, device=f"phone-{number}").sign_in() for number in range(3)]
    stop = threading.Event()
    threads = [threading.Thread(target=phone.go_on_until, args=[stop]) for phone in phones]
    for thread in threads:
        thread.start()
    for _ in range(2):
        before = sum(len(phone.acked) for phone in phones)
        while sum(len(phone.acked) for phone in phones) < before + 20:
            threads[0].join(0.01)
        own.control("-m", "immediate", "restart")
    stop.set()
    for thread in threads:
        thread.join()
    for answer in (answer for phone in phones for answer in phone.refused):
        named_problem(answer, 503)
    all_there_once(*phones)
    nothing_personal(served, *phones)
