"""The words of the facts of each kind of thing, and of the columns of the table: a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from followup_desktop.domain.model import (
    Application,
    Channel,
    Contact,
    Event,
    EventKind,
    Interview,
    InterviewKind,
    Reminder,
    Repeat,
    Stage,
)
from followup_desktop.i18n import _, about, own_name, pgettext
from followup_desktop.resource_files import languages_of, resources_dir
from followup_desktop.services.rows import columns


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """What a fact is called where it is edited and above its column.

    ``hint`` stands in its empty field. Where its values are few, ``choices`` names them all, in the order in
    which they are offered. ``full_name`` says whose it is, where several have one of that label.
    """

    label: str
    hint: str = ""
    choices: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))
    full_name: str = ""

    @property
    def name(self) -> str:
        """What its field is called by assistive technology, and in a refusal."""
        return self.full_name or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWords:
    """The title of a column, and what it tells more of."""

    title: str
    hint: str = ""


def application_words() -> dict[str, FactWords]:
    """The words of each fact of an application that is shown."""
    no_date = _("no date")
    # Translators: in the empty field of a time zone or country: the same as the user’s own.
    as_yours = _("same as yours")
    channels = channel_names()
    return {
        "employer": FactWords(label=_("Employer"), hint=_("Employer")),
        # Translators: the position that one applies for.
        "role": FactWords(label=_("Role"), hint=_("Role")),
        # Translators: how far an application has got.
        "stage": FactWords(label=_("Stage"), choices=stage_names()),
        "stage_at": FactWords(label=_("Date of the stage")),
        "fit": _fit(),
        "url": FactWords(label=_("Posting address"), hint="https://"),
        "applied_on": FactWords(label=_("Applied on"), hint=no_date),
        # Translators: until when one can apply.
        "closes_on": FactWords(label=_("Closes on"), hint=no_date),
        "offer_expires_on": FactWords(label=_("Offer expires on"), hint=no_date),
        "channel": FactWords(
            # Translators: whether the employer is called or written to.
            label=_("Channel"),
            choices={each: channels[each] for each in (Channel.PHONE, Channel.EMAIL)},
        ),
        # Translators: in which language the employer is written to.
        "language": FactWords(label=_("Language of messages"), choices=language_choices()),
        "location": FactWords(label=_("Location"), hint=_("a city, or remote")),
        "timezone": FactWords(label=_("Time zone"), hint=as_yours),
        "country": FactWords(label=_("Country"), hint=as_yours),
        # Translators: where the posting was found.
        "source": FactWords(label=_("Source"), hint=_("where you found it")),
        "salary": FactWords(label=_("Salary"), hint=_("not known")),
        "resume": FactWords(label=_("Résumé"), hint=_("which version you sent")),
        "priority": FactWords(label=_("Priority"), choices=_priorities()),
        "tags": FactWords(label=_("Tags"), hint=_("separated by commas")),
        "do_not_contact": FactWords(label=_("Don't contact")),
        "archived": FactWords(label=_("Archived")),
        "notes": FactWords(label=_("Notes"), hint=_("anything worth remembering")),
        "contacts": FactWords(label=_("Contacts")),
    }


def contact_words() -> dict[str, FactWords]:
    """The words of each fact of a person that is shown."""
    not_known = _("not known")
    return {
        "name": FactWords(label=_("Name")),
        "title": FactWords(label=_("Job title"), hint=_("recruiter, hiring manager")),
        "employer": FactWords(label=_("Works at"), hint=_("an employer or an agency")),
        "email": FactWords(label=_("Email"), hint=not_known),
        "phone": FactWords(label=_("Phone"), hint=not_known),
        "url": FactWords(label=_("Web address"), hint="https://"),
        "notes": FactWords(
            label=_("Notes"), hint=_("anything worth remembering"), full_name=_("Contact notes")
        ),
        "no_thank_you": FactWords(label=_("Doesn't need a thank-you")),
    }


def interview_words() -> dict[str, FactWords]:
    """The words of each fact of an interview that is shown."""
    clocks = {0: _("First, before the clocks go back"), 1: _("Second, after they go back")}
    return {
        "kind": FactWords(label=_("Kind"), choices=interview_kinds()),
        "starts_at": FactWords(label=_("Date and time")),
        "timezone": FactWords(label=_("Time zone"), hint=_("same as the application")),
        "fold": FactWords(label=_("Date and time"), choices=clocks),
        "minutes": FactWords(label=_("Minutes")),
        "location": FactWords(label=_("Location or link"), hint=_("an address or a link")),
        "interviewers": FactWords(label=_("Interviewers")),
        "cancelled": FactWords(label=_("Cancelled")),
        "debriefed_at": FactWords(label=_("Debriefed")),
        "process": FactWords(label=_("Next steps"), hint=_("what happens next")),
        "reply_by": _reply_by(),
        "no_date_given": FactWords(label=_("No date given")),
        "topics": FactWords(label=_("Topics"), hint=_("what you talked about")),
        "notes": FactWords(label=_("Notes"), full_name=_("Interview notes")),
        "fit": _fit(),
    }


def event_words() -> dict[str, FactWords]:
    """The words of each fact of an entry of the timeline that is shown."""
    return {
        "kind": FactWords(label=_("Kind"), choices=event_kinds()),
        "at": FactWords(label=_("Date and time")),
        "contact": FactWords(label=_("Person")),
        "interview": FactWords(label=_("Interview")),
        "reply_by": _reply_by(),
        "from_stage": FactWords(label=_("Stage"), choices=stage_names()),
        "to_stage": FactWords(label=_("Stage"), choices=stage_names()),
        "note": FactWords(label=_("Note"), full_name=_("Event note")),
    }


def reminder_words() -> dict[str, FactWords]:
    """The words of each fact of the user's own reminder that is shown."""
    return {
        "title": FactWords(label=_("Remind me to"), hint=_("call back about the contract tomorrow at 5")),
        "at": FactWords(label=_("Date and time")),
        "timezone": FactWords(label=_("Time zone"), hint=_("your own")),
        "application": FactWords(label=_("Application"), hint=_("optional")),
        "repeat": FactWords(label=_("Repeat"), choices=_repeats()),
    }


