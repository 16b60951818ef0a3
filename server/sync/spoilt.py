"""A mutation whose outside is wrong, as a value: what can be read of it, and all of what was sent."""

from collections.abc import Mapping
from typing import Any

from server.sync.asked import Mutation

_OPERATIONS = ("create", "patch", "delete")


def spoilt(sent: Mapping[str, Any], wrong: Mapping[str, Any]) -> Mutation:
    """Make a mutation that will be refused. wrong : field → what is wrong with it."""
    values, op = sent.get("set"), _text(sent, "op")
    return Mutation(
        _text(sent, "mid"),
        int(sent.get("lseq", 0)),
        _text(sent, "kind"),
        _text(sent, "id"),
        op if op in _OPERATIONS else "",
        set=values if isinstance(values, dict) else {},
        hlc=_text(sent, "hlc"),
        sent=sent,
        wrong=wrong,
    )


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""
