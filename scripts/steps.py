"""The steps of making a machine ready: run, timed, logged, explained when they fail, stamped when they are done.

Standard library only, in words that an old Python can read, as setup.py is.
"""

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
BIN = os.path.join(VENV, "bin")
WANTED_FREE_MB = 2500


class PlainError(Exception):
    """Something went wrong that a person can mend: one sentence, and the mend."""


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
