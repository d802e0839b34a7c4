"""The fields of an application, by the names of its facts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.model import Application, Channel, Stage
from followup_desktop.services.capture.dates import Direction
from followup_desktop.ui.kit.forms.checked_fields import link_field
from followup_desktop.ui.kit.forms.choices import (
    ChoiceField,
    CountryField,
    ZoneField,
    fit_choices,
    priority_choices,
)
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TagsField, TextField
from followup_desktop.ui.kit.tools import Tools

NEAR = ("fit", "url")
"""Shown at the top of the detail: what one looks up most."""
FURTHER = (
    "applied_on",
    "closes_on",
    "offer_expires_on",
    "channel",
    "location",
    "timezone",
    "country",
    "source",
    "salary",
    "resume",
    "priority",
    "tags",
    "do_not_contact",
    "archived",
)
"""Shown under the heading Details, in this order."""


class FactFields(QObject):
    """Makes each field once and keeps them by the name of the fact it edits."""

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        labels = tools.wording.labels
        self.fields: dict[str, Field] = {
            "employer": TextField(self.tr("Employer"), required=True, hint=self.tr("Employer")),
            "role": TextField(self.tr("Role"), required=True, hint=self.tr("Role")),
            "stage": ChoiceField(self.tr("Stage"), [(stage, labels.stages[stage]) for stage in Stage]),
            "fit": ChoiceField(self.tr("Fit"), fit_choices(self.tr)),
            "url": link_field(self.tr("Posting address")),
            **self._dates(tools),
            "channel": ChoiceField(
                self.tr("Channel"),
                [(channel, labels.channels[channel]) for channel in (Channel.PHONE, Channel.EMAIL)],
            ),
            "location": TextField(self.tr("Location"), hint=self.tr("a place, or remote")),
            "timezone": ZoneField(self.tr("Time zone"), hint=self.tr("as yours")),
            "country": CountryField(self.tr("Country"), hint=self.tr("as yours")),
            "source": TextField(self.tr("Source"), hint=self.tr("where you found it")),
            "salary": TextField(self.tr("Salary"), hint=self.tr("not known")),
            "resume": TextField(self.tr("Résumé"), hint=self.tr("which version you sent")),
            "priority": ChoiceField(self.tr("Priority"), priority_choices(self.tr)),
            "tags": TagsField(self.tr("Tags"), hint=self.tr("words, with commas between")),
            "do_not_contact": CheckField(self.tr("Do not contact")),
            "archived": CheckField(self.tr("Archived")),
            "notes": NotesField(self.tr("Notes"), lines=3, hint=self.tr("Anything worth remembering")),
        }

    def _dates(self, tools: Tools) -> dict[str, Field]:
        hint = self.tr("no date")
        return {
            "applied_on": DateField(
                self.tr("Applied on"), tools.today, Direction.LAST, hint=hint, theme=tools.theme
            ),
            "closes_on": DateField(self.tr("Closes on"), tools.today, hint=hint, theme=tools.theme),
            "offer_expires_on": DateField(
                self.tr("Offer expires on"), tools.today, hint=hint, theme=tools.theme
            ),
        }

    def ask_when_applied(self, asked: bool) -> None:
        """Ask for the day of applying below its field, or no longer."""
        applied_on = self.fields["applied_on"]
        if isinstance(applied_on, DateField):
            asks = self.tr("When did you apply? Check-ins and the search are counted from it")
            applied_on.remark(asks if asked else "")

    def values_of(self, application: Application) -> dict[str, Any]:
        """What the fields are to show of an application."""
        return {key: getattr(application, key) for key in self.fields}
