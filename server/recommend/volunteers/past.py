"""What a volunteer was asked and took on until today, from the asks and claims that are there.

An ask counts where there is one; a claim of a task about which they were not asked, as when they found it themselves,
counts as one more. `mobile_contract/typescript/ranker/volunteers/inputs.ts` counts the same.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from ml.features.volunteers.inputs import Past

Doc = Mapping[str, Any]

#: Days for which an ask counts against being asked again.
RECENT_DAYS: Final = 30
#: States of a claim while the volunteer has the task.
HOLDING: Final = ("active", "en_route")


def past_of(claims: Sequence[Doc], type_of: Mapping[str, str], *, today: date, asks: Sequence[Doc] = ()) -> Past:
    """Count a volunteer's `claims` and `asks`. type_of : task id → task type, of the tasks that can be seen.

    What was withdrawn before they could answer counts as an ask, and says nothing of what they agree to.
    """
    about = {ask["task_id"] for ask in asks}
    unasked = [claim["claimed_at"] for claim in claims if claim["task_id"] not in about]
    ago = [(today - datetime.fromisoformat(at).date()).days for at in (*unasked, *(ask["asked_at"] for ask in asks))]
    done = [claim["task_id"] for claim in claims if claim["status"] == "done"]
    return Past(
        asks_30d=sum(days < RECENT_DAYS for days in ago),
        asked_days_ago=max(0, min(ago)) if ago else None,
        asked=sum(ask["status"] != "withdrawn" for ask in asks),
        agreed=sum(ask["status"] == "claimed" for ask in asks),
        done=len(done),
        given_back=sum(claim["status"] in ("released", "lapsed") for claim in claims),
        holding=sum(claim["status"] in HOLDING for claim in claims),
        types=frozenset(type_of[task] for task in done if task in type_of),
    )
