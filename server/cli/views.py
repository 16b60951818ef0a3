"""`kith views`: the SQL views through which analysts read columns."""

import click

from ml.listing import Listing
from mobile_contract.schemas import SCHEMAS
from server.cli.workplace import workplace
from server.storage.engine import reading, writing
from server.storage.views import columns_of, make_views, stale_views, view_name


@click.command()
@click.option("--check", is_flag=True, help="Only say which are not as the contract wants them.")
@click.option("--make", is_flag=True, help="Make them anew, as `kith migrate` does.")
def views(check: bool, make: bool) -> None:
    """List the SQL views, one a kind, with their columns."""
    engine = workplace().store.engine
    if make:
        with writing(engine) as connection:
            make_views(connection)
    if check or make:
        with reading(engine) as connection:
            stale = stale_views(connection)
        if stale:
            raise click.ClickException(f"Not as the contract wants them: {', '.join(stale)}. Run `kith views --make`.")
        click.echo(f"All {len(SCHEMAS)} views are as the contract wants them.")
        return
    table = Listing("view", "columns beside tenant, id and version")
    for kind in sorted(SCHEMAS):
        table.add(view_name(kind), ", ".join(columns_of(kind)))
    table.print()
