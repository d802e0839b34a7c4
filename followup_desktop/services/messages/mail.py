"""Emails as the user's email app takes them: a ``mailto`` address (RFC 6068) or an ``.eml`` file."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from followup_desktop.services.capture.mail_addresses import one_address

LONGEST_MAILTO = 1900
"""Longer addresses are cut or dropped on the way: Windows hands over about 2,000 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """An email to be sent by the user: ``to`` is one address, or empty where none is known."""

    to: str
    subject: str
    body: str


def mailto(mail: OutgoingMail) -> str:
    """The email as a ``mailto`` address: UTF-8 percent-encoded, lines ended by CR LF.

    Only the one recipient, the subject and the body are in it, whatever the texts contain.
    """
    subject = quote(_one_line(mail.subject), safe="")
    body = quote(_lines(mail.body, "\r\n"), safe="")
    return f"mailto:{quote(one_address(mail.to), safe='@')}?subject={subject}&body={body}"


def fits_mailto(mail: OutgoingMail) -> bool:
    """Whether the ``mailto`` address is short enough for every system and email app."""
    return len(mailto(mail)) <= LONGEST_MAILTO


def eml(mail: OutgoingMail) -> bytes:
    """The email as a file that email apps open as a new message (``X-Unsent``), ready to be sent.

    It names no sender, since that is the email app's to add. All of it is ASCII with lines ended by
    CR LF, and nothing a text contains can add a header.
    """
    # Addresses are checked at each start, but emails written seldom: these take 7 ms.
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = _one_line(mail.subject)
    to = one_address(mail.to)
    if to.isascii() and to:
        user, _, host = to.partition("@")
        message["To"] = Address(username=user, domain=host)
    message.set_content(_lines(mail.body, "\n"), charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _one_line(text: str) -> str:
    """The text without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _lines(text: str, end: str) -> str:
    """The text with its lines ended like this."""
    return end.join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
