"""What of a selection a command acts on, by name, so that nobody acts on what they didn't mean."""

from __future__ import annotations

from collections.abc import Callable

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.ui.kit.commands.command import Need
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import Context


class SelectionNames:
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
        if not needs.is_met(self._selection):
            return ""
        find: dict[Need, Callable[[], str]] = {
            Need.APPLICATION: self._applications,
            Need.APPLICATIONS: self._applications,
            Need.FOLLOW_UP: self._follow_up,
            Need.GROUP: self._group,
            Need.INTERVIEW: self._interview,
            Need.PERSON: self._person,
            Need.PICTURE: lambda: self._selection.picture or "",
        }
        return find[needs]() if needs in find else ""

    def _follow_up(self) -> str:
        follow_up = self._selection.follow_up
        return follow_up.row.title if follow_up is not None else ""

    def _group(self) -> str:
        group = self._selection.group
        return group.title if group is not None else ""

    def _interview(self) -> str:
        interview, application = self._selection.interview, self._selection.application
        if interview is None or application is None:
            return ""
        row = self._context.overview.interview(application, interview.id, self._context.clock())
        return row.text if row is not None else ""

    def _applications(self) -> str:
        ids = self._selection.applications
        if len(ids) > 1:
            words = ngettext("{n} application", "{n} applications", len(ids))
            return words.format(n=format_number(len(ids)))
        rows = self._context.overview.application_rows(list(ids), self._context.clock())
        return rows[0].employer if rows else ""

    def _person(self) -> str:
        try:
            people, person = self._context.readers.people, self._selection.person or ""
            return people.detail(person, self._context.clock()).contact.name
        except Refused:  # gone meanwhile
            return ""
