import pytest

from server.importers.oruk.record import Origin, row_of
from server.importers.oruk.services import harvest_services
from server.importers.oruk.shape import service_from
from server.importers.places import Place, Postcodes
from server.sync.model import Key

TABLE = Postcodes([Place("E07000070", "CM1 1AB", 570_600, 206_900), Place("E07000067", "CM7 1AA", 575_800, 222_900)])
ORIGIN = Origin("feed", TABLE)
ID = "d6d6a846-d290-5b9d-b513-f182b3c930f8"
HALL = {"id": "hall", "name": "The Hall", "addresses": [{"address_1": "1 High Street", "postal_code": "cm1 1ab"}]}


def row(**fields):
    return row_of(service_from({"id": ID, "name": "Tuesday Choir", "status": "active", **fields}), ORIGIN)


def asset(**fields):
    return row(**fields).puts[0].doc


def docs(kind, **fields):
    return {put.id: put.doc for put in row(**fields).puts if put.kind == kind}


def test_a_service_without_a_place_says_so_and_is_shown_across_the_county():
    found = asset()
    assert (found["district"], found["easting"], found["northing"]) == ("county", None, None)
    assert {"position-unknown", "district-unknown"} <= set(found["repairs"])


def test_a_district_council_may_say_whose_its_services_are():
    found = row_of(service_from({"id": ID, "name": "Choir"}), Origin("feed", TABLE, "E07000070")).puts[0].doc
    assert found["district"] == "E07000070"
    assert "district-unknown" not in found["repairs"]


def test_a_service_at_a_place_has_its_position_location_and_times():
    times = [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}]
    at = [{"id": "link", "location": HALL, "schedules": times}]
    found = asset(service_at_locations=at)
    assert (found["district"], found["easting"], found["northing"]) == ("E07000070", 570_600, 206_900)
    assert found["location_id"] == f"{ID}.at"
    assert docs("location", service_at_locations=at)[f"{ID}.at"]["name"] == "The Hall"
    (schedule,) = docs("schedule", service_at_locations=at).values()
    assert (schedule["item_id"], schedule["weekday"], schedule["district"]) == (ID, "tue", "E07000070")


def test_a_service_at_two_places_is_two_assets_so_that_the_nearer_can_be_chosen():
    mill = {"id": "mill", "name": "The Mill", "addresses": [{"postal_code": "CM7 1AA"}]}
    at = [{"id": "b", "location": mill}, {"id": "a", "location": HALL}]
    found = docs("asset", service_at_locations=at)
    assert {id: doc["postcode"] for id, doc in found.items()} == {ID: "CM1 1AB", f"{ID}.b": "CM7 1AA"}


def test_the_older_shape_says_the_same():
    older = {
        "service_at_locations": [
            {"id": "link", "location": {"id": "hall", "name": "The Hall", "physical_addresses": HALL["addresses"]},
             "regular_schedule": [{"weekday": "Tuesday", "opens_at": "10:00", "closes_at": "12:00"}]}
        ],
        "eligibilitys": [{"minimum_age": 50}],
        "cost_options": [{"amount": 2}],
        "service_taxonomys": [{"taxonomy": {"name": "Singing"}}],
        "contacts": [{"phones": [{"number": "01632 960001"}]}],
    }  # fmt: skip
    found = asset(**older)
    assert (found["postcode"], found["min_age"], found["cost_pence"]) == ("CM1 1AB", 50, 200)
    assert (found["category"], found["phone"]) == ("music", "01632 960001")
    assert len(docs("schedule", **older)) == 1


def test_a_blank_name_is_the_organisations_or_the_row_is_refused():
    assert asset(name=" ", organization={"id": "o", "name": "Harlow Mind"})["name"] == "Harlow Mind"
    assert row(name="").refused == "no-name"
    assert row_of(service_from({"name": "Choir"}), ORIGIN).refused == "no-id"


def test_the_organisation_is_a_record_of_its_own():
    organisation = {
        "id": "o7",
        "name": "Harlow Mind ",
        "website": "www.example.org",
        "email": "a@example.org, b@example.org",
    }
    found = row(organization=organisation)
    (doc,) = (put.doc for put in found.puts if put.kind == "organisation")
    assert (doc["name"], doc["url"], doc["email"]) == ("Harlow Mind", "https://www.example.org", "a@example.org")
    assert found.puts[0].doc["organisation_id"] == "feed.o7"
    assert {"spaces", "url-scheme", "several-emails"} <= set(found.repairs)
    assert "url-scheme" not in found.puts[0].doc["repairs"]


def test_an_assured_service_is_due_a_year_later():
    found = asset(assured_date="2024-02-29")
    assert (found["assured_on"], found["next_check_on"]) == ("2024-02-29", "2025-02-28")


def test_a_service_that_nobody_assured_is_due_already():
    found = asset(pc_metadata={"date_modified": "2021-06-01"})
    assert (found["assured_on"], found["next_check_on"]) == (None, "2021-06-01")
    assert "never-assured" in found["repairs"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("active", "active"),
        ("Inactive", "closed"),
        ("defunct", "closed"),
        ("temporarily closed", "paused"),
        ("?", "paused"),
    ],
)
def test_the_status_is_one_of_ours(given, expected):
    assert asset(status=given)["status"] == expected


