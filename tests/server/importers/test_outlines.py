import gzip
import json

import pytest
from click.testing import CliRunner

from server.files.base_maps import kept_at, written
from server.importers.cli import import_
from server.importers.grid import easting_northing
from server.importers.outlines import MOST_BYTES, base_map
from server.importers.problems import SourceError
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from tests.server.importers.shared import shared

#: Two squares side by side that share an edge, about a kilometre wide, near Chelmsford.
LEFT = [[0.40, 51.70], [0.42, 51.70], [0.42, 51.72], [0.40, 51.72], [0.40, 51.70]]
RIGHT = [[0.42, 51.70], [0.44, 51.70], [0.44, 51.72], [0.42, 51.72], [0.42, 51.70]]


def collection(*rings, code="E07000070"):
    features = [
        {"type": "Feature", "id": code, "geometry": {"type": "Polygon", "coordinates": [ring]}} for ring in rings
    ]
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def file(tmp_path):
    def write(content, name="outlines.geojson"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def places(line, step):
    x = y = 0
    for east, north in zip(line[::2], line[1::2], strict=True):
        x, y = x + east, y + north
        yield x * step, y * step


def test_an_outline_is_on_the_national_grid_to_ten_metres(file):
    made = base_map(file(collection(LEFT)), None, "who")
    (district,) = made["districts"]
    (ring,) = district["rings"]
    first, *_, last = places(ring, made["step"])
    assert (district["code"], made["step"], made["attribution"]) == ("E07000070", 10, "who")
    assert first == last
    east, north = easting_northing(51.70, 0.40)
    assert abs(first[0] - east) <= 5
    assert abs(first[1] - north) <= 5


def test_an_edge_that_two_small_areas_share_is_drawn_once(file):
    made = base_map(file(collection(LEFT)), file(collection(LEFT, RIGHT), "small.geojson"), "who")
    edges = [
        frozenset(pair)
        for line in made["small"]
        for pair in zip(*[list(places(line, made["step"]))[cut:] for cut in (0, 1)], strict=False)
    ]
    assert len(edges) == len(set(edges)) == 7


def test_the_same_outlines_give_the_same_bytes(file):
    paths = file(collection(LEFT)), file(collection(LEFT, RIGHT), "small.geojson")
    assert written(base_map(*paths, "who")) == written(base_map(*paths, "who"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "no outlines"),
        ('{"features": []}', "no outlines"),
        ('{"features": [3]}', "no outlines"),
        ({"features": [{"id": "E07000070", "geometry": {"type": "Point", "coordinates": [0.4, 51.7]}}]}, "no polygon"),
        ({"features": [{"id": "E07000070", "geometry": None}]}, "no polygon"),
        (collection([[51.70, 0.40], [51.72, 0.42]]), "outside Great Britain"),
        (collection([["east", "north"]]), "outside Great Britain"),
        (collection([[0.4]]), "outside Great Britain"),
        (collection([[float("nan"), 51.7]]), "outside Great Britain"),
        (collection(LEFT, code="Essex"), "names no district"),
    ],
)
def test_what_is_no_map_is_refused_in_plain_words(file, content, said):
    with pytest.raises(SourceError, match=said):
        base_map(file(content), None, "who")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        base_map(tmp_path / "none.geojson", None, "who")


def test_the_districts_and_small_areas_of_a_county_fit_on_a_phone():
    folder = shared("essex_geography")
    made = base_map(folder / "districts_essex.geojson", folder / "lsoa21_essex.geojson", "who")
    assert len(made["districts"]) == 14
    assert len(made["small"]) > 1000
    assert len(gzip.compress(written(made))) <= MOST_BYTES


def test_the_command_keeps_the_map_of_a_programme_and_a_bad_file_leaves_it_alone(tmp_path, file, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_DATABASE_URL", raising=False)
    url = f"sqlite:///{tmp_path / 'kith.db'}"
    upgrade(url)
    SqlStore(make_engine(url)).ensure_tenant("essex")
    done = CliRunner().invoke(import_, ["outlines", str(file(collection(LEFT))), "--tenant", "essex"])
    assert (done.exit_code, done.output[:11]) == (0, "1 districts")
    kept = kept_at(tmp_path, "essex").read_bytes()
    assert json.loads(kept)["attribution"].startswith("Office for National Statistics")
    refused = CliRunner().invoke(import_, ["outlines", str(file("no map")), "--tenant", "essex"])
    assert (refused.exit_code, "not JSON" in refused.output) == (1, True)
    assert kept_at(tmp_path, "essex").read_bytes() == kept
