import pytest

from server.importers.access import access_codes, language_code


def test_what_a_sentence_claims_is_believed():
    text = "The building is equipped with induction loops. Wheelchair access is possible on all levels."
    assert access_codes([text]) == ["hearing_loop", "step_free"]


def test_what_a_sentence_denies_or_doubts_is_not():
    assert access_codes(["There is no wheelchair access. Guide dogs are welcome."]) == ["assistance_dog"]
    assert access_codes(["Limited wheelchair access; the disabled toilet isn't open"]) == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("Polish", "pl"), ("en", "en"), ("en-GB", "en"), ("Panjabi", "pa"), ("Klingon", None), ("", None)],
)
def test_languages_are_known_by_name_or_code(raw, expected):
    assert language_code(raw) == expected
