"""Moving minutes: one posting, the balances that follow from it, and an entry for each owner's statement."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from server.domain.exchanges import Terms, agrees, read_terms
from server.domain.ledger import Line, Posted, Posting, TimeAccount, pair
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.ids import is_id
from server.sync.model import Document, Key, Mutation, Outcome, Stored

#: Roles that look after a time bank.
BROKERS = frozenset({"broker", "administrator"})

Decide = Callable[[Mutation, Stored, Context], Verdict]


class RefusalError(Exception):
    """Carries the verdict of a command that is refused."""

    def __init__(self, slug: str, **more: Any) -> None:
        super().__init__(slug)
        self.verdict = rejected(slug, keep=False, **more)


def refusing(decide: Decide) -> Decide:
    """Let a command refuse by raising."""

    @wraps(decide)
    def decided(mutation: Mutation, record: Stored, context: Context) -> Verdict:
        try:
            return decide(mutation, record, context)
        except RefusalError as refusal:
            return refusal.verdict

    return decided


def done(record: Stored, *, again: bool = False) -> Verdict:
    """Say that a command was carried out, now or before."""
    return Verdict(Outcome.DUPLICATE if again else Outcome.APPLIED, record.key, with_row=True)


def derived_id(*names: str) -> str:
    """Make the id of what follows from a command, the same however often it is sent."""
    return digest(*names)[:32]


def args_of(mutation: Mutation) -> Document:
    """Give what a command says."""
    return mutation.command.args if mutation.command else {}


def terms_of(mutation: Mutation, context: Context) -> Terms:
    """Read the terms of a command."""
    terms = read_terms(args_of(mutation), context.today)
    if isinstance(terms, str):
        raise RefusalError(terms, errors={"day_on": ["Not a date."]} if terms == "invalid" else None)
    return terms


def is_broker(bank_id: str | None, context: Context) -> bool:
    """Say whether the principal looks after this bank."""
    principal = context.principal
    return bool(principal.roles & BROKERS) and f"timebank:{bank_id}" in principal.scopes


def acts_for(account: Document, context: Context) -> bool:
    """Say whether an account is the principal's own, or that of a group that their centre looks after."""
    principal, centre_id = context.principal, account.get("centre_id")
    if account.get("volunteer_id") is not None and "volunteer" in principal.roles:
        return bool(account["volunteer_id"] == principal.volunteer_id)
    return centre_id is not None and "centre" in principal.roles and f"centre:{centre_id}" in principal.scopes


def require_hand(account: Stored, context: Context) -> None:
    """Refuse whoever neither owns the account nor looks after its bank."""
    if not (acts_for(account.doc, context) or is_broker(account.doc["bank_id"], context)):
        raise RefusalError("not-your-account")


def partner(account: Stored, other_id: object, context: Context) -> Stored:
    """Give the other side's account, if minutes may move between the two at all."""
    if other_id == account.key.id:
        raise RefusalError("to-oneself", about=account.key)
    other = context.batch.get(Key("account", other_id)) if isinstance(other_id, str) and is_id(other_id) else None
    if other is None or other.deleted:
        raise RefusalError("unknown-account")
    require_agreement(account.doc["bank_id"], other.doc["bank_id"], context)
    return other


def require_agreement(bank_id: str, other_id: str, context: Context) -> None:
    """Refuse an exchange between banks of which one does not consent."""
    if bank_id == other_id:
        return
    ours, theirs = (context.batch.peek(Key("bank", one)) for one in (bank_id, other_id))
    if not (ours and theirs and agrees(ours.doc, other_id) and agrees(theirs.doc, bank_id)):
        raise RefusalError("no-agreement")


def clearing_id(bank_id: str, other_id: str) -> str:
    """Name the account in which a bank keeps what it owes another, or is owed."""
    return derived_id("clearing", bank_id, other_id)


def movement(payer: Stored, receiver: Stored, terms: Terms, number: int = 0) -> tuple[Line, ...]:
    """Make the lines that take minutes from one account to another; between banks they go through both clearings."""
    ours, theirs = payer.doc["bank_id"], receiver.doc["bank_id"]
    if ours == theirs:
        return pair(number, payer.key.id, receiver.key.id, terms.minutes, terms.category)
    out = pair(number, payer.key.id, clearing_id(ours, theirs), terms.minutes, terms.category)
    return (*out, *pair(number + 1, clearing_id(theirs, ours), receiver.key.id, terms.minutes, terms.category))


def pay(posting: Posting, context: Context) -> bool:
    """Post, and let the owners see it; say whether anything moved. RefusalError when the ledger does not take it."""
    posted = post(posting, context)
    if posted not in (Posted.POSTED, Posted.REPEATED):
        raise RefusalError(posted.value)
    return posted is Posted.POSTED


def post(posting: Posting, context: Context) -> Posted:
    """Do the same, and say what came of it."""
    keys = [Key("account", account_id) for account_id in posting.account_ids]
    context.batch.load(keys)  # before the ledger's own rows, as everybody does
    posted = context.work.post(posting)
    if posted is Posted.POSTED:
        balances = context.work.time_accounts(posting.account_ids)
        for key in keys:
            _tell(key, posting, balances[key.id], context)
    return posted


def _tell(key: Key, posting: Posting, account: TimeAccount, context: Context) -> None:
    """Let an account's record say its new balance, and write the entry; clearing accounts have no record."""
    record = context.batch.get(key)
    if record is None or record.deleted:
        return
    context.batch.change(key, {"balance_min": account.balance_min}, context.device, context.hlc)
    entry = Key("entry", entry_id(posting.id, key.id))
    doc = _entry(posting, record, account)
    context.batch.put(entry, doc, context.stamps(doc.keys()), context.device)


def entry_id(posting_id: str, account_id: str) -> str:
    """Name the entry that tells one account of one posting."""
    return derived_id("entry", posting_id, account_id)


def _entry(posting: Posting, record: Stored, account: TimeAccount) -> dict[str, Any]:
    mine = {name: record.doc[name] for name in ("bank_id", "volunteer_id", "centre_id")}
    (category, *_) = sorted({line.category for line in posting.lines if line.account_id == account.id})
    return mine | {
        "account_id": account.id,
        "transaction_id": posting.id,
        "type": posting.type,
        "minutes": posting.nets[account.id],
        "balance_min": account.balance_min,
        "category": category,
        "day_on": posting.day_on,
        "posted_at": posting.at,
        "about_id": posting.about_id,
        "reverses_id": posting.reverses,
        "reversed_at": None,
    }


def entries_of(posting: Posting) -> Iterable[Key]:
    """Name the entries that a posting has, those of clearing accounts included, which have none."""
    return [Key("entry", entry_id(posting.id, account_id)) for account_id in posting.account_ids]
