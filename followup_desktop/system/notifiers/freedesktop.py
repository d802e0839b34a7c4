"""Notifications of the freedesktop specification, with buttons, over one connection to the session bus.

Nothing here waits: a notification is sent, and what became of it is heard later. A server that does not
answer is given up after some seconds and counts as failed until it answers again. An answer that is not what
the specification says is none: whoever gave it did not show the notification.
"""

from __future__ import annotations

import select
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from jeepney import DBusAddress, Message, new_method_call
from jeepney.bus_messages import MatchRule, message_bus

from followup_desktop.services.ports import Notification, NotifierFailed, Urgency
from followup_desktop.system.notifiers.backend import OPEN, Listener
from followup_desktop.system.notifiers.session_bus import Body, SessionBus
from followup_desktop.system.notifiers.text import TITLE_LIMIT, escape_markup, one_line, some_lines

_NAME = "org.freedesktop.Notifications"
_SERVER = DBusAddress("/org/freedesktop/Notifications", bus_name=_NAME, interface=_NAME)
_DEFAULT_ACTION = "default"
_LABEL_LIMIT = 40
_REMEMBERED = 500
_ASK_AGAIN_SECONDS = 60.0
_SERVER_DECIDES = -1
_UNTIL_DEALT_WITH = 0
_LARGEST_NUMBER = 2**32 - 1

Monotonic = Callable[[], float]


