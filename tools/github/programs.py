"""Runs ``gh`` and ``git``: every argument a word of its own, never a line for a shell."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

PATIENCE_S = 120
"""Seconds after which a call that goes over the network counts as failed."""

ADVICE = {
    "not permitted to create": "allow it in the repository's settings, under Actions, General, "
    "Workflow permissions: Allow GitHub Actions to create and approve pull requests",
    "GH_TOKEN": "in a workflow, the step needs GH_TOKEN: ${{ github.token }}",
}
"""What to do about a refusal, by words that are in it."""


class GitHubError(Exception):
    """What was asked for could not be done; the text is one sentence, without full stop."""


def api(method: str, endpoint: str, body: Mapping[str, object] | None = None) -> Any:
    """Return what GitHub answers, or None if it is nothing.

    The REST interface is asked rather than ``gh issue list`` and its like: with a label, those
    search, and what a search finds may be minutes old.

    Args:
        method: of HTTP.
        endpoint: below the repository, which ``gh`` finds: that of the working directory, or of
            ``$GH_REPO``.
        body: of the request. It is handed over on standard input, whatever its length.

    Raises:
        GitHubError: when ``gh`` is missing, or GitHub refuses.
    """
    command = ["gh", "api", "--method", method, f"repos/{{owner}}/{{repo}}/{endpoint}".rstrip("/")]
    text = None
    if body is not None:
        command += ["--input", "-"]
        text = json.dumps(body)
    answer = _run(command, text)
    try:
        return json.loads(answer) if answer.strip() else None
    except json.JSONDecodeError:
        raise GitHubError(f"gh api {method} {endpoint}: did not answer in JSON") from None


def git(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what a git command prints, without its last line end.

    Raises:
        GitHubError: when git is missing, or the command fails.
    """
    return _run(["git", *arguments], environment=environment).rstrip("\n")


def git_remote(*arguments: str) -> str:
    """Return what a git command prints that asks another repository, signed in as ``gh`` is.

    Whoever has credentials of his own, as for ssh, needs those of ``gh`` no more than before.

    Raises:
        GitHubError: when the command fails.
    """
    return git("-c", "credential.helper=!gh auth git-credential", *arguments)


def _run(
    command: Sequence[str],
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    # Nobody is there to be asked; and where a message is told by its words, these are English.
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GH_PROMPT_DISABLED": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command,
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            env=os.environ | quiet | dict(environment or {}),
        )
    except FileNotFoundError:
        raise GitHubError(f"{command[0]} is not installed, or not on the PATH") from None
    except OSError as error:
        raise GitHubError(f"{command[0]} cannot be run: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise GitHubError(f"{_named(command)}: no end within {PATIENCE_S} seconds") from None
    if done.returncode:
        reason = _reason(done.stderr, done.returncode) + _details(done.stdout)
        raise GitHubError(f"{_named(command)}: {reason}")
    return done.stdout


def _named(command: Sequence[str]) -> str:
    """Return what to call a command: its program and what it was to do, without options."""
    words = [word for word in command if not word.startswith(("-", "credential."))]
    return " ".join(words[: 4 if words[0] == "gh" else 2])


def _reason(stderr: str, status: int) -> str:
    """Return why a program failed, in one line: the first that is sure to say so, or the last."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:", "gh:", "! ["))]
    said = fatal[0] if fatal else lines[-1] if lines else f"exit status {status}"
    advice = "".join(f"; {todo}" for words, todo in ADVICE.items() if words in stderr)
    return "".join(c if c.isprintable() else "�" for c in said.rstrip(".")) + advice


def _details(answer: str) -> str:
    """Return what GitHub finds wrong with a request, of which ``gh`` says only that it is."""
    try:
        told = [error["message"] for error in json.loads(answer)["errors"]]
    except (ValueError, LookupError, TypeError):
        return ""
    return f": {'; '.join(map(ascii, told))}" if told else ""
