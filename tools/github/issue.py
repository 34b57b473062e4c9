"""One rolling issue: opened once, brought up to date in place, closed when there is nothing to do.

It is found by its label and by a mark in its text, which nobody sees; among closed issues, too,
lest a second one be opened. Its title is the owner's to change. What is as it should be is not
touched: nobody is told of nothing.
"""

from typing import Any
from urllib.parse import quote

from .programs import api
from .text import fitted, is_same

DONE = (
    "There is nothing to do any more. This issue is opened again when there is, "
    "so that there is only one."
)


def update(title: str, label: str, text: str) -> str:
    """Have the issue open with a text; return what was done.

    Raises:
        GitHubError: when that cannot be done.
    """
    body = fitted(text, begin=f"{_mark(title)}\n")
    found = _found(title, label)
    if not found:
        made = api("POST", "issues", {"title": title, "body": body, "labels": [label]})
        return f"issue {made['number']}: opened"
    issue = next(filter(_is_open, found), found[0])
    changes = {}
    if not is_same(issue["body"], body):
        changes["body"] = body
    if not _is_open(issue):
        changes["state"] = "open"
    if not changes:
        return f"issue {issue['number']}: is as it should be"
    api("PATCH", f"issues/{issue['number']}", changes)
    return f"issue {issue['number']}: {'opened again' if 'state' in changes else 'updated'}"


def close(title: str, label: str) -> str:
    """Have no such issue open; return what was done.

    Raises:
        GitHubError: when that cannot be done.
    """
    done = []
    for issue in filter(_is_open, _found(title, label)):
        number = issue["number"]
        api("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})
        api("POST", f"issues/{number}/comments", {"body": DONE})
        done.append(f"issue {number}: closed")
    return "; ".join(done) or "no issue is open"


def _found(title: str, label: str) -> list[dict[str, Any]]:
    """Return the issues, open and closed, that are ours: the first one first."""
    asked = f"issues?state=all&labels={quote(label, safe='')}&sort=created&direction=asc"
    issues: list[dict[str, Any]] = api("GET", f"{asked}&per_page=100") or []
    mark = _mark(title)
    return [
        issue
        for issue in issues
        # To GitHub, a pull request is an issue, too.
        if "pull_request" not in issue and (issue["body"] or "").startswith(mark)
    ]


def _mark(title: str) -> str:
    """Return what an issue begins with that is known under a title, in Markdown a comment."""
    return f"<!-- kept up to date by tools.github: {title.replace('--', '- -')} -->"


def _is_open(issue: dict[str, Any]) -> bool:
    return bool(issue["state"] == "open")
