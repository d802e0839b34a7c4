"""A reminder of the user's own: what of, when, how often, and perhaps which application it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.checks import clean_text
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Reminder
from followup_desktop.domain.worktime import instant, shown_wall
from followup_desktop.i18n import _, format_dated_day, with_dots
from followup_desktop.services.capture.spoken_titles import SpokenTitle, split_title
from followup_desktop.services.wording.formats import sentences
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.forms.choices import ChoiceField, ZoneField
from followup_desktop.ui.kit.forms.dates import DateField, TimeField, WrittenOutField, writing
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.moments import show_moment
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.hint import Hint

_MORNING = time(9)
_OF_TITLE = ("date", "time", "repeat")
"""The fields of what a title may say."""


class ReminderTitleField(WrittenOutField):
    """What the user wants to be reminded of, and perhaps when: "call mum tomorrow at 5pm".

    ``when`` says what time was found, if one is wanted, and ``in_words`` puts it into words.
    """

    def __init__(
        self,
        name: str,
        when: Callable[[str], SpokenTitle | None],
        in_words: Callable[[SpokenTitle], str],
        hint: str,
    ) -> None:
        self._when = when
        self._in_words = in_words
        super().__init__(name, hint=hint)

    def value(self) -> Any:
        text = clean_text(self.line.text(), self.name)
        if not text:
            raise Refused(_("Enter what you want to be reminded of."), "title")
        if self.dirty:
            self._when(text)  # a day that contradicts itself is no title
        return text

    def written(self, value: Any) -> str:
        return str(value)

    def draft(self) -> str:
        """What was understood means the same tomorrow; "tomorrow" does not."""
        try:
            found = self._when(self.typed()) if self.dirty else None
        except Refused:
            found = None
        if found is None:
            return self.typed()
        when = found.when
        if when is None or found.repeat is not None:
            return self.typed()
        return " ".join(part for part in (found.title, format_dated_day(when.day), when.clock) if part)

    def _echo(self, value: Any) -> str:
        found = self._when(value) if self.dirty else None
        return self._in_words(found) if found is not None else ""


class ReminderForm(FormPanel):
    """Adds a reminder or edits one, as one step; ``deleted`` says that it was deleted."""

    of_the_moment = ("date", "time")
    _follows = False
    """Whether the time in the fields is that of the title as it is being typed."""

    deleted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, parent=parent)
        self._context = context
        self._reminder: Reminder | None = None
        self.save_button.setText(_("Save reminder"))
        self.save_button.setAccessibleName(_("Save reminder"))
        grid = self.grid(label_width=100)  # the example of a title is to be read whole
        self._time = TimeField(_("Time"), working_day=True)
        self._date = DateField(_("Date"), context.days.today, required=True)
        self._date.with_time(self._time, self._zone)
        words = context.wording.labels.reminder_facts
        self._what = ReminderTitleField(
            words["title"].name, self._spoken, self._in_words, words["title"].hint
        )
        self.add(grid, "title", self._what)
        self._what.edited.connect(self._follow_title)
        self._what.committed.connect(self._take_time)
        self.add(grid, "date", self._date.with_calendar(context.theme, context.days))
        self.add(grid, "time", self._time)
        self.add(grid, "timezone", ZoneField(words["timezone"].name, hint=words["timezone"].hint))
        self.notes = Hint("small")
        grid.add(self.notes)
        self._repeats = words["repeat"].choices
        self.add(grid, "repeat", ChoiceField(words["repeat"].name, self._repeats.items()))
        application = words["application"]
        about = ApplicationField(application.name, context.readers.finder, hint=application.hint)
        about.chosen.connect(self._move)
        self._about = about
        self.add(grid, "application", about)
        self.delete_button = self.add_button(_("Delete"), _("Delete reminder"))
        self.delete_button.clicked.connect(self._delete)
        for key in ("date", "time", "timezone"):
            self.fields[key].edited.connect(self._show_notes)

    @property
    def reminder(self) -> str | None:
        """The id of the reminder that is edited."""
        return self._reminder.id if self._reminder else None

    def begin(self, application: str | None = None, title: str = "", at: datetime | None = None) -> None:
        """Start with a new reminder, perhaps about an application: for tomorrow morning, or as proposed."""
        self._reminder = None
        day = self._context.days.today() + timedelta(days=1)
        zone = self._context.overview.policy().timezone
        proposed = at or datetime.combine(day, _MORNING)
        self._open(Reminder(id="", title=title, at=proposed, timezone=zone, application=application))

    def begin_edit(self, reminder: Reminder) -> None:
        """Start with a reminder that there is."""
        self._reminder = reminder
        self._open(reminder)

    def values(self) -> dict[str, Any] | None:
        self._take_time()
        return super().values()

    def commit(self, values: dict[str, Any]) -> str:
        tracker = self._context.tracker
        at = datetime.combine(values.pop("date"), values.pop("time"))
        before = self._reminder
        if before is None:
            done = tracker.add_reminder(at=at, **values)
            self._context.show_status(_("Added the reminder “{title}”").format(title=values["title"]))
            return done.id or ""
        if at != before.at.replace(second=0):
            values["at"] = at
        changed = {key: value for key, value in values.items() if value != getattr(before, key)}
        if changed:
            tracker.edit_reminder(before.id, **changed)
            self._context.show_status(_("Changed the reminder “{title}”").format(title=values["title"]))
        return before.id

    def _spoken(self, title: str) -> SpokenTitle | None:
        """The time in a title, unless the fields of the time say it already."""
        said = any(field.dirty and not field.is_filled_in for field in (self._date, self._time))
        context = self._context
        return None if said else split_title(title, context.days.wall(context.clock()), writing())

    def _in_words(self, found: SpokenTitle) -> str:
        """What was understood: when, and how often."""
        parts = [self._date.echo(found.when)] if found.when is not None else []
        if found.repeat is not None:
            parts.append(self._repeats[found.repeat])
        return with_dots(parts)

    def _take_time(self) -> None:
        """The time that was typed with the title belongs to its own fields."""
        try:
            found = self._spoken(self._what.typed()) if self._what.dirty else None
        except Refused:  # the field says why
            return
        if found is None:
            return
        self._show_time(found)
        self._follows = False
        self._what.line.replace_text(found.title)
        self._show_notes()

    def _follow_title(self) -> None:
        """Show the time in the title in its fields while it is typed; where it has none, the one before."""
        try:
            found = self._spoken(self._what.typed())
        except Refused:  # the field says why
            return
        if found is None and not self._follows:
            return
        self._follows = found is not None
        for key in _OF_TITLE:
            if self.fields[key].is_filled_in:
                self.fields[key].begin_with(self._begun[key])
        if found is not None:
            self._show_time(found)
        self._show_notes()

    def _show_time(self, found: SpokenTitle) -> None:
        if found.when is not None:
            self._date.fill_in(found.when.day)
            clock = self._date.clock_of(found.when)
            if clock is not None:
                self._time.fill_in(clock)
        if found.repeat is not None:
            self.fields["repeat"].fill_in(found.repeat)

    def kept_fields(self) -> Mapping[str, Field]:
        """Without those that say again what the title says."""
        return {key: field for key, field in self.fields.items() if not (self._follows and key in _OF_TITLE)}

    def put_back(self) -> None:
        """Say what the time means here, and go by the application that stands in its field."""
        if self._what.dirty:
            self._follow_title()
        self._show_notes()
        self._move()

    def _open(self, shown: Reminder) -> None:
        new, self._follows = self._reminder is None, False
        self.title.show_text(_("New reminder") if new else _("Reminder: {title}").format(title=shown.title))
        self.delete_button.setVisible(not new)
        self.fill(
            {
                "title": shown.title,
                "date": shown.at.date(),
                "time": shown.at.time().replace(second=0),
                "timezone": shown.timezone,
                "repeat": shown.repeat,
                "application": shown.application,
            },
            "title",
        )
        if new:
            self.resume(*self._new(shown.application))
        else:
            self.resume(f"reminder/edit/{shown.id}", partial(self.begin_edit, shown))
        self._show_notes()
        self.begin_at("title")

    def _new(self, about: str | None) -> tuple[str, Callable[[], object]]:
        """What a new reminder about this is kept under, and what begins it again."""
        key = f"application/reminder/{about}" if about else "new-reminder"
        return key, partial(self.begin, about)

    def _move(self) -> None:
        if self._reminder is None:
            self.move_draft(*self._new(self._about.application))

    def _show_notes(self) -> None:
        """Show the user's own time beside that of another zone, and when the time has passed."""
        self._time.show_understood()
        try:
            wall = datetime.combine(self.fields["date"].value(), self.fields["time"].value())
            zone = self._zone()
            moment, there = instant(wall, zone), shown_wall(wall, zone)
        except (Refused, OverflowError):
            self.notes.show_sentence("")
            return
        here = self._context.days.wall(moment)
        said = []
        if here != there:
            said.append(_("{time} where you are").format(time=show_moment(here)))
        if moment <= self._context.clock():
            said.append(_("That time has passed, so you'll be reminded right away."))
        self.notes.show_sentence(sentences(*said))

    def _zone(self) -> str:
        return str(self.fields["timezone"].value() or self._context.overview.policy().timezone)

    def _delete(self) -> None:
        reminder = self._reminder
        if reminder is not None and self._context.do(
            lambda: self._context.tracker.delete_reminder(reminder.id)
        ):
            self._context.show_status(_("Deleted “{title}”").format(title=reminder.title))
            self.keeper.forget()
            self.deleted.emit()
