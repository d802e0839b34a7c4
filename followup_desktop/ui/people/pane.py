"""One person: how to reach them, who they are, what happened with them; edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.reading.people import PersonDetail
from followup_desktop.services.rows import ApplicationRow, TimelineEntry
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.contact_links import call_to, mail_to, page
from followup_desktop.ui.kit.delegates import Index, RowDelegate, TimelineDelegate
from followup_desktop.ui.kit.forms.autosave import AutoSave
from followup_desktop.ui.kit.forms.contact_fields import ContactFields
from followup_desktop.ui.kit.forms.panel import FormGrid, scroll_area
from followup_desktop.ui.kit.list_and_detail import DetailPane
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.models.rows import ROW_ROLE, RowsModel
from followup_desktop.ui.kit.style import stage_tone
from followup_desktop.ui.kit.theme import INSET, Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.section import Section
from followup_desktop.ui.people.duplicate_hint import AlikeNotes


class _PersonApplicationDelegate(RowDelegate):
    """An application on one line: the employer bold, the role, the stage as a chip."""

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        named: _StagedRow = index.data(ROW_ROLE)
        row, label = named.row, named.stage
        gap = self.theme.px(8)
        chip = min(self.brush.chip_width(label), area.width() // 2)
        room = area.adjusted(0, 0, -chip - gap, 0)
        used = self.brush.text(painter, room, row.employer, weight=QFont.Weight.Medium)
        used += self.brush.text(painter, room.adjusted(used + gap, 0, 0, 0), row.role, role="secondary")
        left = min(area.left() + used + 2 * gap, area.right() - chip)
        ground = self.brush.stage(stage_tone(row.stage))
        self.brush.chip(painter, QRect(left, area.top(), chip, area.height()), label, *ground)


@dataclass(frozen=True, slots=True)
class _StagedRow:
    """An application's row with the words of its stage."""

    row: ApplicationRow
    stage: str

    @property
    def id(self) -> str:
        """The application's id."""
        return self.row.id

    @property
    def spoken(self) -> str:
        """Everything the row says."""
        return in_one_breath(self.row.employer, self.row.role, self.stage)


