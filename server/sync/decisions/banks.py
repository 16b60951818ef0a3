"""What the brokers of a time bank decide: its rules, with whom it exchanges, and its end."""

from typing import Any, Final

from server.domain.exchanges import agrees, with_agreement, without_agreement
from server.domain.ledger import TimeAccount
from server.sync.context import Context, Verdict
from server.sync.decisions.paying import RefusalError, args_of, clearing_id, derived_id, done, is_broker, refusing
from server.sync.ids import is_id
from server.sync.model import Document, Key, Mutation, Stored
from server.sync.puts import Put

#: The rules that can be set. Those of bounds are carried to every account.
_RULES: Final = ("floor_min", "ceiling_min", "pot_floor_min", "credits_tasks", "self_join", "centre_id", "name")


@refusing
def set_rules(mutation: Mutation, bank: Stored, context: Context) -> Verdict:
    """Change rules of a bank; an account that is beyond a new bound stays where it is and moves no further."""
    _require_broker(bank, context)
    wanted = {name: value for name, value in args_of(mutation).items() if name in _RULES}
    unknown = args_of(mutation).keys() - set(_RULES)
    clean, errors = context.validate("bank", wanted, True)
    if unknown or errors or not clean:
        raise RefusalError("invalid", errors={**{name: ["No rule of a bank."] for name in unknown}, **errors})
    context.batch.change(bank.key, clean, context.device, context.hlc)
    if clean.keys() & {"floor_min", "ceiling_min", "pot_floor_min"}:
        _carry_bounds({**bank.doc, **clean}, bank.key.id, context)
    return done(bank)


def _carry_bounds(rules: Any, bank_id: str, context: Context) -> None:
    keys = [key for key in context.work.referring("account", "bank_id", [bank_id]) if key.kind == "account"]
    context.batch.load(keys)
    for account_id, one in context.work.time_accounts([key.id for key in keys]).items():
        floor, ceiling = bounds(one.type, rules)
        new = TimeAccount(one.id, bank_id, one.type, floor, ceiling, 0, one.closed, one.owner_id)
        kept = context.work.keep_account(new)
        record = context.batch.get(Key("account", account_id))
        if kept and record and not record.deleted:
            told = {"floor_min": kept.floor_min, "ceiling_min": kept.ceiling_min}
            context.batch.change(record.key, told, context.device, context.hlc)


def bounds(type_: str, rules: Any) -> tuple[int, int]:
    """Say how far an account of this type may go, in minutes below and above 0."""
    if type_ == "pot":
        return rules["pot_floor_min"], -rules["pot_floor_min"]
    return rules["floor_min"], rules["ceiling_min"]


@refusing
def agree_exchange(mutation: Mutation, bank: Stored, context: Context) -> Verdict:
    """Consent to exchanging with another bank; minutes move once the other consents, too."""
    other = _other(mutation, bank, context)
    if agrees(bank.doc, other.key.id):
        return done(bank, again=True)
    for one, two in ((bank.key.id, other.key.id), (other.key.id, bank.key.id)):
        context.work.keep_account(TimeAccount(clearing_id(one, two), one, "clearing"))
    agreed = {"agreements": with_agreement(bank.doc, other.key.id, context.now)}
    context.batch.change(bank.key, agreed, context.device, context.hlc)
    return done(bank)


@refusing
def withdraw_agreement(mutation: Mutation, bank: Stored, context: Context) -> Verdict:
    """Withdraw the consent: what is settled stays, nothing new is."""
    other = _other(mutation, bank, context)
    if not agrees(bank.doc, other.key.id):
        return done(bank, again=True)
    withdrawn = {"agreements": without_agreement(bank.doc, other.key.id, context.now)}
    context.batch.change(bank.key, withdrawn, context.device, context.hlc)
    return done(bank)


@refusing
def close_bank(mutation: Mutation, bank: Stored, context: Context) -> Verdict:
    """Close a bank for good: nothing in its ledger moves after this."""
    _require_broker(bank, context)
    if bank.doc["status"] == "closed":
        return done(bank, again=True)
    context.work.keep_bank(bank.key.id, closed=True)
    context.batch.change(bank.key, {"status": "closed"}, context.device, context.hlc)
    return done(bank)


def _other(mutation: Mutation, bank: Stored, context: Context) -> Stored:
    _require_broker(bank, context)
    other_id = args_of(mutation).get("bank_id")
    other = context.batch.peek(Key("bank", other_id)) if isinstance(other_id, str) and is_id(other_id) else None
    if other is None or other.deleted or other.key == bank.key:
        raise RefusalError("invalid", errors={"bank_id": ["Not another bank."]})
    return other


def _require_broker(bank: Stored, context: Context) -> None:
    if not is_broker(bank.key.id, context):
        raise RefusalError("not-yours")


def new_bank(bank_id: str, rules: Document, opened_at: str) -> list[Put]:
    """Give the documents of a new bank and of its community pot. rules : fields of the bank."""
    pot_id, pot_floor = derived_id("pot", bank_id), -600_000
    pot = {
        "bank_id": bank_id, "type": "pot", "owner_kind": "bank", "owner_id": bank_id, "name": "Community pot",
        "floor_min": pot_floor, "ceiling_min": -pot_floor, "opened_at": opened_at,
        "made_up": rules.get("made_up", False),
    }  # fmt: skip
    return [Put("bank", bank_id, {**rules, "pot_id": pot_id, "pot_floor_min": pot_floor}), Put("account", pot_id, pot)]
