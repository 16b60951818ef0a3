"""`kith device`: the phones that hold records."""

import click

from ml.listing import Listing
from server.cli.workplace import workplace


@click.group()
def device() -> None:
    """List devices and shut lost ones out."""


@device.command("list")
@click.option("--tenant", required=True, help="The programme whose devices to list.")
@click.option("--user", "username", help="Only the devices of this account.")
def list_(tenant: str, username: str | None) -> None:
    """List devices, whose they are, when they were last seen and whether they are shut out."""
    at = workplace()
    at.check_tenant(tenant)
    account_id = at.account(username).id if username else None
    names = {one.id: one.username for one in at.services.accounts.accounts.all(tenant)}
    table = Listing("device", "user", "name", "last seen", "shut out")
    for one in at.services.accounts.devices.all(tenant, account_id):
        seen = one.last_seen_at.isoformat(" ", "minutes")[:16] if one.last_seen_at else ""
        out = one.revoked_at.isoformat(" ", "minutes")[:16] if one.revoked_at else ""
        table.add(one.id, names.get(one.account_id, ""), one.name, seen, out)
    table.print()


@device.command()
@click.argument("device_id")
def revoke(device_id: str) -> None:
    """Shut a device out: it is refused at once and wipes itself at its next contact."""
    at = workplace()
    device = at.services.accounts.devices.find(device_id)
    if device is None:
        raise click.ClickException(f"There is no device {device_id}. `kith device list` shows them.")
    at.services.accounts.revoke(device_id)
    at.services.poke(device.tenant, 0, frozenset())
    click.echo(f"{device_id} is shut out.")
