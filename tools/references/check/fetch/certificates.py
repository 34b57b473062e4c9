"""What is wrong with a certificate, with the details that a failed handshake keeps back."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

NOT_YET_VALID = 9
EXPIRED = 10
OTHER_HOST = 62
OTHER_ADDRESS = 64

FAULTS: Mapping[int, str] = {
    NOT_YET_VALID: "certificate not valid yet",
    EXPIRED: "certificate expired",
    18: "certificate signed by itself",
    19: "certificate signed by an unknown authority",
    20: "certificate signed by an unknown authority",
    21: "certificate signed by an unknown authority",
    23: "certificate revoked",
    OTHER_HOST: "certificate is for another host",
    OTHER_ADDRESS: "certificate is for another host",
}
"""OpenSSL's X509_V_ERR codes."""

NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, for which the standard library has no name."""

SHOWN_NAMES = 2
SHOWN_NAME_CHARACTERS = 60

Certificate = Mapping[str, Any]
"""What ``getpeercert`` tells of a certificate that was verified."""


def name(code: int) -> str:
    """Return what is wrong, by OpenSSL's code."""
    return FAULTS.get(code, f"certificate fault {code}")


def overlook(context: ssl.SSLContext, code: int) -> bool:
    """Have a context accept a certificate in spite of one fault; return whether that can be.

    Never one that requests are made with: it is for looking at the certificate alone, whose chain
    is verified all the same, so that what it says can be believed.
    """
    if code in {NOT_YET_VALID, EXPIRED}:
        context.verify_flags |= NO_CHECK_TIME
    elif code in {OTHER_HOST, OTHER_ADDRESS}:
        context.check_hostname = False
    else:
        return False
    return True


def describe(code: int, certificate: Certificate, now: datetime) -> str:
    """Return what is wrong, with the date or the names that the certificate itself has.

    A date is told only if it explains the fault: it may be an authority's that has expired.
    """
    if code == EXPIRED and (end := _moment(certificate, "notAfter")) and end < now:
        return f"certificate expired {end:%Y-%m-%d}"
    if code == NOT_YET_VALID and (begin := _moment(certificate, "notBefore")) and begin > now:
        return f"certificate not valid before {begin:%Y-%m-%d}"
    if code in {OTHER_HOST, OTHER_ADDRESS} and (names := _names(certificate)):
        return f"{name(code)} ({_shown(names)})"
    return name(code)


def _moment(certificate: Certificate, field: str) -> datetime | None:
    text = certificate.get(field)
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC) if text else None


def _names(certificate: Certificate) -> list[str]:
    pairs = certificate.get("subjectAltName", ())
    return [value for kind, value in pairs if kind in {"DNS", "IP Address"}]


def _shown(names: list[str]) -> str:
    shown = [one[:SHOWN_NAME_CHARACTERS] for one in names[:SHOWN_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
