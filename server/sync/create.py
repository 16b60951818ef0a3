"""Create: a new record, or a second creation of one id, which merges like an edit."""

from mobile_contract.merge import KindRule
from server.sync.consequences import follow_new
from server.sync.context import Context, Verdict, rejected, waiting_for
from server.sync.fields import missing_parent, others_own, strange_owner, unknown_fields
from server.sync.foreseen import Foreseen, Seer
from server.sync.guards import refuse
from server.sync.model import FieldConflict, Mutation, Outcome
from server.sync.patch import merge_into
from server.sync.timing import corrections


def create(mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Make a record from plain values."""
    if verdict := unknown_fields(mutation, rule):
        return verdict
    existing = context.batch.get(mutation.key)
    if existing is not None:
        return merge_into(existing, mutation, rule, context)
    foreseen = context.foreseen or Seer(context.principal, context.batch.rules, context.validate).foresee(mutation)
    return _new(foreseen, mutation, rule, context) if foreseen else rejected("invalid")


def _new(foreseen: Foreseen, mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    if foreseen.raised:
        raise foreseen.raised
    if foreseen.errors:
        return rejected("invalid", errors=foreseen.errors)
    if context.principal.scopes.isdisjoint(foreseen.scopes) or not context.may_change(mutation.key, foreseen.doc):
        return rejected("not-yours")
    if not foreseen.may_start:
        return rejected("illegal-move")
    if parent := missing_parent(foreseen.doc, rule, context):
        return waiting_for(parent)
    if rule.owners and (verdict := strange_owner(foreseen.doc, rule, context)):
        return verdict
    return refuse(mutation.key, foreseen.doc, context) or _keep(foreseen, mutation, rule, context)


def _keep(foreseen: Foreseen, mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    ignored = others_own(mutation, rule, foreseen.doc, context) if foreseen.others_own else ()
    if rule.past and (right := corrections(foreseen.doc, rule, mutation.hlc, context.hlc, context.now)):
        ignored += tuple(FieldConflict(name, foreseen.doc[name], text, text, "server") for name, text in right.items())
        foreseen = foreseen._replace(doc={**foreseen.doc, **right}, text="")
    context.batch.add(mutation.key, foreseen, context.device, context.hlc)
    filled = follow_new(mutation.key, context)
    outcome = Outcome.MERGED if ignored else Outcome.APPLIED
    return Verdict(outcome, mutation.key, with_row=filled or bool(ignored), conflicts=ignored)
