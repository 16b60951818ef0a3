"""The files beside a version that say what was found out about it, and the commands that find it out."""

from typing import Final

EVALUATION: Final = "evaluation.json"
FAIRNESS: Final = "fairness.json"
OPE: Final = "ope.json"
DRIFT: Final = "drift.json"
SHADOW: Final = "shadow.json"

#: The verdict of a fairness audit that could compare no two groups of people.
NOT_JUDGED: Final = "not judged"

#: File → command.
EVIDENCE: Final = {EVALUATION: "evaluate", FAIRNESS: "fairness", OPE: "ope", DRIFT: "drift", SHADOW: "shadow"}
