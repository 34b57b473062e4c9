"""The rolling issue: one, however often and whatever the report says."""

from pathlib import Path

import pytest

TITLE = "Links that call for work"
NAMED = ("--title", TITLE, "--label", "links")


@pytest.fixture
def tell(tmp_path, github, world):
    """Return a function that has the issue tell a text; without one, be closed."""

    def call(text: str | None):
        report = tmp_path / "report.md"
        report.write_text(text or "", encoding="utf-8")
        return github("issue", *NAMED, *(["--close"] if text is None else [report]))

    return call


def shown(item) -> str:
    """Return the text of an issue as a reader sees it: without comments of HTML."""
    mark, _, text = item["body"].partition("\n")
    assert mark.startswith("<!--")
    assert mark.endswith("-->")
    assert mark.count("-->") == 1
    return text


def test_life_of_the_issue(tell, world):
    """It is opened once, updated in place, closed with a word, and the same is opened again."""
    assert tell("# One\n") == (0, "issue 1: opened\n", "")
    (issue,) = world.items
    assert (issue["title"], shown(issue), issue["state"]) == (TITLE, "# One", "open")
    assert issue["labels"] == [{"name": "links"}]
    assert tell("# Two\n")[1] == "issue 1: updated\n"
    assert tell(None)[1] == "issue 1: closed\n"
    (issue,) = world.items
    assert (shown(issue), issue["state"]) == ("# Two", "closed")
    assert issue["state_reason"] == "completed"
    assert len(issue["comments"]) == 1
    assert tell("# Three\n")[1] == "issue 1: opened again\n"
    (issue,) = world.items
    assert (shown(issue), issue["state"], len(issue["comments"])) == ("# Three", "open", 1)


def test_nothing_new_is_not_told_again(tell, world):
    """A second run with the same report, or with none, asks GitHub to change nothing."""
    tell("# One\n")
    assert world.writes() == [["POST", "issues"]]
    assert tell("# One\n") == (0, "issue 1: is as it should be\n", "")
    assert world.writes() == []
    tell(None)
    assert world.writes() == [["PATCH", "issues/1"], ["POST", "issues/1/comments"]]
    assert tell(None) == (0, "no issue is open\n", "")
    assert world.writes() == []


def test_line_ends_of_a_browser_are_no_change(tell, world):
    """Whoever ticks a box in the browser has all line ends written anew."""
    tell("# One\n\ntext\n")

    def edit(world):
        world["items"][0]["body"] = world["items"][0]["body"].replace("\n", "\r\n") + "\r\n"

    world.change(edit)
    world.writes()
    assert tell("# One\n\ntext\n")[1] == "issue 1: is as it should be\n"
    assert world.writes() == []


def test_title_is_the_owners(tell, world):
    """An issue that was given another title is the same, and keeps it."""
    tell("# One\n")
    world.change(lambda world: world["items"][0].update(title="Later"))
    tell("# Two\n")
    assert [item["title"] for item in world.items] == ["Later"]


def test_issues_and_pull_requests_of_others_are_left_alone(tell, world):
    """Neither the label alone nor the title makes an issue ours."""
    mark = f"<!-- kept up to date by tools.github: {TITLE} -->\n"
    other = {"title": TITLE, "state": "open", "comments": [], "labels": [{"name": "links"}]}
    others = [
        other | {"number": 1, "body": "Somebody's own words."},
        other | {"number": 2, "body": None},
        other | {"number": 3, "body": mark, "labels": [{"name": "other"}]},
        other | {"number": 4, "body": mark, "pull_request": {}},
        other | {"number": 5, "body": mark.replace(TITLE, "Another title")},
    ]
    world.change(lambda world: world["items"].extend(others))
    assert tell("# One\n")[1] == "issue 6: opened\n"
    assert tell("# Two\n")[1] == "issue 6: updated\n"
    assert tell(None)[1] == "issue 6: closed\n"
    assert world.items[:5] == others


def test_open_one_of_two_is_taken(tell, world):
    """Should there be two after all, what is open is used, and what is open is closed."""
    tell("# One\n")
    twin = world.items[0] | {"number": 2}
    world.change(lambda world: world["items"].append(twin))
    world.change(lambda world: world["items"][0].update(state="closed"))
    assert tell("# Two\n")[1] == "issue 2: updated\n"
    world.change(lambda world: world["items"][0].update(state="open"))
    assert tell(None)[1] == "issue 1: closed; issue 2: closed\n"


