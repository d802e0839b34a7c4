"""What changes on the screen, said to those who can't see it: everything that is told goes through here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QWidget
from shiboken6 import isValid

from followup_desktop.services.wording.formats import ended

_MOMENT_MS = 100
"""What is said within a moment is said in one breath, after the keyboard is where it will be."""
_LOOK_MS = 50
_LOOKS = 6
"""So many in turn have to find rest before something is said: the first may come late, after much work."""
_MOST_LOOKS = 80
_STIRRING = 4
"""A loop that has woken so often between two looks is kept awake; at rest a caret blinks in it."""
TYPED_MS = 800
"""What is said of something that is being typed waits for a rest."""
_KEPT = 9
_VOICES = 4
_WITH_EVENT = ("windows", "cocoa")
"""The platforms on which assistive technology reads Qt's event for this."""


def reads_what_changes() -> bool:
    """Whether a name or description that changes is read out by itself where the keyboard is: Orca does."""
    return QGuiApplication.platformName() not in _WITH_EVENT


class Rest(QObject):
    """Looks whether the window is at rest, and says so by ``come``, after some seconds at the latest.

    Of all that changes assistive technology asks the window, and each question wakes the event loop. Orca
    drops a notification if more than 50 events wait in it, so nothing is to be said while it asks.
    """

    come = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._looks = self._calm = self._woken = 0

    def wait(self) -> None:
        """Wait for it from now on."""
        self._looks = self._calm = self._woken = 0
        if not self._timer.isActive():
            self._timer.start()
            QAbstractEventDispatcher.instance().awake.connect(self._wake)

    def stop(self) -> None:
        """Wait no longer."""
        if self._timer.isActive():
            self._timer.stop()
            QAbstractEventDispatcher.instance().awake.disconnect(self._wake)

    def _wake(self) -> None:
        self._woken += 1

    def _look(self) -> None:
        self._looks += 1
        self._calm = self._calm + 1 if self._woken < _STIRRING else 0
        self._woken = 0
        if self._calm == _LOOKS or self._looks == _MOST_LOOKS:
            self.stop()
            self.come.emit()


class Voice(QWidget):
    """What assistive technology takes for a notification when it appears."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(1, 1)
        self.hide()


class Announcer(QWidget):
    """The voice of a window: says what is shown elsewhere in it, once.

    On Linux it is a notification that appears: Orca has no ear for Qt's event before version 45, and hears
    both from then on. Elsewhere it is that event. There are some voices that take turns: Orca asks for the
    words later than it is told of them, and would find the next ones.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._voices: list[Voice] = []
        self.said: list[str] = []
        """What has been said last, a breath each."""
        self._waiting: dict[object, tuple[str, Callable[[], bool]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._rest = Rest(self)
        self._timer.timeout.connect(self._rest.wait)
        self._rest.come.connect(self.speak)

    @classmethod
    def of(cls, part: QWidget) -> Self:
        """The announcer of the part's window, made when it is first wanted."""
        window = part.window()
        found = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if found is not None else cls(window)

    def announce(
        self,
        sentence: str,
        *,
        about: object = None,
        rest: int = 0,
        unless: Callable[[], bool] = bool,
        first: bool = False,
    ) -> None:
        """Say this in a moment or, while something is typed, after a ``rest`` in milliseconds.

        What is ``about`` the same as something that still waits takes its place; nothing takes it back.
        Whether it holds ``unless`` something is so is asked when it would be said, and not of a part that it
        is ``about`` and that has gone. What is said ``first`` stands before all that waits.
        """
        key = sentence if about is None else about
        self._waiting.pop(key, None)
        if sentence:
            said = {key: (sentence, unless)}
            self._waiting = said | self._waiting if first else self._waiting | said
            self._rest.stop()
            self._timer.start(max(_MOMENT_MS, rest))

    def speak(self) -> None:
        """Say now what waits."""
        self._timer.stop()
        self._rest.stop()
        waiting, self._waiting = self._waiting, {}
        sentences = dict.fromkeys(
            ended(sentence)
            for about, (sentence, unless) in waiting.items()
            if not (isinstance(about, QWidget) and not isValid(about)) and not unless()
        )
        if not sentences or not self.window().isVisible():
            return
        words = " ".join(sentences)
        self.said = [*self.said[-_KEPT:], words]
        if not reads_what_changes():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
            return
        voice = self._voices.pop(0) if len(self._voices) == _VOICES else Voice(self.window())
        self._voices.append(voice)
        voice.setAccessibleName(words)
        voice.show()
        voice.hide()  # it has been told of; what stands there no longer is not to be found, either


def describe(part: QWidget, sentence: str) -> None:
    """Describe anew the part that has the keyboard, so that it is said."""
    part.setAccessibleDescription(sentence)
    if not reads_what_changes():
        announce(part, sentence)


def announce_place(window: QWidget, go: Callable[[], object]) -> None:
    """Run what may put the keyboard elsewhere in the window, and say what it is in from then on.

    To be used where what had the keyboard, or was read out last, is gone by then: of what comes after that
    Orca says only the field.
    """
    left = _around(window.focusWidget())
    go()
    if not isValid(window) or not reads_what_changes():
        return
    parts = [part for part in _around(window.focusWidget()) if part not in left]
    # A page is called what its form is called.
    names = dict.fromkeys(ended(name) for part in reversed(parts) if (name := part.accessibleName()))
    Announcer.of(window).announce(" ".join(names), first=True)


def _around(part: QWidget | None) -> list[QWidget]:
    """What the part is in, within its window, the next first; a list is around its rows.

    An area that scrolls is left out: what it is in has the name of what it shows.
    """
    found: list[QWidget] = [part] if isinstance(part, QAbstractItemView) else []
    while part is not None and not part.isWindow() and (part := part.parentWidget()) is not None:
        if not part.isWindow() and not isinstance(part, QAbstractScrollArea):
            found.append(part)
    return found


def announce(part: QWidget, sentence: str) -> None:
    """Say a sentence that has just been shown in a part of a window."""
    Announcer.of(part).announce(sentence)
