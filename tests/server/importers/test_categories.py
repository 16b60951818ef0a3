import pytest

from mobile_contract.vocabulary import CATEGORIES
from server.importers.categories import AUDIENCES, TYPES, WORDS, Evidence, Finding, categorise


def test_every_category_of_the_table_is_one_of_the_contract():
    assert {*WORDS, *TYPES.values(), *AUDIENCES.values()} <= set(CATEGORIES.codes)
    assert set(CATEGORIES.codes) - set(WORDS) == {"other"}


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Harlow Food Bank", "food_aid"),
        ("Tuesday Memory Café", "memory_cafe"),
        ("Rock Choir for Carers", "carers_group"),
        ("Health Walks", "walking"),
        ("Walk-in clinic", "other"),
        ("Knit and Natter", "arts"),
        ("Citizens Advice Tendring", "money_advice"),
        ("Seated Tai Chi", "exercise"),
        ("Stay and Play", "family"),
        ("Dial-a-Ride", "transport"),
        ("Men's Shed", "social_group"),
        ("The Bandstand", "other"),
        ("Scarfe House", "other"),
        ("Service 0100", "other"),
    ],
)
def test_a_name_says_what_a_service_is(name, category):
    assert categorise(Evidence(name=name)).category == category


def test_the_more_particular_word_wins_and_the_rest_are_kept():
    finding = categorise(Evidence(name="Choir for carers"))
    assert finding == Finding("carers_group", ("music",), "name", "carers")


def test_the_name_is_believed_before_the_people_it_is_for():
    assert categorise(Evidence(name="Yoga", audiences=["Carers "])).category == "exercise"
    assert categorise(Evidence(name="Tuesdays", audiences=["Carers "])).evidence == "audience"


def test_the_terms_and_the_type_speak_where_the_name_does_not():
    assert categorise(Evidence(name="Tuesdays", terms=["Gardening groups"])).category == "gardening"
    assert categorise(Evidence(name="Tuesdays", type="Physical activity")).category == "exercise"


def test_a_service_for_everybody_is_not_named_after_one_of_them():
    everybody = ["Carers", "Dementia", "Men", "Women", "Parents"]
    assert categorise(Evidence(name="Tuesdays", audiences=everybody)) == Finding()


def test_a_description_decides_only_when_it_says_a_word_more_than_once():
    once = "We meet in the hall. Some of us sing."
    assert categorise(Evidence(name="Tuesdays", description=once)) == Finding()
    assert categorise(Evidence(name="Tuesdays", description=once + " All singing is welcome.")).category == "music"


def test_words_that_say_nothing_give_no_category():
    filler = "A friendly local session where people can meet others share a skill and get practical help from trained "
    assert categorise(Evidence(name="Service 0001", description=filler * 20)) == Finding()