@pytest.mark.parametrize(
    ("attending", "online", "at_home"),
    [
        ("Online", True, False),
        ("Phone", False, True),
        ("Home visit", False, True),
        ("Venue", False, False),
        ("", False, False),
    ],
)
def test_where_one_takes_part_follows_the_attending_type(attending, online, at_home):
    found = asset(attending_type=attending)
    assert (found["online"], found["at_home"]) == (online, at_home)


def test_a_virtual_location_is_online_and_no_place():
    found = asset(service_at_locations=[{"id": "x", "location": {"location_type": "virtual", "name": "Video"}}])
    assert found["online"] is True
    assert found["easting"] is None
    assert "location_id" not in found


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ({"minimum_age": 12, "maximum_age": 100}, (12, 100)),
        ({"minimum_age": 18.0, "maximum_age": 999}, (18, None)),
        ({"minimum_age": 60, "maximum_age": 18}, (None, None)),
        ({"minimum_age": 0, "maximum_age": 0}, (0, None)),
        ({"minimum_age": "adults"}, (None, None)),
    ],
)
def test_impossible_ages_exclude_nobody(ages, expected):
    found = asset(**ages)
    assert (found["min_age"], found["max_age"]) == expected
    assert ("ages-dropped" in found["repairs"]) == (ages != {"minimum_age": 12, "maximum_age": 100})


def test_a_service_for_women_alone_is_for_women():
    women = [{"audienceType": "Women "}, {"audienceType": "Parents"}]
    assert asset(pc_targetAudience=women)["audience"] == "women"
    assert asset(pc_targetAudience=[*women, {"audienceType": "Men"}])["audience"] == "anyone"


def test_a_cost_that_nobody_stated_is_unknown_and_not_nothing():
    assert asset()["cost_pence"] is None
    assert asset(fees="Free")["cost_pence"] == 0


def test_a_charge_in_words_is_kept_in_words():
    found = asset(fees="£20 per month", description="<p>Sing with us</p>")
    assert found["cost_pence"] is None
    assert found["description"] == "Sing with us\n\nCost: £20 per month"
    assert "cost-not-a-number" in found["repairs"]


def test_a_long_description_leaves_room_for_what_else_is_said():
    found = asset(description="word " * 2000, alert="Closed in August")
    assert len(found["description"]) <= 4000
    assert found["description"].endswith("Notice: Closed in August")


def test_no_record_holds_who_assured_it_or_any_contacts_name():
    fields = {"pc_metadata": {"assured_by": "jo@example.org"}, "assurer_email": "jo@example.org",
              "contacts": [{"name": "Jo Example", "phones": [{"number": "01632 960001"}]}]}  # fmt: skip
    assert "Jo Example" not in str(row(**fields))
    assert "jo@example.org" not in str(row(**fields))


def test_of_rows_with_one_id_the_one_checked_last_is_kept():
    older, newer = (
        {"id": ID, "name": name, "assured_date": day} for name, day in (("A", "2021-01-01"), ("B", "2022-01-01"))
    )
    for order in ([older, newer], [newer, older]):
        harvest = harvest_services(order, ORIGIN)
        assert harvest.puts[Key("asset", ID)].doc["name"] == "B"
        assert (harvest.rows, harvest.taken, harvest.folded) == (2, 1, 1)
        assert harvest.repairs["repeated-id"] == 1


def test_rows_that_are_no_services_are_refused_and_the_rest_are_taken():
    harvest = harvest_services(["text", None, {"id": ID, "name": "Choir"}, {"id": 7, "name": ""}], ORIGIN)
    assert harvest.refused == [("row 1", "not-an-object"), ("row 2", "not-an-object"), ("7", "no-name")]
    assert (harvest.rows, harvest.taken) == (4, 1)


def test_empty_strings_are_dropped_at_any_depth_and_reported():
    harvest = harvest_services(
        [{"id": ID, "name": "Choir", "organization": {"id": "o", "name": "O", "logo": ""}}], ORIGIN
    )
    assert harvest.repairs["empty-dropped"] == 1


def test_hostile_values_of_every_type_refuse_a_row_or_are_dropped_but_never_raise():
    for value in (7, 1.5, True, None, "x", [], {}, [1], [[]], [{}], {"a": 1}, "\x00", "𝔘" * 9000):
        for key in ("name", "description", "url", "email", "status", "fees", "organization", "service_at_locations",
                    "schedules", "languages", "cost_options", "minimum_age", "assured_date", "attributes", "contacts",
                    "pc_targetAudience", "pc_metadata", "attending_type", "eligibilitys"):  # fmt: skip
            harvest = harvest_services([{"id": ID, "name": "Choir", key: value}], ORIGIN)
            assert harvest.rows == 1


def test_null_characters_are_nowhere_in_what_is_written():
    dirty = {
        "id": "7\x00",
        "name": "Cho\x00ir",
        "service_at_locations": [{"id": "a", "location": {"name": "Ha\x00ll"}}],
    }
    assert "\\x00" not in repr(harvest_services([dirty], ORIGIN).puts)