@dataclass(slots=True, eq=False)
class _PendingNotification:
    """A notification whose reply is awaited."""

    notification: Notification
    deadline: float
    given_up: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who notifications are from: a name, a desktop entry, and an icon as the server finds it."""

    name: str
    desktop_entry: str
    icon: str = ""


class FreedesktopNotifier:
    """The back end for Linux and the BSDs; see the protocol ``Backend``.

    ``desktop_entry`` is the name of the program's desktop file, ``reply_timeout`` the seconds after which a
    server that has not answered is given up.
    """

    name = "freedesktop"

    def __init__(
        self,
        listener: Listener,
        address: str | None,
        sender: Sender,
        *,
        reply_timeout: float = 5.0,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._listener = listener
        self._address = address
        self._sender = sender
        self._reply_timeout = reply_timeout
        self._monotonic = monotonic
        self._bus: SessionBus | None = None
        self._capabilities: frozenset[str] | None = None
        self._asked_until: float | None = None
        self._hung = False
        self._ask_again_at = monotonic()
        self._queue: dict[str, Notification] = {}
        self._sent: list[_PendingNotification] = []
        self._latest: dict[str, _PendingNotification] = {}
        self._ids: dict[str, int] = {}
        self._tags: OrderedDict[int, str] = OrderedDict()
        self._asking: set[int] = set()
        self._tokens: dict[int, str] = {}

    @property
    def busy(self) -> bool:
        """Whether a reply is awaited that has not been given up."""
        awaited = self._asked_until is not None or any(not sent.given_up for sent in self._sent)
        return awaited and not self._hung

    @property
    def on_screen(self) -> frozenset[str]:
        """What the server has shown, and has not said to be closed."""
        return frozenset(self._ids)

    def start(self) -> None:
        """Connect and ask what the server can, so that the first notification need not wait for it."""
        self._connect()
        self._ask_capabilities()

    def notify(self, notification: Notification) -> None:
        """Send it, or keep it until the server has said what it can."""
        if self._hung:
            self._ask_again()
            raise NotifierFailed("the notification server does not answer")
        self._connect()
        if self._capabilities is None:
            self._queue[notification.tag] = notification
            self._ask_capabilities()
        else:
            self._send(notification, self._capabilities)

    def withdraw(self, tag: str) -> None:
        """Close it, also if it is only on its way."""
        self._queue.pop(tag, None)
        self._latest.pop(tag, None)
        for sent in self._sent:
            if sent.notification.tag == tag:
                sent.withdrawn = True
        number = self._ids.pop(tag, None)
        if number is not None:
            self._close_shown(number)

    def close(self) -> None:
        """End the connection; what asks for an answer is taken away, since nobody would hear it any more."""
        for number in tuple(self._asking.intersection(self._ids.values())):
            self._close_shown(number)
        if self._bus is not None:
            self._bus.close()
            self._bus = None
        self._forget_server()
        self._queue.clear()
        self._sent.clear()

    def fileno(self) -> int | None:
        """The connection's descriptor."""
        return self._bus.fileno() if self._bus is not None else None

    def on_readable(self) -> None:
        """Handle replies and signals."""
        if self._bus is not None:
            self._bus.on_readable()

    def poll(self) -> None:
        """Give up a server that has not answered in time, and hand back what it did not show."""
        now = self._monotonic()
        deadlines = [sent.deadline for sent in self._sent if not sent.given_up]
        if self._asked_until is not None:
            deadlines.append(self._asked_until)
        if self._hung or not deadlines or min(deadlines) > now:
            return
        self._hung = True
        self._fail(self._take_unshown())

    def _connect(self) -> None:
        if self._bus is not None:
            return
        if self._address is None:
            raise NotifierFailed("there is no session bus")
        try:
            bus = SessionBus(self._address, self._on_signal, self._on_bus_lost)
        except OSError as error:
            raise NotifierFailed("the session bus can't be reached") from error
        self._bus = bus
        for rule in (
            MatchRule(type="signal", sender=_NAME, interface=_NAME),
            _owner_rule(),
        ):
            bus.call(message_bus.AddMatch(rule), lambda _: None)

    def _ask_capabilities(self) -> None:
        if self._bus is not None and self._asked_until is None:
            self._asked_until = self._monotonic() + self._reply_timeout
            self._bus.call(new_method_call(_SERVER, "GetCapabilities"), self._on_capabilities)

    def _ask_again(self) -> None:
        """Ask a server that hangs whether it is well again: it may have lost what it was asked before."""
        now = self._monotonic()
        if self._bus is not None and now >= self._ask_again_at:
            self._ask_again_at = now + _ASK_AGAIN_SECONDS
            self._bus.call(new_method_call(_SERVER, "GetCapabilities"), self._on_capabilities)

    def _on_capabilities(self, body: Body | None) -> None:
        self._asked_until = None
        self._hung = False
        capabilities = self._capabilities = capabilities_in(body)
        if capabilities is None:
            self._fail(self._take_unshown())
            return
        self._listener.came_back(self)
        waiting, self._queue = tuple(self._queue.values()), {}
        for notification in waiting:
            self._send(notification, capabilities)

    def _send(self, notification: Notification, capabilities: frozenset[str]) -> None:
        if self._bus is None:
            self._fail((notification,))
            return
        sent = _PendingNotification(notification, self._monotonic() + self._reply_timeout)
        self._sent.append(sent)
        self._latest[notification.tag] = sent
        message = self._message(notification, capabilities)
        self._bus.call(message, lambda body: self._on_notified(sent, body))

    def _message(self, notification: Notification, capabilities: frozenset[str]) -> Message:
        body = some_lines(notification.body)
        if "body-markup" in capabilities:
            body = escape_markup(body)
        hints = {
            "urgency": ("y", int(notification.urgency)),
            "desktop-entry": ("s", self._sender.desktop_entry),
        }
        return new_method_call(
            _SERVER,
            "Notify",
            "susssasa{sv}i",
            (
                self._sender.name,
                self._ids.get(notification.tag, 0),
                self._sender.icon,
                one_line(notification.title, TITLE_LIMIT),
                body,
                _actions(notification) if "actions" in capabilities else [],
                hints,
                _UNTIL_DEALT_WITH if _asks(notification) else _SERVER_DECIDES,
            ),
        )

    def _on_notified(self, sent: _PendingNotification, body: Body | None) -> None:
        self._sent.remove(sent)
        was_hung, self._hung = self._hung, False
        number = number_in(body)
        if number is None:
            self._capabilities = None
            if not sent.given_up and not sent.withdrawn:
                self._fail((sent.notification,))
            return
        if was_hung:
            self._listener.came_back(self)
        tag = sent.notification.tag
        if sent.withdrawn or self._latest.get(tag) is not sent:
            self._close_shown(number)
            return
        self._ids[tag] = number
        if _asks(sent.notification):
            self._asking.add(number)
        self._tags[number] = tag
        self._tags.move_to_end(number)
        if len(self._tags) > _REMEMBERED:
            forgotten, _ = self._tags.popitem(last=False)
            self._tokens.pop(forgotten, None)
        if not self._listener.delivered(self, sent.notification):
            self.withdraw(tag)

    def _close_shown(self, number: int) -> None:
        if self._bus is not None:
            self._bus.post(new_method_call(_SERVER, "CloseNotification", "u", (number,)))

    def _on_signal(self, member: str, body: Body) -> None:
        # What has other arguments than the specification says is passed over.
        match member, body:
            case "ActivationToken", (int(number), str(token)) if number in self._tags:
                # It comes right before the action, from version 1.2 of the specification on.
                self._tokens[number] = token
            case "ActionInvoked", (int(number), str(action)):
                tag, token = self._tags.get(number), self._tokens.pop(number, "")
                if tag is not None:
                    self._listener.action(tag, OPEN if action == _DEFAULT_ACTION else action, token)
            case "NotificationClosed", (int(number), int()):
                # The number stays known for a while: some servers tell of the action after the closing.
                tag = self._tags.get(number)
                if tag is not None and self._ids.get(tag) == number:
                    del self._ids[tag]
            case "NameOwnerChanged", (name, _, str(owner)) if name == _NAME:
                self._on_owner_changed(owner)

    def _on_owner_changed(self, owner: str) -> None:
        # The bus answers what the old owner left unanswered with an error each.
        self._forget_server()
        if owner:
            self._ask_capabilities()

    def _forget_server(self) -> None:
        self._capabilities = None
        self._hung = False
        self._ids.clear()
        self._tags.clear()
        self._asking.clear()
        self._tokens.clear()

    def _on_bus_lost(self) -> None:
        self._bus = None
        self._asked_until = None
        self._forget_server()
        unshown = self._take_unshown()
        self._sent.clear()
        self._fail(unshown)

    def _take_unshown(self) -> tuple[Notification, ...]:
        unshown = list(self._queue.values())
        self._queue.clear()
        for sent in self._sent:
            if not sent.given_up:
                sent.given_up = True
                if not sent.withdrawn:
                    unshown.append(sent.notification)
        return tuple(unshown)

    def _fail(self, notifications: tuple[Notification, ...]) -> None:
        self._listener.failed(self, notifications)


