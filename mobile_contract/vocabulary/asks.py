"""Words about asks: why somebody who was asked about a task did not do it."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

#: The first seven are the volunteer's to give; the others are the server's.
ASK_REASONS: Final = Vocabulary(
    "ask_reason",
    {
        "time": "Not at that time",
        "too_far": "Too far",
        "no_transport": "No way to get there",
        "unwell": "Not well enough",
        "not_for_me": "Not the sort of task I do",
        "enough": "Enough to do at the moment",
        "other": "Another reason",
        "no_answer": "No answer in time",
        "taken": "Somebody else has it",
        "called_off": "Called off, or over",
        "paused": "On a break, or left",
    },
)

#: What a volunteer may say.
OWN_REASONS: Final = ASK_REASONS.codes[:7]
