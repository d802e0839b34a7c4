"""What a text or a file is that was dropped or pasted: to be imported, an answer, or a posting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from followup_desktop.services.capture.mail_sources import is_mail_source
from followup_desktop.services.capture.mails import ReceivedMail, pasted_mail, read_mail
from followup_desktop.services.capture.posting_files import LARGEST, check_length, posting_text
from followup_desktop.services.capture.readable import decoded
from followup_desktop.services.capture.vocabulary import DateWriting
from followup_desktop.services.reading.received import ReceivedReply, read_received
from followup_desktop.services.transfer.pasted import is_to_import

if TYPE_CHECKING:
    from followup_desktop.storage.store import Store

_TEXTS = frozenset({".txt", ".md"})
"""Endings of texts that may be a posting or a table."""
_LOOKED_AT = 250_000
"""Bytes that tell a table that is too large for a posting."""


@dataclass(frozen=True, slots=True)
class MailContext:
    """What tells whose an email is and when it was written: the facts, now, and how dates are written."""

    store: Store
    now: datetime
    writing: DateWriting


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedContent:
    """What it is: ``received`` if it is an answer, to be imported, or else a posting of this text."""

    text: str = ""
    received: ReceivedReply | None = None
    is_to_import: bool = False


def text_found(context: MailContext, text: str) -> DroppedContent:
    """What a text is that is no table; ``Refused`` if it is longer than any posting or email."""
    if is_mail_source(text):
        return _mail_found(context, read_mail(text.encode("utf-8", "replace")), text)
    check_length(text)
    return _mail_found(context, pasted_mail(text), text)


def file_found(context: MailContext, name: str, data: bytes) -> DroppedContent:
    """What a file is that may be a posting; ``Refused`` as ``posting_text`` does."""
    ending = PurePath(name).suffix.lower()
    mail = read_mail(data) if ending == ".eml" else None
    head = data if len(data) <= LARGEST else data[:_LOOKED_AT].rpartition(b"\n")[0]
    is_table = ending in _TEXTS and is_to_import(decoded(head))
    is_all_packed = mail is not None and mail.is_packed and not mail.text
    if is_table or is_all_packed or (mail is not None and mail.calendars):
        return DroppedContent(is_to_import=True)
    text = posting_text(name, data)
    return _mail_found(context, mail, text) if mail is not None else DroppedContent(text=text)


def _mail_found(context: MailContext, mail: ReceivedMail, text: str) -> DroppedContent:
    """An answer, be it of nobody known, or an email whose application is known; else perhaps a posting."""
    if mail.calendars:
        return DroppedContent(is_to_import=True)
    received = read_received(context.store, mail, context.now, context.writing)
    is_answer = received.reply.kind is not None and any(context.store.stage_counts().values())
    is_theirs = bool(received.applications and mail.sender_address)
    return DroppedContent(text=text, received=received if is_answer or is_theirs else None)
