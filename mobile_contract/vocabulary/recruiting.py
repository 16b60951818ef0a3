"""Words about how somebody becomes a volunteer: whence they came, how far they are, why it ended or went back."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

#: How somebody first came to a centre.
ORIGINS: Final = Vocabulary(
    "origin",
    {
        "walk_in": "Walked in",
        "phone": "Rang",
        "web": "Web site",
        "app": "App",
        "event": "At an event",
        "employer": "Through their employer",
        "school": "Through school or college",
        "social_prescribing": "Through a social prescriber",
        "job_centre": "Through the job centre",
        "word_of_mouth": "A friend or another volunteer",
        "social_media": "Social media",
        "press": "Newspaper, radio or poster",
        "other": "Another way",
    },
)

#: The way of a volunteer; the last three are ends.
STEPS: Final = Vocabulary(
    "step",
    {
        "enquiry": "Asked",
        "interview": "Interviewed",
        "matched": "Matched with a role",
        "referred": "Referred to the organisation",
        "placed": "Began",
        "at_4_weeks": "Still there after 4 weeks",
        "at_12_weeks": "Still there after 12 weeks",
        "withdrawn": "Withdrew",
        "unsuitable": "Not suitable",
        "no_reply": "No reply",
    },
)

_WITHDRAWN: Final = {
    "time": "No time at present",
    "health": "Not well enough",
    "moved": "Moved away",
    "work": "Found paid work",
    "caring": "Looks after somebody",
    "elsewhere": "Volunteers elsewhere now",
    "too_far": "Too far, or no way to get there",
    "not_as_hoped": "Not what they hoped for",
    "took_too_long": "Waited too long",
    "role_ended": "The role came to its end",
    "asked_not_to_say": "Did not want to say",
}
_UNSUITABLE: Final = {
    "no_role": "No role fits at present",
    "checks": "A check or reference did not pass",
    "skills": "Skills that the role cannot do without",
    "age": "Too young for what there is",
    "unsafe": "Not safe to place",
}
_NO_REPLY: Final = {"unanswered": "Did not answer three times", "wrong_contact": "The number or address is wrong"}
_BACK: Final = {
    "mistake": "Written down by mistake",
    "role_filled": "The role was filled",
    "organisation_declined": "The organisation said no",
    "another_role": "Would like another role",
    "came_back": "Came back",
}

#: Why an enquiry ended, or went a step back.
STEP_REASONS: Final = Vocabulary(
    "step_reason", {**_WITHDRAWN, **_UNSUITABLE, **_NO_REPLY, **_BACK, "other": "Another reason"}
)

#: Who may let somebody under 18 volunteer.
GUARDIANS: Final = Vocabulary(
    "guardian",
    {
        "parent": "Parent",
        "grandparent": "Grandparent with parental responsibility",
        "foster_carer": "Foster carer, for the local authority",
        "social_worker": "Social worker of the local authority",
        "guardian": "Guardian appointed by a court or a will",
    },
)

#: What sort of role it is; one done from home says so besides (`online`).
ROLE_TYPES: Final = Vocabulary(
    "role_type",
    {
        "recurring": "Regular",
        "one_off": "One-off",
        "employee": "For teams of employees",
        "skilled": "Professional skills",
        "board": "Trustee or committee",
    },
)

#: Why working time for volunteering was not given, or was given back.
LEAVE_REASONS: Final = Vocabulary(
    "leave_reason",
    {
        "business": "Needed at work",
        "notice": "Asked for too late",
        "not_covered": "Not what the allowance is for",
        "changed_plans": "Plans changed",
        "unwell": "Not well enough",
        "called_off": "Called off by the organisation",
        "other": "Another reason",
    },
)

#: What a centre looks at before somebody begins, besides the background check.
CHECK_TYPES: Final = Vocabulary(
    "check_type",
    {
        "reference": "Reference",
        "identity": "Proof of identity",
        "right_to_work": "Right to volunteer in the UK",
        "driving_licence": "Driving licence",
        "motor_insurance": "Motor insurance for volunteering",
        "health": "Health declaration",
    },
)

#: Why a request of an organisation is not published.
REQUEST_REASONS: Final = Vocabulary(
    "request_reason",
    {
        "paid_work": "This should be paid work",
        "unsafe": "Not safe for volunteers",
        "no_insurance": "The organisation is not insured",
        "unclear": "Not clear what is to be done",
        "filled": "No longer needed",
        "other": "Another reason",
    },
)

#: An end, or ``back`` → the reasons that fit it.
REASONS_FOR: Final = {
    end: (*reasons, "other")
    for end, reasons in {
        "withdrawn": _WITHDRAWN, "unsuitable": _UNSUITABLE, "no_reply": _NO_REPLY, "back": _BACK,
    }.items()
}  # fmt: skip
