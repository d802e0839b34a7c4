"""What an email that was dropped or pasted answers: proposed below the views, and logged with one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, EventKind
from followup_desktop.i18n import _, format_clock, format_full_date, format_short_day, on_one_line, with_dots
from followup_desktop.services.capture.dates_in_text import SaidWhen
from followup_desktop.services.capture.replies import Reply, ReplyKind
from followup_desktop.services.capture.said_zones import SaidZone
from followup_desktop.services.reading.interview_zones import zone_of
from followup_desktop.services.reading.received import ReceivedReply
from followup_desktop.services.tracker import Result
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.services.wording.formats import city, sentences
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.requests import AddApplication, AddInterview, OpenApplication, OpenInterview
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.window.drops import TAKES_A_NAME, has_lines

_MOST_CHOICES, _MOST_TIMES = 3, 4
_LONGEST_SENTENCE = 160
_MORNING = time(10)
"""When an interview is proposed of which they named the day alone."""
_SAID = {
    ReplyKind.INTERVIEW: EmployerReply.NEXT_INTERVIEW,
    ReplyKind.OFFER: EmployerReply.OFFER,
    ReplyKind.REJECTION: EmployerReply.REFUSED,
}


class ReplyBar(WideBar):
    """Says what an email answers, of which application, and the sentence it rests on.

    Nothing is written until a button is pressed; the first has the keyboard, so Enter takes it. Where two
    applications are as likely, each has its button; then so has each time that they propose. One that names
    none is chosen in a field. ``logged`` carries a sentence; ``pasted`` tells that a text of several lines,
    which is no application's name, is pasted into that field.
    """

    logged = Signal(str)
    pasted = Signal()

    def __init__(self, context: Context) -> None:
        self._context = context
        self._received: ReceivedReply | None = None
        self._text_dropped = ""
        self._choices = QWidget()
        self._line_of_choices = FlowLayout(self._choices, gap=4)
        self.log_buttons: list[Button] = []
        self.of_which = ApplicationField(
            _("Application"), context.readers.finder, hint=_("type a few letters")
        )
        self.of_which.keeps_room = False
        self.of_which.line.fit_to_text()
        self.open_button = Button(_("Open application"), look="quiet")
        self.posting_button = Button(_("It's a posting"), look="quiet")
        self.close_button = Button(_("Not now"), look="quiet")
        super().__init__(
            context.theme,
            _("Email"),
            "accent",
            self.of_which,
            self._choices,
            self.open_button,
            self.posting_button,
            self.close_button,
        )
        self.of_which.line.setProperty(TAKES_A_NAME, True)
        self.of_which.line.installEventFilter(self)
        self.of_which.chosen.connect(self._chosen)
        self.of_which.line.returnPressed.connect(self._enter)
        self.open_button.clicked.connect(self._open)
        self.posting_button.clicked.connect(self._add_posting)
        self.close_button.clicked.connect(self._close)

    def propose(self, received: ReceivedReply, text: str) -> None:
        """Say what it answers; ``text`` begins an application where it is a posting after all."""
        self._received, self._text_dropped = received, text
        several = len(received.applications) > 1
        self.open_button.setVisible(len(received.applications) == 1)
        self.of_which.setVisible(not received.applications)
        self.of_which.begin_with(None)
        if not received.applications or received.reply.kind is None:
            self._offer(in_words(received), [])
        elif several:
            self._offer(
                in_words(received), [self._of(each) for each in received.applications[:_MOST_CHOICES]]
            )
        else:
            self._choose(received.applications[0], several=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window have what is pasted into the field and is the next email."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
            and has_lines()
        ):
            self.pasted.emit()
            return True
        return super().eventFilter(watched, event)

    def _chosen(self, application: str | None) -> None:
        """Propose it for the application that was chosen in the field."""
        received = self._received
        if received is not None and application is not None:
            self._choose(self._context.overview.application(application), several=False)

    def _enter(self) -> None:
        """Take what is proposed: with its list closed, Qt leaves the keyboard in the field."""
        offered = self.of_which.completer.popup()
        if offered is not None and offered.isVisible():  # this Enter chooses there
            return
        try:
            meant = self.of_which.value()
        except Refused:
            return
        if self.log_buttons and meant is not None and meant == self.of_which.application:
            self.log_buttons[0].click()

    def _of(self, application: Application) -> Button:
        """The button that takes it for the answer of one of several applications."""
        said = named(application.role or _("Log reply"), _name(application))
        button = Button(application.role or _("Log reply"), name=said)
        button.clicked.connect(lambda: self._choose(application, several=True))
        return button

    def _choose(self, application: Application, *, several: bool) -> None:
        """Log it for this application, at one of the times that they propose if there are any."""
        received = self._received
        if received is None:
            return
        times = _timed(received.reply)[:_MOST_TIMES]
        if several and not times:
            self._log(application)
            return
        buttons = []
        for each in times:
            button = Button(_moment(each), name=named(_moment(each), _("Interview")))
            button.clicked.connect(partial(self._log, application, each))
            buttons.append(button)
        words = _("No time yet") if times else _("Log reply")
        button = Button(words, name=named(words, _name(application)))
        button.clicked.connect(partial(self._log, application))
        alone = replace(received, applications=(application,))
        sentence = in_words(alone)
        self._offer(_("{said} Which time?").format(said=sentence) if times else sentence, [*buttons, button])

    def _offer(self, sentence: str, buttons: list[Button]) -> None:
        for button in self.log_buttons:
            self._line_of_choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.log_buttons = buttons
        for button in buttons:
            self._line_of_choices.addWidget(button)
            button.show()
        self._choices.setVisible(bool(buttons))
        self.show_sentence(sentence)
        self.setAccessibleDescription(sentence)
        others = (self.of_which.editor, self.open_button)
        first = next(part for part in (*buttons, *others) if not part.isHidden())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _log(self, application: Application, when: SaidWhen | None = None) -> None:
        received = self._received
        if received is None:
            return
        if isinstance(when, SaidWhen):
            received = replace(received, reply=_at(received.reply, when))
        starts_at = self._starts_at(received.reply, application)
        try:
            done = self._write(application, received, starts_at)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        self._close()
        reply = received.reply
        unclear = reply.kind is ReplyKind.INTERVIEW and reply.clock is not None and starts_at is None
        why = _unclear(reply) if unclear else ""
        self.logged.emit(sentences(_("Logged their reply"), why or done.notice or ""))
        is_told = starts_at is not None or bool(_timed(reply))  # of several times none may be chosen yet
        moved = received.put_off(application) if reply.is_moved else None
        if moved is not None and not is_told:
            self._context.open(OpenInterview(moved.id))
        elif reply.kind is ReplyKind.INTERVIEW and not is_told:
            morning = datetime.combine(reply.day, _MORNING) if reply.day is not None else None
            at = self._context.days.moment(morning) if morning is not None else None
            self._context.open(AddInterview(application.id, at))

    def _starts_at(self, reply: Reply, application: Application) -> datetime | None:
        """The wall time of the interview in the employer's zone, if day, time and time zone are known."""
        if reply.day is None or reply.clock is None:
            return None
        wall = datetime.combine(reply.day, reply.clock)
        if reply.zone is None:
            return wall
        policy = self._context.overview.policy()
        return reply.zone.wall_in(zone_of(application, policy), wall, policy.timezone)

    def _write(self, application: Application, received: ReceivedReply, starts_at: datetime | None) -> Result:
        tracker, reply = self._context.tracker, received.reply
        contact = received.sender.id if received.sender is not None else None
        if reply.kind is ReplyKind.RECEIPT:
            # No conversation: what came in is no answer, and what is planned stays.
            return tracker.log_event(
                application.id, EventKind.NOTE, contact=contact, note=reply.sentence, at=received.at
            )
        said = _SAID.get(reply.kind) if reply.kind is not None else None
        if said is None:
            is_dated = reply.kind is ReplyKind.MORE_TIME and reply.day is not None
            said = EmployerReply.DATE if is_dated else EmployerReply.NOTHING_NEW
        off = received.put_off(application)
        return tracker.they_answered(
            application.id,
            EmployerNews(
                said=said,
                reply_by=reply.day if said is EmployerReply.DATE else None,
                starts_at=starts_at,
                location=reply.location,
                kind=None if reply.location else reply.form,
                off=off.id if off is not None and not (reply.is_moved and starts_at is None) else None,
            ),
            note=reply.sentence,
            contact=contact,
            at=received.at,
        )

    def _open(self) -> None:
        received = self._received
        self._close()
        if received is not None and received.applications:
            self._context.open(OpenApplication(received.applications[0].id))

    def _add_posting(self) -> None:
        self._close()
        self._context.open(AddApplication(self._text_dropped))

    def _close(self) -> None:
        self._received = None
        self.show_sentence(None)


