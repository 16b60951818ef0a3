"""`kith training`: whose trainings run out, and who here can do what. It names people: for staff, on their terminal."""

from collections.abc import Iterable, Mapping
from datetime import date

import click

from ml.listing import Listing
from mobile_contract.vocabulary import SKILLS
from server.cli.words import there_are
from server.cli.workplace import Workplace, workplace
from server.dispatch.abilities import Group, able_of, due_of, volunteers_of
from server.domain.days import local_day
from server.sync.model import Document, Key
from server.sync.ports import View

_TENANT = click.option("--tenant", required=True, help="The programme.")
_CENTRE = click.option("--centre", "centre_id", help="Only volunteers of this centre.")


@click.group()
def training() -> None:
    """Say whose trainings run out, and who here can do what."""


@training.command()
@_TENANT
@_CENTRE
@click.option("--days", type=click.IntRange(0, 365), help="Within how many days; else as many as each training says.")
def due(tenant: str, centre_id: str | None, days: int | None) -> None:
    """List whose trainings run out soon, or have lately and were not renewed, soonest first."""
    at, group = _at(tenant), Group(centre_id=centre_id)
    with at.store.read(tenant) as view:
        found = due_of(view, group, _today(at), days)
        names = _names(volunteers_of(view, group))
        titles = {one.key.id: one.doc["name"] for one in view.of_kind("training")}
    table = Listing("until", "days", "volunteer", "name", "training", right=("days",))
    for one in found:
        training_name = titles.get(one.training_id, one.training_id)
        table.add(one.until_on, one.days, one.volunteer_id, names[one.volunteer_id], training_name)
    at.note(tenant, "trainings", [("volunteer", one, 1) for one in sorted({each.volunteer_id for each in found})])
    table.print()


@training.command()
@_TENANT
@_CENTRE
@click.option("--bank", "bank_id", help="Only members of this time bank.")
@click.option("--organisation", "organisation_id", help="Only those who have a role at this organisation.")
@click.option("--training", "training_id", help="Who holds this training, by its id.")
@click.option("--skill", type=click.Choice(SKILLS.codes), help="Who has this skill.")
def who(tenant: str, training_id: str | None, skill: str | None, **group: str | None) -> None:
    """List who here can do something today, and until when: a training, a skill, or both."""
    if training_id is None and skill is None:
        raise click.UsageError("Name a --training or a --skill.")
    at, of = _at(tenant), Group(**group)
    with at.store.read(tenant) as view:
        _check(view, training_id)
        found = able_of(view, of, _today(at), training_id=training_id, skill=skill)
        names = _names(volunteers_of(view, of))
    table = Listing("volunteer", "name", "until", "on a break until")
    for one in found:
        table.add(one.volunteer_id, names[one.volunteer_id], one.until_on or "", one.away_until_on or "")
    at.note(tenant, "trainings", [("volunteer", one.volunteer_id, 1) for one in found])
    table.print()


def _check(view: View, training_id: str | None) -> None:
    if training_id is not None and not view.records([Key("training", training_id)]):
        ids = (one.key.id for one in view.of_kind("training"))
        known = there_are(ids, none="It is empty: a centre writes down what can be learned.")
        raise click.ClickException(f"There is no training {training_id} in the catalogue. {known}")


def _names(volunteers: Iterable[tuple[str, Document]]) -> Mapping[str, str]:
    return {name: f"{doc['given_name']} {doc['family_name']}" for name, doc in volunteers}


def _today(at: Workplace) -> date:
    return local_day(at.services.now())


def _at(tenant: str) -> Workplace:
    at = workplace()
    at.check_tenant(tenant)
    return at
