"""The reference client: the phone's half of sync in plain Python, for tests, benchmarks and partners."""

from mobile_contract.python.client import Phone, http_transport
from mobile_contract.python.holding import Entry, Held, Holding, Refused
from mobile_contract.python.transport import ProblemError, Report, Transport

__all__ = ["Entry", "Held", "Holding", "Phone", "ProblemError", "Refused", "Report", "Transport", "http_transport"]
