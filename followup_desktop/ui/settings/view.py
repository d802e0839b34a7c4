"""The view Settings: the rules' settings in groups, the program's own, and what a change moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.settings_preview import Effect, PolicyPreview, PreviewBasis, compare
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.forms.panel import at_the_left, scroll_area, show_refused
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import OpenSetting, Request, ResumeSettings, SuggestSetting
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, View, discarded
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, HorizontalLine, LineText, Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.placing import focus_chain
from followup_desktop.ui.kit.widgets.roles import give_keyboard
from followup_desktop.ui.settings.change_bar import ChangeBar
from followup_desktop.ui.settings.data_rows import DataRows
from followup_desktop.ui.settings.own_fields import own_field
from followup_desktop.ui.settings.own_sections import (
    GoalRow,
    LookAndSender,
    NotificationRows,
    PauseRow,
)
from followup_desktop.ui.settings.phone_rows import PhoneRows
from followup_desktop.ui.settings.policy_form import PolicyForm
from followup_desktop.ui.settings.preview import LookAhead
from followup_desktop.ui.settings.section_list import SectionList
from followup_desktop.ui.settings.sections import (
    DATA,
    FOLLOWING_UP,
    LOOK,
    NOTIFICATIONS,
    PHONE,
    PLACE,
    RULES,
    SEARCH,
    TEMPLATES,
    section_of,
)
from followup_desktop.ui.settings.server_rows import ServerRows
from followup_desktop.ui.settings.templates import TemplateRows

_WIDTH = 760
"""The cards are no wider than this, in pixels at the ordinary text size: lines stay easy to read."""
_LEAST_HEIGHT = 30
"""The section is at least so high, in the same pixels, when the bar of what isn't applied needs its room."""
_LOW = 200
"""In a view lower than this, in the same pixels, what is changed needs the room of the title."""
_NARROW = 660
"""In a narrower view the list of the sections stands above the section, as a box that unfolds."""

WidgetT = TypeVar("WidgetT", bound=QWidget)


_DRAFT = "settings"


