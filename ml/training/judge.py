"""What is kept of an evaluation: its figures beside the version, and a card that tells them."""

from typing import Any

from ml.files import write_bytes
from ml.models.card import card
from ml.models.evidence import EVALUATION
from ml.models.registry import CARD, Registry, Version


def keep_evaluation(registry: Registry, version: Version, evaluation: dict[str, Any]) -> None:
    """Write evaluation.json and the card anew."""
    registry.write_evidence(version.name, EVALUATION, evaluation)
    write_bytes(version.folder / CARD, card(version.manifest, evaluation).encode())
