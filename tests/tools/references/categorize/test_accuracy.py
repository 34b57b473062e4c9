"""How often the rules say what a person says.

Labels follow the definitions of the vocabularies and were given before any rule saw the link.
Links of the split ``tune`` have been learnt from, so that their floors only guard against getting
worse. Those of ``test`` have not, and must not be: what is measured on them is what to expect of
links never seen, which the first answers to them gave: kind .867, macro-F1 .860; topic .872, .865.
Whoever labelled them left out what could not be decided, so expect a little less of a random link.

``python -m tools.references.categorize.accuracy FILE`` prints the tables.
"""

import json

import pytest

from tools.references.categorize.accuracy import (
    accuracy,
    confusion,
    judge,
    macro_f1,
    main,
    reliability,
    report,
)
from tools.references.model import Kind, Topic

FLOORS = {
    # kind: accuracy, macro-F1; topic: accuracy, macro-F1
    "tune": (0.94, 0.94, 0.92, 0.92),
    "test": (0.86, 0.85, 0.86, 0.85),
}
PAIRS = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("c", "b")]


@pytest.mark.parametrize("split", FLOORS)
def test_accuracy_stays_above_its_floor(judged, split):
    """Accuracy and macro-F1 of kind and topic hold; what fails shows the confusion."""
    links = judged(split)
    kinds, topics = [link.kinds for link in links], [link.topics for link in links]
    found = (accuracy(kinds), macro_f1(kinds), accuracy(topics), macro_f1(topics))
    table = report(links)
    print(table)
    assert all(score >= floor for score, floor in zip(found, FLOORS[split], strict=True)), table


@pytest.mark.parametrize("split", FLOORS)
def test_confidence_is_how_often_the_verdict_is_right(judged, split):
    """In each bin of confidence about as many links are right as it says, or more."""
    links = judged(split)
    for count, said, right in reliability(links):
        slack = 0.05 + 1.5 * (said * (1 - said) / count) ** 0.5  # what chance may do to so few
        assert right >= said - slack, report(links)


def test_labels_are_words_of_the_vocabulary_and_no_link_is_in_both_splits(judged):
    """Each label is a kind or topic, every one of them occurs, and no address is counted twice."""
    links = [link for split in FLOORS for link in judged(split)]
    assert {link.kind for link in links} == set(Kind)
    assert {link.topic for link in links} == set(Topic)
    assert len({link.url for link in links}) == len(links)


def test_scores_by_hand():
    """Of five pairs three agree; F1 is 4/5 for a, 1/2 for b and 0 for c."""
    assert accuracy(PAIRS) == pytest.approx(0.6)
    assert macro_f1(PAIRS) == pytest.approx((0.8 + 0.5 + 0.0) / 3)


def test_confusion_has_a_row_for_what_persons_say():
    """The rules took a c for a b, and one of three a for a b."""
    assert [line.split() for line in confusion(PAIRS).splitlines()] == [
        ["a", "b", "c"],
        ["a", "2", "1", "·"],
        ["b", "·", "1", "·"],
        ["c", "·", "1", "·"],
    ]


def test_report_is_printed_for_each_split(tmp_path, capsys):
    """A file of links gives accuracy and confusion of kind and topic."""
    path = tmp_path / "links.jsonl"
    link = {"title": "Word embeddings", "url": "https://arxiv.org/abs/1301.3781"}
    rows = [
        {**link, "kind": kind, "topic": "language", "split": kind} for kind in ("paper", "news")
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main([str(path)]) == 0
    out = capsys.readouterr().out
    assert "== paper\nkind of 1 links: accuracy 1.000, macro-F1 1.000" in out
    assert "== news\nkind of 1 links: accuracy 0.000, macro-F1 0.000" in out
    assert out.count("topic of 1 links: accuracy 1.000") == 2


@pytest.mark.parametrize("text", ["no json", "[]", '{"title": "no label", "url": "x"}', None])
def test_file_that_cannot_be_read_gets_a_sentence(tmp_path, capsys, text):
    """What is no labelled link, or not there, is told in one line."""
    path = tmp_path / "links.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: ")


def test_bins_of_confidence_count_all_links():
    """Each link is in one bin, and what is right is counted by hand: one of two."""
    link = {"title": "Word embeddings", "url": "https://arxiv.org/abs/1301.3781"}
    rows = [{**link, "kind": kind, "topic": "language"} for kind in ("paper", "news")]
    links = judge(map(json.dumps, rows))
    assert reliability(links) == [(2, pytest.approx(links[0].rules.confidence), 0.5)]
