"""What stands below the lists of an application: its details, posting and notes."""

from __future__ import annotations

from followup_desktop.domain.facts import DetailPart, facts_shown
from followup_desktop.domain.model import Application
from followup_desktop.i18n import _
from followup_desktop.services.reading.undated import has_closed, is_undated
from followup_desktop.services.rows import ApplicationDetail
from followup_desktop.ui.applications.facts import POSTING, FactFields
from followup_desktop.ui.applications.zone_question import ZoneQuestion
from followup_desktop.ui.kit.forms.field import CheckField
from followup_desktop.ui.kit.forms.panel import FormGrid
from followup_desktop.ui.kit.theme import INSET
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.section import Section


class LowerSections:
    """The sections, and the fields in them."""

    def __init__(self, context: Context, facts: FactFields) -> None:
        self._context = context
        self._facts = facts
        self._shown = ""
        self.fields = facts.make(DetailPart.FURTHER, DetailPart.NOTES)
        self.zone_question = ZoneQuestion(context)
        self.sections: tuple[Section, ...] = (self._further(), self._posting(), self._notes())

    def show(self, detail: ApplicationDetail) -> None:
        """Show what is no value of a field."""
        application = detail.application
        # What was asked of the one before leaves no room: nobody was looking at what is below it here.
        anew, self._shown = application.id != self._shown, application.id
        self._facts.ask_when_applied(is_undated(application), anew=anew)
        self._facts.ask_what_became(has_closed(application, self._context.days.today()), anew=anew)
        self.zone_question.show_for(application)

    def _further(self) -> Section:
        section = Section()
        section.set_heading(_("Details"))
        grid = FormGrid(self._context.theme, indent=INSET)
        for fact in facts_shown(Application, DetailPart.FURTHER):
            field = self.fields[fact.name]
            grid.add(field, "" if isinstance(field, CheckField) else field.name)
            if fact.name == "timezone":
                grid.add(self.zone_question)
        section.column.addLayout(grid)
        return section

    def _posting(self) -> Section:
        section = Section()
        section.set_heading(_("Posting"))
        section.column.addWidget(self.fields[POSTING])
        return section

    def _notes(self) -> Section:
        section = Section()
        section.set_heading(_("Notes"))
        for fact in facts_shown(Application, DetailPart.NOTES):
            section.column.addWidget(self.fields[fact.name])
        return section
