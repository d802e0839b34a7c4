"""Whatever may take long: done beside the window, with progress and Cancel when it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.background_work import BackgroundWork, Session
from followup_desktop.services.own_thread import without_collector
from followup_desktop.services.progress import Progress, applications_in_words, rate_in_words
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.worker_thread import WorkerThread

T = TypeVar("T")

SHOWN_AFTER_MS = 400
MANY = 20
"""Changing so many takes longer than the window may leave unanswered, which is two frames."""
_LOOK_MS = 20
_SAID_MS = 500
_WIDTH = 380


class _ProgressDialog(QProgressDialog):
    """Closing it cancels, as the button and Esc do; it goes when the work has ended."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.canceled.emit()


class ProgressRunner(QObject):
    """Does one long thing at a time. Meanwhile the window paints, but takes no edits.

    What the user types or clicks in the first 0.4 seconds waits; then a dialog says what is being done.
    ``about_to_run`` asks to save what is being typed: while it is done, nothing else can be written.
    """

    about_to_run = Signal()

    def __init__(self, background: BackgroundWork, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._background = background
        self._theme = theme
        self._window = window
        self.dialog: QProgressDialog | None = None
        self._counting, self._said = QElapsedTimer(), QElapsedTimer()

    @property
    def is_busy(self) -> bool:
        """Whether something long is being done, here or elsewhere in the program."""
        return self._background.is_busy

    def run(
        self,
        text: str,
        verb: Callable[[Session, Progress], T],
        in_words: Callable[[int, int], str] = applications_in_words,
    ) -> T:
        """Do this and wait for it; raises what it raises, ``Cancelled`` if the user gave it up.

        ``in_words`` says how many are done of how many that it counts.
        """
        if self.is_busy:
            raise Refused(
                _("Follow Up is still busy with something else. Wait until it's done, then try again.")
            )
        self.about_to_run.emit()
        progress = Progress(text, in_words)
        task = WorkerThread(
            text,
            lambda: self._background.run(
                lambda session: verb(session, progress), progress.is_cancelled, progress.count
            ),
        )
        self._background.is_busy = True
        # What so much work leaves is looked through once the window has taken it up, and here: it took two
        # frames of one turn of that, and would give up things of Qt on the other thread as that ends.
        with without_collector():
            try:
                task.start()
                self._wait(task, progress)
            finally:
                self._background.is_busy = False
            self._background.catch_up()
        return task.result()

    def run_for(
        self,
        count: int,
        text: str,
        verb: Callable[[Tracker], Result],
        tracker: Tracker,
        *,
        many: int | None = None,
    ) -> Result:
        """Run a verb for so many things: by this tracker or, where they are ``many``, as ``run`` does."""
        if count < (MANY if many is None else many):
            return verb(tracker)
        return self.run(text, lambda session, _progress: verb(session.tracker))

    def _wait(self, task: WorkerThread[T], progress: Progress) -> None:
        loop = QEventLoop()
        self._counting.invalidate()
        self._said.invalidate()
        look = QTimer()
        look.setInterval(_LOOK_MS)
        look.timeout.connect(lambda: self._look(task, progress, loop))
        look.start()
        QTimer.singleShot(SHOWN_AFTER_MS, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if task.is_alive():
            self.dialog = self.show(progress)
            loop.exec()
            self.dialog.deleteLater()
            self.dialog = None
        if task.is_alive():  # the program is ending
            progress.cancel()
        task.join()

    def _look(self, task: WorkerThread[T], progress: Progress, loop: QEventLoop) -> None:
        if not progress.counted[1]:
            self._counting.invalidate()
        elif not self._counting.isValid():
            self._counting.start()
        if self.dialog is not None and not progress.is_cancelled():
            self._show_count(self.dialog, progress)
        if not task.is_alive():
            loop.quit()

    def _show_count(self, dialog: QProgressDialog, progress: Progress) -> None:
        """Say what is being done and, where it is counted, how far it is; a sentence stands half a second."""
        done, of = progress.counted
        text = self._short(progress.text)
        if dialog.labelText().startswith(text) and self._said.isValid() and self._said.elapsed() < _SAID_MS:
            return
        self._said.start()
        # In two lines from the start: the dialog keeps its height.
        seconds = self._counting.elapsed() / 1000 if self._counting.isValid() else 0
        dialog.setLabelText(f"{text}\n{rate_in_words(done, of, seconds, progress.in_words)}")
        # Not by the dialog's own setValue(), which would handle events here.
        for bar in dialog.findChildren(QProgressBar):
            bar.setTextVisible(False)  # the line is too thin for it, and the sentence above says more
            bar.setRange(0, of)
            bar.setValue(done)

    def _short(self, text: str) -> str:
        """The text with something left out where a file's name is long."""
        room = self._theme.px(_WIDTH - 30)
        return self._window.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def show(self, progress: Progress) -> QProgressDialog:
        """Say what is being done, with Cancel."""
        dialog = _ProgressDialog(self._window.window())
        self._theme.dress(dialog)
        dialog.setWindowTitle(_("Working…"))
        dialog.setAccessibleName(_("Working…"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumWidth(min(self._theme.px(_WIDTH), self._window.window().width()))
        dialog.setLabel(Text(f"{self._short(progress.text)}\n"))
        cancel = Button(_("Cancel"))
        # Without this Qt would have two shortcuts for Esc, of which neither works.
        dialog.setCancelButton(None)
        dialog.setCancelButton(cancel)
        dialog.setRange(0, 0)
        dialog.setAutoClose(False)
        dialog.setMinimumDuration(0)

        def give_up() -> None:
            progress.cancel()
            cancel.setEnabled(False)
            dialog.setLabelText(_("Cancelling…"))
            dialog.show()  # until nothing is being written any more

        dialog.canceled.connect(give_up)
        self._show_count(dialog, progress)
        dialog.show()
        return dialog
