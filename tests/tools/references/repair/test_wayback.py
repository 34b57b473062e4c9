"""What is asked of the archive, what its answers mean, and when it is left in peace."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tools.references.repair.samples import snapshot
from tests.tools.references.strategies import always_alike
from tools.references.repair import wayback
from tools.references.repair.wayback import Snapshot, Unanswered, Wayback, built, question, read

PAGE = "https://a.org/x?y=1&z=é#part"
TAKEN = datetime(2015, 7, 3, 12, 0, 5, tzinfo=UTC)
NONE = (200, b'{"url": "a.org", "archived_snapshots": {}, "timestamp": "20150701"}')
FOUND = (200, json.dumps(snapshot("http://a.org/x", "20150703120005")).encode())


class Clock:
    """A clock that goes on only when somebody sleeps or asks."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


def archive(*answers: object) -> tuple[Wayback, list[str], Clock]:
    """Return an archive that gives these answers, what it is asked for, and its clock."""
    clock, asked, left = Clock(), list[str](), list(answers)

    def ask(url: str) -> wayback.Answer:
        asked.append(parse_qs(urlsplit(url).query)["url"][0])
        clock.now += 0.25
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[return-value]

    return Wayback(ask, clock=clock, sleep=clock.sleep), asked, clock


def test_question_is_as_the_documentation_has_it() -> None:
    """The address as one parameter, whatever is in it, and the middle of the year."""
    parts = urlsplit(question(PAGE, 2015))
    assert parts._replace(query="").geturl() == "https://archive.org/wayback/available"
    assert parse_qs(parts.query, strict_parsing=True) == {"url": [PAGE], "timestamp": ["20150701"]}


def test_no_snapshot_is_older_than_the_archive() -> None:
    """For a work of 1969 the first snapshots are the nearest."""
    assert question("a.org", 1969).endswith("timestamp=19960701")
    assert built("http://a.org/", 1969) == "https://web.archive.org/web/1996/http://a.org/"
    assert built("http://a.org/", 2015) == "https://web.archive.org/web/2015/http://a.org/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://web.archive.org/web/20150703120005/http://a.org:80/?x=1#y", None),
        ("https://web.archive.org/web/20150703120005id_/a.org", None),
        (
            "http://web.archive.org:80/web/20150703120005/http://a.org/",
            "20150703120005/http://a.org/",
        ),
    ],
)
def test_snapshot_is_taken_over_in_https(url: str, expected: str | None) -> None:
    """The scheme and a needless port apart, the address is the one that was answered."""
    body = json.dumps(snapshot("x", "20150703120005", url=url)).encode()
    rest = expected or url.partition("/web/")[2]
    assert read(body) == Snapshot(f"https://web.archive.org/web/{rest}", TAKEN)


