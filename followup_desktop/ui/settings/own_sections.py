"""What concerns the program rather than the rules: pausing, notifications, the look, the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.ports import Autostart
from followup_desktop.services.reminding.log import AnnouncementRow
from followup_desktop.services.tracker.trash import KEPT_DAYS
from followup_desktop.ui.kit.editor_tools import SENDER_KEY
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.field import CheckField, Field, TextField
from followup_desktop.ui.kit.forms.panel import let_shrink, small_print
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.reminder_options import ENCOURAGEMENT_KEY, PRIVATE_KEY
from followup_desktop.ui.kit.theme import Space, Theme, ThemeChoice
from followup_desktop.ui.kit.tools import Tools, show_moment
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text, label_name
from followup_desktop.ui.kit.widgets.flat_list import FlatList


def _active() -> str:
    return _("Reminders are active.")


@dataclass(frozen=True, slots=True)
class Notifications:
    """How reminders reach the user: the name of the back end in use; what sends a test and says so.

    ``explained`` says when reminders come at all, ``assured`` the same in a word for when nothing is to do;
    ``login`` starts the program at login, where that can be arranged; ``announcements`` gives the last ones;
    ``paused_until`` says until when there are none, if they are paused.
    """

    name: Callable[[], str]
    send_test: Callable[[], str]
    explained: Callable[[], str] = _active
    assured: Callable[[], str] = _active
    login: Autostart | None = None
    announcements: Callable[[], Sequence[AnnouncementRow]] = tuple
    paused_until: Callable[[], datetime | None] = lambda: None


class TrashItem(Protocol):
    """One thing in the trash."""

    @property
    def kind(self) -> Any:
        """``application`` or ``contact``."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """What it is known by."""

    @property
    def trashed_at(self) -> datetime:
        """Since when it is there."""


@dataclass(frozen=True, slots=True)
class _Thrown:
    """A thing of the trash as a row."""

    id: str
    text: str
    item: TrashItem


class PauseRow(QWidget):
    """The switch that pauses the search; it is stored at once."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.field = CheckField(_("Pause the search"))
        self.field.committed.connect(self._store)
        words = _(
            "While it is paused you are not reminded to look for more (tip 7). "
            "What you have going is followed up as ever."
        )
        _stack(self, self.field, small_print(words))

    def refresh(self) -> None:
        """Show what is stored."""
        self.field.set_value(self._tools.overview.search_paused())

    def _store(self) -> None:
        paused = self.field.value()
        if paused != self._tools.overview.search_paused():
            self._tools.do(lambda: self._tools.tracker.set_search_paused(paused))


