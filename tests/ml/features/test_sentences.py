import pytest

from ml.features.families import FAMILIES
from ml.features.parts import STRONGLY_AGAINST, STRONGLY_FOR
from ml.features.rules import RULES
from ml.features.sentences import fill
from ml.models.walker import Pack


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{x|km}", 1449, "1.4 km"),
        ("{x|km}", 1450, "1.5 km"),
        ("{x|km}", 0, "0.0 km"),
        ("{x|pounds}", 250, "£2.50"),
        ("{x|pounds}", 205, "£2.05"),
        ("{x|pounds}", 300, "£3"),
        ("{x|days}", 1, "1 day"),
        ("{x|days}", 14, "14 days"),
        ("{x|in_days}", 0, "today"),
        ("{x|in_days}", 1, "tomorrow"),
        ("{x|in_days}", 9, "in 9 days"),
        ("{x|whole}", 3.9, "3"),
        ("{x|people}", 1, "1 person"),
        ("{x|people}", 0, "0 people"),
        ("{x|any:access}", 0b1, "Step-free"),
        ("{x|any:access}", 0b1011, "Step-free, Accessible toilet and British Sign Language"),
        ("{x|one:audience}", 1, "Women"),
    ],
)
def test_a_number_is_said_as_people_say_it(template, value, said):
    assert fill(template, {"x": value}) == said


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{x|km}", float("nan")),
        ("{x|whole}", float("inf")),
        ("{x|any:access}", 0),
        ("{x|any:access}", float(1 << 30)),
        ("{x|any:a_newer_vocabulary}", 1),
        ("{x|one:audience}", 99),
        ("{x|a_newer_format}", 1),
        ("{another|whole}", 1),
    ],
)
def test_a_sentence_of_what_is_not_known_is_not_said(template, value):
    assert fill(template, {"x": value}) is None
    assert fill("{x|whole} and " + template, {"x": value}) is None


def test_every_sentence_can_be_filled_in_from_the_values_of_a_pack():
    known = dict.fromkeys(Pack.rules().known({}), 1.0)
    sentences = [line.text for family in FAMILIES for line in (*family.lines, *family.changes)]
    sentences += [text for rule in RULES for text in (rule.text, rule.change) if text]
    for sentence in sentences:
        filled = fill(sentence, known)
        assert filled is not None, sentence
        assert filled.endswith(".")
        assert "{" not in filled


def test_a_sentence_of_a_family_speaks_either_for_or_against():
    assert all(line.sign in (1, -1, STRONGLY_FOR, STRONGLY_AGAINST) for family in FAMILIES for line in family.lines)
    for family in FAMILIES:
        said_for, said_against = ({line.text for line in family.lines if line.sign * side > 0} for side in (1, -1))
        assert not said_for & said_against


def test_every_family_can_speak_for_and_against():
    for family in FAMILIES:
        assert {line.sign > 0 for line in family.lines} == {True, False}, family.name
