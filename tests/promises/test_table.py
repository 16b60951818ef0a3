"""The page of promises names what is here, and nothing is here that it does not name."""

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "promises.md"


def test_every_promise_has_its_tests_and_its_line() -> None:
    named = re.findall(r"`(test_\d\d_[a-z0-9_]+\.py)`", PAGE.read_text("utf-8"))
    assert [name[5:7] for name in named] == [f"{number:02d}" for number in range(1, 24)]
    assert sorted(named) == sorted(path.name for path in HERE.glob("test_[0-9]*.py"))
