"""Every table, for SQLite and PostgreSQL alike. All keys begin with the tenant, so that tenants can be told apart.

Documents are canonical JSON text, written once and handed on as they are. Instants are RFC 3339 text in UTC.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from server.storage.account_tables import account as account
from server.storage.account_tables import attempt as attempt
from server.storage.account_tables import device as device
from server.storage.account_tables import refresh_token as refresh_token
from server.storage.account_tables import scope_grant as scope_grant
from server.storage.allowance_tables import allowance as allowance
from server.storage.allowance_tables import allowance_use as allowance_use
from server.storage.asked_tables import asked_inputs as asked_inputs
from server.storage.bank_tables import time_account as time_account
from server.storage.bank_tables import time_bank as time_bank
from server.storage.bank_tables import time_line as time_line
from server.storage.bank_tables import time_transaction as time_transaction
from server.storage.columns import metadata as metadata
from server.storage.columns import name
from server.storage.file_tables import file_use as file_use
from server.storage.file_tables import kept_file as kept_file
from server.storage.file_tables import upload as upload
from server.storage.stock_tables import stock as stock
from server.storage.stock_tables import stock_hold as stock_hold
from server.storage.waiting_tables import waiter as waiter

# ── sync ──────────────────────────────────────────────────────────────────────────────────────────────────────────

head = Table(
    "head",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", name(32), nullable=False),
    Column("floor", BigInteger, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("kind", name(40), primary_key=True),
    Column("id", name(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("doc", Text, nullable=False),
    Column("stamps", Text, nullable=False),  # per field: version, device and clock that last set it
)

feed = Table(
    "feed",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("scope", name(120), primary_key=True),
    Column("kind", name(40), primary_key=True),
    Column("id", name(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("op", name(3), nullable=False),
    Column("by_device", name(64), nullable=False),
    # Not IN: SQLite builds the list anew for every row, which took a third of what a push writes into the feed.
    CheckConstraint("op = 'put' OR op = 'del' OR op = 'out'", name="op"),
    Index(None, "tenant", "scope", "seq"),
    # What compaction looks for; rows that are there have no place in it.
    Index("ix_feed_gone", "tenant", "seq", sqlite_where=text("op <> 'put'"), postgresql_where=text("op <> 'put'")),
)

feed_day = Table(
    "feed_day",  # where the feed was at some time of a day, so that compaction knows how old a change is
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("day", name(10), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

lost_numbers = Table(
    "lost_numbers",  # which numbers a restore took back: versions of records that only phones still know
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("sha256", name(64), primary_key=True),
    Column("scope", name(120), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", name(32), nullable=False),
    Column("schema", Integer, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Index(None, "tenant", "scope"),
)

receipt = Table(
    "receipt",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("mid", name(64), primary_key=True),
    Column("lseq", BigInteger, nullable=False),
    Column("payload_hash", name(64), nullable=False),
    Column("outcome", Text, nullable=False),
)

receipt_run = Table(
    "receipt_run",  # the short receipts of a push whose mids come after all that the device had before: no two overlap
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("last_mid", name(64), primary_key=True),
    Column("receipts", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("mid", name(64), primary_key=True),
    Column("payload_hash", name(64), primary_key=True),
    Column("kind", name(40), nullable=False),
    Column("id", name(64), nullable=False),
    Column("reason", name(60), nullable=False),
    Column("payload", Text, nullable=False),
    Column("received_at", name(32), nullable=False),
    Column("state", name(10), nullable=False, server_default="open"),  # open, released, dropped
    Column("settled_at", name(32)),
    Column("settled_by", name(64)),
    Index(None, "tenant", "state"),
)

deferred = Table(
    "deferred",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("mid", name(64), primary_key=True),
    Column("parent_kind", name(40), nullable=False),
    Column("parent_id", name(64), nullable=False),
    Column("lseq", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("principal", JSON, nullable=False),
    Column("received_at", name(32), nullable=False),
    Index(None, "tenant", "parent_kind", "parent_id"),
    Index(None, "tenant", "received_at"),
)

later = Table(
    "later",  # what became of mutations that were deferred; phones ask for it by mid
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("mid", name(64), primary_key=True),
    Column("outcome", name(10), nullable=False),
    Column("problem", name(60)),
)

conflict = Table(
    "conflict",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("id", name(64), primary_key=True),
    Column("record_kind", name(40), nullable=False),
    Column("record_id", name(64), nullable=False),
    Index(None, "tenant", "record_kind", "record_id"),
)

device_log = Table(
    "device_log",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("acked_lseq", BigInteger, nullable=False),
    Column("clock", name(90), nullable=False),
    Column("last_mid", name(64), nullable=False, server_default=""),  # no receipt of the device has a greater one
)

# ── what only one can have ────────────────────────────────────────────────────────────────────────────────────────

task_claim = Table(
    "task_claim",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("task_id", name(64), primary_key=True),
    Column("claim_id", name(64), nullable=False),
    Column("volunteer_id", name(64), nullable=False),
)

capacity = Table(
    "capacity",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("item_id", name(64), primary_key=True),
    Column("total", Integer),
    Column("taken", Integer, nullable=False),
    CheckConstraint("taken >= 0 AND (total IS NULL OR taken <= total)", name="never_over"),
)

place = Table(
    "place",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("placement_id", name(64), primary_key=True),
    Column("item_id", name(64), nullable=False),
    Column("person_id", name(64), nullable=False),  # one place on an item is enough for anybody
    Index(None, "tenant", "item_id", "person_id", unique=True),
)

# ── who saw what, without anything of what it says ────────────────────────────────────────────────────────────────

audit = Table(
    "audit",
    metadata,
    Column("tenant", name(64), primary_key=True),
    Column("day", name(10), primary_key=True),
    Column("account", name(64), primary_key=True),
    Column("device", name(64), primary_key=True),
    Column("what", name(20), primary_key=True),
    Column("scope", name(120), primary_key=True),
    Column("kind", name(40), primary_key=True),
    Column("id", name(64), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("first_at", name(32), nullable=False),
    Column("last_at", name(32), nullable=False),
    Index(None, "tenant", "kind", "id"),
    Index(None, "tenant", "scope"),
)
