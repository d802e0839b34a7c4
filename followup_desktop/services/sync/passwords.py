"""Where the app password of the calendar server is kept: in the keyring, else in a file.

That of a proxy, which opens more than a calendar, is kept in the keyring or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.ports import KeyringDismissed, KeyringUnavailable, Secrets

_NAME, _PROXY = "calendar-server", "calendar-proxy"


class Passwords:
    """The passwords; a call may wait for the user to unlock the keyring, so none is made by the window.

    Keyring and file are opened when they are needed.
    """

    def __init__(self, keyring: Callable[[], Secrets], file: Callable[[], Secrets]) -> None:
        self._open_keyring = keyring
        self._open_file = file

    @cached_property
    def _keyring(self) -> Secrets:
        return self._open_keyring()

    @cached_property
    def _file(self) -> Secrets:
        return self._open_file()

    def get(self) -> str | None:
        """The password, if there is one; raises ``Refused`` where it can't be read now."""
        return self._file.get(_NAME) or self._keyring.get(_NAME)

    def put(self, password: str) -> bool:
        """Keep it; whether that is in the keyring. Raises ``Refused`` where it can't be kept anywhere."""
        try:
            self._keyring.set(_NAME, password, _("Follow Up: calendar server"))
        except (KeyringUnavailable, KeyringDismissed):
            self._file.set(_NAME, password, "")
            return False
        self._file.delete(_NAME)
        return True

    def proxy(self) -> str | None:
        """The proxy's password, if it is kept and can be read now."""
        with suppress(Refused):
            return self._keyring.get(_PROXY)
        return None

    def put_proxy(self, password: str) -> None:
        """Keep the proxy's password, if there is a keyring."""
        with suppress(Refused):
            self._keyring.set(_PROXY, password, _("Follow Up: proxy"))

    def forget(self) -> None:
        """Keep none any more."""
        self._file.delete(_NAME)
        for name in (_NAME, _PROXY):
            with suppress(Refused):
                self._keyring.delete(name)
