"""A survey as it is asked at the door: one version of it, never changed once it is there."""

from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import Shown, StrictBoolean, Together, Whole
from mobile_contract.kind import Document, integer, kind, name, nested_list, reference
from mobile_contract.merge import Merge
from mobile_contract.survey import MOST_QUESTIONS, wrong_questions

_CODE = r"[a-z][a-z0-9_]{0,39}"


class Choice(Schema):
    """One answer that may be chosen: a code that never changes, and its words."""

    class Meta:
        unknown = RAISE

    code = fields.String(required=True, validate=Whole(f"^{_CODE}$"))
    label = fields.String(required=True, validate=Shown(max=200))


class Question(Schema):
    """One question. low, high : the ends of a number. when : the rule by which it is asked, always when None."""

    class Meta:
        unknown = RAISE

    code = fields.String(required=True, validate=Whole(f"^{_CODE}$"))
    text = fields.String(required=True, validate=Shown(max=300))
    type = fields.String(required=True, validate=validate.OneOf(("one", "many", "yes_no", "number")))
    options = fields.List(fields.Nested(Choice), load_default=list, validate=validate.Length(max=31))
    low = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(-1000, 1_000_000))
    high = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(-1000, 1_000_000))
    required = StrictBoolean(load_default=False)
    when = fields.Dict(keys=fields.String(), load_default=None, allow_none=True)


@kind("survey", scopes=("fieldwork:{team_id}",), writers=("outreach", "administrator"), since=5)
class Survey(Document):
    """One version of a survey. A change is a new record, so that what was answered before can always be read.

    series : what all versions of one survey share. replaces : the version before. People's own words are no answer:
    they go into a visit's `said`, which no export holds.
    """

    team_id = reference(required=True, merge=Merge.IMMUTABLE)
    series = reference(required=True, merge=Merge.IMMUTABLE)
    edition = integer(1, 10_000, required=True, merge=Merge.IMMUTABLE)
    replaces = reference("survey", merge=Merge.IMMUTABLE)
    title = name(200, required=True, merge=Merge.IMMUTABLE)
    questions = nested_list(
        Question,
        MOST_QUESTIONS,
        together=Together(wrong_questions, 1, MOST_QUESTIONS),
        required=True,
        merge=Merge.IMMUTABLE,
    )
