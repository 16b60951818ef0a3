"""Records and their legal moves: pure rules."""
