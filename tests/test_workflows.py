"""The workflows: what linters say of them, what they call, and the link check for real."""

import itertools
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.tools.github.world import World, install_fake, program, set_git_environment
from tools.github import __main__ as github
from tools.references import cli
from tools.references.check.memory import lasting, state
from tools.references.check.memory.history import Failing
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.model import LINK_STATUS

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
PROGRAMS = Path(sys.prefix) / "bin"


def parsed(path: Path) -> dict[str, Any]:
    """Return a workflow as YAML 1.2 has it, where "on" is a word."""
    return YAML(typ="safe").load(path)


def steps(path: Path) -> list[dict[str, Any]]:
    """Return all steps of a workflow."""
    return [step for job in parsed(path)["jobs"].values() for step in job.get("steps", [])]


named = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def test_there_are_three_workflows():
    """What follows speaks of all of them."""
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "links.yml", "publish.yml"]


def linted(*paths: Path) -> list[subprocess.CompletedProcess]:
    """Return what the two linters say of workflows, without network."""
    commands = [
        ["zizmor", "--offline", "--no-config", "--persona=auditor", "--strict-collection"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ]
    return [
        subprocess.run([PROGRAMS / name, *words, *paths], capture_output=True, text=True)
        for name, *words in commands
    ]


def test_linters_have_nothing_to_say():
    """The strictest persona finds nothing unsafe, and the schema nothing that is no workflow."""
    for done in linted(*WORKFLOWS):
        assert done.returncode == 0, done.stdout + done.stderr


def test_linters_are_awake(tmp_path):
    """They find what is unsafe, or no workflow, if there is some."""
    path = tmp_path / "bad.yml"
    path.write_text(
        "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    colour: red\n"
        "    steps:\n      - run: echo ${{ github.event.issue.title }}\n"
    )
    zizmor, schema = linted(path)
    assert "template-injection" in zizmor.stdout
    assert zizmor.returncode != 0
    assert "'colour' was unexpected" in schema.stdout
    assert schema.returncode != 0


@named
def test_actions_are_githubs_own_and_pinned(path):
    """By a whole commit with its version beside it, or they are workflows of this repository."""
    lines = [line.partition("uses:")[2] for line in path.read_text().splitlines()]
    used = [line.strip() for line in lines if line]
    calls = [job["uses"] for job in parsed(path)["jobs"].values() if "uses" in job]
    assert len(used) == len(calls) + sum("uses" in step for step in steps(path))
    for line in used:
        name, _, comment = line.partition(" # ")
        if name.startswith("./"):
            assert (ROOT / name).is_file()
            continue
        action, _, commit = name.partition("@")
        assert action.startswith("actions/")
        assert len(commit) == 40
        assert int(commit, 16)
        assert all(part.isdigit() for part in comment.removeprefix("v").split("."))
        assert comment.count(".") == 2


def test_an_action_is_the_same_everywhere():
    """No workflow is forgotten when one is brought up to date."""
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    repositories = {"/".join(name.partition("@")[0].split("/")[:2]) for name in used}
    commits = {name.partition("@")[2] for name in used}
    assert len(commits) == len(repositories)


@named
def test_no_expression_is_put_into_a_shell(path):
    """Not even a harmless one: values come through the environment, where they are no program."""
    for step in steps(path):
        assert "${{" not in step.get("run", "")


@named
def test_permissions_are_the_least(path):
    """None by default; to write, only the jobs that need it may, and those run nothing else."""
    workflow = parsed(path)
    assert workflow["permissions"] == {}
    writing = {
        name: {what for what, how in job["permissions"].items() if how == "write"}
        for name, job in workflow["jobs"].items()
    }
    assert {name: what for name, what in writing.items() if what} == {
        "ci": {},
        "links": {"tell": {"contents", "issues", "pull-requests"}, "stay": {"actions"}},
        "publish": {"deploy": {"pages", "id-token"}},
    }[path.stem]


@named
def test_every_checkout_forgets_its_credentials(path):
    """What runs later finds no token on disk."""
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@named
def test_every_job_has_a_time_limit(path):
    """One that hangs does not hang for six hours; a call has those of what it calls."""
    for job in parsed(path)["jobs"].values():
        assert "uses" in job or job["timeout-minutes"] <= 90


def commands(path: Path) -> Iterator[list[str]]:
    """Yield the words of the commands that a workflow runs, without redirections."""
    for step in steps(path):
        text = step.get("run", "").replace("\\\n", " ")
        for line in text.splitlines():
            words: list[str] = []
            for word in [*shlex.shlex(line, posix=True, punctuation_chars=True), ";"]:
                if set(word) <= set(";|&<>()"):
                    yield words
                    words = []
                else:
                    words.append(word)


SEEN = {
    "ci": {"make test"},
    "links": {
        *("make venv", "references merge", "references check", "references report"),
        *("references repair", "github issue", "github pull-request"),
    },
    "publish": {"make build"},
}


@named
def test_commands_exist_with_their_options(path, monkeypatch):
    """Each is read by the parser that will read it; none is run."""
    seen = set()
    for words in commands(path):
        if words[:1] == ["make"]:
            done = subprocess.run(
                ["make", "--dry-run", *words[1:]], cwd=ROOT, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr
            assert "python tools/bootstrap.py" in done.stdout
            seen.add(f"make {words[-1]}")
        elif "-m" in words:
            module, *rest = words[words.index("-m") + 1 :]
            seen.add(f"{module.removeprefix('tools.')} {rest[0]}")
            if module == "tools.references":
                command = import_module(f"tools.references.commands.{rest[0]}")
                monkeypatch.setattr(command, "run", lambda _: 0)
                assert cli.main(rest) == 0
            else:
                assert module == "tools.github"
                assert github._parser().parse_args(rest).run
    assert seen == SEEN[path.stem]


def test_tests_run_on_the_oldest_and_the_newest_python():
    """The oldest is the one that pyproject.toml asks for."""
    versions = parsed(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert versions["python"] == sorted(versions["python"])
    oldest = f'requires-python = ">={versions["python"][0]}.'
    assert oldest in (ROOT / "pyproject.toml").read_text()


def test_site_is_published_only_from_green():
    """From the one branch whose pushes the tests leave to it, so that none is tested twice."""
    ci, publish = (parsed(ROOT / f".github/workflows/{name}.yml") for name in ("ci", "publish"))
    assert publish["on"]["push"]["branches"] == ci["on"]["push"]["branches-ignore"]
    jobs = publish["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/ci.yml"
    assert "workflow_call" in ci["on"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")


def test_no_workflow_waits_for_another():
    """A name says whose group it is: what is called has the event and the ref of its caller."""
    groups = [parsed(path)["concurrency"]["group"] for path in WORKFLOWS]
    assert [group.partition("${{")[0] for group in groups] == ["ci-", "links", "publish-"]
    assert groups[2].endswith("${{ github.ref }}")  # no branch takes the turn of another


def test_what_a_job_hands_over_is_of_its_attempt():
    """Of a run that was started again, what earlier attempts handed over is there, too."""
    for name, giving, taking in (("links", "check", "tell"), ("publish", "build", "deploy")):
        jobs = parsed(ROOT / f".github/workflows/{name}.yml")["jobs"]
        (given,) = [s["with"]["name"] for s in jobs[giving]["steps"] if "name" in s.get("with", {})]
        assert given.endswith("-${{ github.run_attempt }}")
        assert jobs[giving]["outputs"]["artifact"] == given
        assert f"${{{{ needs.{giving}.outputs.artifact }}}}" in str(jobs[taking]["steps"])


def test_links_are_checked_weekly_and_by_hand():
    """At a minute that few others choose."""
    events = parsed(ROOT / ".github/workflows/links.yml")["on"]
    assert set(events) == {"schedule", "workflow_dispatch"}
    ((minute, hour, *days, weekday),) = [event["cron"].split() for event in events["schedule"]]
    assert int(minute) % 5
    assert hour.isdigit()
    assert weekday.isdigit()
    assert days == ["*", "*"]


LINKS = ROOT / ".github/workflows/links.yml"

GONE, HERE = "http://1.2.3.4/gone", "http://4.3.2.1/here"
"""Two links whose hosts no name server is asked for; the proxy answers for both."""

LIST = f"""\
- id: gone2001work
  title: A work that is gone
  url: {GONE}
  kind: paper
  topics: [general]
  year: 2001
- id: here2002work
  title: A work that is here
  url: {HERE}
  kind: paper
  topics: [general]
"""

TELLS = (
    "github.event_name == 'schedule' || github.ref_name == github.event.repository.default_branch"
)

CONDITIONS = {
    None: lambda runner: runner.failed is None,
    "always() && steps.check.outcome != 'skipped'": lambda runner: "check" in runner.outcomes,
    "always() && steps.taken.outcome == 'success'": lambda runner: (
        runner.outcomes.get("taken") == "success"
    ),
    TELLS: lambda runner: runner.is_scheduled or runner.branch == "main",
}


class Runner:
    """Does the jobs of the workflow as GitHub would, as far as they go."""

    world: World
    """What is on GitHub."""

    def __init__(self, folder: Path) -> None:
        """Take a folder for all that a runner has."""
        self.folder = folder
        self.jobs = parsed(LINKS)["jobs"]
        assert parsed(LINKS)["defaults"]["run"]["shell"] == "bash"
        self.run_id = self.attempt = 0
        self.is_scheduled, self.branch = True, "main"
        self.log = self.summary = ""
        self.environment: dict[str, str] = {}

    def run(self, *, again: bool = False) -> None:
        """Do all jobs, in order, as long as none fails; in the same run, if that was to be."""
        self.run_id, self.attempt = (self.run_id, 2) if again else (self.run_id + 1, 1)
        self.log = self.summary = ""
        self.commit = self.world.git("rev-parse", self.branch, at=self.world.bare)
        self.failed: int | None = None
        outputs: dict[str, str] = {}
        for name, job in self.jobs.items():
            if not CONDITIONS[job.get("if")](self):
                continue
            outputs = self.job(name, job, outputs)
            if self.failed is not None:
                return

    def job(self, name: str, job: dict[str, Any], needed: dict[str, str]) -> dict[str, str]:
        """Do the steps of a job on a machine of its own; return its outputs."""
        self.machine = self.folder / f"machine-{self.run_id}-{self.attempt}-{name}"
        self.machine.mkdir()
        self.work = self.machine / "work"
        self.work.mkdir()
        self.failed = None
        self.outcomes: dict[str, str] = {}
        self.environment = {}
        self.values = {
            "github.token": "a-token",
            "github.repository": "owner/notes",
            "github.run_id": str(self.run_id),
            "github.run_attempt": str(self.attempt),
            "vars.SITE_URL": "",
        }
        self.values |= {f"needs.check.outputs.{key}": value for key, value in needed.items()}
        for step in job["steps"]:
            if CONDITIONS[step.get("if")](self):
                status = self.shell(step) if "run" in step else self.action(step)
                self.outcomes[step.get("id", "")] = "failure" if status else "success"
                if status and self.failed is None:
                    self.failed = status
        if self.failed is not None:
            return {}
        return {key: self.filled(value) for key, value in job.get("outputs", {}).items()}

    def filled(self, text: str) -> str:
        """Return a text with the values of its expressions."""
        before, opening, rest = text.partition("${{")
        if not opening:
            return text
        name, _, after = rest.partition("}}")
        return f"{before}{self.values[name.strip()]}{self.filled(after)}"

    def shell(self, step: dict[str, Any]) -> int:
        """Run the lines of a step; return their exit status."""
        files = {name: self.machine / name for name in ("output", "env", "summary", "script")}
        for name in ("output", "env"):
            files[name].write_text("")
        files["script"].write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", files["script"]],
            cwd=self.work,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ
            | {
                "GITHUB_OUTPUT": str(files["output"]),
                "GITHUB_ENV": str(files["env"]),
                "GITHUB_STEP_SUMMARY": str(files["summary"]),
                "GITHUB_REPOSITORY": "owner/notes",
                "GITHUB_REPOSITORY_OWNER": "owner",
                "GITHUB_RUN_ID": str(self.run_id),
            }
            | self.environment
            | {name: self.filled(str(value)) for name, value in step.get("env", {}).items()},
        )
        self.log += done.stdout
        for line in files["output"].read_text().splitlines():
            key, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{key}"] = value
        for line in files["env"].read_text().splitlines():
            key, _, value = line.partition("=")
            self.environment[key] = value
        if files["summary"].exists():
            self.summary = files["summary"].read_text()
        return done.returncode

    def action(self, step: dict[str, Any]) -> int:
        """Do what an action of GitHub does."""
        given = {key: self.filled(str(value)) for key, value in step.get("with", {}).items()}
        match step["uses"].partition("@")[0]:
            case "actions/checkout":
                self.check_out(whole=given.get("fetch-depth") == "0")
            case "actions/setup-python":
                pass
            case "actions/cache/restore":
                kept = sorted((self.folder / "caches").glob(f"{given['restore-keys']}*"))
                if kept:
                    shutil.copytree(kept[-1], self.work / given["path"])
            case "actions/cache/save":
                shutil.copytree(self.work / given["path"], self.folder / "caches" / given["key"])
            case "actions/upload-artifact":
                # Those of earlier attempts are there, and two of a name would be too many.
                artifacts = self.folder / "artifacts" / str(self.run_id) / given["name"]
                shutil.copytree(self.work / given["path"], artifacts)
            case other:
                raise AssertionError(other)
        return 0

    def check_out(self, *, whole: bool) -> None:
        """Check out the commit of the run, and what was before it only if the whole is wanted."""
        remote = f"+{self.commit}:refs/remotes/origin/{self.branch}"
        every = "+refs/heads/*:refs/remotes/origin/*"
        wanted = ["origin", every] if whole else ["--depth=1", "origin", remote]
        for words in (
            ["init", "-q"],
            ["remote", "add", "origin", f"file://{self.world.bare}"],
            ["fetch", "-q", *wanted],
            ["checkout", "-q", "-B", self.branch, self.commit],
        ):
            self.world.git(*words, at=self.work)


class Web(ThreadingHTTPServer):
    """All that there is of the web, behind a proxy."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port; all is well at first but for the one that is gone."""
        self.gone = {GONE}
        self.refusals = itertools.cycle([404, 410])
        """What those that are gone answer in turn, lest two runs in a second see the very same."""
        self.agents: set[str] = set()
        super().__init__(("127.0.0.1", 0), Answers)


class Answers(BaseHTTPRequestHandler):
    """Answers for every host."""

    server: Web

    def do_GET(self) -> None:
        """Answer as the web is."""
        self.server.agents.add(self.headers["User-Agent"])
        body = b"<!doctype html><title>A work</title><p>There is much to read here.</p>"
        gone = self.path in self.server.gone
        self.send_response(next(self.server.refusals) if gone else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        """Lead nowhere: the archive cannot be reached."""
        self.send_error(502)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Return the web, as this process and those it starts see it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with Web() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return a runner for a repository with our tools, a short list, and a death half proven."""
    install_fake(tmp_path, monkeypatch)
    set_git_environment(monkeypatch)
    make = f'mkdir -p .venv/bin\nprintf \'#!/bin/sh\\nexec "{sys.executable}" "$@"\\n\'' + (
        ' > .venv/bin/python\nchmod +x .venv/bin/python\n[ "$*" = "PYTHON=python venv" ]'
    )
    program(tmp_path / "programs" / "make", make)
    # The job that may write has no packages.
    bare_python = getattr(sys, "_base_executable", sys.executable)
    program(tmp_path / "programs" / "python", f'exec "{bare_python}" -S "$@"')
    world = World(tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools", world.clone / "tools", ignore=ignored)
    shutil.copy(ROOT / ".gitignore", world.clone)
    folder = world.clone / "docs" / "references"
    folder.mkdir(parents=True)
    (folder / "references.yml").write_text(LIST)
    state.save(folder / "link-status.json", half_proven())
    world.git("add", ".")
    world.git("commit", "-q", "-m", "notes")
    world.git("push", "-q", "origin", "main")
    world.git("config", "uploadpack.allowAnySHA1InWant", "true", at=world.bare)  # as on GitHub
    world.change(lambda known: known.update(artifacts=str(tmp_path / "artifacts")))
    made = Runner(tmp_path)
    made.world = world
    return made


def half_proven() -> state.State:
    """Return a state in which one more failure confirms that the one link is dead."""
    now = datetime.now(UTC).replace(microsecond=0)
    since = now - timedelta(days=9)
    result = LinkResult(
        url=GONE,
        verdict=Verdict.DEAD,
        reason="404 Not Found",
        checked_at=now - timedelta(days=2),
        attempts=1,
    )
    row = Failing(since=since, runs=2, dead_since=since, dead_runs=2)
    return state.State({GONE: result}, {GONE: row})


def proposed(world: World, name: str) -> str:
    """Return a file as the pull request has it."""
    return world.git("show", f"link-check:docs/references/{name}", at=world.bare)


def test_link_check_opens_updates_and_closes(runner, web):
    """The whole workflow, three weeks in a row: the shell's lines, the tools, git and the web."""
    world = runner.world
    before = world.git("rev-parse", "main", at=world.bare)

    runner.run()
    assert runner.failed is None, runner.log
    issue, pull = world.items
    assert (issue["state"], pull["state"]) == ("open", "open")
    assert "1 link is dead" in issue["body"]
    assert GONE in pull["body"]
    assert "::warning file=docs/references/references.yml,line=3,title=Link%3A dead" in runner.log
    assert web.agents == {
        agent for agent in web.agents if "+https://owner.github.io/notes/" in agent
    }
    first = json.loads(proposed(world, "link-status.json"))["links"]
    assert first[GONE]["failing"]["dead_runs"] == 3
    assert first[HERE]["verdict"] == "alive"
    assert ["PUT", "actions/workflows/links.yml/enable"] in world.writes()
    assert "archive: https://web.archive.org/web/2001" in proposed(world, "references.yml")
    assert "1 link is dead" in runner.summary

    shutil.rmtree(runner.folder / "caches")  # GitHub keeps none that is not used for a week
    runner.run()
    assert runner.failed is None, runner.log
    assert [item["state"] for item in world.items] == ["open", "open"]
    second = json.loads(proposed(world, "link-status.json"))["links"]
    assert second[GONE]["failing"]["dead_runs"] == 4
    assert second[HERE] == first[HERE]
    assert int(world.git("rev-list", "--count", "main..link-check", at=world.bare)) == 1

    web.gone.clear()
    runner.run()
    assert runner.failed is None, runner.log
    issue, pull = world.items
    assert (issue["state"], len(issue["comments"]), pull["state"]) == ("closed", 1, "open")
    third = json.loads(proposed(world, "link-status.json"))["links"]
    assert third[GONE]["verdict"] == "alive"
    assert proposed(world, "references.yml") == LIST.strip()
    assert world.git("rev-parse", "main", at=world.bare) == before


def test_run_that_is_started_again_hands_over_what_it_found(runner, web):
    """Not what the first attempt did, whose artifact is still there."""
    runner.world.change(lambda known: known.update(no_pull_requests=True))
    runner.run()
    assert runner.failed == 2
    assert "Allow GitHub Actions to create and approve pull requests" in runner.log
    runner.world.change(lambda known: known.update(no_pull_requests=False))
    runner.run(again=True)
    assert runner.failed is None, runner.log
    assert [item["state"] for item in runner.world.items] == ["open", "open"]
    found = json.loads(proposed(runner.world, "link-status.json"))["links"]
    assert found[GONE]["failing"]["dead_runs"] == 4


def test_repairs_are_proposed_where_there_are_no_issues(runner, web):
    """A fork has none at first: that is a failure, but keeps nothing else from being done."""
    runner.world.change(lambda known: known.update(no_issues=True))
    runner.run()
    assert runner.failed == 2
    assert "Issues has been disabled" in runner.log
    (pull,) = runner.world.items
    assert GONE in pull["body"]


def test_first_run_ever(runner, web):
    """Without a state, a cache, a label or a branch: nothing is certain, and the state is new."""
    world = runner.world
    world.git("rm", "-q", "docs/references/link-status.json")
    world.git("commit", "-q", "-m", "no state")
    world.git("push", "-q", "origin", "main")
    runner.run()
    assert runner.failed is None, runner.log
    (pull,) = world.items
    assert (pull["head"]["ref"], pull["base"]["ref"]) == ("link-check", "main")
    assert set(json.loads(proposed(world, "link-status.json"))["links"]) == {GONE, HERE}


def test_run_by_hand_on_another_branch_tells_in_its_summary_only(runner, web):
    """The issue and the pull request are about the default branch."""
    world = runner.world
    world.git("push", "-q", "origin", "main:draft")
    runner.is_scheduled, runner.branch = False, "draft"
    runner.run()
    assert runner.failed is None, runner.log
    assert "1 link is dead" in runner.summary
    assert world.items == []
    branches = world.git("branch", "--format=%(refname:short)", at=world.bare)
    assert branches.split() == ["draft", "main"]


def test_what_the_owner_changes_meanwhile_is_never_written_over(runner, web):
    """The pull request changes the list as the run found it: git joins the two, or nobody does."""
    world = runner.world
    job, after = runner.job, f"{LIST}  note: Read it.\n"

    def edited_between(name: str, *rest: Any) -> dict[str, str]:
        if name == "tell":
            (world.clone / "docs/references/references.yml").write_text(after)
            world.git("commit", "-q", "-a", "-m", "a note")
            world.git("push", "-q", "origin", "main")
        return job(name, *rest)

    runner.job = edited_between
    runner.run()
    assert runner.failed is None, runner.log
    world.git("fetch", "-q")
    world.git("merge", "-q", "origin/link-check")
    merged = (world.clone / "docs/references/references.yml").read_text()
    assert "note: Read it." in merged
    assert "archive: " in merged


@pytest.mark.parametrize(("broken", "known"), [("check", (2, 2)), ("report", (3, 4))])
def test_what_was_finished_is_kept_when_a_step_fails(runner, web, broken, known):
    """The next run goes on from there; nobody is told of half a run."""
    (step,) = [step for step in runner.jobs["check"]["steps"] if step.get("id") == broken]
    step["run"] = "exit 5"
    for run, dead_runs in enumerate(known, start=1):
        runner.run()
        assert runner.failed == 5
        kept = state.load(runner.folder / "caches" / f"link-check-{run}-1" / "link-status.json")
        assert kept.failing[GONE].dead_runs == dead_runs
    assert runner.world.items == []


def test_journal_of_a_run_that_was_broken_off_is_kept():
    """It is in the folder that is kept from run to run, as long as the state is the site's."""
    (kept,) = {step["with"]["path"] for step in steps(LINKS) if "actions/cache" in str(step)}
    journal = lasting.place(LINK_STATUS, "journal")
    assert journal.is_relative_to(ROOT / kept)


def step(name: str) -> dict[str, Any]:
    """Return the step of a name."""
    (found,) = [step for step in steps(LINKS) if step.get("name") == name]
    return found


@pytest.fixture
def stubbed(tmp_path: Path) -> Runner:
    """Return a runner whose tools end at once, with a status that a file names."""
    runner = Runner(tmp_path)
    runner.machine = tmp_path / "machine"
    runner.work = runner.machine / "work"
    (runner.work / ".venv" / "bin").mkdir(parents=True)
    runner.values = {}
    lines = 'echo "##[error]from a server"; exit "$(cat status)"'
    program(runner.work / ".venv" / "bin" / "python", lines)
    return runner


@pytest.mark.parametrize(("status", "ends"), [(0, 0), (1, 0), (2, 2), (3, 3), (70, 70), (130, 130)])
def test_dead_links_fail_no_run_but_a_broken_check_does(stubbed, status, ends):
    """No network is told plainly; and nothing that a server wrote comes into the log."""
    (stubbed.work / "status").write_text(str(status))
    (stubbed.work / "out").mkdir()
    assert stubbed.shell(step("Ask for every link")) == ends
    assert ("::error title=No host answered::" in stubbed.log) == (status == 3)
    assert "from a server" not in stubbed.log


@pytest.mark.parametrize("named", ["", "https://notes.example/"])
def test_site_is_where_the_owner_says(stubbed, named):
    """Or else at the usual address of Pages."""
    stubbed.values = {"vars.SITE_URL": named}
    naming, asking, repairing = map(
        step, ("Name the site to the servers", "Ask for every link", "Propose repairs")
    )
    order = [stubbed.jobs["check"]["steps"].index(one) for one in (naming, asking, repairing)]
    assert order == sorted(order)  # all that follow in a job have it
    assert stubbed.shell(naming) == 0
    assert stubbed.environment == {"SITE_URL": named or "https://owner.github.io/notes/"}


@pytest.mark.parametrize("status", [2, 70])
def test_report_that_cannot_be_made_is_a_failure(stubbed, status):
    """It is not taken for one that calls for work, nor for one that does not."""
    (stubbed.work / "status").write_text(str(status))
    (stubbed.work / "out").mkdir()
    assert stubbed.shell(step("Report")) != 0
    assert "steps.report.outputs.certain" not in stubbed.values
