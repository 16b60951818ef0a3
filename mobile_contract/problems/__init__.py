"""Every problem the server names.

Errors follow RFC 9457. A phone branches on `remedy` alone; `slug` is for people and for the docs page at
``/problems/<slug>``. Adding a problem means adding one entry to one of the lists.
"""

from collections.abc import Mapping
from typing import Final

from mobile_contract.problems.commands import COMMANDS
from mobile_contract.problems.cursors import CURSORS
from mobile_contract.problems.files import FILES
from mobile_contract.problems.model import Problem, Remedy
from mobile_contract.problems.mutations import MUTATIONS
from mobile_contract.problems.packs import PACKS
from mobile_contract.problems.requests import REQUESTS
from mobile_contract.problems.sign_ins import SIGN_INS
from mobile_contract.problems.timebank import TIMEBANK

__all__ = ["MEDIA_TYPE", "PROBLEMS", "Problem", "Remedy", "problem"]

MEDIA_TYPE: Final = "application/problem+json"

PROBLEMS: Final[Mapping[str, Problem]] = {
    problem.slug: problem
    for problem in (*REQUESTS, *SIGN_INS, *CURSORS, *MUTATIONS, *COMMANDS, *TIMEBANK, *PACKS, *FILES)
}


def problem(slug: str) -> Problem:
    """Look a problem up; an unknown slug raises KeyError."""
    return PROBLEMS[slug]
