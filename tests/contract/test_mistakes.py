"""Values that can only be mistakes are refused by name; what an older phone may well have written is not."""

import pytest

from mobile_contract.validate import validate

PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill"}


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("blank", ["", " ", "\t \u00a0\u2003"])
@pytest.mark.parametrize("name", ["given_name", "family_name"])
def test_a_name_is_not_blank(name: str, blank: str, partial: bool) -> None:
    assert validate("person", PERSON | {name: blank}, partial)[1] == {name: ["Must not be blank."]}


@pytest.mark.parametrize("seen", ["?", "-", "O", "李", "d’Arcy", " Ada "])
def test_a_name_of_one_sign_in_any_script_is_taken_as_it_is(seen: str) -> None:
    doc, errors = validate("person", PERSON | {"given_name": seen, "family_name": seen}, False)
    assert (doc.get("given_name"), errors) == (seen, {})


@pytest.mark.parametrize("birth_on", ["2200-01-01", "9999-12-31", "0999-12-31", "1950-02-30", "19500-01-1"])
def test_a_date_that_nobody_is_born_on_is_refused(birth_on: str) -> None:
    assert list(validate("person", PERSON | {"birth_on": birth_on}, False)[1]) == ["birth_on"]


@pytest.mark.parametrize("birth_on", ["1926-02-28", "2199-12-31", None])
def test_a_date_of_birth_is_compared_with_no_clock(birth_on: str | None) -> None:
    doc, errors = validate("person", PERSON | {"birth_on": birth_on}, False)
    assert (doc.get("birth_on"), errors) == (birth_on, {})
