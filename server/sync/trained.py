"""Which trainings a volunteer holds: asked where a task is claimed, set out for, and where volunteers are asked."""

from server.sync.context import Context


def trainings_of(volunteer_id: str, context: Context) -> frozenset[str]:
    """Give the ids of the trainings that the volunteer holds now."""
    return frozenset()  # no record of trainings travels yet, so whoever asks for one is told that it is not held
