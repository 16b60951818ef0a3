"""Make a fresh machine ready: environment, locked packages, Node, the built app.

Standard library only, and plain enough to be read by an old Python, which is told what to do instead of failing
with a syntax error. Each step leaves a stamp holding a hash of what it was made from, so that a second run does
nothing and a half-finished one is done again.
"""

import errno
import fcntl
import glob
import os
import shutil
import subprocess
import sys

from steps import (
    BIN,
    CACHE,
    ROOT,
    VENV,
    WANTED_FREE_MB,
    PlainError,
    digest,
    read,
    say,
    search_path,
    step,
    works,
    write,
)

APP = os.path.join(ROOT, "app")
ADAPTERS = os.path.join(ROOT, "mobile_contract", "adapters")
WANTED_PYTHON = (3, 11)
WANTED_NODE = (20, 19)

HELD = []
MENDS = {
    errno.ENOSPC: "The disk is full. Free about %d MB and run the same command again." % WANTED_FREE_MB,
    errno.EROFS: "This folder may not be written to. Clone Kith into one that may, and run again.",
    errno.EACCES: "This folder may not be written to. Clone Kith into one that may, and run again.",
}


def main(arguments):
    """Run the steps that `arguments[0]` (run, test, packages or node) needs; 0 when all is ready."""
    goal = arguments[0] if arguments else "run"
    try:
        find_python()
        wait_for_turn()
        check_disk()
        make_environment()
        if goal != "packages":
            install_packages("requirements-dev.lock" if goal == "test" else "requirements.lock")
        ensure_node()
        if goal != "packages":
            build_app()
        if goal in ("test", "packages"):
            install_npm_packages(ADAPTERS, "the stock sync clients")
        if goal == "test":
            install_test_tools()
    except PlainError as problem:
        say("\n" + str(problem))
        return 1
    except OSError as problem:
        mend = MENDS.get(problem.errno)
        if mend is None:
            raise
        say("\n" + mend)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to go on from here.")
        return 130
    return 0


def find_python():
    """Go on in a Python that is new enough, if the machine has one."""
    if sys.version_info >= WANTED_PYTHON:
        return
    for minor in range(20, WANTED_PYTHON[1] - 1, -1):
        name = "python3.%d" % minor
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
            found = os.path.join(folder, name)
            if os.access(found, os.X_OK) and works([found, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
                os.execv(found, [found, *sys.argv])
    raise PlainError(
        "Kith needs Python 3.11 or newer; this is %d.%d. "
        "Install a newer one (Debian: apt install python3) and run again." % sys.version_info[:2]
    )


def wait_for_turn():
    """Let one set-up at a time work in this folder; the lock goes with the process."""
    os.makedirs(CACHE, exist_ok=True)
    lock = open(os.path.join(CACHE, "setup.lock"), "w")  # noqa: SIM115 - stays open until the process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("  Another set-up is at work in this folder; waiting for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)
    HELD.append(lock)


def check_disk():
    """Refuse early when the packages would not fit."""
    if os.path.exists(os.path.join(VENV, "stamp-packages")):
        return
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < WANTED_FREE_MB:
        raise PlainError(
            "Only %d MB are free here and Kith needs about %d. Free some and run again." % (free, WANTED_FREE_MB)
        )


def make_environment():
    """Make the virtual environment, again if an earlier try was cut short."""
    python = os.path.join(BIN, "python")
    if os.path.exists(os.path.join(VENV, "stamp-packages")) and os.path.exists(python):
        return
    if works([python, "-m", "pip", "--version"]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not works([sys.executable, "-c", "import ensurepip, venv"]):
        install_debian("python3-venv", "Python's venv module is missing")
    step("Making the Python environment", [sys.executable, "-m", "venv", VENV])


def install_packages(lock):
    """Install exactly what `lock` names, hashes checked, and Kith itself."""
    stamp = os.path.join(VENV, "stamp-packages")
    wanted = digest([os.path.join(ROOT, lock), os.path.join(ROOT, "pyproject.toml")])
    superset = digest([os.path.join(ROOT, "requirements-dev.lock"), os.path.join(ROOT, "pyproject.toml")])
    if read(stamp) in (wanted, superset):
        return
    pip = [os.path.join(BIN, "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    step("Installing the locked packages", [*pip, "--require-hashes", "-r", os.path.join(ROOT, lock)])
    step("Installing Kith", [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    write(stamp, wanted)


def ensure_node():
    """Use the machine's Node when it is new enough, else install it into the environment."""
    if node_version() >= WANTED_NODE and shutil.which("npm", path=search_path()):
        return
    pip = [os.path.join(BIN, "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    step("Installing Node", [*pip, "--require-hashes", "-r", os.path.join(ROOT, "requirements-node.lock")])


def build_app():
    """Install the app's locked packages and build it, if its sources changed."""
    if not install_npm_packages(APP, "the app's packages"):
        return
    built = os.path.join(APP, "dist", ".kith-stamp")
    if read(built) != digest(app_sources()):
        step("Building the app", [npm(), "run", "build"], cwd=APP)
        write(built, digest(app_sources()))


def install_npm_packages(folder, what):
    """Install what `folder`'s lock names, if it changed; False when there is no lock."""
    lock = os.path.join(folder, "package-lock.json")
    if not os.path.exists(lock):
        return False
    stamp = os.path.join(folder, "node_modules", ".kith-stamp")
    if read(stamp) != digest([lock]):
        step("Installing " + what, [npm(), "ci", "--no-audit", "--no-fund"], cwd=folder)
        write(stamp, digest([lock]))
    return True


def npm():
    """Name the npm that belongs to the Node that we use."""
    return shutil.which("npm", path=search_path()) or "npm"


def app_sources():
    """List every file that the built app is made from."""
    kept = []
    for top in (
        APP,
        os.path.join(ROOT, "mobile_contract", "typescript"),
        os.path.join(ROOT, "mobile_contract", "generated"),
    ):
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if name not in ("node_modules", "dist"))
            kept += [os.path.join(folder, name) for name in sorted(files)]
    return kept


def install_test_tools():
    """Find PostgreSQL, Chromium and curl, or install them where this machine lets us."""
    missing = []
    if not shutil.which("postgres") and not glob.glob("/usr/lib/postgresql/*/bin/postgres"):
        missing.append("postgresql")
    if not (shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")):
        missing.append("chromium")
    if not shutil.which("curl"):
        missing.append("curl")
    for package in missing:
        try:
            install_debian(package, package + " is missing")
        except PlainError as problem:
            say("%s Its tests will be skipped." % problem)


def install_debian(package, why):
    """Install a Debian package, if this machine is one and we may."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        raise PlainError("%s. Install it (Debian: sudo apt install %s) and run again." % (why, package))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    step("Reading Debian's package lists", [apt, "update", "-q"], env=quiet)
    step("Installing " + package, [apt, "install", "-qy", "--no-install-recommends", package], env=quiet)


def node_version():
    """Read the (major, minor) of the Node that we would use, (0, 0) if there is none."""
    node = shutil.which("node", path=search_path())
    if not node:
        return (0, 0)
    answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, universal_newlines=True, check=False).stdout
    try:
        return tuple(int(part) for part in answer.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return (0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
