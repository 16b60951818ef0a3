"""Crashes, full disks, two at once, and what is cleared away."""

import errno
import fcntl
import hashlib
import os
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from server.files import disk
from server.files.service import Files
from server.files.sweep import sweep
from server.sync.model import Key
from tests.server.api.house import PERSON, House, slug
from tests.server.files.sender import JPEG, PNG, Sender, furnish

SHA = hashlib.sha256(PNG).hexdigest()


class CrashError(BaseException):
    """The process ends here."""


@pytest.fixture
def mine(house: House) -> Sender:
    house.add()
    furnish(house)
    return Sender(house.phone())


def files(house: House) -> Files:
    return house.services.files


def parts(house: House) -> list[str]:
    return files(house).shelf.parts.ids()


def whole(house: House) -> list[str]:
    return [path.name for path in files(house).shelf.blobs.all()]


STEPS = ["_place", "tell", "uploads.finish", "parts.remove"]


@pytest.mark.parametrize("after", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_crash_at_any_step_of_the_end_is_mended_by_asking_for_the_offset(
    house: House, mine: Sender, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    for number, step in enumerate(STEPS):
        record_id = f"a{number}"
        mine.announce(record_id)
        path = mine.begin(record_id)
        with monkeypatch.context() as patch:
            _crash_at(files(house), step, after, patch)
            with pytest.raises(CrashError):
                mine.patch(path, 0, PNG)
        head = mine.head(path)
        assert (head.status_code, head.headers["Upload-Offset"]) == (200, str(len(PNG))), step
        assert mine.status(record_id) == ("stored", SHA), step
        assert mine.phone.get(f"/v1/files/{record_id}").data == PNG
    sweep(files(house).shelf, files(house).limits, young_s=0)
    assert (parts(house), whole(house)) == ([], [SHA])


def _crash_at(at: Files, step: str, after: bool, patch: pytest.MonkeyPatch) -> None:
    owner, _, name = step.rpartition(".")
    part = type(getattr(at.shelf, owner) if owner else at.shelf)
    real = getattr(part, name)

    def crash(*given: object) -> None:
        if after:
            real(*given)
        raise CrashError

    patch.setattr(part, name, crash)


def test_a_sweep_ends_what_a_crash_left_whole_though_its_phone_never_asks(
    house: House, mine: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    with monkeypatch.context() as patch:
        _crash_at(files(house), "_place", True, patch)
        with pytest.raises(CrashError):
            mine.patch(path, 0, PNG)
    done = sweep(files(house).shelf, files(house).limits)
    assert done.finished == 1
    assert mine.status("a1") == ("stored", SHA)


@pytest.mark.slow
def test_two_who_send_at_once_are_told_apart(house: House, mine: Sender) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    with files(house).shelf.parts.path(path.rsplit("/", 1)[1]).open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = mine.patch(path, 0, PNG)
        assert (answer.status_code, slug(answer)) == (423, "upload-busy")
        assert answer.headers["Retry-After"] == "2"
        assert mine.head(path).status_code == 423
    assert mine.patch(path, 0, PNG).status_code == 204


def test_one_who_sends_waits_for_one_who_only_asks(house: House, mine: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    with files(house).shelf.parts.path(path.rsplit("/", 1)[1]).open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with monkeypatch.context() as patch:
            patch.setattr("server.files.parts.time.sleep", lambda _: fcntl.flock(held, fcntl.LOCK_UN))
            assert mine.patch(path, 0, PNG).status_code == 204


def test_of_two_phones_with_one_record_the_first_to_end_is_the_file(house: House, mine: Sender) -> None:
    house.add("bola")
    other = Sender(house.phone("bola", "phone-2"))
    mine.announce("a1", purpose="photo")
    path, others = mine.begin("a1"), other.begin("a1")
    different = PNG[:-1] + b"!"
    other.patch(others, 0, different[:50])
    assert mine.patch(path, 0, PNG).status_code == 204
    answer = other.patch(others, 50, different[50:])
    assert (answer.status_code, slug(answer)) == (409, "file-already-there")
    assert mine.phone.get("/v1/files/a1").data == PNG
    assert whole(house) == [SHA]


@pytest.mark.slow
def test_many_uploads_of_one_picture_at_once_leave_one_file(house: House, mine: Sender) -> None:
    paths = []
    for number in range(6):
        mine.announce(f"a{number}")
        paths.append(mine.begin(f"a{number}"))
    files(house)._slots = threading.BoundedSemaphore(6)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda at=at: answers.append(mine.patch(at, 0, PNG).status_code)) for at in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [204] * 6
    assert whole(house) == [SHA]
    assert files(house).forget("essex", [f"a{number}" for number in range(6)]) == 1
    assert whole(house) == []


def test_slow_senders_never_take_every_thread(house: House, mine: Sender) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    with files(house).slot(), files(house).slot():
        answer = mine.patch(path, 0, PNG)
        assert (answer.status_code, slug(answer), answer.headers["Retry-After"]) == (503, "busy", "5")
        assert mine.head(path).headers["Upload-Offset"] == "0"
    assert mine.patch(path, 0, PNG).status_code == 204


def test_a_full_disk_has_a_name_and_breaks_nothing(house: House, mine: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    real, left = os.write, [300]

    def write(handle: int, data: bytes) -> int:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = real(handle, bytes(data[: left[0]]))
        left[0] -= count
        return count

    with monkeypatch.context() as patch:
        patch.setattr(disk.os, "write", write)
        answer = mine.patch(path, 0, PNG)
        assert (answer.status_code, slug(answer)) == (507, "no-room")
        assert mine.head(path).headers["Upload-Offset"] == "300"
        assert mine.phone.push(mine.phone.mutation("person", "p9", set=PERSON)).status_code == 200
    assert mine.patch(path, 300, PNG[300:]).status_code == 204
    assert mine.phone.get("/v1/files/a1").data == PNG


def test_a_disk_that_is_nearly_full_takes_no_new_file(house: House, mine: Sender) -> None:
    mine.announce("a1")
    files(house).limits = replace(files(house).limits, reserve_bytes=2**60)
    answer = mine.send("POST", Upload_Length=str(len(PNG)), Upload_Metadata="attachment YTE=")
    assert (answer.status_code, slug(answer)) == (507, "no-room")


def test_a_phone_and_a_programme_have_a_limit(house: House, mine: Sender) -> None:
    size = len(PNG)
    for number in range(4):
        mine.announce(f"a{number}")
    limits = files(house).limits
    files(house).limits = replace(limits, device_bytes=2 * size)
    first = mine.begin("a0")
    mine.begin("a1")
    full = {"Upload_Length": str(size), "Upload_Metadata": "attachment YTI="}
    assert (mine.send("POST", **full).status_code, slug(mine.send("POST", **full))) == (507, "files-full")
    mine.begin("a0")  # instead of the first, which is then over
    assert mine.head(first).status_code == 404
    files(house).limits = replace(limits, tenant_bytes=3 * size)
    mine.begin("a2")
    assert slug(mine.send("POST", **full | {"Upload_Metadata": "attachment YTM="})) == "files-full"


def test_a_sweep_ends_expired_uploads_and_removes_what_nobody_knows(house: House, mine: Sender) -> None:
    mine.announce("a1")
    path = mine.begin("a1")
    mine.patch(path, 0, PNG[:9])
    shelf, limits = files(house).shelf, files(house).limits
    stray = shelf.parts.folder / f"{'0' * 32}.part"
    stray.write_bytes(b"left by a crash")
    lost = shelf.blobs.path("essex", "f" * 64)
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"left by a crash")
    assert sweep(shelf, limits).removed == 0  # too young: they may belong to a request that is under way
    house.clock.go_on(days=8)
    done = sweep(shelf, limits, young_s=0)
    assert (done.expired, done.removed) == (1, 2)
    assert (parts(house), whole(house)) == ([], [])


def test_the_file_of_a_deleted_record_waits_for_its_return_and_then_goes(house: House, mine: Sender) -> None:
    mine.whole("a1")
    shelf, limits = files(house).shelf, replace(files(house).limits, grace=timedelta(days=30))
    house.door().remove([Key("attachment", "a1")])
    assert sweep(shelf, limits).removed == 0
    house.clock.go_on(days=29)
    assert sweep(shelf, limits).removed == 0
    assert whole(house) == [SHA]
    house.clock.go_on(days=2)
    assert sweep(shelf, limits).removed == 1
    assert whole(house) == []


def test_a_record_that_is_back_keeps_its_file(house: House, mine: Sender) -> None:
    mine.whole("a1")
    shelf, limits = files(house).shelf, files(house).limits
    doc = mine.phone.records()["attachment", "a1"]
    house.door().remove([Key("attachment", "a1")])
    sweep(shelf, limits)
    from server.sync.door import Put

    house.write(Put("attachment", "a1", doc))
    sweep(shelf, limits)
    house.clock.go_on(days=31)
    assert sweep(shelf, limits).removed == 0
    mine.phone.sign_in("amina")
    assert mine.phone.get("/v1/files/a1").data == PNG


def test_a_file_that_the_disk_lost_is_asked_for_again(house: House, mine: Sender) -> None:
    mine.whole("a1")
    shelf, limits = files(house).shelf, files(house).limits
    for path in shelf.blobs.all():
        path.unlink()
    assert slug(mine.phone.get("/v1/files/a1")) == "file-awaited"
    assert sweep(shelf, limits).missing == 1
    assert mine.status("a1") == ("awaited", None)
    mine.patch(mine.begin("a1"), 0, PNG)
    assert mine.phone.get("/v1/files/a1").data == PNG


def test_erasing_takes_files_and_what_is_on_its_way_at_once(house: House, mine: Sender) -> None:
    mine.whole("a1")
    mine.announce("a2", JPEG, media_type="image/jpeg")
    path = mine.begin("a2", len(JPEG))
    mine.patch(path, 0, JPEG[:100])
    assert files(house).forget("essex", ["a1", "a2", "never"]) == 1
    assert (parts(house), whole(house)) == ([], [])
    assert mine.head(path).status_code == 404


def test_who_is_forgotten_leaves_no_file_behind(house: House, mine: Sender) -> None:
    mine.whole("a1")
    mine.announce("a2", JPEG, media_type="image/jpeg")
    mine.patch(mine.begin("a2", len(JPEG)), 0, JPEG[:100])
    house.add("root", roles=["administrator"])
    admin = house.phone("root", "desk")
    command = {"name": "erase", "args": {}, "valid_until": None}
    answer = admin.push(admin.mutation("person", "p1", op="command", command=command))
    assert answer.json["results"][0]["outcome"] == "applied"
    assert (parts(house), whole(house)) == ([], [])
    assert slug(mine.phone.get("/v1/files/a1")) == "not-found"


def test_a_sweep_forgets_who_was_forgotten_though_the_server_died_before_it_could(house: House, mine: Sender) -> None:
    mine.whole("a1")
    house.door().erase([Key("person", "p1")])
    assert whole(house) == [SHA]
    assert sweep(files(house).shelf, files(house).limits).removed == 1
    assert whole(house) == []
