"""States for pictures of the Insights view: with nothing, one, few and many applications, and as tables."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEventLoop

from followup_desktop.domain.model import Facts
from followup_desktop.services.rows.figures import Chart, Period
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.insights.view import InsightsView
from followup_desktop.ui.kit.requests import NoteGoal, OpenSetting
from followup_desktop.ui.kit.window_settings import GOAL_NUMBER
from followup_desktop.ui.window.report_window import ReportWindow
from tests.scene import Scene, State, on_page, settle
from tests.searches import search
from tests.ui.situations import NOW

_LONG = "Recommended by a former colleague of the head of department"


def _of(count: int) -> Facts:
    return search(count, NOW)


def _long_names() -> Facts:
    facts = _of(12)
    first, *others = facts.applications
    return replace(facts, applications=(replace(first, source=_LONG), *others))


def _tables(view: InsightsView) -> None:
    for chart in (Chart.FLOW, Chart.SOURCES, Chart.WEEKS):
        view.cards[chart].table_button.click()
    settle()


def _counted(view: InsightsView) -> None:
    """So many are counted beside the window."""
    counted = QEventLoop()
    view.reader.found.connect(counted.quit)
    if view.figures.is_empty:
        counted.exec()
    settle()


def _own_dates(view: InsightsView) -> None:
    view.filters.period.set_value(Period.OWN)
    view.filters.period.committed.emit()
    view.filters.first.begin_with(NOW.date().replace(day=1))
    view.filters.changed.emit()


def _report(scene: Scene) -> None:
    scene.window.actions_["report"].trigger()
    _read(_report_window(scene))


def _report_window(scene: Scene) -> ReportWindow:
    return next(each for each in scene.window.findChildren(ReportWindow))


def _read(shown: ReportWindow) -> None:
    """It is read beside the window."""
    read = QEventLoop()
    shown._reader.found.connect(read.quit)
    read.exec()
    settle()


def _no_report(scene: Scene) -> None:
    _report(scene)
    shown = _report_window(scene)
    shown.last.begin_with(NOW.date().replace(year=2025))
    shown.show_report()
    settle()


def _goal(scene: Scene) -> None:
    scene.desk.settings().set(GOAL_NUMBER, "5")
    scene.window.answer(NoteGoal())
    settle()


def _goal_setting(scene: Scene) -> None:
    _goal(scene)
    scene.window.answer(OpenSetting("goal"))
    settle()


INSIGHTS = {
    "insights": State(lambda: _of(80), lambda _scene: None, "insights", main=True),
    "insights-nothing": State(Facts, lambda _scene: None, "insights"),
    "insights-one": State(lambda: _of(1), lambda _scene: None, "insights"),
    "insights-few": State(_long_names, lambda _scene: None, "insights"),
    "insights-500": State(lambda: _of(500), lambda _scene: None, "insights"),
    "insights-tables": State(lambda: _of(80), on_page(InsightsView, _tables), "insights"),
    "goal": State(lambda: _of(80), _goal),
    "settings-goal": State(lambda: _of(12), _goal_setting, "settings"),
    "report": State(lambda: sample_facts(NOW, "Europe/Madrid"), _report, "insights"),
    "report-refused": State(lambda: _of(12), _no_report, "insights"),
    "insights-own-dates": State(lambda: _of(12), on_page(InsightsView, _own_dates), "insights"),
}
LARGE = {"insights-10000": State(lambda: _of(10_000), on_page(InsightsView, _counted), "insights", main=True)}
"""For people alone: to make so many takes longer than to look at what they make other."""
