"""States for pictures of what the user makes their own: views of the table, message templates."""

from __future__ import annotations

from collections.abc import Callable

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import Facts
from followup_desktop.i18n import _
from followup_desktop.services.progress import Progress
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import Scene, settle
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


def _templates(view: SettingsView) -> None:
    view.context.tracker.save_template(
        TemplateName.CHECK_IN, "A question", "Dear $first_name, is there news?"
    )
    view.show_section("Message templates")


def _template(view: SettingsView) -> None:
    _templates(view)
    view.templates.list.select(list(TemplateName).index(TemplateName.CHECK_IN))
    view.templates.edit_current()
    settle()
    settle()


def importing(scene: Scene) -> None:
    """A long import, as it looks after half a second."""
    progress = Progress(_("Importing {file}…").format(file="everything-of-last-year.json"))
    progress.count(34_000, 100_000)
    scene.window.progress.show(progress)


VIEWS: dict[str, tuple[Callable[[], Facts], Callable[[ApplicationsView], object]]] = {
    "views-one": (_sample, _one),
    "views-some": (_sample, _some),
    "views-many": (_sample, _many),
    "views-naming": (_sample, _naming),
    "views-menu": (_sample, _menu),
    "views-menu-many": (_sample, _full),
}
TEMPLATES: dict[str, tuple[Callable[[], Facts], Callable[[SettingsView], object]]] = {
    "settings-templates": (_sample, _templates),
    "settings-template-edited": (_sample, _template),
}
"""By the name of the picture."""
