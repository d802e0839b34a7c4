"""Drafts of emails, and the ``mailto`` address (RFC 6068) that opens one in the user's mail program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from followup_desktop.domain.model import Contact, Rule
from followup_desktop.services.wording_formats import Translate, elide
from followup_desktop.services.wording_subject import Subject

_ONE_ADDRESS = re.compile(r"[^\s@,;<>()\[\]\\\":?&%/\x00-\x1f]{1,64}@[A-Za-z0-9.-]{1,253}")
_SUBJECT_LENGTH = 150
_TOPIC_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An email to be written: ``to`` is one address, or empty where none is known."""

    to: str
    subject: str
    body: str


def one_address(text: str) -> str:
    """The address, if the text is just one and nothing else; otherwise an empty text."""
    address = text.strip()
    return address if _ONE_ADDRESS.fullmatch(address) else ""


def mailto(draft: Draft) -> str:
    """The draft as a ``mailto`` address: UTF-8 percent-encoded, lines ended by CR LF.

    Only the one recipient, the subject and the body are in it, whatever the texts contain.
    """
    subject = " ".join(draft.subject.split())
    lines = draft.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "\r\n".join(lines)
    to = quote(one_address(draft.to), safe="@")
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


class Drafts:
    """Short, warm texts, one a rule; the user completes and signs them in the mail program."""

    def __init__(self, tr: Translate) -> None:
        self._tr = tr

    def draft(self, subject: Subject, *, organiser: bool = False) -> Draft:
        """The draft for a follow-up; with ``organiser`` to someone who can pass the thanks on."""
        person = self._organiser(subject) if organiser else subject.contact or self._anyone(subject)
        text = self._passed_on(subject) if organiser else self._text(subject)
        greeting = self._tr("Dear {name},") if person else self._tr("Dear team,")
        name = person.name if person else ""
        parts = [greeting.format(name=name), *text, self._tr("Kind regards,")]
        return Draft(
            to=one_address(person.email) if person else "",
            subject=elide(self._subject(subject), _SUBJECT_LENGTH),
            body="\n\n".join(parts) + "\n",
        )

    def _subject(self, subject: Subject) -> str:
        tr = self._tr
        text = {
            Rule.THANK_YOU: tr("Thank you for the conversation about {role}"),
            Rule.ASK_FEEDBACK: tr("{role}: thank you, and a question"),
            Rule.OFFER_THANKS: tr("Thank you for the offer: {role}"),
            Rule.OFFER_REPLY: tr("Your offer: {role}"),
            Rule.WITHDRAW_OTHERS: tr("Withdrawing my application: {role}"),
        }.get(subject.follow_up.rule, tr("My application: {role}"))
        return text.format(role=subject.role or subject.employer)

    def _text(self, subject: Subject) -> tuple[str, ...]:
        texts = {
            Rule.THANK_YOU: self._thanks,
            Rule.STATUS_CALL: self._status,
            Rule.MOVE_ON: self._status,
            Rule.CHECK_IN: self._check_in,
            Rule.ASK_FEEDBACK: self._feedback,
            Rule.OFFER_THANKS: self._offer_thanks,
            Rule.OFFER_REPLY: self._offer_reply,
            Rule.WITHDRAW_OTHERS: self._withdrawal,
        }
        write = texts.get(subject.follow_up.rule, self._status)
        names = {"role": subject.role, "employer": subject.employer}
        return tuple(part.format(**names, topics=self._topics(subject)) for part in write(subject) if part)

    def _topics(self, subject: Subject) -> str:
        return elide(subject.interview.topics, _TOPIC_LENGTH) if subject.interview else ""

    def _thanks(self, subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr("Thank you for taking the time to talk with me about the {role} position at {employer}."),
            tr("I especially enjoyed talking about {topics}.") if self._topics(subject) else "",
            tr(
                "The conversation made me want to do this work even more, and I am convinced that I can "
                "contribute. If there is anything else that would help you to decide, please let me know."
            ),
        )

    def _passed_on(self, subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        whom = subject.contact.name if subject.contact else tr("the others I met")
        text = tr(
            "Thank you for arranging the interview for the {role} position. I would like to thank {whom} "
            "too, but have no address: could you please pass my thanks on?"
        )
        return (
            text.format(role=subject.role, whom=whom),
            tr("I enjoyed the conversation very much and look forward to hearing from you."),
        )

    def _status(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr(
                "I hope this finds you well. I wanted to ask where things stand with the {role} position at "
                "{employer}, and whether I am still being considered."
            ),
            tr("I remain very interested. If you need anything else from me, I am glad to send it."),
        )

    def _check_in(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr(
                "Some time ago I applied for the {role} position at {employer}, and I would like to ask "
                "whether you have had the chance to look at my application."
            ),
            tr("I remain very interested, and am glad to send anything that would help."),
        )

    def _feedback(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr("Thank you for letting me know, and for the time you took to get to know me."),
            tr(
                "If you have a minute: what would have made me a stronger candidate for the {role} position? "
                "Two lines would help me a lot. And if anything is still open, I am glad to add to it."
            ),
            tr("I wish you and the team at {employer} all the best."),
        )

    def _offer_thanks(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr("Thank you very much for the offer for the {role} position at {employer}. I am delighted."),
            tr("I will read it carefully and get back to you soon."),
        )

    def _offer_reply(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr("Thank you again for the offer for the {role} position at {employer}."),
            tr("It is an important decision for me. By when do you need my answer?"),
        )

    def _withdrawal(self, _subject: Subject) -> tuple[str, ...]:
        tr = self._tr
        return (
            tr(
                "I have accepted another position, and so I would like to withdraw my application for the "
                "{role} position."
            ),
            tr("Thank you for your time and for the good conversations. I hope that our paths cross again."),
        )

    def _organiser(self, subject: Subject) -> Contact | None:
        """Someone else of the application with an address."""
        ids = subject.application.contacts if subject.application else ()
        others = (
            subject.contacts[c] for c in ids if c in subject.contacts and c != subject.follow_up.contact
        )
        return next((person for person in others if one_address(person.email)), None)

    def _anyone(self, subject: Subject) -> Contact | None:
        """Whom a text without an addressee goes to: the last one talked with, or one with an address."""
        person = subject.case.person() if subject.case else None
        return subject.contacts.get(person) if person else self._organiser(subject)
