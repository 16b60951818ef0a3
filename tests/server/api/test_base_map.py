import pytest
from flask import Flask

from server.api.app_files import serve_app
from server.files.base_maps import FORMAT, keep_map
from server.settings import SettingError, settings_from
from tests.server.api.house import slug

MADE = {
    "format": FORMAT,
    "attribution": "Somebody",
    "step": 10,
    "districts": [{"code": "E07000070", "rings": [[1, 2, 3, 4]]}],
    "small": [],
}
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def phone(house):
    house.add()
    return house.phone()


def keep(house, made):
    keep_map(house.services.base_maps, "essex", made)


def test_without_outlines_there_is_no_base_map(phone):
    answer = phone.get("/v1/base-map")
    assert (answer.status_code, slug(answer)) == (404, "not-found")


def test_a_phone_gets_the_outlines_and_asks_again_for_nothing(house, phone):
    keep(house, MADE)
    answer = phone.get("/v1/base-map")
    assert answer.json == MADE | {"tiles": None, "version": answer.json["version"]}
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
    again = phone.get("/v1/base-map", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_other_outlines_have_another_version(house, phone):
    keep(house, MADE)
    before = phone.get("/v1/base-map").json["version"]
    keep(house, MADE | {"attribution": "Somebody else"})
    assert phone.get("/v1/base-map", headers={"If-None-Match": f'"{before}"'}).json["version"] != before


def test_only_who_is_signed_in_is_answered(house):
    assert house.client.get("/v1/base-map").status_code == 401


def test_tiles_are_nobodys_unless_they_are_set():
    assert settings_from({}).map_tiles is None
    assert settings_from({"KITH_MAP_TILES": TILES}).map_tiles == TILES


def test_pages_may_show_the_pictures_of_tiles_that_are_set_and_nothing_else_of_theirs(tmp_path):
    app = Flask("kith", static_folder=None)
    serve_app(app, tmp_path, "https://tiles.example.org")
    policy = app.test_client().get("/").headers["Content-Security-Policy"].split("; ")
    assert [rule for rule in policy if "tiles.example.org" in rule] == [
        "img-src 'self' https://tiles.example.org blob:"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src *; /{z}/{x}/{y}",
        "https://tiles.example.org/{z}/{x}/{y}.png\nX: y",
    ],
)
def test_an_address_that_is_none_of_tiles_is_refused(address):
    with pytest.raises(SettingError, match="KITH_MAP_TILES"):
        settings_from({"KITH_MAP_TILES": address})
