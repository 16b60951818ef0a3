"""Words about the work: roles, urgency, and why things end."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

ROLES: Final = Vocabulary(
    "role",
    {
        "prescriber": "Social prescriber",
        "outreach": "Outreach worker",
        "volunteer": "Volunteer",
        "asset_owner": "Group organiser",
        "centre": "Volunteer centre",
        "hub": "Hub staff",
        "commissioner": "Commissioner",
        "data_scientist": "Data scientist",
        "administrator": "Administrator",
        "broker": "Time broker",
        "employer": "Employer",
    },
)

URGENCIES: Final = Vocabulary("urgency", {"routine": "Routine", "soon": "Soon", "urgent": "Urgent"})

#: Why a placement or a referral came to an end; capacity and transport are not a matter of taste.
REASONS: Final = Vocabulary(
    "reason",
    {
        "not_interested": "Not what the person wanted",
        "full": "No place left",
        "too_far": "Too far",
        "no_transport": "No way to get there",
        "cost": "Too expensive",
        "time": "At the wrong time",
        "unwell": "Not well enough",
        "access": "Not accessible",
        "no_contact": "Could not be reached",
        "moved": "Moved away",
        "completed": "Completed",
        "nothing_suitable": "Nothing suitable",
        "other": "Another reason",
    },
)
