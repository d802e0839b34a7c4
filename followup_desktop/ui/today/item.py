"""One follow-up as a row of Today: two lines, a chip in a fixed place, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Channel, Rule
from followup_desktop.domain.rules.table import icon_of
from followup_desktop.i18n import _
from followup_desktop.services.reading.rows import FollowUpRow
from followup_desktop.ui.kit.answer_panels import Panel
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Chip, ElidedLabel, RoundIcon, WrappedLabel
from followup_desktop.ui.kit.widgets.plain import tool_tip
from followup_desktop.ui.today.frames import RowFrame
from followup_desktop.ui.today.row_buttons import RowButton

MOST_BUTTONS = 5
"""A row shows at most this many buttons beside Why?; the others stand in its More menu."""

NARROW = 760
"""Below this width, in pixels at the ordinary text size, More is a mere sign, to leave the title its room."""


def draft_label(row: FollowUpRow) -> str:
    """What to say for it is offered by this button, where writing is none of the row's answers."""
    if not row.is_open or row.waits_for is not None:
        return ""
    if row.rule is Rule.OFFER_REPLY:
        return _("Ask by when")
    return _("Call script") if row.rule is Rule.STATUS_CALL and row.channel is Channel.PHONE else ""


class FollowUpItem(RowFrame):
    """One follow-up. It says by its signals what the user wants, always with the row's key."""

    selected_by_user = Signal(str)
    answered = Signal(str, object)
    snooze_wanted = Signal(str)
    skip_wanted = Signal(str)
    why_wanted = Signal(str)
    draft_wanted = Signal(str)
    opened = Signal(str)
    edit_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(
        self, theme: Theme, row: FollowUpRow, answer_label: Callable[[Answer], str], parent: QWidget
    ) -> None:
        self._wrapped_height = 0
        super().__init__(theme, parent)
        self._answer_label = answer_label
        self._row = row
        self._answers: list[tuple[Answer, RowButton]] = []
        self._icon = RoundIcon(theme, icon_of(row.rule, row.channel), self)
        self._title = ElidedLabel("", "strong", self)
        self._wraps = row.rule is Rule.ENCOURAGEMENT
        self._detail = (WrappedLabel if self._wraps else ElidedLabel)("", "secondary", self)
        self._chip = Chip(parent=self)
        self._snooze = self._button(_("Snooze ▾"), lambda: self.snooze_wanted.emit(self.key))
        self._skip = self._button(_("Skip"), lambda: self.skip_wanted.emit(self.key))
        self._more = self._button(_("More ▾"), self._open_more)
        self._edit = self._button(_("Edit"), lambda: self.edit_wanted.emit(self.key))
        self._delete = self._button(_("Delete"), lambda: self.delete_wanted.emit(self.key))
        self._draft = self._button(_("Call script"), lambda: self.draft_wanted.emit(self.key))
        self._why = self._button(_("Why?"), lambda: self.why_wanted.emit(self.key), "quiet")
        self._snooze.setToolTip(tool_tip(_("Remind me later (S)")))
        self._skip.setToolTip(tool_tip(_("Leave this one out (K)")))
        self._draft.setToolTip(tool_tip(_("What to say (C)")))
        self._edit.setToolTip(tool_tip(_("Change this reminder (F2)")))
        self._delete.setToolTip(tool_tip(_("Delete this reminder (Del)")))
        self._why.setToolTip(tool_tip(_("How this date came about (W)")))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_row(row)

    @property
    def head_height(self) -> int:
        """The height of the two lines, or of more where the second is a few kind sentences."""
        return super().head_height + self._wrapped_height

    @property
    def key(self) -> str:
        """The follow-up's key."""
        return self._row.key

    @property
    def row(self) -> FollowUpRow:
        """What is shown."""
        return self._row

    def buttons(self) -> tuple[RowButton, ...]:
        """Every button, in the order of the Tab key."""
        answers = [button for _answer, button in self._answers]
        if not self._row.is_open:
            return (*self._own(), self._why)
        return (*answers, *self._drafts(), self._more, self._snooze, self._skip, *self._own(), self._why)

    def last_stop(self) -> QWidget:
        """Why? stands last."""
        return self._why

    def show_row(self, row: FollowUpRow) -> None:
        """Show this state of the follow-up; the key stays."""
        self._row = row
        self._icon.name = icon_of(row.rule, row.channel)
        self._title.show_text(row.title)
        self._detail.show_text(row.detail)
        self._chip.show_text(row.chip, row.tone)
        self._chip.setVisible(bool(row.chip))
        self.setAccessibleName(", ".join(part for part in (row.title, row.detail, row.chip) if part))
        if tuple(answer for answer, _button in self._answers) != (row.answers if row.is_open else ()):
            self._make_answers()
        self._draft.setText(draft_label(row))
        self._draft.setAccessibleName(draft_label(row))
        for button in self.buttons():
            button.setAccessibleDescription(row.title)
        # Translators: {follow_up} is the title of what more can be done about
        self._more.setAccessibleName(_("More: {follow_up}").format(follow_up=row.title))
        self._arrange()
        self.update()

    def revealed_changed(self) -> None:
        """Draw the buttons, or no longer."""
        self._arrange()

    def answer_first(self) -> None:
        """Give the strong answer, as Enter does; without one, open what it is about."""
        if self._row.is_open and self._row.answers and self._row.waits_for is None:
            self.answered.emit(self.key, self._row.answers[0])
        else:
            self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and digits answer, S snoozes, K skips, W explains, C shows what to say, O opens.

        F2 changes a reminder of the user's own, Delete deletes it; Esc closes what is open below the row.
        """
        key, text = event.key(), event.text()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer_first()
        elif text.isdecimal() and self._row.is_open and 0 < int(text) <= len(self._row.answers):
            self.answered.emit(self.key, self._row.answers[int(text) - 1])
        elif key == Qt.Key.Key_S and self._row.is_open:
            self._snooze.click()
        elif key == Qt.Key.Key_K and self._row.is_open:
            self._skip.click()
        elif key == Qt.Key.Key_W:
            self._why.click()
        elif key == Qt.Key.Key_C and self._drafts():
            self._draft.click()
        elif key == Qt.Key.Key_F2 and self._own():
            self._edit.click()
        elif key == Qt.Key.Key_Delete and self._own():
            self._delete.click()
        elif key == Qt.Key.Key_Escape and isinstance(self.panel, Panel):
            self.panel.closed.emit()
        elif key == Qt.Key.Key_O:
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Become the current row."""
        self.selected_by_user.emit(self.key)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the application."""
        self.opened.emit(self.key)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with this row, with the keys that do it."""
        self.selected_by_user.emit(self.key)
        self._menu(all_actions=True).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place what is in the head."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Place everything anew after the type has changed."""
        self._icon.setFixedSize(self.theme.px(32), self.theme.px(32))
        self._arrange()

    def _button(self, label: str, clicked: Callable[[], None], look: str = "plain") -> RowButton:
        button = RowButton(label, self.theme, self, look)
        button.clicked.connect(lambda: self.selected_by_user.emit(self.key))
        button.clicked.connect(clicked)
        return button

    def _make_answers(self) -> None:
        for _answer, old in self._answers:
            old.hide()
            old.deleteLater()
        self._answers = []
        for number, answer in enumerate(self._row.answers if self._row.is_open else (), start=1):
            button = self._button(self._answer_label(answer), self._say(answer))
            hint = self._key_of(number)
            button.setToolTip(tool_tip(f"{self._answer_label(answer)} ({hint})"))
            button.show()
            self._answers.append((answer, button))
        # Assistive technology goes through the children in this order, the Tab key through the chain below.
        for last in (self._draft, self._more, self._snooze, self._skip, self._edit, self._delete, self._why):
            last.raise_()
        order: list[QWidget] = [self, *self.buttons()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _key_of(self, number: int) -> str:
        """The key that gives the answer of that number."""
        return "Enter" if number == 1 and self._row.waits_for is None else str(number)

    def _drafts(self) -> tuple[RowButton, ...]:
        """The button for what to say, where there is one."""
        return (self._draft,) if draft_label(self._row) else ()

    def _own(self) -> tuple[RowButton, ...]:
        """The buttons for a reminder of the user's own."""
        return (self._edit, self._delete) if self._row.rule is Rule.MANUAL else ()

    def _say(self, answer: Answer) -> Callable[[], None]:
        return lambda: self.answered.emit(self.key, answer)

    def _open_more(self) -> None:
        menu = self._menu(all_actions=False)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _menu(self, all_actions: bool) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[tuple[RowButton, str]] = []
        if self._row.is_open:
            for number, (_answer, button) in enumerate(self._answers, start=1):
                entries.append((button, self._key_of(number)))
            entries += [(draft, "C") for draft in self._drafts()]
            entries += [(self._snooze, "S"), (self._skip, "K")]
        entries += zip(self._own(), ("F2", "Del"), strict=False)
        if all_actions:
            entries.append((self._why, "W"))
        for button, key in entries:
            if all_actions or button.parked:
                action = QAction(f"{button.text().rstrip(' ▾')}\t{key}", menu)
                action.triggered.connect(button.click)
                menu.addAction(action)
        if all_actions and self._row.application is not None:
            menu.addSeparator()
            open_action = QAction(_("Open the application\tO"), menu)
            open_action.triggered.connect(lambda: self.opened.emit(self.key))
            menu.addAction(open_action)
        return menu

    def _arrange(self) -> None:
        """Give everything in the head its place, and each button its state."""
        px, height = self.theme.px, super().head_height
        self._more.setText("⋯" if self.width() < px(NARROW) else _("More ▾"))
        self._icon.move(px(14), (height - self._icon.height()) // 2)
        left, right = px(57), self.width() - px(10)
        button_height = px(32)
        top = (height - button_height) // 2
        right -= self._why.width_wanted()
        self._why.setGeometry(right, top, self._why.width_wanted(), button_height)
        chip = self._chip.sizeHint()
        chip.setWidth(min(chip.width(), max(0, (right - left) // 2)))
        right -= chip.width() + px(4)
        self._chip.setGeometry(right, (height - chip.height()) // 2, chip.width(), chip.height())
        right -= px(12)
        shown = self._fitting(max(0, right - left - self._text_room(right - left)))
        x = right - sum(button.width_wanted() + px(8) for button in shown) + px(8)
        beside_buttons = x - px(12) if shown else right
        text_right = beside_buttons if self.revealed else right
        for button in shown:
            button.setGeometry(x, top, button.width_wanted(), button_height)
            x += button.width_wanted() + px(8)
        self._set_states(shown, button_height, top)
        line = self._title.sizeHint().height()
        start = (height - 2 * line - px(2)) // 2
        self._title.setGeometry(left, start, max(0, text_right - left), line)
        room, detail = max(0, text_right - left), line
        if self._wraps:
            room = max(px(120), beside_buttons - left)
            detail = max(line, self._detail.heightForWidth(room))
            self._wrapped_height = detail - line
        self._detail.setGeometry(left, start + line + px(2), room, detail)
        self._layout.setContentsMargins(1, self.head_height, 1, 1)

    def _set_states(self, shown: list[RowButton], height: int, top: int) -> None:
        anchor = self._more.geometry() if self._more in shown else self._why.geometry()
        for button in self.buttons():
            parked = button not in shown and button is not self._why
            revealed = self.revealed or button is self._why
            if parked:
                button.setGeometry(anchor.x(), top, anchor.width(), height)
            button.set_state(revealed=revealed, parked=parked, in_tab_order=self.selected)
        self._more.setVisible(self._more in shown)
        for button in (self._snooze, self._skip):
            button.setVisible(self._row.is_open)
        for button in (self._edit, self._delete):
            button.setVisible(button in self._own())
        self._draft.setVisible(bool(self._drafts()))
        for number, (_answer, button) in enumerate(self._answers):
            is_strong = number == 0 and self.selected and self._row.waits_for is None
            button.set_look("strong" if is_strong else "plain")

    def _text_room(self, room: int) -> int:
        """How much of the room the two lines keep although the buttons are drawn."""
        wanted = max(self._title.sizeHint().width(), self._detail.sizeHint().width()) + self.theme.px(12)
        return min(wanted, room // 2)

    def _fitting(self, room: int) -> list[RowButton]:
        """The buttons that are drawn, from the left; those left out stand in More."""
        if not self._row.is_open:
            return [*self._own()] if self._width([*self._own()]) <= room else []
        answers = [*(button for _, button in self._answers), *self._drafts()]
        every = [*answers, self._snooze, self._skip, *self._own()]
        if len(every) <= MOST_BUTTONS and self._width(every) <= room:
            return every
        kept = answers[:1]
        tail = [self._more]
        if self._width([*kept, *tail]) > room:
            return tail
        if self._width([*kept, *tail, self._snooze]) <= room:
            tail.append(self._snooze)
        for button in answers[1:]:
            if len(kept) + len(tail) < MOST_BUTTONS and self._width([*kept, button, *tail]) <= room:
                kept.append(button)
        return [*kept, *tail]

    def _width(self, buttons: list[RowButton]) -> int:
        return sum(button.width_wanted() + self.theme.px(8) for button in buttons)
