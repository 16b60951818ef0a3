"""Candidates, eligibility, slate, reasons: the server side of a shortlist."""
