"""Logging what happened, and correcting it later: a small form above the timeline."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import CallOutcome, Event, EventKind
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.rows import ApplicationDetail
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.services.wording.formats import sentences
from followup_desktop.ui.kit.answering import said_labels
from followup_desktop.ui.kit.call_brief import CallBrief
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.forms.field import NotesField
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.moments import show_moment
from followup_desktop.ui.kit.requests import AddInterview
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.window_settings import SENDER

_GUARDED = frozenset({EventKind.CALL, EventKind.EMAIL, EventKind.FEEDBACK_REQUEST})
_WITH_PERSON = _GUARDED | {EventKind.THANK_YOU, EventKind.MESSAGE, EventKind.REPLY}

_MAY_BE_DATED = frozenset({EventKind.REPLY, EventKind.WAIT})
_DATED = frozenset({EmployerReply.DATE, EmployerReply.OFFER})
"""What they may say that comes with a date."""


class EventForm(FormPanel):
    """When, with whom, what was said; the guard's warnings stand above Save and can be passed over."""

    of_the_moment = ("day", "clock")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, scrolls=False, parent=parent)
        self._context = context
        self._detail: ApplicationDetail | None = None
        self._event: Event | None = None
        self._kind = EventKind.NOTE
        self._outcome: CallOutcome | None = None
        self._is_invited = False
        self.setObjectName("formInside")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self.title.setProperty("type", "strong")
        self._build()
        self.warning = Hint()
        self.warning.setObjectName("warning")
        self.body.addWidget(self.warning)
        for key in ("day", "clock"):
            self.fields[key].committed.connect(self._warn)
        self.fields["contact"].edited.connect(self._show_brief)
        self.fields["said"].edited.connect(self._ask_date)

    def _build(self) -> None:
        context = self._context
        self.brief = CallBrief(context.theme)
        self.brief.copied.connect(self._copy)
        self.brief.asked.connect(context.open)
        self.body.addWidget(self.brief)
        grid = self._grid = self.grid()
        words = context.wording.labels.event_facts
        days = context.days.of(self._country)
        clock = TimeField(_("Time of day"), working_day=True)
        day = DateField(_("Day"), context.days.today, Direction.LAST, required=True).with_time(clock)
        self.add(grid, "day", day.with_calendar(context.theme, days))
        self.add(grid, "clock", clock, _("Time"))
        self.add(grid, "contact", ChoiceField(words["contact"].name, [(None, "")]))
        self.add(grid, "interview", ChoiceField(words["interview"].name, [(None, "")]))
        self.add(grid, "said", ChoiceField(_("What they said"), said_labels().items()))
        reply_by = DateField(
            words["reply_by"].name, lambda: day.meaning() or context.days.today(), hint=words["reply_by"].hint
        ).with_calendar(context.theme, days)
        self.add(grid, "reply_by", reply_by)
        self.add(grid, "note", NotesField(words["note"].name, lines=2), words["note"].label)

    @property
    def application(self) -> str | None:
        """The id of the application that it is about."""
        return self._detail.application.id if self._detail else None

    def begin(
        self, detail: ApplicationDetail, kind: EventKind, outcome: CallOutcome | None, title: str
    ) -> None:
        """Start with something that happened just now."""
        self._event = None
        now = self._context.days.wall(self._context.clock())
        self._open(detail, kind, outcome, title)
        first = "reply_by" if kind is EventKind.WAIT else "note"
        interview = self._last_interview() if kind is EventKind.THANK_YOU else None
        self.fill(
            {
                "day": now.date(),
                "clock": now.time().replace(second=0, microsecond=0),
                "contact": self._likely_person(detail, kind),
                "interview": interview,
                "said": EmployerReply.NOTHING_NEW,
                "reply_by": None,
                "note": "",
            },
            first,
        )
        self._show_brief()
        self._ask_date()
        again = partial(self.begin, detail, kind, outcome, title)
        self.resume(f"application/{kind} {outcome or ''}/{detail.application.id}", again)
        self._warn()
        self.begin_at(first)

    def begin_edit(self, detail: ApplicationDetail, event: Event, title: str) -> None:
        """Start with something that was logged before."""
        self._event = event
        at = self._context.days.wall(event.at)
        self._open(detail, event.kind, event.outcome, title)
        self.fill(
            {
                "day": at.date(),
                "clock": at.time().replace(second=0),
                "contact": event.contact,
                "interview": event.interview,
                "said": EmployerReply.NOTHING_NEW,
                "reply_by": event.reply_by,
                "note": event.note,
            },
            "note",
        )
        self.resume(f"event/edit/{event.id}", partial(self.begin_edit, detail, event, title))
        self.warning.show_sentence("")
        self.begin_at("note")

    def draft_title(self) -> str:
        """With the employer: it may wait far from them."""
        employer = self._detail.application.employer if self._detail else ""
        return with_dots((super().draft_title(), employer))

    def put_back(self) -> None:
        """Say what the guard thinks of it, and ask for the date that belongs to what they said."""
        self._warn()
        self._ask_date()

    def submit(self) -> bool:
        """Log it; an interview they invite to then has its form."""
        if not super().submit():
            return False
        if self._is_invited and self.application is not None:
            self._context.open(AddInterview(self.application))
        return True

    def commit(self, values: dict[str, Any]) -> str:
        try:
            return self._log(values)
        except Refused as refusal:
            if refusal.field != "at":
                raise
            raise Refused(str(refusal), "day") from None

    def _log(self, values: dict[str, Any]) -> str:
        if self._detail is None:
            return ""
        tracker = self._context.tracker
        application = self._detail.application.id
        at = self._context.days.moment(datetime.combine(values.pop("day"), values.pop("clock")))
        said = values.pop("said", None)
        if self._event is not None:
            wall = self._context.days.wall
            if wall(at).replace(second=0) == wall(self._event.at).replace(second=0):
                at = self._event.at
            values["at"] = at
            changed = {key: value for key, value in values.items() if value != getattr(self._event, key)}
            if changed:
                tracker.edit_event(self._event.id, **changed)
            return self._event.id
        if self._asks_what_they_said:
            news = EmployerNews(said=said or EmployerReply.NOTHING_NEW, reply_by=values.pop("reply_by", None))
            done = tracker.they_answered(application, news, outcome=self._outcome, at=at, **values)
            self._is_invited = news.said is EmployerReply.NEXT_INTERVIEW
        else:
            done = tracker.log_event(application, self._kind, outcome=self._outcome, at=at, **values)
        self._context.show_done(_("Logged “{what}”").format(what=self.title.full_text), done)
        return done.id or ""

    def _open(
        self, detail: ApplicationDetail, kind: EventKind, outcome: CallOutcome | None, title: str
    ) -> None:
        self._detail, self._kind, self._outcome = detail, kind, outcome
        new, self._is_invited = self._event is None, False
        self.title.show_text(title)
        self.save_button.setText(_("Log") if new else _("Save"))
        self.save_button.setAccessibleName(self.save_button.text())
        self._ask_date()
        self._grid.set_shown(self.fields["said"], self._asks_what_they_said)
        self._grid.set_shown(self.fields["contact"], kind in _WITH_PERSON)
        self._grid.set_shown(self.fields["interview"], kind is EventKind.THANK_YOU)
        people = [(contact.id, contact.name) for contact in detail.contacts]
        self._choices("contact", [(None, _("No one in particular")), *people])
        application, policy = detail.application, self._context.overview.policy()
        starts = [(one.id, interview_span(one, application, policy)[0]) for one in application.interviews]
        interviews = [(one, show_moment(self._context.days.wall(at))) for one, at in starts]
        self._choices("interview", [(None, _("None")), *interviews])
        self._show_brief()

    def _ask_date(self) -> None:
        """Ask for the date under the name of what it will be: theirs, or with an offer the user's own."""
        said = self.fields["said"].value() if self._asks_what_they_said else None
        if self._kind is EventKind.WAIT:
            name = _("Keep waiting until")
        elif said is EmployerReply.OFFER:
            name = _("Answer needed by")
        else:
            name = self._context.wording.labels.event_facts["reply_by"].label
        is_dated = (
            said in _DATED if said else self._kind in _MAY_BE_DATED or self._outcome is CallOutcome.SPOKE
        )
        self.fields["reply_by"].rename(name)
        self._grid.set_shown(self.fields["reply_by"], is_dated, name)

    @property
    def _asks_what_they_said(self) -> bool:
        """Whether they said something just now, in writing or on the phone."""
        is_said = self._kind is EventKind.REPLY or self._outcome is CallOutcome.SPOKE
        return is_said and self._event is None

    def _country(self) -> str | None:
        return self._detail.application.country if self._detail else None

    def _likely_person(self, detail: ApplicationDetail, kind: EventKind) -> str | None:
        """Who the brief names for a call; else the only person there is."""
        if kind is EventKind.CALL:
            next_step, now = self._context.readers.next_step, self._context.clock()
            named = next_step.call(detail.application.id, now, "").contact
            return named if any(each.id == named for each in detail.contacts) else None
        single = detail.contacts[0].id if len(detail.contacts) == 1 else None
        return single if kind in _WITH_PERSON else None

    def _show_brief(self) -> None:
        """Whom to call, and what to say, before how it went is said."""
        detail, calls = self._detail, self._kind is EventKind.CALL and self._event is None
        self.brief.setVisible(calls)
        if detail is None or not calls:
            return
        context, person = self._context, self.fields["contact"].value()
        sender = context.settings.get(SENDER)
        needs = context.readers.next_step.call(detail.application.id, context.clock(), sender, person)
        self.brief.show_needs(needs)

    def _copy(self, number: str) -> None:
        self._context.desktop.copy(number)
        self._context.show_status(_("Copied the number"))

    def _choices(self, key: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[key]
        if isinstance(field, ChoiceField):
            field.set_choices(choices)

    def _last_interview(self) -> str | None:
        """The newest interview that is over; the rows come newest first."""
        rows = self._detail.interviews if self._detail else ()
        return next((row.id for row in rows if row.is_over and not row.cancelled), None)

    def _warn(self) -> None:
        """Say what the guard thinks of this contact; Save logs it all the same."""
        warnings: tuple[str, ...] = ()
        if self._detail is not None and self._event is None and self._kind in _GUARDED:
            try:
                wall = datetime.combine(self.fields["day"].value(), self.fields["clock"].value())
            except Refused:
                return
            warnings = self._context.tracker.warnings_for_contact(
                self._detail.application.id, self._kind, self._context.days.moment(wall), self._outcome
            )
        self.warning.show_sentence(sentences(*warnings))
        if self._event is None:
            self.save_button.setText(_("Log anyway") if warnings else _("Log"))
            self.save_button.setAccessibleName(self.save_button.text())
            self.save_button.setAccessibleDescription(sentences(*warnings))
