"""Make a fresh machine ready: environment, locked packages, Node, the built app.

Standard library only, and plain enough to be read by an old Python, which is told what to do instead of failing
with a syntax error. Each step leaves a stamp holding a hash of what it was made from, so that a second run does
nothing and a half-finished one is done again.
"""

import errno
import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
CACHE = os.path.join(ROOT, ".cache")
LOG = os.path.join(CACHE, "setup.log")
APP = os.path.join(ROOT, "app")
BIN = os.path.join(VENV, "bin")
WANTED_PYTHON = (3, 11)
WANTED_NODE = (20, 19)
WANTED_FREE_MB = 2500

HELD = []
MENDS = {
    errno.ENOSPC: "The disk is full. Free about %d MB and run the same command again." % WANTED_FREE_MB,
    errno.EROFS: "This folder may not be written to. Clone Kith into one that may, and run again.",
    errno.EACCES: "This folder may not be written to. Clone Kith into one that may, and run again.",
}


class PlainError(Exception):
    """Something went wrong that a person can mend: one sentence, and the mend."""


def main(arguments):
    """Run the steps that `arguments[0]` (run, test or node) needs; 0 when all is ready."""
    goal = arguments[0] if arguments else "run"
    try:
        find_python()
        wait_for_turn()
        check_disk()
        make_environment()
        install_packages("requirements-dev.lock" if goal == "test" else "requirements.lock")
        ensure_node()
        build_app()
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
    lock = os.path.join(APP, "package-lock.json")
    if not os.path.exists(lock):
        return
    npm = [shutil.which("npm", path=search_path()) or "npm"]
    packages = os.path.join(APP, "node_modules", ".kith-stamp")
    if read(packages) != digest([lock]):
        step("Installing the app's locked packages", [*npm, "ci", "--no-audit", "--no-fund"], cwd=APP)
        write(packages, digest([lock]))
    built = os.path.join(APP, "dist", ".kith-stamp")
    if read(built) != digest(app_sources()):
        step("Building the app", [*npm, "run", "build"], cwd=APP)
        write(built, digest(app_sources()))


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
    """Find PostgreSQL and Chromium, or install them where this machine lets us."""
    missing = []
    if not shutil.which("postgres") and not glob.glob("/usr/lib/postgresql/*/bin/postgres"):
        missing.append("postgresql")
    if not (shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")):
        missing.append("chromium")
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


def search_path():
    """Give the PATH with the environment's own programs last, so that the machine's Node wins when it is fit."""
    machine = os.environ.get("PATH", os.defpath)
    node = shutil.which("node", path=machine)
    return BIN + os.pathsep + machine if os.path.exists(os.path.join(BIN, "node")) or not node else machine


def step(title, command, cwd=ROOT, env=None):
    """Run `command` with its output in the log, showing that time passes."""
    os.makedirs(CACHE, exist_ok=True)
    started = time.monotonic()
    environment = dict(env or os.environ, PATH=search_path())
    with open(LOG, "ab") as log, Ticker(title, started):
        log.write(("\n== %s\n" % title).encode())
        log.flush()
        try:
            code = subprocess.call(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except FileNotFoundError:
            code = 127
    if code:
        raise PlainError(explain(title))
    say("  %-40s %5.1f s" % (title, time.monotonic() - started))


def explain(title):
    """Say in a sentence why a step failed, from the end of the log."""
    with open(LOG, "rb") as log:
        log.seek(max(0, os.path.getsize(LOG) - 60000))
        tail = log.read().decode("utf-8", "replace").rpartition("\n== " + title)[2]
    if "No space left" in tail or "ENOSPC" in tail:
        return "%s failed: the disk is full. Free about %d MB and run again." % (title, WANTED_FREE_MB)
    if any(
        word in tail for word in ("NewConnectionError", "ENOTFOUND", "Temporary failure", "ECONNREFUSED", "ETIMEDOUT")
    ):
        return "%s failed: no connection. Check the network and run again; what is done is kept." % title
    lines = [line for line in tail.splitlines() if line.strip()]
    said = [line for line in lines if "error" in line.lower()] or lines
    return "%s failed. The whole story is in .cache/setup.log; it begins:\n\n%s" % (title, "\n".join(said[:12]))


class Ticker(object):
    """Shows the seconds of a running step on a terminal."""

    def __init__(self, title, started):
        self.title, self.started, self.done = title, started, threading.Event()

    def __enter__(self):
        if sys.stdout.isatty():
            threading.Thread(target=self.run, daemon=True).start()
        return self

    def run(self):
        """Rewrite the line once a second until the step ends."""
        while not self.done.wait(1):
            sys.stdout.write("\r  %-40s %5.0f s" % (self.title, time.monotonic() - self.started))
            sys.stdout.flush()

    def __exit__(self, *exception):
        self.done.set()
        if sys.stdout.isatty():
            sys.stdout.write("\r")


def works(command):
    """Say whether `command` runs and exits with 0."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def digest(paths):
    """Hash the contents of `paths`, in order."""
    whole = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            whole.update(os.path.relpath(path, ROOT).encode() + b"\0" + file.read() + b"\0")
    return whole.hexdigest()


def read(path):
    """Read a stamp, empty if there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    """Write a stamp in one go, so that a cut leaves none."""
    with open(path + ".new", "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


def say(text):
    """Print at once, also through a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
