"""`kith ml`: the data scientist's commands, from the log of exposures to the ranker that phones hold."""

from ml.cli.group import ml

__all__ = ["ml"]
