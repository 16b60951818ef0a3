"""Every kind that travels, one file each; importing this package registers them all."""

from mobile_contract.kind import KINDS, SCHEMAS
from mobile_contract.schemas import (
    account,
    ask,
    asset,
    attachment,
    bank,
    claim,
    conflict,
    consent,
    district,
    entry,
    exchange,
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
    request_detail,
    schedule,
    task,
    task_detail,
    time_request,
    volunteer,
)

__all__ = [
    "KINDS", "SCHEMAS", "account", "ask", "asset", "attachment", "bank", "claim", "conflict", "consent", "district",
    "entry", "exchange", "exposure", "location", "measure", "note", "offer", "opportunity", "organisation", "person",
    "place_count", "placement", "postcode_sector", "referral", "request_detail", "schedule", "task", "task_detail",
    "time_request", "volunteer",
]  # fmt: skip
