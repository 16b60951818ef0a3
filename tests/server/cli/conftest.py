from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kith

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kith` commands in a home of their own; they must end as the test says."""
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KITH_DATABASE_URL", raising=False)

    def invoke(*arguments: str, ends: int = 0, **options: str) -> Result:
        result = CliRunner().invoke(kith.kith, arguments, env={"COLUMNS": "160"}, **options)
        assert result.exit_code == ends, (result.output, result.exception)
        return result

    return invoke


@pytest.fixture
def essex(run: Run) -> Run:
    """The same, with a database and the programme `essex`."""
    run("migrate")
    run("tenant", "add", "essex")
    return run
