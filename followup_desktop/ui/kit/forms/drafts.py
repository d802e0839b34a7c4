"""What is being written and was not saved or sent yet, kept where it survives closing and a crash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, QSettings, Signal

from followup_desktop.i18n import _

Texts = dict[str, str]
"""The texts of one form by their fields."""

_GROUP = "writing"

LETTER, DEBRIEF = "letter", "debrief"
"""The kinds of the drafts that are not those of forms."""

TITLE = ""
"""The field under which the title of a form is kept, to name it while it is not in sight."""


class DraftStore(QObject):
    """Drafts by the key of what they are for, in one entry of the settings, or without any in memory alone.

    They are written at once. What was forgotten can be had again until the program ends, for who takes a step
    back. A damaged entry counts as empty. ``changed`` tells of a draft that came, went, or came into sight,
    ``discarded`` of one that was thrown away from outside its form, ``flush_wanted`` asks every form to keep
    now what it holds back.

    What nobody ``wants`` any more, as its thing is gone or done, is not named; it may come back by Undo.
    ``kind`` tells apart the keys of several stores.
    """

    changed = Signal()
    discarded = Signal(str)
    flush_wanted = Signal()

    def __init__(
        self,
        settings: QSettings | None = None,
        name: str = "",
        *,
        kind: str = "",
        wants: Callable[[str], bool] = lambda _key: True,
    ) -> None:
        super().__init__()
        self.kind = kind
        self._settings = settings
        self._wants = wants
        self._name = f"{_GROUP}/{name}"
        self._kept = self._read()
        self._forgotten: dict[str, Texts] = {}
        self._in_sight: set[str] = set()

    def __getitem__(self, key: str) -> Texts:
        """The texts kept for this; empty if there are none."""
        return dict(self._kept.get(key) or self._forgotten.get(key) or {})

    def is_kept(self, key: str) -> bool:
        """Whether there is a draft for this."""
        return key in self._kept

    def all(self, field: str) -> dict[str, str]:
        """One field of everything that is being written, by key."""
        return {key: texts[field] for key, texts in self._kept.items() if texts.get(field)}

    def waiting(self) -> dict[str, str]:
        """The titles of the drafts whose form is not in sight, by key, the last one first."""
        drafts = reversed(self._kept.items())
        return {
            key: texts.get(TITLE) or _("Unsaved changes")
            for key, texts in drafts
            if key not in self._in_sight and self._wants(key)
        }

    def show(self, key: str, *, in_sight: bool) -> None:
        """Note that the form of this draft was opened, or closed."""
        if in_sight != (key in self._in_sight):
            (self._in_sight.add if in_sight else self._in_sight.discard)(key)
            self.changed.emit()

    def keep(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep these texts."""
        if self._kept.get(key) != texts:
            self._kept.pop(key, None)  # the last one written stands last
            self._kept[key] = dict(texts)
            self._write()

    def forget(self, key: str) -> None:
        """Keep nothing for this any more: it was saved or sent, or given up."""
        if key in self._kept:
            self._forgotten[key] = self._kept.pop(key)
            self._write()

    def drop(self, key: str) -> None:
        """Forget it for good."""
        self.forget(key)
        self._forgotten.pop(key, None)

    def discard(self, key: str) -> Callable[[], None]:
        """Throw away what stands in a form that is not in sight; gives what brings it back."""
        texts = self[key]
        self.drop(key)
        self.discarded.emit(key)
        return lambda: self.keep(key, texts)

    def prune(self) -> None:
        """Forget what nobody wants any more."""
        gone = [key for key in self._kept if not self._wants(key)]
        for key in gone:
            self.drop(key)

    def _read(self) -> dict[str, Texts]:
        return {} if self._settings is None else _read(self._settings, self._name)

    def _write(self) -> None:
        if self._settings is not None:
            if self._kept:
                self._settings.setValue(self._name, json.dumps(self._kept))
            else:
                self._settings.remove(self._name)
            self._settings.sync()
        self.changed.emit()


class Drafts(NamedTuple):
    """What was typed and not saved: in forms, letters and notes of calls, and debriefs."""

    forms: DraftStore
    letters: DraftStore
    debriefs: DraftStore


def unwritten(settings: QSettings) -> str:
    """Whatever is kept in the settings, as one text, if it can't be written to the disk; else nothing.

    It is tried once more. Each form has its title above what was typed.
    """
    settings.beginGroup(_GROUP)
    names = settings.childKeys()
    settings.endGroup()
    parts = []
    for name in names:
        for texts in _read(settings, f"{_GROUP}/{name}").values():
            lines = [texts.get(TITLE, ""), *(text for key, text in texts.items() if key != TITLE)]
            parts.append("\n".join(line for line in lines if line.strip()))
    if not parts:
        return ""
    # The status of these settings stays what it was after the first failure. Others for the same file share
    # what waits to be written, and tell how it went just now.
    now = QSettings(settings.fileName(), settings.format())
    now.sync()
    return "" if now.status() is QSettings.Status.NoError else "\n\n".join(parts)


def _read(settings: QSettings, name: str) -> dict[str, Texts]:
    try:
        found = json.loads(str(settings.value(name, "{}")))
        return {
            str(key): {str(name): str(text) for name, text in texts.items()} for key, texts in found.items()
        }
    except (ValueError, AttributeError):
        return {}
