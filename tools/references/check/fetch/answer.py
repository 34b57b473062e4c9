"""Answers as servers send them: heads however long and odd, and bodies by their framing."""

import http.client
import io
import socket

from urllib3 import HTTPHeaderDict

MAX_LINE = 64 * 1024
"""How long a line of a head may be, to be more than passed over."""

KEPT_HEAD_BYTES = 64 * 1024
"""After so much of a head, no more is kept of it but what the answer is not understood without."""

LINE_COST = 64
"""What a line takes beside its bytes, however short it is."""

FRAMING = frozenset(
    {
        *("connection", "content-encoding", "content-length", "content-type", "location"),
        *("retry-after", "set-cookie", "transfer-encoding"),
    }
)

BLANKS = " \t\n\r\v\f"
"""What may stand around a header's value; in Unicode there are more."""

NO_HEADER = b":"

SWITCHES = 101
"""The status code after which a server speaks something else."""

INTERIM = frozenset(range(100, 200)) - {SWITCHES}
"""Status codes of answers that only say that there will be one."""

OLD_VERSIONS = frozenset({"HTTP/0.9", "HTTP/1.0"})
"""Any other is read as HTTP/1.1, whatever servers call it."""

BODILESS = frozenset({SWITCHES, 204, 304})
"""Status codes after which nothing comes, whatever the headers say."""


class Answer(http.client.HTTPResponse):
    """A response to a GET, whose head may be as long and as odd as browsers bear.

    The library has a parser of mail read it, which is slow, refuses more than a hundred headers,
    and stops at the first line that is none, whatever follows.
    """

    fields: HTTPHeaderDict
    """The headers: names in any case, those that came more than once joined by commas."""
    codings: frozenset[str]
    """How the body was coded for the way; only ``chunked`` is undone here."""

    def __init__(self, sock: socket.socket) -> None:
        """Read the head of what comes on a connection.

        Raises:
            OSError: when the connection breaks off.
            HTTPException: when what comes is no answer.
        """
        super().__init__(sock, method="GET")
        try:
            version, status, _ = self._read_status()  # type: ignore[attr-defined]  # not public
            while status in INTERIM:
                _headers(self.fp)
                version, status, _ = self._read_status()  # type: ignore[attr-defined]
            self.code = self.status = status
            self.fields = HTTPHeaderDict(_headers(self.fp))
            self._frame(version)
        except BaseException:
            self.close()
            raise

    @property
    def is_over(self) -> bool:
        """Whether the body was read to its end, as far as its end can be seen."""
        return self.isclosed() if self.chunked else self.length == 0

    def piece(self, size: int) -> bytes:
        """Return some of the body, as much as has come, up to a size; nothing at its end.

        Raises:
            OSError: when the connection breaks off.
            HTTPException: when the body does, or its framing makes no sense.
        """
        try:
            data = self.read1(size)
            if not data and self.length:
                raise http.client.IncompleteRead(data, self.length)
        except BaseException:
            self.will_close = True  # where another answer would begin, nobody knows
            raise
        return data

    def _frame(self, version: str) -> None:
        """Find out where the body ends, and whether another answer may follow it."""
        self.headers = self.fields  # type: ignore[assignment]  # does for what the library asks
        self.version = 10 if version in OLD_VERSIONS else 11
        self.codings = self._values("Transfer-Encoding") - {"identity"}
        self.chunked = False
        self.chunk_left = self.length = None
        if self.status in BODILESS:
            self.length = 0
        elif self.codings:
            self.chunked = self.codings == {"chunked"}
        else:
            self.length = _size(self._values("Content-Length"))
        ends_itself = self.chunked or self.length is not None
        self.will_close = (
            not ends_itself or self.status == SWITCHES or self._check_close()  # type: ignore[attr-defined]
        )

    def _values(self, name: str) -> frozenset[str]:
        """Return what a header says; some servers and what is before them say it twice."""
        values = self.fields.get(name, "").lower().split(",")
        return frozenset(filter(None, (value.strip(BLANKS) for value in values)))


def _size(told: frozenset[str]) -> int | None:
    """Return how long a body is, or None if that is not told, or in two ways."""
    size = "".join(told) if len(told) == 1 else ""
    try:
        return int(size) if size.isdigit() else None
    except ValueError:  # more digits than are taken for a number, and than any body is long
        return None


def _headers(stream: io.BufferedIOBase) -> list[tuple[str, str]]:
    """Return the names and values of a head's lines, as far as they are kept."""
    room = KEPT_HEAD_BYTES
    missing = set(FRAMING)
    kept: list[tuple[str, str]] = []
    goes_on = False
    while line := _line(stream):
        text = line.decode("latin-1").replace("\r", " ")
        if line.startswith((b" ", b"\t")):  # of the header before
            if goes_on and room > 0:
                name, value = kept[-1]
                kept[-1] = name, f"{value} {text.strip(BLANKS)}"
                room -= len(line) + LINE_COST
            continue
        name, colon, value = text.partition(":")
        name = name.rstrip(" \t")
        goes_on = bool(name and colon) and (room > 0 or name.lower() in missing)
        if goes_on:
            kept.append((name.strip(BLANKS), value.strip(BLANKS)))
            missing.discard(name.lower())
            room -= len(line) + LINE_COST
    return kept


def _line(stream: io.BufferedIOBase) -> bytes:
    """Return the next line without its end: empty after the last, no header if it is too long."""
    line = stream.readline(MAX_LINE)
    if len(line) < MAX_LINE or line.endswith(b"\n"):
        return line.rstrip(b"\r\n")
    while (line := stream.readline(MAX_LINE)) and not line.endswith(b"\n"):
        pass
    return NO_HEADER
