"""Exchanges between two members: proposed, confirmed by both, then settled in the ledger in the same transaction."""

from typing import Any

from server.domain.exchanges import NOTE_LIMIT, SIDES, Terms, confirm, end
from server.domain.ledger import Posting
from server.sync.context import Context, Verdict
from server.sync.decisions.paying import (
    RefusalError,
    acts_for,
    args_of,
    derived_id,
    done,
    is_broker,
    movement,
    partner,
    pay,
    refusing,
    require_agreement,
    require_hand,
    terms_of,
)
from server.sync.ids import is_id
from server.sync.model import Key, Mutation, Outcome, Stored

#: What somebody hears who answers what is no longer on the lists of the bank.
_GONE = "Somebody else has answered this already, or it was taken off the list. There is more on the list."


@refusing
def propose(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Note an exchange with another member, before the help or afterwards; with `done`, confirm one's own side too."""
    require_hand(account, context)
    args, terms = args_of(mutation), terms_of(mutation, context)
    _check(args)
    key = Key("exchange", args["exchange_id"])
    if context.batch.get(key) is not None:
        raise RefusalError("already-exists")
    named = args.get("with_account_id")
    other = partner(account, named or _whose(args, context), context)
    _refuse_closed(account, other, context)
    mine, doc = _side(args), _exchange(args, terms, account, other)
    if named is None:  # who posted it was promised to stay without a name until they say who they are
        doc[f"{SIDES[mine == 'giver']}_name"] = None
    if args.get("done"):
        doc |= {f"{mine}_confirmed_at": context.now, "status": "confirmed"}
    context.batch.put(key, doc, context.stamps(doc.keys()), context.device)
    return Verdict(Outcome.APPLIED, key, with_row=True)


def _check(args: Any) -> None:
    """Refuse names that are none, and a side or a note that cannot be."""
    optional = ("offer_id", "request_id", "session_id")
    wrong = [name for name in optional if args.get(name) is not None and not _is_name(args[name])]
    wrong += [] if _is_name(args.get("exchange_id")) else ["exchange_id"]
    wrong += [name for name in ("gives", "done") if not isinstance(args.get(name, False), bool)]
    note = args.get("note") or ""
    wrong += [] if isinstance(note, str) and len(note) <= NOTE_LIMIT and "\x00" not in note else ["note"]
    if wrong:
        raise RefusalError("invalid", errors={name: ["Not what this can be."] for name in wrong})


def _is_name(value: object) -> bool:
    return isinstance(value, str) and is_id(value)


def _side(args: Any) -> str:
    return "giver" if args.get("gives") else "receiver"


def _whose(args: Any, context: Context) -> str | None:
    """Give the account whose public request or offer is answered, as the private part says; None where nothing is."""
    kind, name = ("request", args.get("request_id")) if args.get("gives") else ("offer", args.get("offer_id"))
    if name is None:
        return None
    public = context.held(Key("time_request" if kind == "request" else "offer", name))
    detail = context.batch.get(Key(f"{kind}_detail", name))
    if public is None or public.doc["status"] not in ("open", "active") or detail is None or detail.deleted:
        raise RefusalError("unknown-account", detail=_GONE)
    return str(detail.doc["account_id"])


def _refuse_closed(account: Stored, other: Stored, context: Context) -> None:
    for one in (account, other):
        if one.doc["status"] == "closed":
            raise RefusalError("account-closed")
        bank = context.batch.peek(Key("bank", one.doc["bank_id"]))
        if bank is None or bank.deleted or bank.doc["status"] == "closed":
            raise RefusalError("bank-closed")


def _exchange(args: Any, terms: Terms, account: Stored, other: Stored) -> dict[str, Any]:
    giver, receiver = (account, other) if args.get("gives") else (other, account)
    ours, theirs = giver.doc["bank_id"], receiver.doc["bank_id"]
    doc = {"bank_id": ours, "receiver_bank_id": None if theirs == ours else theirs}
    for side, one in zip(SIDES, (giver, receiver), strict=True):
        doc[f"{side}_account_id"] = one.key.id
        doc |= {f"{side}_{name}": one.doc[name] for name in ("volunteer_id", "centre_id", "name")}
        doc[f"{side}_confirmed_at"] = None
    named = {name: args.get(name) for name in ("offer_id", "request_id", "session_id", "note")}
    agreed = {"minutes": terms.minutes, "category": terms.category, "day_on": terms.day_on}
    open_ = {"status": "proposed", "proposed_by": _side(args), "transaction_id": None, "ended_at": None}
    return {**doc, **named, **agreed, **open_}


@refusing
def confirm_exchange(mutation: Mutation, exchange: Stored, context: Context) -> Verdict:
    """Confirm for one side; the second confirmation moves the minutes, or is refused with what stands in the way."""
    accounts = _accounts(exchange, context)
    side = _own_side(args_of(mutation).get("side"), accounts, context)
    values = confirm(exchange.doc, side, context.now)
    if values is None:
        return done(exchange, again=True)
    if isinstance(values, str):
        raise RefusalError(values, about=exchange.key)
    values[f"{side}_name"] = accounts[side].doc["name"]
    if values["status"] == "settled":
        values["transaction_id"] = _settle(exchange, accounts, context)
    context.batch.change(exchange.key, values, context.device, context.hlc)
    return done(exchange)


def _accounts(exchange: Stored, context: Context) -> dict[str, Stored]:
    """Give both sides' accounts; only an erased one is missing."""
    keys = {side: Key("account", exchange.doc[f"{side}_account_id"]) for side in SIDES}
    context.batch.load(list(keys.values()))
    found = {side: context.batch.get(key) for side, key in keys.items()}
    return {side: one for side, one in found.items() if one is not None and not one.deleted}


def _own_side(asked: object, accounts: dict[str, Stored], context: Context) -> str:
    """Say for which side the principal speaks: a member for their own, a broker for one of the bank's that is named."""
    own = [side for side, one in accounts.items() if acts_for(one.doc, context)]
    may = own + [side for side, one in accounts.items() if is_broker(one.doc["bank_id"], context)]
    if not may:
        raise RefusalError("not-your-account")
    if asked is None and len(set(own)) == 1:
        return own[0]
    if asked not in SIDES:
        raise RefusalError("invalid", errors={"side": ["Say for which side: giver or receiver."]})
    if asked not in may:
        raise RefusalError("not-your-account")
    return str(asked)


def _settle(exchange: Stored, accounts: dict[str, Stored], context: Context) -> str:
    if accounts.keys() != set(SIDES):
        raise RefusalError("unknown-account")
    giver, receiver, doc = accounts["giver"], accounts["receiver"], exchange.doc
    require_agreement(giver.doc["bank_id"], receiver.doc["bank_id"], context)
    terms = Terms(doc["minutes"], doc["category"], doc["day_on"])
    name, lines = derived_id("exchange", exchange.key.id), movement(receiver, giver, terms)
    pay(Posting(name, "exchange", context.now, terms.day_on, lines, about_id=exchange.key.id), context)
    _answer(doc["request_id"], receiver, context)
    return name


def _answer(request_id: str | None, receiver: Stored, context: Context) -> None:
    """Note on a request that it was answered, if it is the receiver's own."""
    detail = context.batch.get(Key("request_detail", request_id)) if request_id else None
    if request_id and detail and not detail.deleted and detail.doc["account_id"] == receiver.key.id:
        key = Key("time_request", request_id)
        context.batch.change(key, {"status": "answered"}, context.device, context.hlc)


@refusing
def end_exchange(mutation: Mutation, exchange: Stored, context: Context) -> Verdict:
    """Decline or cancel an exchange of which nothing has moved yet; either side may, and their brokers."""
    accounts = _accounts(exchange, context)
    hands = (acts_for(one.doc, context) or is_broker(one.doc["bank_id"], context) for one in accounts.values())
    if not any(hands):
        raise RefusalError("not-your-account")
    name = mutation.command.name if mutation.command else ""
    values = end(exchange.doc, "declined" if name == "decline_exchange" else "cancelled", context.now)
    if isinstance(values, str):
        raise RefusalError(values, about=exchange.key)
    if values is not None:
        context.batch.change(exchange.key, values, context.device, context.hlc)
    return done(exchange, again=values is None)