def _timed(reply: Reply) -> list[SaidWhen]:
    """The times that they propose."""
    return [each for each in reply.choices if each.clock is not None]


def _at(reply: Reply, when: SaidWhen) -> Reply:
    return replace(reply, day=when.day, clock=when.clock, zone=when.zone, choices=())


def _moment(when: SaidWhen) -> str:
    parts = [format_short_day(when.day)]
    if when.clock is not None:
        parts.append(_clock(when.clock, when.zone))
    return " ".join(parts)


def _clock(clock: time, zone: SaidZone | None) -> str:
    """The time as they wrote it, with their zone."""
    if zone is None:
        return format_clock(clock)
    return f"{format_clock(clock)} ({_zone(zone)})"


def _zone(zone: SaidZone) -> str:
    return city(zone.zones[0]) if len(zone.zones) == 1 and zone.is_in_words else zone.name


def _unclear(reply: Reply) -> str:
    zone = _zone(reply.zone) if reply.zone is not None else ""
    return _("Their time zone ({zone}) isn't clear. Enter when the interview is.").format(zone=zone)


def in_words(received: ReceivedReply) -> str:
    """What is proposed: "Rejection from Acme · Data Analyst: “Unfortunately …”"."""
    reply = received.reply
    if not received.applications:
        return _("{said} Which application?").format(said=_quoted(_called(reply), reply))
    name = _name(received.applications[0]) if len(received.applications) == 1 else ""
    if not name:
        name = received.applications[0].employer
    if reply.kind is None:
        text = _("An email from {name}. It isn't clear what it's about.")
        return text.format(name=name)
    said = _quoted(_heading(reply).format(name=name), reply)
    if len(received.applications) > 1:
        said = _("{said} Which application?").format(said=said)
    return said


