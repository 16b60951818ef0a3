"""Everything that can happen in a world; one file a sort of deed."""

from server.simulation.deeds import bank, commands, disasters, poison, sending, staff, work
from server.simulation.deeds.registry import DEEDS

__all__ = ["DEEDS", "bank", "commands", "disasters", "poison", "sending", "staff", "work"]