def test_text_that_is_too_long_is_cut_between_lines(tell, world):
    """GitHub takes 65,536 characters; how many lines are left out is told."""
    lines = [f"- line {n} {'é' * 80}" for n in range(1000)]
    assert tell("\n".join(lines))[0] == 0
    *kept, blank, last = shown(world.items[0]).split("\n")
    assert kept == lines[: len(kept)]
    assert (blank, last) == ("", f"{1000 - len(kept)} more lines, for which there is no room")
    assert 65_536 - 200 < len(world.items[0]["body"]) <= 65_536


def test_there_is_room_to_tell_of_the_lines_left_out(tell, world):
    """However little the next line would have taken."""
    assert tell("x\n" * 40_000)[0] == 0
    assert 65_536 - 100 < len(world.items[0]["body"]) <= 65_536


def test_one_line_may_be_too_long(tell, world):
    """Then nothing but that is told."""
    assert tell("x" * 70_000)[0] == 0
    assert shown(world.items[0]).strip() == "1 more line, for which there is no room"


@pytest.mark.parametrize("fence", ["```", "`````"])
def test_code_that_is_cut_is_ended(tell, world, fence):
    """Else what is told of the lines left out would be code, too, and so would all that follows."""
    lines = ["```", "whole", "```", f"{fence}diff", *[f"+{'x' * 300}"] * 300, fence]
    assert tell("\n".join(lines))[0] == 0
    *_, end, blank, last = shown(world.items[0]).split("\n")
    assert (end, blank) == (fence, "")
    assert last.endswith("more lines, for which there is no room")
    assert len(world.items[0]["body"]) <= 65_536


def test_code_that_is_whole_is_not_ended_again(tell, world):
    """Else that would begin another block."""
    tell("\n".join(["```", "code", "```", *["x" * 300] * 300]))
    assert shown(world.items[0]).count("```") == 2


@pytest.mark.parametrize("text", ["$(touch harm)", "`touch harm`", "@file", "--body", "\udc80"])
def test_text_is_never_a_command(tell, world, text, tmp_path, github):
    """Whatever a server wrote: it is handed over as data, and comes back as it was."""
    report = tmp_path / "odd.md"
    report.write_bytes(text.encode("utf-8", "surrogateescape"))
    status, _, errors = github("issue", *NAMED, report)
    if text == "\udc80":
        assert (status, errors) == (2, f"{report}: is not UTF-8 text.\n")
    else:
        assert (status, shown(world.items[0])) == (0, text)
    assert not (world.clone / "harm").exists()


def test_mark_cannot_be_ended_by_the_title(github, world, tmp_path):
    """A title is in a comment of HTML, which two hyphens end."""
    report = tmp_path / "report.md"
    report.write_text("# One")
    odd = ("issue", "--title", "One --> two", report)
    assert github(*odd)[1] == "issue 1: opened\n"
    assert github(*odd)[1] == "issue 1: is as it should be\n"
    assert shown(world.items[0]) == "# One"


def test_github_that_fails_is_one_sentence(tell, world):
    """With status 2, and in GitHub's words."""
    world.change(lambda world: world.update(down=True))
    for text in ("# One\n", None):
        status, output, errors = tell(text)
        assert (status, output) == (2, "")
        assert errors.count("\n") == 1
        assert "No server is currently available (HTTP 503)" in errors


def test_without_gh_is_one_sentence(tell, world, monkeypatch, tmp_path):
    """What is missing is named."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert tell("# One\n") == (2, "", "gh is not installed, or not on the PATH.\n")


@pytest.mark.parametrize(
    "words", [(), ("report.md", "--close"), ("report.md", "--labels", "x"), ("a.md", "b.md")]
)
def test_wrong_usage_has_status_2(github, words):
    """A text or none, not both and not neither."""
    assert github("issue", "--title", TITLE, *words)[0] == 2


def test_missing_report_is_one_sentence(github, world):
    """Nothing is asked then."""
    told = github("issue", *NAMED, Path("none.md"))
    assert told == (2, "", "none.md: cannot be read: No such file or directory.\n")
    assert world.items == []
