"""The notifier the program uses: back ends in order, the next one when one fails.

What a back end was handed and did not show goes to the next, also when it fails later. When the last has
failed, that is told (``set_fate_handler``); the list in the program itself shows every follow-up in any case.
"""

from __future__ import annotations

import select
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from followup_desktop.i18n import N_, _
from followup_desktop.services.ports import ActionHandler, FateHandler, Notification, NotifierFailed
from followup_desktop.system.notifiers.backend import Backend, Listener

# Translators: the way of reminders that no notification can show.
IN_APP = N_("in-app list")
TEST_TAG = "notify-test"
"""The tag of a notification that only tests whether one can be shown: a click on it means nothing."""
_RETRY_SECONDS = 60.0
_PUMP_SECONDS = 0.1

BackendMaker = Callable[[Listener], Backend]
ChangeHandler = Callable[[], None]
_REMEMBERED = 500


class NotifierChain:
    """A ``Notifier`` over several, and the ``Listener`` of each.

    A back end that failed is passed over until it says that it is back, or a minute has passed. ``on_change``
    (see ``watch``) is called after each call that may have changed what ``descriptors`` and ``busy`` say.
    """

    def __init__(
        self,
        makers: Sequence[BackendMaker],
        on_action: ActionHandler,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_action = on_action
        self._monotonic = monotonic
        self._on_change: ChangeHandler = lambda: None
        self._on_fate: FateHandler = lambda _tag, _back_end: None
        self._token = ""
        self._backends = tuple(make(self) for make in makers)
        self._retry_at: dict[str, float] = {}
        self._test_shown_by: list[str] = []
        self._shown_by: OrderedDict[str, str] = OrderedDict()

    @property
    def name(self) -> str:
        """The name of the back end that the next notification goes to first."""
        return next((backend.name for backend in self._backends if self._may_try(backend)), _(IN_APP))

    @property
    def busy(self) -> bool:
        """Whether ``poll`` is to be called a few times a second."""
        return any(backend.busy for backend in self._backends)

    @property
    def on_screen(self) -> frozenset[str]:
        """The tags of what is known to be on the screen still."""
        return frozenset().union(*(backend.on_screen for backend in self._backends))

    def descriptors(self) -> tuple[tuple[int, Backend], ...]:
        """The descriptors to be watched for reading, each with the back end to be told."""
        pairs = ((backend.fileno(), backend) for backend in self._backends)
        return tuple((descriptor, backend) for descriptor, backend in pairs if descriptor is not None)

    def watch(self, on_change: ChangeHandler) -> None:
        """Call this whenever ``descriptors`` or ``busy`` may have changed."""
        self._on_change = on_change

    def set_fate_handler(self, on_fate: FateHandler) -> None:
        """Call this with what becomes of each notification, as far as it is known."""
        self._on_fate = on_fate

    @property
    def token(self) -> str:
        """While an action is handled: what a window may be raised with for it, or nothing."""
        return self._token

    def start(self) -> None:
        """Let each back end find out whether it can be used."""
        for backend in self._backends:
            try:
                backend.start()
            except NotifierFailed:
                self._set_aside(backend)
        self._on_change()

    def notify(self, notification: Notification) -> None:
        """Show it through the first back end that can; what becomes of it is told by ``set_fate_handler``."""
        self._shown_by.pop(notification.tag, None)
        self._try_from(0, notification)
        self._on_change()

    def withdraw(self, tag: str) -> None:
        """Take it away, whichever back end shows it, or it from what waits to be shown."""
        self._shown_by.pop(tag, None)
        for backend in self._backends:
            backend.withdraw(tag)
        self._on_change()

    def close(self) -> None:
        """Close all of them."""
        for backend in self._backends:
            backend.close()
        self._on_change()

    def on_readable(self, backend: Backend) -> None:
        """Let the back end read what has arrived."""
        backend.on_readable()
        self._on_change()

    def poll(self) -> None:
        """Let the back ends report what was finished or given up."""
        for backend in self._backends:
            backend.poll()
        self._on_change()

    def send_test(self, title: str, body: str, timeout: float = 20.0) -> str:
        """Raise one notification and wait until a back end has shown it; the name of that back end.

        Raises ``NotifierFailed`` if none has within ``timeout`` seconds. For the command line: it blocks.
        """
        self._test_shown_by.clear()
        self.notify(Notification(tag=TEST_TAG, title=title, body=body))
        self.finish(timeout)
        if not self._test_shown_by:
            sentence = _("Couldn't show a notification. Your follow-ups are in Today.")
            raise NotifierFailed(sentence)
        return self._test_shown_by[0]

    def finish(self, timeout: float) -> None:
        """Wait until no outcome is awaited, at most so many seconds: before the program ends."""
        deadline = self._monotonic() + timeout
        while self.busy and self._monotonic() < deadline:
            self.pump()

    def pump(self) -> None:
        """Wait a moment for something to arrive, and handle it: instead of an event loop."""
        descriptors = dict(self.descriptors())
        if descriptors:
            readable, __, __ = select.select(list(descriptors), [], [], _PUMP_SECONDS)
            for descriptor in readable:
                descriptors[descriptor].on_readable()
        else:
            time.sleep(_PUMP_SECONDS)
        self.poll()

    def delivered(self, backend: Backend, notification: Notification) -> bool:
        """A back end has shown it; it is wanted unless another, asked when this one was slow, has too."""
        tag = notification.tag
        if self._shown_by.setdefault(tag, backend.name) != backend.name:
            return False
        if len(self._shown_by) > _REMEMBERED:
            self._shown_by.popitem(last=False)
        if tag == TEST_TAG:
            self._test_shown_by.append(backend.name)
        self._on_fate(tag, backend.name)
        return True

    def failed(self, backend: Backend, notifications: tuple[Notification, ...]) -> None:
        """A back end can't; what it did not show goes to the next."""
        self._set_aside(backend)
        following = self._backends.index(backend) + 1
        for notification in notifications:
            self._try_from(following, notification)

    def came_back(self, backend: Backend) -> None:
        """A back end can again."""
        self._retry_at.pop(backend.name, None)

    def action(self, tag: str, action_id: str, token: str = "") -> None:
        """The user answered; a click on the test means nothing."""
        if tag == TEST_TAG:
            return
        self._token = token
        try:
            self._on_action(tag, action_id)
        finally:
            self._token = ""

    def _try_from(self, first: int, notification: Notification) -> None:
        for backend in self._backends[first:]:
            if not self._may_try(backend):
                continue
            try:
                backend.notify(notification)
            except NotifierFailed:
                self._set_aside(backend)
            else:
                return
        self._on_fate(notification.tag, None)

    def _may_try(self, backend: Backend) -> bool:
        return self._retry_at.get(backend.name, self._monotonic()) <= self._monotonic()

    def _set_aside(self, backend: Backend) -> None:
        self._retry_at[backend.name] = self._monotonic() + _RETRY_SECONDS
