"""The rule files: a slip of the pen is told by file and line, and never ends in a traceback."""

import io
import shutil

import pytest

from tools.references import cli
from tools.references.categorize import accuracy, engine, rules
from tools.references.categorize.rule_file import RulesError
from tools.references.categorize.rules import FOLDER, load
from tools.references.categorize.words import key_of
from tools.references.model import Topic

SLIPS = [
    ("kinds.toml", "[title.paper]", "[title.papper]", '"papper" is no kind; known: paper, book'),
    ("kinds.toml", "\nnews = 0.0", "\nnews = true", '"news" must be a number'),
    ("kinds.toml", "\nnews = 0.0", "", '"news" is missing in [prior]'),
    ("kinds.toml", "[prior]", "[pryor]", "the section [prior] is missing"),
    ("kinds.toml", "[prior]", "[pryor]", '"pryor" is no section of this file'),
    ("topics.toml", "[words.vision]", "[words.visoin]", '"visoin" is no topic; known: general'),
    ("topics.toml", "[words.vision]\nstrong", "[words.vision]\nstrnog", '"strnog" is no weight'),
    ("topics.toml", '"tracking"', '"tracking", "tracking"', '"tracking" stands in [words.vision]'),
    ("topics.toml", '"tracking"', '"tracking", "cameras"', '"cameras" is the same as "camera"'),
    ("topics.toml", '"tracking"', '"tracking", 7', '"medium" lists 7, which is no text'),
    ("topics.toml", '"tracking"', '"tracking", "++"', '"++" has no letter or number'),
    ("topics.toml", '"speech",\n', "", '"specific_first" must list each word once'),
    ("topics.toml", "[prior]", "[prior]\nbok = {}", '"bok" is not known here'),
    ("topics.toml", "\nbook = {", "\nbook = { arts = 1.0, ", '"arts" is no topic'),
    (
        "places.toml",
        '"arxiv.org",',
        '"https://arxiv.org",',
        "must begin with the host, without http",
    ),
    ("places.toml", '"arxiv.org",', '"arXiv.org",', "must be in small letters"),
    ("places.toml", '"arxiv.org",', '"arxiv.org", "**",', "is no place"),
    ("places.toml", '"arxiv.org",', '"arxiv.org" "x.org",', "is not TOML"),
    ("places.toml", 'one_subject = ["tool",', 'one_subject = ["tol",', '"tol" is no kind'),
    ("places.toml", "one_subject = ", "two_subjects = ", '"one_subject" is missing'),
    ("traits.toml", '"home page" =', '"homepage" =', '"homepage" is not known here'),
    ("traits.toml", 'course = "strong"', 'course = "stong"', '"stong" is no weight'),
    ("traits.toml", "video_files = ", "video_files = 7 # ", '"video_files" must be a list'),
    ("weights.toml", "again = 0.5", 'again = "half"', '"half" is no weight'),
    ("weights.toml", "settles = 12.0", "settles = nan", '"settles" must be a number'),
    ("names.toml", "\nbooks = {", "\nboks = {", '"boks" is not known here'),
    ("grammar.toml", 'purpose_after = ["for"]', "", '"purpose_after" is missing'),
]


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the rules."""
    return shutil.copytree(FOLDER, tmp_path / "rules")


@pytest.mark.parametrize(("name", "old", "new", "message"), SLIPS)
def test_slip_is_told_with_its_file(folder, name, old, new, message):
    """Each fault is one line: the file, the line where it can be found, and a sentence."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load(folder)
    told = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in told)
    assert any(message in line for line in told)


def test_line_is_that_of_the_fault(folder):
    """The second of two equal phrases is named, by the line it stands in."""
    path = folder / "kinds.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = lines.index("[noun.video]") + 1
    lines.insert(number, 'likely = ["nickelodeon"]')
    lines.insert(number + 1, 'slight = ["nickelodeons"]')
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RulesError, match=rf'kinds\.toml:{number + 2}: "nickelodeons" is the same'):
        load(folder)


def test_all_faults_of_a_file_are_told(folder):
    """Two slips in one file are two lines."""
    path = folder / "traits.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"certain"', '"sertain"'), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load(folder)
    assert str(caught.value).count('"sertain" is no weight') == 2


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_file_that_cannot_be_read_is_named(folder, content):
    """A missing file and one that is no text are told as well."""
    path = folder / "places.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RulesError, match=r"places\.toml: (cannot be read|is not UTF-8)"):
        load(folder)


ENTRY = (
    "- id: someone2020tree\n  title: Trees\n  url: https://example.org/trees\n"
    "  kind: book\n  topics: [vision]\n"
)


@pytest.fixture
def broken(folder, monkeypatch):
    """Return the file with a slip in the rules that commands use."""
    path = folder / "weights.toml"
    path.write_text("[strength]\nmedium = two\n", encoding="utf-8")
    monkeypatch.setattr(rules, "FOLDER", folder)
    engine._ours.cache_clear()
    yield path
    engine._ours.cache_clear()


@pytest.mark.parametrize(
    "command",
    [
        ["categorize", "-"],
        ["categorize", "LIST"],
        ["validate", "--list", "LIST"],
        ["add", "--list", "LIST", "https://example.org/other"],
    ],
)
def test_commands_end_with_the_sentence(broken, tmp_path, monkeypatch, capsys, command):
    """Every command that categorizes tells what is wrong, ends with status 2 and writes nothing."""
    path = tmp_path / "list.yml"
    path.write_text(ENTRY, encoding="utf-8")
    line = b'{"title": "x", "url": "y.org"}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert cli.main([str(path) if word == "LIST" else word for word in command]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"{broken}:2: is not TOML")
    assert told.err.count("\n") == 1
    assert path.read_text(encoding="utf-8") == ENTRY


def test_accuracy_ends_with_the_sentence(broken, tmp_path, capsys):
    """Who measures rules that have just been broken is told where."""
    path = tmp_path / "links.jsonl"
    path.write_text('{"title": "x", "url": "y.org", "kind": "tool", "topic": "vision"}')
    assert accuracy.main([str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{broken}:2: is not TOML")


def test_new_phrase_counts_at_once(folder):
    """A line in a file is all that a new rule needs."""
    link = "Snorfblat revisited", "https://example.org/x.pdf"
    before = engine.Categorizer(load(folder)).categorize(*link)
    path = folder / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[words.speech]", '[words.speech]\nslight = ["snorfblat"]'))
    after = engine.Categorizer(load(folder)).categorize(*link)
    assert (before.topic, after.topic) != ("speech", before.topic)
    assert after.topic == "speech"
    assert "'Snorfblat' in title -> speech" in after.why


def test_larger_weight_counts_of_a_name_that_is_also_a_phrase(folder):
    """What the topics say of it is not undone by what its group of names says."""
    for name, old, new in (
        ("topics.toml", "[words.speech]\n", '[words.speech]\ncertain = ["snorfblat"]\n'),
        ("names.toml", '"AudioLM",', '"AudioLM", "snorfblat",'),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert load(folder).topic_words["snorfblat"] == {Topic.SPEECH: 6.0}


def test_key_of_a_phrase():
    """Plurals and hyphens are the same phrase; a capital makes a name, found as it is written."""
    assert key_of("data sets") == key_of("data-set") == ("data", "set")
    assert key_of("LIME") == ("LIME",)
