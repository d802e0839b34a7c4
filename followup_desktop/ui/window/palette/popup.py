"""The palette itself: a field and a list over the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from followup_desktop.i18n import _
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer, announce_place
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.window_settings import RECENT_COMMANDS, WindowSettings
from followup_desktop.ui.window.palette.delegate import EntryDelegate
from followup_desktop.ui.window.palette.entries import EntryGroup, EntrySource, PaletteEntry

_RECENT = 20
_ROWS = 10
_WIDTH = 640
_REST_MS = 300
"""After so long a rest of typing a screen reader is told what was found."""
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_OF_THE_LINE = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
"""These undo what is typed, and never what lies below the palette."""
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class Palette(QFrame):
    """Everything that can be done or shown, found by a few letters.

    First comes what can be done with what is selected, in the order of its menus; then the rest, what was
    used last before the others; and at the end Quit.

    It lies over the window without blocking it: Enter runs the current entry, Esc or a click elsewhere
    closes it, and the keyboard goes back to where it was. What was used is remembered by id in ``settings``.
    """

    def __init__(
        self, theme: Theme, sources: Sequence[EntrySource], settings: WindowSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("palette")
        self._theme = theme
        self._sources = tuple(sources)
        self._settings = settings
        self._before: QWidget | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._announce_current)
        self.line = LineEdit()
        self.line.setAccessibleName(_("Find a command"))
        self.line.ask_for(_("Find a command, an employer, a person or a setting"))
        self.model: RowsModel[PaletteEntry] = RowsModel(_spoken, self)
        self.list = QListView()
        self.nothing = Text(_("No results. Try fewer letters."), "secondary")
        self._arrange()
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.list.selectionModel().currentChanged.connect(self._follow_current)
        parent.installEventFilter(self)
        theme.changed.connect(self._place)
        self._place()
        self.hide()

    def toggle(self) -> None:
        """Open it with an empty field, or close it."""
        if self.isVisible():
            self.close_and_return()
            return
        self._before = self.window().focusWidget()
        if self.line.text() or self.line.isUndoAvailable() or self.line.isRedoAvailable():
            self.line.setText("")  # unlike clear(), forgets what Ctrl+Z would bring back
        self._filter()
        self._theme.put_on(self)  # the room for the list depends on how large the line is in that
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_and_return(self) -> None:
        """Close it and put the keyboard back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():  # its row may be made anew by now
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold nothing: a reader would take the entries of a list that isn't seen for shown."""
        super().hideEvent(event)
        self._rest.stop()
        self.model.set_rows([])

    @property
    def entries(self) -> Sequence[PaletteEntry]:
        """What is listed now, the current one among them."""
        return self.model.rows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter of the field are the list's; the palette goes where the window's size says."""
        if watched is self.line:
            undoes = isinstance(event, QKeyEvent) and any(event.matches(each) for each in _OF_THE_LINE)
            if undoes and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
                self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close_and_return()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _step(self, by: int) -> None:
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row() + by
        # One step wraps round, a page stops at the ends.
        row = row % count if abs(by) == 1 else max(0, min(count - 1, row))
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _typed(self) -> None:
        """Show what fits; while letters follow each other, each of its entries is soon another one."""
        self._rest.start()
        self._filter()
        if self.isVisible() and not self.entries:
            Announcer.of(self).announce(
                self.nothing.text(), about=self, rest=TYPED_MS, unless=self._is_of_use
            )

    def _is_of_use(self) -> bool:
        return not self.isVisible() or bool(self.entries)

    def _filter(self) -> None:
        text = self.line.text()
        recent = {entry_id: place for place, entry_id in enumerate(self._recent())}
        if text.strip():
            found = [each for source in self._sources for each in source.find(text)]
        else:
            used = (source.entry(entry_id) for entry_id in recent for source in self._sources)
            known = (each if each and each.place is not EntryGroup.HERE else None for each in used)
            offered = [each for source in self._sources for each in source.find("")]
            found = list({each.id: each for each in (*(k for k in known if k), *offered)}.values())
        if text.strip():
            found.sort(key=lambda each: (each.rank, recent.get(each.id, _RECENT), each.place))
        else:
            # What was done with another row is nothing to be done with this one by Enter alone.
            found.sort(key=lambda each: (each.place, each.place and recent.get(each.id, _RECENT)))
        self.model.set_rows(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.scrollToTop()
        self._place()

    def _run(self, row: int) -> None:
        entry = self.model.row_at(row)
        if entry is None:
            return
        recent = [entry.id, *(one for one in self._recent() if one != entry.id)]
        self._settings.set(RECENT_COMMANDS, tuple(recent[:_RECENT]))
        # What is run may act on what had the keyboard, or move it.
        self.close_and_return()
        announce_place(self.window(), entry.run)

    def _recent(self) -> tuple[str, ...]:
        return self._settings.get(RECENT_COMMANDS)

    def _follow_current(self) -> None:
        if not self._rest.isActive():
            self._announce_current()

    def _announce_current(self) -> None:
        row = self.list.currentIndex().row()
        if row >= 0 and self.isVisible():
            # The keyboard stays in the field; a screen reader follows the list.
            told = QAccessibleEvent(self.list, QAccessible.Event.Focus)
            told.setChild(row)
            QAccessible.updateAccessibility(told)

    def _arrange(self) -> None:
        self.list.setAccessibleName(_("Commands"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self._theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    def _place(self) -> None:
        px = self._theme.px
        width = min(px(_WIDTH), self._over.width() - 2 * Space.XL)
        row = self.list.sizeHintForRow(0) if self.model.rowCount() else 0
        top = px(56)
        self.list.setFixedHeight(min(min(self.model.rowCount(), _ROWS) * row + 2, self._room(top)))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        size = QSize(width, self.sizeHint().height())
        self.setGeometry((self._over.width() - width) // 2, top, size.width(), size.height())

    def _room(self, top: int) -> int:
        taken = top + self.line.sizeHint().height() + 4 * Space.S
        return max(self._over.height() - taken, self._theme.px(60))


def _spoken(entry: PaletteEntry) -> str:
    """An entry as it is read out."""
    return in_one_breath(entry.title, entry.detail, entry.hint)
