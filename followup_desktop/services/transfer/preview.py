"""What an import of another program's file would do, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from followup_desktop.domain.checks import zone_names
from followup_desktop.domain.model import Application, Contact, Interview, Reminder, Stage
from followup_desktop.i18n import (
    _,
    format_clock,
    format_dated_day,
    format_number,
    format_series,
    ngettext,
    with_dots,
)
from followup_desktop.services.transfer.document import (
    Answers,
    Document,
    MappedColumn,
    NewApplication,
    Question,
    QuestionTopic,
    Rows,
)
from followup_desktop.services.transfer.import_file import FileContents, ImportFile, SourceFile
from followup_desktop.services.transfer.importing import (
    change_word,
    counts_in_words,
    in_words,
    kind_word,
    why_held_back,
)
from followup_desktop.services.transfer.placing import NEW, invitation_name
from followup_desktop.services.transfer.report import Change, ImportReport, ImportRow
from followup_desktop.services.transfer.report_words import answer_words
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.facts import application_words, stage_names
from followup_desktop.services.wording.formats import sentences

_CAN_BE_LEFT_OUT = frozenset({"application", "contact", "reminder"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row as it is shown: what would become of it, which entry it is, why, and where it stands.

    ``warns`` says that it sets a stage back or takes something out of the trash.
    """

    place: str
    change: str
    entry: str
    why: str
    warns: bool
    can_be_left_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file that was read, and what importing it would do; ``title`` says what it was recognised as."""

    contents: FileContents
    report: ImportReport
    title: str
    rows: Sequence[PreviewRow]
    held_back: Mapping[str, str]
    """Why, by their places, rows of a table are left out unless they are ticked: they set a stage back."""

    def summary(self, left_out: Collection[str] = ()) -> str:
        """How many rows would be added, changed and left out, those at these places among them."""
        rows = self.report.rows
        gone = {row.id for row in rows if row.kind == "application" and row.place in left_out}
        there = [row for row in rows if row.place not in left_out]
        # A reminder isn't imported without its application.
        kept = tuple(
            row for row in there if not (isinstance(row.thing, Reminder) and row.thing.application in gone)
        )
        said = [counts_in_words(replace(self.report, rows=kept))]
        if out := len(rows) - len(kept) + len(self.report.refused):
            text = ngettext("{n} row left out", "{n} rows left out", out)
            said.append(text.format(n=format_number(out)))
        return sentences(format_series(filter(None, said)), *self.report.warnings[:1])

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.contents.file.name

    @property
    def answers(self) -> Answers:
        """What was answered of it, now or before."""
        return self.contents.answers

    @property
    def columns(self) -> tuple[MappedColumn, ...]:
        """What its columns were taken for."""
        return self.contents.document.columns

    @property
    def taken(self) -> tuple[Question, ...]:
        """What the words that are known were taken for."""
        return self.contents.document.taken

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the file leaves open, also beside the data; and what was answered of it."""
        return self.report.questions

    @property
    def is_invitation(self) -> bool:
        """Whether it has invitations, and not a table's rows."""
        return bool(self.contents.document.invitations)

    def can_save(self, left_out: Collection[str]) -> bool:
        """Whether there are rows to save, of those that can't be imported or those at these places."""
        return bool(self.report.refusals) or not self._rows_of_table.isdisjoint(left_out)

    def why_left_out(self, left_out: Collection[str]) -> dict[str, str]:
        """Why the rows at these places are left out."""
        by_user = _("You left it out.")
        return {place: self.held_back.get(place, by_user) for place in left_out}

    @property
    def _rows_of_table(self) -> frozenset[str]:
        """The places of the whole rows of a table; that of a person whom a row names has the name, too."""
        if not self.columns:
            return frozenset()
        document = self.contents.document
        rows = document.applications or document.contacts
        return frozenset(row.place for row in rows)

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported: there is something, and nothing that must be known is open."""
        has_rows = len(self.report.rows) > len(self.report.refused)
        return has_rows and not any(question.needed for question in self.questions)


def import_or_preview(importing: ImportFile, file: SourceFile, wording: Wording) -> str | Preview:
    """Import a file of this program, and say in words what that changed; look at one of another program.

    Raises ``Refused``.
    """
    contents = importing.read(file)
    del file  # with its bytes
    if contents.is_own:
        return import_in_words(importing, contents, wording)
    return preview_of(importing, contents)


def preview_of(importing: ImportFile, contents: FileContents) -> Preview:
    """What importing it would do. Raises ``Refused``."""
    document, report = contents.document, importing.look(contents)
    rows = report.rows
    if document.invitations:  # that the stage moves with an interview shows in the row of its application
        rows = [row for row in rows if row.kind != "event"]
    return Preview(
        contents=contents,
        report=report,
        title=_title(document),
        rows=_PreviewRows(rows, document),
        held_back=why_held_back(document, report),
    )


def import_in_words(
    importing: ImportFile, contents: FileContents, wording: Wording, leave_out: Collection[str] = ()
) -> str:
    """Import it without the rows at these places; says in words what that changed. Raises ``Refused``."""
    report = importing.carry_out(contents, leave_out=leave_out)
    return sentences(in_words(report, wording), *report.warnings[:1])


class _PreviewRows(Sequence[PreviewRow]):
    """The rows as they are shown, each put into words when it is: of many, few are ever seen."""

    def __init__(self, rows: Sequence[ImportRow], document: Document) -> None:
        self._rows = rows
        self._document = document

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> PreviewRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PreviewRow]: ...
    def __getitem__(self, place: int | slice) -> PreviewRow | Sequence[PreviewRow]:
        if isinstance(place, slice):
            return _PreviewRows(self._rows[place], self._document)
        return _row(self._rows[place], self._document)


def _title(document: Document) -> str:
    """What it was recognised as; of a single invitation also to what, and when."""
    events = {each.uid for each in document.invitations}
    if len(events) != 1:
        return document.format
    # Translators: “Invitation: Interview with Acme, Tue 20 Oct 2026, 10:00”.
    text = _("{format}: {event}")
    return text.format(format=document.format, event=invitation_name(document.invitations[0]))


def _row(row: ImportRow, document: Document) -> PreviewRow:
    entry = row.name
    # An invitation is left out by its interview: what it changes in the application follows from that.
    can_be_left_out = {"contact", "interview"} if document.invitations else _CAN_BE_LEFT_OUT
    if isinstance(row.thing, Interview):
        # Of an invitation the application has the row above.
        of = "" if document.invitations else row.name.rpartition(" · ")[0]
        when = with_dots((of, _when(row.thing)))
        # Translators: something that is imported, and what that is: “Ana Ruiz (contact)”.
        entry = _("{name} ({kind})").format(name=when, kind=kind_word(row.kind))
    if row.kind in ("contact", "reminder"):
        entry = _("{name} ({kind})").format(name=row.name, kind=kind_word(row.kind))
    return PreviewRow(
        place=row.place,
        change=change_word(row.change),
        entry=entry,
        why=(row.effect or _facts_in_words(row)) if row.change is Change.ADDED else row.why,
        warns=row.restored or row.set_back is not None or (row.change is Change.ADDED and bool(row.effect)),
        can_be_left_out=(row.kind in can_be_left_out or row.set_back is not None)
        and row.change not in (Change.SKIPPED, Change.REFUSED),
    )


def _when(interview: Interview) -> str:
    at = interview.starts_at
    return f"{format_dated_day(at.date())} {format_clock(at.time())}"


def _facts_in_words(row: ImportRow) -> str:
    """What the file says of something new, as far as a line has room for it."""
    thing = row.thing
    if isinstance(thing, Application):
        stage = stage_names()[thing.stage]
        days = [format_dated_day(thing.applied_on)] if thing.applied_on else []
        if thing.closes_on and not days:
            days.append(f"{application_words()['closes_on'].label} {format_dated_day(thing.closes_on)}")
        said = [stage, *days, thing.location, thing.salary]
    elif isinstance(thing, Contact):
        said = [thing.title, thing.employer, thing.email, thing.phone]
    elif isinstance(thing, Interview):
        said = [thing.location]
    elif isinstance(thing, Reminder):
        said = [format_dated_day(thing.at.date())]
    else:
        said = []
    return with_dots(said) or row.why


# Answers, as they are offered


def choices_for(preview: Preview, question: Question) -> dict[str, str]:
    """The answers to a question, in the words of ``answered``, each with its label; it may have none."""
    if question.asked is QuestionTopic.ZONE:
        return {name: name for name in (question.guess, *sorted(zone_names() - {question.guess}))}
    if question.asked is QuestionTopic.COLUMN and not question.about:
        return {column.heading: column.heading for column in preview.columns}
    return answer_words(question)


def answered(answers: Answers, question: Question, answer: str) -> Answers:
    """The answers with one more."""
    about = question.about
    match question.asked:
        case QuestionTopic.HEADINGS:
            found = replace(answers, headings=answer == "true")
        case QuestionTopic.ROWS:
            found = replace(answers, rows=Rows(answer))
        case QuestionTopic.DAY_FIRST:
            found = replace(answers, day_first=answer == "true")
        case QuestionTopic.STAGE:
            found = replace(answers, stages={**answers.stages, about: Stage(answer)})
        case QuestionTopic.ZONE:
            found = replace(answers, zones={**answers.zones, about: answer})
        case QuestionTopic.APPLICATION if answer == NEW:
            found = with_new_application(answers, question, question.employer, question.role)
        case QuestionTopic.APPLICATION:
            found = replace(answers, applications={**answers.applications, about: answer})
        case _:
            found = with_column(answers, about or answer, answer if about else "employer")
    return found


def with_new_application(answers: Answers, question: Question, employer: str, role: str) -> Answers:
    """The answers with an application that is to be added for an invitation."""
    new = NewApplication(employer=employer, role=role)
    return replace(answers, applications={**answers.applications, question.about: new})


def with_people(answers: Answers, question: Question, people: tuple[str, ...]) -> Answers:
    """The answers with those who are interviewers of an invitation."""
    return replace(answers, people={**answers.people, question.about: people})


def with_column(answers: Answers, heading: str, to: str) -> Answers:
    """The answers with a column taken for that field."""
    return replace(answers, columns={**answers.columns, heading: to})
