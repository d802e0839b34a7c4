"""A combo box that assistive technology knows by its name, and suggestions that look like its list."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QChildEvent,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QHelpEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.widgets.interface import WidgetInterface
from followup_desktop.ui.kit.widgets.plain import show_tool_tip, tool_tip

_Index = QModelIndex | QPersistentModelIndex


_SPARE = 4
"""The room that the style leaves beside a choice, in pixels; it asks for none itself."""
_FEW = 8
"""So many letters of a choice are to be seen where there is no room for all of it."""

_TONES = {"accent": QStyle.StateFlag.State_On, "well": QStyle.StateFlag.State_NoChange}
"""The states of what is ticked, and half ticked, which no combo box is."""


class NamedCombo(QComboBox):
    """A combo box; an item that is selected in its list while that is closed is chosen.

    Only assistive technology can select there: a pointer or a key needs the popup. A choice without room
    ends in an ellipsis, and is told whole by a tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = QStyle.StateFlag.State_None
        self._has_list = False
        self._is_made = False
        """Whether Qt has made the list: assistive technology has it do so, past ``view``."""
        self.currentIndexChanged.connect(self._rest_soon)

    def view(self) -> QAbstractItemView:
        """The list, which is made when it is first wanted: it tells of each change, and few are opened."""
        if not self._has_list:
            self._has_list = True
            self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for combo boxes takes no padding
            super().view().selectionModel().selectionChanged.connect(self._selected)
        return super().view()

    def set_tone(self, tone: str) -> None:
        """Be painted in another tone: ``accent``, ``well``, or that of any other choice.

        The style sheet has its rules by a state of the painting. By a property it would have to be polished
        anew, font and all, and asked for its size: a twentieth of the next row.
        """
        state = _TONES.get(tone, QStyle.StateFlag.State_None)
        if state is not self._tone:
            self._tone = state
            self.update()

    def showPopup(self) -> None:  # noqa: N802
        chosen = self.model().index(self.currentIndex(), self.modelColumn(), self.rootModelIndex())
        self.view().setCurrentIndex(chosen)
        super().showPopup()

    def hidePopup(self) -> None:  # noqa: N802
        super().hidePopup()
        self._rest_soon()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(_SPARE, 0)

    def minimumSizeHint(self) -> QSize:
        hint, wide = super().minimumSizeHint(), self.fontMetrics().averageCharWidth()
        words = [self.itemText(place) for place in range(self.count())]
        longest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        return QSize(hint.width() - max(longest - _FEW * wide, 0), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shortened(option)
        option.state |= self._tone
        painter = QStylePainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QChildEvent) and event.added() and event.child().isWidgetType():
            self._is_made = True
            self._rest_soon()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            whole = self.currentText() if self._shortened(option) != self.currentText() else ""
            show_tool_tip(tool_tip(whole), event.globalPos(), self)
            return True
        return super().event(event)

    def _shortened(self, option: QStyleOptionComboBox) -> str:
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        line = self.currentText()
        return elided(self.fontMetrics(), line, room - _SPARE // 2)

    def _rest_soon(self) -> None:
        if self._is_made:
            QTimer.singleShot(0, self, self._rest)

    def _rest(self) -> None:
        """Have no row of the closed list be current: for Qt that one has the keyboard, seen or not."""
        if not super().view().isVisible():
            super().view().selectionModel().clearCurrentIndex()

    def _selected(self, chosen: QItemSelection) -> None:
        rows = [index.row() for index in chosen.indexes()]
        if rows and not self.view().isVisible() and rows[0] != self.currentIndex():
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])


class Completer(QCompleter):
    """Suggestions below a line, which match anywhere in a line of the model, whatever their case.

    They are as wide as they need to be, as far as the window reaches; what is longer loses its middle, and
    has all of it as a tool tip.
    """

    def __init__(self, model: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)
        popup = _Completions(self)
        self.setPopup(popup)
        popup.setObjectName("completions")
        popup.setItemDelegate(_LineDelegate(popup))


_MEASURED = 100
"""So many of the suggestions say how wide the list is to be."""
_EDGE = 8
"""It ends so far from the edge of the window, in pixels."""


class _LineDelegate(QStyledItemDelegate):
    """A line that is as wide as the list: what has no room is elided, and nothing scrolls sideways."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())

    def whole_width(self, option: QStyleOptionViewItem, index: _Index) -> int:
        """How wide the whole line is."""
        return super().sizeHint(option, index).width()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """The tool tip of a line that has no room has all of it."""
        whole = str(index.data() or "")
        self.initStyleOption(option, index)
        shown = whole if self.whole_width(option, index) > view.viewport().width() else ""
        show_tool_tip(tool_tip(shown), event.globalPos(), view)
        return True


class _Completions(QListView):
    """A window of its own, which has the look of the line that it belongs to."""

    def __init__(self, completer: QCompleter) -> None:
        super().__init__()
        self._completer = completer
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def sizeHintForRow(self, row: int) -> int:  # noqa: N802
        """The height of a row, by which Qt finds the place of the list just before it shows it."""
        part: QWidget | None = self._completer.widget()
        while part is not None and not part.styleSheet():
            part = part.parentWidget()
        if part is not None and part.styleSheet() != self.styleSheet():
            self.setStyleSheet(part.styleSheet())
        return super().sizeHintForRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt makes it as wide as the line; the window may have room for more."""
        super().resizeEvent(event)
        self._widen()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as what is listed now."""
        super().showEvent(event)
        self._widen()

    def _widen(self) -> None:
        line, lines = self._completer.widget(), self.itemDelegate()
        if line is None or not isinstance(lines, _LineDelegate):
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        model = self.model()
        rows = range(min(model.rowCount(), _MEASURED))
        whole = max((lines.whole_width(option, model.index(row, 0)) for row in rows), default=0)
        wanted = whole + self.width() - self.viewport().width()
        window = line.window()
        room = window.width() - line.mapTo(window, QPoint()).x() - _EDGE
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        width = line.width() if is_mirrored else max(line.width(), min(wanted, room))
        if width != self.width():
            self.resize(width, self.height())


class NamedComboInterface(WidgetInterface[QComboBox]):
    """On X11 and Wayland, Qt gives a combo box its present value as its name; this one says its own name."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo, QAccessible.Role.ComboBox)

    def childCount(self) -> int:
        return 1

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt allows null
        return QAccessible.queryAccessibleInterface(self.thing.view()) if index == 0 else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self.thing.view() else -1

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name and self.thing.accessibleName():
            return self.thing.accessibleName()
        if kind is QAccessible.Text.Value:
            return self.thing.currentText()
        return super().text(kind)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.showMenuAction(), QAccessibleActionInterface.pressAction()]

    def doAction(self, _name: str) -> None:
        if self.thing.view().isVisible():
            self.thing.hidePopup()
        else:
            self.thing.showPopup()
