"""Pages of an Open Referral UK list, whatever the publisher calls their parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.importers.problems import SourceError

_ITEMS: Final = ("contents", "content", "services", "items")


@dataclass(frozen=True, slots=True)
class Page:
    """One page. number : from 1, total_pages and total_items as stated, None when not. last : nothing follows."""

    items: list[Any]
    last: bool
    number: int | None = None
    total_pages: int | None = None
    total_items: int | None = None


def page_of(body: object) -> Page:
    """Read a page: a plain list is all there is; so is a single service. Raises SourceError for anything else."""
    if isinstance(body, list):
        return Page(body, last=True)
    if not isinstance(body, dict):
        raise SourceError("The feed gives neither a list of services nor a page of one.", "Check the address.")
    items = next((body[key] for key in _ITEMS if isinstance(body.get(key), list)), None)
    if items is not None:
        return _page(body, items)
    if "id" in body and "name" in body:
        return Page([body], last=True)
    raise SourceError("The feed gives an object that holds no list of services.", "Check the address.")


def _page(body: Mapping[str, Any], items: list[Any]) -> Page:
    number, pages = _whole(body, "page_number", "number", "page"), _whole(body, "total_pages", "totalPages")
    stated = next((body[key] for key in ("last_page", "last") if isinstance(body.get(key), bool)), None)
    reached = pages is not None and number is not None and number >= pages
    last = stated if stated is not None else reached or (pages is None and number is None)
    return Page(items, last or not items, number, pages, _whole(body, "total_items", "totalElements"))


def _whole(body: Mapping[str, Any], *keys: str) -> int | None:
    found = (body[key] for key in keys if isinstance(body.get(key), int) and not isinstance(body[key], bool))
    return next(found, None)
