"""Hand over a referral or an intake to another team, and take up an intake: the row's lock lets one of two win."""

from server.domain.handovers import person_of, referral_of, refuse_handover, step
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.erasing import family
from server.sync.model import Document, Key, Mutation, Outcome, Stored

#: How many of the latest steps are looked through for the one that took a record from somebody.
_LOOK_BACK = 20


def hand_over(mutation: Mutation, record: Stored, context: Context) -> Verdict:
    """Give a referral, with its person and all that hangs on them, or an intake to another team."""
    args = mutation.command.args if mutation.command else {}
    if not context.may_write(context.rule(record.key.kind)):
        return rejected("not-yours")
    if args.get("team_id") == record.doc["team_id"]:
        return Verdict(Outcome.DUPLICATE, record.key, with_row=True)
    if slug := refuse_handover(record.doc, args):
        return rejected(slug, keep=False, about=record.key)
    if not _is_team(args.get("team_id"), context):
        return rejected("invalid", errors={"team_id": ["No such team."]})
    return _hand_over(record, args, context)


def _is_team(team_id: object, context: Context) -> bool:
    team = context.held(Key("team", team_id)) if isinstance(team_id, str) else None
    return team is not None and not team.deleted and team.doc["status"] == "active"


def _hand_over(record: Stored, args: Document, context: Context) -> Verdict:
    now = {"by_account": context.principal.account_id, "handed_on": context.today}
    made, errors = context.validate("handover", {**step(*record.key, record.doc, args), **now}, False)
    if errors:
        return rejected("invalid", errors=errors)
    key = _step_key(record.key, made["number"])
    _move(record, made["team_id"], context)
    state = {"status": "handed_over"} if record.key.kind == "intake" else {}
    context.batch.change(record.key, {"handovers": made["number"], **state}, context.device, context.hlc)
    context.batch.put(key, made, context.stamps(made.keys()), context.device)
    return Verdict(Outcome.APPLIED, key, with_row=True)  # the record itself may be the sender's no longer


def _move(record: Stored, team_id: str, context: Context) -> None:
    """Let the record, and all that one team holds of its person, be another team's: nobody is in two."""
    before = record.doc["team_id"]
    keys = [record.key] if record.key.kind == "intake" else family(Key("person", record.doc["person_id"]), context)
    context.batch.load(keys)
    for key in keys:
        one = context.batch.get(key)
        if one is not None and not one.deleted and one.doc.get("team_id") == before:
            context.batch.change(key, {"team_id": team_id}, context.device, context.hlc)


def _step_key(about: Key, number: int) -> Key:
    return Key("handover", digest("handover", *about, str(number))[:32])


def gone_elsewhere(mutation: Mutation, context: Context) -> Verdict | None:
    """Tell whoever hands over what is theirs no longer where it went, if they may know of that step."""
    record = context.batch.get(mutation.key) if mutation.command and mutation.command.name == "hand_over" else None
    if record is None or record.erased:
        return None
    last = record.doc.get("handovers", 0)
    steps = (context.held(_step_key(mutation.key, number)) for number in range(last, max(0, last - _LOOK_BACK), -1))
    known = next((one for one in steps if one is not None), None)
    return rejected("handed-over-already", keep=False, about=known.key) if known else None


def take_up(mutation: Mutation, intake: Stored, context: Context) -> Verdict:
    """Make a person, their consent and a referral of an intake that the sender's team has."""
    args, doc = mutation.command.args if mutation.command else {}, intake.doc
    if not context.may_write(context.rule("person")) or f"caseload:{doc['team_id']}" not in context.principal.scopes:
        return rejected("not-yours")
    if doc["status"] == "taken_up":
        return rejected("taken-up-already", keep=False, about=intake.key)
    if doc["agreed"] is not True or args.get("keep_record") is not True:
        return rejected("invalid", errors={"keep_record": ["Ask the person first whether they want this."]})
    made = _make(intake, context)
    done = {"status": "taken_up", "made_kind": "person", "made_id": made["person"], "referral_id": made["referral"]}
    context.batch.change(intake.key, done, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, intake.key, with_row=True)


def _make(intake: Stored, context: Context) -> dict[str, str]:
    """Write the three records, the consent before the referral that names it; give their ids."""
    doc, today = intake.doc, context.today
    made = {kind: digest(f"{kind} of", intake.key.id)[:32] for kind in ("person", "consent", "referral")}
    agreed = {"person_id": made["person"], "team_id": doc["team_id"], "keep_record": True, "given_on": today}
    _put(Key("person", made["person"]), person_of(doc), context)
    _put(Key("consent", made["consent"]), {**agreed, "method": "spoken"}, context)
    _put(Key("referral", made["referral"]), referral_of(doc, made["person"], made["consent"]), context)
    return made


def _put(key: Key, doc: Document, context: Context) -> None:
    clean, errors = context.validate(key.kind, doc, False)
    if errors:
        raise ValueError(f"what an intake makes is no {key.kind}")
    context.batch.put(key, clean, context.stamps(clean.keys()), context.device)
