"""A message as it is written: whom it may go to, what it says, what is worth knowing before it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followup_desktop.domain.drafts import Draft, Template, TemplateName
from followup_desktop.domain.model import Channel, EventKind, FollowUp, Rule
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import language
from followup_desktop.resource_files import languages_of

FEWEST_WORDS = 60
MOST_WORDS = 120
"""Between the two a message is read; the panel says so, and stops nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody the message may go to; ``address`` is empty where none is known."""

    contact: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message that a follow-up asks for, ready to be edited, or the script of a call.

    ``language`` is the code of that in which it is written, with how its reader is addressed:
    ``de-informal``. ``channel`` says which of the two it is. ``to`` is the recipient chosen at first,
    ``phone`` the number to call. ``thanked`` are the people (ids) whose thanks somebody else is asked to pass
    on, ``others`` their names; empty unless the message is for that. ``organiser`` says whether there is such
    a somebody, and it is needed. ``template`` is the text before it was filled, ``own`` whether the user
    wrote it. ``kind`` is what is logged when it was sent. ``rule`` is ``None`` where no follow-up asks for
    it. ``facts`` are (heading, text) pairs worth having in sight while writing.
    """

    key: str
    application: str
    language: str
    rule: Rule | None
    channel: Channel
    kind: EventKind
    title: str
    detail: str
    chip: str
    tone: str
    template: Template
    own: bool
    draft: Draft
    recipients: tuple[Recipient, ...]
    to: Recipient | None
    phone: str = ""
    organiser: bool = False
    thanked: tuple[str, ...] = ()
    others: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def is_to_one(self) -> bool:
        """Whether its follow-up is about the one person who is written to."""
        return self.rule is not None and row_of(self.rule).to_interviewer


def language_of(chosen: Iterable[str | None]) -> str:
    """The first of the chosen languages that letters are written in, or else the program's."""
    written = languages_of("templates")
    return next((code for code in chosen if code in written), language())


def template_of(follow_up: FollowUp, channel: Channel, *, organiser: bool = False) -> TemplateName | None:
    """The template for a follow-up, or ``None`` where there is nothing to write."""
    row = row_of(follow_up.rule)
    if organiser:
        return TemplateName.THANKS_THROUGH_ORGANISER if row.to_interviewer else None
    return row.script if row.script is not None and channel is Channel.PHONE else row.letter


def kind_of(follow_up: FollowUp, channel: Channel) -> EventKind:
    """What is logged when it was sent, or called."""
    if channel is Channel.PHONE:
        return EventKind.CALL
    return row_of(follow_up.rule).logged or EventKind.EMAIL
