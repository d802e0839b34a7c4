"""What is being written and was not saved or sent yet, kept where it survives closing and a crash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _

Texts = dict[str, str]
"""The texts of one form by their fields."""

_FORMER_GROUP = "writing"
"""Where drafts stood among the settings before they came into the database."""
_AGAIN_MS = 2000
"""What couldn't be kept is tried again so soon."""

LETTER, DEBRIEF = "letter", "debrief"
"""The kinds of the drafts that are not those of forms."""

TITLE = ""
"""The field under which the title of a form is kept, to name it while it is not in sight."""
THROUGH, OPENED, LANGUAGE, BEGUN, SAID = "through", "opened", "language", "begun", "said"
"""What is kept beside the texts of a letter or a call."""
_NOT_TYPED = frozenset({TITLE, THROUGH, OPENED, LANGUAGE, BEGUN, SAID})


class DraftPlace(Protocol):
    """Where drafts are kept, by the name of their store and their key. Each method raises ``Refused``."""

    def all(self, kind: str) -> dict[str, Texts]:
        """The drafts of a kind, by their keys; the one that was written last is the last."""

    def put(self, kind: str, key: str, texts: Mapping[str, str]) -> None:
        """Keep these texts."""

    def drop(self, kind: str, key: str) -> None:
        """Keep nothing for this any more."""


class DraftStore(QObject):
    """Drafts by the key of what they are for, in a place that outlives the program, or in memory alone.

    They are written at once. What can't be is kept in memory, and tried again until it can; ``failure`` is
    why, and ``failed`` tells of another one or none. What was forgotten can be had again until the program
    ends, for who takes a step back. ``changed`` tells of a draft that came, went, or came into sight,
    ``discarded`` of one that was thrown away from outside its form, ``flush_wanted`` asks every form to keep
    now what it holds back.

    What nobody ``wants`` any more, as its thing is gone or done, is not named; it may come back by Undo.
    ``title`` names a draft by its key and texts in the language of now; where it gives nothing, it is called
    as it was when it was written.
    ``kind`` tells apart the keys of several stores.
    """

    changed = Signal()
    discarded = Signal(str)
    flush_wanted = Signal()
    failed = Signal()

    def __init__(
        self,
        place: DraftPlace | None = None,
        name: str = "",
        *,
        kind: str = "",
        wants: Callable[[str], bool] = lambda _key: True,
        title: Callable[[str, Texts], str] = lambda _key, _texts: "",
    ) -> None:
        super().__init__()
        self.kind = kind
        self.failure: Refused | None = None
        """Why what was typed can't be kept; ``None`` where it is."""
        self._place = place
        self._wants = wants
        self._title = title
        self._name = name
        self._kept: dict[str, Texts] = {}
        self._unwritten: set[str] = set()
        self._forgotten: dict[str, Texts] = {}
        self._in_sight: set[str] = set()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.write)
        if place is not None:
            try:
                self._kept = place.all(name)
            except Refused as refused:
                self.failure = refused

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
            key: self._title(key, texts) or texts.get(TITLE) or _("Unsaved changes")
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
            self._write(key)

    def forget(self, key: str) -> None:
        """Keep nothing for this any more: it was saved or sent, or given up."""
        if key in self._kept:
            self._forgotten[key] = self._kept.pop(key)
            self._write(key)

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

    def take_over(self, settings: QSettings) -> None:
        """Bring what an earlier version kept in the settings into its place, and then out of there."""
        entry = f"{_FORMER_GROUP}/{self._name}"
        if not settings.contains(entry):
            return
        for key, texts in _read(settings, entry).items():
            if key not in self._kept:
                self._kept[key] = texts
                self._unwritten.add(key)
        if self.write():
            settings.remove(entry)
            settings.sync()

    def write(self) -> bool:
        """Try once more to keep what couldn't be kept; whether all is kept now."""
        if self._place is None:
            return True
        self._again.stop()
        try:
            for key in [key for key in self._kept if key in self._unwritten]:
                self._place.put(self._name, key, self._kept[key])
                self._unwritten.discard(key)
            for key in tuple(self._unwritten):
                self._place.drop(self._name, key)
                self._unwritten.discard(key)
            self._fail(None)
        except Refused as refused:
            self._again.start()
            self._fail(refused)
        return not self._unwritten

    def unwritten(self) -> list[Texts]:
        """What was typed and is in memory alone, for it can't be kept."""
        return [texts for key, texts in self._kept.items() if key in self._unwritten]

    def _fail(self, why: Refused | None) -> None:
        is_other = str(why) != str(self.failure)
        self.failure = why
        if is_other:
            self.failed.emit()

    def _write(self, key: str) -> None:
        self._unwritten.add(key)
        self.write()
        self.changed.emit()


class Drafts(NamedTuple):
    """What was typed and not saved: in forms, letters and notes of calls, and debriefs."""

    forms: DraftStore
    letters: DraftStore
    debriefs: DraftStore


def unwritten(stores: Iterable[DraftStore]) -> str:
    """Whatever was typed and can't be kept, as one text; nothing if all is kept.

    It is tried once more. Each form has its title above what was typed.
    """
    parts = []
    for store in stores:
        store.write()
        for texts in store.unwritten():
            lines = [texts.get(TITLE, ""), *(text for key, text in texts.items() if key not in _NOT_TYPED)]
            parts.append("\n".join(line for line in lines if line.strip()))
    return "\n\n".join(parts)


def why_unwritten(stores: Iterable[DraftStore]) -> str:
    """Why some of it can't be kept, in a sentence; nothing if all is."""
    return next((str(store.failure) for store in stores if store.failure and store.unwritten()), "")


def _read(settings: QSettings, name: str) -> dict[str, Texts]:
    try:
        found = json.loads(str(settings.value(name, "{}")))
        return {
            str(key): {str(name): str(text) for name, text in texts.items()} for key, texts in found.items()
        }
    except (ValueError, AttributeError):
        return {}
