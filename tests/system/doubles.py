"""A clock that is set by hand, a listener that writes down, a back end that does as it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.system.notifiers.backend import Backend, Listener


def notification(tag: str = "t", title: str = "Title", body: str = "Body") -> Notification:
    return Notification(tag=tag, title=title, body=body, actions=(("open", "Open"), ("sent", "Sent")))


class Seconds:
    """A monotonic clock."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Notes:
    """A listener that keeps what it hears."""

    shown: list[str] = field(default_factory=list)
    unshown: list[tuple[str, ...]] = field(default_factory=list)
    returns: int = 0
    actions: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def delivered(self, backend: Backend, notification: Notification) -> bool:
        self.shown.append(notification.tag)
        return True

    def failed(self, backend: Backend, notifications: tuple[Notification, ...]) -> None:
        self.unshown.append(tuple(each.tag for each in notifications))

    def came_back(self, backend: Backend) -> None:
        self.returns += 1

    def action(self, tag: str, action_id: str, token: str = "") -> None:
        self.actions.append((tag, action_id))
        self.tokens.append(token)


class ObedientBackend:
    """A back end whose fate the test decides."""

    def __init__(self, name: str, listener: Listener) -> None:
        self.name = name
        self.listener = listener
        self.broken = False
        self.taken: list[Notification] = []
        self.withdrawn: list[str] = []
        self.shown: list[str] = []
        self.refused: list[str] = []
        self._waiting: list[Notification] = []

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    @property
    def on_screen(self) -> frozenset[str]:
        """What it has shown and nobody has withdrawn."""
        return frozenset(self.shown) - frozenset(self.withdrawn)

    def start(self) -> None:
        if self.broken:
            raise NotifierFailed("broken")

    def notify(self, notification: Notification) -> None:
        if self.broken:
            raise NotifierFailed("broken")
        self.taken.append(notification)
        self._waiting.append(notification)

    def withdraw(self, tag: str) -> None:
        self.withdrawn.append(tag)

    def close(self) -> None:
        self._waiting.clear()

    def fileno(self) -> int | None:
        return None

    def on_readable(self) -> None:
        pass

    def poll(self) -> None:
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if self.listener.delivered(self, each):
                self.shown.append(each.tag)
            else:
                self.refused.append(each.tag)

    def break_down(self) -> None:
        """Fail now, with everything that was taken and not reported."""
        waiting, self._waiting = tuple(self._waiting), []
        self.broken = True
        self.listener.failed(self, waiting)

    def deliver_late(self, notification: Notification) -> bool:
        """Show what was given up long ago; whether that is wanted."""
        return self.listener.delivered(self, notification)

    def recover(self) -> None:
        self.broken = False
        self.listener.came_back(self)
