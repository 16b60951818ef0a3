"""The policy of waves as the settings say."""

from server.dispatch_settings import DispatchSettings
from server.domain.waves import WavePolicy

_PERCENT = 100


def policy_of(given: DispatchSettings) -> WavePolicy:
    """Translate whole numbers into the policy's figures."""
    return WavePolicy(
        target=given.target_percent / _PERCENT,
        prompt=given.prompt_percent / _PERCENT,
        gap_s=given.gap_s,
        widen=given.widen_percent / _PERCENT,
        most=given.most,
        answer_s=given.answer_s,
        step=given.step_hundredths / 100,
        most_a_day=given.most_a_day,
        explore=given.explore_percent / _PERCENT,
        lapse_s=given.lapse_hours * 3600,
        quiet_from=f"{given.quiet_from_hour:02}:00",
        quiet_until=f"{given.quiet_until_hour:02}:00",
    )
