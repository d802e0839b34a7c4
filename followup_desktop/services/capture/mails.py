"""Emails as files and as pasted sources: who wrote, to whom, what it says, and the calendars in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from itertools import islice, takewhile

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.dates_in_text import clocks_in, days_in
from followup_desktop.services.capture.mail_words import Head, head_line
from followup_desktop.services.capture.readable import decoded, shown

LARGEST = 40_000_000
"""Bytes of an email with all that is attached to it."""
_MOST_PARTS = 500
_MOST_BOUNDARIES = 20_000
"""Each may begin a part, and all are kept before the first is looked at."""
_LONGEST_HEAD = 100_000
_LONGEST_TEXT = 150_000
"""Characters that are read of what an email says, the oldest of what it quotes left out."""

_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar", "application/calendar"})
_MOST_HEADS = 12
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """An email. ``sender`` is as its head has it; ``text`` is what is read of it, a page as plain text."""

    sender: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    calendars: tuple[bytes, ...] = ()
    is_automatic: bool = False
    """Whether a program says in the head that it answered, as for those who are away."""
    is_bulk: bool = False
    """Whether it went to a list of subscribers."""
    is_packed: bool = False
    """Whether Outlook put what came with it into a ``winmail.dat``."""

    @property
    def sender_name(self) -> str:
        """The name of who wrote, or an empty text."""
        return parseaddr(self.sender)[0].strip()

    @property
    def sender_address(self) -> str:
        """The address of who wrote, or an empty text."""
        return parseaddr(self.sender)[1].strip()


def read_mail(data: bytes) -> ReceivedMail:
    """An email as its file has it. What can't be decoded is left out; too large a one is ``Refused``."""
    if len(data) > LARGEST or data.count(b"\n--") > _MOST_BOUNDARIES:
        raise Refused(_("This email is too large. Save its attachment and open that instead."))
    # By the older of email's policies: the newer one fails on heads such as "From: <".
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"))
        parts = list(islice(message.walk(), _MOST_PARTS))
    except (RecursionError, MessageError, ValueError, LookupError):
        raise Refused(_("This email can't be read. Copy its text and paste it instead.")) from None
    heads = {name: _head(message[name]) for name in ("From", "Subject", "Date") if message[name]}
    to = [_head(value) for name in ("Delivered-To", "To", "Cc") for value in message.get_all(name, [])]
    automatic = str(message["Auto-Submitted"] or "no").strip().lower()
    return ReceivedMail(
        sender=heads.get("From", ""),
        recipients=tuple(dict.fromkeys(address for _name, address in getaddresses(to) if "@" in address)),
        subject=heads.get("Subject", ""),
        sent_at=_instant(heads.get("Date", "")),
        text=_text_of(parts),
        calendars=tuple(_calendars(parts)),
        is_automatic=automatic.startswith("auto-replied") or message["X-Autoreply"] is not None,
        is_bulk=message["List-Unsubscribe"] is not None and message["List-Id"] is not None,
        is_packed=any(map(_is_winmail, parts)),
    )


def pasted_mail(text: str) -> ReceivedMail:
    """A text that was copied from an email, perhaps with the lines at its head as a reader shows them."""
    lines = text.strip().split("\n")
    shown = list(takewhile(lambda each: each is not None, map(head_line, lines[:_MOST_HEADS])))
    heads: dict[Head, str] = {}
    for found in shown:
        if found is not None:
            heads.setdefault(found.head, found.value)
    if not heads.keys() & {"sender", "subject"}:
        return ReceivedMail(text="\n".join(lines))
    return ReceivedMail(
        sender=heads.get("sender", ""),
        subject=heads.get("subject", ""),
        sent_at=_shown_instant(heads.get("date", "")),
        text="\n".join(lines[len(shown) :]),
    )


def _calendars(parts: list[Message]) -> Iterator[bytes]:
    for part in parts:
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() in _CALENDAR_TYPES or name.endswith((".ics", ".ical", ".vcs")):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and b"BEGIN:V" in content.upper():
                yield _in_utf8(content, part)


def _is_winmail(part: Message) -> bool:
    is_named_so = str(part.get_filename() or "").lower() == "winmail.dat"
    return is_named_so or part.get_content_type() in {"application/ms-tnef", "application/vnd.ms-tnef"}


def _in_utf8(content: bytes, part: Message) -> bytes:
    charset = (_charset(part) or "utf-8").lower()
    if charset in {"utf-8", "us-ascii", "ascii"}:
        return content
    try:
        return content.decode(charset).encode()
    except (LookupError, ValueError):  # a name that has a zero in it is no name at all
        return content


def _text_of(parts: list[Message]) -> str:
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not part.get_filename():
                text = _body(part)[:_LONGEST_TEXT]
                if text.strip():
                    return shown(text) if kind == "text/html" else text
    return ""


def _head(value: object) -> str:
    said = str(value)[:_LONGEST_HEAD]
    try:
        text = str(make_header(decode_header(said)))
    except (LookupError, MessageError, ValueError):
        text = said
    return " ".join(text.split())


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        return None


def _body(part: Message) -> str:
    """The text of a part, also of one whose letters are of a kind that nobody knows."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    try:
        return content.decode(_charset(part) or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        return decoded(content)


def _instant(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _shown_instant(text: str) -> datetime | None:
    """When an email was sent, as a program shows it in any language. It is taken for UTC."""
    if (at := _instant(text)) is not None or not _YEAR.search(text):
        return at
    days = [each.day for each in days_in(text, date.min) if each.is_exact]
    clocks = clocks_in(text) or [time()]
    return datetime.combine(days[0], clocks[0], UTC) if days else None
