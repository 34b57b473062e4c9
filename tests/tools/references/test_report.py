"""The report of the present state, as an issue or a page shows it."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from tools.references.check.formats import escape
from tools.references.check.memory import state
from tools.references.check.memory.history import Failing
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.cli import main
from tools.references.model import LINK_STATUS, REFERENCES

Run = Callable[..., tuple[int, str, str]]

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

LIST = """\
- id: one2001dead
  title: Zeroth | of `all`
  url: https://one.example/
  kind: paper
  topics: [vision]
  archive: https://archive.example/one
- id: two2002moved
  title: Second
  url: https://two.example/a
  kind: book
  topics: [training]
  related:
    - rel: code
      url: https://two.example/code
    - {rel: pdf, url: "https://one.example/"}
  aliases:
    - https://two.example/former
  archive: https://archive.example/two
- url: https://three.example/#part
  id: three2003new
  title: Third
  kind: tool
  topics: [vision]
"""


def observed(verdict: Verdict, reason: str = "as told", **fields) -> LinkResult:
    """Return what a run noted of a link, to be put under its address."""
    return LinkResult(
        **{"url": "", "verdict": verdict, "reason": reason, "checked_at": NOW} | fields
    )


def failing(*, runs: int, days: float, dead_runs: int = 0) -> Failing:
    """Return a row of failing runs that began some days before the last."""
    since = NOW - timedelta(days=days)
    return Failing(
        since=since, runs=runs, dead_since=since if dead_runs else None, dead_runs=dead_runs
    )


CONFIRMED = (observed(Verdict.DEAD, "404 Not Found"), failing(runs=3, days=2, dead_runs=3))
DOUBTFUL = (observed(Verdict.DEAD, "410 Gone"), failing(runs=4, days=9, dead_runs=2))
UNREACHABLE = (observed(Verdict.TRANSIENT, "timed out"), failing(runs=6, days=30))
WORSE = (observed(Verdict.TRANSIENT, "timed out"), failing(runs=5, days=9, dead_runs=4))
PASSING = (observed(Verdict.TRANSIENT, "503 Service Unavailable"), failing(runs=1, days=0))
MOVED = (observed(Verdict.MOVED, "301 Moved Permanently", new_url="https://two.example/b"), None)
ANCHOR = (observed(Verdict.ANCHOR, "#part is gone"), None)
BLOCKED = (observed(Verdict.BLOCKED, "asks for a login"), None)
ALIVE = (observed(Verdict.ALIVE, "200 OK"), None)


@pytest.fixture
def report(list_file: Callable[[str], Path], tmp_path: Path, run: Run) -> Callable[..., str]:
    """Return a function that reports on a list, given what is known of links by their address."""

    def tell(
        known: dict[str, tuple[LinkResult, Failing | None]],
        *options: str,
        text: str = LIST,
        status: int = 0,
    ) -> str:
        path = tmp_path / "status.json"
        links = {url: replace(result, url=url) for url, (result, _) in known.items()}
        rows = {url: row for url, (_, row) in known.items() if row is not None}
        state.save(path, state.State(links, rows))
        told = run("report", "--list", list_file(text), "--state", path, *options)
        assert (told[0], told[2]) == (status, "")
        return told[1]

    return tell


def page(markdown: str) -> BeautifulSoup:
    """Return Markdown as GitHub shows it."""
    return BeautifulSoup(MarkdownIt("gfm-like").render(markdown), "html.parser")


def test_only_what_is_certain_makes_the_headline(report):
    """A death that is not confirmed, and a bad day of a server, stand below, among the doubtful."""
    text = report(
        {
            "https://one.example/": CONFIRMED,
            "https://two.example/a": DOUBTFUL,
            "https://two.example/code": UNREACHABLE,
            "https://three.example/#part": PASSING,
        }
    )
    told = page(text)
    assert told.strong.text == "1 link is dead and 1 link is unreachable."
    assert [h2.text for h2 in told.select("h2")] == [
        "Dead: 1",
        "Unreachable: 1",
        "To be confirmed: 2",
    ]


@pytest.mark.parametrize(
    ("known", "headline"),
    [
        ([ALIVE, MOVED, BLOCKED, ANCHOR], "No link is known to be dead or unreachable."),
        ([DOUBTFUL, WORSE, PASSING], "No link is known to be dead or unreachable."),
        ([CONFIRMED], "1 link is dead."),
        ([CONFIRMED, CONFIRMED, UNREACHABLE], "2 links are dead and 1 link is unreachable."),
        ([UNREACHABLE, UNREACHABLE], "2 links are unreachable."),
    ],
)
def test_headline_is_one_sentence(report, known, headline):
    """It counts the confirmed and the unreachable in good English, and says if there are none."""
    urls = (
        "https://one.example/",
        "https://two.example/code",
        "https://three.example/#part",
        "https://two.example/a",
    )
    assert page(report(dict(zip(urls, known, strict=False)))).strong.text == headline


def test_link_is_told_with_all_that_is_needed_to_mend_it(report):
    """Title and key of each entry it stands in, file and line, address, reason, dates, snapshot."""
    text = report({"https://one.example/": CONFIRMED})
    (item,) = page(text).select("h2 + p + ul > li")
    first, second = (f"list.yml:{line}" for line in (3, 15))
    words = item.find("ul").extract()
    assert [code.text.rpartition("/")[2] for code in item.select("code")] == [
        *("Zeroth | of `all`", "one2001dead", first),
        *("Second", "two2002moved", second),
    ]
    assert [li.text for li in words.select("li")] == [
        "https://one.example/",
        "404 Not Found, asked on 2026-11-23, dead in 3 runs since 2026-11-21",
        "archived copy: https://archive.example/one",
    ]


def test_entry_may_begin_with_its_address(report):
    """The order of the fields is the author's: a link belongs to the entry it stands in."""
    (item,) = page(report({"https://three.example/#part": BLOCKED})).select("h2 + p + ul > li")
    assert item.select("code")[1].text == "three2003new"


