"""A made-up county: its places, groups, people and what became of them, from one seed.

Everything here is synthetic. No person, group, address, telephone number or postcode in it is real; only the
names and codes of the fourteen districts are. `make_world` writes a history for training and testing rankers,
`make_county` the smaller demonstration county.
"""

from ml.training.world.county import make_county
from ml.training.world.model import Summary
from ml.training.world.world import make_world

__all__ = ["Summary", "make_county", "make_world"]
