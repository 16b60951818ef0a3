"""What suits a volunteer, and whom a task suits: the volunteers' set, served. A person decides; nobody is asked."""

from server.recommend.volunteers.gather import UnknownTaskError, UnknownVolunteerError, for_task, for_volunteer
from server.recommend.volunteers.model import Offered, Ranking, Suited, Unsuited

__all__ = [
    "Offered", "Ranking", "Suited", "UnknownTaskError", "UnknownVolunteerError", "Unsuited", "for_task",
    "for_volunteer",
]  # fmt: skip
