"""docs/mobile.md does what it says: its commands and programs run, in order, against a real server."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mobile_contract.version import CURRENT
from mobile_contract.wire.limits import limits
from server.storage.migrate import upgrade
from tests.contract.node import ADAPTERS, find_node
from tests.system.conftest import need
from tests.system.server import ROOT, Server, free_port

PAGE = ROOT / "docs" / "mobile.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "== block "
#: What the page says is the app's own. In Node, tus-js-client takes a Buffer for a Blob.
CAMERA = """export async function takePhoto(): Promise<{ file: Blob; bytes: number }> {
  const { Buffer } = globalThis as any;
  const file = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(70_000, 7)]);
  return { file, bytes: file.length };
}
"""


@dataclass
class Block:
    """A block of code, and what it is said to print (None: anything)."""

    language: str
    program: str
    code: str
    prints: str | None = None


@dataclass
class Program:
    """What runs in one go: the blocks of one file, or the commands of one section."""

    name: str
    blocks: list[Block] = field(default_factory=list)

    def said(self, output: str) -> Iterator[tuple[Block, str]]:
        parts = output.split(MARK)[1:]
        assert len(parts) == len(self.blocks), output
        for block, part in zip(self.blocks, parts, strict=True):
            yield block, part.partition("\n")[2]


def programs() -> list[Program]:
    """The page's programs in its order."""
    found: dict[str, Program] = {}
    last: Block | None = None
    for section in re.split(r"^(?=## )", PAGE.read_text("utf-8"), flags=re.MULTILINE):
        title = section.partition("\n")[0]
        for language, file, code in BLOCK.findall(section):
            if language == "console":
                continue  # done for all programs at once, by the fixture `app`
            if language == "text":
                assert last is not None
                last.prints = code
                continue
            last = Block(language, file or title, code)
            found.setdefault(last.program, Program(last.program)).blocks.append(last)
    return list(found.values())


def matches(said: str, wanted: str) -> bool:
    """Say whether what was printed is what the page says, where `…` stands for anything on its line."""
    said = re.sub(r"^\[🍉\].*\n", "", said, flags=re.MULTILINE)  # WatermelonDB tells how it begins
    pattern = ".*".join(re.escape(part) for part in wanted.strip().split("…"))
    return re.fullmatch(pattern, said.strip()) is not None


