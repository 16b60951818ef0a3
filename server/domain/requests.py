"""Requests of organisations: the role that one becomes, and the enquiry that an interest in a role begins."""

from collections.abc import Mapping
from typing import Any, Final

Document = Mapping[str, Any]

#: The district of what is done from anywhere, or whose organisation serves the whole county.
_COUNTY: Final = "county"
_SAME: Final = (
    "organisation_id", "name", "description", "category", "skills", "commitment", "role_type", "online", "min_age",
    "dbs_level", "training", "closes_on", "district", "postcode", "easting", "northing",
)  # fmt: skip


def role_of(request: Document) -> dict[str, Any]:
    """Make the role that a request becomes; without a place it is the whole county's."""
    role = {name: request[name] for name in _SAME}
    return role if role["district"] else {**role, "district": _COUNTY}


def is_open(role: Document, on: str) -> bool:
    """Say whether a role takes enquiries on a day. on : ISO date."""
    return bool(role["status"] == "active" and (role["closes_on"] or on) >= on)


def interest(role_id: str, volunteer_id: str, volunteer: Document, on: str) -> dict[str, Any]:
    """Make the enquiry of a volunteer who would like a role. on : ISO date."""
    return {
        "volunteer_id": volunteer_id,
        "centre_id": volunteer["centre_id"],
        "origin": "app",
        "enquired_on": on,
        "opportunity_id": role_id,
    }
