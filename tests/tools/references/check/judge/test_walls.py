"""Walls by header, address and status; what they show is told by the pages of test_rot."""

import pytest

from tools.references.check.fetch.page import Page
from tools.references.check.judge.evidence import Evidence
from tools.references.check.judge.walls import wall
from tools.references.check.outcome import Fault, Hop, Outcome


def answered(*urls: str, status: int = 200, page: Page | None = None, **headers: str) -> Evidence:
    """Return an answer at the last of the addresses, to which the others were redirected."""
    *before, last = urls or ("https://e.example/p",)
    hops = (*(Hop(url, 302) for url in before), Hop(last, status))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Evidence(Outcome(hops=hops, asked=last, headers=named, page=page))


@pytest.mark.parametrize("status", [200, 202, 403, 404, 405, 429, 503])
@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"cf_mitigated": "challenge"}, "a test for being human (Cloudflare)"),
        ({"cf_mitigated": " Challenge "}, "a test for being human (Cloudflare)"),
        ({"x_amzn_waf_action": "challenge"}, "a test for being human (AWS WAF)"),
        ({"x_amzn_waf_action": "captcha"}, "a test for being human (AWS WAF)"),
        ({"x_vercel_mitigated": "deny"}, "a test for being human (Vercel)"),
    ],
)
def test_header_names_the_wall_whatever_the_status(status, header, reason):
    """A wall that names itself is one, with success and with any refusal."""
    assert wall(answered(status=status, **header)) == reason


@pytest.mark.parametrize(
    "headers",
    [
        {"cf_ray": "8a1", "server": "cloudflare"},
        {"cf_mitigated": "none"},
        {"x_iinfo": "1-2", "x_cdn": "Incapsula"},
        {"x_datadome": "protected"},
    ],
)
def test_headers_of_every_page_behind_a_wall_are_none(headers):
    """Being served by such a company is not being refused by it."""
    page = Page(title="Notes", words=300, complete=True)
    assert wall(answered(page=page, **headers)) is None


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_page_of_a_wall_counts_with_any_status(status):
    """The reason says more than the status could."""
    page = Page(title="Just a moment...", scripted=True)
    assert wall(answered(status=status, page=page)) == "a test for being human (Cloudflare)"


@pytest.mark.parametrize(
    ("status", "reason"), [(200, "denies access"), (403, None), (404, None), (503, None)]
)
def test_plain_refusal_is_left_to_its_status_if_that_is_honest(status, reason):
    """Only a refusal under a status of success has to be told from a page."""
    page = Page(title="403 Forbidden", heading="403 Forbidden", text="nginx", words=3)
    assert wall(answered(status=status, page=page)) == reason


SIGN_IN_PAGE = Page(title="Sign in", words=12, password=True)


