"""What starts and other programs want of the window, from when it is heard until the window has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from followup_desktop.domain.errors import Refused
from followup_desktop.system.single_instance import NOTHING_ELSE, Reception, Wish

if TYPE_CHECKING:
    from followup_desktop.ui.kit.forms.drafts import DraftStore
    from followup_desktop.ui.window.main_window import MainWindow


class Wishes:
    """Hands each to the ``window``; until there is one, they wait for it.

    While ``is_asking``, the user has to do something before the data can be opened, which may be never.
    """

    def __init__(self, window: Callable[[], MainWindow | None]) -> None:
        self._window = window
        self._waiting: list[Wish] = []
        self.is_asking = False

    @property
    def any_wait(self) -> bool:
        """Whether there are some that wait for the window."""
        return bool(self._waiting)

    @property
    def has_posting(self) -> bool:
        """Whether a posting is among those that wait: it lies nowhere but in memory."""
        return any(wish.posting for wish in self._waiting)

    def add(self, wish: Wish) -> None:
        """Fulfil it in the window, or let it wait."""
        window = self._window()
        if window is not None:
            _fulfil(wish, window)
        elif wish != NOTHING_ELSE:
            self._waiting.append(wish)

    def fulfil_waiting(self) -> None:
        """Fulfil those that waited for the window, in their order."""
        waiting, self._waiting = self._waiting, []
        if (window := self._window()) is not None:
            for wish in waiting:
                _fulfil(wish, window)

    def reception(self, wish: Wish) -> Reception:
        """What would become of a wish now; a file stays where it is, but a posting has to be kept."""
        if not wish.posting:
            return Reception.TAKEN
        from followup_desktop.services.capture.links import MOST_WAITING, handed_posting

        window, is_faulty = self._window(), fault_of(wish) is not None
        if self.is_asking or (window is None and is_faulty):
            return Reception.CLOSED
        if window is None:
            return Reception.LATER if len(self._waiting) < MOST_WAITING else Reception.FULL
        if is_faulty or window.postings.can_take(handed_posting(wish.posting)):
            return Reception.TAKEN
        return Reception.FULL

    def keep_postings(self, drafts: DraftStore) -> None:
        """Have the postings that wait be found at the next start, if this one ends before."""
        if not self.has_posting:
            return
        from followup_desktop.services.capture.links import handed_posting
        from followup_desktop.ui.window.handed_postings import PostingDrafts

        kept = PostingDrafts(drafts)
        for wish in self._waiting:
            if wish.posting:
                kept.keep(handed_posting(wish.posting))


def _fulfil(wish: Wish, window: MainWindow) -> None:
    if wish.file is not None:
        window.open_file(wish.file)
    elif (fault := fault_of(wish)) is not None:
        window.show_status(str(fault))
    elif wish.posting:
        from followup_desktop.services.capture.links import handed_posting

        window.postings.open(handed_posting(wish.posting))


def wish_of_url(url: QUrl) -> Wish:
    """The file or the link that the system hands over; raises ``Refused`` where that is another's link."""
    if url.isLocalFile():
        return Wish(Path(url.toLocalFile()))
    from followup_desktop.services.capture.links import posting_of_link

    return Wish(posting=posting_of_link(url.toString()))


def fault_of(wish: Wish) -> Refused | None:
    """What is wrong with the link that a start was given."""
    if not wish.posting:
        return None
    from followup_desktop.services.capture.links import fault_in

    return fault_in(wish.posting)


def check_link(wish: Wish) -> None:
    """Raise what is wrong with the link that a start was given, if anything is."""
    if fault := fault_of(wish):
        raise fault
