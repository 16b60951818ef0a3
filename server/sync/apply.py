"""Apply one mutation: who may, is it right, how does it merge."""

from server.sync.commands import command
from server.sync.context import Context, Verdict, rejected, waiting_for
from server.sync.create import create
from server.sync.delete import delete
from server.sync.erasing import forgotten, is_about_erased
from server.sync.ids import is_id
from server.sync.model import Mutation
from server.sync.patch import patch

_EDITS = {"create": create, "patch": patch, "delete": delete}


def apply(mutation: Mutation, context: Context) -> Verdict:
    """Say what becomes of a mutation and change the batch accordingly."""
    if mutation.sent is not None:
        return rejected("invalid", errors=mutation.wrong, blank=is_about_erased(mutation, context.batch))
    rule = context.batch.rules.get(mutation.kind)
    if rule is None:
        return forgotten(mutation, context) or rejected("unknown-kind")
    if not is_id(mutation.id):
        return rejected("invalid", errors={"id": ["Not an id."]})
    if verdict := forgotten(mutation, context):
        return verdict
    if mutation.op != "create" and mutation.key in context.deferred:
        return waiting_for(mutation.key)
    if mutation.op == "command":
        return command(mutation, rule, context)
    if mutation.op not in _EDITS:
        return rejected("invalid", errors={"op": ["Not create, patch, delete or command."]})
    if not context.may_write(rule):
        return rejected("not-yours" if rule.writers else "read-only")
    return _EDITS[mutation.op](mutation, rule, context)
