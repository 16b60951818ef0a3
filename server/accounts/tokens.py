"""Access tokens (signed, for minutes) and refresh tokens (random, for weeks, each replaced when used)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from server.accounts.errors import AccountError

_ALGORITHM = "HS256"
_ISSUER = "kith"
#: Tokens of which a process remembers that they are genuine; a few kilobytes each hundred.
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom an access token names."""

    tenant: str
    account_id: str
    device_id: str


class Signer:
    """Signs with the newest of `keys` and accepts any of them, so that tokens survive a rotation of keys."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)
        self._jwks = {_key_id(key): OctKey.import_key(_derived(key, "access")) for key in self._keys}
        self._newest = _key_id(self._keys[0])
        self._claims = lru_cache(maxsize=_REMEMBERED)(self._verified)

    def access_token(self, bearer: Bearer, expires_at: datetime) -> str:
        """Make a token that names `bearer` until `expires_at`, to the second."""
        header = {"alg": _ALGORITHM, "kid": self._newest}
        claims: dict[str, Any] = {
            "iss": _ISSUER,
            "sub": bearer.account_id,
            "ten": bearer.tenant,
            "dev": bearer.device_id,
            "exp": int(expires_at.timestamp()),
        }
        return jwt.encode(header, claims, self._jwks[self._newest])

    def bearer(self, token: str, now: datetime) -> Bearer:
        """Read a token; raises AccountError `token-invalid` or `token-expired`."""
        claims = self._claims(token)
        try:
            bearer = Bearer(str(claims["ten"]), str(claims["sub"]), str(claims["dev"]))
            expires_s = int(claims["exp"])
        except (KeyError, TypeError, ValueError) as error:
            raise AccountError("token-invalid") from error
        if expires_s <= now.timestamp():
            raise AccountError("token-expired")
        return bearer

    def ends_at(self, token: str) -> datetime:
        """Say when a token runs out; raises AccountError `token-invalid`."""
        return datetime.fromtimestamp(int(self._claims(token).get("exp", 0)), UTC)

    def _verified(self, token: str) -> Mapping[str, Any]:
        """Check a token's signature. A phone sends one token for minutes, so what was right once is remembered."""
        for jwk in self._jwks.values():
            try:
                claims = jwt.decode(token, jwk, algorithms=[_ALGORITHM]).claims
            except (JoseError, ValueError):
                continue
            if claims.get("iss") == _ISSUER:
                return MappingProxyType(dict(claims))
        raise AccountError("token-invalid")

    def successors(self, refresh_token: str) -> tuple[str, ...]:
        """Name the token that replaces `refresh_token`, under each key, the newest key's first.

        A successor follows from its predecessor and the key. So a phone whose answer was lost can be given the very
        same successor again although the database holds only hashes.
        """
        return tuple(_text(_digest(_derived(key, "refresh"), refresh_token)) for key in self._keys)

    def digest(self, purpose: str, text: str) -> str:
        """Give a name for `text` from which nobody without the key can guess it; 64 hexadecimal digits."""
        return _digest(_derived(self._keys[0], purpose), text).hex()

    def sealed(self, purpose: str, payload: bytes) -> str:
        """Make an opaque text of `payload` that nobody else can make; base64url of a 16-byte tag and the payload."""
        tag = _digest(_derived(self._keys[0], purpose), payload)[:_TAG_BYTES]
        return _text(tag + payload)

    def opened(self, purpose: str, sealed: str) -> bytes | None:
        """Give back what was sealed for `purpose`; None when it was not sealed here."""
        try:
            raw = base64.urlsafe_b64decode(sealed.encode("ascii") + b"=" * (-len(sealed) % 4))
        except ValueError:
            return None
        tag, payload = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
        tags = (_digest(_derived(key, purpose), payload)[:_TAG_BYTES] for key in self._keys)
        return payload if any(hmac.compare_digest(tag, right) for right in tags) else None


_TAG_BYTES = 16


def fresh_refresh_token() -> str:
    """Make the first refresh token of a sign-in: 256 random bits."""
    return _text(secrets.token_bytes(32))


def token_hash(token: str) -> str:
    """Hash a refresh token as the database keeps it; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return _digest(key, f"kith {purpose}")


def _digest(key: bytes, message: str | bytes) -> bytes:
    """Give HMAC-SHA-256. OpenSSL takes longer to find its parts than to work, so what a key begins is copied."""
    made = _begun(key).copy()
    made.update(message.encode() if isinstance(message, str) else message)
    return made.digest()


@lru_cache(maxsize=64)
def _begun(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"kith key id" + key).hexdigest()[:8]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
