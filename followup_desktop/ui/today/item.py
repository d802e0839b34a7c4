"""One follow-up in Today: a row of two lines with its next step, or the card of the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Channel
from followup_desktop.domain.rules.table import icon_of, row_of
from followup_desktop.i18n import N_, _
from followup_desktop.services.reading.next_step import Needs
from followup_desktop.services.rows import FollowUpRow, TodaySection
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.answer_panels import Panel
from followup_desktop.ui.kit.commands.command import native, plain, with_keys
from followup_desktop.ui.kit.commands.table import COMMANDS, answer_keys
from followup_desktop.ui.kit.commands.verbs import words_wanted
from followup_desktop.ui.kit.mirror import placed
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Chip, ElidedLabel, WrappedLabel, restyle
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.today.frames import LINES_ROOM, RowFrame
from followup_desktop.ui.today.needs import Body, CallBody, CardActions, MeetingBody, body_for, shows
from followup_desktop.ui.today.row_buttons import RowButton

_LEFT = 57
"""Where the text of a row begins, in pixels at the ordinary text size."""
_TITLE_LINES = 2
"""So many lines has a title at most where the text isn't large."""
_SIDE = 20
"""The margin of the card."""


class _Extra(NamedTuple):
    """A button beside the answers, which gives a command."""

    label: str
    command: str
    look: str = "plain"


_EXTRAS = {
    "draft": _Extra(N_("What to sa&y"), "what-to-say"),
    "snooze": _Extra(N_("Snooze ▾"), "snooze", "quiet"),
    "skip": _Extra(N_("Skip"), "skip", "quiet"),
    "edit": _Extra(N_("Edit"), "edit-reminder"),
    "delete": _Extra(N_("Delete"), "delete-reminder"),
    "why": _Extra(N_("Why?"), "why", "quiet"),
}
"""By the signal that each emits, less its ``_wanted``; the Tab key and assistive technology go this way."""


_Offered = tuple[tuple[Answer, ...], bool, bool]


def offered(row: FollowUpRow) -> _Offered:
    """What its answers, their words and their keys go by."""
    return row.answers, row.section is TodaySection.MISSED, row.waits_for is None


