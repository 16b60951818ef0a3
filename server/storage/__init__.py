"""Where records live: SQLAlchemy on SQLite and PostgreSQL, and an in-memory twin."""
