"""The one pull request: a branch made anew by every run, and nothing else touched."""

import subprocess

import pytest

from tools.github.programs import GitHubError, api

BRANCH = "link-check"
TITLE = "What the link checker found"


@pytest.fixture
def propose(tmp_path, github, world):
    """Return a function that proposes files with a text."""

    def call(text: str = "# Why\n", paths: tuple[str, ...] = ("list.yml",), branch: str = BRANCH):
        body = tmp_path / "body.md"
        body.write_text(text)
        words = ("pull-request", "--branch", branch, "--title", TITLE, "--body", body)
        return github(*words, *paths)

    return call


def commits(world, branch: str = BRANCH) -> list[str]:
    """Return the branches' commits that are not on main, the last one first."""
    return world.git("rev-list", f"main..{branch}", at=world.bare).split()


def proposed(world, path: str) -> str:
    """Return a file as the branch has it."""
    return world.git("show", f"{BRANCH}:{path}", at=world.bare)


def test_life_of_the_pull_request(propose, world):
    """It is opened once; branch and text are made anew; when nothing is left, both are gone."""
    (world.clone / "list.yml").write_text("two\n")
    assert propose() == (0, "pull request 1: opened\n", "")
    (pull,) = world.items
    assert (pull["title"], pull["base"]["ref"], pull["head"]["ref"]) == (TITLE, "main", BRANCH)
    assert pull["body"].startswith("# Why\n")
    assert f"`{BRANCH}` anew" in pull["body"]
    assert proposed(world, "list.yml") == "two"
    (world.clone / "list.yml").write_text("three\n")
    assert propose("# Other\n")[1] == "pull request 1: updated\n"
    (pull,) = world.items
    assert pull["body"].startswith("# Other\n")
    assert proposed(world, "list.yml") == "three"
    assert len(commits(world)) == 1
    (world.clone / "list.yml").write_text("one\n")
    assert propose() == (0, "pull request 1: closed\n", "")
    assert [item["state"] for item in world.items] == ["closed"]
    assert world.git("branch", "--format=%(refname:short)", at=world.bare) == "main"
    assert propose() == (0, "nothing to propose\n", "")


def test_nothing_new_is_neither_pushed_nor_told(propose, world):
    """A second run with the same files and text leaves the branch at the same commit."""
    (world.clone / "list.yml").write_text("two\n")
    propose()
    there = commits(world)
    world.writes()
    assert propose() == (0, "pull request 1: is as it should be\n", "")
    assert (commits(world), world.writes()) == (there, [])


def test_commit_is_on_top_of_the_present_one(propose, world):
    """When main has gone on, the branch is made anew there, with the given author and title."""
    (world.clone / "list.yml").write_text("two\n")
    propose()
    (world.clone / "other.txt").write_text("new\n")
    world.git("commit", "-q", "-m", "second", "other.txt")
    world.git("push", "-q", "origin", "main")
    assert propose()[1] == "pull request 1: updated\n"
    (commit,) = commits(world)
    told = world.git("show", "--no-patch", "--format=%P %an %s", commit, at=world.bare)
    assert told == f"{world.git('rev-parse', 'HEAD')} A Program {TITLE}"
    assert proposed(world, "other.txt") == "new"
    world.git("commit", "-q", "--allow-empty", "-m", "third")
    world.git("push", "-q", "origin", "main")
    assert propose()[1] == "pull request 1: updated\n"
    assert world.git("rev-parse", f"{BRANCH}^", at=world.bare) == world.git("rev-parse", "HEAD")


def test_nothing_here_is_touched(propose, world):
    """Neither the working tree nor the index nor the present branch, whatever is in them."""
    (world.clone / "list.yml").write_text("two\n")
    (world.clone / "other.txt").write_text("staged\n")
    world.git("add", "other.txt")
    (world.clone / "other.txt").write_text("changed\n")
    (world.clone / "new.txt").write_text("untracked\n")
    before = world.git("status", "--porcelain=2", "--branch"), world.git("rev-parse", "HEAD")
    assert propose()[0] == 0
    assert (world.git("status", "--porcelain=2", "--branch"), world.git("rev-parse", "HEAD")) == (
        before
    )
    assert proposed(world, "other.txt") == "other"


def test_only_what_is_named_is_proposed(propose, world):
    """Of all that was changed; a file that is new may be named, and a pattern is no name."""
    (world.clone / "list.yml").write_text("two\n")
    (world.clone / "new.json").write_text("{}\n")
    (world.clone / "other.txt").write_text("changed\n")
    assert propose(paths=("list.yml", "new.json"))[0] == 0
    names = world.git("diff", "--name-only", "main", BRANCH, at=world.bare).split()
    assert names == ["list.yml", "new.json"]
    status, _, errors = propose(paths=("*.txt",))
    assert (status, errors.count("\n")) == (2, 1)
    assert "'*.txt' did not match any files" in errors


def test_closed_pull_request_gets_a_successor(propose, world):
    """GitHub opens none again whose branch was made anew; there is one open one at any time."""
    (world.clone / "list.yml").write_text("two\n")
    propose()
    world.change(lambda world: world["items"][0].update(state="closed"))
    assert propose()[1] == "pull request 2: opened\n"
    assert propose()[1] == "pull request 2: is as it should be\n"


