"""The user's data: where they are, the backups, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.background_work import Session
from followup_desktop.services.backups import BackupRow, Backups, check_all
from followup_desktop.services.passphrase import unlock_backup
from followup_desktop.services.progress import Progress
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import Text, as_heading, let_shrink
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import in_lines
from followup_desktop.ui.kit.window_settings import SECOND_BACKUPS
from followup_desktop.ui.settings.backup_window import BackupWindow
from followup_desktop.ui.settings.passphrase_rows import PassphraseRows
from followup_desktop.ui.settings.passphrase_window import PassphraseWindow

T = TypeVar("T")
_MOST_ROWS = 8
_LOOK_MS = 5000


class DataRows(QWidget):
    """The backups as a list; the one that is selected can be looked into and restored."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settings = context.settings
        self._backups = context.data.backups
        self.progress = context.progress(self)
        self.state = Text("", "text", wrap=True)
        self.make_button = Button(_("Back up now"))
        self.check_button = Button(_("Check now"))
        self.second = Text("", "text", wrap=True)
        self.folder_button = Button(_("Choose a second folder…"))
        self.stop_button = Button(_("Stop"), name=_("Stop using the second folder"))
        self.model: RowsModel[BackupRow] = RowsModel(lambda row: row.text, self)
        self.list = FlatList(context.theme, _("Backups"), self.model, _("No backups yet."))
        self.list.most_rows = _MOST_ROWS
        self.look_button = Button(_("Look inside"), name=_("Look inside the backup"))
        self.restore_button = Button(_("Restore"), name=_("Restore the backup"))
        self.other_button = Button(_("Choose a backup…"))
        self.unlock_shown: PassphraseWindow | None = None
        self.passphrase = PassphraseRows(context, self.refresh)
        self.looking = QTimer(self, interval=_LOOK_MS)
        """Looks what has become of the folders while they are in sight: a stick is pulled out, say."""
        self._known: object = None
        self._arrange()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the backups that there are now."""
        self._known = self._backups.stamp
        self.model.set_rows(self._backups.rows())
        newest = next((row for row in self.model.rows if row.backup is not None), None)
        if (why := self._backups.why_unread) != "":
            self.state.setText(why)
        elif newest is None:
            self.state.setText(
                _("There are no backups yet. The first one is made once you've entered something.")
            )
        else:
            text = _("Last backup: {backup}")
            self.state.setText(text.format(backup=newest.text))
        second = self._backups.second_folder
        self.stop_button.setVisible(second is not None)
        words = _("Choose a second folder…") if second is None else _("Choose another folder…")
        self.folder_button.setText(words)
        self.folder_button.setAccessibleName(spoken(words))
        if second is None:
            self.second.setText(_("Backups are kept on this computer only."))
        elif self._backups.is_second_away:
            text = _("{folder} can't be reached, so backups aren't copied there now.")
            self.second.setText(text.format(folder=second))
        else:
            self.second.setText(_("Backups are also copied to {folder}").format(folder=second))
        self.passphrase.refresh()
        self._fit_buttons()

    def _look_again(self) -> None:
        if self._backups.stamp != self._known or any(row.is_unread_now for row in self.model.rows):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what becomes of the folders while they are seen."""
        super().showEvent(event)
        self._look_again()
        self.looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No longer."""
        super().hideEvent(event)
        self.looking.stop()

    def keep_in(self, folder: Path) -> None:
        """Keep each backup in this folder, too, from the newest one on."""
        self._settings.set(SECOND_BACKUPS, str(folder))
        self._run(_("Copying the newest backup…"), lambda backups, _progress: backups.copy_newest())

    def stop(self) -> None:
        """Keep them in the program's own folder only; what is in the other stays."""
        folder = self._backups.second_folder
        self._settings.clear(SECOND_BACKUPS)
        self.refresh()
        self.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if folder is not None:
            said = _("Backups are no longer copied to {folder}. Those already there stay.")
            self._context.show_status(said.format(folder=folder))

    def _make(self) -> None:
        made = self._run(
            _("Backing up…"), lambda backups, progress: backups.make_by_hand(progress.is_cancelled)
        )
        if made is not None:
            self._context.show_status(
                _("Made a backup: {backup}").format(backup=self._backups.words.row(made).text)
            )

    def _check(self) -> None:
        said = self._run(_("Checking…"), lambda backups, _progress: check_all(backups))
        if said is not None:
            self._context.show_status(said)

    def _restore(self) -> None:
        if (row := self._current()) is not None:
            self._unlocked(row, self.restore)

    def restore(self, row: BackupRow) -> None:
        """Put this backup back; undo takes that back."""
        restored = self._run(
            _("Restoring…"), lambda backups, progress: backups.restore(row.file, progress.is_cancelled)
        )
        if restored is not None:
            self._context.show_status(restored.sentence)

    def _look(self) -> None:
        if (row := self._current()) is not None:
            self._unlocked(row, self.look)

    def _unlocked(self, row: BackupRow, then: Callable[[BackupRow], object]) -> None:
        """Do this with the backup, once its passphrase is known."""
        if not row.is_locked:
            then(row)
            return

        def unlock(typed: str | None, _in_keyring: bool) -> None:
            unlock_backup(row.file, typed or "", self._backups.keys)

        window = PassphraseWindow(self._context.theme, Purpose.BACKUP, None, unlock, self.window())
        self.unlock_shown = window
        window.accepted.connect(self.refresh)
        window.accepted.connect(lambda: self.choose(row.file, then))
        window.show()

    def choose(self, file: Path, then: Callable[[BackupRow], object]) -> None:
        """Do this with a file of the user's choice, once its passphrase is known."""
        try:
            row = self._backups.row_of(file)
        except Refused as refused:
            self._context.show_status(str(refused))
        else:
            self._unlocked(row, then)

    def _choose_backup(self) -> None:
        begin = self._backups.second_folder or self._backups.folder
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), str(begin))
        if name:
            self.choose(Path(name), self.look)

    def look(self, row: BackupRow) -> None:
        """Show what is in this backup."""
        inside = self._run(_("Opening the backup…"), lambda backups, _progress: backups.look_into(row.file))
        if inside is not None:
            window = BackupWindow(self._context.theme, inside, self.window())
            window.wanted.connect(lambda: self.restore(row))
            window.show()

    def _run(self, text: str, work: Callable[[Backups, Progress], T]) -> T | None:
        """Do this beside the window; a refusal becomes a message."""

        def do(session: Session, progress: Progress) -> T:
            return work(self._backups.over(session.store), progress)

        try:
            done = self.progress.run(text, do)
        except Refused as refusal:
            self._context.show_status(str(refusal))
            done = None
        self.refresh()
        return done

    def _current(self) -> BackupRow | None:
        row = self.model.row_at(self.list.current_row())
        return row if row is not None and (row.backup is not None or row.is_locked) else None

    def _fit_buttons(self) -> None:
        for button in (self.look_button, self.restore_button):
            button.setEnabled(self._current() is not None)

    def _choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        begin = self._backups.second_folder or Path(home)
        if chosen := QFileDialog.getExistingDirectory(self, _("Second folder for backups"), str(begin)):
            self.keep_in(Path(chosen))

    def _connect(self) -> None:
        self.looking.timeout.connect(self._look_again)
        self.make_button.clicked.connect(self._make)
        self.check_button.clicked.connect(self._check)
        self.folder_button.clicked.connect(self._choose)
        self.stop_button.clicked.connect(self.stop)
        self.look_button.clicked.connect(self._look)
        self.restore_button.clicked.connect(self._restore)
        self.other_button.clicked.connect(self._choose_backup)
        self.list.opened.connect(lambda _row: self._look())
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._fit_buttons())

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        where = small_print(_("Your data is in {folder}").format(folder=self._backups.folder.parent))
        words = _(
            "Follow Up backs up your data once a day if something has changed, and before imports, "
            "updates and large deletions. It keeps fewer of them as they get older."
        )
        for part in (self.state, self.second):
            let_shrink(part)
        column.addWidget(self.state)
        column.addWidget(small_print(words))
        column.addWidget(where)
        column.addSpacing(Space.S)
        column.addLayout(in_lines(self.make_button, self.check_button))
        column.addSpacing(Space.M)
        label = as_heading(Text(_("Backups"), "strong", wrap=True))
        label.setBuddy(self.list)
        column.addWidget(label)
        column.addWidget(self.list)
        column.addSpacing(Space.XS)
        column.addLayout(in_lines(self.look_button, self.restore_button, self.other_button))
        column.addWidget(
            small_print(
                _("Before a backup is restored, your present data is backed up. You can undo it, too.")
            )
        )
        column.addSpacing(Space.M)
        column.addWidget(self.second)
        column.addWidget(
            small_print(
                _("A folder that syncs, or one on another disk, keeps your backups if this computer is lost.")
            )
        )
        column.addSpacing(Space.XS)
        column.addLayout(in_lines(self.folder_button, self.stop_button))
        column.addSpacing(Space.L)
        column.addWidget(self.passphrase)