def run(program: Program, url: str, home: Path, folder: Path) -> str:
    is_shell = program.blocks[0].language == "sh"
    mark = "echo '{}{}'\n" if is_shell else 'console.log("{}{}");\n'
    code = "".join(mark.format(MARK, number) + block.code for number, block in enumerate(program.blocks))
    code = code.replace("http://127.0.0.1:8080", url).replace(".venv/bin/kith", f"{sys.executable} -m kith")
    file = folder / (program.name if not is_shell else "commands.sh")
    file.write_text(code, "utf-8")
    runner = ["bash", "-eu"] if is_shell else [str(find_node()), str(ADAPTERS / "run_program.mjs")]
    env = os.environ | {"KITH_HOME": str(home), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        [*runner, str(file)], cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"{program.name}\n{code}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def app(node, tmp_path_factory) -> Path:
    """A folder outside of the repository into which the package was installed, beside those that it works with."""
    folder = tmp_path_factory.mktemp("app")
    call(node, ADAPTERS / "pack.mjs", folder / "made")
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    (package,) = (folder / "made").glob("*.tgz")
    quiet = ["--offline", "--no-audit", "--no-fund", "--legacy-peer-deps", "--ignore-scripts"]
    call(Path(node).with_name("npm"), "install", *quiet, package, cwd=folder)
    for peer in ("@nozbe", "rxdb", "rxjs", "tus-js-client"):
        (folder / "node_modules" / peer).symlink_to(ADAPTERS / "node_modules" / peer)
    (folder / "camera.ts").write_text(CAMERA, "utf-8")
    for program in programs():
        if program.name.endswith(".ts"):
            (folder / program.name).write_text("".join(block.code for block in program.blocks), "utf-8")
    return folder


def call(*command: object, cwd: Path = ROOT) -> None:
    environment = os.environ | {"PATH": f"{Path(str(command[0])).parent}:{os.environ.get('PATH', os.defpath)}"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_what_is_installed_lies_in_the_app_alone(app):
    package = app / "node_modules" / "@kith" / "adapters"
    assert not package.is_symlink()
    outside = []
    for file in [*package.rglob("*.js"), *package.rglob("*.d.ts")]:
        for target in re.findall(r'(?:from |import\(|import )"(\.[^"]+)"', file.read_text("utf-8")):
            found = (file.parent / target).resolve()
            if not found.exists() or not found.is_relative_to(package.resolve()):
                outside.append(f"{file.name}: {target}")
    assert outside == []
    assert list(package.rglob("*.js"))


@pytest.mark.slow
def test_the_programs_of_the_page_have_right_types_in_an_app_with_plain_settings(node, app):
    plain = {"target": "ES2022", "lib": ["ES2022", "DOM"], "module": "ESNext", "moduleResolution": "bundler"}
    strict = {"strict": True, "skipLibCheck": True, "noEmit": True}
    names = [program.name for program in programs() if program.name.endswith(".ts")]
    about = {"compilerOptions": plain | strict, "files": names}
    (app / "tsconfig.json").write_text(json.dumps(about), "utf-8")
    call(node, ADAPTERS / "node_modules" / "typescript" / "bin" / "tsc", "-p", app)
    assert names


@pytest.mark.slow
def test_an_app_with_every_way_in_bundles_for_a_browser(node, app):
    names = ("client", "watermelondb", "rxdb")
    ways = "".join(f'import * as {way} from "@kith/adapters/{way}";\n' for way in names)
    (app / "main.js").write_text(f"{ways}console.log({', '.join(names)});\n", "utf-8")
    (app / "index.html").write_text('<script type="module" src="/main.js"></script>')
    call(node, ROOT / "app" / "node_modules" / "vite" / "bin" / "vite.js", "build", "--minify", "false", app, cwd=app)
    built = "".join(file.read_text("utf-8") for file in (app / "dist" / "assets").glob("*.js"))
    assert all(
        f"{name} = class" in built or f"class {name}" in built for name in ("SyncClient", "WatermelonSync", "RxdbSync")
    )


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, -1], ids=["downwards", "upwards"])
def test_the_page_for_mobile_developers_does_what_it_says_in_any_order(app, tmp_path, step):
    need(any((Path(folder) / "curl").exists() for folder in os.get_exec_path()), "curl")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = Server(home, free_port())
    upgrade(f"sqlite:///{home / 'kith.db'}")
    server.start()
    try:
        first, *rest = programs()
        for program in [first, *rest[::step], rest[0]]:
            for block, said in program.said(run(program, server.url, home, app)):
                assert block.prints is None or matches(said, block.prints), f"{block.code}\nprinted:\n{said}"
    finally:
        server.stop()


def test_the_page_speaks_the_contract_of_now_and_names_its_limits():
    text = PAGE.read_text("utf-8")
    assert {int(version) for version in re.findall(r'"schema": (\d+)', text)} == {CURRENT}
    assert f"(now {CURRENT}," in text
    rows = dict(re.findall(r"^\| `(\w+)`[^|]*\| ([^|]+) \|", text, re.MULTILINE))
    told = limits()
    for name in ("mutations", "device_records_warn", "device_records_max", "journal_days"):
        assert rows[name] == f"{told[name]:,}"
    assert (rows["body_bytes"], rows["page_rows"]) == (mebibytes(told["body_bytes"]), pages(told))


def mebibytes(count: int) -> str:
    return f"{count // 1024**2} MiB"


def pages(told: dict[str, int]) -> str:
    return f"{told['page_rows']:,}, {mebibytes(told['page_bytes'])}"


def test_the_page_names_the_packages_that_there_are():
    text = PAGE.read_text("utf-8")
    exports = {f"@kith/adapters{name[1:]}" for name in json.loads((ADAPTERS / "package.json").read_text())["exports"]}
    assert set(re.findall(r'"(@kith/adapters/\w+)"', text)) == exports


def test_the_page_installs_every_package_that_its_programs_import():
    installs = " ".join(re.findall(r"^npm install .*$", PAGE.read_text("utf-8"), re.MULTILINE))
    code = "".join(block.code for program in programs() for block in program.blocks)
    imported = {re.match(r"(@[^/]+/)?[^/]+", name)[0] for name in re.findall(r'from "([^."][^"]*)"', code)}
    assert {name for name in imported - {"@kith/adapters"} if f" {name}@" not in installs} == set()
