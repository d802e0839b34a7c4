"""How reminders reach the user, and how their answers come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from followup_desktop.i18n import _

if TYPE_CHECKING:
    from followup_desktop.services.ports import ActionHandler, Autostart
    from followup_desktop.services.reminding.availability import Availability
    from followup_desktop.services.reminding.log import AnnouncementRow, Announcements
    from followup_desktop.system.notifiers.chain import NotifierChain
    from followup_desktop.ui.kit.reminder_options import ReminderChoices
    from followup_desktop.ui.window.tray import Tray

_TRY_AGAIN_MS = 200


class ActionRelay:
    """Hands a notification's answer on to what is made only after the notifier, once the window is free."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        self._handler: ActionHandler = lambda _tag, _action: None
        self._is_busy = is_busy

    def connect(self, handler: ActionHandler) -> None:
        """From now on call this."""
        self._handler = handler

    def __call__(self, tag: str, action: str) -> None:
        if self._is_busy():
            QTimer.singleShot(_TRY_AGAIN_MS, lambda: self(tag, action))
        else:
            self._handler(tag, action)


class Delivery:
    """How reminders reach the user: the notifier, the tray, the start at login, and what the user chose."""

    def __init__(
        self,
        chain: NotifierChain,
        tray: Tray,
        choices: ReminderChoices,
        log: Announcements,
        login: Autostart | None,
    ) -> None:
        self.chain = chain
        self.tray = tray
        self.choices = choices
        self.log = log
        self.login = login

    @property
    def name(self) -> str:
        """The back end in use."""
        return self.chain.name

    @property
    def availability(self) -> Availability:
        """How the program stays delivery."""
        from followup_desktop.services.reminding.availability import Availability

        return Availability(tray=self.tray.available, at_login=self.login.is_on() if self.login else None)

    def send_test(self) -> str:
        """Raise one notification; says in a sentence which way it goes."""
        return send_test(self.chain)

    def explained(self) -> str:
        """When reminders come, and what would make them surer."""
        from followup_desktop.services.reminding.availability import explained

        return explained(self.availability)

    def assured(self) -> str:
        """How sure it is that reminders come, in a word, for when there is nothing to do."""
        from followup_desktop.services.reminding.availability import assured

        return assured(self.availability)

    def announcements(self, now: datetime) -> Sequence[AnnouncementRow]:
        """What was announced last, the last first."""
        return self.log.rows(now)

    def paused_until(self) -> datetime | None:
        """Until when there are no reminders, if they are paused."""
        return self.choices.paused_until()

    def resume(self) -> None:
        """Have reminders again from now on."""
        self.choices.resume()


def send_test(chain: NotifierChain) -> str:
    """Raise one notification; says in a sentence which way it goes."""
    from followup_desktop.services.ports import Notification
    from followup_desktop.system.notifiers.chain import TEST_TAG

    body = _("Notifications work. You'll get your reminders here.")
    chain.notify(Notification(tag=TEST_TAG, title="Follow Up", body=body))
    return _("Sent a test notification through {back_end}.").format(back_end=chain.name)
