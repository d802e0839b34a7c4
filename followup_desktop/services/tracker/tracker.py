"""The tracker: every verb in one class."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from followup_desktop.domain.model import CallOutcome, EventKind
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.own_thread import without_collector
from followup_desktop.services.ports import Clock
from followup_desktop.services.tracker.base import NewId, Result
from followup_desktop.services.tracker.bulk import BulkVerbs
from followup_desktop.services.tracker.debrief import DebriefVerbs
from followup_desktop.services.tracker.letters import LetterVerbs
from followup_desktop.services.tracker.people import PeopleVerbs
from followup_desktop.services.tracker.trash import TrashVerbs
from followup_desktop.services.tracker.warnings import Warnings
from followup_desktop.services.wording import Wording
from followup_desktop.storage.backups import Why
from followup_desktop.storage.store import Store

if TYPE_CHECKING:
    from followup_desktop.services.transfer.document import Answers, Document, Reading
    from followup_desktop.services.transfer.report import ImportReport


def _uuid() -> str:
    return str(uuid4())


def _go_on() -> None:
    """Writing may begin."""


class Tracker(LetterVerbs, DebriefVerbs, BulkVerbs, PeopleVerbs, TrashVerbs):
    """The one place that writes what the user did.

    Every verb is one transaction under a name that undo shows, and returns what it did. What can't be
    written is ``Refused`` with a sentence and, where it concerns one, the field; then nothing is written.
    ``new_id`` makes the ids of what is new.
    """

    def __init__(self, store: Store, clock: Clock, wording: Wording, new_id: NewId = _uuid) -> None:
        super().__init__(store, clock, wording, new_id)

    @property
    def undo_label(self) -> str | None:
        """What the next undo takes back, or ``None``."""
        return self._store.history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What the next redo does again, or ``None``."""
        return self._store.history.redo_label

    @property
    def undo_is_large(self) -> bool:
        """Whether the next undo takes so long that it is better done beside the window."""
        return self._store.history.undo_is_large

    @property
    def redo_is_large(self) -> bool:
        """Whether the next redo takes so long that it is better done beside the window."""
        return self._store.history.redo_is_large

    def undo(self) -> Result:
        """Take the last step back."""
        label = self._store.history.undo().label
        return Result(label=label, notice=_("Undid “{label}”").format(label=label))

    def redo(self) -> Result:
        """Do the step last taken back again."""
        label = self._store.history.redo().label
        return Result(label=label, notice=_("Redid “{label}”").format(label=label))

    def warnings_for_contact(
        self, application_id: str, kind: EventKind, at: datetime, outcome: CallOutcome | None = None
    ) -> tuple[str, ...]:
        """What speaks against a contact at that instant, a sentence each that names its tip."""
        employer = self._store.employer_of(application_id)
        application = next(a for a in employer.applications if a.id == application_id)
        return Warnings(employer, application, self._store.policy(), self._wording).of(kind, at, outcome)

    def reading(self, name: str, answers: Answers | None = None) -> Reading:
        """What the reader of a file of that name is to know: now, the user's time zone, and the answers."""
        from followup_desktop.services.transfer.document import Answers, Reading

        return Reading(
            name=name,
            now=self._now(),
            timezone=self._store.policy().timezone,
            answers=answers or Answers(),
        )

    def import_document(
        self,
        document: Document,
        before_writing: Callable[[], None] = _go_on,
        *,
        dry_run: bool = False,
        leave_out: Collection[str] = (),
        holds_back: bool = False,
        on_progress: OnProgress = ignore_progress,
    ) -> ImportReport:
        """Merge a file that was read into what is there, all of it or nothing.

        ``before_writing`` is called when it is known what is to be written; what it raises ends the import.
        A ``dry_run`` does it all and takes it back, so that it tells and refuses what the import would; only
        it leaves questions of the file open. ``leave_out`` are the places of rows that the user doesn't want;
        with ``holds_back`` also those of a table that would set a stage back are left out.
        ``on_progress`` hears how many applications of how many were compared with what is there.
        """
        from followup_desktop.services.transfer.importing import check_answered, put_document
        from followup_desktop.services.transfer.report import ImportReport

        document = document.without(leave_out)
        if not dry_run:
            check_answered(document.questions)
        report = ImportReport()
        if not dry_run:
            self._store.before_large_change(Why.IMPORT)
        label = lasting(lambda: pgettext("a step to undo", "Import"))
        with without_collector(), suppress(_TrialEnd), self._store.transaction(label) as t:
            report = put_document(
                t,
                document,
                self._now(),
                self._new_id,
                before_writing,
                leave_out=leave_out,
                holds_back=holds_back,
                dry_run=dry_run,
                on_progress=on_progress,
            )
            if dry_run:
                raise _TrialEnd
        return report


class _TrialEnd(Exception):
    """Ends a transaction that was only tried."""
