"""The form of a debrief: one minute after the interview, while it is fresh."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _
from followup_desktop.services.reading.days import Days
from followup_desktop.services.reading.debrief import DayInterview, DebriefDay
from followup_desktop.services.tracker.debrief import DayDebrief, MetPerson
from followup_desktop.services.wording.facts import FactWords
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TextField
from followup_desktop.ui.kit.forms.panel import FormGrid, go_to_refused
from followup_desktop.ui.kit.forms.people import NEW, PeopleField
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.card import SectionLabel


class DebriefForm(QWidget):
    """Asks for the whole day. It is made anew for each day; ``edited`` tells of every change.

    ``words`` are those of the facts of an interview.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        days: Days,
        words: Mapping[str, FactWords],
        day: DebriefDay,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._days = days
        self._day = day
        self._new: dict[str, tuple[str, str]] = {}
        self.met: dict[str, PeopleField] = {}
        self.topics: dict[str, NotesField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        for interview in day.interviews:
            self._add_interview(interview)
        self._add_day()
        for field in self._fields().values():
            field.edited.connect(self.edited)
        self.date.edited.connect(lambda: self._either(self.no_date))
        self.no_date.edited.connect(lambda: self._either(self.date))

    def begin(self) -> None:
        """Put the keyboard on the first question."""
        first = next(iter(self.met.values()))
        target = first.list if first.list.count() else first.name_line
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if first.list.count():
            first.list.setCurrentRow(0)

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        found: list[QWidget] = []
        for each, people in self.met.items():
            found += [people.list, people.name_line, people.email_line, people.add_button]
            found.append(self.topics[each].editor)
        rest = (self.date, self.no_date, self.process, self.fit, self.notes)
        return (*found, *(field.editor for field in rest))

    def value(self) -> DayDebrief | None:
        """What the form says; ``None`` if a field was refused, which then has the keyboard and the reason."""
        found: dict[str, Any] = {}
        refused: Field | None = None
        for key, field in self._fields().items():
            field.clear_refusal()
            try:
                if isinstance(field, PeopleField):
                    field.finish_adding()
                found[key] = field.value()
            except Refused as refusal:
                field.refuse(str(refusal))
                refused = refused or field
        if refused is not None:
            go_to_refused(refused)
            return None
        ids = [interview.id for interview in self._day.interviews]
        met = {each: found[f"met/{each}"] for each in ids}
        return DayDebrief(
            topics={each: found[f"topics/{each}"] for each in ids},
            met={each: tuple(c for c in met[each] if not c.startswith(NEW)) for each in ids},
            new_people=tuple(
                MetPerson(name=name, email=email, interviews=tuple(i for i in ids if new in met[i]))
                for new, (name, email) in self._new.items()
                if any(new in met[i] for i in ids)
            ),
            reply_by=None if found["no_date"] else found["date"],
            no_date_given=found["no_date"],
            process=found["process"],
            notes=found["notes"],
            fit=found["fit"],
        )

    def texts(self) -> dict[str, str]:
        """Everything as it stands, to be kept."""
        kept = {key: field.draft() for key, field in self._fields().items()}
        kept["new"] = json.dumps(self._new)
        return kept

    def put_back(self, texts: dict[str, str]) -> None:
        """Show what was kept."""
        try:
            new = {str(k): (str(n), str(e)) for k, (n, e) in json.loads(texts.get("new", "{}")).items()}
        except (ValueError, TypeError, AttributeError):
            return
        for person, (name, email) in new.items():
            self._offer(Contact(id=person, name=name, email=email))
        self._new = new
        for key, field in self._fields().items():
            if key in texts:
                field.type_again(texts[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the lines of a new person adds them."""
        adding = next((field for field in self.met.values() if field.is_adding), None)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and adding is not None and not event.modifiers():
            adding.add_button.click()
            adding.name_line.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fields(self) -> dict[str, Field]:
        return {
            **{f"met/{each}": field for each, field in self.met.items()},
            **{f"topics/{each}": field for each, field in self.topics.items()},
            "date": self.date,
            "no_date": self.no_date,
            "process": self.process,
            "fit": self.fit,
            "notes": self.notes,
        }

    def _add_interview(self, interview: DayInterview) -> None:
        """Who and what; where there are several interviews the names of the fields say which."""
        several = len(self._day.interviews) > 1

        def name_of(field: str) -> str:
            if not several:
                return field
            # Translators: the name of a field, and the interview that it is about
            return _("{field}, {interview}").format(field=field, interview=interview.title)

        people = PeopleField(self._theme, name_of(_("People you met")))
        people.name_line.setAccessibleName(name_of(_("New person's name")))
        people.email_line.setAccessibleName(name_of(_("New person's email")))
        people.add_button.setAccessibleName(name_of(_("Add person")))
        people.set_people(self._day.people)
        people.set_value(interview.met)
        people.added.connect(lambda person: self._add_person(people, person))
        topics = NotesField(
            name_of(self._words["topics"].name),
            lines=2,
            hint=_("for your thank-you, such as the move to streaming"),
        )
        topics.set_value(interview.topics)
        grid = FormGrid(self._theme, label_width=150)
        grid.add(people, _("Who did you meet?"))
        grid.add(topics, _("What did you talk about?"))
        # Who speaks to the computer says what is to be seen.
        people.editor.setAccessibleName(name_of(_("Who did you meet?")))
        topics.editor.setAccessibleName(name_of(_("What did you talk about?")))
        if several:
            self._column.addWidget(SectionLabel(interview.title))
        self._column.addLayout(grid)
        self.met[interview.id] = people
        self.topics[interview.id] = topics

    def _add_day(self) -> None:
        day, words = self._day, self._words
        hint = _("a date, or “in two weeks”")
        self.date = DateField(_("When will you hear back?"), lambda: day.day, hint=hint)
        self.date.with_calendar(self._theme, self._days.of(lambda: day.country))
        self.no_date = CheckField(words["no_date_given"].name)
        self.process = TextField(words["process"].name, hint=_("a second round, a decision, a test"))
        self.fit = ChoiceField(words["fit"].name, words["fit"].choices.items())
        self.notes = NotesField(_("Debrief notes"), lines=3)
        grid = FormGrid(self._theme, label_width=150)
        grid.add(self.date, self.date.name)
        grid.add(self.no_date)
        grid.add(self.process, _("What happens next?"))
        grid.add(self.fit, _("How do you feel about it?"))
        grid.add(self.notes, words["notes"].label)
        self.process.editor.setAccessibleName(_("What happens next?"))
        self.fit.editor.setAccessibleName(_("How do you feel about it?"))
        if len(day.interviews) > 1:
            self._column.addWidget(SectionLabel(_("The whole day")))
        self._column.addLayout(grid)
        for field, value in (
            (self.date, day.reply_by),
            (self.no_date, day.no_date_given),
            (self.process, day.process),
            (self.fit, day.fit),
            (self.notes, day.notes),
        ):
            field.set_value(value)

    def _either(self, other: Field) -> None:
        """A date, or none: the one takes back the other."""
        if self.no_date.value() and self.date.typed().strip():
            other.fill_in(False if other is self.no_date else None)

    def _add_person(self, where: PeopleField, person: Contact) -> None:
        self._new[person.id] = (person.name, person.email)
        for field in self.met.values():
            if field is not where:
                field.add_person(person, ticked=False)

    def _offer(self, person: Contact) -> None:
        for field in self.met.values():
            field.add_person(person)
