"""Titles: repairing what copying from PDFs and web pages does to them.

Each repair is a function from title to title that leaves a sound title alone. They know how text
gets damaged, not what works are called: a cut or wrong title is for a person to mend in the list.
"""

import re
from collections.abc import Callable
from itertools import pairwise

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
BRACKETS = {")": "(", "]": "[", "}": "{"}

# Words that end up glued to their neighbours when a PDF's narrow spaces are lost.
FUNCTION_WORDS = ("and", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with")
# Endings that only a whole English word has, so that what follows them was glued on.
NOUN_ENDINGS = ("ance", "ence", "ing", "ity", "ness", "sion", "tion")
# Words that stand for themselves in titles, never as halves of a product's name.
TITLE_WORDS = frozenset(
    {
        "Algorithms",
        "Architectures",
        "Classification",
        "Convolutional",
        "Generative",
        "Language",
        "Learning",
        "Models",
        "Networks",
        "Neural",
        "Optimization",
        "Recognition",
        "Recurrent",
        "Reinforcement",
        "Representations",
        "Sequences",
        "Supervised",
        "Systems",
        "Unsupervised",
    }
)

MINOR_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is"}
    | {"nor", "of", "on", "or", "the", "to", "via", "vs", "with"}
)
# Acronyms with vowels; one without any is told by that.
ACRONYMS = frozenset(
    {"AI", "ARIMA", "BERT", "CIFAR", "CUDA", "GAN", "GPU", "GRU", "ICA", "MIT", "OCR", "PCA", "VAE"}
    | {"II", "III", "IV", "VI"}
)


def undo_ligatures(title: str) -> str:
    """Return the title with ligatures as letters and without invisible characters."""
    letters = title.translate(LIGATURES)
    return "".join(letter for letter in letters if letter.isprintable() or letter.isspace())


def collapse_spaces(title: str) -> str:
    """Return the title with single spaces between words and none around it."""
    return " ".join(title.split())


def balance_brackets(title: str) -> str:
    """Return the title without the brackets that have no partner."""
    opened: list[int] = []
    stray: set[int] = set()
    for place, character in enumerate(title):
        if character in BRACKETS.values():
            opened.append(place)
        elif character in BRACKETS:
            if opened and title[opened[-1]] == BRACKETS[character]:
                opened.pop()
            else:
                stray.add(place)
    stray.update(opened)
    return "".join(character for place, character in enumerate(title) if place not in stray)


def split_glued_words(title: str) -> str:
    """Return the title with the spaces that were lost between its words.

    A function word glued between a noun's ending and a capital or a space shows a loss, and so does
    one glued before a capital. In a title that shows one, every pair of long capitalized words is
    parted; in any other only words that are no half of a name ("NeuralNetworks", but not
    "OpenFrameworks").
    """
    function = "|".join(FUNCTION_WORDS)
    endings = "|".join(NOUN_ENDINGS)
    parted = re.sub(rf"(\w{{3,}}(?:{endings}))({function})(?=[A-Z]|\b)", r"\1 \2", title)
    parted = re.sub(rf"\b({function})(?=[A-Z][a-z])", r"\1 ", parted)
    spaces_were_lost = parted != title

    def part(word: re.Match[str]) -> str:
        pieces: list[str] = re.findall(r"[A-Z][a-z]+", word[0])
        if spaces_were_lost and all(len(piece) >= 4 for piece in pieces):
            return " ".join(pieces)
        return pieces[0] + "".join(
            (" " if {left, right} <= TITLE_WORDS else "") + right
            for left, right in pairwise(pieces)
        )

    return re.sub(r"\b(?:[A-Z][a-z]+){2,}\b", part, parted)


def quiet_capitals(title: str) -> str:
    """Return a title that was all in capitals in title case, acronyms kept."""
    words = re.findall(r"[^\W\d_]{2,}", title)
    shouted = len(words) >= 3 and all(word.isupper() for word in words)
    if not shouted or all(map(_is_acronym, words)):
        return title

    def quiet(word: re.Match[str]) -> str:
        text = word[0]
        begins = not title[: word.start()].strip() or title[: word.start()].rstrip()[-1] in ":.?!"
        if text.lower() in MINOR_WORDS and not begins:
            return text.lower()
        if len(text) > 3 and text.endswith("S") and _is_acronym(text[:-1]):
            return text[:-1] + "s"
        if _is_acronym(text):
            return text
        return text.capitalize()

    return re.sub(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?", quiet, title)


def _is_acronym(word: str) -> bool:
    return word in ACRONYMS or not set(word) & set("AEIOUY")


# What is wrong, and the function that mends it; applied in this order.
REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("has ligatures or invisible characters", undo_ligatures),
    ("has needless spaces", collapse_spaces),
    ("has a bracket without its partner", balance_brackets),
    ("is all in capitals", quiet_capitals),
    ("has words run together", split_glued_words),
)


def repair(title: str) -> str:
    """Return the title with every known damage mended; a sound title is returned as it is."""
    for _, mend in REPAIRS:
        title = mend(title)
    return title


def title_key(title: str) -> str:
    """Return a key that is equal for two spellings of one title: its letters and digits."""
    return "".join(character for character in repair(title).casefold() if character.isalnum())
