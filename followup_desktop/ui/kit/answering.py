"""What happens when the user answers a row: at once, after a choice from a menu, or after a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.answers import NO_DETAILS, Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import id_in
from followup_desktop.domain.worktime import instant, local, same_clock
from followup_desktop.i18n import N_, _, format_number, ngettext
from followup_desktop.later import later
from followup_desktop.services.capture.spans import Direction
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording.formats import city, sentences
from followup_desktop.ui.kit.answer_panels import ChoicePanel, Panel
from followup_desktop.ui.kit.commands.command import plain
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    AskSomeoneElse,
    OpenDebrief,
    WriteMessage,
)

if TYPE_CHECKING:
    from followup_desktop.services.tracker import Result, Tracker
    from followup_desktop.services.wording import Wording
    from followup_desktop.ui.kit.date_panel import DatePanel
    from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce_place
from followup_desktop.ui.kit.widgets.card import named

SAID_LABELS = (
    (EmployerReply.DATE, N_("&A date…")),
    (EmployerReply.NEXT_INTERVIEW, N_("Next &interview…")),
    (EmployerReply.OFFER, N_("&Offer…")),
    (EmployerReply.REFUSED, N_("&Rejected")),
    (EmployerReply.NOTHING_NEW, N_("&Nothing new")),
)
"""Each with its key: an answer is given with two strokes, the row's and this one."""


def said_labels() -> dict[EmployerReply, str]:
    """What they may have said as the entries of a list, of which the first is chosen: nothing new."""
    labels = {said: plain(_(label)) for said, label in SAID_LABELS}
    return {EmployerReply.NOTHING_NEW: labels[EmployerReply.NOTHING_NEW], **labels}


_SNOOZE_KEYS = {"slot": "n", "start": "b", "hour": "1", "evening": "e", "tomorrow": "T"}
"""The letter of each offer that takes it, in English; see ``with_keys``."""


_SNOOZE = "snooze"
"""How a time to be reminded again is kept; the others are kept by their answer."""
_OFFERED = "_offer"
"""What comes behind the answer where they made an offer, and the date is that until which it is open."""


class AnswerHost(Protocol):
    """What shows a follow-up and has room for a question below it."""

    @property
    def key(self) -> str: ...
    @property
    def row(self) -> FollowUpRow: ...
    @property
    def selected(self) -> bool: ...
    @property
    def panel_opened(self) -> SignalInstance: ...
    def open_panel(self, panel: Panel | None, /) -> None: ...
    def setFocus(self, reason: Qt.FocusReason, /) -> None: ...  # noqa: N802
    def window(self) -> QWidget: ...