def server_capabilities(address: str | None, timeout: float) -> frozenset[str] | None:
    """What the notification server can, or ``None`` if none answers within ``timeout`` seconds.

    It waits, so it is for worker threads only.
    """
    if address is None:
        return None
    answers: list[Body | None] = []
    try:
        bus = SessionBus(address, lambda _member, _body: None, lambda: answers.append(None))
    except OSError:
        return None
    bus.call(new_method_call(_SERVER, "GetCapabilities"), answers.append)
    deadline = time.monotonic() + timeout
    while not answers and (left := deadline - time.monotonic()) > 0:
        descriptor = bus.fileno()
        if descriptor is None:
            break
        select.select([descriptor], [], [], left)
        bus.on_readable()
    bus.close()
    return capabilities_in(answers[0]) if answers else None


def capabilities_in(body: Body | None) -> frozenset[str] | None:
    """What a server says that it can, if it says so as the specification has it."""
    match body:
        case (list(names),) if all(isinstance(name, str) for name in names):
            return frozenset(names)
    return None


def number_in(body: Body | None) -> int | None:
    """The number of a notification that was shown, if that is what the server answers; none is 0."""
    match body:
        case (int(number),) if number is not True and 0 < number <= _LARGEST_NUMBER:
            return number
    return None


def _owner_rule() -> MatchRule:
    rule = MatchRule(
        type="signal", sender=message_bus.bus_name, interface=message_bus.interface, member="NameOwnerChanged"
    )
    rule.add_arg_condition(0, _NAME)
    return rule


def _asks(notification: Notification) -> bool:
    """Whether it is to stay until the user has dealt with it: a reminder that vanishes is a reminder lost."""
    return bool(notification.actions) and notification.urgency is not Urgency.LOW


def _actions(notification: Notification) -> list[str]:
    result: list[str] = []
    offered = dict(notification.actions)
    for action, label in ((_DEFAULT_ACTION, offered.pop(OPEN, "")), *offered.items()):
        result += (action, one_line(label, _LABEL_LIMIT))
    return result
