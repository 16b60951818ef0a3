"""The history of the contract: a hash over all that it promises, and a note for every change of it."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from mobile_contract import wire
from mobile_contract.generate.json_schema import kind_schema, message_schema
from mobile_contract.schemas import KINDS
from mobile_contract.version import CURRENT
from mobile_contract.vocabulary import ALL

HISTORY: Final = Path(__file__).parent.parent / "history.json"
MEND: Final = (
    "The contract has changed and its history does not say why. If a phone of the version before would misread the "
    "server, raise CURRENT in mobile_contract/version.py. Then run\n"
    '    python -m mobile_contract.generate --note "what changed, and why"\n'
    "and commit mobile_contract/history.json with the generated files."
)


def contract_hash() -> str:
    """Hash every kind, message and vocabulary; 64 hexadecimal digits."""
    promised = {
        "version": CURRENT,
        "kinds": {name: kind_schema(name) for name in sorted(KINDS)},
        "messages": {
            name: message_schema(getattr(wire, name)) for name in sorted(wire.__all__) if name.endswith("Schema")
        },
        "vocabularies": {name: list(vocabulary.labels.items()) for name, vocabulary in sorted(ALL.items())},
    }
    return hashlib.sha256(json.dumps(promised, sort_keys=True).encode()).hexdigest()


def history() -> list[dict[str, Any]]:
    """Read the notes, oldest first; empty when there is no history yet."""
    notes: list[dict[str, Any]] = json.loads(HISTORY.read_text("utf-8")) if HISTORY.exists() else []
    return notes


def is_noted() -> bool:
    """Say whether the newest note is about the contract as it is."""
    notes = history()
    return bool(notes) and notes[-1]["hash"] == contract_hash() and notes[-1]["version"] == CURRENT


def add_note(text: str) -> None:
    """Write down why the contract changed; nothing happens when it has not."""
    if is_noted():
        return
    notes = [*history(), {"version": CURRENT, "hash": contract_hash(), "note": text}]
    HISTORY.write_text(json.dumps(notes, indent=2, ensure_ascii=False) + "\n", "utf-8")
