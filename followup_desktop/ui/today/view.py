"""Today: the follow-ups of the search, with what to do about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSpacerItem, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import id_in
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.next_step import Needs
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.ui.kit.answer_panels import WhyPanel
from followup_desktop.ui.kit.answering import AnswerFlow
from followup_desktop.ui.kit.bars import PauseBar
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import FOLLOW_UP_VERBS, GROUP_VERBS, LOG
from followup_desktop.ui.kit.commands.verbs import open_posting
from followup_desktop.ui.kit.forms.drafts import BEGUN, OPENED
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import (
    EditReminder,
    OpenApplication,
    OpenDebrief,
    OpenFollowUp,
    OpenPlanned,
    Request,
    ResumeAnswer,
    ResumePlanned,
    WriteMessage,
)
from followup_desktop.ui.kit.selection import (
    CurrentFollowUp,
    CurrentGroup,
    CurrentInterview,
    Selection,
    current_interview,
)
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.placing import place_ahead, stay_painted, take_heights
from followup_desktop.ui.kit.window_settings import SENDER
from followup_desktop.ui.today.empty import NothingNow
from followup_desktop.ui.today.first_steps import FirstStepsCard
from followup_desktop.ui.today.frames import RowFrame
from followup_desktop.ui.today.group import GroupItem
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.list import FollowUpList
from followup_desktop.ui.today.meeting import MeetingCard
from followup_desktop.ui.today.needs import CardActions
from followup_desktop.ui.today.phone_questions import PhoneQuestionRows
from followup_desktop.ui.today.ticks import Ticks

READABLE = 900
"""The largest width of the page, in pixels at the ordinary text size."""
LATER_BLOCK = 30
"""So many rows of Later are shown at first, and so many more at each request."""

_MENU = (
    *FOLLOW_UP_VERBS,
    None,
    *GROUP_VERBS,
    None,
    "open-application",
    "open-posting",
    LOG,
)


class TodayView(View):
    """The reminder view."""

    name = "today"
    times_change_every = 30

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_("Today view"))
        theme = context.theme
        self._theme = theme
        self._ticks = Ticks(context.settings)
        self._later_limit = LATER_BLOCK
        self._why_open: str | None = None
        self._answering_all = False
        self._answering = AnswerFlow(self.context, self)
        self._title = as_heading(Text(_("Today"), "title", self))
        self._summary = Text("", "secondary", self, wrap=True)
        self._nothing = NothingNow(theme, self)
        self.first_steps = FirstStepsCard(self.context, self)
        actions = CardActions(
            open=self.context.open,
            open_posting=lambda application: open_posting(
                self.context, Selection(applications=(application,))
            ),
            join=self.context.join,
            copy=self._copy,
            ticked=self._ticks.__getitem__,
            tick=self._ticks.tick,
        )
        self.list = FollowUpList(theme, context.wording, actions, self)
        self.meeting = MeetingCard(theme, actions, self)
        self._later = Button(_("Show more"), self, "link")
        self._later.setMinimumWidth(1)
        self._later.clicked.connect(self._show_more_later)
        self.phone_questions = PhoneQuestionRows(self.context, self)
        self.pause_bar = PauseBar()
        self.pause_bar.resumed.connect(context.desktop.notifications.resume)
        self._lay_out()
        self._wire()

    @property
    def current_application(self) -> str | None:
        """The application that the current row is about."""
        item = self.list.current
        return item.row.application if isinstance(item, FollowUpItem) else None

    def place(self) -> Request | None:
        """The follow-up of the current row."""
        item = self.list.current
        return OpenFollowUp(item.row.key) if isinstance(item, FollowUpItem) else None

    def selection(self) -> Selection:
        """The follow-up of the current row, with its application and the interview that it is about."""
        item = self.list.current
        if isinstance(item, GroupItem):
            group = CurrentGroup(
                title=item.group.title,
                is_open=item.is_open,
                answers=item.answers,
                answer_all=partial(self._answer_all, item.group.keys),
                review=item.toggle,
            )
            return Selection(group=group)
        if not isinstance(item, FollowUpItem):
            return Selection()
        answering, at_row = self._answering, partial(self._at_row, item.key)
        return Selection(
            interview=self._interview_of(item.row),
            applications=() if item.row.application is None else (item.row.application,),
            follow_up=CurrentFollowUp(
                row=item.row,
                answer=partial(at_row, answering.answer),
                snooze=partial(at_row, answering.snooze),
                skip=partial(at_row, answering.skip),
                explain=partial(at_row, self._toggle_why),
            ),
        )

    def _at_row(self, key: str, act: Callable[..., object], *details: object) -> None:
        """Act on the row of that follow-up, unless it has gone: what showed it may show another by now."""
        item = self.list.item(key)
        if item is not None:
            act(item, *details)

    def _interview_of(self, row: FollowUpRow) -> CurrentInterview | None:
        if row.application is None or row.interview is None:
            return None
        found = self.context.overview.interview(row.application, row.interview, self.context.clock())
        return current_interview(found) if found is not None else None

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """A reminder that is deleted leaves its place to the next row."""
        item = self.list.current
        if not isinstance(item, FollowUpItem):
            return {}
        return {"delete-reminder": partial(self._at_row, item.key, self._answering.delete_reminder)}

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Show the follow-ups as they are now."""
        if self._answering_all:
            return
        context = self.context
        page = context.overview.today(
            context.clock(),
            later_limit=self._later_limit,
            paused_until=context.desktop.notifications.paused_until(),
            opened=self.list.open_groups(),
            at_most=self.list.room,
        )
        self.pause_bar.show_pause(context.pause_ends())
        self.phone_questions.refresh()
        self._summary.setText(page.summary)
        self.meeting.show_meeting(page.meeting.key if page.meeting else "", self._needs(page.meeting))
        is_quiet = page.is_quiet and self.meeting.isHidden()
        self._nothing.setVisible(is_quiet)
        nothing_yet = not page.sections and not context.overview.first_steps.has_job()
        self._nothing.show_next(page.next_reminder, nothing_yet, self._assurance())
        self.list.set_gap_above(self._theme.px(16) if is_quiet or not self.meeting.isHidden() else 0)
        self.first_steps.show_now()
        self.list.setVisible(page.first is not None or bool(page.sections))
        needs = self._needs(page.first)
        if self.list.room is not None:
            place_ahead(self.list)
        self.list.show_page(page, needs)
        self._later.setVisible(page.hidden_later > 0)
        more = min(page.hidden_later, LATER_BLOCK)
        words = ngettext("Show {n} more of {total}", "Show {n} more of {total}", more).format(
            n=format_number(more), total=format_number(page.hidden_later)
        )
        self._later.setText(words)
        self._later.setAccessibleName(words)
        if self._why_open is not None and changes is not None:
            self._explain_again()
        if self.hasFocus():
            self.begin()  # there are rows by now

    def answer(self, request: Request) -> bool:
        """Select the row of a follow-up, if it is shown, or go on with its answer."""
        match request:
            case OpenFollowUp(key):
                self.show_follow_up(key)
                return True
            case ResumeAnswer(key, what):
                if not self.resume_answer(key, what):
                    self.context.open(ResumePlanned(key, what))
                return True
        return super().answer(request)

    def _needs(self, row: FollowUpRow | None) -> Needs | None:
        """What the one thing to do needs in sight."""
        if row is None:
            return None
        context = self.context
        sender, texts = context.settings.get(SENDER), context.drafts.letters[row.key]
        begun = texts.get(BEGUN) if texts.get(OPENED) != "1" else None  # what was sent stays as it was
        since = datetime.fromisoformat(begun) if begun else None
        return context.readers.next_step.needs(row, context.clock(), sender, texts.get("body", ""), since)

    def _copy(self, number: str) -> None:
        self.context.desktop.copy(number)
        self.context.show_status(_("Copied the number"))

    def _assurance(self) -> str:
        """Whether reminders can come, in a sentence."""
        until = self.context.pause_ends()
        if until is None:
            return self.context.desktop.notifications.assured()
        return _("Reminders are paused until {time}.").format(time=until)

    @property
    def announcement(self) -> str:
        shown = [part for part in (self.meeting, self._nothing) if part.isVisible()]
        return shown[0].words if self.list.current is None and shown else ""

    def begin(self) -> None:
        """Put the keyboard on the selected row."""
        current = self.list.current
        if current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_follow_up(self, key: str) -> None:
        """Select the row of this follow-up, if it is shown, and scroll to it."""
        if self.list.item(key) is not None:
            self.list.select(key, focus=True)

    def resume_answer(self, key: str, what: str) -> bool:
        """Open what was being typed to answer this follow-up; whether its row is shown."""
        item = self.list.item(key)
        if item is not None:
            self.show_follow_up(key)
            self._answering.resume(item, what)
        return item is not None

    def _answer_in_form(self, key: str, answer: Answer) -> None:
        """Ask below its row what an answer from the phone leaves open, or else where the row is."""
        item = self.list.item(key)
        if item is not None:
            self.show_follow_up(key)
            self._answering.answer(item, answer)
        elif answer is Answer.DEBRIEF:
            self.context.open(OpenDebrief(key))
        else:
            self.context.open(OpenPlanned(key))

    def _lay_out(self) -> None:
        page = self._page = QWidget(self)
        page.setProperty("ground", "window")
        self._content = QWidget(page)
        beside = QHBoxLayout(page)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._content, 1)
        beside.addStretch(0)
        column = QVBoxLayout(self._content)
        column.setSpacing(0)
        bars = QVBoxLayout()
        gaps = [(QSpacerItem(0, 0), height) for height in (6, 8, 4, 8, 8)]
        below_title, below_summary, above_list, below_list, above_steps = (gap for gap, _height in gaps)

        def fit() -> None:
            px = self._theme.px
            column.setContentsMargins(px(24), px(18), px(24), px(24))
            bars.setContentsMargins(0, 0, 0, px(10))
            for gap, height in gaps:
                gap.changeSize(0, px(height))
            column.invalidate()

        column.addWidget(self._title)
        column.addItem(below_title)
        column.addWidget(self._summary)
        column.addItem(below_summary)
        bars.addWidget(self.pause_bar)
        bars.addWidget(self.phone_questions)
        column.addLayout(bars)
        column.addWidget(self.meeting)
        column.addWidget(self._nothing)
        column.addItem(above_list)
        column.addWidget(self.list)
        column.addItem(below_list)
        column.addWidget(self._later, 0, Qt.AlignmentFlag.AlignLeft)
        column.addItem(above_steps)
        column.addWidget(self.first_steps)
        column.addStretch(1)
        self._theme.keep_fit(self._content, fit)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        for part in (page, self._content, self.list):  # a row that comes or goes makes each another height
            stay_painted(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def still_parts(self) -> list[QWidget]:
        return [self._page]

    def _wire(self) -> None:
        rows, answering = self.list, self._answering
        self.phone_questions.all_answered.connect(self.begin)
        self.phone_questions.form_wanted.connect(self._answer_in_form)
        rows.answered.connect(answering.answer)
        rows.snooze_wanted.connect(answering.snooze)
        rows.skip_wanted.connect(answering.skip)
        rows.all_wanted.connect(self._answer_all)
        rows.rows_wanted.connect(self.show_all)
        rows.draft_wanted.connect(lambda key: self.context.open(WriteMessage(key)))
        rows.why_wanted.connect(self._toggle_why)
        rows.opened.connect(self._open)
        rows.edit_wanted.connect(lambda key: self.context.open(EditReminder(id_in(key))))
        rows.delete_wanted.connect(answering.delete_reminder)
        rows.menu_wanted.connect(lambda where: command_menu(offer_of(self), _MENU, self).popup(where))
        rows.current_changed.connect(self._keep_in_sight)
        rows.pressed.connect(self._keep_in_place)
        rows.grown.connect(self._show_whole)
        rows.height_changed.connect(self._take_heights)
        answering.settling.connect(rows.leave)
        answering.refused.connect(rows.stay)
        self.restyle()

    def restyle(self) -> None:
        """Nothing stands farther from what it belongs to than one can read across."""
        self._content.setMaximumWidth(self._theme.px(READABLE))
        self.list.restyle()

    def _open(self, key: str) -> None:
        item = self.list.item(key)
        if item is not None and item.row.application is not None:
            self.context.open(OpenApplication(item.row.application))
        elif item is not None and item.row.is_own:
            self.context.open(EditReminder(id_in(key)))

    def _keep_in_sight(self, item: QWidget | None) -> None:
        if item is None or not item.hasFocus():
            return
        self._take_heights(item)
        if item is self.list.items()[0]:
            self._scroll.verticalScrollBar().setValue(0)  # the title and the bars above it, too
        self._scroll.ensureWidgetVisible(item, 0, self._theme.px(24))

    def _keep_in_place(self, item: QWidget, before: QWidget, top: int) -> None:
        """Leave what was pressed below the pointer: the row before it has lost its line of answers."""
        self._take_heights(before, item)
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + item.y() - top)

    def _show_whole(self, item: QWidget) -> None:
        """Scroll so far that what has just opened below a row is seen."""
        self._take_heights(item)
        self._scroll.ensureWidgetVisible(item, 0, self._theme.px(16))
        if isinstance(item, RowFrame) and item.panel is not None:  # of a high card, the question
            self._scroll.ensureWidgetVisible(item.panel, 0, self._theme.px(8))

    def _take_heights(self, *rows: QWidget) -> None:
        """Let list and page take the heights of the rows now, so that there is something to scroll."""
        take_heights(self._scroll, *rows, self.list, self._content, self._page)

    def _toggle_why(self, item: FollowUpItem, *, aloud: bool = True) -> None:
        was_open = self._why_open == item.key and isinstance(item.panel, WhyPanel)
        self._close_why()
        if was_open:
            return
        try:
            explanation = self.context.overview.explain(item.key, self.context.clock())
        except Refused as refused:
            self.context.show_status(str(refused))
            return
        panel = WhyPanel(self._theme, explanation, item, self.context.join)
        panel.closed.connect(self._close_why)
        item.open_panel(panel)
        self._why_open = item.key
        if aloud:
            announce(panel, panel.accessibleDescription())

    def _close_why(self) -> None:
        item = self.list.item(self._why_open) if self._why_open is not None else None
        if item is not None and isinstance(item.panel, WhyPanel):
            item.open_panel(None)
        self._why_open = None

    def _explain_again(self) -> None:
        item = self.list.item(self._why_open or "")
        if item is None or not isinstance(item.panel, WhyPanel):
            self._why_open = None
            return
        self._why_open = None
        self._toggle_why(item, aloud=False)

    def _answer_all(self, keys: tuple[str, ...], answer: Answer | None) -> None:
        self._answering_all = True
        try:
            self._answering.answer_all(keys, answer)
        finally:
            self._answering_all = False
        self.show_all()

    def _show_more_later(self) -> None:
        self._later_limit += LATER_BLOCK
        self.show_all()