@pytest.mark.parametrize(
    "end",
    [
        "https://e.example/login",
        "https://e.example/en/login.php?next=%2Fp",
        "https://e.example/users/sign_in",
        "https://e.example/accounts/signin/",
        "https://e.example/Account/LogOn?ReturnUrl=%2fp",
        "https://e.example/wp-login.php?redirect_to=x",
        "https://www.linkedin.example/authwall?trk=x",
        "https://sso.uni.example/cas",
        "https://login.uni.example/",
        "https://accounts.google.com/ServiceLogin?continue=x",
        "https://login.microsoftonline.com/common/oauth2/authorize?client_id=1",
        "https://id.example/oauth/authorize?redirect_uri=https%3A%2F%2Fe.example%2Fp",
        "https://fs.uni.example/adfs/ls/?SAMLRequest=fZJ",
        "https://e.example/session?return_to=%2Fp",
    ],
)
@pytest.mark.parametrize("page", [None, SIGN_IN_PAGE, Page(title="Welcome", scripted=True)])
def test_redirect_to_a_sign_in_address_asks_for_a_login(end, page):
    """Whatever that page shows: a script may still have to write its form."""
    assert wall(answered("https://e.example/p", end, page=page)) == "asks for a login"


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_sign_in_address_that_fails_is_judged_by_its_status(status):
    """A door that is not there is no door."""
    end = "https://e.example/login"
    assert wall(answered("https://e.example/p", end, status=status, page=SIGN_IN_PAGE)) is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("http://e.example/login", "https://e.example/users/sign_in?next=/"),
        ("https://e.example/login", "https://e.example/login"),
        ("https://accounts.google.com/", "https://accounts.google.com/v3/signin"),
        ("https://e.example/p", "https://e.example/authors/p"),
        ("https://e.example/p", "https://e.example/catalog/in"),
        ("https://e.example/p", "https://e.example/users/rowan"),
        ("https://e.example/p", "https://e.example/users/rowan?from=/list"),
        ("https://e.example/p", "https://e.example/accounts/rowan?next=2"),
        ("https://e.example/p", "https://e.example/p?next=2"),
    ],
)
def test_other_redirects_ask_for_nothing(start, end):
    """A sign-in page that was meant, and addresses that only look a little like one."""
    assert wall(answered(start, end, page=Page(title="Rowan", words=300))) is None


@pytest.mark.parametrize(
    ("page", "is_wall"),
    [
        (Page(title="Log in | Society", words=20, password=True), True),
        (Page(title="Society", heading="Connexion", words=20, password=True), True),
        (Page(title="Login • Photos", words=0, scripted=True), True),
        (Page(title="Login • Photos", heading="Photos", words=9, scripted=True), False),
        (Page(title="Log in | Society", words=20), False),
        (Page(title="Society", words=20, password=True), False),
        (Page(title="Log in | Society", words=400, password=True), False),
        (Page(title="How to log in to a cluster", words=20, password=True), False),
    ],
)
def test_page_that_shows_little_but_a_password_field_asks_for_a_login(page, is_wall):
    """Title, field and shortness together; none of them alone."""
    assert (wall(answered(page=page)) is not None) is is_wall


@pytest.mark.parametrize(
    ("query", "password", "is_wall"),
    [("", False, False), ("", True, True), ("?next=%2Fp", False, True)],
)
def test_guide_to_signing_in_may_stand_at_such_an_address(query, password, is_wall):
    """It is long, asks for nothing, and is not told where to go afterwards."""
    page = Page(title="Login - Docs", words=300, password=password)
    answer = answered("https://e.example/p", f"https://e.example/docs/login{query}", page=page)
    assert (wall(answer) is not None) is is_wall


def test_address_after_a_redirect_may_be_the_walls_own():
    """Some walls stand on hosts of their own, and one on a path of Google's."""
    start = "https://e.example/p"
    assert "Radware" in str(wall(answered(start, "https://validate.perfdrive.com/?a")))
    assert "DataDome" in str(wall(answered(start, "https://geo.captcha-delivery.com/captcha/")))
    consent = "https://consent.youtube.com/m?continue=x"
    assert wall(answered(start, consent)) == "asks for consent to cookies"
    sorry = "https://www.google.co.uk/sorry/index?continue=x"
    assert "Google" in str(wall(answered("https://www.google.co.uk/search?q=x", sorry, status=429)))
    assert wall(answered("https://e.example/a", "https://e.example/sorry/a")) is None


def test_nothing_that_came_is_no_wall():
    """A fault, an empty answer and a file are told by others."""
    assert wall(Evidence(Outcome(fault=Fault.TIMEOUT))) is None
    assert wall(answered()) is None
    assert wall(answered(page=Page())) is None


@pytest.mark.parametrize(
    "url", ["https://consent.youtube.com/m", "https://www.google.com/sorry/index"]
)
def test_host_of_a_wall_that_was_linked_itself_is_a_page(url):
    """It is a wall to whoever meant something else."""
    assert wall(answered(url)) is None
    assert wall(answered("https://e.example/p", url)) is not None
