"""When to come back: spread, so that phones that were turned away together do not return together."""

from server.api.services import services


def spread_s(seconds: int) -> int:
    """Give about `seconds`, from four fifths to six fifths of them, at least one."""
    return max(1, round(seconds * (0.8 + 0.4 * services().chance())))
