"""The app has words for every problem that the server may name."""

import json

import pytest

from mobile_contract.problems import PROBLEMS
from tests.system.server import ROOT


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_problem_has_words_in_every_language_of_the_app(language: str) -> None:
    words = json.loads((ROOT / "app" / "src" / "words" / language / "problems.json").read_text())
    assert PROBLEMS.keys() - words.keys() == set()
    assert [slug for slug, said in words.items() if not said["title"].endswith(".")] == []


def test_the_app_calls_a_problem_in_english_as_the_server_does() -> None:
    words = json.loads((ROOT / "app" / "src" / "words" / "en" / "problems.json").read_text())
    told = {slug: {"title": named.title, "detail": named.body()["detail"]} for slug, named in PROBLEMS.items()}
    assert {slug: words.get(slug) for slug in told} == told
