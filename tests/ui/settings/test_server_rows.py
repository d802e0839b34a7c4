"""The section of the calendar server, over a real store; no request comes through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from followup_desktop.domain.model import Facts
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.ports import Credentials, WebReply, WebRequest
from followup_desktop.services.sync.account import Account, SyncOptions
from followup_desktop.system.keyrings.password_file import PasswordFile
from followup_desktop.ui.kit.requests import OpenGuide
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.settings.sections import PHONE
from followup_desktop.ui.settings.server_rows import ServerRows
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import NoServer


@pytest.fixture
def rows(view: SettingsView) -> ServerRows:
    return view.server


@pytest.fixture
def connected(rows: ServerRows, view: SettingsView) -> ServerRows:
    account = Account(address="https://cloud.example.org", user="ana", in_keyring=False)
    url = "https://cloud.example.org/calendars/ana/follow-up-1/"
    view.context.data.store.published.save(state={"account": account.as_text(), "calendar": url})
    view.context.desktop.server.reload()
    rows.refresh()
    return rows


def shown(rows: ServerRows) -> set[str]:
    buttons = (rows.connect_button, rows.try_button, rows.leave_button, rows.remove_button, rows.keep_button)
    return {button.text() for button in buttons if button.isVisibleTo(rows)}


def test_it_is_off_until_it_is_connected(rows: ServerRows) -> None:
    assert shown(rows) == {"Connect"}
    assert rows.address.isVisibleTo(rows)
    assert rows.password.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("address", "password", "sentence"),
    [
        ("", "x", "Enter your calendar server's address, or your email address."),
        ("http://example.org", "x", "Without https, anyone in between could read your password."),
        ("ana@gmail.com", "x", "Google Calendar doesn't accept app passwords."),
        ("https://cloud.example.org", "x", "cloud.example.org can't be reached."),
        ("cloud example org", "x", "“cloud example org” isn't an address."),
    ],
)
def test_what_is_refused_stands_there_in_a_sentence(
    rows: ServerRows, address: str, password: str, sentence: str
) -> None:
    rows.address.line.setText(address)
    rows.user.line.setText("ana")
    rows.password.line.setText(password)
    rows.connect_button.setFocus()
    QTest.keyClick(rows.connect_button, Qt.Key.Key_Space)
    assert rows.outcome.isVisibleTo(rows)
    assert rows.outcome.text().startswith(sentence)
    assert rows.password.line.text() == password  # nothing has to be entered again
    assert shown(rows) == {"Connect"}
    assert rows.connect_button.hasFocus()


@pytest.mark.parametrize("address", ["cloud.example.org", "https://ana@cloud.example.org/dav"])
def test_without_a_user_name_nothing_is_asked(rows: ServerRows, address: str) -> None:
    rows.address.line.setText(address)
    rows.password.line.setText("x")
    QTest.keyClick(rows.connect_button, Qt.Key.Key_Space)
    assert rows.user.refusal == "Enter your user name. At most providers it's your email address."
    assert rows.user.line.hasFocus()
    assert not rows.outcome.text()
    rows.user.line.setText("ana")
    QTest.keyClick(rows.user.line, Qt.Key.Key_Return)
    assert not rows.user.refusal
    assert rows.outcome.text()


def test_an_email_address_is_a_user_name(rows: ServerRows) -> None:
    rows.address.line.setText("ana@posteo.de")
    rows.password.line.setText("x")
    QTest.keyClick(rows.connect_button, Qt.Key.Key_Space)
    assert not rows.user.refusal
    assert rows.outcome.text()


def test_why_the_calendar_could_not_be_removed_is_told_until_something_else_is_known(
    connected: ServerRows, view: SettingsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")
    server = SlowServer(monkeypatch)
    connected.leave_button.click()
    connected.remove_button.click()
    server.answer(503)
    sentence = "The calendar server has a problem right now (503). You're still connected."
    assert connected.problem.text() == sentence
    connected.refresh()
    assert connected.problem.text() == sentence
    view.context.data.store.published.save(state={"synced_at": "1792000000"})
    connected.refresh()
    assert not connected.problem.text()
    assert "up to date" in connected.state.text()


def test_without_a_password_nothing_is_asked(rows: ServerRows) -> None:
    rows.address.line.setText("https://cloud.example.org")
    rows.user.line.setText("ana")
    QTest.keyClick(rows.connect_button, Qt.Key.Key_Space)
    assert rows.password.refusal.startswith("Enter an app password.")
    assert not rows.outcome.text()


def test_a_proxy_that_asks_is_given_a_user_and_password(rows: ServerRows) -> None:
    assert not rows.proxy_user.isVisibleTo(rows)
    rows.password.line.setText("x")
    rows.address.line.setText("https://proxied")
    rows.user.line.setText("ana")
    QTest.keyClick(rows.address.line, Qt.Key.Key_Return)
    assert rows.outcome.text().startswith("Your network's proxy asks for a user name and password.")
    assert rows.proxy_user.isVisibleTo(rows)
    assert rows.proxy_password.line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(rows.connect_button, Qt.Key.Key_Space)
    assert rows.proxy_user.refusal == "Enter the user name that your network's proxy knows you by."
    rows.proxy_user.line.setText("pu")
    rows.proxy_password.line.setText("pw")
    QTest.keyClick(rows.proxy_password.line, Qt.Key.Key_Return)
    assert rows.outcome.text() == "proxied can't be reached."
    assert not rows.proxy_user.isVisibleTo(rows)


def test_a_password_that_is_not_there_any_more_can_be_entered_again(connected: ServerRows) -> None:
    connected.try_button.click()
    assert connected.problem.text() == "The app password isn't stored on this computer. Enter it again."
    assert connected.password.isVisibleTo(connected)
    assert connected.password_place.text() == "No app password is stored on this computer."
    assert connected.address.line.text() == "https://cloud.example.org"
    assert connected.user.line.text() == "ana"
    assert "Connect" in shown(connected)


def test_when_it_is_tried_again_is_told(connected: ServerRows, view: SettingsView) -> None:
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")
    connected.try_button.setFocus()
    QTest.keyClick(connected.try_button, Qt.Key.Key_Space)
    assert connected.try_button.hasFocus()  # not lost while something is under way
    assert "cloud.example.org can't be reached. Follow Up tries again at " in connected.problem.text()
    assert "Connected" not in connected.state.text()
    assert not connected.password.isVisibleTo(connected)


def test_what_is_asked_before_leaving_is_seen_in_a_small_window(
    connected: ServerRows, view: SettingsView
) -> None:
    view.resize(700, 420)
    view.show_section(PHONE)
    settle()
    connected.leave_button.click()
    settle()
    answers = (connected.remove_button, connected.keep_button, connected.stay_button)
    assert [each.visibleRegion().boundingRect() for each in answers] == [each.rect() for each in answers]


def test_the_guide_is_at_hand_where_something_is_to_be_entered(rows: ServerRows, view: SettingsView) -> None:
    asked: list[object] = []
    view.asked.connect(asked.append)
    rows.guide_button.click()
    assert asked == [OpenGuide("calendar-server")]
    assert (resources_dir() / "guide" / "en" / "calendar-server.md").exists()


def test_the_choices_are_stored_at_once(connected: ServerRows, view: SettingsView) -> None:
    connected.tasks.box.click()
    connected.private.box.click()
    view.context.desktop.server.reload()
    account = view.context.desktop.server.account
    assert account is not None
    assert account.options == SyncOptions(tasks=True, private=True)


def test_leaving_asks_what_becomes_of_the_calendar(connected: ServerRows, view: SettingsView) -> None:
    assert not connected.leaving.isVisibleTo(connected)
    connected.leave_button.click()
    assert shown(connected) == {"Test connection", "Disconnect…", "Remove the calendar", "Keep the calendar"}
    assert connected.leaving.isVisibleTo(connected)
    connected.stay_button.click()
    assert not connected.leaving.isVisibleTo(connected)
    assert shown(connected) == {"Test connection", "Disconnect…"}
    connected.leave_button.click()
    QTest.keyClick(connected.keep_button, Qt.Key.Key_Space)
    assert connected.address.line.hasFocus()
    assert view.context.desktop.server.account is None
    assert view.context.data.store.published.state() == {}
    assert shown(connected) == {"Connect"}


def test_leaving_tells_first_what_else_is_in_the_calendar(
    view: SettingsView, connected: ServerRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    keep_password(view)
    connected.leave_button.click()
    assert not connected.leaving.isVisibleTo(connected)
    server.answer(207, body=LISTING)
    assert connected.leaving.text().startswith("The calendar also holds 1 entry that isn't from Follow Up.")
    connected.remove_button.click()
    server.answer(207, body=LISTING)  # and once more right before it's deleted
    server.answer(204)
    assert view.context.desktop.server.account is None


def test_leaving_asks_without_a_server_that_tells_too_late(
    view: SettingsView, connected: ServerRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    keep_password(view)
    connected.leave_button.click()
    connected.patience.timeout.emit()
    connected.patience.stop()
    asked = connected.leaving.text()
    assert asked.startswith("Remove the calendar from the server, or keep it there")
    server.answer(207, body=LISTING)
    assert connected.leaving.text() == asked
    connected.leave_button.click()
    QTest.keyClick(connected, Qt.Key.Key_Escape)
    server.answer(207, body=LISTING)
    assert not connected.leaving.isVisibleTo(connected)


LISTING = (
    b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>/calendars/ana/follow-up-1/dentist.ics</D:href>'
    b'<D:propstat><D:prop><D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status>'
    b"</D:propstat></D:response></D:multistatus>"
)


def keep_password(view: SettingsView) -> None:
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")


def tops(rows: ServerRows) -> dict[str, QPoint]:
    """Where all is that can be pressed or typed into, once it is laid out."""
    settle()
    found: list[QWidget] = [*rows.findChildren(Button), *rows.findChildren(QLineEdit)]
    found += rows.findChildren(QCheckBox)
    return {each.accessibleName(): each.mapTo(rows, QPoint()) for each in found if each.isVisibleTo(rows)}


class SlowServer:
    """Answers when it is told to: with a status, or with why there is none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: list[Callable[[WebReply], None]] = []

        def send(
            _self: NoServer,
            requests: Sequence[WebRequest],
            _login: Credentials,
            then: Callable[[list[WebReply]], None],
        ) -> None:
            self.waiting.append(lambda reply: then([reply] * len(requests)))

        monkeypatch.setattr(NoServer, "send", send)

    def answer(self, status: int, failure: str = "", body: bytes = b"") -> None:
        self.waiting.pop()(WebReply(status=status, failure=failure, headers={"etag": '"1"'}, body=body))


