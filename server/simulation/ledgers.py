"""LEDGER-SUM-ZERO and BALANCE-FLOOR: minutes only move, never too far, and each accepted command moves them once."""

from collections import Counter
from typing import TYPE_CHECKING

from server.domain.statement import bank_sums
from server.simulation.heard import Json
from server.simulation.model import BrokenError
from server.sync.ports import View

if TYPE_CHECKING:
    from server.simulation.world import World

_SUM, _FLOOR, _ONCE = "LEDGER-SUM-ZERO", "BALANCE-FLOOR", "PUSH-EXACTLY-ONCE"


def ledgers_add_up(world: "World", tenant: str) -> None:
    """Ask it of a tenant's time banks, where there are any."""
    with world.store.inner.read(tenant) as view:
        if not view.time_accounts():
            return
        balances = _sound(view)
        settled = [one.doc for one in view.of_kind("exchange") if one.doc["status"] == "settled"]
    moved: Counter[str] = Counter()
    for doc in settled:
        moved[doc["giver_account_id"]] += doc["minutes"]
        moved[doc["receiver_account_id"]] -= doc["minutes"]
    for wish in world.oracle.wishes.values():
        command = wish.said["command"]
        if wish.tenant == tenant and command and command["name"] in ("transfer", "donate") and _was_made(wish.answer):
            args = command["args"]
            moved[args.get("to_account_id", "pot")] += args["minutes"]
            moved[wish.said["id"]] -= args["minutes"]
    told = {name: moved[name] for name in balances}
    if told != balances and not any(phone.wiped for phone in world.phones):
        raise BrokenError(_ONCE, f"the ledger has {balances}; what was accepted comes to {told}")


def _was_made(answer: Json) -> bool:
    return bool(answer["outcome"] == "applied")


def _sound(view: View) -> dict[str, int]:
    """Give the balances, having seen that they are the sums of their lines, within bounds, and what records say."""
    sums, accounts = view.line_sums(), view.time_accounts()
    records = {one.key.id: one.doc["balance_min"] for one in view.of_kind("account")}
    for one in accounts:
        if one.balance_min != sums.get(one.id, 0) or records.get(one.id) != one.balance_min:
            raise BrokenError(_SUM, f"{one.id} has {one.balance_min}, lines of {sums.get(one.id, 0)}, "
                              f"and its record says {records.get(one.id)}")  # fmt: skip
        if not one.floor_min <= one.balance_min <= one.ceiling_min:
            raise BrokenError(_FLOOR, f"{one.id} has {one.balance_min}, below {one.floor_min} or above its ceiling")
    if view.unbalanced() or any(bank_sums(accounts).values()):
        raise BrokenError(_SUM, f"{list(view.unbalanced())} do not sum to 0, the banks to {bank_sums(accounts)}")
    return {one.id: one.balance_min for one in accounts}
