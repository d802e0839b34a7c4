"""The numbers and words in the sidebar: how much there is, the goal of the week, and the next reminder."""

from __future__ import annotations

from collections.abc import Callable

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.goal import done_this_week, goal_fraction, goal_words
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.window_settings import weekly_goal
from followup_desktop.ui.window.sidebar import Sidebar


def at_once() -> None:
    """Go on in the same turn of the window's loop."""


class SidebarCounts:
    """Counts for the sidebar whenever it is asked to show them."""

    def __init__(self, context: Context, sidebar: Sidebar) -> None:
        self._context = context
        self._sidebar = sidebar
        self._open_count = 0

    @property
    def open_count(self) -> int:
        """How many follow-ups are open, as the sidebar says."""
        return self._open_count

    def show(self, next_turn: Callable[[], None] = at_once) -> None:
        """Count anew; what comes of it is shown, and painted, in the next turn."""
        context, sidebar, now = self._context, self._sidebar, self._context.clock()
        paused = context.desktop.notifications.paused_until()
        counts = context.overview.today_counts(now, paused)
        self._open_count = due = counts.open_count
        deleted, shown = context.readers.trash_count(), format_number
        active = context.overview.stage_counts(now)[StageFilter.ACTIVE]
        next_turn()
        words = ngettext("{n} deleted item", "{n} deleted items", deleted).format(n=shown(deleted))
        sidebar.set_count("trash", deleted, words)
        sidebar.set_count("today", due, ngettext("{n} follow-up", "{n} follow-ups", due).format(n=shown(due)))
        words = ngettext("{n} application", "{n} applications", active).format(n=shown(active))
        sidebar.set_count("applications", active, words)
        self._show_goal()
        words = _("Reminders on") if paused is None else _("Reminders paused")
        sidebar.show_status(words, counts.next_reminder, well=paused is None)

    def _show_goal(self) -> None:
        goal = weekly_goal(self._context.settings)
        if goal is None:
            self._sidebar.show_goal("", "", 0)
            return
        done = done_this_week(self._context.data.store, goal.kind, self._context.clock())
        part = min(done / goal.number, 1)
        self._sidebar.show_goal(goal_words(goal, done), goal_fraction(goal, done), part)