class NotificationRows(QWidget):
    """When reminders come, what they may say, which back end shows them, and the last ones."""

    def __init__(self, tools: Tools, settings: QSettings, notifications: Notifications) -> None:
        super().__init__()
        self._tools = tools
        self._settings = settings
        self._notifications = notifications
        self.availability = Text("", "text", wrap=True)
        let_shrink(self.availability)
        self.login = CheckField(_("Start at login, in the tray"))
        self.login.setVisible(notifications.login is not None)
        self.login.committed.connect(self._store_login)
        self.private = self._switch(_("Show nothing private in notifications"), PRIVATE_KEY)
        self.encouragement = self._switch(_("Words of encouragement"), ENCOURAGEMENT_KEY)
        self.back_end = Text("", "text", wrap=True)
        let_shrink(self.back_end)
        self.test_button = Button(_("Send a test"))
        self.test_button.clicked.connect(self._test)
        self.model: RowsModel[AnnouncementRow] = RowsModel(_announcement, self)
        self.last = FlatList(
            tools.theme, _("Last announcements"), self.model, _("Nothing was announced yet.")
        )
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand now."""
        self.availability.setText(self._notifications.explained())
        login = self._notifications.login
        if login is not None:
            self.login.set_value(login.is_on())
        name = self._notifications.name()
        self.back_end.setText(_("Notifications are shown through: {channel}").format(channel=name))
        self.model.set_rows(self._notifications.announcements())

    def _lay_out(self) -> None:
        discreet = _(
            "They then say only that a follow-up is due, without names; the window says what it is about."
        )
        kind = _(
            "After a refusal, a kind notification as well, at most one in seven days. It is news about one "
            "company, not about you (tip 8)."
        )
        column = _stack(self, self.availability)
        for part in (self.login, self.private, small_print(discreet), self.encouragement, small_print(kind)):
            if isinstance(part, CheckField):
                column.addSpacing(Space.S)
            column.addWidget(part)
        column.addSpacing(Space.S)
        column.addWidget(self.back_end)
        column.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(Space.M)
        label = Text(_("Last announcements"), "strong")
        label.setAccessibleName(_("Last announcements:"))
        label.setBuddy(self.last)
        column.addWidget(label)
        column.addWidget(self.last)

    def _switch(self, name: str, key: str) -> CheckField:
        field = CheckField(name)
        field.set_value(self._settings.value(key, False, type=bool))
        field.committed.connect(lambda: self._settings.setValue(key, field.value()))
        return field

    def _store_login(self) -> None:
        login = self._notifications.login
        if login is not None:
            try:
                login.turn(self.login.value())
            except Refused as refusal:
                self._tools.show_status(str(refusal))
        self.refresh()

    def _test(self) -> None:
        self._tools.show_status(self._notifications.send_test())
        self.refresh()


class LookAndSender(QWidget):
    """The theme, and the name below the user's emails."""

    def __init__(self, theme: Theme, settings: QSettings, choose: Callable[[ThemeChoice], None]) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._choose = choose
        labels = [
            (ThemeChoice.SYSTEM, _("As the system")),
            (ThemeChoice.LIGHT, _("Light")),
            (ThemeChoice.DARK, _("Dark")),
        ]
        self.look = ChoiceField(_("Theme"), labels)
        self.sender_name = TextField(_("Your name"), hint=_("as you sign your emails"))
        self.sender_name.set_value(str(settings.value(SENDER_KEY, "")))
        column = _stack(self, _label(self.look), self.look)
        column.addSpacing(Space.S)
        column.addWidget(_label(self.sender_name))
        column.addWidget(self.sender_name)
        column.addWidget(small_print(_("It stands below the emails that are drafted for you.")))
        self.look.committed.connect(lambda: self._choose(self.look.value()))
        self.sender_name.committed.connect(self._store_sender)
        theme.changed.connect(self._show_look)
        self._show_look()

    def _show_look(self) -> None:
        self.look.set_value(self._theme.choice)

    def _store_sender(self) -> None:
        try:
            name = self.sender_name.value()
        except Refused as refusal:
            self.sender_name.refuse(str(refusal))
            return
        self._settings.setValue(SENDER_KEY, name)
        self.sender_name.set_value(name)


class TrashRows(QWidget):
    """What was deleted lately, each thing with the way back."""

    def __init__(self, tools: Tools, trash: Callable[[], Sequence[TrashItem]]) -> None:
        super().__init__()
        self._tools = tools
        self._trash = trash
        self.model: RowsModel[_Thrown] = RowsModel(lambda row: row.text, self)
        self.list = FlatList(tools.theme, _("Trash"), self.model, _("The trash is empty."))
        self.list.opened.connect(lambda _row: self.restore_current())
        self.restore_button = Button(_("Restore"))
        self.restore_button.clicked.connect(self.restore_current)
        words = ngettext(
            "What you delete stays here for {n} day on which you use Follow Up.",
            "What you delete stays here for {n} days on which you use Follow Up.",
            KEPT_DAYS,
        ).format(n=format_number(KEPT_DAYS))
        column = _stack(self, small_print(words), self.list)
        column.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Show what is in the trash now."""
        rows = [
            _Thrown(
                f"{item.kind}/{item.id}",
                _("{title} — deleted {when}").format(
                    title=item.title, when=show_moment(self._tools.wall(item.trashed_at))
                ),
                item,
            )
            for item in self._trash()
        ]
        self.model.set_rows(rows)
        if rows and self.list.current_row() < 0:
            self.list.select(0)
        self.restore_button.setVisible(bool(rows))

    def restore_current(self) -> None:
        """Bring the selected thing back."""
        row = self.model.row_at(self.list.current_row())
        if row is None:
            return
        done = self._tools.do(lambda: self._tools.tracker.restore(row.item.kind, row.item.id))
        if done is not None and not done.notice:
            self._tools.show_status(_("Restored {title}.").format(title=row.item.title))


def _stack(holder: QWidget, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _label(field: Field) -> Text:
    label = Text(field.name, "strong")
    label.setAccessibleName(label_name(field.name))
    label.setBuddy(field.editor)
    return label


def _announcement(row: AnnouncementRow) -> str:
    words = f"{row.when}  {row.title}"
    return f"{words} · {row.state}" if row.state else words
