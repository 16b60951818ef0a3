import pytest

pytest.register_assert_rewrite(
    "server.storage.testing", "server.storage.testing_ledger", "server.storage.testing_upkeep"
)
