"""A slate as it was shown: what the ranker learns from."""

from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import ID_PATTERN, Whole
from mobile_contract.kind import (
    Document,
    choice,
    instant,
    kind,
    line,
    nested_list,
    reference,
    values,
)
from mobile_contract.merge import Merge


class ShownItem(Schema):
    """One line of a slate.

    position : from 0. score : the ranker's. propensity : the chance of this item at this position, above 0, at most 1.
    inputs : what was known of the item at that moment and changes with time (places open, wait, counts).
    """

    class Meta:
        unknown = RAISE

    kind = fields.String(required=True, validate=validate.OneOf(("asset", "opportunity", "task", "offer")))
    id = fields.String(required=True, validate=Whole(f"^{ID_PATTERN}$"))
    position = fields.Integer(required=True, strict=True, validate=validate.Range(0, 499))
    score = fields.Float(required=True, allow_nan=False)
    propensity = fields.Float(required=True, validate=validate.Range(0, 1, min_inclusive=False))
    inputs = fields.Dict(keys=fields.String(), load_default=dict)


class ExcludedItem(Schema):
    """A candidate that a rule kept off the slate, and which rule."""

    class Meta:
        unknown = RAISE

    kind = fields.String(required=True)
    id = fields.String(required=True)
    rule = fields.String(required=True, validate=validate.Length(max=60))


class UnshownItem(Schema):
    """A candidate that might have been shown, and was not: others stood before it."""

    class Meta:
        unknown = RAISE

    kind = fields.String(required=True)
    id = fields.String(required=True, validate=Whole(f"^{ID_PATTERN}$"))


_FIXED = Merge.IMMUTABLE


@kind("exposure", scopes=("caseload:{team_id}",), writers=("prescriber", "outreach"), personal=True)
class Exposure(Document):
    """A slate: the query as it was, the items in order, what was excluded.

    query : the ranker's inputs on the person's side. model_version : ``rules`` when no pack could rank.
    unshown : what was eligible and did not fit on the slate, in order of rank; the first 200.
    """

    referral_id = reference("referral", required=True, merge=_FIXED)
    team_id = reference(required=True, merge=_FIXED)
    shown_at = instant(required=True, past=True, merge=_FIXED)
    ranked_on = choice("phone", "server", required=True, merge=_FIXED)
    model_version = line(60, required=True, merge=_FIXED)
    pack_sha256 = line(64, merge=_FIXED)
    policy = line(60, required=True, merge=_FIXED)
    query = values(required=True, personal=True, merge=_FIXED)
    items = nested_list(ShownItem, 500, required=True, merge=_FIXED)
    unshown = nested_list(UnshownItem, 200, merge=_FIXED, load_default=list)
    excluded = nested_list(ExcludedItem, 2000, merge=_FIXED, load_default=list)
