"""How volunteers are asked, as settings: whole numbers, read from the environment with all others."""

from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """Figures of `server.domain.waves.WavePolicy`, where they are explained, as whole numbers with units.

    mode : KITH_DISPATCH; "serve": `kith serve` starts the dispatcher, "apart": `kith dispatch` is run by itself, "off":
    nobody is asked. look_s : how often the dispatcher looks. step_hundredths : of a score, for each ask of 30 days.
    """

    mode: str = "serve"
    look_s: int = 1
    target_percent: int = 70
    prompt_percent: int = 45
    gap_s: int = 60
    widen_percent: int = 150
    most: int = 40
    answer_s: int = 3600
    step_hundredths: int = 100
    most_a_day: int = 4
    explore_percent: int = 10
    lapse_hours: int = 24
    quiet_from_hour: int = 21
    quiet_until_hour: int = 8


class Figure(NamedTuple):
    """A setting that is a whole number: its field, its name in the environment, and what it may be."""

    field: str
    name: str
    low: int
    high: int


FIGURES: Final = (
    Figure("look_s", "KITH_DISPATCH_LOOK_SECONDS", 1, 3600),
    Figure("target_percent", "KITH_DISPATCH_TARGET_PERCENT", 5, 99),
    Figure("prompt_percent", "KITH_DISPATCH_PROMPT_PERCENT", 1, 100),
    Figure("gap_s", "KITH_DISPATCH_GAP_SECONDS", 5, 86_400),
    Figure("widen_percent", "KITH_DISPATCH_WIDEN_PERCENT", 100, 400),
    Figure("most", "KITH_DISPATCH_MOST", 1, 500),
    Figure("answer_s", "KITH_DISPATCH_ANSWER_SECONDS", 60, 604_800),
    Figure("step_hundredths", "KITH_DISPATCH_STEP_HUNDREDTHS", 0, 1000),
    Figure("most_a_day", "KITH_DISPATCH_MOST_A_DAY", 1, 100),
    Figure("explore_percent", "KITH_DISPATCH_EXPLORE_PERCENT", 0, 50),
    Figure("lapse_hours", "KITH_DISPATCH_LAPSE_HOURS", 0, 720),
    Figure("quiet_from_hour", "KITH_DISPATCH_QUIET_FROM_HOUR", 0, 23),
    Figure("quiet_until_hour", "KITH_DISPATCH_QUIET_UNTIL_HOUR", 0, 23),
)
