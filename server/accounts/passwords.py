"""Passwords: kept as argon2id hashes, checked in the same time whether or not the name exists."""

import secrets
import string
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: OWASP's first choice for argon2id, 19 MiB and two passes: eight threads may check passwords at once.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 200

_LETTERS: Final = string.ascii_lowercase.translate({ord(letter): None for letter in "ilo"}) + "23456789"


class WeakPasswordError(ValueError):
    """A password that is too short or too long; the message says so in plain words."""


def hash_password(password: str, hasher: PasswordHasher = HASHER) -> str:
    """Hash a new password; raises WeakPasswordError when it is shorter than 10 or longer than 200 characters."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPasswordError(f"A password needs from {MIN_LENGTH} to {MAX_LENGTH} characters.")
    return hasher.hash(password)


def password_fits(password_hash: str, password: str, hasher: PasswordHasher = HASHER) -> bool:
    """Say whether `password` is the one that was hashed; a damaged hash fits nothing."""
    try:
        return hasher.verify(password_hash, password[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False


def new_password(groups: int = 4) -> str:
    """Make a password that is easy to read aloud: groups of four letters and digits, about 19 bits each."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))
