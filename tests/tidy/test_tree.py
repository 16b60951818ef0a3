"""The tree keeps its promises: no registry host, no machine path, no stale generated file, no unexplained ignore."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".json",
    ".toml",
    ".md",
    ".html",
    ".css",
    ".lock",
    ".yml",
    ".yaml",
    ".ini",
    "",
}

# Spelt in parts, so that this file does not name what it forbids.
REGISTRY_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "npm" + "js.com",
    "deb." + "debian.org",
]
MACHINE_PATHS = ["/" + "work/", "/" + "root/", "/" + "home/", ".py" + "env/"]

IGNORE = re.compile(
    r"(#\s*noqa(: ?[A-Z0-9, ]+)?|#\s*type: ignore(\[[a-z, -]+\])?"
    r"|@ts-(ignore|expect-error)|eslint-disable\S*)(?P<why>.*)"
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [(path, path.read_text(encoding="utf-8")) for path in tracked() if path.suffix in TEXT]


def places(pattern: str) -> list[str]:
    found = []
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


def test_no_file_names_a_package_registry() -> None:
    assert places("|".join(re.escape(host) for host in REGISTRY_HOSTS)) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    pattern = "(^|[\\s\"'`(=])(" + "|".join(re.escape(path) for path in MACHINE_PATHS) + ")"
    assert places(pattern) == []


def test_every_ignore_says_why() -> None:
    """A reason stands on the same line, after the rule that is ignored."""
    bare = []
    for path, text in texts():
        if path.suffix not in {".py", ".ts", ".tsx"} or path == Path(__file__):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            mark = IGNORE.search(line)
            if mark and len(mark.group("why").strip(" #-—:*/")) < 8:
                bare.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert bare == []


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-node.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text, name
        assert all("--hash=" in block for block in re.split(r"\n(?=[a-z])", text.strip())), name
    for folder in (ROOT / "app", ROOT / "mobile_contract" / "adapters"):
        npm = json.loads((folder / "package-lock.json").read_text())
        packages = {name: package for name, package in npm["packages"].items() if "link" not in package}
        assert not [name for name, package in packages.items() if "resolved" in package], folder
        assert all("integrity" in package for name, package in packages.items() if name), folder


def test_no_large_file_is_tracked() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > 1_000_000] == []


def test_the_runtime_lock_agrees_with_the_lock_of_the_tests() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))

    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()


def test_the_readme_names_only_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path, text in texts() if path.suffix == ".md" for name in re.findall(r"`make ([a-z-]+)", text)}
    assert named <= targets


def test_documents_link_only_to_files_that_exist() -> None:
    missing = []
    for path, text in texts():
        if path.suffix == ".md":
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
                if not (path.parent / target).exists():
                    missing.append(f"{path.relative_to(ROOT)} → {target}")
    assert missing == []


@pytest.mark.slow
def test_generated_contract_is_fresh() -> None:
    check = subprocess.run(
        [sys.executable, "-m", "mobile_contract.generate", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr + "\nMend: make contract"


def lengths() -> dict[str, int]:
    """The lines of each long file and function, by place."""
    long: dict[str, int] = {}
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix in {".py", ".ts", ".tsx"} and not name.startswith(("tests/", "mobile_contract/generated/")):
            text = path.read_text(encoding="utf-8")
            if text.count("\n") > 250:
                long[name] = text.count("\n")
            if path.suffix == ".py":
                for node in ast.walk(ast.parse(text)):
                    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                        lines = node.end_lineno - node.lineno + 1
                        if lines > 50:
                            long[f"{name}:{node.name}"] = lines
    return long


def test_what_is_long_does_not_grow() -> None:
    """The ratchet: ratchet.json names what is long today; only a shorter number may replace one there."""
    allowed = json.loads((Path(__file__).parent / "ratchet.json").read_text())
    grown = {place: lines for place, lines in lengths().items() if lines > allowed.get(place, 0)}
    assert grown == {}, "split it, or say in the commit why it must be long and note it in ratchet.json"
