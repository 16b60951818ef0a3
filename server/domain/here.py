"""What a volunteer is told when they look: what waits for them, or honestly that nothing does yet."""

from typing import NamedTuple


class Here(NamedTuple):
    """state : asked, near, nothing-near or paused. text : the same for a person to read."""

    state: str
    text: str


def here(open_asks: int, near: int, *, gives_time: bool) -> Here:
    """Say what waits for a volunteer.

    open_asks : asks without an answer. near : open tasks that they may do. gives_time : active, and on no break.
    """
    if not gives_time:
        return Here("paused", "You are on a break, so nobody asks you. Welcome back whenever you like.")
    if open_asks:
        many = "One task waits" if open_asks == 1 else f"{open_asks} tasks wait"
        return Here("asked", f"{many} for your answer.")
    if near:
        many = "One task is" if near == 1 else f"{near} tasks are"
        return Here("near", f"Nobody asks you just now. {many} open near you, if you like.")
    return Here("nothing-near", "Nothing near you yet. We will ask as soon as something comes up.")
