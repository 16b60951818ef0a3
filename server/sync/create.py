"""Create: a new record, or a second creation of one id, which merges like an edit."""

from mobile_contract.merge import KindRule, Merge
from server.domain.moves import may_start
from server.sync.context import Context, Verdict, rejected, waiting_for
from server.sync.fields import missing_parent, others_own, unknown_fields, writable
from server.sync.model import Document, Mutation, Outcome
from server.sync.patch import merge_into


def create(mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Make a record from plain values."""
    if verdict := unknown_fields(mutation, rule):
        return verdict
    existing = context.batch.get(mutation.key)
    if existing is not None:
        return merge_into(existing, mutation, rule, context)
    doc, errors = context.validate(mutation.kind, writable(mutation.set, rule, context), False)
    if errors:
        return rejected("invalid", errors=errors)
    if not context.holds(mutation.key, doc):
        return rejected("not-yours")
    if not all(may_start(mutation.kind, str(doc[name])) for name in _states(rule)):
        return rejected("illegal-move")
    if parent := missing_parent(doc, rule, context):
        return waiting_for(parent)
    return _keep(doc, mutation, rule, context)


def _states(rule: KindRule) -> list[str]:
    return [name for name, field in rule.fields.items() if field.merge is Merge.STATUS]


def _keep(doc: Document, mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    context.batch.put(mutation.key, doc, context.stamps(doc.keys()), context.device)
    ignored = others_own(mutation, rule, doc, context)
    outcome = Outcome.MERGED if ignored else Outcome.APPLIED
    return Verdict(outcome, mutation.key, with_row=bool(ignored), conflicts=ignored)
