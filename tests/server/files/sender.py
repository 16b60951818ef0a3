"""A signed-in phone that sends files, and small pictures to send."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from server.sync.door import Put
from tests.server.api.house import PERSON, House, Phone

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
JPEG = b"\xff\xd8\xff\xe0" + bytes(reversed(range(256))) * 4
WEBP = b"RIFF\x00\x10\x00\x00WEBPVP8 " + bytes(500)
PDF = b"%PDF-1.7\n" + b"x" * 300
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BYTES = {"Content-Type": "application/offset+octet-stream"}
TUS = {"Tus-Resumable": "1.0.0"}


def attachment(data: bytes = PNG, **fields: Any) -> dict[str, Any]:
    doc = {"person_id": "p1", "team_id": "t1", "owner_kind": "consent", "owner_id": "c1", "media_type": "image/png"}
    return doc | {"purpose": "consent_signature", "bytes": len(data)} | fields


def furnish(house: House, team: str = "t1") -> None:
    """Let a team have a person with a consent."""
    house.write(
        Put("person", "p1", PERSON | {"team_id": team}),
        Put("consent", "c1", {"person_id": "p1", "team_id": team}),
    )


def told(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def checksum(data: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


@dataclass
class Sender:
    """Speaks raw tus through Flask's test client."""

    phone: Phone
    record: str = "a1"
    headers: dict[str, str] = field(default_factory=lambda: dict(TUS))

    @property
    def file(self) -> str:
        return f"/v1/files/{self.record}"

    def send(self, method: str, path: str = "/v1/files", data: bytes = b"", **headers: str | None) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {k: v for k, v in (self.phone.headers | self.headers | named).items() if v is not None}
        return self.phone.client.open(path, method=method, headers=sent, data=data or None)

    def announce(self, record_id: str | None = None, data: bytes = PNG, **fields: Any) -> None:
        made = self.phone.mutation("attachment", record_id or self.record, set=attachment(data, **fields))
        result = self.phone.push(made).json["results"][0]
        assert result["outcome"] == "applied", result

    def begin(self, record_id: str | None = None, length: int = len(PNG), **headers: str | None) -> str:
        answer = self.send(
            "POST",
            **{"Upload_Length": str(length), "Upload_Metadata": told(attachment=record_id or self.record)} | headers,
        )
        assert answer.status_code == 201, answer.json
        return answer.headers["Location"]

    def patch(self, path: str, at: int, data: bytes, **headers: str | None) -> TestResponse:
        return self.send(
            "PATCH", path, data, **{"Upload_Offset": str(at)} | {"Content_Type": BYTES["Content-Type"]} | headers
        )

    def head(self, path: str) -> TestResponse:
        return self.send("HEAD", path)

    def whole(self, record_id: str | None = None, data: bytes = PNG, **fields: Any) -> str:
        """Announce and send a file in two pieces; give its upload's address."""
        self.announce(record_id, data, **fields)
        path = self.begin(record_id, len(data))
        half = len(data) // 2
        assert self.patch(path, 0, data[:half]).status_code == 204
        assert self.patch(path, half, data[half:]).status_code == 204
        return path

    def status(self, record_id: str | None = None) -> tuple[str, str | None]:
        doc = self.phone.records()["attachment", record_id or self.record]
        return doc["status"], doc["sha256"]
