import base64
from datetime import UTC, datetime, timedelta

import pytest

from server.accounts.errors import AccountError
from server.accounts.tokens import Bearer, Signer

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BEARER = Bearer("essex", "a1", "phone-1")
KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_token_names_its_bearer_until_the_second_it_expires():
    signer = Signer((KEY,))
    token = signer.access_token(BEARER, NOW + timedelta(seconds=600))
    assert signer.bearer(token, NOW + timedelta(seconds=599)) == BEARER
    with pytest.raises(AccountError, match="token-expired"):
        signer.bearer(token, NOW + timedelta(seconds=600))


@pytest.mark.parametrize("forge", [lambda t: t[:-2] + "AA", lambda t: "x", lambda t: "", lambda t: t.split(".")[0]])
def test_a_changed_token_is_invalid(forge):
    signer = Signer((KEY,))
    token = signer.access_token(BEARER, NOW + timedelta(hours=1))
    with pytest.raises(AccountError, match="token-invalid"):
        signer.bearer(forge(token), NOW)


def test_a_token_of_another_server_is_invalid():
    token = Signer((OTHER,)).access_token(BEARER, NOW + timedelta(hours=1))
    with pytest.raises(AccountError, match="token-invalid"):
        Signer((KEY,)).bearer(token, NOW)


def test_a_token_that_claims_to_need_no_signature_is_invalid():
    signed = Signer((KEY,)).access_token(BEARER, NOW + timedelta(hours=1))
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    with pytest.raises(AccountError, match="token-invalid"):
        Signer((KEY,)).bearer(f"{header}.{signed.split('.')[1]}.", NOW)


def test_what_is_sealed_for_one_purpose_does_not_open_for_another():
    signer = Signer((KEY,))
    assert signer.opened("cursor", signer.sealed("cursor", b"place")) == b"place"
    assert signer.opened("ticket", signer.sealed("cursor", b"place")) is None
    assert Signer((OTHER,)).opened("cursor", signer.sealed("cursor", b"place")) is None
    assert signer.opened("cursor", "not sealed") is None
    assert signer.opened("cursor", "ünsealed") is None
