"""Citation keys."""

from typing import Any

import pytest

from tools.references.keys import KEY, citation_key


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        (
            {
                "title": "Delving Deep into Rectifiers",
                "url": "https://arxiv.org/abs/1502.01852",
                "authors": ["He, Kaiming", "Zhang, Xiangyu"],
                "year": 2015,
            },
            "he2015delving",
        ),
        (
            {"title": "The Perceptron", "url": "https://a.org/", "authors": ["Gödel, K"]},
            "godelperceptron",
        ),
        (
            {"title": "Dota 2", "url": "https://a.org/", "authors": ["OpenAI"], "year": 2017},
            "openai2017dota",
        ),
        (
            {"title": "Bias of an estimator", "url": "https://en.wikipedia.org/wiki/B"},
            "wikipediabias",
        ),
        ({"title": "A guide", "url": "https://www.cs.ox.ac.uk/x"}, "oxguide"),
        ({"title": "Exploring LSTMs", "url": "https://colah.github.io/x"}, "colahexploring"),
        ({"title": "Gym", "url": "https://github.com/openai/gym"}, "openaigym"),
        ({"title": "AutoDraw", "url": "https://www.autodraw.com/"}, "autodraw"),
        ({"title": "Of the", "url": "https://a.org/"}, "aof"),
        ({"title": "深層学習", "url": "https://a.org/"}, "a"),
        ({"title": "x" * 30, "url": "https://a.org/"}, "a" + "x" * 24),
        ({"title": "3Blue", "url": "https://127.0.0.1/"}, "x03blue"),
    ],
)
def test_key_says_who_when_and_what(fields: dict[str, Any], key: str) -> None:
    """Author or site, year if known, first telling word, in ASCII."""
    assert citation_key(**fields) == key
    assert KEY.fullmatch(key)


def test_taken_keys_get_a_letter() -> None:
    """The second and third work with one key are told apart by b and c."""
    taken: list[str] = []
    for _ in range(3):
        taken.append(citation_key(title="Deep x", url="https://a.org/", taken=taken))
    assert taken == ["adeep", "adeepb", "adeepc"]
