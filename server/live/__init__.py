"""Live pokes: one process that holds a connection to each phone and tells it when to pull."""
