"""Saving as one goes: each field is stored when it is left, and after a short pause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.forms.field import Field

PAUSE_MS = 600
"""So long after the last key what is being typed is stored, in case nothing else happens."""


class AutoSave(QObject):
    """Stores what the fields say, one field an edit, and keeps what is refused for another try.

    ``save`` gets the field's key and its value; what it raises as ``Refused`` is shown below the field.
    """

    refused = Signal(str)

    def __init__(
        self,
        fields: Mapping[str, Field],
        save: Callable[[str, Any], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = dict(fields)
        self._save = save
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        for key, field in self._fields.items():
            field.edited.connect(self._edited)
            field.committed.connect(lambda key=key: self._store(key, loud=True))

    def show(self, values: Mapping[str, Any]) -> None:
        """Show stored values, but leave alone what the user is in the middle of typing."""
        for key, value in values.items():
            field = self._fields[key]
            if not field.dirty:
                field.set_value(value)

    def flush(self) -> dict[str, str]:
        """Store everything at once; gives the texts that were refused, by key."""
        self._pause.stop()
        for key, field in self._fields.items():
            if field.dirty:
                self._store(key, loud=True)
        return {key: field.typed() for key, field in self._fields.items() if field.dirty}

    def forget(self) -> None:
        """Take what the fields show as untouched; what was refused has been put aside."""
        self._pause.stop()
        for field in self._fields.values():
            field.dirty = False
            field.clear_refusal()

    def try_again(self, typed: Mapping[str, str]) -> None:
        """Put refused texts back, with their refusals."""
        for key, text in typed.items():
            self._fields[key].type_again(text)
            self._store(key, loud=True)

    def _edited(self) -> None:
        self._pause.start()

    def _paused(self) -> None:
        """Store what can be; a text that is refused may be half typed while the keyboard is still there."""
        for key, field in self._fields.items():
            if field.dirty:
                self._store(key, loud=not field.editor.hasFocus())

    def _store(self, key: str, *, loud: bool) -> None:
        field = self._fields[key]
        if not field.dirty:
            return
        try:
            value = field.value()
            field.dirty = False
            if value != field.kept:
                self._save(key, value)
            field.clear_refusal()
        except Refused as refusal:
            field.dirty = True
            if loud:
                field.refuse(str(refusal))
                self.refused.emit(str(refusal))
