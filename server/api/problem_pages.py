"""A page for each problem, at the address that is its type."""

from html import escape

from flask import Flask, Response

from mobile_contract.problems import PROBLEMS, Problem, Remedy
from server.api.problems import ProblemError

_REMEDIES = {
    Remedy.FIX: "Correct what was sent; the same again cannot work.",
    Remedy.SIGN_IN: "Keep everything on the phone, sign in again, then go on.",
    Remedy.DROP: "Give this one change up and tell the person; the rest of the queue goes on.",
    Remedy.PULL: "Pull from the start with a null cursor, then go on.",
    Remedy.SNAPSHOT: "Keep the outbox, take the scopes again one by one, then push.",
    Remedy.UPGRADE: "Load the app that this server serves, then go on.",
    Remedy.WAIT: "Try the same again later.",
    Remedy.WIPE: "Delete what this device holds.",
}
_FRAME = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<main><h1>{title}</h1>{body}</main>
</html>
"""


def serve_problem_pages(app: Flask) -> None:
    """Serve /problems and /problems/<slug>."""
    app.add_url_rule("/problems", "problems", _index)
    app.add_url_rule("/problems/<slug>", "problem", _page)


def _index() -> Response:
    lines = "".join(f'<li><a href="{p.type}">{p.slug}</a>: {escape(p.title)}</li>' for p in PROBLEMS.values())
    return _html("What can go wrong", f"<ul>{lines}</ul>")


def _page(slug: str) -> Response:
    if slug not in PROBLEMS:
        raise ProblemError("not-found")
    return _html(PROBLEMS[slug].title, _explained(PROBLEMS[slug]))


def _explained(problem: Problem) -> str:
    return (
        f"<p>{escape(problem.explanation)}</p><dl>"
        f"<dt>Name</dt><dd><code>{problem.slug}</code></dd>"
        f"<dt>HTTP status</dt><dd>{problem.status}</dd>"
        f"<dt>Remedy</dt><dd><code>{problem.remedy}</code>: {escape(_REMEDIES[problem.remedy])}</dd></dl>"
        '<p><a href="/problems">All problems</a></p>'
    )


def _html(title: str, body: str) -> Response:
    page = _FRAME.format(title=escape(title), body=body)
    return Response(page, content_type="text/html; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})
