"""Who may sign in, from which device, and what they may hold."""
