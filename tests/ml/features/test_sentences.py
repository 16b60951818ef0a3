import pytest

from ml.features.reasons import FAMILIES
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
        ("{x|any:access}", 0, "nothing"),
        ("{x|one:audience}", 1, "Women"),
        ("{x|km}", float("nan"), "unknown"),
    ],
)
def test_a_number_is_said_as_people_say_it(template, value, said):
    assert fill(template, {"x": value}) == said


def test_every_sentence_can_be_filled_in_from_the_values_of_a_pack():
    known = dict.fromkeys(Pack.rules().known({}), 1.0)
    sentences = [line.text for family in FAMILIES for line in (*family.lines, *family.changes)]
    sentences += [text for rule in RULES for text in (rule.text, rule.change) if text]
    for sentence in sentences:
        filled = fill(sentence, known)
        assert filled.endswith(".")
        assert "{" not in filled


def test_every_family_ends_with_a_line_that_is_always_true():
    for family in FAMILIES:
        assert family.lines[-1].when == 1
        assert family.lines[-1].sign == 0