class AnswerFlow(QObject):
    """Turns what the user wants of a row into the tracker's verbs.

    ``settling`` names a row just before its verb, so that the list can move on; ``refused`` takes that back.
    What happened, or why it could not, and what needs a form elsewhere goes out by the context.
    """

    settling = Signal(str)
    refused = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._tracker = context.tracker
        self._overview = context.overview
        self._wording = context.wording
        self._clock = context.clock
        self._theme = context.theme
        self._progress = later(lambda: context.progress(parent))
        self._drafts = context.drafts.forms

    def answer(self, item: AnswerHost, answer: Answer) -> None:
        """Do what this answer of the row calls for."""
        row = item.row
        if answer in (Answer.WRITE_EMAIL, Answer.NO_ADDRESS):
            self._context.open(WriteMessage(item.key, organiser=answer is Answer.NO_ADDRESS))
        elif answer in (Answer.SPOKE, Answer.THEY_ANSWERED):
            self._ask_what_they_said(item, answer)
        elif answer is Answer.RESCHEDULED:
            self._ask_new_time(item)
        elif answer in (Answer.KEEP_WAITING, Answer.ASK_FOR_TIME, Answer.GAVE_DATE):
            self._ask_date(item, answer)
        elif answer is Answer.APPLIED:
            self._ask_when_applied(item)
        elif answer is Answer.ADD_APPLICATION:
            self._context.open(AddApplication())
        elif answer is Answer.DEBRIEF:
            self._context.open(OpenDebrief(item.key))
        elif answer is Answer.TRY_SOMEONE_ELSE and row.application:
            self._context.open(AskSomeoneElse(row.application))
        else:
            self._settle(item, answer)

    def resume(self, item: AnswerHost, what: str) -> None:
        """Go on with a date that was being typed, as its draft is named."""
        if what == _SNOOZE:
            self._pick_snooze(item)
        elif what.endswith(_OFFERED):
            self._take_what_they_said(item, Answer(what.removesuffix(_OFFERED)), EmployerReply.OFFER)
        elif what in (Answer.SPOKE, Answer.THEY_ANSWERED):
            self._take_what_they_said(item, Answer(what), EmployerReply.DATE)
        else:
            self.answer(item, Answer(what))

    def skip(self, item: AnswerHost) -> None:
        """Leave the row out."""
        self._do(item, lambda: self._tracker.skip(item.key), self._answered(item, Answer.SKIP))

    def delete_reminder(self, item: AnswerHost) -> None:
        """Delete the reminder of the user's own that the row is of."""
        deleted = _("Deleted “{title}”").format(title=item.row.title)
        self._do(item, lambda: self._tracker.delete_reminder(id_in(item.key)), deleted)

    def snooze(self, item: AnswerHost) -> None:
        """Ask below the row when to be reminded again."""
        try:
            options = self._tracker.snooze_options(item.key)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        times: list[tuple[object, str]] = [
            (wanted, label.replace(_SNOOZE_KEYS[name], f"&{_SNOOZE_KEYS[name]}", 1))
            for name, label, wanted in options
        ]
        offers = [*times, (None, _("&Pick…"))]
        panel = ChoicePanel(self._theme, _("Remind me again"), offers, _widget(item))
        panel.chosen.connect(lambda wanted: self._take_snooze(item, wanted))
        self._open(item, panel)

    def _take_snooze(self, item: AnswerHost, wanted: datetime | None) -> None:
        if wanted is None:
            self._pick_snooze(item)
            return
        _close(item)
        self._do(item, lambda: self._tracker.snooze(item.key, wanted), "")

    def _ask_what_they_said(self, item: AnswerHost, answer: Answer) -> None:
        answers = [(said, _(label)) for said, label in SAID_LABELS]
        # Two answers of a row ask the same: which was given is said with the question.
        question = sentences(self._wording.answer_label(answer).rstrip("…"), _("What did they say?"))
        panel = ChoicePanel(self._theme, question, answers, _widget(item))
        panel.answer = answer
        panel.chosen.connect(lambda said: self._take_what_they_said(item, answer, said))
        self._open(item, panel)

    def _take_what_they_said(self, item: AnswerHost, answer: Answer, said: EmployerReply) -> None:
        if said is EmployerReply.DATE:
            self._ask_date(item, answer, said)
            return
        if said is EmployerReply.OFFER:
            self._ask_until_when(item, answer)
            return
        _close(item)
        self._take_reply(item, answer, said)

    def _take_reply(self, item: AnswerHost, answer: Answer, said: EmployerReply) -> None:
        application = item.row.application
        done = self._settle(item, answer, details=AnswerDetails(said=said))
        if done and said is EmployerReply.NEXT_INTERVIEW and application:
            self._context.open(AddInterview(application))

    def _ask_date(self, item: AnswerHost, answer: Answer, said: EmployerReply | None = None) -> None:
        label = asked(answer, self._wording)
        panel = self._date_panel(item, label, self._today() + timedelta(days=7), country=self._country(item))

        def save(day: date) -> None:
            self._settle(item, answer, panel, AnswerDetails(said=said, reply_by=day))

        self._open_panel(item, panel, save, answer)

    def _ask_until_when(self, item: AnswerHost, answer: Answer) -> None:
        """An offer with its date, if they named one."""
        what = f"{answer}{_OFFERED}"
        panel = self._date_panel(item, asked(what, self._wording), None, country=self._country(item))

        def save(day: date | None) -> None:
            self._settle(item, answer, panel, AnswerDetails(said=EmployerReply.OFFER, reply_by=day))

        self._open_panel(item, panel, save, what)

    def _ask_when_applied(self, item: AnswerHost) -> None:
        applied = Answer.APPLIED
        panel = self._date_panel(item, asked(applied, self._wording), self._today(), direction=Direction.LAST)
        self._open_panel(
            item, panel, lambda day: self._settle(item, applied, panel, AnswerDetails(on=day)), applied
        )

    def _ask_new_time(self, item: AnswerHost) -> None:
        start = self._tracker.interview_start(item.row.interview or "")
        zone_name = self._tracker.interview_zone(item.row.interview or "")
        moved = Answer.RESCHEDULED
        label = asked(moved, self._wording)
        if not same_clock(start, zone_name, self._zone()):
            label = _("New interview time, in {city}").format(city=city(zone_name))
        panel = self._date_panel(item, label, start, country=self._country(item), zone=zone_name)
        self._open_panel(
            item, panel, lambda wall: self._settle(item, moved, panel, AnswerDetails(starts_at=wall)), moved
        )

    def _pick_snooze(self, item: AnswerHost) -> None:
        wall = local(self._clock(), self._zone()).replace(tzinfo=None, second=0) + timedelta(hours=3)
        panel = self._date_panel(item, asked(_SNOOZE, self._wording), wall, save=_("Snooze"))

        def save(chosen: datetime) -> None:
            wanted = instant(chosen, self._zone())
            self._do(item, lambda: self._tracker.snooze(item.key, wanted), "", panel)

        self._open_panel(item, panel, save, _SNOOZE)

    def _date_panel(
        self, item: AnswerHost, label: str, initial: date | datetime | None, **more: Any
    ) -> DatePanel:
        """The question, with ``more`` of its parts."""
        from followup_desktop.ui.kit.date_panel import DatePanel, DateQuestion  # 30 ms, with what reads dates

        question = DateQuestion(label=label, initial=initial, **more)
        return DatePanel(self._theme, question, self._context.days, _widget(item))

    def _country(self, item: AnswerHost) -> str | None:
        """Where the employer is whom the follow-up is about."""
        detail = self._context.detail_of(item.row.application)
        return detail.application.country if detail is not None else None

    def _open_panel(self, item: AnswerHost, panel: DatePanel, save: Callable[..., object], what: str) -> None:
        panel.keep_as(
            f"answer/{what}/{item.key}", waiting_title(what, item.row.title, self._wording), self._drafts
        )
        panel.answer = next((each for each in item.row.answers if each == what.removesuffix(_OFFERED)), None)
        panel.saved.connect(save)
        panel.date.edited.connect(item.panel_opened)  # what is said below the date comes into sight with it
        self._open(item, panel)

    def _open(self, item: AnswerHost, panel: Panel) -> None:
        panel.closed.connect(lambda: _close(item))
        item.open_panel(panel)
        panel.begin()

    def answer_all(self, keys: Sequence[str], answer: Answer | None) -> None:
        """Give the same answer to all these follow-ups, or skip them: one step that can be undone."""
        try:
            done = self._run_for(keys, lambda tracker: tracker.answer_all(keys, answer or Answer.SKIP))
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        self._context.show_done(self._all_answered(done.count, answer), done)

    def _all_answered(self, count: int, answer: Answer | None) -> str:
        n = format_number(count)
        if answer is None:
            return ngettext("Skipped {n} follow-up", "Skipped {n} follow-ups", count).format(n=n)
        label = self._wording.answer_label(answer).rstrip("…")
        return ngettext(
            "Answered {n} follow-up with “{answer}”", "Answered {n} follow-ups with “{answer}”", count
        ).format(n=n, answer=label)

    def _run_for(self, keys: Sequence[str], verb: Callable[[Tracker], Result]) -> Result:
        """Run a verb for all these; where they are many, beside the window, with progress and Cancel."""
        text = ngettext("Answering {n} follow-up…", "Answering {n} follow-ups…", len(keys)).format(
            n=len(keys)
        )
        return self._progress.run_for(len(keys), text, verb, self._tracker)

    def _settle(
        self,
        item: AnswerHost,
        answer: Answer,
        panel: DatePanel | None = None,
        details: AnswerDetails = NO_DETAILS,
    ) -> bool:
        verb = partial(self._tracker.answer, item.key, answer, details)
        return self._do(item, verb, self._answered(item, answer), panel)

    def _do(
        self, item: AnswerHost, verb: Callable[[], Result], said: str, panel: DatePanel | None = None
    ) -> bool:
        """Run a verb and say what happened; ``False`` if it was refused, with what was typed kept.

        What is ``said`` of it may be empty, where the verb has to say it.
        """
        window = _widget(item).window()
        self.settling.emit(item.key)
        try:
            done = verb()
        except Refused as refused:
            self.refused.emit()
            if panel is not None:
                panel.refuse(str(refused))
                item.panel_opened.emit()
            else:
                self._context.show_status(str(refused))
            return False
        if panel is not None:
            panel.forget()
            item.open_panel(None)
            if item.selected:
                item.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.show_done(said, done)
        if done.letter is not None:
            letter = WriteMessage(done.letter)
            announce_place(window, lambda: self._context.open(letter))
        return True

    def _answered(self, item: AnswerHost, answer: Answer) -> str:
        return self._wording.answered(answer, item.row.title)

    def _zone(self) -> str:
        return self._overview.zone()

    def _today(self) -> date:
        return local(self._clock(), self._zone()).date()


def asked(what: str, wording: Wording) -> str:
    """What an answer asks for, or a reminder that is put off: the label of its date."""
    if what == _SNOOZE:
        return _("Remind me again")
    if what == Answer.RESCHEDULED:
        return _("New interview time")
    if what == Answer.APPLIED:
        return wording.labels.facts["applied_on"].label
    if what in (Answer.SPOKE, Answer.THEY_ANSWERED):
        return wording.labels.event_facts["reply_by"].label
    if what == Answer.GAVE_DATE or what.endswith(_OFFERED):
        return wording.labels.facts["offer_expires_on"].label
    return wording.answer_label(Answer(what)).rstrip("…")


def waiting_title(what: str, title: str, wording: Wording) -> str:
    """What a date that is being typed is called while it waits, with what it is for."""
    return named(asked(what, wording), title)


def _widget(item: AnswerHost) -> QWidget:
    """What a menu or a question belongs to."""
    return item if isinstance(item, QWidget) else item.window()


def _close(item: AnswerHost) -> None:
    item.open_panel(None)
    item.setFocus(Qt.FocusReason.OtherFocusReason)
