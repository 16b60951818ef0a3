"""A phone's signed requests: carries the access token, and renews the sign-in once when it has run out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from mobile_contract.python.holding import Holding, Values
from mobile_contract.python.network import FileAnswer, Files
from mobile_contract.python.transport import ProblemError, Transport, body_of, refusal


class Link:
    """One device's way to the server."""

    def __init__(self, transport: Transport, device: str, holding: Holding, files: Files | None = None) -> None:
        self.device, self.holding = device, holding
        self._transport, self._files = transport, files

    def sign_in(self, username: str, password: str, *, name: str = "a phone", platform: str = "python") -> Values:
        """Sign in, enrol this device and give the session. Raises ProblemError."""
        device = {"id": self.device, "name": name, "platform": platform}
        body = {"username": username, "password": password, "device": device}
        return self._begin(self._open("POST", "/v1/sign-in", {}, body))

    def request(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Send a signed request; renew the sign-in once when it has run out. Raises ProblemError for 400 or more."""
        try:
            return self._open(method, path, self._signature() | dict(headers or {}), body)
        except ProblemError as error:
            if error.remedy != "sign-in" or self.holding.session is None:
                raise
        self._renew()
        return self._open(method, path, self._signature() | dict(headers or {}), body)

    @contextmanager
    def _file(self, path: str, headers: dict[str, str]) -> Iterator[FileAnswer]:
        """Open a signed file; renew the sign-in once when it has run out. Raises ProblemError for 400 or more."""
        files = self._files
        if files is None:
            raise TypeError("this phone was given no way to fetch files")
        for is_last in (False, True):
            with files(path, self._signature() | headers) as answer:
                if answer.status_code < httpx.codes.BAD_REQUEST:
                    yield answer
                    return
                problem = refusal(answer.status_code, body_of(answer.read()))
            if is_last or problem.remedy != "sign-in":
                raise problem
            self._renew()

    def _renew(self) -> None:
        token = self.holding.session["refresh_token"] if self.holding.session else ""
        try:
            self._begin(self._open("POST", "/v1/refresh", {}, {"refresh_token": token}))
        except ProblemError as error:
            if error.remedy == "sign-in":
                self.holding.session = None
            raise

    def _begin(self, session: Values) -> Values:
        self.holding.session = session
        self.holding.scopes = frozenset(session["scopes"])
        return session

    def _signature(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.holding.session['access_token']}"} if self.holding.session else {}

    def _open(self, method: str, path: str, headers: dict[str, str], body: Any) -> Any:
        answer = self._transport(method, path, headers, body)
        if answer.status >= 400:
            raise refusal(answer.status, answer.body, getattr(answer, "headers", {}))
        return answer.body
