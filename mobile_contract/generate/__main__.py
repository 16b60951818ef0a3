"""``python -m mobile_contract.generate``: write what follows from the kinds, or say that it is stale."""

import argparse
import sys

from mobile_contract.generate.artefacts import stale, write
from mobile_contract.generate.history import MEND, add_note, is_noted


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m mobile_contract.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
    parser.add_argument("--note", help="write down in the history why the contract changed")
    options = parser.parse_args(arguments)
    if options.check:
        return _check()
    if options.note:
        add_note(options.note)
    for name in write():
        _say(f"wrote generated/{name}")
    return _noted()


def _check() -> int:
    names = stale()
    for name in names:
        _say(f"stale: mobile_contract/generated/{name}; run python -m mobile_contract.generate")
    return 1 if names else _noted()


def _noted() -> int:
    if is_noted():
        return 0
    _say(MEND)
    return 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
