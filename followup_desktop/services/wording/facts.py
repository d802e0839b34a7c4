"""The words of the facts of an application, and of the columns of the table: a row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from followup_desktop.domain.model import Channel, Stage
from followup_desktop.i18n import _, about, own_name, pgettext
from followup_desktop.resource_files import languages_of, resources_dir
from followup_desktop.services.rows import columns


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """What a fact is called where it is edited and above its column.

    ``hint`` stands in its empty field. Where its values are few, ``choices`` names them all, in the order in
    which they are offered.
    """

    label: str
    hint: str = ""
    choices: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))


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
        # Translators: how well the company suits the user.
        "fit": FactWords(label=_("Fit"), choices=fit_choices()),
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
    }


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


def _priorities() -> dict[int, str]:
    """The priorities offered; a file may hold others, which are shown as numbers."""
    return {0: pgettext("a priority", "None"), 1: _("1, low"), 2: _("2, medium"), 3: _("3, high")}
