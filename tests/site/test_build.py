"""Building and serving the site with bare MkDocs."""

import http.client
import time
import urllib.error
import urllib.request
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

SECONDS_TO_SERVE = 60


def test_build_is_clean_in_a_folder_with_spaces(build_output):
    """Bare ``mkdocs build`` succeeds, strictly and without a warning, wherever the clone lies."""
    status, output = build_output
    assert status == 0, output
    assert [line for line in output.splitlines() if line.startswith(("WARNING", "ERROR"))] == []


def test_serve_starts_and_answers(run_mkdocs, free_port, clone, site):
    """Bare ``mkdocs serve`` serves the home page; it finds the notebooks run by the build."""
    serve = run_mkdocs("serve", "--dev-addr", f"127.0.0.1:{free_port}", folder=clone)
    try:
        assert "Deep Learning Notes" in answer(f"http://127.0.0.1:{free_port}/", serve)
    finally:
        serve.terminate()
        serve.communicate()


def answer(url, process):
    """Return the text at `url` as soon as the process serves it."""
    for _ in range(SECONDS_TO_SERVE * 5):
        assert process.poll() is None, process.communicate()[0]
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.read().decode()
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError):
            time.sleep(0.2)
    return pytest.fail(f"no answer within {SECONDS_TO_SERVE} s")


def test_every_internal_link_leads_somewhere(site):
    """Links, images, scripts and styles lead to files of the site, and fragments to elements."""
    documents = {
        path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in site.rglob("*.html")
        if path.name != "404.html"  # its links are absolute: it is shown at any address
    }
    targets = {
        path: {element["id"] for element in document.select("[id]")}
        | {anchor["name"] for anchor in document.select("a[name]")}
        for path, document in documents.items()
    }
    base = "http://notes/"
    broken = []
    for path, document in documents.items():
        here = base + path.relative_to(site).as_posix().removesuffix("index.html")
        for element in document.select("[href], [src]"):
            target = urlsplit(urljoin(here, element.get("href") or element.get("src")))
            if target.netloc != "notes":
                continue
            file = site / unquote(target.path).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            fragment = unquote(target.fragment)
            if not file.is_file():
                broken.append(f"{here}: {target.path}")
            elif fragment and not fragment.startswith("__") and fragment not in targets[file]:
                broken.append(f"{here}: {target.path}#{fragment}")
    assert broken == []
