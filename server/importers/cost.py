"""What one session costs, where the words say so plainly."""

import re
from typing import Final

from server.importers.text import as_text

#: The most that a session may cost in the contract, in pence.
MOST: Final = 100_000

_FREE: Final = re.compile(
    r"(it is |this is |all )?(free|no (charge|cost|fee)s?|nil|none)( of charge| to attend| entry)?\.?", re.I
)
_PLAIN: Final = re.compile(
    r"(cost:? |costs |charge:? )?(?P<pounds>£ ?)?(?P<amount>\d{1,4}(\.\d\d?)?)(?P<pence>p)?"
    r"( ?(per|a|an|each|/) ?(session|class|visit|week|meeting|time|person|head)?| ?pp)?\.?",
    re.I,
)


def pence(raw: object) -> int | None:
    """Read a charge for one session, in pence; None when the words are not plainly one amount."""
    text = " ".join(as_text(raw).split())
    if _FREE.fullmatch(text):
        return 0
    found = _PLAIN.fullmatch(text)
    if found is None or (found["pence"] and (found["pounds"] or "." in found["amount"])):
        return None
    return _within(float(found["amount"]) * (1 if found["pence"] else 100))


def pence_of_options(options: object) -> int | None:
    """Read Open Referral cost options: the one amount in pounds that all of them name, in pence, else None."""
    if not isinstance(options, list) or not options:
        return None
    amounts = {_pounds(each) for each in options}
    only = amounts.pop()
    return None if amounts or only is None else _within(only * 100)


def _pounds(option: object) -> float | None:
    if not isinstance(option, dict) or as_text(option.get("currency")).upper() not in ("", "GBP"):
        return None
    words = as_text(option.get("amount_description")).lower()
    amount = option.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or re.search(r"month|year|annual|term", words):
        return None
    return float(amount)


def _within(amount: float) -> int | None:
    whole = round(amount)
    return whole if 0 <= whole <= MOST else None
