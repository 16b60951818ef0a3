import pytest

from server.importers.cost import pence, pence_of_options


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Free", 0),
        ("free of charge", 0),
        ("No charge.", 0),
        ("£0", 0),
        ("£3", 300),
        ("£3.50", 350),
        ("3.5", 350),
        ("£ 4 per session", 400),
        ("Cost: £2 a week", 200),
        ("50p", 50),
        ("£5pp", 500),
        ("£5 pp", 500),
    ],
)
def test_a_plain_amount_is_read_in_pence(words, expected):
    assert pence(words) == expected


@pytest.mark.parametrize(
    "words",
    ["", None, "£3 - £5", "Members £2, others £4", "£20 per month", "A donation", "fees_description", "from £3 to £4",
     "£1200", "from £3", "First session free, then £5", "Ring 01632 960001", "£2.50p"],
)  # fmt: skip
def test_anything_else_is_not_guessed(words):
    assert pence(words) is None


def test_one_amount_that_all_options_name_is_the_cost():
    assert pence_of_options([{"amount": 3.5, "amount_description": "per 1 hour session"}]) == 350
    assert pence_of_options([{"amount": 0}, {"amount": 0, "currency": "GBP"}]) == 0


@pytest.mark.parametrize(
    "options",
    [None, [], [{"amount": 3}, {"amount": 5}], [{"amount": "3"}], [{"amount": 3, "currency": "EUR"}], ["3"],
     [{"amount": 30, "amount_description": "per month"}], [{"amount": -1}], [{"amount": 5000}], [{}]],
)  # fmt: skip
def test_options_that_differ_or_say_something_else_are_not_guessed(options):
    assert pence_of_options(options) is None
