"""Files that belong to records: they arrive in pieces, lie under their SHA-256, and go only to who holds the record."""
