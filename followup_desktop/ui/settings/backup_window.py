"""What is in a backup, to be read before it is restored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.i18n import _
from followup_desktop.services.backups import OpenBackup
from followup_desktop.services.inside_backup import BackupDetail, BackupLine, BackupPart
from followup_desktop.ui.kit.dialogs import TwoParts, room_for
from followup_desktop.ui.kit.forms.panel import scroll_area
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, ChoiceGroup
from followup_desktop.ui.kit.widgets.card import Card, SectionLabel, Text, as_heading, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.roles import HeardLine

_WIDTH, _HEIGHT, _NARROW = 860, 600, 560
_LIST_WIDTH, _ROW_HEIGHT, _LEAST_HEIGHT = 340, 26, 220


class BackupWindow(QDialog):
    """Everything as it was, or is; nothing can be changed here. ``wanted`` asks to restore the backup."""

    wanted = Signal()

    def __init__(self, theme: Theme, inside: OpenBackup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._is_present = inside.row is None
        title = _("Your data") if inside.row is None else _("Backup of {when}").format(when=inside.row.when)
        self.setWindowTitle(title)
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room_for(self)))
        self._contents = inside.contents
        self.part_buttons = {
            part: Button(name, look="filter", checkable=True) for part, name in _names().items()
        }
        self._parts = ChoiceGroup(self)
        for button in self.part_buttons.values():
            self._parts.addButton(button)
        self.search = HeardLine()
        searched = _("Search in your data") if self._is_present else _("Search in the backup")
        self.search.ask_for(searched)
        self.search.setAccessibleName(searched)
        self.search.setClearButtonEnabled(True)
        self.model: RowsModel[BackupLine] = RowsModel(lambda line: line.text, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_EvenRowsDelegate(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.page = _DetailPage(theme)
        self.restore_button = Button(_("Restore"), name=_("Restore this backup"))
        self.restore_button.setVisible(not self._is_present)
        self.close_button = Button(_("Close"), look="quiet")
        self._arrange(theme, title, inside.summary)
        for part, button in self.part_buttons.items():
            button.clicked.connect(lambda _checked=False, part=part: self.show_part(part))
        self.search.textChanged.connect(lambda _text: self._refresh())
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_current())
        self.restore_button.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(lambda _result: self._contents.close())  # the copy goes with its window
        self.show_part(BackupPart.APPLICATIONS)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, part: BackupPart) -> None:
        """List everything in that part."""
        self._part = part
        self.part_buttons[part].setChecked(True)
        name = _names()[part]
        self.list.setAccessibleName(name if self._is_present else _("{part} in the backup").format(part=name))
        self._refresh()

    def _refresh(self) -> None:
        self.model.set_rows(self._contents.lines(self._part, self.search.text()))
        if self.model.rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    def _show_current(self) -> None:
        line = self.model.row_at(self.list.currentIndex().row())
        if line is not None:
            self.page.show_detail(self._contents.detail(self._part, line.id))
        else:
            self.page.show_nothing(_("Nothing found") if self.search.text().strip() else _("Nothing yet"))

    def _restore(self) -> None:
        self.accept()
        self.wanted.emit()

    def _arrange(self, theme: Theme, title: str, summary: str) -> None:
        past = Card(tone="accent")
        sentence = (
            _("Nothing can be saved in this folder, so you can only look.")
            if self._is_present
            else _("You're looking at the past. You can't change anything here.")
        )
        told = Text(sentence, "text", wrap=True)
        let_shrink(told)
        line = QVBoxLayout(past)
        line.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        line.addWidget(told)
        parts = FlowLayout(gap=Space.S)
        for button in self.part_buttons.values():
            parts.addWidget(button)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.S)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        both = TwoParts(theme, _NARROW, (_LIST_WIDTH, _WIDTH - _LIST_WIDTH))
        both.addWidget(left)
        both.addWidget(self.page)
        both.share_out()
        both.setStretchFactor(1, 1)
        both.setMinimumHeight(theme.px(_LEAST_HEIGHT))
        buttons = QHBoxLayout()
        set_margins(buttons, 0, 0, Space.M, 0)
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        page = QVBoxLayout()
        page.setSpacing(Space.S)
        page.addWidget(as_heading(Text(title, "name", wrap=True), 1))
        page.addWidget(Text(summary, "secondary", wrap=True))
        page.addWidget(past)
        page.addLayout(parts)
        page.addWidget(both, 1)
        column = QVBoxLayout(self)
        set_margins(column, Space.L, Space.L, Space.XS, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(scroll_area(page, stretches=True), 1)
        column.addLayout(buttons)


class _EvenRowsDelegate(QStyledItemDelegate):
    """Rows of one height, in which every script has its room."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(self._theme.px(_ROW_HEIGHT), 2 * option.fontMetrics.ascent()))

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.rect = option.rect.adjusted(Space.XS, 0, -Space.XS, 0)


class _DetailPage(QScrollArea):
    """One thing of the backup with all that is known of it, as text that can be selected and copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Details"))
        self._theme = theme

    def show_detail(self, detail: BackupDetail) -> None:
        """Show this."""
        parts: list[QLabel] = [as_heading(_text(detail.title, "name"))]
        if detail.subtitle:
            parts.append(_text(detail.subtitle, "secondary"))
        for paragraph in detail.paragraphs:
            heading = as_heading(SectionLabel(paragraph.heading), 3) if paragraph.heading else None
            text = _text(paragraph.text, "text")
            (heading or text).setContentsMargins(0, Space.S, 0, 0)
            parts += [text] if heading is None else [heading, text]
        self._show(parts)

    def show_nothing(self, sentence: str) -> None:
        """Say that there is nothing to be shown."""
        self._show([_text(sentence, "secondary")])

    def _show(self, parts: Sequence[QLabel]) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.XS)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)


def _text(text: str, kind: str) -> Text:
    label = Text(text, kind, wrap=True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    let_shrink(label)
    return label


def _names() -> dict[BackupPart, str]:
    return {
        BackupPart.APPLICATIONS: _("Applications"),
        BackupPart.PEOPLE: _("People"),
        BackupPart.INTERVIEWS: _("Interviews"),
        BackupPart.FOLLOW_UPS: _("Follow-ups"),
    }
