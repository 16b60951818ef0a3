"""Errors that a person can mend, said in one plain sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what can go wrong on any machine into a sentence with its mend, and exit code 1."""
    try:
        yield
    except click.ClickException:
        raise
    except Exception as error:
        from server.cli.sentences import sentence_of  # only now: it imports what most commands never need

        told = sentence_of(error)
        if told is None:
            raise
        raise click.ClickException(told) from error


@contextmanager
def private_files() -> Iterator[None]:
    """Let nobody else read what a command writes: databases, exports and models come from people's records."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
