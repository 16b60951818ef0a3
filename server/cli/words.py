"""Words that follow a number."""


def counted(count: int, thing: str) -> str:
    """Write so many things: 1 record, 2 records."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
