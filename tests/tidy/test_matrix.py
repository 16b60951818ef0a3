"""Every role has each state of its screens pictured, or a sentence that says why not."""

import re

from mobile_contract.vocabulary.work import ROLES
from tests.system.matrix import PICTURED, STATES, WITHOUT_A_PHONE
from tests.system.walks import all_walks


def test_every_role_has_each_state_pictured_or_a_named_reason_why_not() -> None:
    assert {*PICTURED, *WITHOUT_A_PHONE} == set(ROLES.codes)
    assert {role: tuple(row) for role, row in PICTURED.items()} == dict.fromkeys(PICTURED, STATES)
    for cell in (cell for row in PICTURED.values() for cell in row.values()):
        walk, _, picture = cell.partition("/")
        is_picture = walk in all_walks() and re.fullmatch(r"[a-z-]+", picture)
        assert is_picture or re.fullmatch(r"None: .+\.", cell), cell
