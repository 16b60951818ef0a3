"""The sync engine: decide, merge, feed; pure, with storage, time and chance as arguments."""
