"""Merging a file that was read into what is there, and what an import did, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from followup_desktop.domain.checks import in_quotes
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Event, EventKind
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import _, format_list, format_number, format_series, ngettext, pgettext
from followup_desktop.services.transfer.document import Question
from followup_desktop.services.transfer.interchange import (
    Document,
    ImportReport,
    ImportRow,
    MergeResult,
)
from followup_desktop.services.transfer.lasting_ids import undated_step_id
from followup_desktop.services.transfer.merge import (
    ReportOfParts,
    merge_part,
    moved_with_zone,
    named_in,
)
from followup_desktop.services.transfer.report import Change
from followup_desktop.services.transfer.report_words import answer_words
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import in_parts
from followup_desktop.storage.store import Thing
from followup_desktop.storage.trash import TrashReads
from followup_desktop.storage.writes import Transaction

_NAMED = 3
"""So many of what was set back or brought back are named; of more it is said how many."""


class OpenQuestion(Refused):
    """The first question that has to be answered before a file is imported; ``questions`` are all of them."""

    def __init__(self, question: Question, questions: Sequence[Question]) -> None:
        super().__init__(question.text, field=question.asked.value)
        self.question = question
        self.questions = questions


def row_in_words(row: ImportRow) -> str:
    """What became of one row, and why: "updated: contact “Ana Ruiz” (changes phone)"."""
    change, kind = change_word(row.change), kind_word(row.kind)
    # Translators: a line of the report of an import: “added: contact “Ana Ruiz” (new)”.
    text = _("{change}: {kind} {name} ({why})")
    return text.format(change=change, kind=kind, name=in_quotes(row.name), why=row.why)


def change_word(change: Change) -> str:
    """What became of a row, in a word."""
    return {
        Change.ADDED: pgettext("what an import did", "added"),
        Change.UPDATED: pgettext("what an import did", "updated"),
        Change.MERGED: pgettext("what an import did", "merged"),
        Change.SKIPPED: pgettext("what an import did", "skipped"),
        Change.REFUSED: pgettext("what an import did", "left out"),
    }[change]


def kind_word(kind: str) -> str:
    """What a row is, in a word."""
    return {
        "policy": pgettext("what was imported", "policy"),
        "search": pgettext("what was imported", "search"),
        "contact": pgettext("what was imported", "contact"),
        "application": pgettext("what was imported", "application"),
        "interview": pgettext("what was imported", "interview"),
        "event": pgettext("what was imported", "event"),
        "reminder": pgettext("what was imported", "reminder"),
        "choice": pgettext("what was imported", "choice"),
        "announced": pgettext("what was imported", "announced"),
        "row": pgettext("what was imported", "row"),
    }[kind]


def in_a_line(question: Question) -> str:
    """A question of the file with what was taken for its answer."""
    if not question.guess:
        return question.text
    # Translators: a question about a file, and its answer for now: “What stage is “Sent”? Taken for applied.”
    guess = answer_words(question).get(question.guess, question.guess)
    return _("{question} Read as {guess}.").format(question=question.text, guess=in_quotes(guess))


def in_words(report: ImportReport, wording: Wording, *, dry_run: bool = False) -> str:
    """What an import did, or would do: also the stages it set back, and what came out of the trash."""
    back, restored = report.set_back, report.restored
    changes = counts_in_words(report)
    if not changes:
        said = [_("There's nothing to import.")]
    elif dry_run:
        said = [_("Nothing has changed. The import would be: {changes}.").format(changes=changes)]
    elif sum(report.counts()[change] for change in (Change.ADDED, Change.UPDATED, Change.MERGED)):
        said = [_("Imported: {changes}.").format(changes=changes)]
    else:
        said = [_("Nothing new: {changes}.").format(changes=changes)]
    if report.refused:
        text = ngettext("{n} row left out.", "{n} rows left out.", len(report.refused))
        said.append(text.format(n=format_number(len(report.refused))))
    if len(back) <= _NAMED:
        text = _("{name} goes back from {before} to {after}.")
        stages = [[wording.stage_label(stage) for stage in row.set_back or ()] for row in back]
        said += [
            text.format(name=row.name, before=before, after=after)
            for row, (before, after) in zip(back, stages, strict=True)
        ]
    else:
        text = ngettext(
            "{n} application goes back to an older stage: {names}.",
            "{n} applications go back to an older stage: {names}.",
            len(back),
        ).format(n=format_number(len(back)), names=_names(back, wording))
        said.append(text)
    if restored:
        text = _("Restored from the trash: {names}.")
        said.append(text.format(names=_names(restored, wording)))
    if report.moved:
        text = ngettext(
            "{n} interview moves with its time zone: {names}.",
            "{n} interviews move with their time zones: {names}.",
            len(report.moved),
        )
        said.append(text.format(n=format_number(len(report.moved)), names=_names(report.moved, wording)))
    if any(row.kind == "policy" for row in report.updated):
        said.append(_("Settings change too."))
    return " ".join(said)


def counts_in_words(report: ImportReport) -> str:
    """How many rows were added, updated, merged and unchanged, but for what there is none of.

    Empty where nothing is left to import.
    """
    counts = report.counts()
    added, updated = counts[Change.ADDED], counts[Change.UPDATED]
    merged, skipped = counts[Change.MERGED], counts[Change.SKIPPED]
    words = [
        # Translators: a part of “Imported: 2 added, 1 updated, 3 unchanged.”
        (ngettext("{n} added", "{n} added", added), added),
        (ngettext("{n} updated", "{n} updated", updated), updated),
        (ngettext("{n} merged with what you have", "{n} merged with what you have", merged), merged),
        (ngettext("{n} unchanged", "{n} unchanged", skipped), skipped),
    ]
    return format_series(text.format(n=format_number(n)) for text, n in words if n)


def _names(rows: Sequence[ImportRow], wording: Wording) -> str:
    """The first names, and how many more there are."""
    names = [row.name for row in rows]
    if len(names) <= _NAMED:
        return format_series(names)
    others = ngettext("{n} other", "{n} others", len(names) - _NAMED + 1).format(
        n=format_number(len(names) - _NAMED + 1)
    )
    return format_list([*names[: _NAMED - 1], others])


def check_answered(questions: Sequence[Question]) -> None:
    """``OpenQuestion`` if one of them has to be answered before the file is imported."""
    for question in questions:
        if question.needed:
            raise OpenQuestion(question, questions)


def put_document(
    writing: Transaction,
    document: Document,
    now: datetime,
    new_id: Callable[[], str],
    before_writing: Callable[[], None],
    *,
    leave_out: Collection[str] = (),
    holds_back: bool = False,
    dry_run: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> ImportReport:
    """Merge a document into the stored facts, within a transaction, but for the rows at these places.

    Unless it is a ``dry_run``, a question that must be answered is refused. Where it ``holds_back``, the
    rows of a table that would set a stage back are left out, and told as that. A stage that changes without
    an entry in the timeline gets one, at the instant the file gives, or ``now``.
    """
    if document.invitations:
        from followup_desktop.services.transfer.placing import placed

        placement = placed(document, writing.facts(), writing.revisions(), now, leave_out)
        document = placement.document
        if not dry_run:
            check_answered(document.questions)
        writing.put_revisions(placement.revisions)
    comparison, report = _Comparison(writing, new_id), ReportOfParts(document)
    for part, hears in _with_progress(document, on_progress):
        merged = comparison.merged(part, hears)
        if holds_back and (held := why_held_back(part, merged.report)):
            held_back = tuple(map(_held_back, merged.report.set_back))
            merged = comparison.merged(part.without(held))
            rows = (*merged.report.rows, *held_back)
            merged = replace(merged, report=replace(merged.report, rows=rows, held=held))
        if part is document:
            before_writing()
        applications = tuple(
            _told_in_timeline(each, merged, now, new_id, is_foreign=document.foreign)
            for each in merged.facts.applications
        )
        writing.put_changes(merged.before, replace(merged.facts, applications=applications))
        report.add(merged.report)
    report.add_rows(comparison.moved())
    return report.whole()


def _with_progress(document: Document, on_progress: OnProgress) -> Iterator[tuple[Document, OnProgress]]:
    """The parts of a document, each with what hears how far the whole is by how far the part is."""
    done = 0
    for part in document.parts():
        if not part.applications:  # then nothing is counted, but the work may be given up
            on_progress(done, document.applications_in_all)
        yield part, partial(_count_on, on_progress, done, document.applications_in_all)
        done += len(part.applications)


def _count_on(on_progress: OnProgress, before: int, in_all: int, done: int, of: int) -> None:
    on_progress(before + done, max(in_all, before + of))


def _told_in_timeline(
    application: Application,
    merged: MergeResult,
    now: datetime,
    new_id: Callable[[], str],
    *,
    is_foreign: bool,
) -> Application:
    """The application with an entry for its new stage, where its timeline doesn't tell it yet."""
    stages = merged.moves.get(application.id)
    if stages is None:
        return application
    at = min(merged.dated.get(application.id, now), now) if is_foreign else now
    is_undated = is_foreign and at == now
    key = undated_step_id(application.id, stages[1], now) if is_undated else new_id()
    if any(event.id == key for event in application.events):  # it was there and back within a second
        key = new_id()
    entry = Event(id=key, kind=EventKind.STAGE, at=at, from_stage=stages[0], to_stage=stages[1])
    told = replace(application, events=(*application.events, entry))
    return replace(told, stage_at=at) if is_foreign else told


