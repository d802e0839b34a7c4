"""Adding an application: employer and role are enough."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.ui.applications.tools import Tools
from followup_desktop.ui.forms.choices import ChoiceField
from followup_desktop.ui.forms.dates import DateField
from followup_desktop.ui.forms.field import TextField
from followup_desktop.ui.forms.panel import FormPanel


class QuickAdd(FormPanel):
    """The form behind Add application."""

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.theme, "", "", parent=parent)
        self._tools = tools
        self.title.show_text(self.tr("New application"))
        self.save_button.setText(self.tr("Save application"))
        self.save_button.setAccessibleName(self.tr("Save application"))
        labels = tools.wording.labels
        grid = self.grid()
        self.add(grid, "employer", TextField(self.tr("Employer"), required=True))
        self.add(grid, "role", TextField(self.tr("Role"), required=True))
        self._stage = ChoiceField(self.tr("Stage"), [(stage, labels.stages[stage]) for stage in Stage])
        self.add(grid, "stage", self._stage)
        applied = DateField(
            self.tr("Applied on"), tools.today, hint=self.tr("if you have, a date"), theme=tools.theme
        )
        self.add(grid, "applied_on", applied)
        applied.edited.connect(self._has_applied)
        self.add(grid, "url", TextField(self.tr("Posting address"), hint="https://"))

    def begin(self) -> None:
        """Start with an empty form, ready to type."""
        self.fill({"employer": "", "role": "", "stage": Stage.SAVED, "applied_on": None, "url": ""})
        self.fields["employer"].setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self, values: dict[str, Any]) -> str:
        done = self._tools.tracker.add_application(**values)
        self._tools.say(done.notice or self.tr("Added {} at {}").format(values["role"], values["employer"]))
        return done.id or ""

    def _has_applied(self) -> None:
        # Whoever writes a date of applying has applied; a stage chosen by hand stays.
        if not self._stage.dirty:
            typed = bool(self.fields["applied_on"].typed().strip())
            self._stage.show_value(Stage.APPLIED if typed else Stage.SAVED)
