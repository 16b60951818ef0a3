"""The record of a slate that was shown: what the next ranker learns from."""

from typing import Any, Final

from server.recommend.model import Slate

#: The contract takes no more exclusions in one exposure.
MOST_EXCLUDED: Final = 2000


def exposure(slate: Slate, *, referral_id: str, team_id: str, shown_at: str, ranked_on: str) -> dict[str, Any]:
    """Return the document of the kind `exposure`. shown_at : a UTC instant. ranked_on : ``phone`` or ``server``."""
    return {
        "referral_id": referral_id,
        "team_id": team_id,
        "shown_at": shown_at,
        "ranked_on": ranked_on,
        "model_version": slate.model_version,
        "pack_sha256": slate.pack_sha256,
        "policy": slate.policy,
        "query": dict(slate.query),
        "items": [
            {
                "kind": item.kind,
                "id": item.id,
                "position": item.position,
                "score": item.score,
                "propensity": item.propensity,
                "inputs": dict(item.inputs),
            }
            for item in slate.items
        ],
        "unshown": [{"kind": item.kind, "id": item.id} for item in slate.unshown],
        "excluded": [{"kind": item.kind, "id": item.id, "rule": item.rule} for item in slate.excluded[:MOST_EXCLUDED]],
    }
