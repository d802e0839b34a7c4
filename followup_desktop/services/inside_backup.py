"""What is in a backup, in words, to be looked at as it was: nothing here can write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.facts import DetailPart, Kind, facts_of, facts_shown
from followup_desktop.domain.model import Application, Contact, Facts, Interview
from followup_desktop.i18n import _, format_full_date, format_list, with_dots
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import People
from followup_desktop.services.rows import ApplicationQuery, StageFilter, TimelineEntry
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.facts import FactWords
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import Database, open_backup
from followup_desktop.storage.folding import fold
from followup_desktop.storage.store import Store

_IN_ROW = frozenset(
    {
        "id",
        "kind",
        "starts_at",
        "timezone",
        "fold",
        "minutes",
        "interviewers",
        "cancelled",
        "debriefed_at",
    }
)
"""The facts of an interview that are in its line, and its id."""


class BackupPart(StrEnum):
    """What there is to look at in a backup."""

    APPLICATIONS = "applications"
    PEOPLE = "people"
    INTERVIEWS = "interviews"
    FOLLOW_UPS = "follow_ups"


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One thing in a backup, in a line."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines of one thing, under a heading that may be empty."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class BackupDetail:
    """All of one thing in a backup, to be read."""

    title: str
    subtitle: str
    paragraphs: tuple[Paragraph, ...]


class InsideBackup:
    """A verified copy in memory of a backup, as of when it was made; any one thread at a time may read it.

    ``Refused`` where the file is no sound backup. It is to be closed.
    """

    def __init__(self, file: Path, keys: Keys, wording: Wording, at: datetime) -> None:
        self._wording = wording
        self._at = at
        self._store = store = Store(open_backup(file, keys, _plan))
        self._overview = Overview(store, wording)
        self._people = People(store, self._overview, wording)
        self._facts: Facts = store.facts()
        self._applications = {each.id: each for each in self._facts.applications}
        self._contacts = {each.id: each for each in self._facts.contacts}
        ids = self._overview.application_ids(ApplicationQuery(stage_filter=StageFilter.ALL), at)
        self._lines: dict[BackupPart, list[BackupLine]] = {
            BackupPart.APPLICATIONS: [self._application_line(self._applications[each]) for each in ids],
            BackupPart.PEOPLE: [_person_line(each) for each in self._overview.contacts()],
            BackupPart.INTERVIEWS: list(self._interview_lines()),
            BackupPart.FOLLOW_UPS: [
                BackupLine(row.key, with_dots((row.chip, row.title, row.detail)))
                for row in self._overview.all_follow_ups(at)
            ],
        }
        self._texts: Mapping[BackupPart, Callable[[str], str]] = {
            BackupPart.APPLICATIONS: lambda each: _texts_of(self._applications[each]),
            BackupPart.PEOPLE: lambda each: _texts_of(self._contacts[each]),
        }
        self._details: Mapping[BackupPart, Callable[[str], BackupDetail]] = {
            BackupPart.APPLICATIONS: self._application,
            BackupPart.PEOPLE: self._person,
            BackupPart.INTERVIEWS: self._interview,
            BackupPart.FOLLOW_UPS: self._follow_up,
        }

    def close(self) -> None:
        """Give the copy up; closing twice is harmless."""
        self._store.close()

    def lines(self, part: BackupPart, text: str = "") -> list[BackupLine]:
        """Everything in that part in which each word of the text stands."""
        words, more = fold(text).split(), self._texts.get(part)

        def is_found(line: BackupLine) -> bool:
            written = fold(f"{line.text} {more(line.id) if more is not None else ''}")
            return all(word in written for word in words)

        return [line for line in self._lines[part] if not words or is_found(line)]

    def detail(self, part: BackupPart, name: str) -> BackupDetail:
        """All of one of them."""
        return self._details[part](name)

    def _application_line(self, application: Application) -> BackupLine:
        stage = self._wording.stage_label(application.stage)
        archived = self._wording.labels.facts["archived"].label if application.archived else ""
        return BackupLine(
            application.id, with_dots((application.employer, application.role, stage, archived))
        )

    def _interview_lines(self) -> Iterator[BackupLine]:
        policy = self._facts.policy
        found = [
            (interview_span(interview, application, policy)[0], interview.id, application, interview)
            for application in self._facts.applications
            for interview in application.interviews
        ]
        for _start, _id, application, interview in sorted(found, key=lambda each: each[:2], reverse=True):
            yield BackupLine(
                interview.id, with_dots((self._interview_text(interview, application), application.employer))
            )

    def _interview_text(self, interview: Interview, application: Application) -> str:
        policy = self._facts.policy
        row = self._wording.interview_row(interview, application, self._contacts, policy, self._at)
        return row.text

    def _application(self, name: str) -> BackupDetail:
        detail = self._overview.detail(name, self._at)
        application = detail.application
        return BackupDetail(
            title=application.employer,
            subtitle=detail.subtitle,
            paragraphs=_filled(
                ("", self._fact_lines(application)),
                (self._wording.labels.facts["notes"].label, [application.notes]),
                (
                    _("Follow-ups"),
                    [with_dots((row.chip, row.title, row.detail)) for row in detail.follow_ups],
                ),
                (_("People"), [_person_line(each).text for each in detail.contacts]),
                (_("Interviews"), [each.text for each in detail.interviews]),
                (_("Timeline"), map(_entry, detail.timeline)),
            ),
        )

    def _fact_lines(self, application: Application) -> Iterator[str]:
        parts = (DetailPart.HEAD, DetailPart.CHIPS, DetailPart.TOP, DetailPart.FURTHER)
        for fact in (each for part in parts for each in facts_shown(Application, part)):
            words = self._wording.labels.facts[fact.name]
            value = getattr(application, fact.name)
            if value not in (None, "", (), False, 0) and fact.name not in {"employer", "role"}:
                yield _fact_in_words(words, value)

    def _person(self, name: str) -> BackupDetail:
        detail = self._people.detail(name, self._at)
        contact = detail.contact
        return BackupDetail(
            title=contact.name,
            subtitle=with_dots((contact.title, contact.employer)),
            paragraphs=_filled(
                ("", self._contact_lines(contact)),
                (self._wording.labels.contact_facts["notes"].label, [contact.notes]),
                (
                    _("Applications"),
                    [self._application_line(self._applications[row.id]).text for row in detail.applications],
                ),
                (_("Timeline"), map(_entry, detail.timeline)),
            ),
        )

    def _contact_lines(self, contact: Contact) -> Iterator[str]:
        """The ways to reach them, which need no label, and what is not in the heading."""
        for fact in facts_shown(Contact, DetailPart.FURTHER):
            value = getattr(contact, fact.name)
            if fact.kind in (Kind.EMAIL, Kind.PHONE, Kind.LINK):
                yield value
            elif value and fact.name not in {"title", "employer", "notes"}:
                yield _fact_in_words(self._wording.labels.contact_facts[fact.name], value)

    def _told_lines(self, interview: Interview) -> Iterator[str]:
        for fact in facts_of(Interview):
            value = getattr(interview, fact.name)
            if value and fact.name not in _IN_ROW | {"notes"}:
                yield _fact_in_words(self._wording.labels.interview_facts[fact.name], value)

    def _interview(self, name: str) -> BackupDetail:
        application, interview = next(
            (application, interview)
            for application in self._facts.applications
            for interview in application.interviews
            if interview.id == name
        )
        return BackupDetail(
            title=with_dots((application.employer, application.role)),
            subtitle=self._interview_text(interview, application),
            paragraphs=_filled(
                ("", self._told_lines(interview)),
                (self._wording.labels.interview_facts["notes"].label, [interview.notes]),
            ),
        )

    def _follow_up(self, name: str) -> BackupDetail:
        row = self._overview.follow_up(name, self._at)
        why = self._overview.explain(name, self._at)
        return BackupDetail(
            title=row.title if row is not None else "",
            subtitle=with_dots((row.chip, row.detail)) if row is not None else "",
            paragraphs=_filled((why.heading, why.lines)),
        )


def _plan(database: Database) -> None:
    """Follow-ups of an older version are planned as this one does."""
    store = Store(database)
    Planner(store)
    store.renew_plan()


def _person_line(contact: Contact) -> BackupLine:
    return BackupLine(contact.id, with_dots((contact.name, contact.title, contact.employer)))


def _entry(entry: TimelineEntry) -> str:
    return "\n".join(part for part in (with_dots((entry.when, entry.title)), entry.note) if part)


def _texts_of(thing: object) -> str:
    """All that is written in it, to be searched."""
    if isinstance(thing, str):
        return thing
    if is_dataclass(thing) and not isinstance(thing, type):
        return " ".join(_texts_of(getattr(thing, each.name)) for each in fields(thing))
    return " ".join(map(_texts_of, thing)) if isinstance(thing, tuple) else ""


def _fact_in_words(words: FactWords, value: Any) -> str:
    if value is True:
        return words.label
    value = words.choices.get(value, value)
    if isinstance(value, date):
        value = format_full_date(value)
    elif isinstance(value, tuple):
        value = format_list([str(each) for each in value])
    # Translators: a fact and its value, as in “Location: Madrid”.
    return _("{label}: {value}").format(label=words.label, value=value)


def _filled(*paragraphs: tuple[str, Iterable[str]]) -> tuple[Paragraph, ...]:
    """The paragraphs in which there is anything."""
    joined = ((heading, "\n".join(line for line in lines if line.strip())) for heading, lines in paragraphs)
    return tuple(Paragraph(heading, text) for heading, text in joined if text)