class SettingsView(View):
    """The settings, a section at a time. Those of the rules are previewed, then applied as one step.

    Others are stored at once. A section is put together when it is first shown, and so is what it needs.
    """

    name = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context, theme = self.context, context.theme
        self._theme = theme
        self._previewed: tuple[Policy, PolicyPreview] | None = None
        self.ahead = LookAhead(
            lambda: context.data.background.run(lambda session: PreviewBasis.of(session.store)),
            lambda basis, policy, cancelled: compare(
                basis, policy, wording=context.wording, now=context.clock(), cancelled=cancelled
            ),
            self,
        )
        self._sought = ""
        self._was_seen = False
        self._refreshes: list[Callable[[], object]] = []
        # The bar at the foot takes room first, and a view that was made for this a moment ago its own.
        self._in_sight = self._when_laid_out(self._show_focus)
        self._to_setting = self._when_laid_out(self._scroll_to_setting)
        self._show_templates = self._when_laid_out(self._show_template)
        self._to_answer = self._when_laid_out(self._show_answer)
        self.setAccessibleName(_("Settings view"))
        self._not_shown = QWidget(self)
        self._not_shown.hide()
        self.form = PolicyForm(theme, context.days, self)
        for row in self.form.rows.values():
            row.setParent(self._not_shown)
        self.bar = ChangeBar(context)
        self._drafts = context.drafts.forms
        self.keeper = DraftKeeper(self._drafts, self.form.fields, lambda: _("Changes to settings"))
        self.keeper.afresh_button.setAccessibleName(_("Discard the settings draft"))
        self.sections = SectionList(theme)
        self._pages: dict[str, QScrollArea] = {}
        self._stack = QStackedWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._arrange()
        self._connect()
        self.restyle()
        self.sections.select(PLACE)

    # The parts, each made when it is first needed

    @cached_property
    def pause(self) -> PauseRow:
        """The switch of the search."""
        made = PauseRow(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def goal(self) -> GoalRow:
        """What is meant to be done a week."""
        made = GoalRow(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def notifications(self) -> NotificationRows:
        """How reminders are shown."""
        made = NotificationRows(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def phone(self) -> PhoneRows:
        """The calendar for the phone."""
        made = PhoneRows(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def server(self) -> ServerRows:
        """The calendar on the user's server."""
        made = ServerRows(self.context)
        made.answered.connect(self._to_answer.start)
        return self._made(made, made.refresh)

    @cached_property
    def data(self) -> DataRows:
        """The backups."""
        made = DataRows(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def look(self) -> LookAndSender:
        """The theme and the user's name."""
        made = LookAndSender(self.context)
        return self._made(made, made.refresh)

    @cached_property
    def templates(self) -> TemplateRows:
        """The letters."""
        templates = TemplateRows(self.context)
        templates.moved.connect(self._show_templates.start)
        return self._made(templates, templates.refresh)

    @cached_property
    def patient_button(self) -> Button:
        """The preset."""
        label = _("More patient: 5 and 10 working days")
        button = self._made(Button(label, look="filter"))
        button.clicked.connect(self.form.be_patient)
        return button

    def _made(self, part: WidgetT, refresh: Callable[[], object] | None = None) -> WidgetT:
        """The part, shown nowhere yet, and from now on brought up to date with the view."""
        part.setParent(self._not_shown)
        if refresh is not None:
            refresh()
            self._refreshes.append(refresh)
        return part

    # What the window asks for

    def answer(self, request: Request) -> bool:
        """Show a setting, or go on with what is not applied or saved."""
        match request:
            case OpenSetting(name):
                self.show_setting(name)
                return True
            case SuggestSetting(name, value):
                self.show_setting(name)
                self.form.suggest(name, value)
                return True
            case ResumeSettings(template):
                self.resume(template)
                return True
        return super().answer(request)

    def leave(self) -> bool:
        """Close the editor of templates; what was written becomes a draft."""
        if "templates" in self.__dict__:
            self.templates.leave()
        return True

    def begin(self) -> None:
        """Put the keyboard on the list of the sections."""
        self.sections.begin()

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Show what is stored now; what is changed and not applied yet stays."""
        if changes is None or changes.everything or changes.settings:
            self.form.show(self.context.overview.policy())
        self._previewed = None
        self.ahead.forget()
        self._form_changed()
        for refresh in self._refreshes:
            refresh()

    def resume(self, template: str = "") -> None:
        """Open the draft of a template, or else show the first setting that is changed and not applied."""
        if template:
            self.edit_template(template)
            return
        for name, row in self.form.rows.items():
            if row.field.dirty:
                self.show_setting(name)
                return

    def _resume(self) -> None:
        if self.keeper.open(_DRAFT):
            self.form.look()
        self.keeper.set_in_sight(self.isVisible())

    def _discarded(self, key: str) -> None:
        if key == _DRAFT:
            self.keeper.close_form()  # until the view is shown again: the draft may be wanted back
            self.form.discard()

    def show_setting(self, name: str) -> None:
        """Put the keyboard into the field of the setting of that name, or that section, in sight."""
        section = section_of(name)
        if section == name:
            self.show_section(name)
            return
        self.sections.select(section)
        self._sought = name
        self._scroll_to_setting()
        self._to_setting.start()
        _shown, field = self._place(name)
        give_keyboard(field, is_new=not self._was_seen)

    def edit_template(self, name: str) -> None:
        """Open the editor on the template of that name."""
        self.sections.select(TEMPLATES)
        self.templates.edit_template(TemplateName(name))

    def show_section(self, heading: str) -> None:
        """Show that section, with the keyboard in its first field."""
        self.sections.select(heading)
        self._sought = ""
        page = self._pages[heading]
        page.verticalScrollBar().setValue(0)
        for part in takewhile(page.isAncestorOf, focus_chain(page)):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page) and part.isEnabled():
                give_keyboard(part, is_new=not self._was_seen)
                return

    def apply(self) -> None:
        """Store what is pending as one step that undo takes back."""
        if not self.form.check():
            self.show_setting(self.form.first_refused or PLACE)
            return
        pending = dict(self.form.pending)
        if not pending:
            return
        preview = self._previewed[1] if self._previewed else None
        try:
            done = self.context.tracker.edit_policy(**pending)
        except Refused as refusal:
            self._refused(refusal)
            return
        moved = preview.counts[Effect.MOVES] if preview is not None else 0
        told = ngettext(
            "Changed the settings. {n} follow-up moved.", "Changed the settings. {n} follow-ups moved.", moved
        ).format(n=format_number(moved))
        self.keeper.keep()
        self.keeper.hide()
        self.context.show_status(done.notice or (told if moved else _("Changed the settings")))
        if not self._is_in_field():  # Apply is gone, and the keyboard was there
            self.sections.begin()

    def discard(self) -> None:
        """Go back to what is stored; Undo brings back what was changed and not applied."""
        keep_again = self.keeper.another_chance()

        def bring_back() -> None:
            if keep_again is not None:
                keep_again()
                self.come_back()
                self._resume()
                self.resume()

        title = self.keeper.title()
        self.form.discard()
        self.keeper.hide()
        self.keeper.keep()
        if keep_again is not None:
            self.undoable.emit(*discarded(title, bring_back))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of the rules applies what is pending, and Ctrl+Enter anywhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and (event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._is_in_field()):
            self.apply()
        else:
            super().keyPressEvent(event)

    def _is_in_field(self) -> bool:
        """Whether the keyboard is where a value of the rules is typed or chosen; a button does its own."""
        field = self.focusWidget()
        return isinstance(field, QLineEdit | QAbstractSpinBox | QComboBox) and any(
            row.isAncestorOf(field) for row in self.form.rows.values()
        )

    def showEvent(self, event: QShowEvent) -> None:
        """What waits in the fields is in sight."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._note_seen)
        if self.keeper.key:
            self.keeper.set_in_sight(True)
        else:
            self._resume()

    def _note_seen(self) -> None:
        self._was_seen = True

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is changed and not applied."""
        super().hideEvent(event)
        self.keeper.set_in_sight(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out between the settings and what they move."""
        super().resizeEvent(event)
        self.bar.fit(self.height())
        self._title.setVisible(self.height() >= self._theme.px(_LOW))
        narrow = self.width() < self._theme.px(_NARROW)
        self.sections.set_narrow(narrow)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)

    # What the fields say

    def _form_changed(self) -> None:
        if self.form.refused:
            self.ahead.cancel()
            self.bar.show_refused(self.form.refused)
            self._in_sight.start()
        elif not self.form.pending:
            self.ahead.cancel()
            self.bar.show_nothing()
        elif self._previewed and self._previewed[0] == self.form.policy:
            self.bar.show_preview(len(self.form.pending), self._previewed[1])
        else:
            self.bar.show_preview(len(self.form.pending), None)
            self.ahead.start(self.form.policy)

    def _found(self, policy: Policy, preview: PolicyPreview) -> None:
        self._previewed = (policy, preview)
        self._form_changed()
        self._in_sight.start()

    def _refused(self, refusal: Refused) -> None:
        row = self.form.rows.get(refusal.field or "")
        if row is None:
            self.context.show_status(str(refusal))
        else:
            row.field.refuse(str(refusal))
            self.show_setting(row.spec.name)

    def _show_focus(self) -> None:
        area, focus = self._shown_page, self.focusWidget()
        for row in self.form.rows.values():
            if focus is not None and row.isAncestorOf(focus) and area.isAncestorOf(row):
                area.ensureWidgetVisible(row, 0, Space.S)
                # Where there is little room, these before all else.
                area.ensureWidgetVisible(row.field, 0, Space.S)
                show_refused(row.field)

    def _place(self, name: str) -> tuple[QWidget, QWidget]:
        """What shows a setting, and what of it takes the keyboard."""
        if name in self.form.rows:
            return self.form.rows[name], self.form.rows[name].field
        field = own_field(name, self)
        return field, field

    def _scroll_to_setting(self) -> None:
        if self._sought:
            shown, _field = self._place(self._sought)
            self._shown_page.ensureWidgetVisible(shown, 0, self._theme.px(40))

    def _show_answer(self) -> None:
        self._shown_page.ensureWidgetVisible(self.server.to_show, 0, Space.S)

    def _show_template(self) -> None:
        """The editor from its top on, or where the list is again."""
        self._shown_page.verticalScrollBar().setValue(0)

    # Building

    def _when_laid_out(self, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        timer.timeout.connect(run)
        return timer

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(Space.M)
        right.addWidget(self._stack, 1)
        right.addLayout(at_the_left(self.bar))
        self._body.setSpacing(Space.XL)
        self._body.addWidget(self.sections)
        self._body.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        outer.setSpacing(Space.M)
        self._title = as_heading(Text(_("Settings"), "title"))
        outer.addWidget(self._title)
        outer.addWidget(self.keeper)
        outer.addLayout(self._body, 1)

    @property
    def _shown_page(self) -> QScrollArea:
        return self._pages[self.sections.current]

    def _show_page(self, heading: str) -> None:
        if heading not in self._pages:
            self._pages[heading] = self._make_page(heading)
            self._stack.addWidget(self._pages[heading])
        self._stack.setCurrentWidget(self._pages[heading])

    def _make_page(self, heading: str) -> QScrollArea:
        card = Card()
        card.setMaximumWidth(self._theme.px(_WIDTH))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        inner.setSpacing(Space.M)
        head = FlowLayout(gap=Space.M)
        head.addWidget(as_heading(LineText(_(heading), "name")))
        if heading == FOLLOWING_UP:
            head.addWidget(self.patient_button)
        inner.addLayout(head)
        for number, part in enumerate(self._parts(heading)):
            if number:
                inner.addWidget(HorizontalLine(self._theme))
            inner.addWidget(part)
        content = QVBoxLayout()
        content.addLayout(at_the_left(card))
        page = scroll_area(content)
        page.setAccessibleName(_("Settings: {section}").format(section=_(heading)))
        return page

    def _parts(self, heading: str) -> list[QWidget]:
        rows: list[QWidget] = [self.form.rows[name] for name in RULES.get(heading, ())]
        others: dict[str, Callable[[], QWidget]] = {
            NOTIFICATIONS: lambda: self.notifications,
            LOOK: lambda: self.look,
            DATA: lambda: self.data,
            TEMPLATES: lambda: self.templates,
        }
        if heading == PHONE:
            return [self.phone, self.server]
        if heading == SEARCH:
            return [*rows, self.pause, self.goal]
        return [*rows, others[heading]()] if heading in others else rows

    def _connect(self) -> None:
        self.form.changed.connect(self._form_changed)
        self.form.changed.connect(self.keeper.touched)
        self.keeper.afresh.connect(self.discard)
        if self._drafts is not None:
            self._drafts.discarded.connect(self._discarded)
        self.ahead.found.connect(self._found)
        self.sections.chosen.connect(self._show_page)
        self.sections.entered.connect(self.show_setting)
        self.bar.apply_pressed.connect(self.apply)
        self.bar.discard_pressed.connect(self.discard)

    def restyle(self) -> None:
        self._stack.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))
        for part in (self.bar, *(card for page in self._pages.values() for card in page.findChildren(Card))):
            part.setMaximumWidth(self._theme.px(_WIDTH))
