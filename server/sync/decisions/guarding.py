"""Guardians' consents: the volunteer's record says until when they hold, and a withdrawal counts at once."""

from typing import Final

from server.domain.youth import consent_until, is_withdrawn, wrong_consent
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Document, Key, Stored

#: What a centre keeps about a volunteer and their next one needs; enquiries stay where they were made.
_WITH_THEM: Final = ("guardian_consent", "check")


def check_consent(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Refuse a new consent that cannot be."""
    volunteer = context.batch.get(Key("volunteer", doc["volunteer_id"]))
    there = volunteer.doc if volunteer is not None and not volunteer.deleted else None
    errors = wrong_consent(doc, there, context.today)
    return rejected("invalid", errors=errors) if errors else None


def keep_consent(consent: Stored, context: Context) -> None:
    """Let the volunteer's record say what a consent that was written, withdrawn or deleted comes to."""
    if consent.erased:
        return
    if not consent.deleted and is_withdrawn(consent.doc) and consent.doc["withdrawn_on"] is None:
        context.batch.change(consent.key, {"withdrawn_on": context.today}, context.device, context.hlc)
    volunteer = context.batch.get(Key("volunteer", consent.doc["volunteer_id"]))
    if volunteer is not None and not volunteer.deleted:
        until = consent_until(one.doc for one in consents_of(volunteer.key.id, context))
        context.batch.change(volunteer.key, {"guardian_until_on": until}, context.device, context.hlc)


def consents_of(volunteer_id: str, context: Context) -> list[Stored]:
    """Give the consents of a volunteer's guardians as they stand in this transaction."""
    return _of("guardian_consent", volunteer_id, context)


def _of(kind: str, volunteer_id: str, context: Context) -> list[Stored]:
    keys = set(context.work.referring(kind, "volunteer_id", [volunteer_id]))
    keys |= {key for key in context.batch.touched if key.kind == kind}
    context.batch.load(keys)
    found = (context.batch.get(key) for key in sorted(keys))
    return [one for one in found if one and not one.deleted and one.doc["volunteer_id"] == volunteer_id]


def follow_guardians(volunteer: Stored, context: Context) -> None:
    """Let the consents, references and checks of a volunteer who goes to another centre go with them."""
    before = context.batch.before.get(volunteer.key)
    if before is None or before.doc.get("centre_id") == volunteer.doc["centre_id"]:
        return
    for one in [one for kind in _WITH_THEM for one in _of(kind, volunteer.key.id, context)]:
        context.batch.change(one.key, {"centre_id": volunteer.doc["centre_id"]}, context.device, context.hlc)
