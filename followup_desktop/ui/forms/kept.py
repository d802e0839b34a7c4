"""What is being written and was not sent yet, kept where it survives closing and a crash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSettings

Texts = dict[str, str]
"""The texts of one form by their fields."""


class KeptTexts:
    """Texts by the key of the follow-up they are for, in one entry of the settings.

    They are written at once. What was forgotten can be had again until the program ends, for who takes a step
    back. A damaged entry counts as empty.
    """

    def __init__(self, settings: QSettings, name: str) -> None:
        self._settings = settings
        self._name = f"writing/{name}"
        self._kept = self._read()
        self._forgotten: dict[str, Texts] = {}

    def __getitem__(self, key: str) -> Texts:
        """The texts kept for this follow-up; empty if there are none."""
        return dict(self._kept.get(key) or self._forgotten.get(key) or {})

    def all(self, field: str) -> dict[str, str]:
        """One field of everything that is being written, by key."""
        return {key: texts[field] for key, texts in self._kept.items() if texts.get(field)}

    def keep(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep these texts for a follow-up."""
        if self._kept.get(key) != texts:
            self._kept[key] = dict(texts)
            self._write()

    def forget(self, key: str) -> None:
        """Keep nothing for this follow-up any more: it was sent, or given up."""
        if key in self._kept:
            self._forgotten[key] = self._kept.pop(key)
            self._write()

    def drop(self, key: str) -> None:
        """Forget it for good."""
        self.forget(key)
        self._forgotten.pop(key, None)

    def prune(self, wanted: Callable[[str], bool]) -> None:
        """Forget what is for follow-ups that there are no longer."""
        gone = [key for key in self._kept if not wanted(key)]
        for key in gone:
            self.drop(key)

    def _read(self) -> dict[str, Texts]:
        try:
            found = json.loads(str(self._settings.value(self._name, "{}")))
            return {
                str(key): {str(name): str(text) for name, text in texts.items()}
                for key, texts in found.items()
            }
        except (ValueError, AttributeError):
            return {}

    def _write(self) -> None:
        if self._kept:
            self._settings.setValue(self._name, json.dumps(self._kept))
        else:
            self._settings.remove(self._name)
        self._settings.sync()
