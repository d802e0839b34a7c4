"""Quiet bars over the lists: reminders are paused; the computer has moved to another time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.free_place import STAYS_IN_SIGHT

if TYPE_CHECKING:
    from followup_desktop.services.reminding.clock_watch import ClockJump
    from followup_desktop.services.reminding.zone_watch import Move

_SHORTEST_LINE = 40
"""So many characters of the sentence are to stand in a line."""


class Bar(Card):
    """A sentence with buttons, or a field, beside it; hidden until it is shown."""

    def __init__(self, name: str, tone: str, *parts: QWidget) -> None:
        super().__init__(tone=tone)
        self.setAccessibleName(name)
        self.setProperty(STAYS_IN_SIGHT, True)
        self._text = Text("", "text", wrap=True)
        let_shrink(self._text)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        line.setSpacing(Space.M)
        line.addWidget(self._text, 1)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=Space.S)
        self.add_parts(*parts)
        line.addWidget(self._buttons)
        self.hide()

    def add_parts(self, *parts: QWidget) -> None:
        """Put these beside the sentence."""
        for part in parts:
            self._flow.addWidget(part)

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._text.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room in the new width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Find room for other buttons."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Put the buttons below the sentence where they would leave it no line worth the name."""
        count = self._flow.count()
        items = [item for place in range(count) if (item := self._flow.itemAt(place))]
        widths = [item.sizeHint().width() for item in items if not item.isEmpty()]
        room = self.width() - sum(widths) - Space.S * count
        stacked = room < self._text.fontMetrics().averageCharWidth() * _SHORTEST_LINE
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if stacked else ways.LeftToRight
        if way != self._line.direction():
            self._line.setDirection(way)

    def show_sentence(self, sentence: str | None) -> None:
        """Show this sentence and say it, if it is another; hide for ``None``."""
        if sentence is not None:
            is_news = self.isHidden() or sentence != self.sentence
            self._text.setText(sentence)
            if is_news and self.parentWidget() is not None:
                announce(self, sentence)
        self.setVisible(sentence is not None)


class PauseBar(Bar):
    """Says until when reminders are paused; ``resumed`` asks for them to go on."""

    resumed = Signal()

    def __init__(self) -> None:
        self.button = Button(_("Resume"), look="link", name=_("Resume reminders"))
        super().__init__(_("Reminders are paused"), "now", self.button)
        self.button.clicked.connect(self.resumed)

    def show_pause(self, until: str | None) -> None:
        """Say until when, in words; ``None`` if they are not paused."""
        self.show_sentence(
            None if until is None else _("Reminders are paused until {time}.").format(time=until)
        )


class WideBar(Bar):
    """A bar over the whole width of the views: its text begins below the search, as their titles do."""

    def __init__(self, theme: Theme, name: str, tone: str, *parts: QWidget) -> None:
        super().__init__(name, tone, *parts)
        self.setProperty("edge", "straight")
        theme.set_margins(self._line, 24, 5, 18, 5)


class DataBar(WideBar):
    """Says what is wrong with the file of the user's data."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Your data can't be saved"), "late")


class ServerBar(WideBar):
    """Says why the calendar on the server stays behind; ``setting_wanted`` leads to where it is put right."""

    setting_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        self.button = Button(_("Open settings"))
        super().__init__(theme, _("Your phone's calendar isn't up to date"), "late", self.button)
        self.button.clicked.connect(self.setting_wanted)

    def show_reason(self, reason: str | None) -> None:
        """Say why, in sentences; ``None`` if it isn't behind."""
        # Translators: {reason} is one or more sentences, such as “Your calendar server is full. Make room.”
        text = _("Your phone's calendar isn't up to date. {reason}")
        self.show_sentence(None if reason is None else text.format(reason=reason))


class ClockBar(WideBar):
    """Asks whether a clock that jumped ahead is right; ``answered`` carries the answer."""

    answered = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        self.yes_button = Button("")
        self.no_button = Button("", look="quiet")
        name = _("Your computer's clock jumped ahead")
        super().__init__(theme, name, "accent", self.yes_button, self.no_button)
        for button, words in (
            (self.yes_button, _("Yes, it is")),
            (self.no_button, _("No, the clock is wrong")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.yes_button.clicked.connect(lambda: self.answered.emit(True))
        self.no_button.clicked.connect(lambda: self.answered.emit(False))

    def ask(self, jump: ClockJump | None, today: str) -> None:
        """Ask whether it is that day; ``None`` if there is nothing to ask about."""
        if jump is None:
            self.show_sentence(None)
            return
        sentence = ngettext(
            "Your computer's clock is {days} day ahead of when Follow Up last ran. Is "
            "today {today}? Until you answer, nothing is deleted from the trash.",
            "Your computer's clock is {days} days ahead of when Follow Up last ran. Is "
            "today {today}? Until you answer, nothing is deleted from the trash.",
            jump.days,
        )
        self.show_sentence(sentence.format(days=format_number(jump.days), today=today))


class MoveBar(WideBar):
    """Asks whether the program is to go by the computer's new zone; ``answered`` carries the move and yes."""

    answered = Signal(object, bool)

    def __init__(self, theme: Theme) -> None:
        self.follow_button = Button("")
        self.stay_button = Button("", look="quiet")
        name = _("Your computer's time zone has changed")
        super().__init__(theme, name, "accent", self.follow_button, self.stay_button)
        self._move: Move | None = None
        self.follow_button.clicked.connect(lambda: self._answer(True))
        self.stay_button.clicked.connect(lambda: self._answer(False))

    def show_move(self, move: Move | None) -> None:
        """Ask about this move; ``None`` if there is none to ask about."""
        if move == self._move:
            return
        self._move = move
        if move is None:
            self.show_sentence(None)
            return
        for button, words, place in (
            (self.follow_button, _("Use {city} time"), move.system_city),
            (self.stay_button, _("Keep {city} time"), move.present_city),
        ):
            button.setText(words.format(city=place))
            button.setAccessibleName(words.format(city=place))
        sentence = _(
            "Your computer is now on {new} time, but Follow Up uses {old} time. Your "
            "appointments stay as they are."
        )
        self.show_sentence(sentence.format(new=move.system_city, old=move.present_city))

    def _answer(self, follow: bool) -> None:
        move, self._move = self._move, None
        self.show_sentence(None)
        if move is not None:
            self.answered.emit(move, follow)
