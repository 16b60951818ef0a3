"""`kith timebank`: open a time bank, list them, print a statement, prove that the ledger adds up."""

import click

from ml.listing import Listing
from server.cli.workplace import Workplace, workplace
from server.domain.ledger import TimeAccount
from server.domain.statement import bank_sums, faults, statement_csv
from server.sync.decisions.banks import new_bank
from server.sync.decisions.paying import derived_id
from server.sync.hlc import instant_text
from server.sync.model import Key
from server.sync.puts import InvalidDocumentError

_TENANT = click.option("--tenant", required=True, help="The programme.")


@click.group()
def timebank() -> None:
    """Open and list time banks; print statements; prove that the ledger adds up."""


@timebank.command("open")
@_TENANT
@click.option("--name", required=True, help="What people call it.")
@click.option("--district", default="county", show_default=True, help="GSS code of the district that it serves.")
@click.option("--centre", help="The volunteer centre whose finished tasks credit their minutes from the pot.")
@click.option("--floor", "floor_min", default=-600, show_default=True, help="Minutes: how far a member may owe.")
@click.option("--ceiling", "ceiling_min", default=3000, show_default=True, help="Minutes: how much a member may hold.")
@click.argument("bank")
def open_(
    tenant: str, name: str, district: str, centre: str | None, floor_min: int, ceiling_min: int, bank: str
) -> None:
    """Open the time bank BANK with its community pot. A bank that is there stays as it is."""
    at = _at(tenant)
    with at.store.read(tenant) as view:
        if view.records([Key("bank", bank)]):
            raise click.ClickException(f"There is already a time bank {bank}. Its brokers change its rules.")
    rules = {"name": name, "district": district, "floor_min": floor_min, "ceiling_min": ceiling_min}
    tasks = {"centre_id": centre, "credits_tasks": centre is not None}
    try:
        at.door(tenant).write(new_bank(bank, {**rules, **tasks}, instant_text(at.services.now())))
    except InvalidDocumentError as error:
        raise click.ClickException(f"The time bank cannot be opened like this: {dict(error.errors)}") from error
    click.echo(f"The time bank {bank} is open. Its community pot is the account {derived_id('pot', bank)}.")


@timebank.command()
@click.option("--tenant", help="Only this programme.")
def banks(tenant: str | None) -> None:
    """List the time banks, their accounts and the minutes that are held in them."""
    at = workplace() if tenant is None else _at(tenant)
    table = Listing("programme", "bank", "name", "state", "accounts", "held", "sum", right=("accounts", "held", "sum"))
    for name in [tenant] if tenant else sorted(at.store.heads()):
        with at.store.read(name) as view:
            accounts = view.time_accounts()
            found = list(view.of_kind("bank"))
        for one in found:
            mine = [each for each in accounts if each.bank_id == one.key.id]
            table.add(name, one.key.id, one.doc["name"], one.doc["status"], *_figures(mine))
    table.print()


def _figures(accounts: list[TimeAccount]) -> tuple[int, int, int]:
    held = sum(one.balance_min for one in accounts if one.type != "clearing" and one.balance_min > 0)
    return len(accounts), held, sum(bank_sums(accounts).values())


@timebank.command()
@_TENANT
@click.argument("account")
def statement(tenant: str, account: str) -> None:
    """Print what happened to ACCOUNT as CSV (RFC 4180), oldest first; the audit says so."""
    at = _at(tenant)
    with at.store.read(tenant) as view:
        if account not in {one.id for one in view.time_accounts()}:
            raise click.ClickException(
                f"There is no account {account} in a time bank of {tenant}. Members see its number in the app, and "
                "brokers those of their bank; `kith timebank banks` lists the banks."
            )
        text = statement_csv(account, view.postings(account))
    at.note(tenant, "statement", [("account", account, 1)])
    click.echo(text.encode(), nl=False)


@timebank.command()
@click.option("--tenant", help="Only this programme.")
def check(tenant: str | None) -> None:
    """Prove that every transaction and every bank sums to 0 and that balances are the sums of their lines."""
    at = workplace() if tenant is None else _at(tenant)
    wrong = 0
    for name in [tenant] if tenant else sorted(at.store.heads()):
        with at.store.read(name) as view:
            accounts = view.time_accounts()
            found = list(faults(accounts, view.line_sums(), view.unbalanced()))
        wrong += len(found)
        for sentence in found:
            click.echo(f"{name}: {sentence}")
        banks_there = len(bank_sums(accounts))
        if not found:
            click.echo(f"{name}: {len(accounts)} account(s) of {banks_there} time bank(s) add up; the sum is 0.")
    if wrong:
        raise click.ClickException(f"{wrong} thing(s) in the ledger do not add up.")


def _at(tenant: str) -> Workplace:
    at = workplace()
    at.check_tenant(tenant)
    return at
