"""The popups of a notification server as a user meets them: on the screen, below a pointer."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tests.desktop.programs import repeat_until, wait_until
from tests.desktop.reader import Reader
from tests.desktop.servers import DUNST, XFCE4_NOTIFYD
from tests.desktop.session import PrivateSession, Received

TIMEOUT = 60.0
RIGHT = "3"

Place = tuple[int, int]


class Popups:
    """Clicks on the popups of the session's server.

    The GTK servers say on the accessibility bus where a button is. dunst draws none: there a click with the
    right button opens its menu of actions, in which the one wanted is chosen.

    A click without effect has missed a popup that still moved, and is repeated.
    """

    def __init__(self, session: PrivateSession) -> None:
        assert session.kind is not None
        self._session = session
        self._reader = Reader(session, session.kind.application) if session.kind.application else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._reader is not None:
            self._reader.close()

    def click(self, shown: Received, label: str) -> None:
        """Click on the button with that label, of a notification that is shown."""
        self.click_at(self.place(shown, label), shown, label)

    def place(self, shown: Received, label: str) -> Place:
        """Where to click for the button with that label.

        Whoever asks the accessibility bus asks every program on it, so it must be asked before one stops.
        """
        return self._of_dunst() if self._reader is None else self._place(shown, label)

    def click_at(self, place: Place, shown: Received, label: str) -> None:
        """As ``click``, at a place found before."""
        if self._reader is None:
            action = next(action for action, name in shown.actions.items() if name == label)
            wish = self._session.folder / "choice"

            def choose() -> None:
                wish.write_text(f"[{shown.id},{action}]")
                self._session.click(place, RIGHT)

            repeat_until(choose, lambda: not wish.exists(), TIMEOUT, "the action is chosen")
        else:
            self._click_until_closed(place, shown)

    def open(self, shown: Received) -> None:
        """Click on the notification itself, or on the button that xfce4-notifyd has for that.

        With dunst it must be the only one.
        """
        if self._reader is None:
            place = self._of_dunst()
        else:
            button = shown.actions["default"] if self._session.kind is XFCE4_NOTIFYD else shown.title
            place = self._place(shown, button)
        self._click_until_closed(place, shown)

    def _click_until_closed(self, place: Place, shown: Received) -> None:
        repeat_until(
            lambda: self._session.click(place),
            lambda: shown.id in self._session.closed(),
            TIMEOUT,
            f"{shown.title!r} is closed",
        )

    def _of_dunst(self) -> Place:
        """The middle of dunst's one window."""
        assert self._session.kind is DUNST
        wait_until(self._session.displayed, TIMEOUT, "a popup is shown")
        return self._session.middle(wait_until(self._session.popup_windows, TIMEOUT, "dunst's window")[0])

    def _place(self, shown: Received, name: str) -> Place:
        """Where something stands in the popup, once that holds still."""
        reader = self._reader
        assert reader is not None

        def still() -> Place | None:
            first, second = (reader.place_in_window(shown.title, name) for _ in range(2))
            return first if first == second else None

        return wait_until(still, TIMEOUT, f"{name!r} is shown and holds still")
