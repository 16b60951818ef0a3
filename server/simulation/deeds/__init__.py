"""Everything that can happen in a world; one file a sort of deed."""

from server.simulation.deeds import commands, disasters, poison, sending, staff, work
from server.simulation.deeds.registry import DEEDS

__all__ = ["DEEDS", "commands", "disasters", "poison", "sending", "staff", "work"]
