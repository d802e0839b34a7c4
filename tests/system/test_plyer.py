"""plyer behind a thread: it never blocks, and its failures are heard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.system.notifiers import plyer_platform
from followup_desktop.system.notifiers.plyer_worker import PlyerNotifier
from tests.system.doubles import Notes, Seconds, notification


class Hanging:
    """A call that returns when the test lets it."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.called = threading.Event()
        self.tags: list[str] = []

    def __call__(self, notification: Notification) -> None:
        self.called.set()
        assert self.go_on.wait(20)
        self.tags.append(notification.tag)


def polled_until(notifier: PlyerNotifier, condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2000):
        notifier.poll()
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("not in time")


def test_what_was_shown_is_reported() -> None:
    notes = Notes()
    notifier = PlyerNotifier(notes, lambda _: None)
    notifier.notify(notification("a"))
    polled_until(notifier, lambda: notes.shown == ["a"])
    assert not notifier.busy
    notifier.close()


def test_an_error_is_reported_and_the_thread_lives_on() -> None:
    def show(each: Notification) -> None:
        if each.tag == "bad":
            raise NotImplementedError

    notes = Notes()
    notifier = PlyerNotifier(notes, show)
    notifier.notify(notification("bad"))
    notifier.notify(notification("good"))
    polled_until(notifier, lambda: notes.shown == ["good"])
    assert notes.unshown == [("bad",)]
    notifier.close()


def test_a_call_that_hangs_blocks_nobody_and_hands_back_all_that_waits() -> None:
    notes, clock, show = Notes(), Seconds(), Hanging()
    notifier = PlyerNotifier(notes, show, call_timeout=8, monotonic=clock)
    notifier.notify(notification("a"))
    notifier.notify(notification("b"))
    assert show.called.wait(20)
    clock.pass_by(7)
    notifier.poll()
    assert notes.unshown == []
    clock.pass_by(1)
    notifier.poll()
    assert notes.unshown == [("a", "b")]
    with pytest.raises(NotifierFailed):
        notifier.notify(notification("c"))
    show.go_on.set()
    polled_until(notifier, lambda: notes.returns == 2)
    assert show.tags == ["a"], "what another back end has shown meanwhile is not shown again"
    notifier.notify(notification("d"))
    polled_until(notifier, lambda: notes.shown == ["a", "d"])
    notifier.close()


def test_what_is_withdrawn_before_its_turn_is_not_shown() -> None:
    notes, show = Notes(), Hanging()
    notifier = PlyerNotifier(notes, show)
    notifier.notify(notification("a"))
    notifier.notify(notification("b"))
    notifier.notify(notification("c"))
    notifier.withdraw("b")
    show.go_on.set()
    polled_until(notifier, lambda: notes.shown == ["a", "c"])
    assert show.tags == ["a", "c"]
    assert notes.unshown == []
    notifier.close()


class Recorded:
    """Stands for the plyer classes of Linux."""

    calls: list[tuple[str, dict[str, Any]]]

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from plyer.platforms.linux import notification as linux

        self.calls = []
        for name in ("NotifyDesktopPortals", "NotifyDbus", "NotifySendNotification"):
            monkeypatch.setattr(linux, name, self._class(name))
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    def _class(self, name: str) -> Callable[[], Any]:
        outer = self

        class Implementation:
            def notify(self, **texts: Any) -> None:
                outer.calls.append((name, texts))

        return Implementation


def test_linux_asks_the_server_before_it_trusts_notify_send(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(monkeypatch)
    with pytest.raises(NotifierFailed, match="no notification server"):
        plyer_platform.shower("App", lambda: None)(notification())
    assert recorded.calls == []


def test_a_folder_called_app_makes_no_flatpak(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(monkeypatch)
    monkeypatch.setattr("os.path.isdir", lambda _: True)
    shower = plyer_platform.shower("App", lambda: frozenset({"body-markup"}))
    shower(notification("t", "-" + "x" * 100, "R&D <b>"))
    ((name, texts),) = recorded.calls
    assert name == "NotifySendNotification"
    assert texts["title"].startswith("\u2010x")
    assert len(texts["title"]) == 64
    assert texts["message"] == "R&amp;D &lt;b&gt;"


def test_without_any_program_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    Recorded(monkeypatch)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(NotifierFailed, match="notify-send"):
        plyer_platform.shower("App", frozenset)(notification())


@pytest.fixture
def notify_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """Puts a program of that name in the path, which writes down its arguments and ends with a status."""

    def put(status: int) -> Path:
        program = tmp_path / "notify-send"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/said"\nexit {status}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
        return tmp_path / "said"

    return put


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
def test_notify_send_has_shown_it_when_it_ends_well(notify_send: Callable[[int], Path]) -> None:
    said = notify_send(0)
    plyer_platform.shower("App", frozenset)(notification("t", "-Title", "One\\two"))
    assert said.read_text().splitlines() == ["-a", "App", "--", "\u2010Title", "One\\\\two"]


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
@pytest.mark.parametrize("status", [1, 127])
def test_notify_send_has_shown_nothing_when_it_fails(notify_send: Callable[[int], Path], status: int) -> None:
    notify_send(status)
    with pytest.raises(NotifierFailed, match="notify-send"):
        plyer_platform.shower("App", frozenset)(notification())


def test_what_returns_late_and_has_shown_it_is_told() -> None:
    notes, clock, show = Notes(), Seconds(), Hanging()
    notifier = PlyerNotifier(notes, show, call_timeout=8, monotonic=clock)
    notifier.notify(notification("a"))
    assert show.called.wait(20)
    clock.pass_by(8)
    notifier.poll()
    assert (notes.unshown, notes.shown) == ([("a",)], [])
    show.go_on.set()
    polled_until(notifier, lambda: notes.shown == ["a"])
    assert notes.unshown == [("a",)]
    notifier.close()
