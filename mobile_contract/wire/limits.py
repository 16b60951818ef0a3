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
#: Scopes that one request may name, and the characters of a cursor.
MAX_SCOPES: Final = 1_000
MAX_CURSOR: Final = 65_536
#: Days for which a phone keeps what it sent and had answered, to send again what a restored backup lacks.
JOURNAL_DAYS: Final = 7

#: Records on a device above which it is warned, and above which it is given no further scope.
DEVICE_RECORDS_WARN: Final = 5_000
DEVICE_RECORDS_MAX: Final = 20_000


def limits() -> dict[str, int]:
    """Say the limits as the manifest carries them."""
    return {
        "mutations": MAX_MUTATIONS,
        "body_bytes": MAX_BODY_BYTES,
        "page_rows": MAX_PAGE_ROWS,
        "page_bytes": MAX_PAGE_BYTES,
        "journal_days": JOURNAL_DAYS,
        "device_records_warn": DEVICE_RECORDS_WARN,
        "device_records_max": DEVICE_RECORDS_MAX,
    }
