"""A server for transcripts and reference clients: the real app, a store of choice, a clock that the test owns."""

from pathlib import Path
from typing import Any

from mobile_contract.python.client import HttpAnswer
from mobile_contract.transcripts import Received
from server.accounts.manage import change_roles
from server.domain.roles import Facts
from server.sync.door import Door, Put
from tests.server.api.house import House, make_house


class Stage:
    """A house with the accounts and records that a transcript gives."""

    def __init__(self, folder: Path, store: str, given: dict[str, Any]) -> None:
        self.house: House = make_house(folder, store)
        self.accounts = {one["username"]: self.house.add(**one) for one in given["accounts"]}
        self.act({"put": given.get("records", [])})

    def send(self, method: str, path: str, headers: dict[str, str], content: bytes) -> Received:
        answer = self.house.client.open(path, method=method, headers=headers, data=content)
        return Received(answer.status_code, answer.content_type, answer.get_json(silent=True))

    def transport(self, method: str, path: str, headers: dict[str, str], body: Any) -> HttpAnswer:
        """The same door for the Python reference client."""
        options = {} if body is None else {"json": body}
        answer = self.house.client.open(path, method=method, headers=headers, **options)
        return HttpAnswer(answer.status_code, answer.get_json(silent=True))

    def wait(self, seconds: float) -> None:
        self.house.clock.go_on(seconds=seconds)

    def act(self, meanwhile: dict[str, Any]) -> None:
        for record in meanwhile.get("put", []):
            self._door(record.get("tenant", "essex")).write([Put(record["kind"], record["id"], record["doc"])])
        for username, team_ids in meanwhile.get("teams", {}).items():
            account = self.accounts[username]
            facts = Facts(team_ids=team_ids, districts=account.facts["districts"])
            change_roles(self.house.services.accounts, account, account.roles, facts)

    def _door(self, tenant: str) -> Door:
        at = self.house.services
        return Door(at.store, tenant, at.rules, at.validate, at.now)
