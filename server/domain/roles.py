"""Which scopes a role grants: the sets of records that an account may hold on its devices."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from mobile_contract.vocabulary import ROLES

COUNTY = "directory:county"

#: The lists of ids that an account's scopes follow from, as accounts keep them and phones are told them.
NAMED: Final = ("team_ids", "districts", "centre_ids", "bank_ids", "hub_ids", "employer_ids", "asset_ids")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an account's scopes follow from. districts : GSS codes; those of the whole tenant in `all_districts`.

    bank_ids : time banks. hub_ids : community hubs. employer_ids : organisations whose staff volunteer.
    asset_ids : groups and the like whose own record one keeps.
    """

    team_ids: Collection[str] = ()
    districts: Collection[str] = ()
    centre_ids: Collection[str] = ()
    volunteer_id: str | None = None
    all_districts: Collection[str] = ()
    bank_ids: Collection[str] = ()
    hub_ids: Collection[str] = ()
    employer_ids: Collection[str] = ()
    asset_ids: Collection[str] = ()


def scopes_for(roles: Collection[str], facts: Facts) -> frozenset[str]:
    """Name every scope that the roles grant; an unknown role raises KeyError."""
    return frozenset(scope for role in roles for scope in _GRANTS[role](facts))


def _directory(districts: Collection[str]) -> set[str]:
    return {COUNTY, *_named("directory", districts)}


def _named(prefix: str, names: Collection[str]) -> set[str]:
    return {f"{prefix}:{name}" for name in names}


def _caseworker(facts: Facts) -> set[str]:
    return _named("caseload", facts.team_ids) | _directory(facts.districts)


def _outreach(facts: Facts) -> set[str]:
    return _caseworker(facts) | _named("fieldwork", facts.team_ids)


def _volunteer(facts: Facts) -> set[str]:
    own = {f"volunteer:{facts.volunteer_id}"} if facts.volunteer_id else set()
    return own | _named("tasks", facts.districts) | _directory(facts.districts)


def _asset_owner(facts: Facts) -> set[str]:
    return _named("asset", facts.asset_ids) | _directory(facts.districts)


def _centre(facts: Facts) -> set[str]:
    districts = facts.districts or facts.all_districts
    return _named("centre", facts.centre_ids) | _named("tasks", districts) | _directory(districts)


def _hub(facts: Facts) -> set[str]:
    return _named("hub", facts.hub_ids) | _directory(facts.districts)


def _broker(facts: Facts) -> set[str]:
    return _named("timebank", facts.bank_ids) | _directory(facts.districts)


def _employer(facts: Facts) -> set[str]:
    return _named("employer", facts.employer_ids) | _directory(facts.districts)


def _administrator(facts: Facts) -> set[str]:
    county = replace(facts, districts=facts.all_districts or facts.districts)
    return _centre(county) | _outreach(county) | _hub(county) | _broker(county) | _employer(county)


def _nothing(_facts: Facts) -> set[str]:
    return set()  # aggregates and extracts are not records on a device


_GRANTS: dict[str, Callable[[Facts], set[str]]] = {
    "prescriber": _caseworker,
    "outreach": _outreach,
    "volunteer": _volunteer,
    "asset_owner": _asset_owner,
    "centre": _centre,
    "hub": _hub,
    "broker": _broker,
    "employer": _employer,
    "commissioner": _nothing,
    "data_scientist": _nothing,
    "administrator": _administrator,
}

if set(_GRANTS) != set(ROLES.codes):
    raise ValueError("every role of the contract needs its grants")
