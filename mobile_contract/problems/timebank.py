"""What the server says when a time bank's ledger cannot take something."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

TIMEBANK: Final[tuple[Problem, ...]] = (
    Problem(
        "below-floor", 409, Remedy.DROP, "The account would owe more than the bank allows.",
        "The time bank lets an account go only so far below zero, and this would pass that. Nothing was moved.",
    ),
    Problem(
        "above-ceiling", 409, Remedy.DROP, "The account would hold more than the bank allows.",
        "The time bank lets an account hold only so many minutes, and this would pass that. Nothing was moved.",
    ),
    Problem(
        "to-oneself", 422, Remedy.DROP, "An account cannot exchange with itself.",
        "The same account stands on both sides. Name another account.",
    ),
    Problem(
        "wrong-minutes", 422, Remedy.FIX, "This is not a time that can be exchanged.",
        "A piece of help takes a whole number of minutes, from 1 to 1,440, which is a day.",
    ),
    Problem(
        "unknown-category", 422, Remedy.FIX, "There is no such category.",
        "Each exchange has one of the listed categories, so that the bank can say what its time is used for.",
    ),
    Problem(
        "not-your-account", 403, Remedy.DROP, "This account is not yours to use.",
        "Only the owner of an account and the brokers of its bank can do this.",
    ),
    Problem(
        "unknown-account", 404, Remedy.DROP, "There is no such account to exchange with.",
        "The number is not that of an open account of this bank, or of a bank that it exchanges with.",
    ),
    Problem(
        "no-agreement", 409, Remedy.DROP, "The two time banks do not exchange with each other.",
        "An exchange between banks needs the consent of both, and one has not given it or has withdrawn it.",
    ),
    Problem(
        "bank-closed", 409, Remedy.DROP, "This time bank is closed.",
        "Its ledger can be read and nothing in it moves any more.",
    ),
    Problem(
        "account-closed", 409, Remedy.DROP, "This account is closed.",
        "Its statement can be read and nothing in it moves any more. A broker can open it again.",
    ),
    Problem(
        "account-not-empty", 409, Remedy.DROP, "There are still minutes in this account.",
        "An account is closed at zero. Give what is left to somebody, or to the community pot, or earn what is owed.",
    ),
    Problem(
        "account-exists", 409, Remedy.DROP, "There is already an account.",
        "A person, a group or an organisation has one account in a time bank, and a number is given once.",
    ),
    Problem(
        "exchange-ended", 409, Remedy.DROP, "This exchange has already ended.",
        "It was declined, cancelled or taken back meanwhile. Propose it again if it is wanted after all.",
    ),
    Problem(
        "exchange-settled", 409, Remedy.DROP, "This exchange is already settled.",
        "Both sides confirmed it, and the minutes have moved. Who received them, or a broker, can take it back.",
        detail="Both said that it happened, so the time has moved. Whoever got it, or the bank, can give it back.",
    ),
    Problem(
        "exchange-not-settled", 409, Remedy.DROP, "There is nothing to take back yet.",
        "No minutes have moved for it. It can be declined or cancelled instead.",
    ),
    Problem(
        "already-reversed", 409, Remedy.DROP, "This was already taken back.",
        "A transaction is taken back once, and taking back is not taken back: make a new transaction instead.",
        detail="Somebody did so before. The time is where it was, and that cannot be done twice.",
    ),
)  # fmt: skip
