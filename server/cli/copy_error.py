"""What is wrong with a backup, or with a place for one."""


class CopyError(Exception):
    """A backup that cannot be made or used; the message says why and how to mend it."""
