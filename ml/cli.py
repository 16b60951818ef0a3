"""`kith ml`: the data scientist's commands."""

import click


@click.group()
def ml() -> None:
    """Train, judge and promote the ranker."""
