"""The checker that everybody writes first: ``requests.get`` for each link, in some threads."""

import json
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

VERDICTS = ("alive", "hanging", "others")


def main(source: Path, answer: Path, timeout_s: float, threads: int) -> None:
    """Write how many links of a Markdown file are alive, and how many hang."""
    links = re.findall(r"\]\((.*?)\)", source.read_text())
    with ThreadPoolExecutor(threads) as pool:
        found = Counter(pool.map(lambda link: verdict(link, timeout_s), links))
    answer.write_text(json.dumps({name: found[name] for name in VERDICTS}))


def verdict(link: str, timeout_s: float) -> str:
    """Return what became of a link."""
    try:
        return "alive" if requests.get(link, timeout=timeout_s).ok else "others"
    except requests.Timeout:
        return "hanging"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
