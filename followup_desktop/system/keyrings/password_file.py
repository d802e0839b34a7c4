"""Passwords in a file that only the user can read, for a system without a keyring."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _


class PasswordFile:
    """Keeps them as they are, in a file with the mode 0600; each call raises ``Refused``."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        """What is kept under this name; ``None`` if there is nothing, or nothing to be read."""
        return self._kept().get(name)

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep this under the name, in place of what was."""
        self._write({**self._kept(), name: secret})

    def delete(self, name: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Keep nothing under this name; without a name left there is no file."""
        kept = self._kept()
        if kept.pop(name, None) is None:
            return
        if kept:
            self._write(kept)
        else:
            self._file.unlink(missing_ok=True)

    def _kept(self) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(name): str(secret) for name, secret in kept.items()} if isinstance(kept, dict) else {}

    def _write(self, kept: dict[str, str]) -> None:
        try:
            descriptor, name = tempfile.mkstemp(dir=self._file.parent, prefix=f".{self._file.name}-")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:  # made for the user alone
                    json.dump(kept, file)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._file)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            sentence = _("The password can't be kept in {file} ({reason}).")
            raise Refused(sentence.format(file=self._file, reason=error.strerror or "")) from error
