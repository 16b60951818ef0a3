"""Shortlists by the server: the same as a phone's, for those who work without one."""

from server.recommend.candidates import UnknownReferralError, candidates_in, recommend
from server.recommend.exposure import exposure
from server.recommend.model import Candidate, ExcludedItem, Reason, Request, ShownItem, Slate
from server.recommend.slate import shortlist

__all__ = [
    "Candidate", "ExcludedItem", "Reason", "Request", "ShownItem", "Slate", "UnknownReferralError", "candidates_in",
    "exposure", "recommend", "shortlist",
]  # fmt: skip
