"""What goes on without the window: pauses, answers, the tray's menu, the zone, the way out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event as ThreadEvent

import apsw
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop import background
from followup_desktop.background import Background
from followup_desktop.delivery import ActionRelay, Delivery
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, Event, EventKind, Stage
from followup_desktop.services.ports import Notification
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.sync.account import Account
from followup_desktop.services.sync.calendar_sync import CalendarSync
from followup_desktop.storage import opening
from followup_desktop.system.notifiers.backend import Listener
from followup_desktop.system.notifiers.chain import NotifierChain
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.reminder_options import ReminderChoices
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.window_settings import PAUSED_UNTIL, PRIVATE
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.tray import Tray
from tests.system.doubles import ObedientBackend
from tests.ui import situations
from tests.ui.desk import Desk, page_of

CALL = "status_call/initech/initech-1/0"


class FakeTray(Tray):
    """A tray that is there when it is told to be; the offscreen desktop has none to put an icon in."""

    is_there = True
    has_icon = False

    def show(self) -> None:
        self.has_icon = self.available

    @property
    def available(self) -> bool:
        return self.is_there


class Zone:
    name: str | None = "Europe/Madrid"

    def __call__(self) -> str | None:
        return self.name


class Rig:
    """The program but for its event loop, over a store of the test's own."""

    def __init__(self, desk: Desk, theme: Theme, *, tray: bool = True) -> None:
        self.desk = desk
        self.backends: list[ObedientBackend] = []
        self.balloons: list[str] = []
        self.quits = 0
        relay = ActionRelay(lambda: False)
        self.chain = NotifierChain([self._make], relay)
        self.choices = ReminderChoices(desk.settings(), desk.clock)
        self.tray = FakeTray(theme, desk.settings(), self.balloons.append)
        self.tray.is_there = tray
        self.delivery = Delivery(
            self.chain,
            self.tray,
            self.choices,
            Announcements(desk.store, desk.wording),
            desk.login,
        )
        self.window = desk.window(theme, self.delivery)
        self.background = Background(desk.given, self.delivery, self.window, self._quit)
        relay.connect(self.background.handle_action)

    def _make(self, listener: Listener) -> ObedientBackend:
        self.backends.append(ObedientBackend("screen", listener))
        return self.backends[0]

    def _quit(self) -> None:
        self.quits += 1

    @property
    def screen(self) -> ObedientBackend:
        return self.backends[0]

    @property
    def said(self) -> list[Notification]:
        """The notifications that are about no follow-up."""
        return [each for each in self.screen.taken if each.tag == background.TOLD_TAG]

    def beat(self) -> None:
        self.background.beat()
        self.chain.poll()

    def press(self, tag: str, action: str, token: str = "") -> None:
        self.screen.listener.action(tag, action, token)

    def entries(self) -> list[str]:
        """The tray's menu as it can be read."""
        return [action.text() for action in self.tray.menu.actions() if shown(action)]

    def entry(self, text: str) -> QAction:
        actions = [*self.tray.menu.actions(), *self.tray.pauses.actions()]
        return next(action for action in actions if action.text().startswith(text))


def shown(action: QAction) -> bool:
    return action.isVisible() and not action.isSeparator()


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, IconSet(icon_folder()), ThemeChoice.LIGHT)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Zone:
    zone = Zone()
    monkeypatch.setattr(background, "system_zone", zone)
    return zone


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    assert (
        desk.store.applications() == []
    )  # so what is put is in the log, where it can be read without the file
    desk.put(replace(situations.twelve(), applications=(situations.call_initech(),)))
    yield desk
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.close()


@pytest.fixture
def rig(desk: Desk, theme: Theme, zone: Zone, qtbot: QtBot) -> Rig:
    rig = Rig(desk, theme)
    qtbot.addWidget(rig.window)
    rig.window.resize(1000, 700)
    rig.window.show()
    qtbot.waitExposed(rig.window)
    return rig


def withdraw(desk: Desk) -> None:
    """Settle the call elsewhere."""
    with desk.store.transaction("Withdraw") as t:
        t.put_application(replace(t.application("initech"), stage=Stage.WITHDRAWN))


def test_a_beat_leaves_qt_nothing_to_wake_up_for(rig: Rig) -> None:
    """Pictures that Qt keeps make it wake up every ten seconds, until it has let go of the last one."""
    assert QPixmapCache.insert("kept", QPixmap(16, 16))
    rig.beat()
    assert not QPixmapCache.find("kept", QPixmap())