def why_held_back(document: Document, report: ImportReport) -> dict[str, str]:
    """Why rows of a table are left out unless the user wants them, by their places: they set a stage back.

    Then the table may be an older copy. A file of this program is to be taken as it is, and an invitation is
    news.
    """
    if not document.foreign or document.invitations or not report.set_back:
        return {}
    why = {row.id: _held_back(row).why for row in report.set_back}
    return {row.place: why[row.id] for row in report.rows if row.kind == "application" and row.id in why}


def _held_back(row: ImportRow) -> ImportRow:
    """The row as it is told where it was left out."""
    return replace(row, change=Change.REFUSED, keys=(), matched="", effect="", restored=False, moved=None)


class _Comparison:
    """Compares a document with what is there, of which it asks for no more than a part of it names.

    An application or contact in the trash that the file brings again comes out of it: it takes the file's
    values and keeps its others, as if it had never been there. ``Transaction.put_changes`` writes that, and
    is called before the next part is merged. Another program's file, which has but one part, is matched with
    all that is there first, in the trash too. An import into a file that is damaged is ``Refused``.
    """

    def __init__(self, reads: TrashReads, new_id: Callable[[], str]) -> None:
        reads.check_sound()
        self._reads = reads
        self._new_id = new_id
        self._former = reads.policy()
        self._had_things = reads.has_things()
        self._moves_all = False
        self._brought: set[str] = set()

    def merged(self, part: Document, on_progress: OnProgress = ignore_progress) -> MergeResult:
        """What the part makes of what it names; nothing is written yet."""
        reads = self._reads
        if part.foreign:
            # With what it needs, as the words of postings, it has 90 modules and 7 MB.
            from followup_desktop.services.transfer.matching import matched

            live = reads.facts()
            trash = [entry.id for entry in reads.trash()]
            part = matched(part, reads.facts(trash) if trash else live, live, self._new_id, on_progress)
        restored = reads.in_trash(Thing.CONTACT, [row.id for row in part.contacts])
        restored |= reads.in_trash(Thing.APPLICATION, [row.id for row in part.applications])
        named = named_in(part)
        base = reads.facts_of(
            named.own if self._had_things else (),  # else none is taken: no id is in a file twice
            contacts=named.contacts,
            applications=named.applications,
            keys=[row.id for row in (*part.choices, *part.announced)],
            restoring=restored,
        )
        merged = merge_part(part, base, self._former, restored, on_progress)
        reads.check_beside_trash(merged.facts, restored)
        self._moves_all |= merged.facts.policy.timezone != self._former.timezone
        if self._moves_all:
            self._brought.update(row.id for row in part.applications)
        return merged

    def moved(self) -> Iterator[ImportRow]:
        """Once all is written, the rows of interviews of other applications that the user's zone moves."""
        ids = self._reads.live_ids() if self._moves_all else ()
        for some in in_parts(each for each in ids if each not in self._brought):
            yield from moved_with_zone(self._reads.applications(some), self._former, self._reads.policy())
