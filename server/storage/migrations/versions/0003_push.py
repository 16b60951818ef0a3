"""An empty link: laying the tables of a push out anew was measured and won nothing (decision 8)."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
