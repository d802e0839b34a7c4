"""The settings of the rules, all of them in groups; what is changed is collected until it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.domain.policy import MAX_QUIET_MINUTES, PATIENT, SETTING, quiet_minutes
from followup_desktop.i18n import _, format_clock
from followup_desktop.services.reading.days import Days
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.sections import ORDER
from followup_desktop.ui.settings.setting_row import SettingRow, make_field

PAUSE_MS = 400
"""So long after the last key what is being typed is looked at."""


class PolicyForm(QObject):
    """The rows of the settings by name, and what they say beyond what is stored.

    They stand in no layout yet: whoever shows one puts it there.

    ``changed`` says that ``pending`` or ``refused`` may differ now. Nothing here is stored.
    """

    changed = Signal()

    def __init__(self, theme: Theme, days: Days, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._stored = Policy()
        self.rows: dict[str, SettingRow] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        for spec in (SETTING[name] for name in ORDER):
            row = SettingRow(spec, make_field(spec, theme, days))
            row.field.edited.connect(self._pause.start)
            row.field.committed.connect(self._look)
            row.reset.connect(lambda name=spec.name: self._reset(name))
            self.rows[spec.name] = row

    @property
    def pending(self) -> Mapping[str, Any]:
        """The values that are not stored yet, by setting; what is refused is not among them."""
        return {name: value for name, value in self._values().items() if value != getattr(self._stored, name)}

    @property
    def refused(self) -> tuple[str, ...]:
        """The titles of the settings whose texts can't be used."""
        return tuple(row.field.name for row in self.rows.values() if row.field.refusal)

    @property
    def first_refused(self) -> str | None:
        """The first setting whose text can't be used."""
        return next((name for name, row in self.rows.items() if row.field.refusal), None)

    @property
    def policy(self) -> Policy:
        """The settings as they would be with what is pending."""
        return replace(self._stored, **self.pending)

    def fields(self) -> dict[str, Field]:
        """The fields, by setting."""
        return {name: row.field for name, row in self.rows.items()}

    def look(self) -> None:
        """Look at what was put back into the fields."""
        self._look()

    def show(self, policy: Policy) -> None:
        """Show the stored settings; what the user has changed and not applied yet stays."""
        self._stored = policy
        for name, row in self.rows.items():
            value = getattr(policy, name)
            if not row.field.dirty or self._holds(row, value):
                row.field.set_value(value)
        self._look()

    def discard(self) -> None:
        """Go back to what is stored, also from what was refused."""
        for name, row in self.rows.items():
            row.field.begin_with(getattr(self._stored, name))
        self._look()

    def be_patient(self) -> None:
        """Put the preset "Patient" into its fields (tip 3)."""
        for name, value in PATIENT.items():
            self.rows[name].field.fill_in(value)
        self._look()

    def suggest(self, name: str, value: object) -> None:
        """Put a value into the field of a setting; it isn't applied."""
        self.rows[name].field.fill_in(value)
        self._look()

    def check(self) -> bool:
        """Look at everything at once, also at what is being typed; tells whether all of it can be used."""
        self._look(loud=True)
        return self.first_refused is None

    def _reset(self, name: str) -> None:
        self.rows[name].use_default()
        self.rows[name].field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _look(self, *, loud: bool = False) -> None:
        self._pause.stop()
        for row in self.rows.values():
            if row.field.dirty or row.field.refusal:
                self._refuse_or_clear(row, loud=loud)
            row.show_default()
        self._check_quiet_hours()
        self.changed.emit()

    def _refuse_or_clear(self, row: SettingRow, *, loud: bool) -> None:
        try:
            row.field.value()
            row.field.clear_refusal()
        except Refused as refusal:
            if loud or not self._being_typed(row.field.editor):
                row.field.refuse(str(refusal))

    def _check_quiet_hours(self) -> None:
        """The one rule about two settings: it is told at the second of them."""
        field = self.rows["quiet_until"].field
        policy = self.policy
        if field.refusal or quiet_minutes(policy) <= MAX_QUIET_MINUTES:
            return
        field.refuse(
            _("Quiet hours from {start} to {end} are longer than 12 hours. Make them shorter.").format(
                start=format_clock(policy.quiet_from), end=format_clock(policy.quiet_until)
            )
        )

    def _being_typed(self, editor: QWidget) -> bool:
        focus = self._parent.window().focusWidget()
        return focus is not None and (focus is editor or editor.isAncestorOf(focus))

    def _values(self) -> dict[str, Any]:
        found = {}
        for name, row in self.rows.items():
            if row.field.dirty:
                try:
                    found[name] = row.field.value()
                except Refused:
                    continue
        return found

    def _holds(self, row: SettingRow, value: Any) -> bool:
        try:
            return bool(row.field.value() == value)
        except Refused:
            return False
