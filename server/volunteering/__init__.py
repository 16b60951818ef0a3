"""Volunteers and their centres: gathers from the records what reports on them are worked out from."""