LONG = "cloud.example.org takes too long to answer, for a reason that takes many more words to be told. " * 3


def test_nothing_moves_while_a_server_is_connected_or_refuses(
    view: SettingsView, rows: ServerRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    view.show_section(PHONE)
    rows.address.line.setText("https://cloud.example.org")
    rows.user.line.setText("ana")
    rows.password.line.setText("x")
    before = tops(rows)
    assert before.keys() >= {"Connect the calendar server", "App password"}
    rows.connect_button.click()
    assert rows.outcome.text() == "Contacting the server…"
    assert tops(rows) == before
    server.answer(0, LONG)  # at the well-known address
    server.answer(0, LONG)
    assert rows.outcome.text() == LONG
    assert tops(rows) == before
    rows.connect_button.click()
    assert tops(rows) == before


def test_nothing_moves_when_a_failure_comes_or_goes(
    view: SettingsView, connected: ServerRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    keep_password(view)
    view.show_section(PHONE)
    connected.refresh()
    before = tops(connected)
    assert before.keys() >= {"Test connection", "Follow-ups as tasks", "Hide names on the server"}
    connected.try_button.click()
    assert connected.state.text() == "Contacting the server…"
    assert tops(connected) == before
    server.answer(0, LONG)
    assert connected.problem.text().startswith(LONG)
    assert tops(connected) == before
    connected.try_button.click()
    assert not connected.problem.text()
    server.answer(401)
    with_form = tops(connected)
    assert {name: with_form[name] for name in before} == before
    connected.password.line.setText("other")
    connected.connect_button.click()
    assert tops(connected) == with_form
    server.answer(401)
    assert (
        connected.outcome.text()
        == "The server didn't accept the user name and app password. Enter them again."
    )
    assert not connected.problem.text()  # once is enough
    assert tops(connected) == with_form
    connected.leave_button.click()
    server.answer(401)
    asking = tops(connected)
    assert {name: asking[name] for name in before} == before  # a second click answers nothing


class Resized(QObject):
    """Counts how often each widget that it watches gets another size."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self._widgets = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.counts[str(watched)] += 1
        return False


def test_connecting_places_all_parts_at_once_and_before_they_are_painted(
    view: SettingsView, rows: ServerRows
) -> None:
    """Each that was shown placed all the others anew: two frames went by."""
    view.show_section(PHONE)
    settle()
    account = Account(address="https://cloud.example.org", user="ana", in_keyring=False)
    url = "https://cloud.example.org/calendars/ana/follow-up-1/"
    view.context.data.store.published.save(state={"account": account.as_text(), "calendar": url})
    view.context.desktop.server.reload()
    resized = Resized(rows.findChildren(QWidget))
    rows.refresh()
    placed = {each: each.geometry() for each in rows.findChildren(QWidget) if each.isVisibleTo(rows)}
    height = rows.height()
    assert shown(rows) == {"Test connection", "Disconnect…"}
    settle()
    assert max(resized.counts.values(), default=0) <= 2  # its first size, as it is shown, and its own
    assert {each: each.geometry() for each in placed} == placed
    assert rows.height() == height


EMPTY = b'<multistatus xmlns="DAV:"><sync-token>http://cloud.example.org/1</sync-token></multistatus>'


def test_what_is_under_way_is_told_and_moves_nothing(
    open_settings: Callable[[Facts], SettingsView], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    view = open_settings(situations.five_hundred())
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")
    account = Account(address="https://cloud.example.org", user="ana", in_keyring=False)
    url = "https://cloud.example.org/calendars/ana/follow-up-1/"
    view.context.data.store.published.save(state={"account": account.as_text(), "calendar": url})
    view.context.desktop.server.reload()
    view.show_section(PHONE)
    rows = view.server
    before = tops(rows)
    rows.try_button.click()
    server.answer(207, body=EMPTY)
    voice = Announcer.of(rows)
    told = []
    while server.waiting:
        told.append(rows.state.text())
        if len(told) < 5:
            assert tops(rows) == before
        if len(told) == 3:
            rows.try_button.click()  # answered at once, and by what comes of it
            voice.speak()
            assert voice.said[-1] == f"{rows.state.text()}."
            assert len(server.waiting) == 1
        server.answer(201)
    total = told[0].rpartition(" ")[2]
    assert told[:3] == [f"Writing to the server: {done} of {total}" for done in (0, 16, 32)]
    assert len(told) == len(set(told)) > 20
    assert rows.state.text() == "Connected to cloud.example.org as ana, up to date today at 15:00"
    voice.speak()
    assert voice.said[-1] == f"{rows.state.text()}."
    assert tops(rows) == before


def test_what_came_of_a_press_is_said_and_seen(
    view: SettingsView, rows: ServerRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = SlowServer(monkeypatch)
    view.show_section(PHONE)
    view.resize(560, 360)
    rows.address.line.setText("https://cloud.example.org/dav/ana")
    rows.user.line.setText("ana")
    rows.password.line.setText("x")
    QTest.keyClick(rows.password.line, Qt.Key.Key_Return)
    while server.waiting:
        server.answer(403)
    tops(rows)
    assert not rows.outcome.visibleRegion().isEmpty()
    voice = Announcer.of(rows)
    voice.speak()
    assert voice.said[-1] == rows.outcome.text()


def test_names_can_be_hidden_before_anything_is_sent(rows: ServerRows, view: SettingsView) -> None:
    assert rows.private.isVisibleTo(rows)
    assert rows.tasks.isVisibleTo(rows)
    rows.private.box.click()
    rows.refresh()
    assert rows.private.value()
    assert not rows.outcome.text()  # nothing is asked of any server
    assert view.context.desktop.server.options == SyncOptions(private=True)


HOLDS_ONE = (
    b'<multistatus xmlns="DAV:"><response><href>/calendars/ana/follow-up-1/dentist.ics</href><propstat>'
    b"<prop><getetag>1</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
)


def test_what_else_is_in_the_calendar_is_told_before_it_is_removed(
    connected: ServerRows, view: SettingsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")
    server = SlowServer(monkeypatch)
    connected.leave_button.click()
    connected.remove_button.click()
    server.answer(207, body=HOLDS_ONE)
    assert connected.leaving.isVisibleTo(connected)
    assert connected.leaving.text().startswith("The calendar also holds 1 entry that isn't from Follow Up.")
    assert connected.stay_button.hasFocus()
    connected.remove_button.click()
    server.answer(207, body=HOLDS_ONE)
    server.answer(204)
    assert view.context.desktop.server.account is None


def test_neither_esc_nor_enter_pressed_twice_disconnects(connected: ServerRows, view: SettingsView) -> None:
    view.show_section(PHONE)
    connected.leave_button.setFocus()
    QTest.keyClick(connected.leave_button, Qt.Key.Key_Space)
    assert connected.stay_button.hasFocus()
    QTest.keyClick(connected.stay_button, Qt.Key.Key_Escape)
    assert not connected.leaving.isVisibleTo(connected)
    assert connected.leave_button.hasFocus()
    connected.leave_button.click()
    QTest.keyClick(connected.stay_button, Qt.Key.Key_Space)
    assert view.context.desktop.server.account is not None
    assert not connected.leaving.isVisibleTo(connected)
