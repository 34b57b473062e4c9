"""What is said of a certificate that cannot be trusted."""

import ssl
from datetime import UTC, datetime

import pytest

from tools.references.check.fetch.certificates import describe, name, overlook

NOW = datetime(2024, 6, 1, tzinfo=UTC)
NAMES = tuple(("DNS", f"{n}.example") for n in "abcde")


@pytest.mark.parametrize(
    ("code", "certificate", "text"),
    [
        (10, {"notAfter": "Mar  1 23:59:59 2024 GMT"}, "certificate expired 2024-03-01"),
        (10, {"notAfter": "Jul  1 00:00:00 2024 GMT"}, "certificate expired"),
        (10, {}, "certificate expired"),
        (9, {"notBefore": "Jan  1 00:00:00 2030 GMT"}, "certificate not valid before 2030-01-01"),
        (9, {"notBefore": "Jan  1 00:00:00 2020 GMT"}, "certificate not valid yet"),
        (62, {"subjectAltName": NAMES[:1]}, "certificate is for another host (a.example)"),
        (
            62,
            {"subjectAltName": NAMES},
            "certificate is for another host (a.example, b.example and 3 more)",
        ),
        (
            64,
            {"subjectAltName": (("IP Address", "1.1.1.1"), ("email", "me@a.example"))},
            "certificate is for another host (1.1.1.1)",
        ),
        (62, {}, "certificate is for another host"),
    ],
)
def test_fault_is_told_with_what_the_certificate_says(code, certificate, text):
    """The date or the names, unless they do not explain it: an authority may have expired."""
    assert describe(code, certificate, NOW) == text


def test_name_in_a_certificate_is_kept_short():
    """A reason is one line, whatever somebody has certified."""
    long = {"subjectAltName": (("DNS", "x" * 1000),)}
    assert len(describe(62, long, NOW)) < 120


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (18, "certificate signed by itself"),
        (20, "certificate signed by an unknown authority"),
        (23, "certificate revoked"),
        (99, "certificate fault 99"),
    ],
)
def test_fault_has_a_name_by_its_code(code, text):
    """OpenSSL's codes, as in its manual of X509_STORE_CTX_get_error."""
    assert name(code) == text


@pytest.mark.parametrize("code", [9, 10, 62, 64])
def test_overlooking_one_fault_leaves_the_chain_verified(code):
    """What a certificate says is believed only if somebody trusted has signed it."""
    context = ssl.create_default_context()
    assert overlook(context, code)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname is (code in {9, 10})


@pytest.mark.parametrize("code", [18, 19, 20, 23])
def test_unknown_signer_is_never_overlooked(code):
    """What such a certificate says could be said by anybody."""
    assert not overlook(ssl.create_default_context(), code)