@pytest.mark.parametrize("unfiltered", [False, True])
@pytest.mark.parametrize(
    ("repo", "branch"),
    [
        ({"full_name": "somebody/notes"}, BRANCH),
        (None, BRANCH),
        ({"full_name": "owner/notes"}, "x"),
    ],
)
def test_pull_requests_of_others_are_left_alone(propose, world, repo, branch, unfiltered):
    """That of a fork whose branch has the same name, even if it is gone; that of another branch."""
    fork = {"number": 1, "state": "open", "title": "x", "body": "theirs", "labels": []}
    fork |= {"pull_request": {}, "head": {"ref": branch, "repo": repo}, "comments": []}
    fork["base"] = {"ref": "main", "repo": {"full_name": "owner/notes"}}
    world.change(lambda world: world.update(items=[fork], unfiltered=unfiltered))
    (world.clone / "list.yml").write_text("two\n")
    assert propose()[1] == "pull request 2: opened\n"
    assert propose("# Other\n")[1] == "pull request 2: updated\n"
    (world.clone / "list.yml").write_text("one\n")
    assert propose()[1] == "pull request 2: closed\n"
    assert world.items[0] == fork


def test_base_is_the_branch_one_is_on(propose, world):
    """And the default branch where one is on none; the pull request goes along."""
    (world.clone / "list.yml").write_text("two\n")
    world.git("checkout", "-q", "--detach")
    propose()
    assert world.items[0]["base"]["ref"] == "main"
    world.git("checkout", "-q", "-b", "draft")
    assert propose()[1] == "pull request 1: updated\n"
    assert world.items[0]["base"]["ref"] == "draft"


def test_branch_that_is_worked_on_is_never_made_anew(propose, world):
    """That would lose what is on it."""
    (world.clone / "list.yml").write_text("two\n")
    before = world.git("rev-parse", "main", at=world.bare)
    status, _, errors = propose(branch="main")
    assert (status, errors.count("\n")) == (2, 1)
    assert errors.startswith("main: is the branch to merge into")
    assert world.git("rev-parse", "main", at=world.bare) == before


def test_missing_permission_is_named_with_its_setting(propose, world):
    """GitHub lets no workflow open a pull request unless the owner has allowed it."""
    world.change(lambda world: world.update(no_pull_requests=True))
    (world.clone / "list.yml").write_text("two\n")
    status, output, errors = propose()
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "Allow GitHub Actions to create and approve pull requests" in errors


def test_what_github_finds_wrong_is_told(world):
    """It is in the answer, of which gh itself tells but that something is not valid."""
    new = {"title": TITLE, "body": "", "head": "main", "base": "main"}
    with pytest.raises(GitHubError, match=r"Validation Failed .*No commits between main and main"):
        api("POST", "pulls", new)


def test_shallow_clone_is_enough(propose, world, tmp_path, monkeypatch):
    """That is what a workflow has: the last commit, and none of those before."""
    (world.clone / "other.txt").write_text("new\n")
    world.git("commit", "-q", "-m", "second", "other.txt")
    world.git("push", "-q", "origin", "main")
    shallow = tmp_path / "shallow"
    source = f"file://{world.bare}"
    subprocess.run(["git", "clone", "-q", "--depth=1", source, shallow], check=True)
    monkeypatch.chdir(shallow)
    for text in ("two\n", "three\n"):
        (shallow / "list.yml").write_text(text)
        assert propose()[0] == 0
        assert proposed(world, "list.yml") == text.strip()
        assert len(commits(world)) == 1


@pytest.mark.parametrize("fault", ["no remote", "no name", "no repository", "odd branch"])
def test_git_that_fails_is_one_sentence(propose, world, fault, monkeypatch, tmp_path):
    """In git's own words, with status 2, and without a pull request."""
    (world.clone / "list.yml").write_text("two\n")
    branch = BRANCH
    if fault == "no remote":
        world.git("remote", "set-url", "origin", str(tmp_path / "nowhere"))
    elif fault == "no name":
        monkeypatch.setenv("GIT_COMMITTER_NAME", "")
        monkeypatch.setenv("GIT_COMMITTER_EMAIL", "")
    elif fault == "no repository":
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        monkeypatch.chdir(tmp_path / "elsewhere")
    else:
        branch = "two..dots"
    status, output, errors = propose(branch=branch)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert errors.startswith("git ")
    assert world.items == []


def test_odd_names_are_names(propose, world):
    """A branch may hold what means something in an address, a text what means something to git."""
    (world.clone / "list.yml").write_text("two\n")
    odd = "links/a&b=c#d%20é"
    assert propose("-m $(touch harm)\n", branch=odd)[1] == "pull request 1: opened\n"
    assert propose("-m $(touch harm)\n", branch=odd)[1] == "pull request 1: is as it should be\n"
    assert world.items[0]["head"]["ref"] == odd
    assert not (world.clone / "harm").exists()
