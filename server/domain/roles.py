"""Which scopes a role grants: the sets of records that an account may hold on its devices."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from mobile_contract.vocabulary import ROLES

COUNTY = "directory:county"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an account's scopes follow from. districts : GSS codes; those of the whole tenant in `all_districts`."""

    team_ids: Collection[str] = ()
    districts: Collection[str] = ()
    centre_ids: Collection[str] = ()
    volunteer_id: str | None = None
    all_districts: Collection[str] = ()


def scopes_for(roles: Collection[str], facts: Facts) -> frozenset[str]:
    """Name every scope that the roles grant; an unknown role raises KeyError."""
    return frozenset(scope for role in roles for scope in _GRANTS[role](facts))


def _directory(districts: Collection[str]) -> set[str]:
    return {COUNTY, *_named("directory", districts)}


def _named(prefix: str, names: Collection[str]) -> set[str]:
    return {f"{prefix}:{name}" for name in names}


def _caseworker(facts: Facts) -> set[str]:
    return _named("caseload", facts.team_ids) | _directory(facts.districts)


def _volunteer(facts: Facts) -> set[str]:
    own = {f"volunteer:{facts.volunteer_id}"} if facts.volunteer_id else set()
    return own | _named("tasks", facts.districts) | _directory(facts.districts)


def _asset_owner(facts: Facts) -> set[str]:
    return _directory(facts.districts)


def _centre(facts: Facts) -> set[str]:
    districts = facts.districts or facts.all_districts
    return _named("centre", facts.centre_ids) | _named("tasks", districts) | _directory(districts)


def _administrator(facts: Facts) -> set[str]:
    return _centre(Facts(centre_ids=facts.centre_ids, districts=facts.all_districts or facts.districts)) | _named(
        "caseload", facts.team_ids
    )


def _nothing(_facts: Facts) -> set[str]:
    return set()  # aggregates and extracts are not records on a device


_GRANTS: dict[str, Callable[[Facts], set[str]]] = {
    "prescriber": _caseworker,
    "outreach": _caseworker,
    "volunteer": _volunteer,
    "asset_owner": _asset_owner,
    "centre": _centre,
    "hub": _asset_owner,
    "commissioner": _nothing,
    "data_scientist": _nothing,
    "administrator": _administrator,
}

if set(_GRANTS) != set(ROLES.codes):
    raise ValueError("every role of the contract needs its grants")
