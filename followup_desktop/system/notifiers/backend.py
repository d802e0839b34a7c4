"""What the chain expects of a back end, and what a back end tells the chain."""

from __future__ import annotations

from typing import Protocol

from followup_desktop.services.ports import Notification, Notifier

OPEN = "open"
"""The action of a click on the notification itself."""


class Listener(Protocol):
    """Hears what becomes of notifications; every call comes on the thread that drives the back end."""

    def delivered(self, backend: Backend, notification: Notification) -> bool:
        """The back end has shown it, as far as the platform lets it know, though perhaps late.

        Whether it is wanted: if not, for another has shown it meanwhile, it is to be taken away.
        """

    def failed(self, backend: Backend, notifications: tuple[Notification, ...]) -> None:
        """The back end can't show notifications now; it was handed these and has not shown them."""

    def came_back(self, backend: Backend) -> None:
        """The back end can show notifications again."""

    def action(self, tag: str, action_id: str, token: str = "") -> None:
        """The user pressed a button, or the notification itself (``open``).

        With the token a window may be raised for it, where the platform asks for one.
        """


class Backend(Notifier, Protocol):
    """A notifier that works without ever blocking its caller, and reports later to its listener.

    Of each notification that it takes it reports within some seconds that it was delivered, or that it has
    failed; what is withdrawn meanwhile may be left out.

    Whoever drives it calls ``on_readable`` when the descriptor has data, and ``poll`` a few times a second
    while it is ``busy``.
    """

    @property
    def busy(self) -> bool:
        """Whether an outcome is awaited that ``poll`` may bring."""

    def start(self) -> None:
        """Find out whether it can be used; raises ``NotifierFailed`` if it is known that it can't."""

    def fileno(self) -> int | None:
        """The descriptor to be watched for reading, or ``None``."""

    def on_readable(self) -> None:
        """Read and handle what has arrived."""

    def poll(self) -> None:
        """Report what has been finished or given up since."""