class FollowUpItem(RowFrame):
    """One follow-up. It says by its signals what the user wants, always with the row's key.

    A row shows its next step; the selected one all its answers in a line of their own. The card has them
    below what the follow-up needs. Snooze, Skip and Why? stand beside the title, where it leaves them room.
    """

    answered = Signal(str, object)
    snooze_wanted = Signal(str)
    skip_wanted = Signal(str)
    why_wanted = Signal(str)
    draft_wanted = Signal(str)
    opened = Signal(str)
    edit_wanted = Signal(str)
    delete_wanted = Signal(str)
    menu_wanted = Signal(object)
    height_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        row: FollowUpRow,
        wording: Wording,
        actions: CardActions,
        parent: QWidget,
    ) -> None:
        self._head = 0
        self._arranged_for = 0
        super().__init__(theme, parent)
        self._wording = wording
        self._actions = actions
        self._row = row
        self._body: Body | None = None
        self._needs: Needs | None = None
        self._answers: list[tuple[Answer, RowButton]] = []
        self._offered: _Offered | None = None
        self._extras: dict[str, RowButton] = {}
        self._title = ElidedLabel("", "strong", self)
        self._wraps = row_of(row.rule).kind_words
        self._detail: ElidedLabel | WrappedLabel = self._make_detail()
        self._chip = Chip(parent=self)
        self._why = self._extra("why")
        # Not Fixed, which would hold it to the height that a panel has in another width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.resize(parent.width(), self.lines_height)  # that it will have: it is arranged once
        self.show_row(row)

    @property
    def head_height(self) -> int:
        """The height of all that is not a panel."""
        return self._head or self.lines_height

    @property
    def key(self) -> str:
        """The follow-up's key."""
        return self._row.key

    @property
    def row(self) -> FollowUpRow:
        """What is shown."""
        return self._row

    @property
    def body(self) -> Body | None:
        """What the card shows above its answers, if anything."""
        return self._body

    def buttons(self) -> tuple[RowButton, ...]:
        """Every button, in the order of the Tab key."""
        answers = [button for _answer, button in self._answers]
        return (*answers, *self._drafts(), *self._choices(), *self._own(), self._why)

    def open_panel(self, panel: Panel | None) -> None:
        """Show this below the head, in line with its text."""
        if self.is_card and panel is not None:
            panel.start_at(_SIDE)
        super().open_panel(panel)
        self._show_looks()

    def last_stop(self) -> QWidget:
        """Why? stands last."""
        return self._why

    def show_row(self, row: FollowUpRow, needs: Needs | None = None, *, as_card: bool = False) -> None:
        """Show this state of the follow-up, the key stays; and in the card what it needs."""
        self._row, self._needs = row, needs
        self._become(as_card)
        self.icon = icon_of(row.rule, row.channel)
        self._title.show_text(row.title)
        self._detail.show_text(row.detail)
        self._chip.show_text(row.chip, row.tone)
        self._chip.setVisible(bool(row.chip))
        self.setAccessibleName(in_one_breath(row.title, row.detail, row.chip))
        if self._offered != offered(row):
            self._make_answers()
        self._show_needs(needs)
        for button in self.buttons():
            button.setAccessibleDescription(row.title)
        self._chain()
        self._arrange()
        self.update()

    def is_showing(self, row: FollowUpRow, needs: Needs | None, *, as_card: bool) -> bool:
        """Whether it shows just this already."""
        return (self._row, self._needs, self.is_card) == (row, needs, as_card)

    def set_aside(self) -> None:
        """Be seen no longer, and free to show another follow-up."""
        self.hide()
        self._show_needs(None)
        self.setAccessibleDescription("")
        self._selected = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def serve(self, row: FollowUpRow, width: int) -> None:
        """Show another follow-up than before, in that width."""
        self.resize(width, self.lines_height)  # as a new one has it
        self.show_row(row)

    def offers_as(self, row: FollowUpRow) -> bool:
        """Whether it has the answers for that one."""
        return self._offered == offered(row)

    def revealed_changed(self) -> None:
        """Show all answers, or no longer."""
        self._arrange()

    def answer_first(self) -> None:
        """Give the strong answer, as Enter does; without one, open what it is about."""
        if self._row.answers and self._row.waits_for is None:
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
        elif text.isdecimal() and 0 < int(text) <= len(self._row.answers):
            self.answered.emit(self.key, self._row.answers[int(text) - 1])
        elif key == Qt.Key.Key_S and self._row.is_open:
            self._extra("snooze").click()
        elif key == Qt.Key.Key_K and self._row.is_open:
            self.skip_wanted.emit(self.key)
        elif key == Qt.Key.Key_W:
            self._why.click()
        elif key == Qt.Key.Key_C and words_wanted(self._row):
            self.draft_wanted.emit(self.key)
        elif key == Qt.Key.Key_F2 and self._own():
            self._extra("edit").click()
        elif key == Qt.Key.Key_Delete and self._own():
            self._extra("delete").click()
        elif key == Qt.Key.Key_Escape and isinstance(self.panel, Panel):
            self.panel.closed.emit()
        elif key == Qt.Key.Key_O:
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def open(self) -> None:
        """Open the application."""
        self.opened.emit(self.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of everything that can be done with this row."""
        self.selected_by_user.emit(self.key)
        self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place what is in the head; its height follows from its width."""
        super().resizeEvent(event)
        if self.width() != self._arranged_for:
            self._arrange()

    def restyle(self) -> None:
        """Place everything anew after the type has changed."""
        self._arrange()

    def _become(self, card: bool) -> None:
        """Be the card of the one thing to do, or a row."""
        if card != self.is_card:
            self.is_card = card
            self._title.setProperty("type", "name" if card else "strong")
            restyle(self._title)
        if isinstance(self._detail, WrappedLabel) != (card or self._wraps):
            self._detail.hide()
            self._detail.deleteLater()
            self._detail = self._make_detail()
            self._detail.stackUnder(self._chip)
            self._detail.show()

    def _make_detail(self) -> ElidedLabel | WrappedLabel:
        kind = WrappedLabel if self.is_card or self._wraps else ElidedLabel
        return kind("", "secondary", self)

    def _show_needs(self, needs: Needs | None) -> None:
        if self._body is not None and (needs is None or not shows(self._body, needs)):
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        if needs is None:
            return
        if self._body is None:
            self._body = body_for(needs, self.theme, self.key, self._actions, self)
            if self._answers:
                self._body.stackUnder(self._answers[0][1])  # it is read before them, as it stands above
            self._body.show()
        else:
            self._body.show_needs(needs)

    def _extra(self, what: str) -> RowButton:
        """The button for this beside the answers, made when it is first wanted: few rows have all of them."""
        if what not in self._extras:
            kind, wanted = _EXTRAS[what], getattr(self, f"{what}_wanted")
            button = self._button(plain(_(kind.label)), lambda: wanted.emit(self.key), kind.look)
            set_tool_tip(button, COMMANDS[kind.command].tip(self._wording, "today"))
            self._extras[what] = button
        return self._extras[what]

    def _button(self, label: str, clicked: Callable[[], None], look: str = "plain") -> RowButton:
        button = RowButton(label, self.theme, self, self._is_meant, look)
        button.clicked.connect(lambda: self.selected_by_user.emit(self.key))
        button.clicked.connect(clicked)
        return button

    def _is_meant(self, button: QWidget, press: QMouseEvent) -> bool:
        return self.presses.is_meant(button, self.key, press)

    def _make_answers(self) -> None:
        for _answer, old in self._answers:
            old.hide()
            old.deleteLater()
        made: list[tuple[Answer, RowButton]] = []
        for answer, keys in zip(self._row.answers, answer_keys(self._row), strict=True):
            label = self._wording.row_answer_label(self._row, answer)
            button = self._button(label, self._giving(answer))
            if not made:
                button.may_be_strong()
            set_tool_tip(button, with_keys(label, native(keys)))
            made.append((answer, button))
        self._answers, self._offered = made, offered(self._row)
        for _answer, button in made:  # now: a button that is shown may have the row arrange all of them
            button.show()

    def _chain(self) -> None:
        """Let the Tab key go from top to bottom, and assistive technology the same way."""
        body: list[QWidget] = []
        if self._body is not None:
            parts = self._body.findChildren(QWidget)
            body = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for what in _EXTRAS:
            if what in self._extras:
                self._extras[what].raise_()
        order: list[QWidget] = [self, *body, *self.buttons()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _drafts(self) -> tuple[RowButton, ...]:
        """The button for what to say, where there is one and the card does not show it."""
        shown = isinstance(self._body, CallBody) and self.is_card
        return (self._extra("draft"),) if words_wanted(self._row) and not shown else ()

    def _choices(self) -> tuple[RowButton, ...]:
        """Snooze and Skip, where it is open; without Skip beside Not now, from which it is hard to tell."""
        if not self._row.is_open:
            return ()
        snooze = self._extra("snooze")
        return (snooze,) if Answer.NOT_NOW in self._row.answers else (snooze, self._extra("skip"))

    def _own(self) -> tuple[RowButton, ...]:
        """The buttons for a reminder of the user's own."""
        return (self._extra("edit"), self._extra("delete")) if self._row.is_own else ()

    def _giving(self, answer: Answer) -> Callable[[], None]:
        return lambda: self.answered.emit(self.key, answer)

    def _next_step(self) -> RowButton | None:
        """What a row offers without being selected: its strong answer; of a call, what is needed for it."""
        row = self._row
        if row.waits_for is not None or not row.answers or not row_of(row.rule).in_passing:
            return None
        if row.channel is Channel.PHONE:
            return self._extra("draft") if row.section in (TodaySection.LATE, TodaySection.NOW) else None
        return self._answers[0][1]

    def _arrange(self) -> None:
        """Give everything in the head its place, and each button its state."""
        before, self._arranged_for = self._head, self.width()
        self._head = self._arrange_card() if self.is_card else self._arrange_row()
        edge = 2 if self.is_card else 1  # nothing in the card lies on its ring
        self._layout.setContentsMargins(edge, self._head, edge, edge)
        if self._head != before:
            # What is told while the layouts around it are at work is lost.
            QTimer.singleShot(0, self, self.height_changed.emit)

    def _arrange_row(self) -> int:
        px, height = self.theme.px, self.lines_height
        left, right = px(_LEFT), self.width() - px(10)
        side, top = px(32), (height - px(32)) // 2
        # Where the text is large in a small window, the lines have the whole width, and Why? stands below.
        narrow = right - self._why.width_wanted() - left - px(16) < self._room_wanted()
        if not narrow:
            right -= self._why.width_wanted()
            self.put(self._why, right, top, self._why.width_wanted(), side)
        step = self._next_step() if not self.selected else None
        chip = self._chip.sizeHint()
        chip.setWidth(min(chip.width(), right - left) if self._row.chip else 0)
        # Where there is little room, how long there is stands below the two lines.
        lower = narrow or right - left - chip.width() - px(16) < self._room_wanted()
        lower = lower and bool(self._row.chip)
        across = 0 if lower else chip.width()
        beside = () if narrow else self._beside(right - left - across - px(28), step)
        for button in reversed(beside):
            right -= button.width_wanted() + px(4)
            self.put(button, right, top, button.width_wanted(), side)
        right -= px(8) if beside else 0
        right -= across + px(4)
        if not lower:
            self.put(self._chip, right, (height - chip.height()) // 2, chip.width(), chip.height())
        line = self._title.fontMetrics().height()
        start, room = (height - 2 * line - px(2)) // 2, max(0, right - px(12) - left)
        title_is_long = narrow or self._title.sizeHint().width() > room
        most = 0 if narrow else _TITLE_LINES
        end = self.put_line(self._title, left, start, room, wrapped=title_is_long, most=most) + px(2)
        # Why the row is there isn't cut: it takes more lines.
        whole = narrow or self._wraps or self._detail.sizeHint().width() > room
        end = self.put_line(self._detail, left, end, room, wrapped=whole)
        head = end + height - start - 2 * line - px(2)
        if lower:
            self.put(self._chip, left, head - px(7), chip.width(), chip.height())
            head += chip.height() + px(4)
        own_line = self.selected and bool(self._row.answers or self._own())
        next_step = (step,) if step is not None and not beside else ()
        # Where the text is large, the next step has a line of its own.
        below_lines = (*next_step, self._why) if narrow and not own_line else next_step
        end = self.width() - px(14)
        if max((each.width_wanted() for each in self.buttons()), default=0) > end - left:
            left = px(10)  # below the icon, so that the words are whole
        if below_lines:
            head = self._put_in_lines(below_lines, left, end, head - px(6)) + px(12)
        if own_line:
            last = (self._why,) if narrow else ()
            head = self._place_buttons(left, end, head - px(6), without=beside, last=last) + px(12)
        self._set_states(beside or next_step)
        return head

    def _beside(self, room: int, step: RowButton | None) -> tuple[RowButton, ...]:
        """What stands in the line of the title, if that keeps its room: the next step, or Snooze and Skip."""
        found = self._choices() if self.selected else (step,) if step is not None else ()
        wanted = sum(button.width_wanted() + self.theme.px(4) for button in found)
        return found if room - wanted >= self._room_wanted() else ()

    def _arrange_card(self) -> int:
        px = self.theme.px
        left, right, top = px(_SIDE), self.width() - px(_SIDE), px(14)
        self._title.set_wrapped(False)  # as it may be in a row
        title, chip = self._title.sizeHint(), self._chip.sizeHint()
        wanted = title.width() + (px(10) + chip.width() if self._row.chip else 0)
        end = right + px(11)  # the words of the last button stand in line with what is below it
        above = self._choices()
        if end - sum(button.width_wanted() + px(4) for button in (*above, self._why)) - left < wanted:
            above = ()
        for button in (self._why, *reversed(above)):
            end -= button.width_wanted()
            self.put(button, end, top, button.width_wanted(), px(32))
            end -= px(4)
        room = max(0, end - left)
        beside = bool(self._row.chip) and wanted <= room
        line = max(title.height(), px(32))
        width = min(title.width(), room)
        self.put(self._title, left, top, width, line)
        y = top + line
        if beside:
            self.put(
                self._chip,
                left + width + px(10),
                top + (line - chip.height()) // 2,
                chip.width(),
                chip.height(),
            )
        elif self._row.chip:
            self.put(self._chip, left, y, min(chip.width(), right - left), chip.height())
            y += chip.height() + px(6)
        full = max(1, right - left)
        below = self._detail.heightForWidth(full) if self._row.detail else 0
        self.put(self._detail, left, y, full, below)
        y += below
        if self._body is not None:
            y += px(12)
            tall = self._body.fit(full)
            self.put(self._body, left, y, full, tall)
            y += tall
        self._set_states(())
        if self._row.answers or self._own():
            y = self._place_buttons(left, right, y + px(14), without=above)
        return y + px(16)

    def _place_buttons(
        self,
        left: int,
        right: int,
        top: int,
        without: Sequence[RowButton] = (),
        last: tuple[RowButton, ...] = (),
    ) -> int:
        """Set the answers in lines from the left, Snooze, Skip and the last at the right; gives the end."""
        px = self.theme.px
        height, gap = px(32), px(8)
        answers = (*(button for _answer, button in self._answers), *self._drafts(), *self._own())
        end = self._put_in_lines(answers, left, right, top)
        taken = left
        for button in answers:
            edge = placed(button.geometry(), self)
            taken = edge.right() + 1 + gap if edge.top() == end - height else taken
        choices = (*(self._choices() if not without else ()), *last)
        lines = self._in_lines(choices, right - left, px(4))
        y = end - height if answers else top
        for number, line in enumerate(lines):
            wanted = sum(width for _button, width in line) + px(4) * (len(line) - 1)
            if number or (right - wanted < taken and taken > left):
                y += height + gap
            x = right - wanted
            for button, width in line:
                self.put(button, x, y, width, height)
                x += width + px(4)
        return y + height

    def _put_in_lines(self, buttons: Sequence[RowButton], left: int, right: int, top: int) -> int:
        """Set these in lines from the left; gives where the last ends."""
        px = self.theme.px
        y = top - px(8)
        for line in self._in_lines(buttons, right - left, px(8)):
            x, y = left, y + px(8)
            for button, width in line:
                self.put(button, x, y, width, px(32))
                x += width + px(8)
            y += px(32)
        return y

    @staticmethod
    def _in_lines(buttons: Sequence[RowButton], room: int, gap: int) -> list[list[tuple[RowButton, int]]]:
        """These with their widths, in as many lines as they need."""
        lines: list[list[tuple[RowButton, int]]] = []
        free = 0
        for button in buttons:
            width = min(button.width_wanted(), room)
            if not lines or width > free:
                lines.append([])
                free = room
            lines[-1].append((button, width))
            free -= width + gap
        return lines

    def _set_states(self, shown: tuple[RowButton, ...]) -> None:
        """Draw all buttons where they have a line of their own, else these and Why?."""
        whole = self.is_card or self.selected
        wanted = self.buttons()
        for extra in self._extras.values():
            extra.setVisible(extra in wanted)
        for button in wanted:
            parked = not whole and button not in shown and button is not self._why
            if parked:
                button.setGeometry(self._why.geometry())
            button.set_state(revealed=not parked, parked=parked, in_tab_order=self.selected)
        self._show_looks()

    def _show_looks(self) -> None:
        """Have the first answer stand out, or the one that asks something below."""
        joins = isinstance(self._body, MeetingBody) and self._body.join_is_strong
        asks = self.panel.answer if self.panel is not None else None
        for number, (answer, button) in enumerate(self._answers):
            is_first = number == 0 and self.selected and self._row.waits_for is None and not joins
            if asks is not None:
                button.set_look("chosen" if answer is asks else "plain")
            else:
                button.set_look("strong" if is_first else "plain")

    def _room_wanted(self) -> int:
        """The width that the two lines keep."""
        detail = self._detail.fontMetrics().horizontalAdvance(self._detail.full_text)
        return min(self.theme.px(LINES_ROOM), max(self._title.sizeHint().width(), detail + 2))
