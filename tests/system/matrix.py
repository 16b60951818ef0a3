"""Where each role's screens are pictured in each state that screens have, or why there is nothing to picture."""

from typing import Final

STATES: Final = ("loading", "empty", "offline", "pending", "refused", "conflict", "revoked", "full")

#: Who has no screens of their own on a phone.
WITHOUT_A_PHONE: Final = {
    "commissioner": "Holds no records on a phone: figures are read on a computer.",
    "data_scientist": "Holds no records on a phone: extracts are taken on a computer.",
    "administrator": "Looks after the whole programme on a computer; a phone shows them what a broker's does.",
}

_ALONE: Final = "None: it adds records and gives commands, which the server decides, and edits no field."

#: A picture as "walk/name", or a sentence that says why there is none.
PICTURED: Final[dict[str, dict[str, str]]] = {
    "prescriber": {
        "loading": "states/states-first-prescriber",
        "empty": "states/states-empty-prescriber",
        "offline": "sync/sync-waiting",
        "pending": "sync/sync-waiting",
        "refused": "sync/sync-refused",
        "conflict": "sync/sync-conflict",
        "revoked": "states/states-revoked-prescriber",
        "full": "states/states-full-prescriber",
    },
    "outreach": {
        "loading": "states/states-first-outreach",
        "empty": "states/states-empty-outreach",
        "offline": "states/states-waiting-outreach",
        "pending": "states/states-waiting-outreach",
        "refused": "states/states-refused-outreach",
        "conflict": "states/states-conflict-outreach",
        "revoked": "states/states-revoked-outreach",
        "full": "states/states-full-outreach",
    },
    "volunteer": {
        "loading": "states/states-first-volunteer",
        "empty": "states/states-empty-volunteer",
        "offline": "states/states-waiting-volunteer",
        "pending": "tasks/task-pending",
        "refused": "tasks/task-lost",
        "conflict": "states/states-conflict-volunteer",
        "revoked": "states/states-revoked-volunteer",
        "full": "states/states-full-volunteer",
    },
    "asset_owner": {
        "loading": "states/states-first-owner",
        "empty": "states/states-empty-owner",
        "offline": "states/states-waiting-owner",
        "pending": "states/states-waiting-owner",
        "refused": "states/states-refused-owner",
        "conflict": "states/states-conflict-owner",
        "revoked": "states/states-revoked-owner",
        "full": "states/states-full-owner",
    },
    "centre": {
        "loading": "states_of_staff/states-first-centre",
        "empty": "states_of_staff/states-empty-centre",
        "offline": "states_of_staff/states-waiting-centre",
        "pending": "states_of_staff/states-waiting-centre",
        "refused": "states_of_staff/states-refused-centre",
        "conflict": "states_of_staff/states-conflict-centre",
        "revoked": "states_of_staff/states-revoked-centre",
        "full": "states_of_staff/states-full-centre",
    },
    "broker": {
        "loading": "states_of_staff/states-first-broker",
        "empty": "states_of_staff/states-empty-broker",
        "offline": "states_of_staff/states-waiting-broker",
        "pending": "states_of_staff/states-waiting-broker",
        "refused": "states_of_staff/states-refused-broker",
        "conflict": _ALONE,
        "revoked": "states_of_staff/states-revoked-broker",
        "full": "states_of_staff/states-full-broker",
    },
    "hub": {
        "loading": "states_of_staff/states-first-hub",
        "empty": "states_of_staff/states-empty-hub",
        "offline": "states_of_staff/states-waiting-hub",
        "pending": "states_of_staff/states-waiting-hub",
        "refused": "states_of_staff/states-refused-hub",
        "conflict": "None: what it edits can be set to one value alone: somebody agrees, a wish has come.",
        "revoked": "states_of_staff/states-revoked-hub",
        "full": "states_of_staff/states-full-hub",
    },
    "employer": {
        "loading": "states_of_staff/states-first-employer",
        "empty": "states_of_staff/states-empty-employer",
        "offline": "states_of_staff/states-waiting-employer",
        "pending": "states_of_staff/states-waiting-employer",
        "refused": "states_of_staff/states-refused-employer",
        "conflict": _ALONE,
        "revoked": "states_of_staff/states-revoked-employer",
        "full": "states_of_staff/states-full-employer",
    },
}  # fmt: skip # a table: a line for each role


def pictures_of(walk: str) -> set[str]:
    """The pictures that a walk has to take for the matrix."""
    cells = (cell for row in PICTURED.values() for cell in row.values())
    return {cell.split("/", 1)[1] for cell in cells if cell.startswith(f"{walk}/")}
