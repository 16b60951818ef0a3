"""Accounts of a time bank: opened and closed."""

from typing import Any

from server.domain.ledger import OWNER_KINDS, TimeAccount
from server.sync.context import Context, Verdict
from server.sync.decisions.banks import bounds
from server.sync.decisions.paying import RefusalError, args_of, done, is_broker, refusing, require_hand
from server.sync.ids import is_id
from server.sync.model import Document, Key, Mutation, Outcome, Stored

#: Types of accounts that are opened by command → the kind of record whose they are.
_OWNERS = {type_: kind for type_, kind in OWNER_KINDS.items() if kind != "bank"}


@refusing
def open_account(mutation: Mutation, bank: Stored, context: Context) -> Verdict:
    """Open an account, or open a closed one again: a broker for anybody, a volunteer for themselves where they may."""
    args = args_of(mutation)
    owner = _owner(args, bank, context)
    key = Key("account", args["account_id"])
    found = context.batch.get(key)
    if found is not None:
        return _again(found, owner, bank, context)
    if bank.doc["status"] == "closed":
        raise RefusalError("bank-closed")
    doc = _account(args, owner, bank, context)
    _keep(key.id, doc, context, closed=False)
    context.batch.put(key, doc, context.stamps(doc.keys()), context.device)
    return Verdict(Outcome.APPLIED, key, with_row=True)


def _owner(args: Document, bank: Stored, context: Context) -> Stored:
    """Give the record whose account it is to be, if the principal may open one for it."""
    type_, owner_id = args.get("type"), args.get("owner_id")
    names = (args.get("account_id"), owner_id)
    if type_ not in _OWNERS or not all(isinstance(one, str) and is_id(one) for one in names):
        raise RefusalError("invalid", errors={"type": ["Say type, owner_id and account_id."]})
    own = type_ == "person" and bank.doc["self_join"] and owner_id == context.principal.volunteer_id
    if not is_broker(bank.key.id, context) and not own:
        raise RefusalError("not-yours")
    owner = context.batch.peek(Key(_OWNERS[type_], str(owner_id)))
    if owner is None or owner.deleted:
        raise RefusalError("invalid", errors={"owner_id": ["There is no such record."]})
    return owner


def _again(found: Stored, owner: Stored, bank: Stored, context: Context) -> Verdict:
    """Open a closed account again; one that is open stays as it is."""
    same = not found.deleted and (found.doc["owner_id"], found.doc["bank_id"]) == (owner.key.id, bank.key.id)
    if not same:
        raise RefusalError("account-exists")
    if found.doc["status"] == "open":
        return Verdict(Outcome.DUPLICATE, found.key, with_row=True)
    if not is_broker(bank.key.id, context):
        raise RefusalError("not-yours")
    _keep(found.key.id, found.doc, context, closed=False)
    context.batch.change(found.key, {"status": "open"}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, found.key, with_row=True)


def _account(args: Document, owner: Stored, bank: Stored, context: Context) -> dict[str, Any]:
    floor, ceiling = bounds(args["type"], bank.doc)
    is_person = owner.key.kind == "volunteer"
    names = [owner.doc.get(name) or "" for name in ("given_name", "family_name")] if is_person else [owner.doc["name"]]
    doc = {
        "bank_id": bank.key.id,
        "type": args["type"],
        "owner_kind": owner.key.kind,
        "owner_id": owner.key.id,
        "volunteer_id": owner.key.id if is_person else None,
        "centre_id": None if is_person else args.get("centre_id"),
        "name": " ".join(names).strip(),
        "balance_min": 0,
        "floor_min": floor,
        "ceiling_min": ceiling,
        "status": "open",
        "opened_at": context.now,
        "made_up": bool(owner.doc.get("made_up")),
    }
    clean, errors = context.validate("account", doc, False)
    if errors:
        raise RefusalError("invalid", errors=errors)
    return clean


def _keep(account_id: str, doc: Document, context: Context, *, closed: bool) -> None:
    bound = (doc["floor_min"], doc["ceiling_min"])
    account = TimeAccount(account_id, doc["bank_id"], doc["type"], *bound, 0, closed, doc["owner_id"])
    if context.work.keep_account(account) is None:
        raise RefusalError("account-exists")


@refusing
def close_account(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Close an account at zero."""
    require_hand(account, context)
    if account.doc["status"] == "closed":
        return done(account, again=True)
    if account.doc["type"] == "pot":
        raise RefusalError("not-your-account")
    if account.doc["balance_min"] != 0:
        raise RefusalError("account-not-empty", about=account.key)
    _keep(account.key.id, account.doc, context, closed=True)
    context.batch.change(account.key, {"status": "closed"}, context.device, context.hlc)
    return done(account)
