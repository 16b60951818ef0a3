import pytest

from mobile_contract.vocabulary import ROLES
from server.domain.roles import Facts, scopes_for

FACTS = Facts(("team-a",), ("E1",), ("centre-a",), "vic", ("E1", "E2"), ("bank-a",), ("hub-a",), ("firm-a",))


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("prescriber", {"caseload:team-a", "directory:E1", "directory:county"}),
        ("outreach", {"caseload:team-a", "fieldwork:team-a", "directory:E1", "directory:county"}),
        ("volunteer", {"volunteer:vic", "tasks:E1", "directory:E1", "directory:county"}),
        ("centre", {"centre:centre-a", "tasks:E1", "directory:E1", "directory:county"}),
        ("asset_owner", {"directory:E1", "directory:county"}),
        ("hub", {"hub:hub-a", "directory:E1", "directory:county"}),
        ("broker", {"timebank:bank-a", "directory:E1", "directory:county"}),
        ("employer", {"employer:firm-a", "directory:E1", "directory:county"}),
        ("commissioner", set()),
        ("data_scientist", set()),
    ],
)
def test_a_role_grants_what_it_needs_and_no_more(role: str, scopes: set[str]) -> None:
    assert scopes_for([role], FACTS) == scopes


def test_several_roles_add_up() -> None:
    assert scopes_for(["volunteer", "prescriber"], FACTS) >= {"volunteer:vic", "caseload:team-a"}


def test_a_centre_without_districts_serves_the_whole_county() -> None:
    assert scopes_for(["centre"], Facts(all_districts=("E1", "E2"))) >= {"tasks:E1", "tasks:E2", "directory:E2"}


def test_an_administrator_sees_every_directory_and_only_named_caseloads() -> None:
    scopes = scopes_for(["administrator"], Facts(team_ids=("t",), all_districts=("E1", "E2")))
    assert scopes >= {"directory:E1", "directory:E2", "directory:county", "caseload:t"}


def test_an_administrator_works_for_the_banks_hubs_and_employers_that_are_named() -> None:
    assert scopes_for(["administrator"], FACTS) >= {
        "timebank:bank-a",
        "hub:hub-a",
        "employer:firm-a",
        "fieldwork:team-a",
    }


def test_a_volunteer_without_a_record_has_no_scope_of_their_own() -> None:
    assert not any(scope.startswith("volunteer:") for scope in scopes_for(["volunteer"], Facts()))


def test_an_unknown_role_is_an_error_and_every_known_one_works() -> None:
    with pytest.raises(KeyError):
        scopes_for(["wizard"], FACTS)
    assert scopes_for(ROLES.codes, FACTS)
