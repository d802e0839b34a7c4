"""A sentence below a field that comes and goes while nothing else moves under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer
from followup_desktop.ui.kit.widgets.card import Text

_LOOK_MS = 30


class Hint(Text):
    """Words that wrap, widen nothing around them, and leave their room where it is when they go.

    What moves what stands below waits until no button of the mouse is pressed: what is clicked on stays
    below the pointer until the click is done. They are said aloud, too, unless another part does so.
    """

    def __init__(self, kind: str = "text", parent: QWidget | None = None, *, announced: bool = True) -> None:
        super().__init__("", kind, parent, wrap=True)
        self._sentence = ""
        self._announced = announced
        self._waiting: Callable[[], None] | None = None
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def sentence(self) -> str:
        """The sentence, or nothing."""
        return self._sentence

    def show_sentence(self, sentence: str) -> None:
        """Show another sentence; when there is none any more, its room stays."""
        before, self._sentence = self._sentence, sentence
        if self._announced and sentence != before and self.parentWidget() is not None:
            Announcer.of(self).announce(
                sentence, about=self, rest=TYPED_MS, unless=lambda: not self.isVisible()
            )
        if sentence:
            self._when_released(self._show)
        elif before:
            self._retain(self.isVisible() or self.sizePolicy().retainSizeWhenHidden())
            self.hide()

    def give_back_room(self) -> None:
        """Let what stands below move up, if nothing is said."""
        if not self._sentence and (self.text() or self.sizePolicy().retainSizeWhenHidden()):
            self._when_released(self._free)

    def _show(self) -> None:
        if self._sentence:
            self.setText(self._sentence)
            self.show()

    def _free(self) -> None:
        if not self._sentence:
            self.clear()
            self._retain(False)

    def _retain(self, retain: bool) -> None:
        policy = self.sizePolicy()
        if policy.retainSizeWhenHidden() != retain:
            policy.setRetainSizeWhenHidden(retain)
            self.setSizePolicy(policy)

    def _when_released(self, run: Callable[[], None]) -> None:
        is_looking, self._waiting = self._waiting is not None, run
        if not is_looking:
            self._look()

    def _look(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(_LOOK_MS, self, self._look)
        elif self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting()
