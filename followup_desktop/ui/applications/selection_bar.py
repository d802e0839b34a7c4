"""The buttons for the selected applications, with the line for their tags."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.applications.selection import SelectionVerbs
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton
from followup_desktop.ui.kit.widgets.card import Text, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.roles import PopupMenu


class TagLine(QWidget):
    """Tags to give to the selected applications or to take from them; Enter gives, Esc closes."""

    closed = Signal()

    def __init__(self, verbs: SelectionVerbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self.line = LineEdit()
        self.line.setAccessibleName(_("Tags of the selected rows"))
        self.line.ask_for(_("separated by commas"))
        self.add = Button(_("Add"), look="strong", name=_("Add to the selected rows"))
        self.take = Button(_("Remove"), name=_("Remove from the selected rows"))
        cancel = QuietButton(_("Cancel"), name=_("Cancel tagging the selected rows"))
        self._buttons = (self.add, self.take, cancel)
        buttons = FlowLayout(gap=Space.S)
        for button in self._buttons:
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        self._row.addWidget(self.line, 1)
        self._row.addLayout(buttons)
        self.line.returnPressed.connect(lambda: self._tag(take_away=False))
        self.add.clicked.connect(lambda: self._tag(take_away=False))
        self.take.clicked.connect(lambda: self._tag(take_away=True))
        cancel.clicked.connect(self.closed)
        self.setFocusProxy(self.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the buttons below the line where there is no room for both beside each other."""
        super().resizeEvent(event)
        beside = sum(button.sizeHint().width() + Space.S for button in self._buttons)
        fits = self.line.has_room_in(self.width() - beside)
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _tag(self, *, take_away: bool) -> None:
        if self._verbs.tag(self.line.text(), take_away=take_away):
            self.line.setText("")
            self.closed.emit()


class SelectionBar(QFrame):
    """How many are selected and what can be done with them."""

    closed = Signal()

    def __init__(self, verbs: SelectionVerbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self.setObjectName("selectionBar")
        self.count = Text("", "strong")
        self.stage = self._button(_("Stage ▾"))
        self._menu = PopupMenu(self.stage)
        self._menu.addActions(verbs.stage_actions(self._menu))
        self.stage.setMenu(self._menu)
        self.tag = self._button(_("Tag…"))
        self.archive = self._button(_("Archive"))
        self.export = self._button(_("Export…"))
        self.delete = self._button(_("Delete"))
        self.tags = TagLine(verbs)
        self.tags.hide()
        self._arrange()
        self.tag.clicked.connect(self.ask_for_tags)
        self.archive.clicked.connect(verbs.archive)
        self.export.clicked.connect(verbs.export)
        self.delete.clicked.connect(verbs.delete_wanted)
        self.tags.closed.connect(self._close_tags)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the words stand in the middle of the buttons' line."""
        super().showEvent(event)
        self.count.setMinimumHeight(self.stage.sizeHint().height())

    @property
    def is_tagging(self) -> bool:
        """Whether the line for tags is open."""
        return not self.tags.isHidden()

    def show_count(self, count: int) -> None:
        """Say how many are selected."""
        self.count.setText(ngettext("{n} selected:", "{n} selected:", count).format(n=format_number(count)))
        put_back = self._verbs.all_archived
        label = _("Unarchive") if put_back else _("Archive")
        self.archive.setText(label)
        self.archive.setAccessibleName(named(label, _("selected rows")))

    def ask_for_tags(self) -> None:
        """Open the line for tags."""
        self.tags.show()
        self.tags.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_tags(self) -> None:
        self.tags.hide()
        self.closed.emit()

    def _button(self, label: str) -> Button:
        button = Button(label)
        button.setAccessibleName(named(button.accessibleName(), _("selected rows")))
        return button

    def _arrange(self) -> None:
        flow = FlowLayout(gap=Space.S)
        for widget in (self.count, self.stage, self.tag, self.archive, self.export, self.delete):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(flow)
        column.addWidget(self.tags)