@pytest.mark.parametrize("fields", [{"available": False}, {"status": "404"}, {"status": "301"}])
def test_snapshot_of_something_else_is_none(fields: dict[str, object]) -> None:
    """One that is not shown, or of an error or a redirect, does not help the reader."""
    assert read(json.dumps(snapshot("a.org", "20150703120005", **fields)).encode()) is None
    assert read(NONE[1]) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "http://web.archive.org.evil.example/web/20150703120005/http://a.org/"},
        {"url": "http://web.archive.org/save/20150703120005/http://a.org/"},
        {"url": "http://web.archive.org/web/20150703120005/"},
        {"url": "http://web.archive.org/web/20160703120005/http://a.org/"},
        {"url": "http://web.archive.org/web/201507031200051/http://a.org/"},
        {"url": "javascript://web.archive.org/web/20150703120005/http://a.org/"},
        {"url": "http://web.archive.org/web/20150703120005/http://a.org/ x"},
        {"url": "http://web.archive.org/web/20150703120005/http://a.org/\x1b[2J"},
        {"url": "http://web.archive.org/web/20150703120005/http://a.org/\ud800"},
        {"url": "http://web.archive.org:x/web/20150703120005/http://a.org/"},
        {"url": "http://[web.archive.org/web/20150703120005/http://a.org/"},
        {"url": None},
        {"url": ["http://web.archive.org/web/20150703120005/http://a.org/"]},
        {"url": "http://web.archive.org/web/20160703120005id_/http://a.org/"},
        {"timestamp": "2015"},
        {"timestamp": "2015070312000", "url": "http://web.archive.org/web/2015070312000/x"},
        {"timestamp": ""},
        {"timestamp": 20150703120005},
        {"timestamp": "20151303120005", "url": "http://web.archive.org/web/20151303120005/x"},
    ],
)
def test_address_that_is_no_snapshot_is_no_answer(fields: dict[str, object]) -> None:
    """Nothing gets into the list but what leads into the archive, to the moment that is told."""
    with pytest.raises(Unanswered, match="makes no sense"):
        read(json.dumps(snapshot("http://a.org/", "20150703120005", **fields)).encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
keys = ("url", "timestamp", "available", "status", "closest", "archived_snapshots")
like_answers = st.recursive(
    json_values | st.just({}), lambda inner: st.dictionaries(st.sampled_from(keys), inner)
)


@always_alike
@example(b"[" * 100_000)
@example(b"1" * 5000)
@example(b"\xff\xfe")
@example(b"<html><h1>429 Too Many Requests</h1></html>")
@example(b"")
@given(st.binary() | (json_values | like_answers).map(lambda value: json.dumps(value).encode()))
def test_garbage_is_no_answer(body: bytes) -> None:
    """Whatever comes, it is a snapshot, none, or no answer: nothing else is raised."""
    try:
        found = read(body)
    except Unanswered:
        return
    if found is None:
        assert b"archived_snapshots" in body
    else:
        assert found.url.startswith("https://web.archive.org/web/")


@always_alike
@given(name=st.sampled_from(keys[:4]), value=json_values)
def test_each_field_may_be_of_any_type(name: str, value: object) -> None:
    """A sound answer but for one field is as safe."""
    body = json.dumps(snapshot("http://a.org/", "20150703120005", **{name: value})).encode()
    test_garbage_is_no_answer.hypothesis.inner_test(body)


def test_page_is_asked_for_in_several_forms() -> None:
    """As it is, without scheme, and at former addresses, but each once and a few in all."""
    former = ["http://a.org/x", "http://b.org/", "https://b.org/", "http://c.org/", "http://d.org/"]
    way, asked, _ = archive(NONE, NONE, NONE, NONE)
    assert way.nearest(["https://a.org/x#part", *former], 2015) is None
    assert asked == ["https://a.org/x", "a.org/x", "b.org/", "c.org/"]


def test_first_snapshot_is_enough() -> None:
    """Nothing more is asked, and the reader is led to the part that was linked."""
    way, asked, _ = archive(NONE, FOUND)
    found = way.nearest(["https://a.org/x#part", "http://b.org/"], 2015)
    assert found == Snapshot(
        "https://web.archive.org/web/20150703120005/http://a.org/x#part", TAKEN
    )
    assert len(asked) == 2
    part = json.dumps(snapshot("http://a.org/x#y", "20150703120005")).encode()
    found = archive((200, part))[0].nearest(["https://a.org/x#part"], 2015)
    assert found == Snapshot("https://web.archive.org/web/20150703120005/http://a.org/x#y", TAKEN)
    assert archive(FOUND)[0].nearest(["https://a.org/x"], 2015) == Snapshot(
        "https://web.archive.org/web/20150703120005/http://a.org/x", TAKEN
    )


def test_questions_are_some_seconds_apart() -> None:
    """Counted from the end of the one before, whether it was answered or not: 24 a minute."""
    way, _, clock = archive(NONE, FOUND, Unanswered("timed out"), FOUND)
    way.nearest(["https://a.org/"], 2015)
    clock.now += 0.4
    with pytest.raises(Unanswered):
        way.nearest(["https://b.org/"], 2015)
    way.nearest(["https://c.org/"], 2015)
    assert clock.slept == pytest.approx([2.5, 2.1, 2.5])


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ([Unanswered("timed out"), (503, b"")], 2),
        ([(200, b"<html>"), Unanswered("timed out")], 2),
        ([(429, b"")], 1),
        ([FOUND, (302, b""), FOUND, (500, NONE[1]), (404, b"")], 5),
    ],
)
def test_archive_that_does_not_answer_is_left_in_peace(answers: list, questions: int) -> None:
    """After two failures in a row, or if it says so; what is asked later has no answer at once."""
    way, asked, clock = archive(*answers)
    told = []
    for _ in range(questions + 3):
        try:
            way.nearest(["https://a.org/"], 2015)
        except Unanswered as error:
            told.append(str(error))
    assert len(asked) == questions
    assert len(set(told[-4:])) == 1
    assert len(clock.slept) == questions - 1


def test_failure_on_the_way_is_no_answer() -> None:
    """That one form has no snapshot says nothing of the form that was not answered."""
    way, _, _ = archive(NONE, (503, b""))
    with pytest.raises(Unanswered, match="status 503"):
        way.nearest(["https://a.org/"], 2015)
