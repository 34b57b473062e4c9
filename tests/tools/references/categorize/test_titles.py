"""Realistic titles: one word must not outweigh the rest, and known confusions are decided."""

import pytest

from tools.references.categorize import categorize

PDF = "https://www.example.edu/~lee/papers/lee2019.pdf"
POST = "https://blog.example.com/2019/05/one-evening"
PAPER = "https://arxiv.org/abs/2001.00001"
SITE = "https://www.example.org/"


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        # A thing's name that only describes another, or says what something is done with.
        ("Learning from Video: A Survey", PDF, "paper"),
        ("Dataset Distillation by Matching Trajectories", PDF, "paper"),
        ("A Dataset-Free Approach to Image Restoration", PDF, "paper"),
        ("Book Recommendation with Matrix Factorization", PDF, "paper"),
        ("Course Selection as a Bandit Problem", PDF, "paper"),
        ("Video Captioning with Hierarchical Attention", PDF, "paper"),
        ("Training Object Detectors on a Large Dataset", PDF, "paper"),
        ("Tool Use in Language Models", PDF, "paper"),
        ("Database Query Optimization with Neural Networks", PDF, "paper"),
        ("How I Built a Dataset Search Engine", POST, "tutorial"),
        ("What I Learned from a Video Lecture", POST, "tutorial"),
        # The same words where they name the thing.
        ("A Dataset for Reading Comprehension", SITE + "rc", "dataset"),
        ("The Challenge 2031", SITE + "files/item", "dataset"),
        ("Deep Learning Course", SITE + "dl", "course"),
        ("Deep Learning: The Textbook", SITE + "dl", "book"),
        ("Tutorial on Variational Inference", PDF, "tutorial"),
        # A sure place is not outweighed by one word.
        ("A Large Dataset of Handwritten Music", PAPER, "paper"),
        ("Tutorial: Diffusion Models", PAPER, "paper"),
        ("The Deep Learning Book Club", "https://www.youtube.com/watch?v=abc", "video"),
        (
            "My Favourite Deep Learning Course",
            "https://towardsdatascience.com/my-course",
            "tutorial",
        ),
        ("A New Dataset of Faces Raises Questions", "https://www.wired.com/story/faces/", "news"),
        ("Udacity Founder Presents a New MOOC", "https://techcrunch.com/2019/05/01/mooc/", "news"),
        ("Who Needs a Textbook?", "https://www.wired.com/story/who-needs/", "news"),
        # Tool and code; course, book and video.
        ("Lightning-fast sequence labelling toolkit", "https://github.com/owner/tagger", "code"),
        ("Tagger: a sequence labelling toolkit", "https://tagger.readthedocs.io/", "tool"),
        ("Tagger demo", "https://huggingface.co/spaces/owner/tagger", "tool"),
        ("Guide to Broadcasting", "https://numpy.org/neps/broadcasting", "tutorial"),
        ("Machine Learning Course - Lecture 1", "https://www.youtube.com/watch?v=abc", "video"),
        ("Machine Learning", "https://www.coursera.org/learn/machine-learning", "course"),
        ("Machine Learning Video Lectures", "https://vimeo.com/showcase/123", "video"),
        ("Machine Learning in Practice, 2nd Edition", "https://www.manning.com/books/ml", "book"),
        ("Statistics 101 (Fall 2021)", "https://www.example.edu/stat101/fall2021/", "course"),
        ("CS 777: Deep Networks", "https://cs777.example.edu/", "course"),
        ("Slides of lecture 3", "https://cs777.example.edu/lectures/3.pdf", "tutorial"),
        ("Deep Networks, Spring Term 2031", SITE + "networks", "course"),
        ("10-777: Deep Networks", SITE + "networks", "course"),
        ("Vorlesung: ein Kurs in neuronalen Netzen", SITE + "netze", "course"),
        # Numbers of pages and versions are no numbers of classes; "facebook" is no book.
        ("Deep networks at work", SITE + "stories/13617", "tutorial"),
        ("Acme", "https://facebook.github.io/acme/", "paper"),
        ("Acme 6.10", "https://acme.readthedocs.io/6.10/", "tool"),
        # A repository is code wherever it is kept.
        ("Tagger", "https://git.sr.ht/~owner/tagger", "code"),
        ("Tagger", "https://gitlab.example.org/owner/tagger", "code"),
    ],
)
def test_kind(title, url, kind):
    """The kind is what the whole of title and address say."""
    assert categorize(title, url).kind == kind


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        # The method stands beside the task, before or after it.
        ("End-to-End Object Detection with Transformers", "vision"),
        ("Attention for Speech Recognition", "speech"),
        ("Recurrent Networks for Machine Translation", "language"),
        ("Image Captioning using Recurrent Networks", "vision"),
        ("Architecture Search via Reinforcement Learning", "reinforcement"),
        ("Game-Theoretic Training of Generative Adversarial Networks", "generative"),
        ("Transfer Learning for Text Classification", "language"),
        ("Visualizing Attention in Transformers", "interpretability"),
        # General and applications where only the context tells.
        ("Deep Learning for Radiology", "applications"),
        ("Deep Learning: A Critical Appraisal of the Field", "general"),
        ("Machine Learning in Production", "general"),
        ("Machine Learning in Agriculture", "applications"),
        ("A History of Artificial Intelligence", "general"),
        ("Artificial Intelligence in Drug Discovery", "applications"),
        ("Predicting Crop Yield with Convolutional Networks", "applications"),
        ("Food for Thought: Pretraining of Large Language Models", "language"),
        # A stroke holds words together as a hyphen does.
        ("The Bias/Variance Trade", "training"),
        # What stuff is taught with, and who teaches it, is no subject.
        ("Supplementary Materials", "fundamentals"),
        ("A Curriculum of Deep Learning", "general"),
        ("University of Nottingham", "fundamentals"),  # as any paper whose title does not say
        ("Supervision", "fundamentals"),
        ("Automatic Construction", "fundamentals"),
    ],
)
def test_topic(title, topic):
    """The main topic is what the title as a whole is about."""
    assert categorize(title, PAPER).topic == topic


