"""A place is a person's: nobody has two on one item."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def name(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


place = sa.table("place", *(sa.column(one) for one in ("tenant", "placement_id", "item_id", "person_id")))
record = sa.table("record", *(sa.column(one) for one in ("tenant", "kind", "id", "doc")))


def upgrade() -> None:
    rows = _with_persons()
    op.drop_table("place")
    op.create_table(
        "place",
        sa.Column("tenant", name(64), nullable=False),
        sa.Column("placement_id", name(64), nullable=False),
        sa.Column("item_id", name(64), nullable=False),
        sa.Column("person_id", name(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "placement_id", name="pk_place"),
    )
    op.create_index("ix_place_tenant_item_id_person_id", "place", ["tenant", "item_id", "person_id"], unique=True)
    op.bulk_insert(place, rows)


def _with_persons() -> list[dict[str, str]]:
    """Give the places their persons; a second place of one person stays, under its placement's own id."""
    of = (record.c.tenant == place.c.tenant) & (record.c.kind == "placement") & (record.c.id == place.c.placement_id)
    held = sa.select(place.c.tenant, place.c.placement_id, place.c.item_id, record.c.doc).join_from(place, record, of)
    rows, seen = [], set()
    for row in op.get_bind().execute(held.order_by(place.c.tenant, place.c.placement_id)):
        person_id = json.loads(row.doc)["person_id"]
        mine = (row.tenant, row.item_id, person_id)
        holder = row.placement_id if mine in seen else person_id
        seen.add(mine)
        rows.append(
            {"tenant": row.tenant, "placement_id": row.placement_id, "item_id": row.item_id, "person_id": holder}
        )
    return rows


def downgrade() -> None:
    op.drop_index("ix_place_tenant_item_id_person_id", "place")
    op.drop_column("place", "person_id")