@pytest.mark.parametrize(
    ("known", "heading", "lines"),
    [
        (
            MOVED,
            "Moved: 1",
            [
                "https://two.example/a → https://two.example/b",
                "301 Moved Permanently, asked on 2026-11-23",
            ],
        ),
        (ANCHOR, "Anchor gone: 1", ["https://two.example/a", "#part is gone, asked on 2026-11-23"]),
        (BLOCKED, "Blocked: 1", ["https://two.example/a", "asks for a login, asked on 2026-11-23"]),
        (
            UNREACHABLE,
            "Gone, but archived: 1",
            [
                "https://two.example/a",
                "timed out, asked on 2026-11-23, failed in 6 runs since 2026-10-24",
                "archived copy: https://archive.example/two",
            ],
        ),
        (
            CONFIRMED,
            "Gone, but archived: 1",
            [
                "https://two.example/a",
                "404 Not Found, asked on 2026-11-23, dead in 3 runs since 2026-11-21",
                "archived copy: https://archive.example/two",
            ],
        ),
        (
            DOUBTFUL,
            "To be confirmed: 1",
            [
                "https://two.example/a",
                "410 Gone, asked on 2026-11-23, dead in 2 runs since 2026-11-14",
                "archived copy: https://archive.example/two",
            ],
        ),
        (
            WORSE,
            "To be confirmed: 1",
            [
                "https://two.example/a",
                "timed out, asked on 2026-11-23, failed in 5 runs since 2026-11-14",
            ],
        ),
        (
            PASSING,
            "To be confirmed: 1",
            [
                "https://two.example/a",
                "503 Service Unavailable, asked on 2026-11-23, failed in 1 run since 2026-11-23",
            ],
        ),
    ],
)
def test_each_kind_of_trouble_has_its_section(report, known, heading, lines):
    """One section, with what came back, when, for how long, and the new address if there is one."""
    told = page(report({"https://two.example/a": known}))
    assert [h2.text for h2 in told.select("h2")] == [heading]
    assert [li.text for li in told.select("li li")] == lines


def test_the_rest_is_only_counted(report):
    """Living links and those never checked have no section; the date is that of the last answer."""
    old = observed(Verdict.ALIVE, checked_at=NOW - timedelta(days=6))
    text = report({"https://one.example/": (old, None), "https://two.example/a": MOVED})
    assert "4 links: 1 moved, 1 alive, 2 never checked. The last was asked on 2026-11-23." in text
    assert "one.example" not in text


