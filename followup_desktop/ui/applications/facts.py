"""The fields of an application, by the names of its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.facts import DetailPart, facts_of
from followup_desktop.domain.model import Application
from followup_desktop.domain.notes import split_notes
from followup_desktop.i18n import _
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.fact_fields import FactFieldMaker
from followup_desktop.ui.kit.forms.field import Field, NotesField
from followup_desktop.ui.kit.view import Context

POSTING = "posting"
"""The field of the posting's text, which is kept in the notes."""


class FactFields(QObject):
    """Makes the field of each fact that the detail shows, and keeps them by the name of the fact."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._country: str | None = None
        days = context.days.of(lambda: self._country)
        self._words, self._maker = context.wording.labels.facts, FactFieldMaker(days, context.theme)
        self.fields: dict[str, Field] = {}

    def make(self, *parts: DetailPart) -> dict[str, Field]:
        """The fields of these parts of the detail, newly made."""
        made = {
            fact.name: self._maker.field(fact, self._words[fact.name])
            for fact in facts_of(Application)
            if fact.part in parts
        }
        if DetailPart.NOTES in parts:
            hint = _("Paste the posting's text to keep it")
            made[POSTING] = NotesField(_("Posting text"), lines=1, hint=hint)
        self.fields |= made
        return made

    def ask_when_applied(self, asked: bool, *, anew: bool) -> None:
        """Ask for the day of applying below its field, or no longer; of another application ``anew``."""
        applied_on = self.fields["applied_on"]
        if isinstance(applied_on, DateField):
            asks = _("When did you apply? Check-ins are counted from this date.")
            applied_on.remark(asks if asked else "", anew=anew)

    def ask_what_became(self, closed: bool, *, anew: bool) -> None:
        """Ask below the closing date whether the user applied before it, or no longer; likewise ``anew``."""
        closes_on = self.fields["closes_on"]
        if isinstance(closes_on, DateField):
            asks = _("This has closed. If you applied, change the stage to Applied; if not, archive it.")
            closes_on.remark(asks if closed else "", anew=anew)

    def values_of(self, application: Application, names: Iterable[str]) -> dict[str, Any]:
        """What the fields of these names are to show of an application."""
        self._country = application.country
        own, posting = split_notes(application.notes)
        texts = {"notes": own, POSTING: posting}
        return {name: texts[name] if name in texts else getattr(application, name) for name in names}


def save_fact(tracker: Tracker, application: str, name: str, value: Any) -> Result:
    """Store one fact of an application by the verb that is meant for it; raises ``Refused``."""
    if name == "stage":
        return tracker.set_stage(application, value)
    if name == "notes":
        return tracker.edit_notes(application, own=value)
    if name == POSTING:
        return tracker.edit_notes(application, posting=value)
    if name == "archived":
        return tracker.archive_application(application, value)
    return tracker.edit_application(application, **{name: value})
