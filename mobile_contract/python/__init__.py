"""The reference client: the phone's half of sync in plain Python, for tests, benchmarks and partners."""

from mobile_contract.python.backoff import pause_s
from mobile_contract.python.client import Phone
from mobile_contract.python.holding import Entry, Held, Holding, Refused
from mobile_contract.python.live import Pokes, http_stream
from mobile_contract.python.network import http_files, http_transport
from mobile_contract.python.transport import ProblemError, Report, Transport

__all__ = [
    "Entry", "Held", "Holding", "Phone", "Pokes", "ProblemError", "Refused", "Report", "Transport", "http_files",
    "http_stream", "http_transport", "pause_s",
]  # fmt: skip