def test_link_that_left_the_list_is_left_out(report):
    """The state remembers it, but nobody is to look for it any more; nor for a former address."""
    known = {"https://gone.example/": CONFIRMED, "https://two.example/former": CONFIRMED}
    text = report(known | {"https://two.example/a": ALIVE})
    assert "No link is known to be dead" in text
    assert "gone.example" not in text
    assert "former" not in text


def test_report_says_what_to_do(report):
    """Each section begins with the owner's next step, or that there is none."""
    urls = ["https://one.example/", "https://two.example/a", "https://two.example/code"]
    told = page(report(dict(zip(urls, [CONFIRMED, MOVED, PASSING], strict=True))))
    advice = {h2.text: h2.find_next_sibling().text for h2 in told.select("h2")}
    assert advice["Dead: 1"].startswith("Look for the work")
    assert advice["Moved: 1"].startswith("If it shows the same work")
    assert advice["To be confirmed: 1"].startswith("Nothing to do")


@pytest.mark.parametrize(
    ("url", "known", "status"),
    [
        ("https://one.example/", CONFIRMED, 1),
        ("https://two.example/code", UNREACHABLE, 1),
        ("https://three.example/#part", ANCHOR, 1),
        # An archived copy helps only where it is of the very work, and of each.
        ("https://two.example/a", CONFIRMED, 0),
        ("https://two.example/a", UNREACHABLE, 0),
        ("https://two.example/a", ANCHOR, 1),
        ("https://gone.example/", CONFIRMED, 0),
        *(
            ("https://one.example/", known, 0)
            for known in (DOUBTFUL, WORSE, PASSING, MOVED, BLOCKED, ALIVE)
        ),
    ],
)
def test_exit_code_tells_whether_something_certain_calls_for_work(report, url, known, status):
    """With --exit-code only; what may be better tomorrow, or has its archived copy, does not."""
    assert report({url: known}, "--exit-code", status=status) == report({url: known})


@pytest.mark.parametrize("known", [CONFIRMED, UNREACHABLE])
def test_copy_that_nobody_has_seen_mends_nothing(report, known):
    """An address that was built, as the archive did not answer, may lead to nothing."""
    archive = "  archive: https://archive.example/two\n"
    text = LIST.replace(archive, f"{archive}  unverified: [archive]\n")
    told = page(report({"https://two.example/a": known}, "--exit-code", text=text, status=1))
    assert [h2.text for h2 in told.select("h2")] in (["Dead: 1"], ["Unreachable: 1"])


def test_unverified_copy_is_called_that(report):
    """Whoever mends the link knows that he has to look."""
    archive = "  archive: https://archive.example/two\n"
    text = LIST.replace(archive, f"{archive}  unverified: [archive]\n")
    items = page(report({"https://two.example/a": CONFIRMED}, text=text)).select("li li")
    assert items[-1].text == "archived copy, unverified: https://archive.example/two"


def test_exit_code_without_state_is_0(tmp_path, list_file, run):
    """Before the first check nothing is certain."""
    words = ("report", "--exit-code", "--list", list_file(LIST), "--state", tmp_path / "none.json")
    assert run(*words)[0] == 0


def unescaped(command: str) -> tuple[str, dict[str, str], str]:
    """Return level, properties and text of a workflow command, read as the runner reads it.

    After its ActionCommand.TryParseV2: what stands between the first two "::" is the command, up
    to the first space its name, the rest properties between commas; "%" is unescaped last.
    """
    assert command.startswith("::")
    words, _, text = command[2:].partition("::")
    level, _, properties = words.partition(" ")

    def plain(value: str, escapes: str) -> str:
        for character in [*escapes, "%"]:
            value = value.replace(f"%{ord(character):02X}", character)
        return value

    pairs = [pair.split("=", 1) for pair in properties.split(",") if pair]
    return level, {k: plain(v, "\r\n:,") for k, v in pairs}, plain(text, "\r\n")


