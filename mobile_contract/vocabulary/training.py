"""Words about trainings: why one that was done counts no longer."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

REVOKE_REASONS: Final = Vocabulary(
    "revoke_reason",
    {
        "mistake": "Entered by mistake",
        "evidence": "What was shown was not right",
        "provider": "The provider took it back",
        "practice": "No longer works to it",
        "other": "Another reason",
    },
)
