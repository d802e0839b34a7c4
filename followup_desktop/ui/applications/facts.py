"""The fields of an application, by the names of its facts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.model import Application, Channel, Stage
from followup_desktop.i18n import _
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
            "employer": TextField(_("Employer"), required=True, hint=_("Employer")),
            "role": TextField(_("Role"), required=True, hint=_("Role")),
            "stage": ChoiceField(_("Stage"), [(stage, labels.stages[stage]) for stage in Stage]),
            "fit": ChoiceField(_("Fit"), fit_choices()),
            "url": link_field(_("Posting address")),
            **self._dates(tools),
            "channel": ChoiceField(
                _("Channel"),
                [(channel, labels.channels[channel]) for channel in (Channel.PHONE, Channel.EMAIL)],
            ),
            "location": TextField(_("Location"), hint=_("a place, or remote")),
            "timezone": ZoneField(_("Time zone"), hint=_("as yours")),
            "country": CountryField(_("Country"), hint=_("as yours")),
            "source": TextField(_("Source"), hint=_("where you found it")),
            "salary": TextField(_("Salary"), hint=_("not known")),
            "resume": TextField(_("Résumé"), hint=_("which version you sent")),
            "priority": ChoiceField(_("Priority"), priority_choices()),
            "tags": TagsField(_("Tags"), hint=_("words, with commas between")),
            "do_not_contact": CheckField(_("Do not contact")),
            "archived": CheckField(_("Archived")),
            "notes": NotesField(_("Notes"), lines=3, hint=_("Anything worth remembering")),
        }

    def _dates(self, tools: Tools) -> dict[str, Field]:
        hint = _("no date")
        return {
            "applied_on": DateField(
                _("Applied on"), tools.today, Direction.LAST, hint=hint, theme=tools.theme
            ),
            "closes_on": DateField(_("Closes on"), tools.today, hint=hint, theme=tools.theme),
            "offer_expires_on": DateField(_("Offer expires on"), tools.today, hint=hint, theme=tools.theme),
        }

    def ask_when_applied(self, asked: bool) -> None:
        """Ask for the day of applying below its field, or no longer."""
        applied_on = self.fields["applied_on"]
        if isinstance(applied_on, DateField):
            asks = _("When did you apply? Check-ins and the search are counted from it")
            applied_on.remark(asks if asked else "")

    def values_of(self, application: Application) -> dict[str, Any]:
        """What the fields are to show of an application."""
        return {key: getattr(application, key) for key in self.fields}
