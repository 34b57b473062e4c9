"""What is known of particular sites: tables, and one small rule for each site with many addresses.

Data rather than cleverness: a site that is not here is left alone.
"""

import re
from collections.abc import Callable, Set
from urllib.parse import SplitResult, unquote, urlsplit

# Sites known to answer over https, sub-domains included. Any other http address stays http.
HTTPS_SITES = frozenset(
    {
        "aclanthology.org",
        "acm.org",
        "arxiv.org",
        "aws.amazon.com",
        "bioinf.jku.at",
        "blog.echen.me",
        "cs.toronto.edu",
        "cs231n.stanford.edu",
        "deeplearningbook.org",
        "deepmind.google",
        "distill.pub",
        "doi.org",
        "engineering.fb.com",
        "github.com",
        "github.io",
        "google.com",
        "huggingface.co",
        "ieee.org",
        "image-net.org",
        "jmlr.org",
        "kaggle.com",
        "keras.io",
        "machinelearningmastery.com",
        "manning.com",
        "medium.com",
        "nature.com",
        "neurips.cc",
        "nips.cc",
        "nvidia.com",
        "openai.com",
        "openreview.net",
        "proceedings.mlr.press",
        "python.org",
        "pytorch.org",
        "readthedocs.io",
        "sciencedirect.com",
        "setosa.io",
        "springer.com",
        "technologyreview.com",
        "tensorflow.org",
        "thecvf.com",
        "tutorial.math.lamar.edu",
        "wikipedia.org",
        "wiley.com",
        "withgoogle.com",
        "youtu.be",
        "youtube.com",
    }
)

# The hosts that show one video under many addresses; music.youtube.com and others are their own.
YOUTUBE_HOSTS = frozenset(
    {
        "m.youtube.com",
        "www.youtube-nocookie.com",
        "www.youtube.com",
        "youtube-nocookie.com",
        "youtube.com",
    }
)
YOUTUBE_PLAYERS = ("videoseries", "live_stream")  # as long as a video's name, but none

# Query parameters that tell where a reader came from, not what to show.
TRACKING_PREFIXES = ("utm_", "hsa_", "mc_", "pk_")
TRACKING = frozenset(
    {
        "adbsc",
        "adbid",
        "adbpl",
        "adbpr",
        "dclid",
        "fbclid",
        "gclid",
        "gclsrc",
        "igshid",
        "mkt_tok",
        "msclkid",
        "twclid",
        "wbraid",
        "yclid",
        "_ga",
        "_hsenc",
        "_hsmi",
    }
)
TRACKING_BY_SITE: dict[str, frozenset[str]] = {
    "technologyreview.com": frozenset({"set"}),
    "youtube.com": frozenset({"ab_channel", "app", "feature", "pp", "si", "time_continue"}),
    "youtu.be": frozenset({"ab_channel", "feature", "pp", "si"}),
}

ARXIV_ID = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
DOI = r"10\.\d{4,9}/\S+"
ARXIV_DOI = rf"10\.48550/(?i:arxiv)\.({ARXIV_ID})(?:v\d+)?"
IN_A_PATH = str.maketrans({"#": "%23", "?": "%3F"})

# Publishers that show a work under its DOI, and how. What follows a DOI there may be a part of the
# page, so that one with a slash of its own is left alone; and ACM numbers works that it has from
# others with 10.5555, which is no DOI.
DOI_SITES = frozenset(
    {
        "dl.acm.org",
        "epubs.siam.org",
        "journals.sagepub.com",
        "link.springer.com",
        "onlinelibrary.wiley.com",
        "pnas.org",
        "science.org",
        "tandfonline.com",
    }
)
DOI_PAGE = (
    r"/(?:article|book|chapter|content/pdf|doi(?:/(?:abs|book|epdf|full|fullHtml|pdf))?)"
    r"/(10\.(?!5555/)\d{4,9}/[^/\s]+?)(?:\.pdf)?/?"
)
NATURE_PAGE = r"/articles/(nature\d{5}|s\d{5}-\d{3}-\d{4,5}-\w)(?:\.e?pdf)?"

# Sites that are gone or have moved for good, by host or host and path, and where to look instead.
GONE = {
    "ai.googleblog.com": "has moved to research.google/blog",
    "aclweb.org/anthology": "has moved to aclanthology.org",
    "blog.kaggle.com": "has moved to medium.com/kaggle-blog",
    "blog.openai.com": "has moved to openai.com/index",
    "citeseerx.ist.psu.edu/viewdoc": "broke its old identifiers in 2022",
    "code.facebook.com": "has moved to engineering.fb.com",
    "code.fb.com": "has moved to engineering.fb.com",
    "deepmind.com": "has moved to deepmind.google",
    "getrevue.co": "was shut down on 18 January 2023",
    "gym.openai.com": "has moved to gymnasium.farama.org",
    "keon.io": "has moved to keon.github.io",
    "pudn.com": "holds copies that its users uploaded",
    "sites.google.com/a": "was switched off in 2021",
    "skymind.ai": "is gone; its wiki went to wiki.pathmind.com",
    "wildml.com": "has moved to dennybritz.com",
}

Parts = SplitResult
Rule = Callable[[Parts], Parts]


def arxiv_url(identifier: str) -> str:
    """Return the address of an arXiv paper's abstract."""
    return f"https://arxiv.org/abs/{identifier}"


def doi_url(doi: str) -> str:
    """Return the address that resolves a DOI, which may hold what would end an address's path."""
    return f"https://doi.org/{doi.translate(IN_A_PATH)}"


