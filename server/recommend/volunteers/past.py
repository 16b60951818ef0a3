"""What a volunteer took on until today, from the claims that are there.

The contract keeps no asks yet, only what came of them, so a claim counts as the ask; who was asked and said no is not
known. `mobile_contract/typescript/ranker/volunteers/past.ts` counts the same.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from ml.features.volunteers.inputs import Past

#: Days for which an ask counts against being asked again.
RECENT_DAYS: Final = 30


def past_of(claims: Sequence[Mapping[str, Any]], type_of: Mapping[str, str], *, today: date) -> Past:
    """Count a volunteer's `claims`. type_of : task id → task type, of the tasks that can be seen."""
    ago = [(today - datetime.fromisoformat(claim["claimed_at"]).date()).days for claim in claims]
    done = [claim["task_id"] for claim in claims if claim["status"] == "done"]
    return Past(
        asks_30d=sum(days < RECENT_DAYS for days in ago),
        asked_days_ago=max(0, min(ago)) if ago else None,
        done=len(done),
        given_back=sum(claim["status"] == "released" for claim in claims),
        holding=sum(claim["status"] == "active" for claim in claims),
        types=frozenset(type_of[task] for task in done if task in type_of),
    )
