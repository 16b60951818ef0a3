"""`kith hub`: what stands on the shelves of community hubs, what they wish for, and calls that nobody has taken up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ml.listing import Listing

if TYPE_CHECKING:
    from server.sync.model import Document

_TENANT = click.option("--tenant", required=True, help="The programme.")
_HUB = click.option("--hub", "hub_id", help="Only this hub.")


@click.group()
def hub() -> None:
    """Show what hubs have in stock, what they wish for, and calls that wait; nobody is named."""


@hub.command()
@_TENANT
@_HUB
@click.option("--low", is_flag=True, help="Only what is at or below the count at which to find more.")
def stock(tenant: str, hub_id: str | None, low: bool) -> None:
    """List what is on the shelves: units there, of these kept for somebody, and left for others."""
    counts = ("stock", "held", "left", "low at")
    table = Listing("hub", "item", "shelf", "unit", *counts, "note", right=counts)
    for one in _of("item", tenant, hub_id):
        is_low = one["low_at"] is not None and one["stock"] - one["held"] <= one["low_at"]
        if one["status"] == "retired" or (low and not is_low):
            continue
        left = one["stock"] - one["held"]
        told = (one["stock"], one["held"], left, "" if one["low_at"] is None else one["low_at"])
        table.add(one["hub_id"], one["name"], one["location"] or "", one["unit"], *told, "low" if is_low else "")
    table.print()


@hub.command()
@_TENANT
@_HUB
def wishes(tenant: str, hub_id: str | None) -> None:
    """List what hubs would still like to be given."""
    table = Listing("hub", "wish", "quantity", "unit", "urgency", "wanted by", "state", right=("quantity",))
    for one in _of("wish", tenant, hub_id):
        if one["status"] in ("wanted", "promised"):
            what = (one["hub_id"], one["name"], one["quantity"], one["unit"])
            table.add(*what, one["urgency"], one["wanted_by_on"] or "", one["status"])
    table.print()


@hub.command()
@_TENANT
@_HUB
def calls(tenant: str, hub_id: str | None) -> None:
    """List calls that no team has taken up, the longest waiting first, without a word of who rang or for whom."""
    table = Listing("hub", "taken on", "urgency", "with", "hand-overs", "agreed", right=("hand-overs",))
    waiting = (one for one in _of("intake", tenant, hub_id) if one["status"] != "taken_up")
    for one in sorted(waiting, key=lambda call: (call["taken_on"], call["hub_id"])):
        with_whom = one["team_id"] or "the hub"
        agreed = "yes" if one["agreed"] else "no"
        table.add(one["hub_id"], one["taken_on"], one["urgency"], with_whom, one["handovers"], agreed)
    table.print()


def _of(kind: str, tenant: str, hub_id: str | None) -> "Iterator[Document]":
    """Give the documents of a kind, of one hub or all of them, in order of hub and name."""
    from server.cli.workplace import workplace

    at = workplace()
    at.check_tenant(tenant)
    with at.store.read(tenant) as view:
        found = [one.doc for one in view.of_kind(kind) if hub_id in (None, one.doc["hub_id"])]
    yield from sorted(found, key=lambda doc: (doc["hub_id"], doc.get("name") or ""))
