"""What commands, and what follows from records, come to: tasks, places, roles, trainings, time banks, hubs, events.

Each decision is told of one record under lock and what else it asks for, and gives a verdict; `server/sync/commands.py`
lists them by name, `server/sync/guards.py` and `server/sync/consequences.py` say what else calls them.
"""
