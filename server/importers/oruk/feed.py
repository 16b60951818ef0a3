"""A feed from a file or an address: every page, and every service's details where the list leaves them out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from server.importers.oruk.fetch import Fetcher, parse
from server.importers.oruk.pages import Page, page_of
from server.importers.problems import SourceError

#: Told of progress: how many are done, of how many when that is known.
Tick = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed gave. whole : it gave as many services as it said it has, so what is missing is gone.

    notes : what the report should say of it.
    """

    services: list[Any]
    whole: bool = True
    notes: tuple[str, ...] = field(default=())


def from_file(path: Path, limit_bytes: int = 512_000_000) -> Feed:
    """Read a list, a page or a single service from a file. Raises SourceError when it cannot be read."""
    try:
        size = path.stat().st_size
        if size > limit_bytes:
            raise SourceError(f"{path.name} is larger than the limit.", "Import it in parts.")
        page = page_of(parse(path.read_bytes(), path.name))
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.", "Check the path.") from None
    return _feed(page.items, page, "")


def from_url(address: str, fetcher: Fetcher, tick: Tick) -> Feed:
    """Fetch every page of a feed, then each service's details where the list has none but the feed offers them.

    address : of the API, of its ``/services``, or of a JSON file. Raises SourceError, and gives nothing, when
    anything on the way fails.
    """
    url = _list_url(address)
    items, page = _pages(url, fetcher, tick)
    if _detailed(items) or not url.path.endswith("/services"):
        return _feed(items, page, "")
    return _with_details(items, page, url, fetcher, tick)


def _list_url(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise SourceError("This is no address of the web.", "Check it.") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceError("The address of a feed begins with http:// or https://.", "Write it in full.")
    path = url.path.rstrip("/")
    return url.copy_with(path=path if path.endswith(("/services", ".json")) else f"{path}/services")


def _pages(url: httpx.URL, fetcher: Fetcher, tick: Tick) -> tuple[list[Any], Page]:
    items: list[Any] = []
    for number in range(1, fetcher.limits.pages + 1):
        body = fetcher.json(url.copy_set_param("page", str(number)))
        if body is None:
            raise SourceError(f"There is no {url.path} at {url.host}.", "Check the address.")
        page = page_of(body)
        if number > 1 and page.items and page.items == items[: len(page.items)]:
            raise SourceError("The feed gives its first page again and again.", "Ask its publisher.")
        items += page.items
        tick(number, page.total_pages)
        if page.last:
            return items, page
    raise SourceError("The feed has more pages than the limit.", "Ask its publisher.")


def _detailed(items: list[Any]) -> bool:
    keys = ("service_at_locations", "schedules", "regular_schedules")
    return any(isinstance(item, dict) and item.get(key) for item in items for key in keys)


def _with_details(items: list[Any], page: Page, url: httpx.URL, fetcher: Fetcher, tick: Tick) -> Feed:
    full, missing = [], 0
    for done, item in enumerate(items):
        found = _detail(item, url, fetcher)
        if found is None and done == 0:
            return _feed(items, page, "The feed offers no details beyond its list.")
        missing += found is None
        full.append(item if found is None else {**item, **found})
        tick(done + 1, len(items))
    return _feed(full, page, f"{missing} services had no details." if missing else "")


def _detail(item: object, url: httpx.URL, fetcher: Fetcher) -> dict[str, Any] | None:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str | int):
        return None
    query = b"?" + url.query if url.query else b""
    path = f"{url.path}/{quote(str(item['id']), safe='')}"
    found = fetcher.json(url.copy_with(raw_path=path.encode() + query))
    return found if isinstance(found, dict) and str(found.get("id")) == str(item["id"]) else None


def _feed(items: list[Any], page: Page, note: str) -> Feed:
    short = page.total_items is not None and len(items) < page.total_items
    said = f"The feed says it has {page.total_items} services and gave {len(items)}." if short else ""
    return Feed(items, whole=not short and bool(items), notes=tuple(filter(None, (note, said))))
