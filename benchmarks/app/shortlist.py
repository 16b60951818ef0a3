"""A shortlist of 500 candidates on a slow phone: `python benchmarks/app/shortlist.py [--home FOLDER] [--rounds 5]`.

Promises measured in a real Chromium whose processor is slowed down four times, with 5,000 records on the phone, of
which at least 500 can be ranked: at most 50 ms from the call of the ranker, its pack loaded, to the slate with its
reasons; and at most 100 ms from a key in the directory's search to what it does on the screen. Told besides: the first
slate of a page that has ranked nothing yet, and from the tap to the painted list. Baseline: the same phone at full
speed, in the same round.
"""

import sys
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose, spread
from benchmarks.support.full_phone import fill, fill_directory
from benchmarks.support.signed_in import signed_in, wanted
from benchmarks.support.slowed import SLOW, Slowed
from tests.system.people import unlock
from tests.system.phone import Phone

RECORDS, ADDED, GROUPS, CANDIDATES = 5000, 3400, 400, 500
ROUNDS = 5
TYPED = "walking"
#: So long somebody looks at a referral before they ask for its shortlist.
READ_MS = 2000

#: What the browser measured between the call of the ranker and its slate.
_RANKED = "() => performance.getEntriesByName('rank').at(-1)?.duration ?? -1"
_FORGET = "() => performance.clearMeasures('rank')"
#: Follows the link to the shortlist; gives the milliseconds until its first line is painted.
_TAP = """() => new Promise((done) => {
  const began = performance.now();
  document.querySelector("main a[href$='/shortlist']").click();
  const look = () => (document.querySelector("ol.kith-slate > li")
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    : requestAnimationFrame(look));
  look();
})"""
_COUNTED = "() => performance.getEntriesByName('rank').at(-1)?.detail ?? 0"

Measured = dict[tuple[str, int], list[float]]


class Desk(Slowed):
    """A prescriber's full phone, measured at one speed after another."""

    def open_anew(self) -> None:
        """Open the app as after a night: from the cache, then the PIN."""
        self.page.goto("about:blank")
        self.page.goto(self.phone.url + "/#/people")
        unlock(self.page)

    def open_referral(self, number: int) -> None:
        """Open the referral of somebody on the caseload, by their place in the list."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="People", exact=True).click()
        self.page.locator("main .kith-list a").nth(number).click()
        self.page.locator("main a[href^='#/referrals/']:not([href*='/new'])").first.click()
        expect(self.page.get_by_role("link", name="See the shortlist")).to_be_visible()
        self.page.wait_for_timeout(READ_MS)

    def slate(self) -> tuple[float, float]:
        """Tap through to the shortlist; give what ranking took, and what the tap took until it was painted."""
        self.page.evaluate(_FORGET)
        painted: float = self.page.evaluate(_TAP)
        ranked: float = self.page.evaluate(_RANKED)
        return ranked, painted

    def search(self) -> float:
        """Type a word into the search of the directory; give the slowest answer to a key."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Find", exact=True).click()
        field = self.page.get_by_label("Search by name")
        field.fill("")
        field.click()
        self.watch()
        self.page.keyboard.type(TYPED, delay=120)
        return self.slowest()


def main() -> int:
    """Measure, keep the result; 1 when a promise is broken."""
    arguments = wanted(__doc__, ROUNDS)
    with signed_in("prescriber", arguments.home, _fill) as phone:
        candidates, measured = _measure(phone, arguments.rounds)
    return _tell(candidates, measured)


def _fill(home: Path) -> None:
    fill(home, ADDED)
    fill_directory(home, GROUPS)


def _measure(phone: Phone, rounds: int) -> tuple[int, Measured]:
    desk = Desk(phone)
    phone.set_offline(True)
    kinds = ("first", "first painted", "rank", "painted", "search")
    measured: Measured = {(what, times): [] for what in kinds for times in (1, SLOW)}
    candidates = 0
    for number in range(rounds):
        for times in (1, SLOW):
            desk.slow_down(1)
            desk.open_anew()
            desk.slow_down(times)
            for place, name in enumerate(("first", "rank")):
                desk.open_referral(3 * number + place)
                ranked, painted = desk.slate()
                measured[name, times].append(ranked)
                measured["first painted" if name == "first" else "painted", times].append(painted)
            candidates = desk.page.evaluate(_COUNTED)
            measured["search", times].append(desk.search())
    return candidates, measured


def _tell(candidates: int, measured: Measured) -> int:
    ranked, typed = measured["rank", SLOW], measured["search", SLOW]
    text = f"""{candidates} candidates among at least {RECORDS:,} records, no network; {len(ranked)} rounds, each at
    full speed and with the processor slowed down {SLOW} times. Milliseconds, median and range. The first slate is that
    of an app which has just been opened and unlocked, {READ_MS / 1000:.0f} seconds after the referral was opened. From
    the tap to the painted list counts the browser's own drawing, too."""
    asked = {
        "from the call of the ranker to the slate <= 50": "rank",
        "the same, first slate of a page": "first",
        "from the tap to the painted shortlist": "painted",
        "the same for the first slate of a page": "first painted",
        "slowest answer to a key in the directory's search <= 100": "search",
    }
    rows = [
        f"| asked at {SLOW} x slow-down | measured | at full speed |",
        "|---|---|---|",
        *(f"| {name} | {spread(measured[what, SLOW])} | {spread(measured[what, 1])} |" for name, what in asked.items()),
    ]
    keep("app/shortlist", [*prose("A shortlist on a slow phone", text), "", *rows])
    return 0 if candidates >= CANDIDATES and median(ranked) <= 50 and median(typed) <= 100 else 1


if __name__ == "__main__":
    sys.exit(main())
