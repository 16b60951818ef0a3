"""A full phone on a slow processor: `python benchmarks/app/everyday.py [--home FOLDER] [--rounds 5]`.

Promises measured, in a real Chromium whose processor is slowed down four times, with 5,000 records on the phone: from
the PIN to a list that can be used in at most 1 s, and at most 100 ms from a key or a tap to what it does on the
screen. Baseline: the same phone at full speed, in the same round.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose, spread
from benchmarks.support.full_phone import fill
from benchmarks.support.signed_in import signed_in, wanted
from benchmarks.support.slowed import SLOW, Slowed
from tests.system.people import PIN, goto
from tests.system.phone import Phone

RECORDS, ADDED = 5000, 4200
ROUNDS = 5
TYPED = "Patel"

#: When the PIN could be typed, in milliseconds since the page began to load.
_ASKED = """() => new Promise((done) => {
  const look = () => (document.getElementById("unlock-pin") ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""
#: Gives the PIN; tells when the first line of the list could be tapped, in milliseconds since then.
_LISTED = """() => new Promise((done) => {
  const begun = performance.now();
  document.querySelector("form").requestSubmit();
  const listed = () => document.querySelector("main .kith-list a");
  const look = () => (listed() ? done(performance.now() - begun) : requestAnimationFrame(look));
  look();
})"""


class Desk(Slowed):
    """A prescriber's full phone, measured at one speed after another."""

    def cold_start(self) -> tuple[float, float]:
        """Open the caseload from the cache, without a network: the milliseconds to the PIN, and from it to a line."""
        self.page.goto("about:blank")
        self.page.goto(self.phone.url + "/#/people")
        asked: float = self.page.evaluate(_ASKED)
        self.page.get_by_label("PIN", exact=True).fill(PIN)
        listed: float = self.page.evaluate(_LISTED)
        return asked, listed

    def held(self) -> int:
        """Count the records on the phone, as its owner can."""
        goto(self.page, "sync")
        row = self.page.locator(".nhsuk-summary-list__row", has_text="Records").locator("dd")
        expect(row).to_have_text(re.compile(r"\d"))
        return int(row.inner_text().replace(",", ""))

    def slowest_input(self) -> float:
        """Search, open somebody, come back, change tabs; give the slowest answer to a key or tap in milliseconds."""
        self.watch()
        search = self.page.get_by_label("Search by name")
        search.click()
        self.page.keyboard.type(TYPED, delay=80)
        self.page.locator("main .kith-list a").first.click()
        expect(self.page.get_by_role("link", name="Change details")).to_be_visible()
        for tab in ("Home", "People", "Sync", "People"):
            self.page.get_by_role("navigation", name="Main").get_by_role("link", name=tab, exact=True).click()
            expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        return self.slowest()


def main() -> int:
    """Measure, keep the result; 1 when a promise is broken."""
    arguments = wanted(__doc__, ROUNDS)
    with signed_in("prescriber", arguments.home, lambda home: fill(home, ADDED)) as phone:
        held, measured = _measure(phone, arguments.rounds)
    return _tell(held, measured)


Measured = dict[tuple[str, int], list[float]]


def _measure(phone: Phone, rounds: int) -> tuple[int, Measured]:
    desk = Desk(phone)
    held = desk.held()
    phone.set_offline(True)
    measured: Measured = {(what, times): [] for what in ("asked", "start", "input") for times in (1, SLOW)}
    for _ in range(rounds):
        for times in (1, SLOW):
            desk.slow_down(times)
            asked, listed = desk.cold_start()
            measured["asked", times].append(asked)
            measured["start", times].append(listed)
            measured["input", times].append(desk.slowest_input())
    return held, measured


def _tell(held: int, measured: Measured) -> int:
    start, slowest = measured["start", SLOW], measured["input", SLOW]
    text = f"""{held:,} records on the phone, no network, everything from the cache; {len(start)} rounds, each at full
    speed and with the processor slowed down {SLOW} times. Milliseconds, median and range."""
    asked = f"| asked at {SLOW} x slow-down with {RECORDS:,} records | measured | at full speed |"
    rows = [
        asked,
        "|---|---|---|",
        f"| from the cache to the PIN | {spread(measured['asked', SLOW])} | {spread(measured['asked', 1])} |",
        f"| from the PIN to a usable list <= 1,000 | {spread(start)} | {spread(measured['start', 1])} |",
        f"| slowest answer to a key or a tap <= 100 | {spread(slowest)} | {spread(measured['input', 1])} |",
    ]
    keep("app/everyday", [*prose("A full phone on a slow processor", text), "", *rows])
    sound = held >= RECORDS and sorted(start)[len(start) // 2] <= 1000 and sorted(slowest)[len(slowest) // 2] <= 100
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
