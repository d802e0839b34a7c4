"""What was done last: it is said at the foot of the views, taken back, and done again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.view import Context, WayBack
from followup_desktop.ui.kit.widgets.toast import Toast
from followup_desktop.ui.window.view_stack import ViewStack

if TYPE_CHECKING:
    from followup_desktop.services.tracker import Result
    from followup_desktop.ui.kit.progress import ProgressRunner


class UndoRedo(QObject):
    """Says what happened by ``toast``, which offers to undo it, and carries out Undo and Redo.

    ``named`` tells what each would do now, ``None`` for nothing.
    """

    named = Signal(object, object)

    def __init__(self, context: Context, toast: Toast, pages: ViewStack, progress: ProgressRunner) -> None:
        super().__init__(toast)
        self._tracker = context.tracker
        self._overview = context.overview
        self._toast = toast
        self._pages = pages
        self._progress = progress
        self._changes = self._changes_told = 0
        self._way_back: tuple[str, Callable[[], None]] | None = None
        """Takes back what was done last, where that is no step of the store's, and what it was."""
        toast.undo_wanted.connect(self.undo)

    def note_change(self) -> None:
        """The store holds something else: what is said next is of that, and what was before it stays."""
        self._changes += 1
        self._way_back = None

    def show_history(self) -> None:
        """Name what Undo and Redo would do."""
        undo, redo = self._overview.steps()
        if self._way_back is not None:
            undo, _take_back = self._way_back
        self.named.emit(undo, redo)

    def show_status(self, sentence: str) -> None:
        """Show a sentence at the foot; after a change it offers to undo it.

        So does each of several sentences that are said at once: the last is the one that is read.
        """
        can_undo = self._changes > self._changes_told and self._tracker.undo_label is not None
        QTimer.singleShot(0, self, partial(self._have_told, self._changes))
        if sentence:
            self._toast.show_sentence(sentence, can_undo)

    def show_undoable(self, sentence: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence on a change that is no step of the store's, which Undo takes back this way."""
        step = undo.step() if isinstance(undo, WayBack) else sentence
        self._way_back = None if undo is None else (step, undo)
        self._toast.show_sentence(sentence, can_undo=undo is not None)
        self.show_history()

    def undo(self) -> None:
        """Take the last step back and say which: what is still being typed, if anything is."""
        self._pages.flush()
        if self._way_back is not None:
            (_step, take_back), self._way_back = self._way_back, None
            self._toast.leave()
            take_back()
            self.show_history()
            return
        large = partial(self._progress.run, _("Undoing…"), lambda session, _progress: session.tracker.undo())
        self._take(large if self._tracker.undo_is_large else self._tracker.undo)

    def redo(self) -> None:
        """Do again what was undone, and say which."""
        self._pages.flush()
        large = partial(self._progress.run, _("Redoing…"), lambda session, _progress: session.tracker.redo())
        self._take(large if self._tracker.redo_is_large else self._tracker.redo)

    def _take(self, step: Callable[[], Result]) -> None:
        try:
            done = step()
        except Refused as refused:
            self._toast.show_sentence(str(refused), can_undo=False)
        else:
            self._toast.show_sentence(done.notice or done.label, can_undo=False)
        self.show_history()
        self._have_told(self._changes)

    def _have_told(self, changes: int) -> None:
        self._changes_told = max(self._changes_told, changes)
