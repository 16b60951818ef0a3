"""Accounts of a time bank: opened, closed, and what their owners ask for."""

from typing import Any

from server.domain.ledger import OWNER_KINDS, TimeAccount
from server.sync.banks import bounds
from server.sync.context import Context, Verdict
from server.sync.ids import is_id
from server.sync.model import Document, Key, Mutation, Outcome, Stored
from server.sync.paying import RefusalError, args_of, done, is_broker, refusing, require_hand

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


@refusing
def ask_help(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Publish what a member asks for, without saying who; the private part is the bank's and the member's."""
    require_hand(account, context)
    args, bank = args_of(mutation), context.batch.peek(Key("bank", account.doc["bank_id"]))
    if bank is None or bank.deleted or bank.doc["status"] == "closed" or account.doc["status"] == "closed":
        raise RefusalError("account-closed" if account.doc["status"] == "closed" else "bank-closed")
    request_id = args.get("request_id")
    if not isinstance(request_id, str) or not is_id(request_id):
        raise RefusalError("invalid", errors={"request_id": ["Not an id."]})
    keys = Key("time_request", request_id), Key("request_detail", request_id)
    if any(context.batch.get(key) for key in keys):
        raise RefusalError("already-exists")
    mine = {name: account.doc[name] for name in ("bank_id", "volunteer_id", "centre_id")}
    told = {name: args[name] for name in ("category", "minutes", "availability") if name in args}
    district = args.get("district") or bank.doc["district"]
    public = {
        **told,
        "name": args.get("title"),
        "bank_id": bank.key.id,
        "district": district,
        "status": "open",
        "asked_at": context.now,
    }
    private = {**mine, "request_id": request_id, "account_id": account.key.id, "note": args.get("note")}
    _publish(keys, (public, private), context)
    return Verdict(Outcome.APPLIED, keys[0], with_row=True)


def _publish(keys: tuple[Key, Key], docs: tuple[Document, Document], context: Context) -> None:
    for key, doc in zip(keys, docs, strict=True):
        clean, errors = context.validate(key.kind, doc, False)
        if errors:
            raise RefusalError("invalid", errors=errors)
        context.batch.put(key, clean, context.stamps(clean.keys()), context.device)


@refusing
def withdraw_request(mutation: Mutation, detail: Stored, context: Context) -> Verdict:
    """Take a request back."""
    account = context.batch.get(Key("account", detail.doc["account_id"]))
    if account is None or account.deleted:
        raise RefusalError("not-your-account")
    require_hand(account, context)
    key = Key("time_request", detail.key.id)
    request = context.batch.get(key)
    if request is None or request.doc["status"] != "open":
        return done(detail, again=True)
    context.batch.change(key, {"status": "withdrawn"}, context.device, context.hlc)
    return done(detail)