def _quoted(heading: str, reply: Reply) -> str:
    sentence = on_one_line(reply.sentence)
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = f"{sentence[: _LONGEST_SENTENCE - 1]}…"
    # Translators: what an email says, and the sentence in it that says so.
    return _("{heading}: “{sentence}”").format(heading=heading, sentence=sentence)


def _called(reply: Reply) -> str:
    """What it is, whoever it is from."""
    return {
        ReplyKind.INTERVIEW: _("Interview"),
        ReplyKind.CALLED_OFF: _("They called off the interview"),
        ReplyKind.MORE_TIME: _("They need more time"),
        ReplyKind.OFFER: _("Offer"),
        ReplyKind.REJECTION: _("Rejection"),
        ReplyKind.RECEIPT: _("They received your application"),
    }[reply.kind or ReplyKind.RECEIPT]


def _moved(reply: Reply) -> str:
    """What is said of an interview that is moved, with a place for the name."""
    if reply.day is None:
        return _("New times for the interview with {name}")
    day = format_full_date(reply.day)
    if reply.clock is None:
        return _("Interview with {name} moved to {date}").format(name="{name}", date=day)
    text = _("Interview with {name} moved to {date} at {time}")
    return text.format(name="{name}", date=day, time=_clock(reply.clock, reply.zone))


def _heading(reply: Reply) -> str:
    """What it is, from whom: with a place for the name."""
    if reply.is_moved:
        return _moved(reply)
    if reply.kind is ReplyKind.INTERVIEW and reply.day is not None:
        day = format_full_date(reply.day)
        if reply.clock is not None:
            text = _("Interview with {name} on {date} at {time}")
            return text.format(name="{name}", date=day, time=_clock(reply.clock, reply.zone))
        return _("Interview with {name} on {date}").format(name="{name}", date=day)
    if reply.kind is ReplyKind.MORE_TIME and reply.day is not None:
        text = _("{name} will answer by {date}")
        return text.format(name="{name}", date=format_full_date(reply.day))
    return {
        ReplyKind.INTERVIEW: _("Interview with {name}"),
        ReplyKind.CALLED_OFF: _("{name} called off the interview"),
        ReplyKind.MORE_TIME: _("{name} needs more time"),
        ReplyKind.OFFER: _("Offer from {name}"),
        ReplyKind.REJECTION: _("Rejection from {name}"),
        ReplyKind.RECEIPT: _("{name} received your application"),
    }[reply.kind or ReplyKind.RECEIPT]


def _name(application: Application) -> str:
    return with_dots((application.employer, application.role))
