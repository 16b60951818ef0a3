"""Rankers, the pack that a phone holds, and the registry of versions."""
