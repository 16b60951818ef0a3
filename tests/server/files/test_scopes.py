"""A file goes where its record and its owner go, and nowhere else."""

import hashlib

from server.sync.door import Put
from server.sync.model import Key
from tests.server.api.house import PERSON, House, slug
from tests.server.files.sender import PNG, Sender, attachment, furnish, told

LENGTH = str(len(PNG))
SHA = hashlib.sha256(PNG).hexdigest()


def another(house: House, username: str, device: str, **given: object) -> Sender:
    house.add(username, **given)
    return Sender(house.phone(username, device))


def blobs(house: House) -> list[str]:
    return sorted(path.name for path in house.services.files.shelf.blobs.all())


def begin(sender: Sender, record_id: str) -> tuple[int, str]:
    answer = sender.send("POST", Upload_Length=LENGTH, Upload_Metadata=told(attachment=record_id))
    return answer.status_code, slug(answer)


def test_another_teams_file_is_not_there_for_whoever_asks_however(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    path = mine.whole("a1")
    stranger = another(house, "bola", "phone-2", team_ids=["t2"])
    for address in ("/v1/files/a1", path, "/v1/files/nothing"):
        answer = stranger.phone.get(address)
        assert (answer.status_code, slug(answer)) == (404, "not-found")
    for method in ("HEAD", "PATCH", "DELETE"):
        headers = {"Upload_Offset": "0", "Content_Type": "application/offset+octet-stream"}
        assert stranger.send(method, path, **headers).status_code == 404
    assert begin(stranger, "a1") == begin(stranger, "nothing") == (404, "not-found")


def test_a_colleague_has_the_file_but_an_upload_is_its_devices_alone(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    mine.announce("a1")
    path = mine.begin("a1")
    mine.patch(path, 0, PNG[:100])
    colleague = another(house, "bola", "phone-2")
    assert colleague.head(path).status_code == 404
    assert slug(colleague.patch(path, 100, PNG[100:])) == "not-found"
    mine.patch(path, 100, PNG[100:])
    assert colleague.phone.get("/v1/files/a1").data == PNG
    assert colleague.status("a1") == ("stored", SHA)


def test_a_role_that_may_not_write_records_of_files_may_not_send_any(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    mine.announce("a1")
    path = mine.begin("a1")
    from server.accounts.manage import change_roles
    from server.domain.roles import Facts

    account = house.services.accounts.accounts.by_username("amina")
    assert account is not None
    change_roles(house.services.accounts, account, ["centre"], Facts(team_ids=["t1"]))
    assert begin(mine, "a1") == (404, "not-found")
    assert mine.head(path).status_code == 404


def test_a_file_leaves_with_its_owner_and_comes_back_with_it(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    path = mine.whole("a1")
    consent = {"person_id": "p1", "team_id": "t2"}
    house.write(Put("consent", "c1", consent))
    for address in ("/v1/files/a1", path):
        assert slug(mine.phone.get(address)) == "not-found"
    house.write(Put("consent", "c1", consent | {"team_id": "t1"}))
    assert mine.phone.get("/v1/files/a1").data == PNG
    house.door().remove([Key("consent", "c1")])
    assert slug(mine.phone.get("/v1/files/a1")) == "not-found"


def test_a_file_waits_until_the_record_that_it_belongs_to_is_there(house: House) -> None:
    house.add()
    house.write(Put("person", "p1", PERSON))
    mine = Sender(house.phone())
    made = mine.phone.mutation("attachment", "a1", set=attachment(owner_id="not-yet"))
    assert mine.phone.push(made).json["results"][0]["outcome"] == "deferred"
    assert begin(mine, "a1") == (404, "not-found")
    house.write(Put("consent", "not-yet", {"person_id": "p1", "team_id": "t1"}))
    mine.patch(mine.begin("a1"), 0, PNG)
    assert mine.status("a1") == ("stored", SHA)


def test_equal_files_lie_once_in_a_programme_and_apart_between_two(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    mine.whole("a1")
    assert blobs(house) == [SHA]
    mine.whole("a2")
    assert blobs(house) == [SHA]
    house.add("kent", tenant="kent")
    at = house.services
    from server.sync.door import Door

    door = Door(at.store, "kent", at.rules, at.validate, at.now)
    door.write([Put("person", "p1", PERSON), Put("consent", "c1", {"person_id": "p1", "team_id": "t1"})])
    Sender(house.phone("kent", "phone-k")).whole("a1")
    assert blobs(house) == [SHA, SHA]
    assert house.services.files.forget("essex", ["a1"]) == 0  # another record still has it
    assert mine.phone.get("/v1/files/a2").data == PNG
    assert house.services.files.forget("essex", ["a2"]) == 1
    assert blobs(house) == [SHA]


def test_a_file_that_another_team_has_is_asked_for_byte_by_byte_all_the_same(house: House) -> None:
    house.add()
    furnish(house)
    Sender(house.phone()).whole("a1")
    house.write(Put("person", "p2", PERSON | {"team_id": "t2"}))
    stranger = another(house, "bola", "phone-2", team_ids=["t2"])
    stranger.announce("b1", person_id="p2", team_id="t2", owner_kind="person", owner_id="p2")
    path = stranger.begin("b1")
    assert stranger.head(path).headers["Upload-Offset"] == "0"
    first = stranger.patch(path, 0, PNG[:-1])
    assert first.headers["Upload-Offset"] == str(len(PNG) - 1)
    assert stranger.status("b1") == ("awaited", None)
    last = stranger.patch(path, len(PNG) - 1, PNG[-1:])
    assert last.status_code == 204
    answer = stranger.phone.get("/v1/files/b1")
    assert answer.data == PNG
    assert "Last-Modified" not in answer.headers


def test_files_are_closed_to_other_users_of_the_machine(house: House) -> None:
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    mine.announce("a2")
    mine.patch(mine.begin("a2"), 0, PNG[:9])
    mine.whole("a1")
    folder = house.services.files.shelf.parts.folder.parent
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")] if path.is_dir()} == {0o700}


def test_the_name_of_a_file_is_in_no_log_and_forgotten_once_the_file_is_there(house: House, caplog) -> None:
    caplog.set_level("DEBUG")
    house.add()
    furnish(house)
    mine = Sender(house.phone())
    mine.announce("a1")
    named = told(attachment="a1", filename="Ada Quill signs.png")
    answer = mine.send("POST", Upload_Length=LENGTH, Upload_Metadata=named)
    path = answer.headers["Location"]
    mine.patch(path, 0, PNG)
    assert "Upload-Metadata" not in mine.head(path).headers
    said = " ".join(str(record.__dict__) for record in caplog.records)
    assert "/v1/files" in said
    assert "Ada" not in said
    assert named.split(",")[1] not in said
    assert path.rsplit("/", 1)[1] not in said


def test_who_was_given_a_file_is_in_the_audit_and_who_was_refused_is_not(house: House) -> None:
    house.add()
    furnish(house)
    path = Sender(house.phone()).whole("a1")
    reader = another(house, "bola", "phone-2")
    reader.phone.get(path)
    reader.phone.get("/v1/files/a1")
    reader.send("HEAD", "/v1/files/a1", Tus_Resumable=None)
    another(house, "chi", "phone-3", team_ids=["t2"]).phone.get("/v1/files/a1")
    house.services.reads.write()
    with house.services.store.read("essex") as view:
        seen = [(one.device, one.count) for one in view.seen(Key("attachment", "a1")) if one.what == "file"]
    assert seen == [("phone-2", 2)]
