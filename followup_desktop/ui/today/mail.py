"""The address that opens a draft in the user's mail program."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import QUrl


def mail_url(to: str, subject: str, body: str) -> QUrl:
    """A ``mailto:`` address of a plain-text draft; line breaks in the address and the subject become spaces.

    RFC 6068 asks for CR LF between the lines of the body.
    """
    address = quote(" ".join(to.split()).replace(" ", ""), safe="@")
    heading = quote(" ".join(subject.split()), safe="")
    text = quote("\r\n".join(body.splitlines()), safe="")
    return QUrl.fromEncoded(f"mailto:{address}?subject={heading}&body={text}".encode("ascii"))
