"""Stands in for ``gh`` in tests: a repository on GitHub, as far as the tools ask for it.

It keeps issues and pull requests in the JSON file ``$FAKE_GH``, with the answers of GitHub's REST
interface, and refuses whatever it does not know. Branches and commits are those of the bare
repository that the file names.
"""

import json
import os
import shutil
import subprocess
import sys
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST = 65_536
FULL_NAME = "owner/notes"


class Refused(Exception):  # noqa: N818 - by GitHub
    """GitHub refuses: status and message, and what it finds wrong."""


def main(words):
    """Do what the command line says; return the exit status."""
    path = os.environ["FAKE_GH"]
    with open(path) as file:
        world = json.load(file)
    try:
        match words:
            case ["api", "--method", method, endpoint]:
                answer = api(world, method, endpoint, None)
            case ["api", "--method", method, endpoint, "--input", "-"]:
                answer = api(world, method, endpoint, json.load(sys.stdin))
            case ["run", "download", number, "--name", name, "--dir", folder]:
                shutil.copytree(os.path.join(world["artifacts"], number, name), folder)
                return 0
            case _:
                print(f"unknown command {words}", file=sys.stderr)
                return 1
    except Refused as refusal:
        status, message, *details = refusal.args
        print(json.dumps({"message": message, "errors": [{"message": text} for text in details]}))
        print(f"gh: {message} (HTTP {status})", file=sys.stderr)
        return 1
    finally:
        with open(path, "w") as file:
            json.dump(world, file, indent=1)
    if answer is not None:
        print(json.dumps(answer))
    return 0


def api(world, method, endpoint, body):
    """Return what GitHub answers to a request."""
    if world.get("no_issues") and "/issues" in endpoint:
        raise Refused(410, "Issues has been disabled in this repository.")
    if world.get("down"):
        raise Refused(503, "No server is currently available")
    owner, _, name = FULL_NAME.partition("/")
    parts = urlsplit(endpoint.replace("{owner}", owner).replace("{repo}", name))
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if method != "GET":
        world["writes"].append([method, parts.path.removeprefix(f"repos/{FULL_NAME}/"), body])
    match [method, *map(unquote, parts.path.split("/"))]:
        case ["GET", "repos", "owner", "notes"]:
            return {"full_name": FULL_NAME, "default_branch": "main"}
        case ["GET", "repos", "owner", "notes", "issues"]:
            return issues(world, **query)
        case ["POST", "repos", "owner", "notes", "issues"]:
            return new_issue(world, **body)
        case ["PATCH", "repos", "owner", "notes", "issues", number]:
            return changed(world, int(number), {"title", "body", "state", "state_reason"}, body)
        case ["POST", "repos", "owner", "notes", "issues", number, "comments"]:
            found(world, int(number))["comments"].append(text(body["body"]))
            return {"id": 1}
        case ["GET", "repos", "owner", "notes", "pulls"]:
            return pulls(world, **query)
        case ["POST", "repos", "owner", "notes", "pulls"]:
            return new_pull(world, **body)
        case ["PATCH", "repos", "owner", "notes", "pulls", number]:
            if "base" in body:
                body["base"] = {"ref": body["base"], "repo": {"full_name": FULL_NAME}}
            return changed(world, int(number), {"title", "body", "state", "base"}, body)
        case ["GET", "repos", "owner", "notes", "git", "commits", sha]:
            tree, *parents = git(world, "show", "--no-patch", "--format=%T %P", sha).split()
            return {"tree": {"sha": tree}, "parents": [{"sha": parent} for parent in parents]}
        case ["PUT", "repos", "owner", "notes", "actions", "workflows", "links.yml", "enable"]:
            return None
    raise Refused(404, "Not Found")


def issues(world, *, state, labels, sort, direction, per_page):
    """List issues, among which GitHub counts pull requests."""
    assert (state, sort, direction, per_page) == ("all", "created", "asc", "100")
    return [item for item in world["items"] if set(labels.split(",")) <= set(names(item))]


def names(item):
    """Return the names of an issue's labels."""
    return [label["name"] for label in item["labels"]]


def new_issue(world, *, title, body, labels):
    """Open an issue; labels that are new are made."""
    issue = {"title": title, "body": text(body), "labels": [{"name": name} for name in labels]}
    return added(world, issue)


def pulls(world, *, state, head, per_page):
    """List pull requests. A head that is not written as it is to be filters nothing."""
    assert (state, per_page) == ("open", "100")
    owner, colon, branch = head.partition(":")
    found = [i for i in world["items"] if "pull_request" in i and i["state"] == state]
    if not colon or world.get("unfiltered"):
        return found
    return [item for item in found if f"{owner}/notes:{branch}" == whence(item)]


def whence(pull):
    """Return from where a pull request comes."""
    return f"{(pull['head']['repo'] or {}).get('full_name')}:{pull['head']['ref']}"


def new_pull(world, *, title, body, head, base):
    """Open a pull request from a branch of this repository."""
    if world.get("no_pull_requests"):
        raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")
    open_ones = [item for item in world["items"] if item["state"] == "open"]
    if f"{FULL_NAME}:{head}" in [whence(item) for item in open_ones if "head" in item]:
        raise Refused(422, "Validation Failed")
    if not git(world, "rev-list", f"{base}..{head}"):
        raise Refused(422, "Validation Failed", f"No commits between {base} and {head}")
    repo = {"full_name": FULL_NAME}
    pull = {"title": title, "body": text(body), "labels": [], "pull_request": {}}
    pull |= {"head": {"ref": head, "repo": repo}, "base": {"ref": base, "repo": repo}}
    return added(world, pull)


def added(world, item):
    """Add an issue or a pull request under the next number."""
    number = len(world["items"]) + 1
    world["items"].append(item | {"number": number, "state": "open", "comments": []})
    return world["items"][-1]


def changed(world, number, fields, changes):
    """Change an issue or a pull request."""
    if changes.keys() - fields or changes.get("state", "open") not in {"open", "closed"}:
        raise Refused(422, "Validation Failed")
    text(changes.get("body", ""))
    item = found(world, number)
    item.update(changes)
    return item


def found(world, number):
    """Return an issue or a pull request."""
    if not 1 <= number <= len(world["items"]):
        raise Refused(404, "Not Found")
    return world["items"][number - 1]


def text(body):
    """Return a text that GitHub takes."""
    if len(body) > LONGEST:
        raise Refused(422, "Validation Failed")
    return body


def git(world, *words):
    """Return what git says of the bare repository."""
    done = subprocess.run(
        ["git", "--git-dir", world["bare"], *words], capture_output=True, text=True
    )
    if done.returncode:
        raise Refused(422, "Validation Failed")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
