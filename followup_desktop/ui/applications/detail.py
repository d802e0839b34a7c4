"""Everything about one application, edited in place and saved as one goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.domain.facts import DetailPart, facts_shown
from followup_desktop.domain.model import OUTREACH_KINDS, Application, EventKind, Stage
from followup_desktop.i18n import _, format_series, format_short_day
from followup_desktop.services.rows import ApplicationDetail
from followup_desktop.ui.applications.chips import make_chip, make_link
from followup_desktop.ui.applications.facts import FactFields, save_fact
from followup_desktop.ui.applications.history import EmployerBanner
from followup_desktop.ui.applications.interviews import InterviewSection
from followup_desktop.ui.applications.lower_sections import LowerSections
from followup_desktop.ui.applications.meter import ContactMeter
from followup_desktop.ui.applications.people import PeopleSection
from followup_desktop.ui.applications.planned import PlannedSection
from followup_desktop.ui.applications.stage_question import StageQuestion
from followup_desktop.ui.applications.timeline import TimelineSection
from followup_desktop.ui.kit.forms.autosave import AutoSave
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormGrid, scroll_area
from followup_desktop.ui.kit.list_and_detail import DetailPane
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.requests import AddReminder
from followup_desktop.ui.kit.selection import Selection, only_interview
from followup_desktop.ui.kit.style import stage_tone
from followup_desktop.ui.kit.theme import INSET, Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import FlushLink
from followup_desktop.ui.kit.widgets.card import named
from followup_desktop.ui.kit.widgets.combo import NamedCombo
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.placing import placed_once, tab_behind, take_heights
from followup_desktop.ui.kit.widgets.section import Section

_TWO_COLUMNS = 560
"""From this width on, in pixels at the ordinary text size, the sections stand in two columns."""


class ApplicationPane(DetailPane[ApplicationDetail]):
    """One application.

    Until it was painted for the first time it has the sections alone that are in sight: the others are
    half of its widgets, and took a third of the time until Applications was first seen. They follow at
    once, or when one of them is asked for.

    ``interview_wanted`` and ``contact_wanted`` carry the id of what is to be opened; empty, a new one.
    """

    interview_wanted = Signal(str)
    contact_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.facts = FactFields(context, self)
        self._upper = self.facts.make(DetailPart.HEAD, DetailPart.CHIPS, DetailPart.TOP)
        self._below: LowerSections | None = None
        self.meter = ContactMeter(context.theme)
        self.answer_by = FlushLink("")
        self._they_answer_by = context.wording.labels.event_facts["reply_by"].label
        self.banner = EmployerBanner(context)
        self.stage_question = StageQuestion(context)
        self.planned = PlannedSection(context)
        self.interviews = InterviewSection(context)
        self.timeline = TimelineSection(context)
        self.people = PeopleSection(context)
        self._near = FormGrid(context.theme, indent=INSET)
        self._sections = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        """The parts below the head, beside each other where there is room for two."""
        self._sections.setSpacing(Space.L)
        self._title = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        """The employer and the stage, below each other where the name needs the whole line."""
        self._title.setSpacing(Space.S)
        self._arrange()
        self._connect()
        context.theme.dressed.connect(self._take_look)
        self.autosave = AutoSave(self._upper, self._save, self, drafts=context.drafts.forms)
        self.autosave.refused.connect(context.show_status)

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields of all sections, by the name of the fact."""
        self.complete()
        return self.facts.fields

    @property
    def below(self) -> LowerSections:
        """The sections that stand last."""
        self.complete()
        assert self._below is not None
        return self._below

    def complete(self) -> None:
        """Have all sections."""
        if self._below is None:
            self._below = LowerSections(self._context, self.facts)
            self._take_in(self._below)

    @property
    def application(self) -> str | None:
        """The id of what is shown."""
        return self._detail.application.id if self._detail else None

    def _draft_of(self, detail: ApplicationDetail) -> str:
        return f"application/detail/{detail.application.id}"

    def _name_of(self, detail: ApplicationDetail) -> str:
        return detail.application.employer

    def _fill(self, detail: ApplicationDetail) -> None:
        if self._context.drafts.forms[self._draft_of(detail)]:
            self.complete()  # in one of its fields a text may wait
        with placed_once(self._inside.layout(), *self.planned.layouts):
            self._fill_sections(detail)
        self._place()

    def _fill_sections(self, detail: ApplicationDetail) -> None:
        application = detail.application
        self._show_title(format_series(filter(None, (application.employer, application.role))))
        self.autosave.show(self.facts.values_of(application, self._upper))
        in_touch = any(row.is_over and not row.cancelled for row in detail.interviews) or any(
            event.kind in {*OUTREACH_KINDS, EventKind.REPLY} for event in application.events
        )
        self.meter.show_made(detail.contacts_made, ever=in_touch)
        self._show_stated()
        self.banner.show_for(application.id)
        self.stage_question.show_for(application)
        self.planned.show_follow_ups(detail.follow_ups)
        self.interviews.show_interviews(detail.interviews)
        self.timeline.show_timeline(detail)
        self.people.show_people(application.id, detail.contacts)
        self._colour_stage(application.stage)
        if self._below is not None:
            self._fill_below(self._below, detail)

    def _fill_below(self, below: LowerSections, detail: ApplicationDetail) -> None:
        self.autosave.show(self.facts.values_of(detail.application, below.fields))
        below.show(detail)

    def selection(self) -> Selection:
        """The application, and what is current in that one of its lists in which the keyboard was last.

        An interview that is the only one is current wherever the keyboard was.
        """
        if self._detail is None:
            return Selection()
        focused = self.focusWidget()
        in_list = self.interviews.current if focused is self.interviews.list else None
        interview = in_list or only_interview(self._detail)
        return Selection(
            applications=(self._detail.application.id,),
            follow_up=self.planned.current_follow_up(),
            interview=interview,
            entry=self.timeline.current_event if focused is self.timeline.list else None,
            person=self.people.current if focused is self.people.list else None,
        )

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """What the lists of the detail do in their own way."""
        return {
            "delete-entry": self.timeline.delete_current,
            "take-off-application": self.people.take_off_current,
        }

    def type_again(self, key: str, text: str) -> None:
        """Put a text that was refused elsewhere into a field, where it waits to be corrected."""
        self.fields[key].type_again(text)
        self.flush()

    def focus_first(self) -> None:
        """Put the keyboard where reading begins."""
        self._upper["employer"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self.setObjectName("details")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(self._header())
        column.addWidget(self.banner)
        column.addWidget(self.stage_question)
        column.addLayout(self._sections)
        first, self._second = QVBoxLayout(), QVBoxLayout()
        for section in (self.planned, self.interviews, self.timeline):
            first.addWidget(section)
        self._second.addWidget(self.people)
        self._parts: tuple[Section, ...] = (self.planned, self.interviews, self.timeline, self.people)
        for place, part in enumerate((first, self._second)):
            part.setSpacing(Space.L)
            part.addStretch(1)
            self._sections.addLayout(part, 1)
            self._sections.setStretch(place, 1)
        self.area = scroll_area(column)
        inside = self.area.widget()
        assert inside is not None
        self._inside = inside
        self.area.setAccessibleName(_("Application"))
        self.area.verticalScrollBar().setUpdatesEnabled(False)  # it isn't known yet how far it goes
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def _place(self) -> None:
        """Give everything the place that it needs with what it shows now."""
        self._share_width()
        # Else each takes its turn after the painting, and has the layouts around it reckon anew.
        fields = self.facts.fields.values()
        for layout in (*(field.layout() for field in fields), *self.planned.layouts[1:]):
            if layout is not None:
                layout.activate()
        take_heights(self.area, *self._parts, self._inside)
        self._fill_sight()

    def _fill_sight(self) -> None:
        """Have all sections where one of the last would be in sight."""
        if self._below is None and self._detail is not None and self._has_room_below():
            self.complete()

    def _has_room_below(self) -> bool:
        layout, sight = self._inside.layout(), self.area.viewport()
        assert layout is not None
        is_wide = self.width() >= self._context.theme.px(_TWO_COLUMNS)
        return is_wide or layout.totalHeightForWidth(sight.width()) < sight.height()

    def _take_in(self, below: LowerSections) -> None:
        """Give the sections that are made last their places, and what they are to show."""
        zone = below.fields["timezone"]
        below.zone_question.answered.connect(lambda: zone.setFocus(Qt.FocusReason.OtherFocusReason))
        self.autosave.take_in(below.fields)
        with placed_once(self._inside.layout()):
            for section in below.sections:
                self._second.insertWidget(self._second.count() - 1, section)
            if self._detail is not None:
                self._fill_below(below, self._detail)
            for section in below.sections:
                section.show()  # Qt shows each in a turn of its own
        tab_behind(self.people, *below.sections)
        self._parts = (*self._parts, *below.sections)
        self.area.verticalScrollBar().setUpdatesEnabled(True)
        if self._detail is not None:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._below is None and self._detail is not None:
            QTimer.singleShot(0, self, self.complete)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_sight()
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _take_look(self, part: QWidget) -> None:
        """Share the width by how large the words are now: out of sight it was by what they were before."""
        if part.isAncestorOf(self):
            self._share_width()

    def _share_width(self) -> None:
        """Let the sections stand in two columns, and the stage beside the employer, where they have room."""
        least, width = self._context.theme.px(_TWO_COLUMNS), self.width()
        is_wide = width >= least and width >= self._needs_for_two_columns()
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._sections.direction():
            self._sections.setDirection(way)
        is_beside = self._has_room_for_stage()
        way = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if way != self._title.direction():
            self._title.setDirection(way)
            if (stage := self._upper["stage"].layout()) is not None:
                set_margins(stage, 0 if is_beside else INSET, 0, 0, 0)

    def _has_room_for_stage(self) -> bool:
        """Whether the employer's name is whole beside the stage."""
        name, stage = self._upper["employer"].editor, self._upper["stage"].editor
        needed = name.fontMetrics().horizontalAdvance(self._upper["employer"].typed()) + 2 * INSET + Space.L
        taken = (
            stage.sizeHint().width() + Space.S + self.area.verticalScrollBar().sizeHint().width() + 2 * INSET
        )
        return needed <= self.width() - taken

    def _needs_for_two_columns(self) -> int:
        """The width in which both columns have the room their words need: French needs more than English."""
        columns = (self._sections.itemAt(place) for place in range(self._sections.count()))
        needed = sum(column.minimumSize().width() for column in columns if column is not None)
        return needed + Space.L + self.area.verticalScrollBar().sizeHint().width() + 2 * INSET

    def _header(self) -> QVBoxLayout:
        header = QVBoxLayout()
        header.setSpacing(2)
        employer, stage = self._upper["employer"], self._upper["stage"]
        employer.editor.setObjectName("employer")
        stage.editor.setObjectName("stage")
        self._upper["role"].editor.setObjectName("role")
        if isinstance(stage, ChoiceField):
            stage.combo.setSizeAdjustPolicy(stage.combo.SizeAdjustPolicy.AdjustToContents)
            stage.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title.addWidget(employer, 1)
        self._title.addWidget(stage, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.addLayout(self._title)
        header.addWidget(self._upper["role"])
        chips = FlowLayout(gap=Space.S - 2)
        set_margins(chips, INSET, 2, 0, 2)
        for fact in facts_shown(Application, DetailPart.CHIPS):
            make_chip(self._upper[fact.name], self._context)
            chips.addWidget(self._upper[fact.name])
        make_link(self._upper["url"], self._context)
        header.addLayout(chips)
        header.addWidget(self.meter)
        header.addSpacing(Space.S)
        self._near.add(self.answer_by, self._they_answer_by)
        for fact in facts_shown(Application, DetailPart.TOP):
            self._near.add(self._upper[fact.name], self._upper[fact.name].name)
        header.addLayout(self._near)
        return header

    def _connect(self) -> None:
        self.answer_by.clicked.connect(self._open_stated)
        self.interviews.add_pressed.connect(lambda: self.interview_wanted.emit(""))
        self.interviews.opened.connect(self.interview_wanted)
        self.timeline.interview_opened.connect(self.interview_wanted)
        # The form has its size only once the layout has been told of it.
        self.timeline.form_opened.connect(self._show_form, Qt.ConnectionType.QueuedConnection)
        self.timeline.form_closed.connect(self._show_entry, Qt.ConnectionType.QueuedConnection)
        self.planned.answers.panel_opened.connect(self._show_question, Qt.ConnectionType.QueuedConnection)
        self.planned.add_pressed.connect(lambda: self._context.open(AddReminder(self.application)))
        self.people.add_pressed.connect(lambda: self.contact_wanted.emit(""))
        self.people.opened.connect(self.contact_wanted)

    def _show_form(self) -> None:
        self._take_heights(self.timeline.form, self.timeline)
        self._bring_form_into_sight()
        QTimer.singleShot(0, self, self._bring_form_into_sight)  # in its width its words need more height

    def _show_entry(self) -> None:
        """Scroll to the entry that has the keyboard now: what stood above it, the form, has gone."""
        self._take_heights(self.timeline)
        entries = self.timeline.list
        entry = entries.visualRect(entries.currentIndex())
        if (page := self.area.widget()) is not None:
            place = entries.viewport().mapTo(page, entry.center())
            self.area.ensureVisible(place.x(), place.y(), 0, entry.height())

    def _take_heights(self, *parts: QWidget) -> None:
        """Have these placed as they are now: by heights that don't last it would be scrolled too far."""
        for part in (*parts, self.area.widget()):
            if part is not None and (layout := part.layout()) is not None:
                layout.invalidate()
                layout.activate()

    def _bring_form_into_sight(self) -> None:
        form = self.timeline.form
        self.area.ensureWidgetVisible(form, 0, Space.S)
        typing = form.focusWidget()
        if typing is not None and typing.hasFocus():  # seen before all else, where there is no room for both
            self.area.ensureWidgetVisible(typing, 0, Space.S)

    def _show_question(self) -> None:
        self.area.ensureWidgetVisible(self.planned.answers, 0, Space.S)

    def _save(self, key: str, value: Any) -> None:
        if self._detail is None:
            return
        done = save_fact(self._context.tracker, self._detail.application.id, key, value)
        if done.notice:
            self._context.show_status(done.notice)

    def _show_stated(self) -> None:
        """The date they gave, as a link to where it was noted."""
        stated = self._detail.stated_reply if self._detail is not None else None
        if stated is not None:
            day = format_short_day(stated.day)
            self.answer_by.setText(day)
            self.answer_by.setAccessibleName(named(day, self._they_answer_by))
        self._near.set_shown(self.answer_by, stated is not None)

    def _open_stated(self) -> None:
        if self._detail is None or self._detail.stated_reply is None:
            return
        source = self._detail.stated_reply.source
        if any(interview.id == source for interview in self._detail.application.interviews):
            self.interview_wanted.emit(source)
        else:
            self.timeline.edit(source)

    def _colour_stage(self, stage: Stage) -> None:
        editor = self._upper["stage"].editor
        if isinstance(editor, NamedCombo):
            editor.set_tone(stage_tone(stage))
