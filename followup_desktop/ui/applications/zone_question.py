"""What becomes of the interviews when their application gets another time zone: asked below the field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.model import Application
from followup_desktop.i18n import _
from followup_desktop.services.reading.interview_zones import LeftBehind, left_behind, zone_of
from followup_desktop.ui.applications.former_zones import FormerZones
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout


class ZoneQuestion(Card):
    """Offers to move the interviews to come that are still in a zone which the application had before.

    It is no dialog: it stays, with its application, until it is answered or nothing is left to ask, also
    after a new start. ``answered`` says that it was.
    """

    answered = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone="accent")
        self._context = context
        self._application: Application | None = None
        self._zones: dict[str, str] = {}
        self._former: dict[str, tuple[str, ...]] = {}
        """What is asked about in this run, and is again when an answer is undone."""
        self._kept = FormerZones(context.settings)
        self._asked: LeftBehind | None = None
        self.setAccessibleName(_("Interviews in another time zone"))
        self.text = Text("", wrap=True)
        let_shrink(self.text)
        self.same_hour = Button("")
        self.same_moment = Button("")
        self.leave = Button("", look="quiet")
        flow = FlowLayout(gap=Space.S)
        for button in (self.same_hour, self.same_moment, self.leave):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self.text)
        column.addLayout(flow)
        self.same_hour.clicked.connect(lambda: self._move(keep_moment=False))
        self.same_moment.clicked.connect(lambda: self._move(keep_moment=True))
        self.leave.clicked.connect(self._leave)
        self.hide()

    def show_for(self, application: Application) -> None:
        """Ask about this application's interviews, if its zone has changed while it was looked at."""
        self._application = application
        present = zone_of(application, self._context.overview.policy())
        before = self._zones.get(application.id)
        self._zones[application.id] = present
        former = self._former.get(application.id) or self._kept.of(application.id)
        if before is not None and before != present:
            former = tuple(dict.fromkeys((*former, before)))
        self._former[application.id] = former
        context = self._context
        asked = left_behind(application, former, context.overview.policy(), context.clock(), context.wording)
        if asked != self._asked:
            self._ask(asked)
        self._kept.keep(application.id, former if asked is not None else ())
        self.setVisible(asked is not None)

    def _ask(self, asked: LeftBehind | None) -> None:
        self._asked = asked
        if asked is None:
            return
        self.text.setText(asked.question)
        self.setAccessibleDescription(asked.question)
        for button, label in (
            (self.same_hour, asked.same_hour),
            (self.same_moment, asked.same_moment),
            (self.leave, asked.leave),
        ):
            button.setText(label)
            button.setAccessibleName(label)
            button.setAccessibleDescription(asked.question)
        announce(self, asked.question)

    def _move(self, *, keep_moment: bool) -> None:
        asked, application = self._asked, self._application
        if asked is None or application is None:
            return
        done = self._context.do(
            lambda: self._context.tracker.move_to_zone_of(
                application.id, asked.interviews, keep_moment=keep_moment
            )
        )
        if done is not None:
            self._context.show_status(done.label)
            self.answered.emit()

    def _leave(self) -> None:
        if self._application is not None:
            self._former.pop(self._application.id, None)
            self._kept.keep(self._application.id, ())
            self.show_for(self._application)
            self.answered.emit()
