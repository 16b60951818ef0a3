"""Errors that a person can mend, said in one plain sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import click

from server.settings import SettingError


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what can go wrong on any machine into a sentence with its mend, and exit code 1."""
    try:
        yield
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise _explained(error) from error


def _explained(error: OSError) -> BaseException:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return click.ClickException("The disk is full. Free some space, then run the same command again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return click.ClickException(f"This file or folder may not be written{where}. Choose another with KITH_HOME.")
    return error
