"""Every kind that travels, one file each; importing this package registers them all."""

from mobile_contract.kind import KINDS, SCHEMAS
from mobile_contract.schemas import (
    ask,
    asset,
    attachment,
    claim,
    conflict,
    consent,
    district,
    exposure,
    location,
    measure,
    note,
    offer,
    opportunity,
    organisation,
    person,
    place_count,
    placement,
    postcode_sector,
    referral,
    schedule,
    task,
    task_detail,
    volunteer,
)

__all__ = [
    "KINDS", "SCHEMAS", "ask", "asset", "attachment", "claim", "conflict", "consent", "district", "exposure",
    "location", "measure", "note", "offer", "opportunity", "organisation", "person", "place_count", "placement",
    "postcode_sector", "referral", "schedule", "task", "task_detail", "volunteer",
]  # fmt: skip
