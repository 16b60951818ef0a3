"""What was refused is kept for people to look at: nothing that was ever sent is lost in silence."""

from server.sync.canonical import digest, plain
from server.sync.context import Verdict
from server.sync.erasing import without_content
from server.sync.kept import mutation_json
from server.sync.model import Mutation
from server.sync.ports import Quarantined


def quarantined(mutation: Mutation, verdict: Verdict, device: str, now: str) -> Quarantined:
    """Make the entry that keeps a refused payload."""
    payload = mutation_json(without_content(mutation) if verdict.blank else mutation)
    reason = verdict.problem.slug if verdict.problem else verdict.outcome.value
    kind, record_id = _name(mutation.kind, 40), _name(mutation.id, 64)
    return Quarantined(device, mutation.mid, digest(payload), kind, record_id, reason, plain(payload), now)


def _name(text: str, limit: int) -> str:
    """Cut what nobody has vetted down to what every database takes; the payload has the whole."""
    return text.encode("ascii", "replace").decode("ascii").replace("\0", "?")[:limit]
