"""What of a selection a command acts on, by name, so that nobody acts on what they didn't mean."""

from __future__ import annotations

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.ui.kit.commands.command import Need
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import Context


class Subjects:
    """The names of what is selected, each looked up when it is first asked for."""

    def __init__(self, context: Context, selection: Selection) -> None:
        self._context = context
        self._selection = selection
        self._names: dict[Need, str] = {}

    def name(self, needs: Need) -> str:
        """What a command with these needs acts on; empty where it has no name."""
        if needs not in self._names:
            self._names[needs] = self._look_up(needs)
        return self._names[needs]

    def _look_up(self, needs: Need) -> str:
        selection = self._selection
        if not needs.is_met(selection):
            return ""
        if needs in {Need.APPLICATION, Need.APPLICATIONS}:
            return self._applications()
        if needs is Need.FOLLOW_UP and selection.follow_up is not None:
            return selection.follow_up.row.title
        if needs is Need.INTERVIEW and selection.interview is not None:
            detail = self._context.detail_of(selection.application)
            rows = detail.interviews if detail is not None else ()
            return next((row.text for row in rows if row.id == selection.interview.id), "")
        if needs is Need.PERSON and selection.person is not None:
            return self._person(selection.person)
        return ""

    def _applications(self) -> str:
        ids = self._selection.applications
        if len(ids) > 1:
            words = ngettext("{n} application", "{n} applications", len(ids))
            return words.format(n=format_number(len(ids)))
        rows = self._context.overview.application_rows(list(ids), self._context.clock())
        return rows[0].employer if rows else ""

    def _person(self, person: str) -> str:
        try:
            return self._context.readers.people.detail(person, self._context.clock()).contact.name
        except Refused:  # gone meanwhile
            return ""
