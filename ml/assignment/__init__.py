"""Proposing places for many waiting referrals at once; a person decides about each proposal."""

from ml.assignment.solve import Proposal, assign, one_by_one

__all__ = ["Proposal", "assign", "one_by_one"]
