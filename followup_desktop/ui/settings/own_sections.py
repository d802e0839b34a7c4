"""What concerns the program rather than the rules: pausing, notifications, the look, the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.trash import KEPT_FOR
from followup_desktop.ui.applications.flat_list import FlatList
from followup_desktop.ui.applications.tools import Tools, show_moment
from followup_desktop.ui.compose.tools import SENDER_KEY
from followup_desktop.ui.forms.choices import ChoiceField
from followup_desktop.ui.forms.field import CheckField, Field, TextField
from followup_desktop.ui.forms.panel import let_shrink
from followup_desktop.ui.models.rows import RowsModel
from followup_desktop.ui.theme import Space, Theme, ThemeChoice
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Text

ENCOURAGEMENT_KEY = "reminders/encouragement"
"""Whether words of encouragement are also notified (tip 8); off unless it is turned on."""


@dataclass(frozen=True, slots=True)
class Notifications:
    """The name of the back end in use, and what sends a test and says in a sentence what became of it."""

    name: Callable[[], str]
    send_test: Callable[[], str]


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
        self.field = CheckField(self.tr("Pause the search"))
        self.field.committed.connect(self._store)
        words = self.tr(
            "While it is paused you are not reminded to look for more (tip 7). "
            "What you have going is followed up as ever."
        )
        _stack(self, self.field, _small(words))

    def refresh(self) -> None:
        """Show what is stored."""
        self.field.set_value(self._tools.overview.search_paused())

    def _store(self) -> None:
        paused = self.field.value()
        if paused != self._tools.overview.search_paused():
            self._tools.do(lambda: self._tools.tracker.set_search_paused(paused))


class NotificationRows(QWidget):
    """Encouragement on or off, which back end shows notifications, and a test of it."""

    def __init__(self, tools: Tools, settings: QSettings, notifications: Notifications) -> None:
        super().__init__()
        self._tools = tools
        self._settings = settings
        self._notifications = notifications
        self.encouragement = CheckField(self.tr("Words of encouragement"))
        self.encouragement.set_value(settings.value(ENCOURAGEMENT_KEY, False, type=bool))
        self.encouragement.committed.connect(self._store)
        words = self.tr(
            "After a refusal, a kind notification as well, at most one in seven days. It is news about one "
            "company, not about you (tip 8)."
        )
        self.back_end = Text("", "text", wrap=True)
        let_shrink(self.back_end)
        self.test_button = Button(self.tr("Send a test"))
        self.test_button.clicked.connect(self._test)
        column = _stack(self, self.encouragement, _small(words))
        column.addSpacing(Space.S)
        column.addWidget(self.back_end)
        column.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Name the back end in use now."""
        name = self._notifications.name()
        self.back_end.setText(self.tr("Notifications are shown through: {}").format(name))

    def _store(self) -> None:
        self._settings.setValue(ENCOURAGEMENT_KEY, self.encouragement.value())

    def _test(self) -> None:
        self._tools.say(self._notifications.send_test())
        self.refresh()


class LookAndSender(QWidget):
    """The theme, and the name below the user's emails."""

    def __init__(self, theme: Theme, settings: QSettings, choose: Callable[[ThemeChoice], None]) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._choose = choose
        labels = [
            (ThemeChoice.SYSTEM, self.tr("As the system")),
            (ThemeChoice.LIGHT, self.tr("Light")),
            (ThemeChoice.DARK, self.tr("Dark")),
        ]
        self.look = ChoiceField(self.tr("Theme"), labels)
        self.sender_name = TextField(self.tr("Your name"), hint=self.tr("as you sign your emails"))
        self.sender_name.set_value(str(settings.value(SENDER_KEY, "")))
        column = _stack(self, _label(self.look), self.look)
        column.addSpacing(Space.S)
        column.addWidget(_label(self.sender_name))
        column.addWidget(self.sender_name)
        column.addWidget(_small(self.tr("It stands below the emails that are drafted for you.")))
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
        self.list = FlatList(tools.theme, self.tr("Trash"), self.model, self.tr("The trash is empty."))
        self.list.opened.connect(lambda _row: self.restore_current())
        self.restore_button = Button(self.tr("Restore"))
        self.restore_button.clicked.connect(self.restore_current)
        words = self.tr("What you delete stays here for {} days.").format(KEPT_FOR.days)
        column = _stack(self, _small(words), self.list)
        column.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Show what is in the trash now."""
        locale = self.locale()
        rows = [
            _Thrown(
                f"{item.kind}/{item.id}",
                self.tr("{title} — deleted {when}").format(
                    title=item.title, when=show_moment(self._tools.wall(item.trashed_at), locale)
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
            self._tools.say(self.tr("Restored {}.").format(row.item.title))


def _stack(holder: QWidget, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _small(words: str) -> Text:
    text = Text(words, "small", wrap=True)
    let_shrink(text)
    return text


def _label(field: Field) -> Text:
    label = Text(field.name, "strong")
    label.setAccessibleName(f"{field.name}:")
    label.setBuddy(field.editor)
    return label
