"""What members of a time bank ask for and offer: a public part without a name, and a private one beside it."""

from typing import Any

from server.sync.context import Context, Verdict
from server.sync.decisions.paying import RefusalError, args_of, done, refusing, require_hand
from server.sync.ids import is_id
from server.sync.model import Document, Key, Mutation, Outcome, Stored

#: What the public part of either takes from what a member says.
_TOLD = ("category", "minutes", "availability")
#: What only an offer says: where and in which language it can be had.
_OFFERED = (*_TOLD, "description", "languages", "access", "online", "at_home")


@refusing
def ask_help(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Publish what a member asks for, without saying who; the private part is the bank's and the member's."""
    require_hand(account, context)
    args, bank = args_of(mutation), _open_bank(account, context)
    told = {"status": "open", "asked_at": context.now}
    docs = {**_public(args, _TOLD, bank), **told}, _private("request_id", args, account)
    return _publish(("time_request", "request_detail"), "request_id", docs, context)


@refusing
def offer_help(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Publish what a member will do for others, in the same way; it says no place, as that would be a home's."""
    require_hand(account, context)
    args, bank = args_of(mutation), _open_bank(account, context)
    run_by = {"organisation_id": bank.doc["organisation_id"], "made_up": bank.doc["made_up"]}
    docs = {**_public(args, _OFFERED, bank), **run_by}, _private("offer_id", args, account)
    return _publish(("offer", "offer_detail"), "offer_id", docs, context)


def _open_bank(account: Stored, context: Context) -> Stored:
    """Give the bank of an account; neither may be closed."""
    bank = context.batch.peek(Key("bank", account.doc["bank_id"]))
    if account.doc["status"] == "closed":
        raise RefusalError("account-closed")
    if bank is None or bank.deleted or bank.doc["status"] == "closed":
        raise RefusalError("bank-closed")
    return bank


def _public(args: Document, names: tuple[str, ...], bank: Stored) -> dict[str, Any]:
    told = {name: args[name] for name in names if name in args}
    return {
        **told,
        "name": args.get("title"),
        "bank_id": bank.key.id,
        "district": args.get("district") or bank.doc["district"],
    }


def _private(id_name: str, args: Document, account: Stored) -> dict[str, Any]:
    mine = {name: account.doc[name] for name in ("bank_id", "volunteer_id", "centre_id")}
    return {**mine, id_name: args.get(id_name), "account_id": account.key.id, "note": args.get("note")}


def _publish(
    kinds: tuple[str, str], id_name: str, docs: tuple[dict[str, Any], dict[str, Any]], context: Context
) -> Verdict:
    """Keep both parts under the id that the phone gave them."""
    name = docs[1][id_name]
    if not isinstance(name, str) or not is_id(name):
        raise RefusalError("invalid", errors={id_name: ["Not an id."]})
    keys = [Key(kind, name) for kind in kinds]
    if any(context.batch.get(key) for key in keys):
        raise RefusalError("already-exists")
    for key, doc in zip(keys, docs, strict=True):
        clean, errors = context.validate(key.kind, doc, False)
        if errors:
            raise RefusalError("invalid", errors=errors)
        context.batch.put(key, clean, context.stamps(clean.keys()), context.device)
    return Verdict(Outcome.APPLIED, keys[0], with_row=True)


@refusing
def withdraw_request(mutation: Mutation, detail: Stored, context: Context) -> Verdict:
    """Take a request back."""
    return _withdraw(detail, Key("time_request", detail.key.id), ("open", "withdrawn"), context)


@refusing
def withdraw_offer(mutation: Mutation, detail: Stored, context: Context) -> Verdict:
    """Take an offer back."""
    return _withdraw(detail, Key("offer", detail.key.id), ("active", "closed"), context)


def _withdraw(detail: Stored, public: Key, states: tuple[str, str], context: Context) -> Verdict:
    account = context.batch.get(Key("account", detail.doc["account_id"]))
    if account is None or account.deleted:
        raise RefusalError("not-your-account")
    require_hand(account, context)
    before, after = states
    record = context.batch.get(public)
    if record is None or record.deleted or record.doc["status"] != before:
        return done(detail, again=True)
    context.batch.change(public, {"status": after}, context.device, context.hlc)
    return done(detail)
