"""States for pictures of what is said about reminders: paused, another time zone, the settings, no tray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QMimeData

from followup_desktop.domain.model import Facts, Stage
from followup_desktop.i18n import format_dated_day
from followup_desktop.services.ports import WebReply
from followup_desktop.services.reminding.clock_watch import ClockJump
from followup_desktop.services.reminding.zone_watch import Move
from followup_desktop.services.sync import dav
from followup_desktop.system import problems
from followup_desktop.ui.kit.bars import ClockBar, DataBar, MoveBar, ServerBar
from followup_desktop.ui.kit.report import ProblemBar
from followup_desktop.ui.kit.requests import OpenApplication
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import Scene, State, settle
from tests.screens_today import sample
from tests.ui import situations
from tests.ui.desk import page_of

KEYS = ("status_call/initech/initech-1/0", "thank_you/acme/2026-10-14/ana", "prepare/globex/2026-10-15")


def _paused(scene: Scene) -> None:
    scene.desk.notifications.pause_end = scene.desk.now + timedelta(hours=17)
    scene.window.refresh()


def _moved(scene: Scene) -> None:
    bar = MoveBar(scene.theme)
    scene.window.set_banner(bar)
    bar.show_move(Move(system="America/Argentina/Buenos_Aires", present="Europe/Madrid"))


def _clock_ahead(scene: Scene) -> None:
    bar = ClockBar(scene.theme)
    scene.window.set_banner(bar)
    bar.ask(
        ClockJump(before=scene.desk.now - timedelta(days=365), days=365),
        format_dated_day(scene.desk.now.date()),
    )


def _file_gone(scene: Scene) -> None:
    file = scene.desk.folder / "data.db"
    file.rename(file.with_name("elsewhere.db"))
    bar = DataBar(scene.theme)
    scene.window.set_banner(bar)
    bar.show_sentence(scene.desk.store.why_misplaced())


def _server_behind(scene: Scene) -> None:
    bar = ServerBar(scene.theme)
    scene.window.set_banner(bar)
    bar.show_reason(str(dav.failed(WebReply(status=401))))


REPORT = """\
Follow Up 1.0.0
Python 3.11.2, Qt 6.11.0
Linux 6.1.0-18-amd64 x86_64
Debian GNU/Linux 12 (bookworm)

KeyError
  followup_desktop/ui/kit/view.py:143 do
  followup_desktop/services/tracker/applications.py:98 edit_application
"""


def _problem(scene: Scene) -> None:
    sentence = problems.sentence(KeyError("acme"))
    scene.window.show_problem(sentence, REPORT)


def _problem_report(scene: Scene) -> None:
    _problem(scene)
    (bar,) = scene.window.findChildren(ProblemBar)
    bar.report_button.click()


def _jumped(scene: Scene) -> None:
    scene.desk.tracker.set_stage("tyrell", Stage.INTERVIEWING)
    scene.window.answer(OpenApplication("tyrell"))


REJECTION = (
    "Unfortunately, we have decided to move forward with candidates whose experience is closer to what we "
    "need for this role."
)


def _answered_by_email(scene: Scene) -> None:
    data = QMimeData()
    head = "From: Eva Lind <eva@initech.example>\nSubject: Your application at Initech\n\n"
    data.setText(f"{head}Dear Sam,\n\n{REJECTION}\n\nBest regards,\nEva\n")
    scene.window.drops.take(data)


def _announced(scene: Scene) -> None:
    scene.desk.log.raised("summary", KEYS, "5 follow-ups are waiting", scene.desk.now - timedelta(days=2))
    for hours, key in enumerate(KEYS, 1):
        title = scene.desk.log.titles([key], scene.desk.now)[key]
        scene.desk.log.raised(key, (key,), title, scene.desk.now - timedelta(hours=6 - hours))
    scene.desk.log.shown("summary", None)
    scene.desk.log.shown(KEYS[0], "freedesktop")
    scene.desk.log.answered(KEYS[1])


def _notifications(tray: bool, login: bool, announced: bool) -> Callable[[Scene], object]:
    def prepare(scene: Scene) -> None:
        scene.desk.notifications.tray, scene.desk.login.on = tray, login
        if announced:
            _announced(scene)
        page = page_of(scene.window, SettingsView)
        page.refresh()
        settle()
        page.show_section("Notifications")

    return prepare


def _no_tray(scene: Scene) -> None:
    scene.desk.notifications.tray = False
    scene.window.refresh()


def _none() -> Facts:
    return situations.nothing()


ANNOUNCING: dict[str, State] = {
    "today-paused": State(situations.twelve, _paused),
    "today-moved": State(situations.twelve, _moved),
    "today-clock-ahead": State(situations.twelve, _clock_ahead),
    "today-file-gone": State(situations.twelve, _file_gone),
    "today-server-behind": State(situations.twelve, _server_behind),
    "problem": State(situations.twelve, _problem),
    "problem-report": State(situations.twelve, _problem_report),
    "applied-question": State(situations.twelve, _jumped),
    "email-answer": State(situations.twelve, _answered_by_email),
    "today-empty-no-tray": State(_none, _no_tray),
    "settings-notifications": State(sample, _notifications(True, True, True), "settings"),
    "settings-notifications-no-tray": State(_none, _notifications(False, False, False), "settings"),
}
"""By the name of the picture."""