def test_a_reminder_that_comes_is_said_in_the_window_that_one_is_at_work_in(rig: Rig, qtbot: QtBot) -> None:
    with qtbot.waitActive(rig.window):
        rig.window.activateWindow()
    rig.beat()
    voice = Announcer.of(rig.window)
    voice.speak()
    titles = [each.title for each in rig.screen.taken]
    assert titles
    assert all(title in voice.said[-1] for title in titles)


def test_an_answer_that_asks_more_is_begun_below_the_row(rig: Rig, desk: Desk) -> None:
    rig.beat()
    rig.window.show_view("calendar")
    rig.press(CALL, "spoke")
    item = page_of(rig.window, TodayView).list.item(CALL)
    assert rig.window.view == "today"
    assert item is not None
    assert item.panel is not None
    assert not desk.store.application("initech").events[1:], "nothing is saved before it's asked"


# Pauses


def test_a_pause_from_the_tray_silences_is_seen_everywhere_and_ends_from_today(rig: Rig) -> None:
    rig.beat()
    assert rig.entries()[0].startswith("Next: ")
    assert "Pause reminders" in rig.entries()
    rig.entry("Until tomorrow morning").trigger()
    rig.beat()
    assert page_of(rig.window, TodayView).pause_bar.sentence == "Reminders are paused until Thu 08:00."
    assert not page_of(rig.window, TodayView).pause_bar.isHidden()
    assert "Resume reminders (paused until Thu 08:00)" in rig.entries()
    assert "Pause reminders" not in rig.entries()
    assert rig.window.actions_["resume"].isEnabled()
    assert not rig.window.actions_.pauses["hour"].isEnabled()
    page_of(rig.window, TodayView).pause_bar.button.click()
    rig.beat()
    assert page_of(rig.window, TodayView).pause_bar.isHidden()
    assert "Pause reminders" in rig.entries()


def test_what_came_due_in_a_pause_is_announced_after_it(rig: Rig, desk: Desk) -> None:
    desk.now = situations.utc(10, 14, 7, 59)
    rig.window.actions_.pauses["hour"].setEnabled(True)
    rig.window.actions_.pauses["hour"].trigger()
    desk.now += timedelta(minutes=30)
    rig.beat()
    assert rig.screen.taken == []
    desk.now += timedelta(minutes=30)
    rig.beat()
    assert [each.tag for each in rig.screen.taken] == [CALL]


def test_a_pause_survives_the_end_of_the_program(rig: Rig, desk: Desk) -> None:
    rig.choices.pause(desk.now + timedelta(hours=3))
    again = ReminderChoices(desk.settings(), desk.clock)
    assert again.paused_until() == desk.now + timedelta(hours=3)
    desk.now += timedelta(hours=3)
    assert again.paused_until() is None


@pytest.mark.parametrize("stored", ["", "nonsense", "99999999999999999999", "-1", "1.5"])
def test_what_is_no_instant_in_the_settings_is_no_pause(desk: Desk, stored: str) -> None:
    settings = desk.settings()
    settings.set(PAUSED_UNTIL, stored)
    assert ReminderChoices(settings, desk.clock).paused_until() is None


# The tray


def test_the_tray_names_what_comes_next_but_not_to_everyone(rig: Rig, desk: Desk) -> None:
    desk.now = situations.utc(10, 13, 10)
    rig.beat()
    rig.chain.withdraw(CALL)
    following = desk.given.overview.today(desk.now).next_reminder
    line = rig.entries()[0]
    assert line.startswith("Next: ")
    assert following is not None
    assert following.rsplit(" ", 1)[-1] in line
    assert "Initech" in line
    desk.given.settings.set(PRIVATE, True)
    rig.beat()
    assert "Initech" not in rig.entries()[0]


def test_the_tray_opens_the_window_and_the_form(rig: Rig) -> None:
    rig.window.hide()
    rig.entry("Add application").trigger()
    assert rig.window.isVisible()
    assert rig.window.view == "applications"
    rig.window.hide()
    rig.entry("Open Follow Up").trigger()
    assert rig.window.isVisible()


# Answers


