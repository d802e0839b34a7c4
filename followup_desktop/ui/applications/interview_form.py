"""An interview: when and with whom, and afterwards what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from followup_desktop.domain.checks import MAX_MINUTES
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import Contact, Interview, InterviewKind
from followup_desktop.domain.worktime import WorkCalendar, instant, local, shown_wall
from followup_desktop.i18n import _
from followup_desktop.services.capture.dates import read_hours_ahead
from followup_desktop.services.capture.interview_kinds import kind_of_next, likely_kind
from followup_desktop.services.reading.interview_zones import zone_of
from followup_desktop.services.rows import ApplicationDetail
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.forms.choices import ChoiceField, ZoneField
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TextField
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.forms.people import PeopleField
from followup_desktop.ui.kit.moments import show_moment
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.join_button import JoinButton

_LABEL_WIDTH = 116
"""So wide that the fields of both groups stand below each other."""

_PLAIN = (
    "kind", "minutes", "location", "interviewers", "cancelled", "process", "reply_by", "no_date_given",
    "topics", "notes", "fit",
)  # fmt: skip
"""The fields that show a fact as it is."""
_AFTERWARDS = ("process", "reply_by", "no_date_given", "topics", "fit", "debriefed")


_MANY_DIGITS = 9
"""More than any number of minutes has."""


class MinutesField(TextField):
    """The length of an interview: a number, or as one says it, "an hour and a half"."""

    checks_when_left = True

    def value(self) -> Any:
        typed = self.line.text().strip()
        length = read_hours_ahead(typed)
        if length is not None:
            minutes = length // timedelta(minutes=1)
        else:
            minutes = int(typed) if typed.isdecimal() and len(typed) < _MANY_DIGITS else 0
        if not 1 <= minutes <= MAX_MINUTES:
            raise Refused(_("Enter a number of minutes from 1 to 1,440, like 60."), self.name)
        return minutes


class LocationField(TextField):
    """Where an interview takes place; the meeting that is found in it can be joined from here.

    The Tab key stops at Join only while the link is the stored one: who has just typed it goes on to the
    next field, and the blank of a name typed there would open the meeting.
    """

    def __init__(self, name: str, join: Callable[[str], object], *, hint: str) -> None:
        super().__init__(name, hint=hint)
        self.join_button = JoinButton(None, join)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(self.join_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.line.textChanged.connect(self._offer_to_join)

    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self._offer_to_join()

    def _offer_to_join(self) -> None:
        text = self.line.text()
        is_stored = text == self.kept
        self.join_button.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if is_stored else Qt.FocusPolicy.ClickFocus
        )
        self.join_button.show_link(meeting_link(text))


class InterviewForm(FormPanel):
    """Adds an interview to an application or edits one, as one step.

    The kind of a new one is guessed from the location until the user chooses it. What comes after an
    interview is asked for when it is over, or where it is known already.
    """

    of_the_moment = ("date", "time")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, parent=parent)
        self._context = context
        self._detail: ApplicationDetail | None = None
        self._interview: Interview | None = None
        self._at: datetime | None = None
        self.save_button.setText(_("Save interview"))
        self.save_button.setAccessibleName(_("Save interview"))
        self._build_when()
        self._build_after()
        self.they_cancelled_button = self.add_button(_("They cancelled"))
        self.they_cancelled_button.clicked.connect(self._they_cancelled)
        self.delete_button = self.add_button(_("Delete"), _("Delete interview"))
        self.delete_button.clicked.connect(self._delete)

    def _build_when(self) -> None:
        context = self._context
        words = context.wording.labels.interview_facts
        grid = self._when = self.grid(label_width=_LABEL_WIDTH)
        self._about = ApplicationField(_("Application"), context.readers.finder, hint=_("type a few letters"))
        self._about.chosen.connect(self._turn_to)
        self.add(grid, "application", self._about)
        self._date = DateField(_("Date"), context.days.today, required=True)
        days = context.days.of(self._country)
        self._date.with_calendar(context.theme, days)
        clock = TimeField(_("Time"), working_day=True)
        clock.is_asked_which = True
        self._date.with_time(clock, self._zone)
        self._clock = clock
        self.add(grid, "date", self._date)
        self.add(grid, "time", clock)
        self.add(grid, "timezone", ZoneField(words["timezone"].name, hint=words["timezone"].hint))
        self.add(grid, "fold", ChoiceField(_("Which one"), words["fold"].choices.items()))
        self.here = Hint("small")
        grid.add(self.here)
        self.add(grid, "minutes", MinutesField(words["minutes"].name))
        self.clash = Hint("small")
        self.clash.setObjectName("refusal")
        self.clash.setAccessibleName(_("Overlaps"))
        grid.add(self.clash)
        location = words["location"]
        self.add(grid, "location", LocationField(location.name, context.join, hint=location.hint))
        self._kind = ChoiceField(words["kind"].name, words["kind"].choices.items())
        self.add(grid, "kind", self._kind)
        self._people = PeopleField(context.theme, words["interviewers"].name)
        self.add(grid, "interviewers", self._people)
        self.add(grid, "notes", NotesField(words["notes"].name, lines=2), words["notes"].label)
        self.add(grid, "cancelled", CheckField(words["cancelled"].name))
        self.fields["location"].edited.connect(self._guess_kind)
        for key in ("date", "time", "timezone", "fold", "minutes"):
            field = self.fields[key]
            field.edited.connect(partial(self._edited, field))
            field.committed.connect(self._moved)

    def _build_after(self) -> None:
        grid = self._after = self.grid(_("After the interview"), _LABEL_WIDTH)
        words = self._context.wording.labels.interview_facts
        self.add(grid, "process", TextField(words["process"].name, hint=words["process"].hint))
        said = words["reply_by"]
        reply_by = DateField(said.name, self._day, hint=said.hint).with_calendar(
            self._context.theme, self._context.days.of(self._country)
        )
        self.add(grid, "reply_by", reply_by)
        self.add(grid, "no_date_given", CheckField(words["no_date_given"].name))
        self.add(grid, "topics", TextField(words["topics"].name, hint=words["topics"].hint))
        self.add(grid, "fit", ChoiceField(words["fit"].name, words["fit"].choices.items()))
        self.add(grid, "debriefed", CheckField(words["debriefed_at"].name))

    @property
    def application(self) -> str | None:
        """The id of the application that the interview is of, as far as one is chosen."""
        return self._detail.application.id if self._detail else None

    def type_time(self, typed: Mapping[str, str]) -> None:
        """Take the date and the time that were typed elsewhere, as if it had been here."""
        for name in ("date", "time"):
            if name in typed:
                self.fields[name].type_again(typed[name])
        self._moved()
        self.keeper.keep()

    def begin(
        self,
        detail: ApplicationDetail | None,
        interview_id: str | None = None,
        at: datetime | None = None,
        *,
        back: bool = False,
    ) -> None:
        """Start with a new interview, at an instant or else tomorrow at ten, or with one that there is.

        A new one asks whose it is; the application is proposed. An instant counts before the one typed,
        unless that is to come ``back``.
        """
        self._detail = detail
        self._at = at
        known = {interview.id: interview for interview in detail.application.interviews} if detail else {}
        self._interview = known.get(interview_id or "")
        shown = self._interview or self._proposal()
        self._about.required = self._interview is None
        self._when.set_shown(self._about, self._interview is None)
        self._when.set_shown(self.fields["cancelled"], self._interview is not None)
        self._show_title()
        self.delete_button.setVisible(self._interview is not None)
        self.they_cancelled_button.setVisible(self._interview is not None and not shown.cancelled)
        self._people.set_people(self._choosable(shown))
        self.fill(
            {
                "application": self.application,
                **{key: getattr(shown, key) for key in _PLAIN},
                "date": shown.starts_at.date(),
                "time": shown.starts_at.time(),
                "timezone": shown.timezone,
                "fold": shown.fold,
                "debriefed": shown.debriefed_at is not None,
            },
            first := "date" if detail is not None else "application",
        )
        self.resume(*self._draft())
        if at is not None and not back:  # a time just chosen in the calendar
            self._fill_in_time()
        self._moved()
        self.begin_at(first)

    def put_back(self) -> None:
        """Say whose it is, what the time means here, and what it overlaps."""
        if self._interview is None and self._about.application != self.application:
            self._turn_to(self._about.application)
        self._moved()
        self._move()

    def commit(self, values: dict[str, Any]) -> str:
        facts = self._facts(values)
        new_people = self._people.new_people()
        if self._interview is None:
            application = values["application"]
            starts_at, minutes = facts.pop("starts_at"), facts.pop("minutes")
            done = self._context.tracker.add_interview(
                application, starts_at=starts_at, minutes=minutes, new_people=new_people, **facts
            )
            self._context.show_done(_("Added the interview"), done)
            return done.id or ""
        before = self._interview
        changed = {key: value for key, value in facts.items() if value != getattr(before, key)}
        if changed:
            done = self._context.tracker.edit_interview(before.id, new_people=new_people, **changed)
            if done.notice:
                self._context.show_status(done.notice)
        return before.id

    def values(self) -> dict[str, Any] | None:
        self._about.take_up()
        try:
            self._people.finish_adding()
        except Refused:
            return None
        return super().values()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._people.is_adding:
            self._people.add_button.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _facts(self, values: dict[str, Any]) -> dict[str, Any]:
        known = {field.name for field in fields(Interview)}
        facts = {key: value for key, value in values.items() if key in known}
        facts["starts_at"] = datetime.combine(values["date"], values["time"])
        facts["fold"] = values.get("fold", 0)
        debriefed_at = self._interview.debriefed_at if self._interview else None
        if "debriefed" in values:
            facts["debriefed_at"] = (debriefed_at or self._context.clock()) if values["debriefed"] else None
        return facts

    def _proposal(self) -> Interview:
        """A new interview as it is proposed: the next working day at ten, or when the calendar says."""
        zone = zone_of(self._detail.application, self._context.overview.policy()) if self._detail else None
        policy = self._context.overview.policy()
        country = self._detail.application.country if self._detail else None
        calendar = WorkCalendar(zone or policy.timezone, country or policy.country, policy)
        starts_at = datetime.combine(calendar.wd_after(self._context.days.today(), 1), time(10))
        if self._at is not None:
            starts_at = local(self._at, zone or policy.timezone).replace(tzinfo=None)
        return Interview(id="", starts_at=starts_at, minutes=60, timezone=zone, kind=self._likely_kind(""))

    def _likely_kind(self, location: str) -> InterviewKind:
        if self._detail is None:
            return likely_kind(location, None)
        return kind_of_next(self._detail.application, location)

    def _guess_kind(self) -> None:
        """The kind follows the location, until the user chooses it."""
        if self._interview is None and (self._kind.is_filled_in or not self._kind.dirty):
            self._kind.fill_in(self._likely_kind(self.fields["location"].typed()))

    def _fill_in_time(self) -> None:
        starts_at = self._proposal().starts_at
        self.fields["date"].fill_in(starts_at.date())
        self.fields["time"].fill_in(starts_at.time())

    def _show_title(self) -> None:
        if self._detail is None:
            self.title.show_text(_("New interview"))
        else:
            title = _("Interview at {employer}") if self._interview else _("New interview at {employer}")
            self.title.show_text(title.format(employer=self._detail.application.employer))

    def _turn_to(self, application: str | None) -> None:
        """Turn the form to another application: offer its people, in its zone."""
        self._detail = self._context.detail_of(application)
        self._show_title()
        shown, zone = self._proposal(), self.fields["timezone"]
        ticked = self._people.value()
        self._people.set_people(self._choosable(shown))
        self._people.show_value(ticked)
        if not zone.dirty:
            zone.begin_with(shown.timezone)
        if not self._kind.dirty:
            self._kind.begin_with(shown.kind)
        if self._at is not None and self.fields["date"].is_filled_in and self.fields["time"].is_filled_in:
            self._fill_in_time()
        self._moved()
        self._move()

    def _draft(self) -> tuple[str, Callable[[], object]]:
        """What the form is kept under, and what begins it again."""
        known = self._interview.id if self._interview else None
        key = "new-interview"
        if known is not None:
            key = f"interview/edit/{known}"
        elif self._detail is not None:
            key = f"application/interview/{self._detail.application.id}"
        return key, partial(self.begin, self._detail, known, self._at, back=True)

    def _move(self) -> None:
        if self._interview is None:
            self.move_draft(*self._draft())

    def _choosable(self, interview: Interview) -> list[Contact]:
        """The contacts of this interview in its order, then the application's, then the employer's."""
        if self._detail is None:
            return []
        application = self._detail.application
        everyone = {contact.id: contact for contact in self._context.overview.contacts()}
        everyone.update({contact.id: contact for contact in self._detail.contacts})
        name = application.employer.casefold()
        colleagues = [one.id for one in everyone.values() if one.employer.casefold() == name]
        order = dict.fromkeys((*interview.interviewers, *application.contacts, *colleagues))
        return [everyone[one] for one in order if one in everyone]

    def _day(self) -> date:
        """The day of the interview, on which they say by when they answer."""
        day = self._date.meaning()
        return day if isinstance(day, date) else self._context.days.today()

    def _country(self) -> str | None:
        return self._detail.application.country if self._detail else None

    def _zone(self) -> str:
        zone = self.fields["timezone"].value()
        if zone is None and self._detail is not None:
            zone = zone_of(self._detail.application, self._context.overview.policy())
        return str(zone or self._context.overview.policy().timezone)

    def _edited(self, field: Field) -> None:
        self._moved(is_typed=isinstance(field.editor, QLineEdit) and field.editor.hasFocus())

    def _moved(self, *, is_typed: bool = False) -> None:
        """Say the user's own time beside the employer's, and ask which where the clock shows it twice.

        While it is being typed, nothing is asked less, and no other overlap is told, so that the fields below
        stay where they are.
        """
        self._clock.show_understood()
        try:
            wall = datetime.combine(self.fields["date"].value(), self.fields["time"].value())
            zone = self._zone()
            first, second = instant(wall, zone, 0), instant(wall, zone, 1)
            there = shown_wall(wall, zone)
        except (Refused, OverflowError):
            self.here.show_sentence("")
            self.clash.show_sentence("")
            self._date.remark("")
            if not is_typed:
                self._show_after(is_over=False)
            return
        is_past = self._interview is None and first <= self._context.clock()
        self._date.remark(_("This interview is in the past.") if is_past else "")
        self._when.set_shown(self.fields["fold"], first != second)
        own = self._context.overview.policy().timezone
        here = local(first, own).replace(tzinfo=None)
        self.here.show_sentence(
            _("{time} where you are").format(time=show_moment(here)) if here != there else ""
        )
        start = second if self.fields["fold"].value() else first
        self._show_after(is_over=start + self._length() <= self._context.clock())
        self._show_clash(start, is_typed=is_typed)

    def _length(self) -> timedelta:
        try:
            return timedelta(minutes=self.fields["minutes"].value())
        except Refused:
            return timedelta()

    def _show_after(self, *, is_over: bool) -> None:
        """Ask for what comes after it, if it is over or any of that is known."""
        self._after.set_all_shown(is_over or any(self._is_told(self.fields[key]) for key in _AFTERWARDS))

    @staticmethod
    def _is_told(field: Field) -> bool:
        try:
            return bool(field.value())
        except Refused:
            return True

    def _show_clash(self, start: datetime, *, is_typed: bool) -> None:
        """Say which other interview this one would overlap; it may be saved all the same."""
        try:
            end = start + timedelta(minutes=self.fields["minutes"].value())
        except Refused:
            return
        pages, interview = self._context.readers.calendar, self._interview
        overlap = pages.clash_warning(start, end, interview.id if interview else None)
        self.clash.show_sentence("" if is_typed and overlap != self.clash.sentence else overlap)

    def _they_cancelled(self) -> None:
        interview = self._interview
        if interview is not None and self._context.do(
            lambda: self._context.tracker.they_cancelled(interview.id)
        ):
            self.cancelled.emit()

    def _delete(self) -> None:
        interview = self._interview
        if interview is not None and self._context.do(
            lambda: self._context.tracker.delete_interview(interview.id)
        ):
            self._context.show_status(_("Deleted the interview"))
            self.cancelled.emit()
