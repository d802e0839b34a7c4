"""The way to the phone: which folder the calendar is kept in, how it is written, and how that goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reminding.phone_calendar import FILE_NAME, CalendarWish
from followup_desktop.ui.kit.forms.field import CheckField
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.reminder_options import stored_wish
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import SteadyText, Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.window_settings import (
    PHONE_AS_EVENTS,
    PHONE_FOLDER,
    PHONE_PRIVATE,
)

_LOOK_MS = 100


class PhoneRows(QWidget):
    """The folder and the two choices; each is stored and followed at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._settings = context.settings
        self._calendar = context.desktop.phone
        self._clock = context.clock
        self._show_status = context.show_status
        self.folder_button = Button(_("Choose a folder…"))
        self.stop_button = Button(_("Stop"), name=_("Stop updating the calendar"))
        self.state = SteadyText(lines=2)
        self.as_events = CheckField(_("Follow-ups as appointments"))
        self.private = CheckField(_("Hide names on your phone"))
        self._arrange()
        self.folder_button.clicked.connect(self._choose)
        self.stop_button.clicked.connect(self.stop)
        self.as_events.committed.connect(self._store_options)
        self.private.committed.connect(self._store_options)
        # Looked at only while it is being written: the work is done in a thread that knows nothing of Qt.
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.refresh()

    def refresh(self) -> None:
        """Show where the calendar is kept, and whether it could be written."""
        wanted = self._calendar.wanted
        self.as_events.set_value(wanted.options.as_events)
        self.private.set_value(wanted.options.private)
        for field in (self.as_events, self.private):
            field.setEnabled(wanted.target is not None)
        self.stop_button.setVisible(wanted.target is not None)
        is_kept = wanted.target is not None
        words = _("Choose another folder…") if is_kept else _("Choose a folder…")
        self.folder_button.setText(words)
        self.folder_button.setAccessibleName(spoken(words))
        # What went wrong names the folder too.
        failure = self._calendar.failure
        self.state.show_sentence(failure or self._state_text(wanted), is_problem=bool(failure))

    def keep_in(self, folder: Path) -> None:
        """Keep the calendar in this folder from now on."""
        self._settings.set(PHONE_FOLDER, str(folder))
        self._follow()

    def stop(self) -> None:
        """Keep it nowhere any more."""
        target = self._calendar.wanted.target
        self._settings.clear(PHONE_FOLDER)
        self._follow()
        self.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is not None:
            said = _("Follow Up no longer updates {file}. Delete it to clear your phone.")
            self._show_status(said.format(file=target.name))

    def _state_text(self, wanted: CalendarWish) -> str:
        if wanted.folder is None:
            return _("You haven't chosen a folder.")
        if self._calendar.is_busy:
            return _("Updating {file} in {folder}…").format(file=FILE_NAME, folder=wanted.folder)
        return _("{file} in {folder} is up to date").format(file=FILE_NAME, folder=wanted.folder)

    def _choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        begin = self._calendar.wanted.folder or Path(home)
        title = _("Phone calendar folder")
        if chosen := QFileDialog.getExistingDirectory(self, title, str(begin)):
            self.keep_in(Path(chosen))

    def _store_options(self) -> None:
        self._settings.set(PHONE_AS_EVENTS, self.as_events.value())
        self._settings.set(PHONE_PRIVATE, self.private.value())
        self._follow()

    def _follow(self) -> None:
        self._calendar.keep(stored_wish(self._settings))
        self._look()

    def _look(self) -> None:
        self._calendar.beat(self._clock())
        self.refresh()
        if self._calendar.is_busy:
            self._timer.start()
        else:
            self._timer.stop()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        words = _(
            "Choose a folder that syncs to your phone, for example with Nextcloud, "
            "Syncthing or Dropbox. Follow Up keeps a calendar file there, with interviews "
            "as appointments and follow-ups as tasks with alarms. It doesn't send anything "
            "itself."
        )
        more = _(
            "Many phone calendars don't show tasks. This adds each reminder as a 15-minute "
            "appointment too. It rings, but your time stays free."
        )
        fewer = _(
            "Entries only say “Interview” or “Follow-up due”, without who, where or why. "
            "Use this if others can see your folder or screen."
        )
        column.addWidget(as_heading(Text(_("In a synced folder"), "strong", wrap=True)))
        column.addWidget(small_print(words))
        column.addSpacing(Space.S)
        column.addWidget(self.state)
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.stop_button)
        column.addSpacing(Space.XS)
        column.addLayout(buttons)
        for field, help_text in ((self.as_events, more), (self.private, fewer)):
            column.addSpacing(Space.S)
            column.addWidget(field)
            column.addWidget(small_print(help_text))
