"""Transfers, gifts, sessions for several, and taking a transaction back."""

from typing import Any

from server.domain.exchanges import Terms
from server.domain.ledger import Line, Posting, reversed_lines
from server.sync.context import Context, Verdict
from server.sync.decisions.paying import (
    RefusalError,
    acts_for,
    args_of,
    derived_id,
    done,
    entries_of,
    is_broker,
    movement,
    partner,
    pay,
    refusing,
    require_hand,
    terms_of,
)
from server.sync.ids import is_id
from server.sync.model import Key, Mutation, Stored

#: The most whom one session is logged for at once.
MOST_RECEIVERS = 50


@refusing
def transfer(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Move minutes from an account to another."""
    require_hand(account, context)
    terms = terms_of(mutation, context)
    other = partner(account, args_of(mutation).get("to_account_id"), context)
    return _move("transfer", movement(account, other, terms), terms, mutation, account, context)


@refusing
def donate(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Give minutes to a group, an organisation, or to the community pot when nobody is named."""
    require_hand(account, context)
    terms = terms_of(mutation, context)
    bank = context.batch.peek(Key("bank", account.doc["bank_id"]))
    other = partner(account, args_of(mutation).get("to_account_id") or (bank and bank.doc["pot_id"]), context)
    if other.doc["type"] == "person":
        raise RefusalError("invalid", errors={"to_account_id": ["Not a group, an organisation or the pot."]})
    return _move("donation", movement(account, other, terms), terms, mutation, account, context)


@refusing
def log_session(mutation: Mutation, account: Stored, context: Context) -> Verdict:
    """Settle at once what one gave to several, on a broker's word: each receiver pays for the whole time."""
    if not is_broker(account.doc["bank_id"], context):
        raise RefusalError("not-your-account")
    terms = terms_of(mutation, context)
    lines: list[Line] = []
    for receiver_id in _receivers(args_of(mutation)):
        lines += movement(partner(account, receiver_id, context), account, terms, number=len(lines))
    return _move("session", tuple(lines), terms, mutation, account, context)


def _receivers(args: Any) -> list[str]:
    ids = args.get("receiver_ids")
    right = isinstance(ids, list) and 0 < len(ids) <= MOST_RECEIVERS and all(isinstance(one, str) for one in ids)
    if not right or len(set(ids)) < len(ids):
        raise RefusalError("invalid", errors={"receiver_ids": [f"Not 1 to {MOST_RECEIVERS} accounts, each once."]})
    return sorted(ids)


def _move(
    type_: str, lines: tuple[Line, ...], terms: Terms, mutation: Mutation, account: Stored, context: Context
) -> Verdict:
    """Post it once: under the id that the phone gave it, or that follows from the mutation."""
    given = args_of(mutation).get("transaction_id")
    if given is not None and not (isinstance(given, str) and is_id(given)):
        raise RefusalError("invalid", errors={"transaction_id": ["Not an id."]})
    if terms.day_on > context.today:
        raise RefusalError("invalid", errors={"day_on": ["This is still to come."]})
    names = ("given", account.key.id, given) if given else (context.device, mutation.mid)
    posting = Posting(derived_id(type_, *names), type_, context.now, terms.day_on, lines)
    again = not pay(posting, context)
    if again and (before := context.work.posting(posting.id)) and set(before.lines) != set(lines):
        raise RefusalError("already-exists", about=account.key)
    return done(account, again=again)


@refusing
def reverse(mutation: Mutation, record: Stored, context: Context) -> Verdict:
    """Take a settled exchange, or whatever else an entry tells of, back: once, by who received minutes or a broker."""
    posting = context.work.posting(record.doc["transaction_id"] or "")
    if posting is None:
        raise RefusalError("exchange-not-settled", about=record.key)
    if posting.type == "reversal":
        raise RefusalError("already-reversed", about=record.key)
    _require_receiver(posting, context)
    lines = reversed_lines(posting.lines)
    back = Posting(derived_id("reversal", posting.id), "reversal", context.now, posting.day_on, lines, posting.id)
    if not pay(back, context):
        raise RefusalError("already-reversed", about=record.key)
    _mark(posting, context)
    return done(record)


def _require_receiver(posting: Posting, context: Context) -> None:
    """Refuse whoever neither received minutes by a posting nor looks after a bank that it touches."""
    context.batch.load([Key("account", account_id) for account_id in posting.account_ids])
    for account_id, minutes in posting.nets.items():
        account = context.batch.get(Key("account", account_id))
        if account is None or account.deleted:
            continue
        if is_broker(account.doc["bank_id"], context) or (minutes > 0 and acts_for(account.doc, context)):
            return
    raise RefusalError("not-your-account")


def _mark(posting: Posting, context: Context) -> None:
    """Note on the entries, and on the exchange, that it was taken back."""
    entries = list(entries_of(posting))
    context.batch.load(entries)
    for key in entries:
        record = context.batch.get(key)
        if record and not record.deleted:
            context.batch.change(key, {"reversed_at": context.now}, context.device, context.hlc)
    if posting.type == "exchange" and posting.about_id:
        key = Key("exchange", posting.about_id)
        record = context.batch.get(key)
        if record and not record.deleted:
            ended = {"status": "reversed", "ended_at": context.now}
            context.batch.change(key, ended, context.device, context.hlc)