WORDS_OF: Mapping[type, Callable[[], dict[str, FactWords]]] = MappingProxyType(
    {
        Application: application_words,
        Contact: contact_words,
        Interview: interview_words,
        Event: event_words,
        Reminder: reminder_words,
    }
)
"""What gives the words of the facts of a kind of thing, in the language of now."""


def column_words(facts: Mapping[str, FactWords]) -> dict[str, ColumnWords]:
    """The words of each column; that of a fact is called as the fact is."""
    reckoned = {
        columns.NEXT: ColumnWords(title=pgettext("a column", "Next follow-up")),
        columns.WAITING: ColumnWords(title=pgettext("a column", "Waiting"), hint=_("Days in this stage")),
        columns.QUIET: ColumnWords(title=pgettext("a column", "Quiet"), hint=_("Days since the last event")),
        columns.LAST_CONTACT: ColumnWords(
            title=pgettext("a column", "Last contact"), hint=_("When you last got in touch")
        ),
    }
    return {
        column.name: reckoned[column.name]
        if column.fact is None
        else ColumnWords(title=facts[column.name].label)
        for column in columns.COLUMNS
    }


def stage_names() -> dict[Stage, str]:
    """The stages, by their names."""
    return {
        Stage.SAVED: pgettext("a stage", "Saved"),
        Stage.APPLIED: pgettext("a stage", "Applied"),
        Stage.INTERVIEWING: pgettext("a stage", "Interviewing"),
        Stage.OFFER: pgettext("a stage", "Offer"),
        Stage.ACCEPTED: pgettext("a stage", "Accepted"),
        Stage.REJECTED: pgettext("a stage", "Rejected"),
        Stage.WITHDRAWN: pgettext("a stage", "Withdrawn"),
        Stage.NO_RESPONSE: pgettext("a stage", "No response"),
    }


def channel_names() -> dict[Channel, str]:
    """The ways to reach an employer."""
    return {
        Channel.PHONE: pgettext("a way to reach them", "Phone"),
        Channel.EMAIL: pgettext("a way to reach them", "Email"),
        Channel.NONE: pgettext("a way to reach them", "None"),
    }


