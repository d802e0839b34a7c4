"""Many follow-ups of one kind as one row, which opens a review list in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.rules.table import icon_of
from followup_desktop.i18n import _, format_number
from followup_desktop.services.rows import FollowUpGroup, FollowUpRow
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.commands.table import ANSWERS_FOR_ALL
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Chip, ElidedLabel, Text
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.today.frames import LINES_ROOM, RowFrame

BLOCK = 40
"""So many rows of a review list are made at once; more follow on request."""


def group_key(group: FollowUpGroup) -> str:
    """What identifies a group in the list."""
    return f"group/{group.section}/{group.rule}"


class GroupItem(RowFrame):
    """The row of a group; its review list stands below it while it is open."""

    menu_wanted = Signal(object)
    toggled = Signal(str)
    height_changed = Signal()

    def __init__(self, theme: Theme, group: FollowUpGroup, parent: QWidget) -> None:
        self._head = 0
        super().__init__(theme, parent)
        self._group = group
        self.is_open = False
        self.shown = BLOCK
        self._title = ElidedLabel("", "strong", self)
        self._detail = ElidedLabel("", "secondary", self)
        self._count = Chip(parent=self)
        self._review = Button(_("Review ▾"), self)
        self._review.clicked.connect(self.toggle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.resize(parent.width(), self.lines_height)  # that it will have: it is arranged once
        self.show_group(group)

    @property
    def head_height(self) -> int:
        """The height of the row."""
        return self._head or self.lines_height

    @property
    def key(self) -> str:
        """What identifies the group in the list."""
        return group_key(self._group)

    @property
    def group(self) -> FollowUpGroup:
        """What is shown."""
        return self._group

    @property
    def answers(self) -> tuple[Answer | None, ...]:
        """What can be answered to all of them at once; ``None`` is to skip them."""
        skip = (None,) if self._group.all_open else ()
        return (*skip, *(each for each in self._group.answers if each in ANSWERS_FOR_ALL))

    @property
    def visible_rows(self) -> tuple[FollowUpRow, ...]:
        """The rows of the review list that are shown now; none while it is closed."""
        return self._group.rows[: self.shown] if self.is_open else ()

    def show_group(self, group: FollowUpGroup) -> None:
        """Show this state of the group."""
        self._group = group
        self.icon = icon_of(group.rows[0].rule, group.rows[0].channel)
        self._title.show_text(group.title)
        self._detail.show_text(group.detail)
        self._count.show_text(format_number(len(group.keys)), group.tone)
        self.setAccessibleName(in_one_breath(group.title, group.detail))
        self._name_review()
        self._arrange()

    def toggle(self) -> None:
        """Open the review list, or close it."""
        self.is_open = not self.is_open
        self.shown = BLOCK
        self._name_review()
        self.toggled.emit(self.key)

    def show_more(self) -> None:
        """Show one more block of the review list."""
        self.shown += BLOCK
        self.toggled.emit(self.key)

    def restyle(self) -> None:
        """Place everything anew after the type has changed."""
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Right and Left open and close the review list."""
        key = event.key()
        toggles = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        toggles = toggles or (key == Qt.Key.Key_Right and not self.is_open)
        if toggles or (key == Qt.Key.Key_Left and self.is_open):
            self.toggle()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with all of them."""
        self.selected_by_user.emit(self.key)
        self.menu_wanted.emit(event.globalPos())

    def open(self) -> None:
        """Open or close the review list."""
        self.toggle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place what is in the head."""
        super().resizeEvent(event)
        self._arrange()

    def set_selected(self, selected: bool) -> None:
        """Become the current item, or no longer be it."""
        super().set_selected(selected)
        self._review.setFocusPolicy(Qt.FocusPolicy.StrongFocus if selected else Qt.FocusPolicy.ClickFocus)

    def _name_review(self) -> None:
        self._review.setText(_("Close ▴") if self.is_open else _("Review ▾"))
        # Translators: {follow_ups} is the title of several follow-ups of a kind
        name = _("Close: {follow_ups}") if self.is_open else _("Review: {follow_ups}")
        self._review.setAccessibleName(name.format(follow_ups=self._group.title))

    def _arrange(self) -> None:
        before = self._head
        self._head = self._place_parts()
        self._layout.setContentsMargins(1, self._head, 1, 1)
        if self._head != before:
            # What is told while the layouts around it are at work is lost.
            QTimer.singleShot(0, self, self.height_changed.emit)

    def _place_parts(self) -> int:
        px, height = self.theme.px, self.lines_height
        left, right = px(57), self.width() - px(12)
        button, chip = self._review.sizeHint(), self._count.sizeHint()
        beside = right - button.width() - px(12) - chip.width()
        room = max(0, beside - px(12) - left)
        # Where the text is large in a small window, the lines have the whole width, the rest is below.
        is_narrow = room < min(px(LINES_ROOM), self._title.sizeHint().width())
        if is_narrow:
            room = max(1, right - left)
        line = self._title.fontMetrics().height()
        start = (height - 2 * line - px(2)) // 2
        end = self.put_line(self._title, left, start, room, wrapped=is_narrow) + px(2)
        end = self.put_line(self._detail, left, end, room, wrapped=is_narrow)
        if not is_narrow:
            self.put(self._review, right - button.width(), (height - px(32)) // 2, button.width(), px(32))
            self.put(self._count, beside, (height - chip.height()) // 2, chip.width(), chip.height())
            return height
        top = end + px(8)
        self.put(self._count, left, top + (px(32) - chip.height()) // 2, chip.width(), chip.height())
        if beside < left:
            top += px(32) + px(4)
            left = min(left, max(px(10), right - button.width()))
            self.put(self._review, left, top, min(button.width(), right - left), px(32))
        else:
            self.put(self._review, right - button.width(), top, button.width(), px(32))
        return top + px(32) + px(12)


class ReviewBar(RowFrame):
    """The answers for all rows of an open group, above its review list; ``chosen`` carries the number."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, text: str, labels: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(theme, parent)
        theme.set_margins(self._layout, 57, 8, 12, 8)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        row = FlowLayout()
        theme.set_spacing(row, 8)
        row.addWidget(Text(text, "secondary", self, wrap=True))
        for number, label in enumerate(labels):
            button = Button(label, self)
            button.setAccessibleDescription(text)
            button.clicked.connect(self._choose(number))
            row.addWidget(button)
        self._layout.addLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave everything as it is: it is no row."""
        event.ignore()

    mouseDoubleClickEvent = mousePressEvent

    def _choose(self, number: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(number)
