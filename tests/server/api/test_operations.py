import json
import logging
import re
from pathlib import Path

from mobile_contract.problems import PROBLEMS, Remedy
from mobile_contract.wire.base import REMEDIES
from server.log import JsonFormatter
from tests.server.api.house import PERSON, make_house, slug

ROOT = Path(__file__).resolve().parents[3]
#: How the code names a problem: as the first argument of one of these, over a line break or not.
CALLS = r"""(?:rejected|refuse|Problem|ProblemError|AccountError|PackError)\(\s*(?:mutation, )?["']([a-z-]+)["']"""


def test_the_process_says_that_it_lives(house):
    assert house.client.get("/healthz").json == {"status": "ok"}


def test_a_migrated_database_is_ready(any_house):
    assert any_house.client.get("/readyz").json == {"status": "ready"}


def test_a_database_without_migrations_is_not_ready_and_says_how_to_mend_it(tmp_path):
    answer = make_house(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}").client.get("/readyz")
    assert (answer.status_code, slug(answer)) == (503, "not-ready")
    assert "kith migrate" in answer.json["detail"]


def test_a_database_that_is_away_is_not_ready_and_requests_are_asked_to_wait(tmp_path):
    client = make_house(tmp_path, "postgresql+psycopg://kith@127.0.0.1:1/kith").client
    assert "cannot be reached" in client.get("/readyz").json["detail"]
    body = {"username": "amina", "password": "x", "device": {"id": "d", "name": "n"}}
    answer = client.post("/v1/sign-in", json=body)
    assert (answer.status_code, slug(answer), answer.json["remedy"]) == (503, "busy", "wait")
    assert answer.headers["Retry-After"]


def test_every_problem_has_a_page_that_says_what_to_do(house):
    listed = house.client.get("/problems").data.decode()
    for problem in PROBLEMS.values():
        page = house.client.get(problem.type)
        assert page.status_code == 200
        assert problem.remedy in page.data.decode()
        assert problem.type in listed


def test_a_problem_that_nobody_named_has_no_page(house):
    assert slug(house.client.get("/problems/no-such-thing")) == "not-found"


def test_problems_are_sentences_with_a_remedy_that_the_wire_knows():
    assert set(Remedy) == set(REMEDIES)
    for problem in PROBLEMS.values():
        assert problem.title.endswith(".")
        assert 400 <= problem.status < 600


def test_every_problem_that_the_server_and_the_pack_reader_name_is_in_the_registry():
    """Slugs are plain text in the core and in `ml`, which may not import the registry."""
    named = set()
    for folder in ("server/sync", "server/domain", "server/accounts", "server/api", "ml/models"):
        for path in (ROOT / folder).glob("*.py"):
            named |= set(re.findall(CALLS, path.read_text()))
    assert len(named) > 40
    assert named - PROBLEMS.keys() == set()


def test_the_openapi_document_says_3_1_and_documents_problem_json(house):
    document = house.client.get("/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    push = document["paths"]["/v1/sync/push"]["post"]
    assert push["security"] == [{"access_token": []}]
    assert "application/json" in push["requestBody"]["content"]
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name
    assert {"/v1/sign-in", "/v1/sync", "/v1/sync/pull", "/v1/sync/manifest", "/v1/conflicts"} <= set(document["paths"])


def test_every_reference_of_the_openapi_document_leads_somewhere(house):
    text = house.client.get("/v1/openapi.json").get_data(as_text=True)
    document = json.loads(text)

    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        for one in node if isinstance(node, list) else []:
            yield from references(one)

    for reference in references(document):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_metrics_count_requests_and_mutations_by_outcome_and_name_nobody(house):
    house.add()
    phone = house.phone()
    before = _figure(house, 'kith_mutations_total{outcome="applied"}')
    phone.push(phone.mutation("person", "p1", set=PERSON))
    assert _figure(house, 'kith_mutations_total{outcome="applied"}') == before + 1
    text = house.client.get("/metrics").get_data(as_text=True)
    assert 'kith_requests_total{endpoint="sync.push_view",method="POST",status="200"}' in text
    assert 'kith_request_seconds_count{endpoint="sync.push_view"}' in text
    assert "amina" not in text
    assert "phone-1" not in text


def _figure(house, line: str) -> float:
    text = house.client.get("/metrics").get_data(as_text=True)
    return next((float(one.rsplit(" ", 1)[1]) for one in text.splitlines() if one.startswith(line)), 0.0)


def test_the_log_says_what_came_of_a_request_and_never_who_it_was_about(house, caplog):
    house.add()
    phone = house.phone()
    with caplog.at_level(logging.INFO, logger="kith"):
        phone.push(phone.mutation("person", "p1", set=PERSON))
        house.client.delete("/v1/devices/phone-1", headers=phone.headers)
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/v1/sync/push", 200),
        ("/v1/devices/<device_id>", 204),
    ]
    written = json.dumps(lines)
    for personal in ("Ada", "Quill", "amina", "Amina", "p1", "phone-1", "127.0.0.1"):
        assert personal not in written


def test_the_log_of_a_fault_names_its_class_and_place_but_not_its_text(caplog):
    try:
        raise ValueError("Ada Quill was here")
    except ValueError as error:
        record = logging.LogRecord("kith", logging.ERROR, "", 0, "fault", (), (type(error), error, error.__traceback__))
    line = json.loads(JsonFormatter().format(record))
    assert line["error"][0] == "ValueError"
    assert "test_operations.py" in line["error"][1]
    assert "Quill" not in json.dumps(line)


def test_a_fault_while_an_error_is_answered_does_not_log_the_address(house, caplog, monkeypatch):
    def broken(*_):
        raise RuntimeError("no")

    monkeypatch.setattr("server.api.app_files._file_or_page", broken)
    assert house.client.get("/people/ada-quill").status_code == 500
    assert caplog.records
    assert "ada-quill" not in "".join(JsonFormatter().format(record) for record in caplog.records)
