"""The sections of the settings as a list, with a line that finds those that are about what is typed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFrame, QListView, QSizePolicy, QWidget

from followup_desktop.i18n import _, format_series
from followup_desktop.services.wording.settings import SECTIONS
from followup_desktop.ui.kit.delegates import Index, RowDelegate
from followup_desktop.ui.kit.forms.choices import Combo
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.settings.sections import sections_about, setting_about

_WIDTH = 196
_ROW = 32
_UNLIMITED = 16_777_215
"""Qt's own limit of a widget's width."""


@dataclass(frozen=True, slots=True)
class _SectionRow:
    """A section; its id is its heading in English."""

    id: str

    @property
    def text(self) -> str:
        return _(self.id)


class _SectionDelegate(RowDelegate):
    """The section that is shown is marked wherever the keyboard is."""

    marks_without_keyboard = True

    def height(self, index: Index) -> int:
        return self.theme.px(_ROW)

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        super().draw(painter, area.adjusted(self.theme.px(6), 0, 0, 0), index)


class SectionList(QWidget):
    """Up and Down show a section each; ``chosen`` carries its heading in English.

    Enter goes on into it, or to the setting that was looked for: ``entered`` carries the name of either.
    """

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line = LineEdit()
        self.line.setAccessibleName(_("Find a setting"))
        self.line.ask_for(_("Find a setting"))
        self.line.setClearButtonEnabled(True)
        self.nothing = Text(_("No settings found"), "secondary", wrap=True)
        self.nothing.hide()
        self.model: RowsModel[_SectionRow] = RowsModel(lambda row: row.text, self)
        self.list = QListView()
        self.list.setAccessibleName(_("Sections"))
        self.list.setProperty("flat", True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_SectionDelegate(theme, self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.combo = Combo()
        self.combo.setAccessibleName(_("Section"))
        self.combo.setModel(self.model)
        self.combo.hide()
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Space.S)
        self._lines.addWidget(self.line, 1)
        self._lines.addWidget(self.nothing, 1)
        self._lines.addWidget(self.combo, 1)
        self._lines.addWidget(self.list, 100)
        self._is_narrow = False
        self.model.set_rows([_SectionRow(heading) for heading in SECTIONS])
        self.combo.activated.connect(lambda place: self.select(self.model.rows[place].id))
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._choose)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def current(self) -> str:
        """The heading of the section that is marked, in English; empty if nothing is found."""
        row = self.model.row_at(self.list.currentIndex().row())
        return row.id if row is not None else ""

    def begin(self) -> None:
        """Put the keyboard where a section is chosen."""
        (self.combo if self._is_narrow else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, heading: str) -> None:
        """Mark that section; what was looked for is forgotten if it hides it."""
        if self.model.place_of(heading) < 0:
            self.line.clear()
        index = self.model.index(self.model.place_of(heading), 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_narrow(self, narrow: bool) -> None:
        """Become a line above the section, with the list as a box that unfolds, or a list beside it again."""
        self._is_narrow = narrow
        way = QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom
        self._lines.setDirection(way)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line Down goes to the list, and Enter to what was looked for; from the list, into it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.current:
                    self.entered.emit(setting_about(self.line.text(), self.current))
                return True
            if watched is self.line and event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        before, found = self.current, sections_about(typed)
        self.model.set_rows([_SectionRow(heading) for heading in found])
        self._fit()
        if found:
            self.select(before if before in found and not typed else found[0])
        told = format_series(map(_, found)) or self.nothing.text()
        Announcer.of(self).announce(
            told if typed else "", about=self, rest=TYPED_MS, unless=lambda: not self.isVisible()
        )

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.combo.setCurrentIndex(current.row())
            self.chosen.emit(self.current)

    def _fit(self) -> None:
        """Show what there is room for; beside a section the list is as wide as its longest heading."""
        found, px = self.model.rowCount() > 0, self._theme.px
        self.list.setVisible(found and not self._is_narrow)
        self.combo.setVisible(found and self._is_narrow)
        self.nothing.setVisible(not found)
        longest = max(self.fontMetrics().horizontalAdvance(_(heading)) for heading in SECTIONS)
        self.setMinimumWidth(0 if self._is_narrow else max(px(_WIDTH), longest + px(32)))
        self.setMaximumWidth(_UNLIMITED if self._is_narrow else self.minimumWidth())
        upright = QSizePolicy.Policy.Fixed if self._is_narrow else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        self.list.doItemsLayout()
