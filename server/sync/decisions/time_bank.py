"""The commands of time banks, by name, and which records they touch besides the one they name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from server.sync.decisions.banks import agree_exchange, close_bank, set_rules, withdraw_agreement
from server.sync.decisions.exchanging import confirm_exchange, end_exchange, propose
from server.sync.decisions.giving import donate, log_session, reverse, transfer
from server.sync.decisions.members import close_account, open_account
from server.sync.decisions.paying import Decide
from server.sync.decisions.wanting import ask_help, offer_help, withdraw_offer, withdraw_request
from server.sync.ids import is_id
from server.sync.model import Key, Mutation, Stored

TIME_BANK: Final[Mapping[str, Decide]] = {
    "set_rules": set_rules,
    "agree_exchange": agree_exchange,
    "withdraw_agreement": withdraw_agreement,
    "close_bank": close_bank,
    "open_account": open_account,
    "close_account": close_account,
    "ask_help": ask_help,
    "withdraw_request": withdraw_request,
    "offer_help": offer_help,
    "withdraw_offer": withdraw_offer,
    "propose_exchange": propose,
    "confirm_exchange": confirm_exchange,
    "decline_exchange": end_exchange,
    "cancel_exchange": end_exchange,
    "transfer": transfer,
    "donate": donate,
    "log_session": log_session,
    "reverse": reverse,
}


def named_accounts(mutations: Iterable[Mutation]) -> Iterator[Key]:
    """Name the accounts that commands name in what they say, so that all are locked in one go and in one order."""
    for mutation in mutations:
        args = mutation.command.args if mutation.command and mutation.command.name in TIME_BANK else {}
        receivers = args.get("receiver_ids")
        ids = [args.get("to_account_id"), args.get("with_account_id"), args.get("account_id")]
        ids += receivers if isinstance(receivers, list) else []
        yield from (Key("account", one) for one in ids if isinstance(one, str) and is_id(one))


def accounts_behind(record: Stored) -> Iterator[Key]:
    """Name the accounts between which an exchange moves minutes."""
    if record.key.kind == "exchange":
        yield from (Key("account", record.doc[f"{side}_account_id"]) for side in ("giver", "receiver"))