def annotations(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the annotations that a report has GitHub show, the file by its last name only."""
    found = [unescaped(line) for line in output.splitlines()]
    for _, properties, _ in found:
        if "file" in properties:
            properties["file"] = properties["file"].rpartition("/")[2]
    return found


def test_annotations_stand_at_the_links_lines(report):
    """Warnings for what is certain, notices for moves and deaths to be confirmed; nothing else."""
    known = {
        "https://two.example/a": MOVED,
        "https://two.example/code": PASSING,
        "https://one.example/": CONFIRMED,
        "https://three.example/#part": DOUBTFUL,
    }
    assert annotations(report(known, "--format", "github")) == [
        (
            "warning",
            {"file": "list.yml", "line": "3", "title": "Link: dead"},
            "https://one.example/: 404 Not Found, asked on 2026-11-23, "
            "dead in 3 runs since 2026-11-21",
        ),
        (
            "notice",
            {"file": "list.yml", "line": "9", "title": "Link: moved"},
            "https://two.example/a → https://two.example/b: 301 Moved Permanently, "
            "asked on 2026-11-23",
        ),
        (
            "notice",
            {"file": "list.yml", "line": "19", "title": "Link: to be confirmed"},
            "https://three.example/#part: 410 Gone, asked on 2026-11-23, "
            "dead in 2 runs since 2026-11-14",
        ),
    ]
    for nothing in (ALIVE, BLOCKED, PASSING):
        assert report({"https://one.example/": nothing}, "--format", "github") == ""
    assert report({"https://two.example/a": CONFIRMED}, "--format", "github") == ""


def test_annotations_name_the_list_from_the_root(monkeypatch, tmp_path, report):
    """GitHub knows files by their path in the repository, where the step runs."""
    monkeypatch.chdir(tmp_path.parent)
    (found,) = report({"https://one.example/": CONFIRMED}, "--format", "github").splitlines()
    assert unescaped(found)[1]["file"] == f"{tmp_path.name}/list.yml"


@pytest.mark.parametrize(("links", "last"), [(10, None), (11, 2), (80, 71)])
def test_annotations_that_github_would_drop_are_counted(report, links, last):
    """It shows ten of a level for each step: the tenth says how many more there are."""
    entry = "- {id: a%d, title: T, url: 'https://e.example/%d', kind: tool, topics: [vision]}\n"
    text = "".join(entry % (n, n) for n in range(links + 1))
    known = {f"https://e.example/{n}": CONFIRMED for n in range(links)}
    known[f"https://e.example/{links}"] = MOVED
    found = annotations(report(known, "--format", "github", text=text))
    assert [level for level, _, _ in found] == ["warning"] * 10 + ["notice"]
    lines = [properties.get("line") for _, properties, _ in found]
    assert lines[:9] == [str(n) for n in range(1, 10)]
    if last is None:
        assert lines[9] == "10"
    else:
        assert lines[9] is None
        assert found[9][2].startswith(f"{last} more")


def test_the_worst_comes_first(report):
    """Of a report that is too long for an issue, the end is cut."""
    text = report(
        {
            "https://two.example/a": MOVED,
            "https://two.example/code": CONFIRMED,
            "https://three.example/#part": ANCHOR,
        }
    )
    headings = [h2.text for h2 in page(text).select("h2")]
    assert headings == ["Dead: 1", "Anchor gone: 1", "Moved: 1"]


def test_links_come_in_the_order_of_the_list(report):
    """Whatever order the state was written in, the report is the same to the byte."""
    known = {
        "https://three.example/#part": BLOCKED,
        "https://one.example/": BLOCKED,
        "https://two.example/code": BLOCKED,
    }
    text = report(known)
    assert [li.text for li in page(text).select("li li:first-child")] == [
        "https://one.example/",
        "https://two.example/code",
        "https://three.example/#part",
    ]
    assert report(dict(reversed(known.items()))) == text


def test_without_state_nothing_is_claimed(tmp_path, list_file, run):
    """Before the first check, and after one of other links only, a sentence says so; status 0."""
    nothing = (0, "No link of the list was checked yet.\n", "")
    path = tmp_path / "none.json"
    assert run("report", "--list", list_file(LIST), "--state", path) == nothing
    assert not path.exists()
    other = "https://other.example/"
    state.save(path, state.State({other: replace(CONFIRMED[0], url=other)}))
    assert run("report", "--list", list_file(LIST), "--state", path) == nothing


@pytest.mark.parametrize("content", ["", "{}", '{"version": 9, "links": {}}'])
def test_unreadable_state_is_one_sentence_and_stays(tmp_path, list_file, run, content):
    """It is named, with status 2, and neither changed nor set aside: that is for the writer."""
    path = tmp_path / "status.json"
    path.write_text(content)
    status, output, errors = run("report", "--list", list_file(LIST), "--state", path)
    assert (status, output) == (2, "")
    assert errors.startswith(f"{path}")
    assert errors.count("\n") == 1
    assert {file.name: file.read_text() for file in tmp_path.glob("status*")} == {
        "status.json": content
    }


def test_unreadable_list_is_one_sentence(tmp_path, run):
    """A missing list is named, with status 2."""
    missing = tmp_path / "none.yml"
    assert run("report", "--list", missing) == (
        2,
        "",
        f"{missing}: cannot be read: No such file or directory\n",
    )


def test_default_is_our_own_list_and_its_state(run):
    """Without options it tells of the site's references, and what was observed of them."""
    status, output, errors = run("report")
    named = run("report", "--list", REFERENCES, "--state", LINK_STATUS)
    assert (status, output, errors) == named
    assert status == 0


ODD = (
    *(
        "`",
        "|",
        "\\",
        "<script>",
        "</ul>",
        "[x](javascript:a)",
        "![i](https://b.example/)",
        "\n- x",
    ),
    *(
        "@owner",
        "#1",
        "::error::",
        "##[error]",
        "%0A",
        ",",
        "https://b.example/",
        "*",
        "_",
        "$x$",
        "&lt;",
        "\x1b[2J",
        "\u202e",
        "\ud800",
    ),
)
texts = st.lists(st.sampled_from(ODD) | st.text(max_size=3), min_size=1, max_size=8).map("".join)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    reason=texts,
    new_url=texts.map("https://b.example/".__add__) | texts,
    title=st.sampled_from(["<b>*t*</b> @owner", "` [x](y) #1"]),
)
def test_nothing_that_a_server_wrote_does_anything(tmp_path_factory, reason, new_url, title):
    """In an issue and on the site: no link but the address, no tag, mention, item or line more."""
    folder = tmp_path_factory.mktemp("report")
    lines = LIST.replace("Second", json.dumps(title))
    (folder / "list.yml").write_text(lines, encoding="utf-8")
    url = "https://two.example/a"
    result = observed(Verdict.MOVED, reason, new_url=new_url)
    state.save(folder / "status.json", state.State({url: replace(result, url=url)}))
    with redirect_stdout(io.StringIO()) as output:
        told = [
            "report",
            "--list",
            str(folder / "list.yml"),
            "--state",
            str(folder / "status.json"),
        ]
        assert main(told) == 0
    with redirect_stdout(io.StringIO()) as annotated:
        main([*told, "--format", "github"])
    ((level, properties, message),) = annotations(annotated.getvalue())
    assert (level, set(properties)) == ("notice", {"file", "line", "title"})
    assert properties["title"] == "Link: moved"
    said = f"{escape.shown(reason)}, asked" if reason else "asked"
    now = f" → {escape.shown(new_url)}" if new_url else ""
    assert message == f"{url}{now}: {said} on 2026-11-23"
    markdown = output.getvalue()
    assert markdown.replace("\n", "").isprintable()
    for html in (MarkdownIt("gfm-like").render(markdown), Markdown().convert(markdown)):
        content = BeautifulSoup(html, "html.parser")
        (item,) = content.select("h2 + p + ul > li")
        assert len(item.select("li")) == 2
        links = {a["href"] for a in content.select("a")}
        assert {link for link in links if link != url} <= {escape.address(new_url)[1:-1]}
        for code in content.select("code, a"):
            code.clear()
        assert {tag.name for tag in content.find_all()} <= {
            "h1",
            "p",
            "strong",
            "h2",
            "ul",
            "li",
            "a",
            "code",
        }
        assert "owner" not in content.text
