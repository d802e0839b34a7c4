"""The keys of the view that is shown, and those that work everywhere: what ``?`` opens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from followup_desktop.i18n import _, set_apart
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.commands.command import native, plain
from followup_desktop.ui.kit.commands.table import KEYS
from followup_desktop.ui.kit.forms.panel import scroll_area
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.card import Chip, SectionLabel, Text
from followup_desktop.ui.kit.widgets.roles import ListFrame, WholeFrame
from followup_desktop.ui.window.actions import ALL_COMMANDS
from followup_desktop.ui.window.views import row_of

Row = tuple[str, str]
"""Keys, several with commas between, and what they do."""

Rows = tuple[str, list[Row]]
"""A heading, and the rows below it."""

_TOP = Qt.AlignmentFlag.AlignTop
_LEAST_TOGETHER = 4
"""A table is begun in a column that has room for so many of its rows."""
_COLUMN, _MOST_COLUMNS = 350, 3
"""The width of a column, in pixels at the ordinary text size."""


def keys_in(view: str, wording: Wording) -> list[Row]:
    """The keys of a view, as ``QKeySequence`` writes them for every system."""
    led = [(each.keys, _(each.words)) for each in KEYS if view in each.views]
    given = [
        (each.keys[view], plain(each.label(wording))) for each in ALL_COMMANDS.values() if view in each.keys
    ]
    by_keys: dict[str, list[str]] = {}
    for keys, words in (*led, *given):
        by_keys.setdefault(keys, []).append(words)
    # Translators: what one key does, where that goes by what is selected: “Edit reminder / Edit entry”.
    either = _("{one} / {other}")
    return [
        (keys, reduce(lambda one, other: either.format(one=one, other=other), words))
        for keys, words in by_keys.items()
    ]


def keys_everywhere(wording: Wording) -> list[Row]:
    """The keys that work in the whole window."""
    return [(each.shortcut, plain(each.label(wording))) for each in ALL_COMMANDS.values() if each.shortcut]


def shared_out(here: Rows, everywhere: Rows, columns: int) -> list[list[Rows]]:
    """What stands in each column, at most so many: the view's own keys first, all about as high.

    Each table has its heading.
    """
    heading, rows = everywhere
    own = [here] if here[1] else []
    if columns == 1:
        return [[*own, everywhere]]
    height = -(-(sum(len(each[1]) + 1 for each in own) + len(rows) + columns) // columns)
    shared = [own]
    while rows:
        taken = sum(len(each[1]) + 1 for each in shared[-1])
        room = len(rows) if len(shared) == columns else height - taken - 1
        if room >= _LEAST_TOGETHER or not taken:
            shared[-1] = [*shared[-1], (heading, rows[:room])]
            rows = rows[room:]
        if rows:
            shared.append([])
    return shared


class _KeysRow(WholeFrame):
    """What some keys do, read out with these where the keyboard is."""

    def __init__(self, words: str, keys: str) -> None:
        super().__init__()
        self.setProperty("look", "key-row")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("{label}: {value}").format(label=words, value=keys))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Text(words, wrap=True))

    @property
    def is_current(self) -> bool:
        """Whether the keyboard is here."""
        return self.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave it to the sheet, not to the area around it, which would scroll."""
        QApplication.sendEvent(self.window(), event)


class ShortcutSheet(QDialog):
    """The keys as a table, beside the work: Esc or ``?`` closes it."""

    def __init__(self, view: str, wording: Wording, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "window")
        self._rows: list[_KeysRow] = []
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(theme.px(32))
        here = (_(row_of(view).title) or _("Here"), keys_in(view, wording))
        everywhere = (_("Everywhere"), keys_everywhere(wording))
        room = parent.width() - 2 * Space.XL
        shared = shared_out(here, everywhere, max(1, min(_MOST_COLUMNS, room // theme.px(_COLUMN))))
        self._is_narrow = len(shared) == 1
        set_margins(
            columns, Space.L if self._is_narrow else theme.px(20), theme.px(16), theme.px(8), theme.px(16)
        )
        for tables in shared:
            column = QVBoxLayout()
            column.setSpacing(theme.px(16))
            for table in tables:
                column.addWidget(self._table(*table))
            column.addStretch(1)
            columns.addLayout(column, 1)
        holder = QVBoxLayout()
        holder.addLayout(columns)
        area = scroll_area(holder)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._highest = parent.height() - 2 * Space.XL
        self.resize(min(theme.px(_COLUMN) * len(shared), room), self._height_wanted())
        self._rows[0].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the keys in the look that they have now."""
        super().showEvent(event)
        for layout in self.findChildren(QLayout):
            layout.invalidate()
        grown = self._height_wanted() - self.height()
        self.resize(self.width(), self.height() + grown)
        self.move(self.x(), self.y() - grown // 2)

    def _height_wanted(self) -> int:
        return min(self._columns.sizeHint().height() + self._theme.px(4), self._highest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from row to row; the key that opened it closes it."""
        if event.text() == "?":
            self.close()
        elif (row := self._row_at(event.key())) is not None:
            row.setFocus()
            self._area.ensureWidgetVisible(row, 0, self._theme.px(40))
        else:
            super().keyPressEvent(event)

    def _row_at(self, key: int) -> _KeysRow | None:
        """The row to which a key leads from the one that has the keyboard."""
        now = next((n for n, row in enumerate(self._rows) if row is self.focusWidget()), 0)
        place = {
            Qt.Key.Key_Up: max(now - 1, 0),
            Qt.Key.Key_Down: min(now + 1, len(self._rows) - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._rows) - 1,
        }.get(Qt.Key(key))
        return self._rows[place] if place is not None else None

    def _table(self, heading: str, rows: Sequence[Row]) -> QWidget:
        table = ListFrame(self)
        table.setAccessibleName(heading)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M if self._is_narrow else self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(7))
        grid.setColumnStretch(1, 1)
        grid.addWidget(SectionLabel(heading), 0, 0, 1, 2)
        for number, (keys, words) in enumerate(rows, start=1):
            caps = QHBoxLayout()
            caps.setSpacing(self._theme.px(4))
            said = native(keys)
            for key in said.split(", "):
                caps.addWidget(Chip(set_apart(key)))
            caps.addStretch(1)
            grid.addLayout(caps, number, 0, _TOP)
            row = _KeysRow(words, said)
            self._rows.append(row)
            grid.addWidget(row, number, 1, Qt.AlignmentFlag.AlignVCenter)
        return table
