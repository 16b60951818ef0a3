"""PostgreSQL's own programs write and read a copy; it is put in place within one transaction of ours.

pg_restore alone would commit by itself. What is carried over and the new epoch have to be there at the same moment, so
its script is played here: statements as they are, and the rows between them as a COPY.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import URL, Connection

from server.cli.copy_error import CopyError

_END: Final = b"\\."


def dump(url: URL, target: Path) -> None:
    """Write a copy; the password travels in the environment, never on the command line."""
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    command = [_program("pg_dump"), f"--dbname={plain}", "--format=custom", f"--file={target}"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # ours, found on this machine
    if done.returncode:
        raise CopyError(f"pg_dump failed: {_reason(done.stderr)}")


def put_in_place(connection: Connection, source: Path) -> None:
    """Replace the tables by those of a copy, within the transaction of `connection`; CopyError when that cannot be."""
    cursor = connection.connection.cursor()
    try:
        with _script(source) as script:
            _play(cursor, script)
        cursor.execute("RESET ALL")  # the script looks for nothing without a schema's name
    except connection.dialect.loaded_dbapi.Error as error:
        raise CopyError(f"The backup cannot be put in place: {str(error).splitlines()[0]}") from error
    finally:
        cursor.close()


@contextmanager
def _script(source: Path) -> Iterator[IO[bytes]]:
    command = [_program("pg_restore"), "--clean", "--if-exists", "--no-owner", "--file=-", str(source)]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process:
            if process.stdout is None:
                raise AssertionError("it was asked for")
            yield process.stdout
        said.seek(0)
        if process.returncode:
            raise CopyError(f"pg_restore failed: {_reason(said.read())}")


def _play(cursor: Any, script: IO[bytes]) -> None:
    """Run a script of statements, each kind of line as psql would."""
    statements: list[bytes] = []
    for line in script:
        if line.startswith(b"COPY ") and line.rstrip().endswith(b" FROM stdin;"):
            _run(cursor, statements)
            statements = []
            _copy(cursor, line, script)
        elif not line.startswith(b"\\"):  # a word to psql itself
            statements.append(line)
    _run(cursor, statements)


def _run(cursor: Any, statements: list[bytes]) -> None:
    text = b"".join(statements)
    if text.strip():
        cursor.execute(text, prepare=False)


def _copy(cursor: Any, statement: bytes, script: IO[bytes]) -> None:
    with cursor.copy(statement) as rows:
        for line in script:
            if line.rstrip(b"\n") == _END:
                return
            rows.write(line)
        raise CopyError("This backup ends too early. Choose another that `kith backup` made.")


def _reason(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else "no reason given"


def _program(name: str) -> str:
    found = shutil.which(name) or _newest(name)
    if found is None:
        raise CopyError(f"{name} is missing. Install PostgreSQL's client programs.")
    return found


def _newest(program: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(found[-1]) if found else None
