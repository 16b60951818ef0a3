"""From the log of what was shown to an evaluated ranker."""
