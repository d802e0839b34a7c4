"""A great moment, told once where the user is: a calm line at the foot of the views, no box."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.great_moments import GreatMoment
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import Request, ShowView, WriteMessage
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.window_settings import MOMENT_SHOWN, MOMENTS_TOLD

_MOST = 10
"""An edit of more applications than this is an import or the like, and brings no news."""
_LOOKED_THROUGH = 500
"""What came with so many is known from then on, and is no news when one of them is edited."""
_GOODBYES = 3


class GreatMomentBar(WideBar):
    """Says it until the user closes it, over the next starts too; what is undone is no longer said.

    After an acceptance it also names whom to tell: ``asked`` carries the request for that letter, or for
    those that have no room.
    """

    asked = Signal(object)

    def __init__(self, context: Context) -> None:
        self._context = context
        self._settings = context.settings
        self._shown: GreatMoment | None = None
        self.goodbyes: list[Button] = []
        self._letters = QWidget()
        self._line_of_letters = FlowLayout(self._letters, gap=4)
        self._letters.hide()
        self.close_button = Button(_("Close"), look="quiet", name=_("Close this message"))
        super().__init__(context.theme, _("Good news"), "well", self._letters, self.close_button)
        self.close_button.clicked.connect(self._close)

    def look(self, changes: ChangesLike | None) -> None:
        """Tell what the changes brought about, and no longer what holds no more."""
        now, told = self._context.clock(), self._settings.get(MOMENTS_TOLD)
        if changes is not None and not changes.everything and len(changes.edited) <= _LOOKED_THROUGH:
            news = self._context.overview.great_moments.news(changes.edited, now)
            fresh = [key for key in news if key not in told]
            if fresh:
                self._settings.set(MOMENTS_TOLD, (*told, *fresh))
            if fresh and len(changes.edited) <= _MOST:
                self._settings.set(MOMENT_SHOWN, fresh[0])
        self._show_now()

    def pass_time(self) -> None:
        """Say what was tomorrow as today, and nothing of what is over."""
        if self._shown is not None:
            self._show_now()

    def _show_now(self) -> None:
        key = self._settings.get(MOMENT_SHOWN)
        moment = self._context.overview.great_moments.moment(key, self._context.clock()) if key else None
        if key and moment is None:  # undone, or overtaken: if it comes again, it is told again
            told = self._settings.get(MOMENTS_TOLD)
            self._settings.set(MOMENTS_TOLD, tuple(each for each in told if each != key))
            self._settings.set(MOMENT_SHOWN, "")
        if moment == self._shown:
            return
        self._shown = moment
        self._offer_letters(moment)
        self.show_sentence(moment.sentence if moment is not None else None)
        if moment is not None:
            self.setAccessibleDescription(moment.sentence)

    def _offer_letters(self, moment: GreatMoment | None) -> None:
        for button in self.goodbyes:
            button.hide()
            self._line_of_letters.removeWidget(button)
            button.deleteLater()
        self.goodbyes.clear()
        left = moment.goodbyes if moment is not None else ()
        for each in left[:_GOODBYES]:
            words = _("Write to {employer}…").format(employer=each.employer)
            self._offer(words, WriteMessage(each.key))
        if more := len(left[_GOODBYES:]):
            words = ngettext("{n} more in Today", "{n} more in Today", more).format(n=format_number(more))
            self._offer(words, ShowView("today"))
        self._letters.setVisible(bool(self.goodbyes))

    def _offer(self, words: str, request: Request) -> None:
        button = Button(words, look="link")
        button.clicked.connect(lambda: self.asked.emit(request))
        self.goodbyes.append(button)
        self._line_of_letters.addWidget(button)
        button.show()

    def _close(self) -> None:
        self._settings.set(MOMENT_SHOWN, "")
        self._show_now()
