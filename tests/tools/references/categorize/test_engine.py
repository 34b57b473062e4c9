"""Promises that hold of every answer, and the decisions the package documents."""

import pytest

from tools.references.categorize import categorize
from tools.references.model import Kind, Topic

ODD = [
    (None, None),
    ("", ""),
    ("   ", "https://arxiv.org/abs/1706.03762"),
    ("Word embeddings", None),
    ("Word embeddings", "not an address"),
    ("Word embeddings", "http://["),
    ("Word embeddings", "https:///nohost"),
    (None, "https://github.com/owner/name"),
    (None, "https://github.com/owner/speech-recognition"),
]


@pytest.mark.parametrize(("title", "url"), ODD)
def test_odd_input_is_answered_with_low_confidence(title, url):
    """What is missing or makes no sense is named in why, and the confidence is low."""
    category = categorize(title, url)
    assert category.confidence <= 0.35
    assert category.why.startswith("no ")


@pytest.mark.parametrize(
    ("title", "url"),
    [
        *ODD,
        ("x" * 100_000, "https://example.org/" + "y/" * 50_000),
        ("\ud800", "https://example.org/\ud800"),
        ("深度学习 — «Обучение» 🤖", "https://пример.рф/статья"),
        ("https://arxiv.org/abs/1512.03385", "https://arxiv.org/abs/1512.03385"),
        ("Lecture", "lectures.example.edu/cs101/notes.pdf"),
    ],
)
def test_every_answer_keeps_its_form(title, url):
    """One kind, one to three different topics of the vocabulary, a confidence of 0 to 1, a why."""
    category = categorize(title, url)
    assert category.kind in Kind
    assert 1 <= len(category.topics) <= 3
    assert len(set(category.topics)) == len(category.topics)
    assert all(topic in Topic for topic in category.topics)
    assert category.topic is category.topics[0]
    assert 0 <= category.confidence <= 1
    assert category.why
    assert categorize(title, url) == category


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/owner/deep-learning-course", Kind.CODE),
        ("https://github.com/owner/name/tree/main/lectures", Kind.CODE),
        ("https://github.com/owner/name/blob/main/sheet.pdf", Kind.TUTORIAL),
        ("https://www.youtube.com/playlist?list=PL0123456789", Kind.VIDEO),
        ("https://deepmind.com/blog/some-new-result/", Kind.TUTORIAL),
        ("https://openai.com/", Kind.ORGANIZATION),
        ("https://www.nytimes.com/2020/01/02/technology/story.html", Kind.NEWS),
        ("https://huggingface.co/datasets/owner/name", Kind.DATASET),
    ],
)
def test_documented_decisions_hold(url, kind):
    """A place decides hard cases as the rule files say, whatever the title."""
    assert categorize("Deep networks", url).kind is kind


@pytest.mark.parametrize(
    ("title", "main", "second"),
    [
        ("Speech recognition with recurrent networks", Topic.SPEECH, Topic.SEQUENCES),
        ("Convolutional networks for tumor segmentation", Topic.APPLICATIONS, Topic.VISION),
        ("Visualizing recurrent networks", Topic.INTERPRETABILITY, Topic.SEQUENCES),
        ("Trading with reinforcement learning", Topic.REINFORCEMENT, Topic.APPLICATIONS),
    ],
)
def test_main_topic_follows_the_stated_principles(title, main, second):
    """Task over method, domain over task, inspection over model; the other topic comes second."""
    assert categorize(title, "https://arxiv.org/abs/2001.00001").topics[:2] == (main, second)


@pytest.mark.parametrize(
    ("title", "kind", "topic"),
    [
        ("MNIST", Kind.DATASET, Topic.VISION),
        ("DeepMind", Kind.ORGANIZATION, Topic.GENERAL),
        ("LibriSpeech", Kind.DATASET, Topic.SPEECH),
        ("The Elements of Statistical Learning", Kind.BOOK, Topic.MATHEMATICS),
    ],
)
def test_title_that_is_a_name_tells_the_kind(title, kind, topic):
    """At a place that says nothing, a name alone is enough."""
    category = categorize(title, "https://example.org/files/item")
    assert (category.kind, category.topic) == (kind, topic)


def test_name_within_a_longer_title_does_not_tell_the_kind():
    """A post that mentions a data set is no data set."""
    title = "How we got to 99 percent on MNIST in one evening"
    assert categorize(title, "https://example.org/2019/05/01/evening").kind is Kind.TUTORIAL


def test_acronym_at_the_end_of_a_name_is_read():
    """A variant of a model is about what the model is about."""
    url = "https://github.com/owner/name"
    assert categorize("XYGANs", url).topic is Topic.GENERATIVE
    assert categorize("MedLLM", url).topic is Topic.LANGUAGE


def test_folder_is_what_is_below_it():
    """The index of a blog is judged as its posts, not as the home page of its owner."""
    assert categorize("Blog", "https://openai.com/blog/").kind is Kind.TUTORIAL
    assert categorize("OpenAI", "https://openai.com/").kind is Kind.ORGANIZATION


def test_most_specific_place_decides():
    """A community is an organization, a discussion in it is a post."""
    community = "https://www.reddit.com/r/MachineLearning/"
    assert categorize("Machine Learning", community).kind is Kind.ORGANIZATION
    discussion = community + "comments/abc123/advice/"
    assert categorize("Machine Learning", discussion).kind is Kind.TUTORIAL


def test_capitals_tell_a_name_from_a_word():
    """LIME is a method of explaining; lime is a fruit."""
    url = "https://arxiv.org/abs/2001.00001"
    assert categorize("LIME revisited", url).topic is Topic.INTERPRETABILITY
    assert Topic.INTERPRETABILITY not in categorize("Growing lime trees", url).topics


@pytest.mark.parametrize(
    ("title", "url", "topic"),
    [
        ("ResNet50", "https://arxiv.org/abs/2001.00001", Topic.VISION),
        ("Acme", "https://fastdropout.example.org/", Topic.TRAINING),
        ("Acme", "https://subdivision.example.org/", Topic.GENERAL),
        ("A talk", "https://www.youtube.com/watch?v=aRL4w9WgXcQ", Topic.GENERAL),
    ],
)
def test_words_within_words_are_read_with_care(title, url, topic):
    """A name is found before its version, a long word beside a short one, none in a key."""
    assert categorize(title, url).topic is topic


def test_ligatures_and_glued_words_are_read():
    """A title torn out of a PDF means the same as the clean one."""
    url = "https://example.org/a.pdf"
    torn = categorize("Image Classiﬁcation with ConvolutionalNetworks", url)
    assert torn == categorize("Image Classification with Convolutional Networks", url)


def test_why_names_the_evidence():
    """A reader sees which site and which words decided."""
    why = categorize("Gradient descent", "https://en.wikipedia.org/wiki/Gradient_descent").why
    assert "host wikipedia.org" in why
    assert "'Gradient descent' in title" in why
