"""What the modules of tables share: their common list, how constraints are named, and short text."""

from sqlalchemy import MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def name(length: int) -> String:
    """Short text that is sorted by its code points on both databases, whatever the language of the machine."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
