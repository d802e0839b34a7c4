"""Debrief: the whole interview day in a minute, then what was planned from it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.reading.debrief import DebriefDay
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.ui.debrief.form import DebriefForm
from followup_desktop.ui.debrief.planned import PlannedFromIt
from followup_desktop.ui.kit.commands.command import native
from followup_desktop.ui.kit.forms.drafts import TITLE
from followup_desktop.ui.kit.forms.panel import FittingArea, below, go_to_refused, no_wider, scroll_area
from followup_desktop.ui.kit.letter_parts import PageStack, tab_through
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import GoBack, OpenApplication, OpenDebrief, Request, WriteMessage
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import FlushLink, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import Heading, Text, let_shrink
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

PAUSE_MS = 400
"""So long after the last key what was written is kept."""


_WIDTH = 800
"""The page is no wider than this, in pixels at the ordinary text size."""


class DebriefView(View):
    """Asks how an interview day went, saves it as one step, and shows what follows.

    What was written and not saved is kept when it is left.
    """

    name = "debrief"
    is_form = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme, debriefs = context.theme, context.readers.debriefs
        self._tracker = context.tracker
        self._overview = context.overview
        self._debriefing = debriefs
        self._wording = context.wording
        self._clock = context.clock
        self._theme = theme
        self._drafts = drafts = context.drafts.debriefs
        drafts.discarded.connect(self._discarded)
        drafts.flush_wanted.connect(self.keep)
        self._day: DebriefDay | None = None
        self.form: DebriefForm | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self.planned = PlannedFromIt(theme)
        self.planned.done.connect(self._finish)
        self.planned.compose.connect(lambda key: self.context.open(WriteMessage(key)))
        self._make_parts()
        self._lay_out()

    @property
    def key(self) -> str | None:
        """The follow-up, or the interview, that is being written down."""
        return self._day.key if self._day else None

    @property
    def current_application(self) -> str | None:
        """The application whose interviews are written down."""
        return self._day.application if self._day else None

    def answer(self, request: Request) -> bool:
        """Show the form of a day."""
        match request:
            case OpenDebrief(key):
                return self.open(key) if "/" in key else self.open_interview(key)
        return super().answer(request)

    def leave(self) -> bool:
        """Keep what was written and not saved."""
        self.keep()
        return True

    def open(self, key: str) -> bool:
        """Show the form of a debrief follow-up; ``False``, the reason being said, if it is settled."""
        try:
            return self._open(self._debriefing.of_follow_up(key, self._clock()))
        except Refused as refusal:
            self.context.show_status(str(refusal))
            return False

    def open_interview(self, interview_id: str) -> bool:
        """Show the form of the day of an interview that has been held."""
        try:
            return self._open(self._debriefing.of_interview(interview_id, self._clock()))
        except Refused as refusal:
            self.context.show_status(str(refusal))
            return False

    def begin(self) -> None:
        """Put the keyboard where the next thing is to be done."""
        if self.pages.shown is self.planned:
            self.planned.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.form is not None:
            self.form.begin()

    def keep(self) -> None:
        """Keep what was written and not saved, as before the window closes."""
        self._pause.stop()
        if self._day is not None and self.form is not None and self._touched:
            self._drafts.keep(self._day.key, {TITLE: self._day.title, **self.form.texts()})

    def show_changes(self, changes: ChangesLike | None) -> None:
        """What is planned may have moved, a debrief may be asked for no more."""
        if self._day is None:
            return
        if self.pages.shown is self.planned:
            self._show_planned()
        elif "/" in self._day.key and not self._debriefing.is_asked_for(self._day.key) and not self._saving:
            self._turn_to(None)
            if self.isVisible():
                self.context.open(GoBack())

    def save(self) -> None:
        """Write it all down as one step, and show what was planned from it."""
        day, said = self._day, self.form.value() if self.form else None
        if day is None or said is None:
            return
        self._saving = True
        try:
            self._tracker.debrief(day.application, day.interview, said)
        except Refused as refusal:
            if self.form is not None and refusal.field == "reply_by":
                self.form.date.refuse(str(refusal))
                go_to_refused(self.form.date)
            else:
                self.context.show_status(str(refusal))
            return
        finally:
            self._saving = False
        self._pause.stop()
        self.keep()
        self._drafts.forget(day.key)
        self._touched = False
        self._show_planned()
        self.pages.show_page(self.planned)
        self.context.show_status(_("Saved the debrief"))
        announce(self, self.planned.announcement)
        self.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the next thing is to be done."""
        super().showEvent(event)
        self._set_in_sight(True)
        if not event.spontaneous():
            self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was written."""
        super().hideEvent(event)
        self.keep()
        self._set_in_sight(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._saved:
            self.save()
        else:
            super().keyPressEvent(event)

    @property
    def _saved(self) -> bool:
        return self.pages.shown is self.planned

    def _make_parts(self) -> None:
        self._touched = self._saving = False
        self.back = FlushLink(_("‹ Back"), name=_("Back"))
        self.back.clicked.connect(self._leave)
        self.open_button = FlushLink(_("Open the application"), end="right")
        self.open_button.setMinimumWidth(1)
        self.open_button.clicked.connect(self._open_application)
        self._title = Heading("title")
        self._detail = Text("", "secondary", wrap=True)
        let_shrink(self._detail)
        self.save_button = StrongButton(_("Save"), name=_("Save debrief"))
        set_tool_tip(self.save_button, native("Ctrl+Enter"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button = QuietButton(_("Cancel"))
        self.cancel_button.clicked.connect(self._leave)
        self._asking = QWidget(self)
        self._form_place = QVBoxLayout()
        self.pages = PageStack(self)

    def _lay_out(self) -> None:
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(Space.M)
        asking.addLayout(self._form_place)
        asking.addStretch(1)
        self.pages.add(self._asking, self._buttons)
        self.pages.add(self.planned)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.open_button)
        content = QVBoxLayout()
        self._theme.set_margins(content, 24, 12, 12, 24)
        self._theme.set_spacing(content, 6)
        content.addLayout(head)
        content.addWidget(self._title)
        content.addWidget(self._detail)
        self._theme.add_spacing(content, 10)
        content.addWidget(self.pages)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll_area(no_wider(self._theme, content, _WIDTH), FittingArea()))
        outer.addLayout(below(self._theme, self._buttons, _WIDTH))
        outer.addStretch(1)

    def _open(self, day: DebriefDay) -> bool:
        self.keep()
        self._turn_to(day)
        self._title.show_text(day.title)
        self.be_about(day.title)
        self._detail.setText(day.detail)
        if self.form is not None:
            self._form_place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        words = self.context.wording.labels.interview_facts
        self.form = DebriefForm(self._theme, self.context.days, words, day)
        self._form_place.addWidget(self.form)
        self.form.show()
        tab_through(self.open_button, *self.form.stops(), self.save_button, self.cancel_button)
        texts = self._drafts[day.key]
        if texts:
            self.form.put_back(texts)
        self._touched = bool(texts)
        self.form.edited.connect(self._edited)
        self.pages.show_page(self._asking)
        self.begin()
        return True

    def _edited(self) -> None:
        self._touched = True
        self._pause.start()

    def _show_planned(self) -> None:
        if self._day is None:
            return
        now = self._clock()
        try:
            rows = self._overview.detail(self._day.application, now).follow_ups
        except Refused:
            rows = ()
        when = self._wording.when
        zone = self._overview.zone()

        def told(row: FollowUpRow) -> str:
            return with_dots((when.soon(row.due_at, now, zone), row.detail))

        def said_once(row: FollowUpRow) -> FollowUpRow:
            """Without the chip that has the same time in short."""
            return replace(row, chip="") if row.chip == when.brief(row.due_at, now, zone) else row

        self.planned.show_rows(
            [(said_once(row), told(row)) for row in rows], lambda key: self._overview.explain(key, now)
        )

    def _open_application(self) -> None:
        if self._day is not None:
            self.keep()
            self.context.open(OpenApplication(self._day.application))

    def _leave(self) -> None:
        self.keep()
        self._finish()

    def _turn_to(self, day: DebriefDay | None) -> None:
        self._set_in_sight(False)
        self._day = day
        self._set_in_sight(self.isVisible())

    def _set_in_sight(self, in_sight: bool) -> None:
        if self._day is not None:
            self._drafts.show(self._day.key, in_sight=in_sight)

    def _discarded(self, key: str) -> None:
        """What was written is given up: it is not kept again."""
        if self._day is not None and self._day.key == key:
            self._touched = False

    def _finish(self) -> None:
        self._turn_to(None)
        self.context.open(GoBack())
