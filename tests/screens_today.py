"""The states of Today for pictures: rows, groups, their menus, and what opens below a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from followup_desktop.domain.model import Facts
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.today.group import GroupItem
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.needs import MeetingBody
from followup_desktop.ui.today.view import TodayView
from tests.ui import situations

CALL = "status_call/initech/initech-1/0"

Prepare = Callable[[TodayView], object]


def sample() -> Facts:
    """The sample search."""
    return sample_facts(situations.NOW, "Europe/Madrid")


def _rest(view: TodayView) -> None:
    view.begin()


def _why(view: TodayView) -> None:
    view.begin()
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_W)


def _call(view: TodayView) -> FollowUpItem:
    view.show_follow_up(CALL)
    item = view.list.item(CALL)
    if item is None:
        raise LookupError(CALL)
    return item


def _press(label: Callable[[], str]) -> Prepare:
    """Press the button of the row to call that has this label in the language in use."""

    def prepare(view: TodayView) -> None:
        item = _call(view)
        next(button for button in item.buttons() if button.text() == label()).click()

    return prepare


def _they_answered() -> str:
    return pgettext("an answer", "They answered…")


def _snooze() -> str:
    return _("Snooze ▾")


def _skip() -> str:
    return _("Skip")


def _choose(view: TodayView, label: str) -> None:
    panel = _call(view).panel
    if panel is not None:
        buttons = panel.findChildren(QAbstractButton)
        next(button for button in buttons if button.text() == label).click()


def _they_said_a_date(view: TodayView) -> None:
    _press(_they_answered)(view)
    _choose(view, _("&A date…"))


def _snoozed_by_hand(view: TodayView) -> None:
    _press(_snooze)(view)
    _choose(view, _("&Pick…"))


def _snoozed_into_the_past(view: TodayView) -> None:
    _snoozed_by_hand(view)
    panel = _call(view).panel
    if isinstance(panel, DatePanel):
        panel.date.line.setText("1 Oct 2026")
        QTest.keyClick(panel.date.line, Qt.Key.Key_Return)


def _context_menu(view: TodayView) -> None:
    item = _call(view)
    place = item.mapToGlobal(item.rect().center())
    QApplication.sendEvent(
        item, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, item.mapFromGlobal(place), place)
    )


def _skipped(view: TodayView) -> None:
    _call(view)
    _press(_skip)(view)


def _review(view: TodayView) -> None:
    group = next(item for item in view.list.items() if isinstance(item, GroupItem))
    view.list.select(group.key, focus=True)
    group.toggle()


def _on_the_third(view: TodayView) -> None:
    view.list.select(view.list.items()[2].key, focus=True)


def _ticked(view: TodayView) -> None:
    view.begin()
    body = view.list.card.body if view.list.card is not None else None
    if isinstance(body, MeetingBody):
        for box in list(body.questions.values())[:2]:
            box.click()


def _last(view: TodayView) -> None:
    view.list.select(view.list.items()[-1].key, focus=True)


TODAY: dict[str, tuple[Callable[[], Facts], Prepare]] = {
    "today": (sample, _why),
    "today-empty": (situations.nothing, _rest),
    "today-one": (situations.one, _why),
    "today-twelve": (situations.twelve, _rest),
    "today-call": (situations.calls, _rest),
    "today-call-no-number": (situations.no_number, _rest),
    "today-interview-join": (situations.interview_soon, _ticked),
    "today-interview-begins": (partial(situations.interview_soon, start="15:05"), _rest),
    "today-interview-place": (partial(situations.interview_soon, "Gran Vía 28, 3rd floor", "17:30"), _rest),
    "today-thank-you": (situations.one, _rest),
    "today-missed": (situations.missed_thanks, _last),
    "today-late": (situations.late_thanks, _rest),
    "today-later": (situations.later_today, _rest),
    "today-many": (situations.twelve, _on_the_third),
    "today-500": (situations.five_hundred, _rest),
    "today-long": (situations.long_values, _why),
    "today-review": (situations.five_hundred, _review),
    "today-menu": (situations.calls, _context_menu),
    "today-they-answered": (situations.calls, _press(_they_answered)),
    "today-they-answered-date": (situations.calls, _they_said_a_date),
    "today-snooze": (situations.calls, _press(_snooze)),
    "today-snooze-pick": (situations.calls, _snoozed_by_hand),
    "today-snooze-refused": (situations.calls, _snoozed_into_the_past),
    "today-snooze-refused-far-down": (situations.twelve, _snoozed_into_the_past),
    "today-skipped": (situations.twelve, _skipped),
}
"""By the name of the picture."""
