"""The text of what is not plain text: bytes of some encoding, and pages."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "nav", "footer"})
_LINES = frozenset(
    {
        "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
        "td", "th", "title", "tr", "ul",
    }
)  # fmt: skip


class _TextGatherer(HTMLParser):
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


def decoded(data: bytes) -> str:
    """The text of a file: UTF-16 with its mark, else UTF-8, else as Western Windows writes it."""
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


def shown(html: str) -> str:
    """What a page shows."""
    page = _TextGatherer()
    page.feed(html)
    page.close()
    return page.text()
