"""What the card of the one thing to do shows between its title and its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.next_step import (
    CallNeeds,
    LetterNeeds,
    MeetingNeeds,
    Needs,
    PostingNeeds,
)
from followup_desktop.services.wording.formats import elide
from followup_desktop.ui.kit.call_brief import CallBrief, fit_columns
from followup_desktop.ui.kit.requests import AddReminder, EditPerson, Request
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button, CheckBox, FlushLink, spoken
from followup_desktop.ui.kit.widgets.card import Text, as_heading, let_shrink, named
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.kit.widgets.quote import Quote

_ADDRESS_LENGTH = 120
_TWO_COLUMNS = 520
"""From this width on, in pixels at the ordinary text size, what belongs together stands in two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardActions:
    """What can be done in the card beside its answers: ask the window for something, join, copy, tick off.

    ``open_posting`` takes the id of an application.
    """

    open: Callable[[Request], object]
    open_posting: Callable[[str], object]
    join: Callable[[str], object]
    copy: Callable[[str], object]
    ticked: Callable[[str], frozenset[str]]
    tick: Callable[[str, str, bool], object]


class CallBody(CallBrief):
    """A call: the number large, the person, the first lines of the script."""

    def __init__(self, theme: Theme, _key: str, actions: CardActions, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.copied.connect(actions.copy)
        self.asked.connect(actions.open)

    def show_needs(self, needs: Needs) -> None:
        """Show these."""
        if isinstance(needs, CallNeeds):
            super().show_needs(needs)


class LetterBody(QWidget):
    """A letter: to whom, and its first lines; without an address the way to enter one."""

    def __init__(self, theme: Theme, key: str, actions: CardActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._needs: LetterNeeds | None = None
        self._to = Text("", "secondary", self, wrap=True)
        self.add_button = FlushLink(
            _("Add it…"), self, name=named(spoken(_("Add it…")), _("Add an email address"))
        )
        self.add_button.clicked.connect(lambda: self._ask_for_address(actions))
        self.text = Quote(theme, _("How the email begins"), parent=self)
        to = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.set_spacing(to, 4)
        to.addWidget(self._to, 1)
        to.addWidget(self.add_button)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.set_spacing(self._column, 6)
        self._column.addLayout(to)
        self._column.addWidget(self.text)

    def show_needs(self, needs: Needs) -> None:
        """Show these."""
        if needs == self._needs or not isinstance(needs, LetterNeeds):
            return
        self._needs = needs
        # Translators: whom an email goes to: “To Ana Ruiz, ana@acme.example”.
        told = _("To {person}, {address}") if needs.person else _("To {address}")
        if not needs.address:
            told = _("To {person}: no address yet") if needs.person else _("No address yet")
        self._to.setText(told.format(person=needs.person, address=needs.address))
        self.add_button.setVisible(not needs.address)
        self.text.show_words(needs.text)

    def fit(self, width: int) -> int:
        """The height that it takes in this width."""
        return fit_columns(self._column, width, width + 1)

    def _ask_for_address(self, actions: CardActions) -> None:
        needs = self._needs
        if needs is not None and needs.contact is not None:
            actions.open(EditPerson(needs.contact, "email", in_passing=True))
        elif needs is not None:
            from followup_desktop.ui.kit.missing_detail import ask_whose

            ask_whose(self.add_button, "email", needs.application, needs.others, actions.open)


class Tick(CheckBox):
    """A question to tick off; Enter does so as Space does, and answers nothing around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class MeetingBody(QWidget):
    """An interview: how soon, when and where, the way in, and the questions to tick off before leaving."""

    def __init__(self, theme: Theme, key: str, actions: CardActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._key, self._actions = theme, key, actions
        self._needs: MeetingNeeds | None = None
        self._ahead = Text("", "figure", self, wrap=True)
        self._details = [Text("", "secondary", self, wrap=True) for _line in range(4)]
        self.join_button = Button(_("Join"), self)
        self.leave_button = FlushLink(_("Remind me when to leave…"), self)
        self.join_button.clicked.connect(self._join)
        self.leave_button.clicked.connect(self._remind)
        self.questions: dict[str, QCheckBox] = {}
        about = QVBoxLayout()
        theme.set_spacing(about, 3)
        about.addWidget(self._ahead)
        for line in self._details:
            about.addWidget(line)
        theme.add_spacing(about, 4)
        for button in (self.join_button, self.leave_button):
            about.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        about.addStretch(1)
        self._list = QFrame(self)
        self._list.setObjectName("quote")
        self._ask = QVBoxLayout(self._list)
        theme.set_margins(self._ask, 12, 8, 12, 8)
        theme.set_spacing(self._ask, 2)
        self._ask.addWidget(as_heading(Text(_("Before you leave, ask:"), "strong", self._list)))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        theme.set_spacing(self._columns, 16)
        self._columns.addLayout(about, 1)
        self._columns.addWidget(self._list, 1)

    def show_needs(self, needs: Needs) -> None:
        """Show these; what was ticked off stays so."""
        if needs == self._needs or not isinstance(needs, MeetingNeeds):
            return
        self._needs = needs
        self._ahead.setText(needs.ahead)
        notes = _("Your notes: {notes}").format(notes=needs.notes) if needs.notes else ""
        for line, words in zip(self._details, (needs.when, needs.place, needs.leave, notes), strict=True):
            line.show_words(words)
        self.join_button.setVisible(needs.link is not None)
        self.join_button.set_look("strong" if needs.join_now else "plain")
        if needs.link is not None:
            set_tool_tip(self.join_button, _("Opens {host}").format(host=needs.link.host))
        self.leave_button.setVisible(needs.leave_at is not None)
        self._show_questions(needs.questions)

    def fit(self, width: int) -> int:
        """Stand in one column or two, as the width allows; the height that takes."""
        return fit_columns(self._columns, width, self._theme.px(_TWO_COLUMNS))

    @property
    def join_is_strong(self) -> bool:
        """Whether joining is what is to be done now."""
        return self._needs is not None and self._needs.join_now

    @property
    def words(self) -> tuple[str, ...]:
        """What is said of the interview, line by line."""
        lines = (self._ahead, *self._details)
        return tuple(line.text() for line in lines if line.text())

    def _show_questions(self, questions: tuple[tuple[str, str], ...]) -> None:
        if tuple(self.questions) != tuple(question for question, _words in questions):
            for box in self.questions.values():
                box.hide()
                box.deleteLater()
            self.questions = {}
            for question, words in questions:
                box = Tick(words, self._list)
                box.toggled.connect(partial(self._actions.tick, self._key, question))
                self._ask.addWidget(box)
                self.questions[question] = box
        ticked = self._actions.ticked(self._key)
        for question, box in self.questions.items():
            box.blockSignals(True)
            box.setChecked(question in ticked)
            box.blockSignals(False)
        self._list.setVisible(bool(questions))

    def _join(self) -> None:
        if self._needs is not None and self._needs.link is not None:
            self._actions.join(self._needs.link.url)

    def _remind(self) -> None:
        needs = self._needs
        if needs is not None:
            title = _("Leave for {employer}").format(employer=needs.employer)
            self._actions.open(AddReminder(needs.application, title, needs.leave_at))


class PostingBody(QWidget):
    """A posting: its address, and the way to it."""

    def __init__(self, theme: Theme, _key: str, actions: CardActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._needs: PostingNeeds | None = None
        self._address = Text("", "secondary", self, wrap=True)
        let_shrink(self._address)
        self.button = Button(_("Open posting"), self)
        self.button.clicked.connect(self._open)
        self._open_posting = actions.open_posting
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.set_spacing(self._column, 6)
        self._column.addWidget(self._address)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_needs(self, needs: Needs) -> None:
        """Show these."""
        if isinstance(needs, PostingNeeds) and needs != self._needs:
            self._needs = needs
            self._address.setText(elide(needs.address.partition("://")[2] or needs.address, _ADDRESS_LENGTH))

    def _open(self) -> None:
        if self._needs is not None:
            self._open_posting(self._needs.application)

    def fit(self, width: int) -> int:
        """The height that it takes in this width."""
        return fit_columns(self._column, width, width + 1)


Body = CallBody | LetterBody | MeetingBody | PostingBody


_BODIES: dict[type, type[Body]] = {
    CallNeeds: CallBody,
    LetterNeeds: LetterBody,
    MeetingNeeds: MeetingBody,
    PostingNeeds: PostingBody,
}


def body_for(needs: Needs, theme: Theme, key: str, actions: CardActions, parent: QWidget) -> Body:
    """The part of the card that shows such needs."""
    made: Body = _BODIES[type(needs)](theme, key, actions, parent)
    made.show_needs(needs)
    return made


def shows(body: QWidget | None, needs: Needs) -> bool:
    """Whether that part is of the kind that shows such needs."""
    return isinstance(body, _BODIES[type(needs)])
