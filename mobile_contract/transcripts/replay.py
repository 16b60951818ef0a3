"""Play a transcript to a server, step by step, or write down anew what the server answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mobile_contract.transcripts.match import differences, filled, recorded

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Received:
    """What a server answered. body : JSON, None when there is none."""

    status: int
    content_type: str
    body: Any


#: method, path, headers, body → the answer.
Send = Callable[[str, str, dict[str, str], bytes], Received]


def names() -> list[str]:
    """Name every transcript of the contract as it is."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def frozen() -> list[str]:
    """Name every transcript of an older contract, such as ``v1/create``; they are replayed and never written again."""
    return sorted(f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("v*/*.json"))


def load(name: str) -> dict[str, Any]:
    """Read a transcript."""
    transcript: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return transcript


def save(name: str, transcript: dict[str, Any]) -> None:
    """Write a transcript down."""
    (FOLDER / f"{name}.json").write_text(json.dumps(transcript, indent=2, ensure_ascii=False) + "\n", "utf-8")


class Replay:
    """One run of one transcript.

    send : reaches the server. wait : lets so many seconds pass by the server's clock. act : does on the server what a
    step tells under ``meanwhile``. more : answers may have gained names, as an older phone passes over those.
    """

    def __init__(
        self,
        send: Send,
        wait: Callable[[float], None],
        act: Callable[[dict[str, Any]], None],
        *,
        more: bool = False,
    ) -> None:
        self._send, self._wait, self._act, self._more = send, wait, act, more
        self._kept: dict[str, str] = {}

    def play(self, transcript: dict[str, Any]) -> list[str]:
        """Play every step; give a line for each difference, none when the server keeps the contract."""
        return [
            f"step {place}, {step['say']}: {line}"
            for place, step in enumerate(transcript["steps"])
            for line in self._play_step(step)
        ]

    def record(self, transcript: dict[str, Any]) -> dict[str, Any]:
        """Play every step and give the transcript with the answers that came."""
        return {**transcript, "steps": [self._record_step(step) for step in transcript["steps"]]}

    def _play_step(self, step: dict[str, Any]) -> list[str]:
        return list(differences(step["response"], _answer(self._ask(step)), self._kept, more=self._more))

    def _record_step(self, step: dict[str, Any]) -> dict[str, Any]:
        answer = _answer(self._ask(step))
        expected = recorded(step.get("response"), answer)
        list(differences(expected, answer, self._kept))
        return {**step, "response": expected}

    def _ask(self, step: dict[str, Any]) -> Received:
        self._wait(step.get("wait_s", 0))
        self._act(step.get("meanwhile", {}))
        request = step["request"]
        headers = {"content-type": "application/json", **request.get("headers", {})}
        if "as" in step:
            headers["authorization"] = f"Bearer {self._kept[step['as']]}"
        return self._send(request["method"], request["path"], headers, self._content(request))

    def _content(self, request: dict[str, Any]) -> bytes:
        if "text" in request:  # what is no JSON
            return str(request["text"]).encode()
        return json.dumps(filled(request["body"], self._kept)).encode() if "body" in request else b""


def _answer(received: Received) -> dict[str, Any]:
    answer = {"status": received.status, "body": received.body}
    return answer | ({"content_type": received.content_type} if received.status >= 400 else {})
