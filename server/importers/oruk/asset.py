"""The fields of an asset that a service gives it wherever it happens."""

from datetime import date
from typing import Any, Final

from server.importers.access import language_code
from server.importers.categories import Evidence, categorise
from server.importers.cost import pence, pence_of_options
from server.importers.mender import Mender
from server.importers.oruk.shape import Service, text
from server.importers.oruk.times import day_of
from server.importers.text import email, fitted, line, paragraphs, phone, url

#: A listing is to be checked again this many years after somebody last did.
CHECK_YEARS: Final = 1
_STATUSES: Final = {
    "active": "active", "": "active", "inactive": "closed", "defunct": "closed", "temporarily closed": "paused",
}  # fmt: skip
_AT_HOME: Final = ("phone", "home visit")
_REFERRAL: Final = ("referral", "professional referral")
_DESCRIPTION: Final = 4000
_WHOLE: Final = 1_000_000


def name_of(service: Service) -> tuple[str | None, tuple[str, ...]]:
    """Give the service's name, else its organisation's, else none; and the repair."""
    name, repairs = line(service.text("name"))
    if name:
        return name, repairs
    return line(text(service.organisation, "name"))[0], ("name-from-organisation",)


def asset_fields(service: Service, name: str, mender: Mender) -> dict[str, Any]:
    """Give them, cleaned; each repair is noted with `mender`."""
    words, repairs = paragraphs(service.text("description"), _WHOLE)
    kind = service.text("deliverable_type")
    finding = categorise(Evidence(name, service.terms, kind, service.audiences, words or ""))
    mender.note(f"category-from-{finding.evidence}: {finding.word}" if finding.evidence else "category-unknown")
    low, high = mender(_ages(service))
    return {
        "name": name,
        "description": mender(_description(service, words or "", repairs)),
        "category": finding.category,
        "other_categories": list(finding.others),
        "languages": mender(_languages(service)),
        "cost_pence": _cost(service, mender),
        "min_age": low,
        "max_age": high,
        "audience": mender(_audience(service)),
        "online": _online(service),
        "at_home": service.attending.strip().lower() in _AT_HOME,
        "referral_only": service.joining.strip().lower() in _REFERRAL,
        "status": mender(_status(service)),
        "phone": mender(phone(service.phone)),
        "email": mender(email(service.text("email"))),
        "url": mender(url(service.text("url"))),
        **mender(_checks(service)),
    }


def _description(service: Service, words: str, repairs: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Give the description, and below it what the feed says in words that no field holds."""
    said = {
        "Notice": service.text("alert"),
        "Cost": "" if pence(service.text("fees")) is not None else service.text("fees"),
        "How to join": ". ".join(
            filter(str.strip, (service.joining, service.text("pc_attendingAccess_additionalInfo")))
        ),
    }
    below = [f"{label}: {one}" for label, raw in said.items() if (one := line(raw, 600)[0])]
    room = _DESCRIPTION - sum(len(each) + 2 for each in below)
    cut, repairs = fitted(words, room, repairs)
    return "\n\n".join(filter(None, (cut, *below))) or None, repairs


def _cost(service: Service, mender: Mender) -> int | None:
    cost = pence_of_options(service.raw.get("cost_options"))
    cost = pence(service.text("fees")) if cost is None else cost
    if cost is None and (service.text("fees").strip() or service.raw.get("cost_options")):
        mender.note("cost-not-a-number")
    return cost


def _ages(service: Service) -> tuple[tuple[int | None, int | None], tuple[str, ...]]:
    low, high = _age(service.min_age), _age(service.max_age)
    if low is not None and high is not None and low > high:
        return (None, None), ("ages-dropped",)
    unread = (low is None and service.min_age is not None) or (high is None and service.max_age is not None)
    return (low, high or None), ("ages-dropped",) if unread or high == 0 else ()


def _age(raw: object) -> int | None:
    try:
        years = float(str(raw))
    except ValueError:
        return None
    return int(years) if 0 <= years <= 120 else None


def _audience(service: Service) -> tuple[str, tuple[str, ...]]:
    """Say who may come; a service that names women or men but not both is taken to be for them alone."""
    named = {each.strip().lower() for each in service.audiences} & {"women", "men"}
    return (named.pop(), ("audience-from-target",)) if len(named) == 1 else ("anyone", ())


def _online(service: Service) -> bool:
    return service.attending.strip().lower() == "online" or any(spot.virtual for spot in service.spots)


def _status(service: Service) -> tuple[str, tuple[str, ...]]:
    status = _STATUSES.get(service.text("status").strip().lower())
    return (status, ()) if status else ("paused", ("status-unknown",))


def _languages(service: Service) -> tuple[list[str], tuple[str, ...]]:
    named = [each for each in service.languages if each.strip()]
    codes = {code for each in named if (code := language_code(each))}
    return sorted(codes | {"en"}), ("languages-dropped",) if len(codes) < len(set(named)) else ()


def _checks(service: Service) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Say when the listing was checked and is due again; one that never was is due since it was last changed."""
    given = service.text("assured_date").strip()
    assured = day_of(given)
    if assured:
        return {"assured_on": assured, "next_check_on": _years_later(assured)}, ()
    dropped = ("date-dropped",) if given else ()
    return {"assured_on": None, "next_check_on": day_of(service.modified)}, (*dropped, "never-assured")


def _years_later(day: str) -> str:
    then = date.fromisoformat(day)
    # 29 February has no anniversary in a common year
    return then.replace(
        year=then.year + CHECK_YEARS, day=min(then.day, 28) if then.month == 2 else then.day
    ).isoformat()
