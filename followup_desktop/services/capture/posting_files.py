"""The text of a file that was dropped as a posting: a text, a saved page, an email, a link."""

from __future__ import annotations

import codecs
import plistlib
import re
from collections.abc import Callable
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser
from pathlib import PurePath
from xml.parsers.expat import ExpatError

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _

LARGEST = 4_000_000
"""Bytes; a saved page or an email with its pictures may have so many."""

_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "nav", "footer"})
_LINES = frozenset(
    {
        "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
        "td", "th", "title", "tr", "ul",
    }
)  # fmt: skip
_LINK = re.compile(r"^URL=(\S.*)$", re.MULTILINE)


def is_posting_file(name: str) -> bool:
    """Whether a file of that name is read as a posting, and not imported."""
    return PurePath(name).suffix.lower() in _READERS


def posting_text(name: str, data: bytes) -> str:
    """What stands in such a file, as text; ``Refused`` if it is too large or holds none."""
    if len(data) > LARGEST:
        raise Refused(
            _("{file} is too large to be a posting. Copy its text and paste it instead.").format(file=name)
        )
    text = _READERS[PurePath(name).suffix.lower()](data).replace("\0", "").strip()
    if not text:
        raise Refused(
            _("There's no text in {file}. Copy what you see there and paste it instead.").format(file=name)
        )
    return text


class _Page(HTMLParser):
    """Gathers what a page shows, a line for each of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._unseen += tag in _UNSEEN
        if tag in _LINES:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in _LINES:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """The lines that are not empty."""
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (b"", "utf-8-sig"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", errors="replace")


def _shown(html: str) -> str:
    page = _Page()
    page.feed(html)
    page.close()
    return page.text()


def _mail(data: bytes) -> str:
    # By the older of email's policies: the newer one fails on heads such as "From: <".
    message = message_from_bytes(data)
    heads = [f"{name}: {_head(message[name])}" for name in ("From", "Subject") if message[name]]
    for kind in ("text/plain", "text/html"):
        for part in message.walk():
            if part.get_content_type() == kind and not part.get_filename():
                text = _body(part)
                return "\n".join([*heads, "", _shown(text) if kind == "text/html" else text])
    return "\n".join(heads)


def _head(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, UnicodeError, HeaderParseError):
        return str(value)


def _body(part: Message) -> str:
    """The text of a part, also of one whose letters are of a kind that nobody knows."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return _decoded(content)


def _link(data: bytes) -> str:
    found = _LINK.search(_decoded(data))
    return found[1] if found else ""


def _mac_link(data: bytes) -> str:
    try:
        held = plistlib.loads(data)
    except (ValueError, ExpatError):
        return ""
    return str(held.get("URL", "")) if isinstance(held, dict) else ""


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _decoded,
    ".md": _decoded,
    ".html": lambda data: _shown(_decoded(data)),
    ".htm": lambda data: _shown(_decoded(data)),
    ".eml": _mail,
    ".url": _link,
    ".desktop": _link,
    ".webloc": _mac_link,
}
