"""The limits that phone and server keep to, told to phones in the manifest."""

from typing import Final

#: The most mutations in one push.
MAX_MUTATIONS: Final = 1_000
#: The largest body of a request, in bytes before any compression.
MAX_BODY_BYTES: Final = 4 * 1024 * 1024
#: Rows in a page when the phone names no number, and the most it may name.
PAGE_ROWS: Final = 500
MAX_PAGE_ROWS: Final = 5_000
#: Bytes of documents in a page when the phone names no number, and the most it may name.
PAGE_BYTES: Final = 1024 * 1024
MAX_PAGE_BYTES: Final = 4 * 1024 * 1024


def limits() -> dict[str, int]:
    """Say the limits as the manifest carries them."""
    return {
        "mutations": MAX_MUTATIONS,
        "body_bytes": MAX_BODY_BYTES,
        "page_rows": MAX_PAGE_ROWS,
        "page_bytes": MAX_PAGE_BYTES,
    }
