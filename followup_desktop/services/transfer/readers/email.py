"""Invitations to interviews in emails, saved or pasted as their source."""

from __future__ import annotations

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import N_, _
from followup_desktop.services.capture.mail_sources import is_mail_source
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.readers.calendar import document_of

FORMAT = N_("Email with an invitation")


def recognise(data: bytes, name: str) -> Recognition:
    """Whether it begins with the lines at the head of an email."""
    if is_mail_source(data[:8000].decode("utf-8", "replace")):
        return Recognition.SURE
    return Recognition.LIKELY if name.lower().endswith(".eml") else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The invitations of the email; ``Refused`` where there is none in it."""
    from followup_desktop.services.capture.mails import read_mail  # every file is looked at
    from followup_desktop.services.transfer.invitations import read_invitations

    mail = read_mail(data)
    if not mail.calendars and mail.is_packed:
        raise Refused(
            _(
                "The attachments of this email are in winmail.dat, which only Outlook can open. Ask for the "
                "invitation as an .ics file, or enter the interview yourself."
            )
        )
    if not mail.calendars:
        raise Refused(_("There's no invitation in this email. Paste it into the window to log the answer."))
    # Who it was sent to, alone, is the user.
    own = mail.recipients if len(mail.recipients) == 1 else ()
    return document_of(read_invitations(mail.calendars, own, (reading.timezone,)), reading, _(FORMAT))