@pytest.mark.parametrize(
    ("url", "topic"),
    [
        ("https://www.cnn.com/2031/01/02/story.html", "general"),
        ("https://www.wsj.com/articles/story", "general"),
        ("https://theconversation.com/story", "general"),
        ("https://distill.pub/2031/story", "general"),
        ("https://speakerdeck.com/owner/story", "general"),
        # The name of an unknown site, and of one that is a tool, tells its subject.
        ("https://cnn-notes.example.org/story", "vision"),
        ("https://opencv.org/story", "vision"),
        # Where a site of many authors has one subject, its place says so.
        ("https://learnopencv.com/story", "vision"),
    ],
)
def test_name_of_a_host_for_all_subjects_is_no_topic(url, topic):
    """A story on cnn.com is not about convolutional networks."""
    assert categorize("A story", url).topic == topic


def test_why_gives_the_evidence_and_the_verdict():
    """The weightiest reasons stand before an arrow and what they speak for."""
    why = categorize("Understanding LSTM networks", "https://www.youtube.com/watch?v=abc").why
    kind, topic = why.split("; ")
    assert kind.startswith("host youtube.com, ")
    assert kind.endswith(" -> video")
    assert topic.startswith("'LSTM' in title")
    assert " -> sequences" in topic


def test_why_names_what_was_close():
    """A page that says little about its kind is told with the runner-up."""
    category = categorize("Acme", "https://www.acme.com/")
    assert "(close: organization)" in category.why or "(close: tool)" in category.why
    assert category.confidence < 0.5


def test_title_that_is_an_address_says_nothing_more():
    """A bare address, given as title too, is judged as the address."""
    url = "https://github.com/owner/speech-recognition"
    category = categorize(url, url)
    assert (category.kind, category.topic) == ("code", "speech")
    assert "in title" not in category.why