def test_a_click_raises_the_follow_up_with_the_token_of_the_click(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.beat()
    rig.window.hide()
    tokens: list[str | None] = []
    forward = rig.window.come_forward

    def come_forward() -> None:
        tokens.append(os.environ.get("XDG_ACTIVATION_TOKEN"))
        forward()

    monkeypatch.setattr(rig.window, "come_forward", come_forward)
    rig.press(CALL, "open", "token-1")
    assert rig.window.isVisible()
    assert page_of(rig.window, TodayView).list.current is page_of(rig.window, TodayView).list.item(CALL)
    assert tokens == ["token-1"]
    assert "XDG_ACTIVATION_TOKEN" not in os.environ


def test_an_answer_counts_while_the_window_is_hidden_and_is_not_given_twice(rig: Rig, desk: Desk) -> None:
    rig.beat()
    rig.window.hide()
    rig.press(CALL, "no_answer")
    rig.press(CALL, "no_answer")
    calls = [event for event in desk.store.application("initech").events if event.kind is EventKind.CALL]
    assert len(calls) == 1
    assert not rig.window.isVisible()
    assert len(rig.said) == 1
    assert "nothing was saved" in rig.said[0].body


def test_an_answer_to_what_was_settled_is_told_in_a_notification_and_when_the_window_is_opened(
    rig: Rig, desk: Desk
) -> None:
    rig.beat()
    rig.window.hide()
    withdraw(desk)
    events: tuple[Event, ...] = desk.store.application("initech").events
    rig.press(CALL, "left_message")
    assert desk.store.application("initech").events == events
    assert not rig.window.isVisible()
    assert "already done" in rig.said[0].body
    rig.press(background.TOLD_TAG, "open")
    assert rig.window.isVisible()
    assert "already done" in rig.window.toast.message


def test_in_an_open_window_it_is_told_there_alone(rig: Rig, desk: Desk) -> None:
    rig.beat()
    withdraw(desk)
    rig.press(CALL, "left_message")
    assert rig.said == []
    assert "already done" in rig.window.toast.message


def test_what_is_settled_in_the_window_is_taken_off_the_screen(rig: Rig, desk: Desk) -> None:
    rig.beat()
    withdraw(desk)
    rig.beat()
    assert CALL in rig.screen.withdrawn


def test_the_fate_of_a_test_is_told_when_it_is_known(rig: Rig, desk: Desk) -> None:
    assert "Sent a test" in desk.given.desktop.notifications.send_test()
    rig.chain.poll()
    assert rig.window.toast.message == "Showed a test notification through screen."
    rig.screen.broken = True
    desk.given.desktop.notifications.send_test()
    assert rig.window.toast.message == "Couldn't show a test notification."


def test_the_settings_list_what_was_announced_and_how(rig: Rig, desk: Desk) -> None:
    rig.beat()
    (row,) = desk.given.desktop.notifications.announcements(desk.now)
    assert (row.title, row.state) == ("Call Initech about the position", "shown through screen")
    rig.press(CALL, "no_answer")
    assert desk.given.desktop.notifications.announcements(desk.now)[0].state == "answered"
    assert rig.window.toast.message == "Logged the unanswered call for “Call Initech about the position”", (
        "as in the window"
    )


# The zone


def test_after_a_journey_the_window_asks_and_the_answer_is_one_step(rig: Rig, desk: Desk, zone: Zone) -> None:
    bar = rig.background._move_bar
    rig.beat()
    assert bar.isHidden()
    zone.name = "Europe/Lisbon"
    rig.beat()
    assert not bar.isHidden()
    assert "Lisbon" in bar.sentence
    assert bar.follow_button.accessibleName() == "Use Lisbon time"
    bar.follow_button.click()
    rig.beat()
    assert bar.isHidden()
    assert desk.overview.zone() == "Europe/Lisbon"
    rig.window.steps.undo()
    assert desk.overview.zone() == "Europe/Madrid"
    rig.beat()
    assert bar.isHidden()


def test_the_zone_may_stay_and_is_not_asked_about_after_the_next_start(
    rig: Rig, desk: Desk, zone: Zone, theme: Theme, qtbot: QtBot
) -> None:
    rig.beat()
    zone.name = "Europe/Lisbon"
    rig.beat()
    rig.background._move_bar.stay_button.click()
    assert desk.overview.zone() == "Europe/Madrid"
    again = Rig(desk, theme)
    qtbot.addWidget(again.window)
    again.beat()
    assert again.background._move_bar.isHidden()


def test_a_move_since_the_last_run_is_asked_about(
    rig: Rig, desk: Desk, zone: Zone, theme: Theme, qtbot: QtBot
) -> None:
    rig.beat()
    rig.desk.given.settings.write()
    zone.name = "Europe/Lisbon"
    again = Rig(desk, theme)
    qtbot.addWidget(again.window)
    again.beat()
    assert not again.background._move_bar.isHidden()


# In the background, and the way out


def test_at_login_the_window_stays_away_where_there_is_a_tray(rig: Rig) -> None:
    rig.window.hide()
    rig.background.show_window(hidden=True)
    assert not rig.window.isVisible()


def test_without_a_tray_the_window_is_there_minimised(
    desk: Desk, theme: Theme, zone: Zone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_TRAY_LOOK_MS", 0)
    rig = Rig(desk, theme, tray=False)
    qtbot.addWidget(rig.window)
    rig.background.show_window(hidden=True)
    qtbot.waitUntil(rig.window.isMinimized)


def test_a_tray_that_comes_late_is_used(
    desk: Desk, theme: Theme, zone: Zone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_TRAY_LOOK_MS", 0)
    rig = Rig(desk, theme, tray=False)
    qtbot.addWidget(rig.window)
    rig.background.show_window(hidden=True)
    rig.tray.is_there = True
    for _ in range(50):
        QApplication.processEvents()
    assert not rig.window.isVisible()
    rig.beat()
    assert rig.tray.has_icon


def test_what_is_to_be_said_first_is_said_when_the_window_is_first_shown(rig: Rig) -> None:
    runs: list[int] = []
    rig.window.hide()
    rig.background.when_shown(lambda: runs.append(1))
    assert runs == []
    rig.window.show()
    rig.window.hide()
    rig.window.show()
    assert runs == [1]


def test_leaving_while_something_is_planned_is_told_once(rig: Rig, desk: Desk) -> None:
    desk.now = situations.utc(10, 13, 10)
    rig.background.leave()
    assert rig.quits == 1
    (said,) = rig.said
    assert "You won't get reminders until you start Follow Up again." in said.body
    rig.background.leave()
    assert (rig.quits, len(rig.said)) == (2, 1)


def test_a_farewell_that_could_not_be_shown_is_tried_the_next_time(rig: Rig, desk: Desk) -> None:
    desk.now = situations.utc(10, 13, 10)
    rig.screen.broken = True
    rig.background.leave()
    rig.screen.broken = False
    rig.chain.came_back(rig.screen)
    rig.background.leave()
    assert len(rig.said) == 1


def test_the_system_ends_it_even_if_something_can_not_be_saved(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*, ask: bool) -> None:
        raise Refused("The disk is full.")

    monkeypatch.setattr(rig.window, "quit", refuse)
    with pytest.raises(Refused):
        rig.background.end()
    assert rig.quits == 1


def test_where_nothing_is_planned_or_the_system_ends_it_nothing_is_said(
    rig: Rig, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.now = situations.utc(10, 13, 10)
    monkeypatch.setattr(rig.window, "quit", lambda ask: rig.background.leave())
    rig.background.end()
    assert rig.said == []
    withdraw(desk)
    desk.put(situations.nothing())
    other = Rig(desk, rig.window._theme)
    other.background.leave()
    assert other.said == []
    other.window.deleteLater()


@pytest.mark.parametrize(
    ("tray", "login", "sentence"),
    [
        (True, True, "It keeps running in the tray when you close the window. It starts when you log in."),
        (True, False, "It doesn't start when you log in. Turn that on so you don't miss a reminder."),
        (False, False, "Your desktop has no tray, so closing the window quits Follow Up."),
    ],
)
def test_the_settings_say_when_reminders_come(rig: Rig, tray: bool, login: bool, sentence: str) -> None:
    rig.tray.is_there, rig.desk.login.on = tray, login
    said = rig.desk.given.desktop.notifications.explained()
    assert said.startswith("You get reminders while Follow Up is running.")
    assert sentence in said
    assert ("Turn that on" in said) == (not login)


def test_today_promises_only_what_will_happen(rig: Rig, desk: Desk) -> None:
    assured = page_of(rig.window, TodayView)._assurance
    assert "You can close this" in assured()
    rig.tray.is_there = False
    assert "Keep Follow Up running" in assured()
    rig.choices.pause(desk.now + timedelta(hours=1))
    assert "paused until 16:00" in assured()


# What did not take place


def test_that_an_interview_did_not_take_place_opens_its_message_from_the_notification(
    rig: Rig, desk: Desk
) -> None:
    with desk.store.transaction("Interview") as t:
        t.put_facts(replace(situations.twelve(), applications=(situations.debrief_umbrella(),)))
    key = "debrief/umbrella/2026-10-14"
    rig.beat()
    [raised] = [each for each in rig.screen.taken if each.tag == key]
    assert ("did_not_take_place", "It didn't take place…") in raised.actions
    rig.window.hide()
    rig.press(key, "did_not_take_place")
    rig.chain.poll()
    assert all(interview.cancelled for interview in desk.store.application("umbrella").interviews)
    assert rig.window.isVisible()
    assert rig.window.view == "compose"
    assert rig.window.toast.message == "Marked the interview as cancelled, as it didn't take place"
    rig.window.hide()


# What can't be written or shown


@pytest.fixture
def lock(rig: Rig, desk: Desk) -> Iterator[apsw.Connection]:
    """Another program writes, and does not end."""
    path = desk.store._database.path
    assert path is not None
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_while_nothing_can_be_written_the_rest_of_the_beat_goes_on_and_it_is_said_once(
    rig: Rig, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(opening, "may_write", lambda _path: False)  # whoever runs the tests may be root
        desk.store._database.connection.pragma("query_only", True)
        rig.beat()
        qtbot.waitUntil(lambda: "can't be written" in rig.window.toast.message)
        assert_goes_on(rig, desk)
    rig.beat()
    assert desk.store.announced(CALL) is not None


def test_while_another_program_writes_the_rest_of_the_beat_goes_on_and_only_what_lasts_is_said(
    rig: Rig, desk: Desk, lock: apsw.Connection
) -> None:
    bar = rig.background._data_bar
    for seconds in (0, 10, 19):
        rig.beat()
        QCoreApplication.processEvents()
        assert rig.window.toast.message == ""
        assert not bar.isVisibleTo(rig.window), seconds
    desk.now += timedelta(seconds=20)
    rig.beat()
    assert bar.isVisibleTo(rig.window)
    assert bar.sentence.startswith("Another program is using ")
    assert "so nothing can be saved. Quit that program, or wait until it's done." in bar.sentence
    assert_goes_on(rig, desk)
    lock.execute("ROLLBACK")
    rig.beat()
    assert desk.store.announced(CALL) is not None
    assert not bar.isVisibleTo(rig.window)
    lock.execute("BEGIN IMMEDIATE")
    rig.beat()
    assert not bar.isVisibleTo(rig.window), "it has only begun"


@pytest.fixture
def connected(rig: Rig, desk: Desk) -> CalendarSync:
    """A calendar on a server that was reached a minute ago, and is no longer."""
    account = Account(address="https://cloud.example.org", user="ana")
    url = "https://cloud.example.org/calendars/ana/follow-up-1/"
    at = str(int((desk.now - timedelta(minutes=1)).timestamp()))
    desk.store.published.save(state={"account": account.as_text(), "calendar": url, "synced_at": at})
    rig.background.server.reload()
    return rig.background.server


def test_a_calendar_that_waits_for_the_user_is_told_of_over_every_view(
    rig: Rig, connected: CalendarSync
) -> None:
    bar = rig.background._server_bar
    rig.beat()
    assert connected.failure == "The app password isn't stored on this computer. Enter it again."
    assert bar.isVisibleTo(rig.window)
    assert bar.sentence == f"Your phone's calendar isn't up to date. {connected.failure}"
    bar.button.click()
    view = page_of(rig.window, SettingsView)
    assert view.isVisibleTo(rig.window)
    assert view.server.isVisibleTo(rig.window)
    assert not view.server.password.editor.visibleRegion().isEmpty()
    assert rig.window.focusWidget() is view.server.password.editor
    connected.disconnect(remove=False, done=lambda _refusal: None)
    assert not bar.isVisibleTo(rig.window)


def test_a_server_that_is_away_is_told_of_once_the_phone_may_ring_at_the_wrong_time(
    rig: Rig, desk: Desk, connected: CalendarSync
) -> None:
    bar = rig.background._server_bar
    desk.passwords().set("calendar-server", "secret", "")
    for hours in (0, 1, 22):
        desk.now += timedelta(hours=hours)
        rig.beat()
        assert connected.failure == "cloud.example.org can't be reached."
        assert not bar.isVisibleTo(rig.window), hours
    desk.now += timedelta(hours=2)
    rig.beat()
    assert bar.sentence == f"Your phone's calendar isn't up to date. {connected.failure}"
    assert bar.isVisibleTo(rig.window)


def assert_goes_on(rig: Rig, desk: Desk) -> None:
    assert [each.tag for each in rig.screen.taken] == [CALL]
    rig.window.show_status("Something else")
    desk.now += timedelta(days=1)
    rig.beat()
    QCoreApplication.processEvents()
    assert [each.tag for each in rig.screen.taken] == [CALL], "it is not repeated"
    assert page_of(rig.window, TodayView)._summary.text().startswith("Thursday 15 October"), (
        "Today goes with the time"
    )
    assert rig.tray.icon.toolTip() == "Follow Up: 1 follow-up open"
    assert rig.window.toast.message == "Something else"


def test_what_the_start_could_not_write_is_written_by_a_later_beat(
    rig: Rig, desk: Desk, lock: apsw.Connection
) -> None:
    store = desk.store
    lock.execute("COMMIT")
    with store.transaction("Add") as t:
        t.put_contact(Contact(id="old", name="Tom Berg"))
    desk.tracker.trash_contact("old")
    store.record_run(desk.now.date(), desk.now)
    for days in range(1, 40):
        store.record_run(desk.now.date() + timedelta(days=days), desk.now)
    store._database.sql("DELETE FROM run_day WHERE day = ?", (desk.now.date().isoformat(),))
    store._database.sql("DELETE FROM meta WHERE name = 'made_with'")
    lock.execute("BEGIN IMMEDIATE")
    rig.background.begin()
    rig.beat()
    assert len(store.trash()) == 1
    assert not store._plan_is_current()
    lock.execute("ROLLBACK")
    rig.beat()
    assert store.trash() == []
    assert store._plan_is_current()
    assert list(store._database.sql("SELECT 1 FROM run_day WHERE day = ?", (desk.now.date().isoformat(),)))


def test_a_part_of_the_beat_that_fails_does_not_take_the_others_along(rig: Rig, desk: Desk) -> None:
    """A table is missing: reminders can't be read, and everything else can."""
    desk.store._database.sql("ALTER TABLE announced RENAME TO lost")
    desk.now += timedelta(days=1)
    with pytest.raises(apsw.SQLError, match="announced"):
        rig.background.beat()
    assert rig.tray.icon.toolTip() == "Follow Up: 1 follow-up open"
    desk.store._database.sql("ALTER TABLE lost RENAME TO announced")


def test_with_today_in_sight_what_no_back_end_shows_counts_and_in_the_tray_it_does_not(
    rig: Rig, desk: Desk, qtbot: QtBot
) -> None:
    rig.screen.broken = True
    for hide in (rig.window.hide, lambda: rig.window.show_view("calendar"), rig.window.showMinimized):
        hide()
        rig.beat()
        QCoreApplication.processEvents()
        assert desk.store.announced(CALL) is None
        rig.window.showNormal()
        qtbot.waitExposed(rig.window)
    rig.window.show_view("today")
    rig.beat()
    qtbot.waitUntil(lambda: desk.store.announced(CALL) is not None)


def test_what_is_shown_is_recorded_soon_after_the_back_end_has_said_so(
    rig: Rig, desk: Desk, qtbot: QtBot
) -> None:
    rig.background.beat()
    assert desk.store.announced(CALL) is None
    rig.chain.poll()
    qtbot.waitUntil(lambda: desk.store.announced(CALL) is not None)


def test_what_nobody_answered_at_the_end_comes_again_at_the_next_start(
    rig: Rig, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    rig.beat()
    qtbot.waitUntil(lambda: desk.store.announced(CALL) is not None)
    rig.background.finish()
    assert desk.store.announced(CALL) is None
    assert rig.screen.withdrawn == [CALL]
    other = Rig(desk, theme)
    qtbot.addWidget(other.window)
    other.beat()
    assert [each.tag for each in other.screen.taken] == [CALL]
    other.background.finish()


def test_the_end_gives_up_the_check_of_the_file(
    rig: Rig, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_under_way, was_given_up = ThreadEvent(), ThreadEvent()

    def look(is_cancelled: Callable[[], bool]) -> None:
        is_under_way.set()
        while not is_cancelled():
            is_under_way.wait()
        was_given_up.set()

    monkeypatch.setattr(desk.store, "look_after_start", look)
    desk.store._database.is_to_be_looked_at = True
    rig.background.begin()
    assert is_under_way.wait(60)
    rig.background.finish()
    assert was_given_up.is_set()


def test_what_was_answered_before_the_end_does_not_come_again(
    rig: Rig, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    rig.beat()
    rig.press(CALL, "snooze")
    qtbot.waitUntil(lambda: desk.store.announced(CALL) is not None)
    rig.background.finish()
    assert desk.store.announced(CALL) is not None