class PersonPane(DetailPane[PersonDetail]):
    """One person.

    ``application_wanted`` carries the id of an application to be opened; ``merge_wanted`` that of another
    entry that is the same person; ``delete_pressed`` asks to delete the one shown.
    """

    application_wanted = Signal(str)
    merge_wanted = Signal(str)
    delete_pressed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._parts = ContactFields(context, self)
        self.fields = self._parts.fields
        self.alike = AlikeNotes(context.theme)
        self._make_buttons()
        self._make_lists()
        self._arrange()
        self._connect()
        self.autosave = AutoSave(self.fields, self._save, self, drafts=context.drafts.forms)
        self.autosave.refused.connect(context.show_status)

    @property
    def person(self) -> str | None:
        """The id of who is shown."""
        return self._detail.contact.id if self._detail else None

    def _draft_of(self, detail: PersonDetail) -> str:
        return f"contact/detail/{detail.contact.id}"

    def _name_of(self, detail: PersonDetail) -> str:
        return detail.contact.name

    def _fill(self, detail: PersonDetail) -> None:
        contact = detail.contact
        self._show_title(contact.name)
        self.autosave.show(self._parts.values_of(contact))
        self._show_buttons(contact)
        self.alike.show_people(detail.alike)
        label = self._context.wording.stage_label
        self.applications.set_rows([_StagedRow(row, label(row.stage)) for row in detail.applications])
        self.timeline.set_rows(detail.timeline)

    def focus_first(self) -> None:
        """Put the keyboard where reading begins."""
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _make_buttons(self) -> None:
        theme = self._context.theme
        self.write_button = Button(_("Write email"))
        self.call_button = Button(pgettext("a button", "Call"))
        self.copy_email_button = QuietButton(_("Copy email"))
        self.copy_phone_button = QuietButton(_("Copy number"))
        self.page_button = QuietButton(_("Open web page"))
        self.delete_button = QuietButton(_("Delete"), name=_("Delete contact"))
        self._reach = (
            (self.write_button, "mail"),
            (self.call_button, "phone"),
            (self.copy_email_button, "copy"),
            (self.copy_phone_button, "copy"),
            (self.page_button, "link"),
            (self.delete_button, "trash"),
        )
        for button, icon in self._reach:
            theme.set_icon(button, icon)

    def _make_lists(self) -> None:
        theme = self._context.theme
        self.applications: RowsModel[_StagedRow] = RowsModel(lambda row: row.spoken, self)
        self.applications_list = FlatList(
            theme, _("Applications with them"), self.applications, _("Not in any application yet")
        )
        self.applications_list.setItemDelegate(_PersonApplicationDelegate(theme, self.applications_list))
        self.timeline: RowsModel[TimelineEntry] = RowsModel(self._spoken, self)
        self.timeline_list = FlatList(theme, _("Timeline"), self.timeline, _("Nothing yet"))
        self.timeline_list.setItemDelegate(TimelineDelegate(theme, self.timeline_list))

    def _arrange(self) -> None:
        self.setObjectName("details")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        self.fields["name"].editor.setObjectName("employer")
        top = QVBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self.fields["name"])
        flow = FlowLayout(gap=Space.S)
        set_margins(flow, INSET, 0, 0, 0)
        for button in (
            self.write_button,
            self.call_button,
            self.copy_email_button,
            self.copy_phone_button,
            self.page_button,
        ):
            flow.addWidget(button)
        top.addLayout(flow)
        column.addLayout(top)
        column.addWidget(self.alike)
        grid = FormGrid(self._context.theme, indent=INSET)
        for key, field in self.fields.items():
            if key != "name":
                grid.add(field, self._parts.label_of(key))
        column.addLayout(grid)
        for heading, rows in (
            (_("Applications"), self.applications_list),
            (_("Timeline"), self.timeline_list),
        ):
            section = Section()
            section.set_heading(heading)
            section.column.addWidget(rows)
            column.addWidget(section)
        column.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.area = scroll_area(column)
        self.area.setAccessibleName(_("Person"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def _connect(self) -> None:
        self.write_button.clicked.connect(lambda: self._open(mail_to, "email"))
        self.call_button.clicked.connect(lambda: self._open(call_to, "phone"))
        self.page_button.clicked.connect(lambda: self._open(page, "url"))
        self.copy_email_button.clicked.connect(lambda: self._copy_field("email"))
        self.copy_phone_button.clicked.connect(lambda: self._copy_field("phone"))
        self.delete_button.clicked.connect(self.delete_pressed)
        self.alike.merge_wanted.connect(self.merge_wanted)
        self.applications_list.opened.connect(self._open_application)
        self.applications_list.clicked.connect(lambda index: self._open_application(index.row()))
        self.timeline_list.opened.connect(self._open_entry)

    # Acting

    def _show_buttons(self, contact: Contact) -> None:
        """Only what can be done is offered."""
        self.write_button.setVisible(mail_to(contact.email) is not None)
        self.call_button.setVisible(call_to(contact.phone) is not None)
        self.page_button.setVisible(page(contact.url) is not None)
        self.copy_email_button.setVisible(bool(contact.email))
        self.copy_phone_button.setVisible(bool(contact.phone))

    def _open(self, address: Callable[[str], QUrl | None], key: str) -> None:
        self.flush()
        url = address(str(self.fields[key].kept or ""))
        if url is not None and not self._context.desktop.open_url(url):
            self._context.show_status(_("No app on this computer can open this. Copy it instead."))

    def _copy_field(self, key: str) -> None:
        self.flush()
        text = str(self.fields[key].kept or "")
        self._context.desktop.copy(text)
        self._context.show_status(_("Copied {text}").format(text=text))

    def _open_application(self, place: int) -> None:
        row = self.applications.row_at(place)
        if row is not None:
            self.application_wanted.emit(row.id)

    def _open_entry(self, place: int) -> None:
        entry = self.timeline.row_at(place)
        if entry is not None and self._detail is not None:
            self.application_wanted.emit(self._detail.application_of[entry.id])

    def _save(self, key: str, value: Any) -> None:
        if self._detail is not None:
            self._context.tracker.edit_contact(self._detail.contact.id, **{key: value})

    @staticmethod
    def _spoken(entry: TimelineEntry) -> str:
        return in_one_breath(entry.title, entry.when, entry.note)
