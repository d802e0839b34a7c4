"""The Keychain of macOS and the Credential Manager of Windows, through the package ``keyring``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from followup_desktop.i18n import _
from followup_desktop.services.ports import KeyringDismissed, KeyringUnavailable

_SERVICE = "Follow Up Desktop"


class NativeKeyring:
    """The keyring that the system itself has; it has no label of its own for what is kept."""

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        """What is kept under this name; ``None`` if there is nothing."""
        found = _asked(lambda: _backend().get_password(_SERVICE, name))
        return None if found is None else str(found)

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep this under the name, in place of what was."""
        _asked(lambda: _backend().set_password(_SERVICE, name, secret))

    def delete(self, name: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep nothing under this name any more."""

        def forget() -> None:
            if _backend().get_password(_SERVICE, name) is not None:
                _backend().delete_password(_SERVICE, name)

        _asked(forget)


def _backend() -> Any:
    # By name: the package would otherwise look through all that is installed for a keyring.
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring as Keyring
    else:
        from keyring.backends.macOS import Keyring
    backend: Callable[[], Any] = Keyring
    return backend()


def _asked(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except KeyringLocked as error:
        raise KeyringDismissed(_("The keyring stayed locked. Enter the passphrase instead.")) from error
    except (KeyringError, PasswordDeleteError, OSError, RuntimeError) as error:
        sentence = _("The keyring of this system isn't available. Enter the passphrase instead.")
        raise KeyringUnavailable(sentence) from error
