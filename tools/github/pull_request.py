"""One pull request of some files, on a branch of its own that every run makes anew.

The branch is one commit on top of the present one, whatever it was before; the working tree, the
index and the present branch stay as they are. A pull request that was closed is not opened again,
which GitHub refuses once its branch was made anew: there is a new one then.
"""

import os
import tempfile
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from .programs import GitHubError, api, git, git_remote
from .text import fitted, is_same

REMOTE = "origin"


def propose(branch: str, title: str, text: str, paths: Sequence[str]) -> str:
    """Have one pull request open with what some files are now; return what was done.

    If they are as they were committed, there is nothing to propose: then none is left open, and
    the branch is removed.

    Raises:
        GitHubError: when that cannot be done.
    """
    base = _base()
    if branch == base:
        raise GitHubError(f"{branch}: is the branch to merge into, so it cannot be made anew")
    git("check-ref-format", f"refs/heads/{branch}")
    commit, tree = git("rev-parse", "HEAD"), _tree(paths)
    if tree == git("rev-parse", "HEAD^{tree}"):
        return _withdraw(branch)
    pushed = _push(branch, title, tree, commit)
    body = fitted(text, end=f"\n\n{_footer(branch)}\n")
    found = _open_ones(branch)
    if not found:
        new = {"title": title, "body": body, "head": branch, "base": base}
        return f"pull request {api('POST', 'pulls', new)['number']}: opened"
    changes = {}
    if not is_same(found[0]["body"], body):
        changes["body"] = body
    if found[0]["base"]["ref"] != base:
        changes["base"] = base
    number = found[0]["number"]
    if changes:
        api("PATCH", f"pulls/{number}", changes)
    what = "updated" if pushed or changes else "is as it should be"
    return f"pull request {number}: {what}"


def _withdraw(branch: str) -> str:
    done = []
    for pull in _open_ones(branch):
        api("PATCH", f"pulls/{pull['number']}", {"state": "closed"})
        done.append(f"pull request {pull['number']}: closed")
    if there := _on_remote(branch):
        lease = f"--force-with-lease=refs/heads/{branch}:{there}"
        git_remote("push", "--quiet", lease, REMOTE, f":refs/heads/{branch}")
    return "; ".join(done) or "nothing to propose"


def _push(branch: str, message: str, tree: str, parent: str) -> bool:
    """Have the branch be one commit on top of another; return whether it had to be made anew."""
    there = _on_remote(branch)
    if there:
        known = api("GET", f"git/commits/{there}")
        if known["tree"]["sha"] == tree and [p["sha"] for p in known["parents"]] == [parent]:
            return False
    commit = git("commit-tree", tree, "-p", parent, "-m", message)
    # Only over what was seen: whoever pushes at the same time is not written over.
    lease = f"--force-with-lease=refs/heads/{branch}:{there}"
    git_remote("push", "--quiet", lease, REMOTE, f"{commit}:refs/heads/{branch}")
    return True


def _tree(paths: Sequence[str]) -> str:
    """Return the tree of the present commit with some files as they are now."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        git("read-tree", "HEAD", environment=index)
        git("--literal-pathspecs", "add", "--", *paths, environment=index)
        return git("write-tree", environment=index)


def _on_remote(branch: str) -> str:
    """Return the commit that the branch is on the remote; empty if there is none."""
    return git_remote("ls-remote", REMOTE, f"refs/heads/{branch}").partition("\t")[0]


def _open_ones(branch: str) -> list[dict[str, Any]]:
    """Return the open pull requests from this repository's own branch of a name."""
    asked = f"pulls?state=open&head={{owner}}%3A{quote(branch, safe='')}&per_page=100"
    pulls: list[dict[str, Any]] = api("GET", asked) or []
    # A fork may have a branch of the same name; and a filter that is amiss, GitHub leaves out.
    return [pull for pull in pulls if pull["head"]["ref"] == branch and _is_own(pull)]


def _is_own(pull: dict[str, Any]) -> bool:
    head, base = pull["head"]["repo"], pull["base"]["repo"]
    return bool(head and head["full_name"] == base["full_name"])


def _base() -> str:
    """Return the branch to merge into: the present one, or if there is none the default one."""
    here = git("branch", "--show-current")
    return here or str(api("GET", "")["default_branch"])


def _footer(branch: str) -> str:
    told = f"A program makes the branch `{branch}` anew in every run: commits added to it are lost."
    return f"---\n{told}"
