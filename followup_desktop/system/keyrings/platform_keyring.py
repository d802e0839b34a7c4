"""The keyring of this platform."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from followup_desktop.services.ports import Secrets


def platform_keyring(environment: Mapping[str, str]) -> Secrets:
    """Credential Manager, the Keychain, or what speaks the Secret Service API; nothing is asked of it yet."""
    if sys.platform in {"win32", "darwin"}:
        from followup_desktop.system.keyrings.native import NativeKeyring

        return NativeKeyring()
    # jeepney is installed on Linux only.
    from followup_desktop.system.keyrings.secret_service import SecretService
    from followup_desktop.system.notifiers.session_bus import session_bus_address

    return SecretService(session_bus_address(environment))
