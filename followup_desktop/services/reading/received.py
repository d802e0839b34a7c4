"""What an email that the user got says, and of which application: proposed, never recorded unasked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from followup_desktop.domain.model import Application, Contact, Interview
from followup_desktop.domain.worktime import date_of
from followup_desktop.services.capture.correspondence import Correspondence, find_applications
from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.replies import UNCLEAR, Reply, ReplyKind, read_reply
from followup_desktop.services.capture.vocabulary import DateWriting

if TYPE_CHECKING:
    from followup_desktop.storage.store import Store


_SAID_ELSEWHERE_TOO = frozenset({ReplyKind.INTERVIEW, ReplyKind.CALLED_OFF, ReplyKind.OFFER})
"""Friends invite and shops offer in the same words: it has to be of a job, or from or about an employer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReply:
    """The applications it may be about, one if that is plain; what it answers; who wrote, if they are known.

    ``at`` is when it was sent, or now where it doesn't say.
    """

    applications: tuple[Application, ...]
    reply: Reply
    sender: Contact | None
    at: datetime

    def put_off(self, application: Application) -> Interview | None:
        """The interview that is off by this email, or moved: the only one ahead, or on the day it names."""
        reply = self.reply
        if reply.kind is not ReplyKind.CALLED_OFF and not reply.is_moved:
            return None
        ahead = [
            each
            for each in application.interviews
            if not each.cancelled and each.starts_at.date() >= self.at.date()
        ]
        if reply.kind is ReplyKind.CALLED_OFF and reply.day is not None:
            ahead = [each for each in ahead if each.starts_at.date() == reply.day]
        return ahead[0] if len(ahead) == 1 else None


def read_received(store: Store, mail: ReceivedMail, now: datetime, writing: DateWriting) -> ReceivedReply:
    """What an email says and whose it is, by sender, employer and role."""
    policy = store.policy()
    at = min(mail.sent_at or now, now)
    contacts = {each.id: each for each in store.all_contacts()}
    said = Correspondence(
        addresses=(mail.sender_address,) if mail.sender_address else (),
        names=(mail.sender_name,) if mail.sender_name else (),
        head=f"{mail.subject}\n{mail.sender_name}",
        text=mail.text,
    )
    whose = find_applications(said, store.applications(), contacts)
    likeliest = whose.likeliest
    address = mail.sender_address.casefold()
    reply = read_reply(mail, date_of(at, policy.timezone), writing)
    if reply.kind in _SAID_ELSEWHERE_TOO and not reply.is_of_work and not whose.applications:
        reply = UNCLEAR
    return ReceivedReply(
        applications=(likeliest,) if likeliest is not None else whose.applications,
        reply=reply,
        sender=next(
            (each for each in contacts.values() if address and each.email.casefold() == address), None
        ),
        at=at,
    )
