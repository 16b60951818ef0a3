import gzip

import pytest
import zstandard

from tests.server.api.house import slug


@pytest.fixture
def app_client(house):
    dist = house.home / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Kith</title>")
    (dist / "sw.js").write_text("// service worker")
    (dist / "manifest.webmanifest").write_text("{}")
    (dist / "assets" / "app-1a2b.js").write_text("let long = 1;\n" * 500)
    (house.home / "secret.txt").write_text("outside")
    return house.client


def test_the_front_page_is_the_app_and_is_asked_for_each_time(app_client):
    answer = app_client.get("/")
    assert answer.status_code == 200
    assert b"<title>Kith</title>" in answer.data
    assert answer.headers["Cache-Control"] == "no-cache"


def test_nothing_may_run_but_what_the_server_itself_serves(app_client):
    policy = app_client.get("/").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert {"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any(word in rule for rule in policy for word in ("unsafe", "http", "data:", "*"))


def test_no_text_becomes_a_script_or_markup_but_by_the_apps_own_policy(app_client):
    policy = app_client.get("/").headers["Content-Security-Policy"].split("; ")
    assert {"require-trusted-types-for 'script'", "trusted-types default"} <= set(policy)


def test_the_app_shares_nothing_with_other_windows_and_asks_the_phone_for_little(app_client):
    headers = app_client.get("/").headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    asked = [rule for rule in headers["Permissions-Policy"].split(", ") if not rule.endswith("=()")]
    assert asked == ["geolocation=(self)"]


def test_an_answer_of_the_api_may_run_nothing_and_be_kept_by_nobody(app_client):
    headers = app_client.get("/v1/sync/manifest").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_an_address_inside_the_app_opens_the_app(app_client):
    assert b"<title>Kith</title>" in app_client.get("/referrals/r1").data


def test_a_missing_file_is_missing_and_not_the_app(app_client):
    answer = app_client.get("/assets/gone-9z.js")
    assert (answer.status_code, slug(answer)) == (404, "not-found")


def test_files_whose_names_follow_their_content_are_kept_for_ever(app_client):
    assert "immutable" in app_client.get("/assets/app-1a2b.js").headers["Cache-Control"]


def test_the_service_worker_may_look_after_the_whole_app_and_is_never_kept(app_client):
    headers = app_client.get("/sw.js").headers
    assert headers["Service-Worker-Allowed"] == "/"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Type"].startswith("text/javascript")


def test_the_web_manifest_is_called_one(app_client):
    assert app_client.get("/manifest.webmanifest").content_type == "application/manifest+json"


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "//etc/passwd"])
def test_nothing_outside_the_app_is_served(app_client, path):
    assert b"outside" not in app_client.get(path).data
    assert b"root:" not in app_client.get(path).data


def test_the_servers_own_addresses_never_open_the_app(app_client):
    for path in ("/v1/nothing", "/problems/nothing", "/v1"):
        assert slug(app_client.get(path)) == "not-found"


@pytest.mark.parametrize("path", [f"/{'a' * 3000}", f"/{'a/' * 1500}", f"/{'a' * 300}.js"])
def test_an_address_too_long_for_any_file_is_not_found(app_client, path):
    answer = app_client.get(path)
    assert (answer.status_code, slug(answer)) == (404, "not-found")


def test_an_address_inside_the_app_with_a_long_id_opens_the_app(app_client):
    assert b"<title>Kith</title>" in app_client.get(f"/referrals/{'r' * 300}").data


def test_an_app_that_was_not_built_is_explained(house):
    answer = house.client.get("/")
    assert answer.status_code == 503
    assert b"make setup" in answer.data


def test_answers_are_packed_as_the_client_likes(app_client):
    path = "/assets/app-1a2b.js"
    plain = app_client.get(path, headers={"Accept-Encoding": "identity"})
    packed = app_client.get(path, headers={"Accept-Encoding": "gzip"})
    best = app_client.get(path, headers={"Accept-Encoding": "gzip, zstd"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert best.headers["Content-Encoding"] == "zstd"
    assert zstandard.ZstdDecompressor().decompressobj().decompress(best.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_file_that_the_browser_has_is_not_sent_again(app_client):
    first = app_client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip"})
    again = app_client.get("/assets/app-1a2b.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_that_the_build_has_packed_goes_out_packed_to_who_takes_that(app_client, house):
    packed = house.home / "dist" / "assets" / "app-1a2b.js.br"
    packed.write_bytes(b"packed with Brotli")
    answer = app_client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.data, answer.headers["Content-Encoding"]) == (b"packed with Brotli", "br")
    assert answer.mimetype.endswith("javascript")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers", [{}, {"Accept-Encoding": "br;q=0"}, {"Accept-Encoding": "br", "Range": "bytes=0-3"}]
)
def test_who_takes_no_brotli_or_wants_a_part_gets_the_file_as_it_is(app_client, house, headers):
    (house.home / "dist" / "assets" / "app-1a2b.js.br").write_bytes(b"packed with Brotli")
    answer = app_client.get("/assets/app-1a2b.js", headers=headers)
    assert answer.data.startswith(b"let ")
    assert "Content-Encoding" not in answer.headers
