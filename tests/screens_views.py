"""States for pictures of the user's own views of the table."""

from __future__ import annotations

from collections.abc import Callable

from followup_desktop.domain.model import Facts
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.sample import sample_facts
from followup_desktop.ui.applications.view import ApplicationsView
from tests.ui import situations


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _save(view: ApplicationsView, name: str) -> None:
    view.save_view()
    view.list.views.line.setText(name)
    view.list.views.line.returnPressed.emit()


def _one(view: ApplicationsView) -> None:
    view.list.show_stage(StageFilter.INTERVIEWING)
    _save(view, "This week")


def _some(view: ApplicationsView) -> None:
    _one(view)
    view.list.show_stage(StageFilter.CLOSED)
    _save(view, "To learn from")


def _many(view: ApplicationsView) -> None:
    names = ("Remote only", "Answers owed this week", "Old ones", "With a recruiter", "Madrid", "Long shots")
    for name, stage in zip(
        (*names, "Referrals", "Übersichtlich geordnet nach Gehalt"), StageFilter, strict=True
    ):
        view.list.show_stage(stage)
        _save(view, name)
    view.list.show_stage(StageFilter.ACTIVE)


def _naming(view: ApplicationsView) -> None:
    _some(view)
    view.save_view()
    view.list.views.line.setText("Answers owed")


def _menu(view: ApplicationsView) -> None:
    _some(view)
    view.list.views.menu_button.click()


def _full(view: ApplicationsView) -> None:
    _many(view)
    view.list.views.menu_button.click()


VIEWS: dict[str, tuple[Callable[[], Facts], Callable[[ApplicationsView], object]]] = {
    "views-one": (_sample, _one),
    "views-some": (_sample, _some),
    "views-many": (_sample, _many),
    "views-naming": (_sample, _naming),
    "views-menu": (_sample, _menu),
    "views-menu-many": (_sample, _full),
}
"""By the name of the picture."""
