"""The command ``categorize``: a stream of JSON lines, and the list beside the rules."""

import json
import subprocess
import sys

import pytest

LINK = {"title": "Word embeddings", "url": "https://arxiv.org/abs/1301.3781"}
FIELDS = ["kind", "topic", "topics", "confidence", "why"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user would."""
    command = [sys.executable, "-m", "tools.references", "categorize", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60)


def test_each_line_is_answered_in_order():
    """Kinds come out in the order the links went in, with the five fields."""
    links = [LINK, {"url": "https://youtu.be/x", "title": None, "extra": [1]}, {"title": 7}]
    done = run("-", stdin="".join(json.dumps(link) + "\n" for link in links).encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [list(answer) for answer in answers] == [FIELDS] * 3
    assert [answer["kind"] for answer in answers[:2]] == ["paper", "video"]
    assert answers[0]["topic"] == answers[0]["topics"][0] == "language"
    assert answers[2]["confidence"] <= 0.35


@pytest.mark.parametrize("bad", [b"not json", b"[1, 2]", b"", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_bad_line_keeps_its_place_and_is_named(bad):
    """A line that is no object is answered with confidence 0, named by number; the rest go on."""
    good = json.dumps(LINK).encode()
    done = run("-", stdin=good + b"\n" + bad + b"\n" + good + b"\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer["confidence"] > 0 for answer in answers] == [True, False, True]
    assert answers[0] == answers[2]
    assert done.stderr.startswith(b"-:2: ")
    assert done.stderr.count(b"\n") == 1


def test_answers_come_while_the_input_is_open():
    """A program that asks link by link gets each answer at once."""
    command = [sys.executable, "-m", "tools.references", "categorize", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(LINK).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["kind"] == "paper"
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_list_is_compared_with_the_rules(tmp_path):
    """Each entry has a row that says where list and rules differ; the last line counts."""
    path = tmp_path / "list.yml"
    path.write_text(
        "- id: mikolov2013efficient\n  title: Word embeddings\n"
        "  url: https://arxiv.org/abs/1301.3781\n  kind: paper\n  topics: [language]\n"
        "- id: someone2020tree\n  title: Word embeddings\n"
        "  url: https://arxiv.org/abs/2001.00001\n  kind: book\n  topics: [vision]\n",
        encoding="utf-8",
    )
    done = run(str(path))
    rows = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert rows[1].split()[:3] == ["mikolov2013efficient", "paper/language", "paper/language"]
    assert "differs" in rows[0]
    assert rows[1].split()[4:] == []
    assert rows[2].endswith("kind, topic")
    assert rows[3] == "2 references: the kind agrees in 1, the main topic in 1."
