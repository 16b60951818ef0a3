import pytest

from tests.faults.fuzz_push import run


@pytest.mark.slow
def test_spoiled_bodies_break_nothing_and_change_nothing_unnamed(tmp_path, sqlite_url):
    seen = run(tmp_path, sqlite_url, 1, 60)
    assert seen["applied"] > 10
    assert seen["rejected"] > 10
    assert seen["422"] > 5


@pytest.mark.slow
@pytest.mark.parametrize(("database", "bodies"), [("sqlite_url", 250), ("postgres_url", 100)])
def test_a_longer_row_of_spoiled_bodies_is_taken_as_calmly_by_each_database(database, bodies, tmp_path, request):
    seen = run(tmp_path, request.getfixturevalue(database), 2, bodies)
    assert seen["applied"] > 25