def event_kinds() -> dict[EventKind, str]:
    """What each kind of entry of the timeline is called."""
    return {
        EventKind.THANK_YOU: pgettext("a kind of entry", "Thank-you"),
        EventKind.CALL: pgettext("a kind of entry", "Call"),
        EventKind.EMAIL: pgettext("a kind of entry", "Status email"),
        EventKind.MESSAGE: pgettext("a kind of entry", "Other message"),
        EventKind.FEEDBACK_REQUEST: pgettext("a kind of entry", "Feedback request"),
        EventKind.REPLY: pgettext("a kind of entry", "Their reply"),
        EventKind.WAIT: pgettext("a kind of entry", "Keep waiting"),
        EventKind.STAGE: pgettext("a kind of entry", "Stage"),
        EventKind.NOTE: pgettext("a kind of entry", "Note"),
    }


def interview_kinds() -> dict[InterviewKind, str]:
    """What each kind of interview is called."""
    return {
        InterviewKind.PHONE: pgettext("a kind of interview", "Phone"),
        InterviewKind.VIDEO: pgettext("a kind of interview", "Video"),
        InterviewKind.ONSITE: pgettext("a kind of interview", "Onsite"),
        InterviewKind.TECHNICAL: pgettext("a kind of interview", "Technical"),
        InterviewKind.PANEL: pgettext("a kind of interview", "Panel"),
        InterviewKind.INFORMATIONAL: pgettext("a kind of interview", "Informational"),
        InterviewKind.OTHER: pgettext("a kind of interview", "Other"),
    }


def language_choices() -> dict[str | None, str]:
    """The languages that messages can be written in, each by its own name; the first is that none is chosen.

    Then it is that of the other messages to the employer, or the program's.
    """
    choices: dict[str | None, str] = {None: pgettext("a language that is not chosen", "Automatic")}
    choices.update(message_languages().items())
    return choices


def language_name(code: str) -> str:
    """The name of a language in that language, and how a letter in it addresses its reader: "Deutsch (du)".

    Only a language with letters for both has the latter, in its ``language.json``.
    """
    language, _dash, register = code.partition("-")
    folder = resources_dir() / "locale"
    name, address = own_name(language, folder), about(language, folder).get("address", {})
    said = address.get(register or "formal", register)
    return f"{name} ({said})" if said else name


def message_languages() -> dict[str, str]:
    """The languages of which there are letters, by their codes, each by its own name."""
    codes = languages_of("templates")  # a language's own code comes before that with a register
    names = {code: language_name(code) for code in codes}
    return dict(sorted(names.items(), key=lambda pair: pair[1].partition(" (")[0].casefold()))


def template_languages() -> dict[str, str]:
    """The languages of ``message_languages``, without the ways to address a reader."""
    return {code: name for code, name in message_languages().items() if "-" not in code}


def fit_choices() -> dict[int | None, str]:
    """How a company may feel, from not said to a perfect fit (tip 9)."""
    return {
        None: _("Not rated"),
        1: _("●○○○○  1, poor"),
        2: _("●●○○○  2, so-so"),
        3: _("●●●○○  3, fair"),
        4: _("●●●●○  4, good"),
        5: _("●●●●●  5, excellent"),
    }


def _fit() -> FactWords:
    # Translators: how well the company suits the user.
    return FactWords(label=_("Fit"), choices=fit_choices())


def _reply_by() -> FactWords:
    return FactWords(label=_("They'll answer by"), hint=_("no date"))


def _repeats() -> dict[Repeat | None, str]:
    return {
        None: _("Never"),
        Repeat.DAILY: _("Every day"),
        Repeat.WORKING_DAYS: _("Every working day"),
        Repeat.WEEKLY: _("Every week"),
    }


def _priorities() -> dict[int, str]:
    """The priorities offered; a file may hold others, which are shown as numbers."""
    return {0: pgettext("a priority", "None"), 1: _("1, low"), 2: _("2, medium"), 3: _("3, high")}
