"""Does anything protected reach a score? People who differ in it alone are ranked, and bytes compared.

Records go the whole way: `ml.inputs`, the pack's programs, its rules and its trees. First everything that no ranking
may know is flipped: then inputs, scores and order must be the same to the byte. Then age and the group a person may
join are flipped, which eligibility reads: scores must be the same, and only rules may change what is offered.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from ml import inputs
from ml.audit.specimens import Case
from ml.models.walker import Pack

Document = Mapping[str, Any]

#: What no ranking may know → two values of it.
PROTECTED: Final[Mapping[str, tuple[Any, Any]]] = {
    "given_name": ("Alex", "Amina"),
    "family_name": ("Smith", "Okonkwo"),
    "address": ("1 High Street", "2 Mill Lane"),
    "postcode": ("QE1 1AA", "QE9 9ZZ"),
    "phone": ("01632 960001", "01632 960002"),
    "lsoa": ("E01000001", "E01000002"),
    "deprivation_decile": (1, 10),
    "ethnicity": ("white_british", "black_african"),
    "religion": ("none", "muslim"),
    "sexual_orientation": ("heterosexual", "gay"),
    "sex": ("female", "male"),
    "gender": ("woman", "man"),
    "gender_identity": ("same_as_birth", "other"),
    "disability": (False, True),
    "pregnancy": (False, True),
    "marital_status": ("single", "married"),
    "nationality": ("british", "other"),
    "protected_group": (0, 1),
    "what_matters": ("My church.", "My mosque."),
}
#: What eligibility reads and no score may: name → two sets of values.
ELIGIBILITY_ONLY: Final[Mapping[str, tuple[Document, Document]]] = {
    "age": ({"age_band": "18_24", "birth_on": None}, {"age_band": "75_84", "birth_on": None}),
    "audience": ({"audience": "women"}, {"audience": "men"}),
}


def flip(
    pack: Pack, cases: Sequence[Case], *, today: date, codes: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Rank each case with everything protected flipped, and say what changed.

    today : the local date. codes : characteristics that equality records name, with two codes or more each.
    """
    protected = {**PROTECTED, **{name: (values[0], values[-1]) for name, values in (codes or {}).items()}}
    leaks: set[str] = set()
    scores = lists = barred = 0
    for case in cases:
        before, after = (_ranked(pack, case, _worn(protected, side), today) for side in (0, 1))
        if before != after:
            scores, lists = scores + (before[1] != after[1]), lists + (before[2] != after[2])
            leaks |= _leaking(pack, case, protected, today)
        barred += _eligibility(pack, case, today, leaks)
    return {
        "people": len(cases),
        "candidates": sum(len(case.candidates) for case in cases),
        "flipped": sorted(protected),
        "flipped_of_eligibility": sorted(ELIGIBILITY_ONLY),
        "score_changes": scores,
        "list_changes": lists,
        "lists_changed_by_rules_on_age_or_audience": barred,
        "leaks": sorted(leaks),
        "clean": not leaks,
    }


def _worn(protected: Mapping[str, tuple[Any, Any]], side: int) -> dict[str, Any]:
    return {name: values[side] for name, values in protected.items()}


def _ranked(pack: Pack, case: Case, change: Document, today: date) -> tuple[str, bytes, list[str]]:
    """The inputs as text, the score bytes of all candidates, and the ids that are offered, best first."""
    person = {name: value for name, value in {**case.person, **change}.items() if value is not None}
    referral = {**case.referral, **{name: change[name] for name in change if name in PROTECTED}}
    asked = inputs.query_inputs(referral, person, today=today)
    known = pack.known(inputs.columns(asked, [one.inputs for one in case.candidates]))
    score = pack.score(pack.matrix(known))
    free = pack.first_rule(known) < 0
    best = [place for place in np.argsort(-score, kind="stable").tolist() if free[place]]
    return json.dumps(asked, sort_keys=True), score.tobytes(), [case.candidates[place].id for place in best]


def _leaking(pack: Pack, case: Case, protected: Mapping[str, tuple[Any, Any]], today: date) -> set[str]:
    """Which attributes alone change something; all of them when only several together do."""
    found = {
        name
        for name, (one, other) in protected.items()
        if _ranked(pack, case, {name: one}, today) != _ranked(pack, case, {name: other}, today)
    }
    return found or set(protected)


def _eligibility(pack: Pack, case: Case, today: date, leaks: set[str]) -> bool:
    """Whether rules on age or audience change what is offered; adds to `leaks` what changes a score or an order."""
    changed = False
    for name, (one, other) in ELIGIBILITY_ONLY.items():
        (_, score, offered), (_, scored, others) = (_ranked(pack, case, side, today) for side in (one, other))
        both = set(offered) & set(others)
        if score != scored or [item for item in offered if item in both] != [item for item in others if item in both]:
            leaks.add(name)
        changed |= offered != others
    return changed


def judge_flip(found: Mapping[str, Any]) -> list[str]:
    """Why what was flipped refuses a version; nothing when all stayed the same."""
    if found["clean"]:
        return []
    return [
        f"Flipping {', '.join(found['leaks'])} changes scores or lists: of {found['people']} people "
        f"{found['score_changes']} had other scores and {found['list_changes']} another list."
    ]