def doi_in(parts: SplitResult) -> str | None:
    """Return the DOI of the work that a canonical address shows, be it a publisher's, or None."""
    host = str(parts.hostname)
    if host == "doi.org":
        found = re.fullmatch(rf"/({DOI})", parts.path)
    elif site_in(host, DOI_SITES):
        found = re.fullmatch(DOI_PAGE, parts.path)
    elif site_in(host, {"nature.com"}):
        article = re.fullmatch(NATURE_PAGE, parts.path)
        return f"10.1038/{article[1]}" if article else None
    else:
        return None
    return unquote(found[1]) if found else None


def site_in(host: str, sites: Set[str]) -> bool:
    """Return whether a host is one of the sites or a sub-domain of one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in sites for start in range(len(labels)))


def gone(url: str) -> str | None:
    """Return what is known of an address whose site is gone, or None."""
    parts = urlsplit(url)
    for place, what in GONE.items():
        host, slash, path = place.partition("/")
        folder = f"/{path}{slash}"
        if site_in(str(parts.hostname), {host}) and f"{parts.path}/".startswith(folder):
            return what
    return None


def _arxiv(parts: Parts) -> Parts:
    """Abstract page without version: the work, not one of its files."""
    found = re.match(rf"/(?:abs|pdf|html|ps|format)/({ARXIV_ID})(?:v\d+)?(?:\.pdf)?/?$", parts.path)
    return urlsplit(arxiv_url(found[1])) if found else parts


def _doi(parts: Parts) -> Parts:
    """The one resolver, whose old names still work; a DOI has no fragment of its own."""
    found = re.fullmatch(rf"/({DOI})", parts.path)
    if not found:
        return parts
    preprint = re.fullmatch(ARXIV_DOI, found[1])  # it leads to the paper's abstract
    return urlsplit(arxiv_url(preprint[1]) if preprint else doi_url(found[1]))


def _youtube(parts: Parts) -> Parts:
    """The watch page, from short, embedded and mobile addresses; other parameters follow ``v``."""
    is_short = parts.hostname in ("youtu.be", "www.youtu.be")
    if not is_short and parts.hostname not in YOUTUBE_HOSTS:
        return parts
    parameters = [p for p in parts.query.split("&") if p]
    folder = "/" if is_short else "/(?:embed|v|shorts|live)/"
    found = re.fullmatch(rf"{folder}([\w-]{{11}})/?", parts.path, re.ASCII)
    if found and found[1] not in YOUTUBE_PLAYERS:
        video = f"v={found[1]}"
    elif parts.path.rstrip("/") == "/watch":
        video = next((p for p in parameters if p.startswith("v=")), "")
    else:
        video = ""
    if not video:
        return parts
    rest = [p for p in parameters if not p.startswith("v=")]
    return parts._replace(netloc="www.youtube.com", path="/watch", query="&".join([video, *rest]))


def _wikipedia(parts: Parts) -> Parts:
    """The desktop page, which shows itself well on a phone too."""
    return parts._replace(netloc=parts.netloc.replace(".m.wikipedia.", ".wikipedia."))


def _github(parts: Parts) -> Parts:
    """The repository's page rather than the address to clone from."""
    return parts._replace(
        netloc=parts.netloc.removeprefix("www."),
        path=re.sub(r"^(/[^/]+/[^/]+?)\.git/?$", r"\1", parts.path),
    )


def _acl(parts: Parts) -> Parts:
    """The paper's page in the ACL Anthology, from its former home and from the PDF."""
    home = r"(?:/anthology)" if site_in(str(parts.hostname), {"aclweb.org"}) else ""
    paper = r"([A-Z]\d\d-\d{4}|\d{4}\.[\w.-]+?\.\d+)(?:v\d+)?(?:\.pdf)?/?$"
    found = re.match(rf"{home}/(?:[A-Z]/[A-Z]\d\d/)?{paper}", parts.path)
    return urlsplit(f"https://aclanthology.org/{found[1]}/") if found else parts


def _openreview(parts: Parts) -> Parts:
    """The paper's forum rather than its PDF."""
    return parts._replace(path=re.sub(r"^/pdf$", "/forum", parts.path))


def _pmlr(parts: Parts) -> Parts:
    """The paper's page rather than its PDF."""
    found = re.match(r"/(v\d+)/(?:([^/.]+)/)?([^/.]+)\.pdf$", parts.path)
    return parts._replace(path=f"/{found[1]}/{found[3]}.html") if found else parts


def _neurips(parts: Parts) -> Parts:
    """The paper's abstract rather than its PDF."""
    path = re.sub(r"/file/([0-9a-f]+)-Paper([\w-]*)\.pdf$", r"/hash/\1-Abstract\2.html", parts.path)
    return parts._replace(path=re.sub(r"^(/paper/\d+-[^/]+)\.pdf$", r"\1", path))


# What a site is known to serve under several addresses, and which of them is the work's own.
SITE_RULES: dict[str, Rule] = {
    "aclanthology.org": _acl,
    "aclweb.org": _acl,
    "arxiv.org": _arxiv,
    "doi.org": _doi,
    "github.com": _github,
    "nips.cc": _neurips,
    "neurips.cc": _neurips,
    "openreview.net": _openreview,
    "proceedings.mlr.press": _pmlr,
    "wikipedia.org": _wikipedia,
    "youtu.be": _youtube,
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
}
