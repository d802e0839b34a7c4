"""The view Settings: the rules' settings in groups, the program's own, the trash, and what a change moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.settings_preview import Effect, PolicyPreview, PreviewBasis, compare
from followup_desktop.services.wording.settings import SECTIONS
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.forms.panel import at_the_left
from followup_desktop.ui.kit.models.changes import Changes
from followup_desktop.ui.kit.requests import OpenSetting, Request, ResumeSettings
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, HorizontalLine, Text
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.settings.change_bar import ChangeBar
from followup_desktop.ui.settings.own_fields import own_field
from followup_desktop.ui.settings.own_sections import (
    LookAndSender,
    NotificationRows,
    PauseRow,
    TrashRows,
)
from followup_desktop.ui.settings.phone_rows import PhoneRows
from followup_desktop.ui.settings.policy_form import (
    AWAY,
    FOLLOWING_UP,
    INTERVIEWS,
    PLACE,
    SEARCH,
    THANK_YOU,
    PolicyForm,
)
from followup_desktop.ui.settings.preview import LookAhead
from followup_desktop.ui.settings.templates import TemplateRows

_WIDTH = 760
"""The cards are no wider than this, in pixels at the ordinary text size: lines stay easy to read."""


_DRAFT = "settings"


class SettingsView(View):
    """The settings. Those of the rules are previewed, then applied as one step; others at once."""

    name = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context, theme = self.context, context.theme
        self._theme = theme
        self._previewed: tuple[Policy, PolicyPreview] | None = None
        self.ahead = LookAhead(
            lambda: context.background.run(lambda session: PreviewBasis.of(session.store)),
            lambda basis, policy, cancelled: compare(
                basis, policy, wording=context.wording, now=context.clock(), cancelled=cancelled
            ),
            self,
        )
        # The bar at the foot takes room first.
        self._in_sight = self._when_laid_out(self._show_focus)
        self._section = SECTIONS[0]
        self._to_section = self._when_laid_out(self._scroll_to_section)
        self._sought = ""
        self._to_setting = self._when_laid_out(self._scroll_to_setting)
        self._show_templates = self._when_laid_out(self._show_template)
        self.setAccessibleName(_("Settings view"))
        self.form = PolicyForm(theme, context.days, self)
        self.pause = PauseRow(context)
        self.notifications = NotificationRows(context)
        self.phone = PhoneRows(context)
        self.look = LookAndSender(context)
        self.trash = TrashRows(context)
        self.templates = TemplateRows(context)
        self.bar = ChangeBar(context)
        self._drafts = context.drafts.forms
        self.keeper = DraftKeeper(self._drafts, self.form.fields, lambda: _("Settings not applied"))
        self.keeper.afresh_button.setAccessibleName(_("Start the settings afresh"))
        self.patient_button = Button(_("Be patient: 5 and 10 working days"), name=_("Patient"), look="filter")
        self._sections: dict[str, Card] = {}
        self._links = FlowLayout(gap=Space.S)
        self._area = QScrollArea()
        self._arrange()
        self._connect()
        self._restyle()

    # What the window asks for

    def answer(self, request: Request) -> bool:
        """Show a setting, or go on with what is not applied or saved."""
        match request:
            case OpenSetting(name):
                self.show_setting(name)
                return True
            case ResumeSettings(template):
                self.resume(template)
                return True
        return super().answer(request)

    def leave(self) -> bool:
        """Close the editor of templates; what was written becomes a draft."""
        self.templates.leave()
        return True

    def show_changes(self, changes: Changes | None) -> None:
        """Show what is stored now; what is changed and not applied yet stays."""
        if changes is None or changes.everything or changes.settings:
            self.form.show(self.context.policy())
            self.pause.refresh()
        self._previewed = None
        self.ahead.forget()
        self._form_changed()
        self.notifications.refresh()
        self.phone.refresh()
        self.trash.refresh()
        self.templates.refresh()

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

    @property
    def has_pending(self) -> bool:
        """Whether something is changed and not applied yet."""
        return not self.bar.isHidden()

    def show_setting(self, name: str) -> None:
        """Put the keyboard into the field of the setting of that name, or that section, in sight."""
        if name in self._sections:
            self.show_section(name)
            return
        self._sought = name
        self._scroll_to_setting()
        self._to_setting.start()  # the view may have been made for this a moment ago
        _page, field = self._place(name)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_template(self, name: str) -> None:
        """Open the editor on the template of that name."""
        self.templates.edit_template(TemplateName(name))

    def show_section(self, heading: str) -> None:
        """Bring a section to the top."""
        self._section = heading
        self._scroll_to_section()
        self._to_section.start()  # the view may have been made for this a moment ago
        card = self._sections[heading]
        first = card.nextInFocusChain()
        while first is not None and card.isAncestorOf(first):
            if first.isVisible() and first.isEnabled() and first.focusPolicy() & Qt.FocusPolicy.TabFocus:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            first = first.nextInFocusChain()

    def apply(self) -> None:
        """Store what is pending as one step that undo takes back."""
        if not self.form.check():
            self._in_sight.start()
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
            "Settings changed; {n} follow-up moved.", "Settings changed; {n} follow-ups moved.", moved
        ).format(n=format_number(moved))
        self.keeper.keep()
        self.keeper.hide()
        self.context.show_status(done.notice or (told if moved else _("Settings changed.")))
        self._area.setFocus()

    def discard(self) -> None:
        """Go back to what is stored."""
        self.form.discard()
        self.keeper.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter applies what is pending."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.apply()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What waits in the fields is in sight."""
        super().showEvent(event)
        if self.keeper.key:
            self.keeper.set_in_sight(True)
        else:
            self._resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is changed and not applied."""
        super().hideEvent(event)
        self.keeper.set_in_sight(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out between the settings and what they move."""
        super().resizeEvent(event)
        self.bar.fit(self.height())

    # What the fields say

    def _form_changed(self) -> None:
        if self.form.refused:
            self.ahead.cancel()
            self.bar.show_refused(self.form.refused)
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
        focus = self._page.focusWidget()
        for row in self.form.rows.values():
            if focus is not None and row.isAncestorOf(focus):
                self._area.ensureWidgetVisible(row, 0, Space.S)

    def _place(self, name: str) -> tuple[QWidget, QWidget]:
        """What shows a setting, and what of it takes the keyboard."""
        if name in self.form.rows:
            return self.form.rows[name], self.form.rows[name].field
        field = own_field(name, self.pause, self.notifications, self.phone, self.look)
        return field, field

    def _scroll_to_setting(self) -> None:
        shown, _field = self._place(self._sought)
        self._area.ensureWidgetVisible(shown, 0, self._theme.px(40))

    def _scroll_to_section(self) -> None:
        self._area.verticalScrollBar().setValue(self._sections[self._section].y())

    def _show_template(self) -> None:
        """The editor from its top on, or where the list is again."""
        self._area.verticalScrollBar().setValue(self._sections["Message templates"].y())

    # Building

    def _when_laid_out(self, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        timer.timeout.connect(run)
        return timer

    def _arrange(self) -> None:
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.L)
        rows: Sequence[Sequence[QWidget]] = (
            self._rows(PLACE),
            self._rows(INTERVIEWS),
            self._rows(THANK_YOU),
            self._rows(FOLLOWING_UP),
            [*self._rows(SEARCH), self.pause],
            self._rows(AWAY),
            [self.notifications],
            [self.phone],
            [self.look],
            [self.templates],
            [self.trash],
        )
        for heading, parts in zip(SECTIONS, rows, strict=True):
            self._add(column, heading, parts, self.patient_button if heading == "Following up" else None)
        column.addStretch(1)
        self._narrow = (cards, self.bar)
        page = QWidget()
        page.setProperty("ground", "window")
        page.setLayout(at_the_left(cards))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(_("All settings"))
        self._area.setWidget(page)
        self._page = page
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        outer.setSpacing(Space.M)
        outer.addWidget(Text(_("Settings"), "title"))
        outer.addWidget(self.keeper)
        outer.addLayout(self._links)
        outer.addWidget(self._area, 1)
        outer.addLayout(at_the_left(self.bar))

    def _rows(self, names: Iterable[str]) -> list[QWidget]:
        return [self.form.rows[name] for name in names]

    def _add(
        self, column: QVBoxLayout, heading: str, rows: Sequence[QWidget], extra: Button | None = None
    ) -> None:
        card = Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        inner.setSpacing(Space.M)
        head = FlowLayout(gap=Space.M)
        head.addWidget(Text(_(heading), "name"))
        if extra is not None:
            head.addWidget(extra)
        inner.addLayout(head)
        for number, row in enumerate(rows):
            if number:
                inner.addWidget(HorizontalLine(self._theme))
            inner.addWidget(row)
        column.addWidget(card)
        self._sections[heading] = card
        link = Button(_(heading), look="filter", name=_("Go to {section}").format(section=_(heading)))
        link.clicked.connect(lambda: self.show_section(heading))
        self._links.addWidget(link)

    def _connect(self) -> None:
        self.form.changed.connect(self._form_changed)
        self.form.changed.connect(self.keeper.touched)
        self.keeper.afresh.connect(self.discard)
        if self._drafts is not None:
            self._drafts.discarded.connect(self._discarded)
        self.ahead.found.connect(self._found)
        self.templates.moved.connect(self._show_templates.start)
        self.bar.apply_pressed.connect(self.apply)
        self.bar.discard_pressed.connect(self.discard)
        self.patient_button.clicked.connect(self.form.be_patient)
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        for part in self._narrow:
            part.setMaximumWidth(self._theme.px(_WIDTH))
