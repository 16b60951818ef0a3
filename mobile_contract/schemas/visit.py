"""A knock at a door: what came of it, what was answered, what people spoke of."""

from mobile_contract.kind import Document, choice, codes, day, integer, kind, long_text, reference, values
from mobile_contract.merge import Merge
from mobile_contract.survey import MOST_QUESTIONS
from mobile_contract.vocabulary import THEMES

_FIXED = Merge.IMMUTABLE


@kind("visit", scopes=("fieldwork:{team_id}",), writers=("outreach", "administrator"), since=5)
class Visit(Document):
    """One visit to one household, to the day. What came of it stays; a visit entered by mistake can be deleted.

    survey_id : the version that `answers` are of, question by question: codes and whole numbers. said : their own
    words, which no export holds. onward : how many referrals came of it; never whose.
    """

    team_id = reference(required=True, merge=_FIXED)
    round_id = reference("round", required=True, merge=_FIXED)
    household_id = reference("household", required=True, merge=_FIXED)
    survey_id = reference("survey", merge=_FIXED)
    visited_on = day(required=True, merge=_FIXED)
    outcome = choice("not_in", "refused", "done", required=True, merge=_FIXED)
    answers = values(most=MOST_QUESTIONS, merge=_FIXED, load_default=dict)
    themes = codes(THEMES)
    said = long_text(4000, personal=True)
    onward = integer(0, 20, merge=_FIXED, load_default=0)
