"""Public calendars of the directory: its times as RFC 5545 writes them, for anybody's calendar program."""
