"""Saving as one goes: each field is stored when it is left, and after a short pause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.draft_keeper import PAUSE_MS as KEEP_MS
from followup_desktop.ui.kit.forms.drafts import TITLE, DraftStore
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import go_to_refused

PAUSE_MS = 600
"""So long after the last key what is being typed is stored, in case nothing else happens."""


class AutoSave(QObject):
    """Stores what the fields say, one field an edit, and keeps what is refused for another try.

    ``save`` gets the field's key and its value; what it raises as ``Refused`` is shown below the field, and
    told by ``refused``, once for what was typed and with the names of form and field, where it isn't seen
    there. What is not stored yet, be it refused or being typed, is in ``drafts`` a moment after the key.
    """

    refused = Signal(str)

    def __init__(
        self,
        fields: Mapping[str, Field],
        save: Callable[[str, Any], None],
        parent: QObject | None = None,
        *,
        drafts: DraftStore | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._save = save
        self._drafts = drafts
        self._key = self._title = ""
        self._has_draft = False
        self._refused: dict[str, dict[str, str]] = {}
        self._told: set[tuple[str, str]] = set()
        """The fields, by form and name, of which it was said why they are refused."""
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(KEEP_MS)
        self._keep_soon.timeout.connect(self._keep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        if drafts is not None:
            drafts.discarded.connect(self._discarded)
            drafts.flush_wanted.connect(self._keep)
        self.take_in(fields)

    def take_in(self, fields: Mapping[str, Field]) -> None:
        """Store what these fields say, too."""
        self._fields |= fields
        for key, field in fields.items():
            field.edited.connect(lambda key=key: self._edited(key))
            field.committed.connect(lambda key=key: self._commit(key))

    def open(self, key: str, title: str) -> None:
        """From now on the fields are about this; what was not accepted of it before is tried again."""
        self._key, self._title = key, title
        if self._drafts is not None:
            self._drafts.show(key, in_sight=True)
        texts = self._drafts[key] if self._drafts is not None else self._refused.pop(key, {})
        self._has_draft = bool(texts)
        for name, text in texts.items():
            if name in self._fields:
                self._told.add((key, name))  # when it was typed, or by the drafts that wait
                self._fields[name].type_again(text)
                self._store(name, loud=True)
        self._keep()

    def set_in_sight(self, in_sight: bool) -> None:
        """Note whether the fields are seen: what waits in them is named elsewhere only while they are not."""
        if self._drafts is not None and self._key:
            self._drafts.show(self._key, in_sight=in_sight)

    def close(self) -> None:
        """Store everything; what is refused is put aside until this is opened again."""
        refused = self.flush()
        if refused:
            self._refused[self._key] = refused
        if self._drafts is not None:
            self._drafts.show(self._key, in_sight=False)
        self._key = ""
        for field in self._fields.values():
            if field.dirty:
                field.dirty = False
            field.clear_refusal()

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
        self._keep()
        return self._waiting()

    def _discarded(self, key: str) -> None:
        """What was refused is given up: the fields say what is stored."""
        if key == self._key:
            self._pause.stop()
            self._has_draft = False  # one that is brought back waits until it is resumed
            for field in self._fields.values():
                if field.dirty:  # what is asked of it, as when they applied, is so still
                    field.set_value(field.kept)
                    field.show_value(field.kept)

    def resume(self) -> None:
        """Try again what was not accepted, also where it was given up and is wanted back, and go there."""
        if not self._key:
            return
        self.open(self._key, self._title)
        refused = next((field for field in self._fields.values() if field.refusal), None)
        if refused is not None:
            go_to_refused(refused)

    def _waiting(self) -> dict[str, str]:
        """The texts that are not stored, by key."""
        return {key: field.draft() for key, field in self._fields.items() if field.dirty}

    def _keep(self) -> None:
        self._keep_soon.stop()
        if self._drafts is None or not self._key:
            return
        waiting = self._waiting()
        if waiting:
            self._drafts.keep(self._key, {TITLE: self._title, **waiting})
        elif self._has_draft:
            self._drafts.drop(self._key)
        self._has_draft = bool(waiting)

    def _edited(self, key: str) -> None:
        self._told.discard((self._key, key))
        self._pause.start()
        if not self._keep_soon.isActive():  # who goes on typing does not put it off
            self._keep_soon.start()

    def _commit(self, key: str) -> None:
        self._store(key, loud=True)
        self._keep()

    def _paused(self) -> None:
        """Store what can be; a text that is refused may be half typed while the keyboard is still there."""
        for key, field in self._fields.items():
            if field.dirty and not (field.waits and field.editor.hasFocus()):
                self._store(key, loud=not field.editor.hasFocus())
        self._keep()

    def _emit_refusal(self, key: str, field: Field, sentence: str, title: str) -> None:
        if key != self._key or not field.shows_refusal(sentence):
            # Translators: why a text of a form was refused, as in "Details of Acme, Applied: Enter a date."
            told = _("{form}, {field}: {refusal}")
            self.refused.emit(told.format(form=title, field=field.name, refusal=sentence))

    def _store(self, key: str, *, loud: bool) -> None:
        field = self._fields[key]
        if not field.dirty:
            return
        whose = (self._key, key)
        try:
            value = field.value()
            field.dirty = False
            if value != field.kept:
                self._save(key, value)
            field.clear_refusal()
            self._told.discard(whose)
        except Refused as refusal:
            field.dirty = True
            if not loud:
                return
            sentence, title = str(refusal), self._title
            field.refuse(sentence)
            if whose not in self._told:
                self._told.add(whose)
                # When the reason has its room, or the field is about something else.
                QTimer.singleShot(0, field, lambda: self._emit_refusal(whose[0], field, sentence, title))
