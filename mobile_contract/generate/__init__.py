"""What follows from the kinds: TypeScript, JSON Schemas and the hash of the contract."""

from mobile_contract.generate.artefacts import FOLDER, artefacts, stale, write
from mobile_contract.generate.history import contract_hash

__all__ = ["FOLDER", "artefacts", "contract_hash", "stale", "write"]
