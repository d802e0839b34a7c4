"""The application that something is about, found by a few letters."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.matching import same_words
from followup_desktop.services.reading.search import Finder, SearchResult
from followup_desktop.ui.kit.forms.field import LineField
from followup_desktop.ui.kit.widgets.combo import Completer

_LONGEST_SAID = 40
"""So many characters of what was typed are repeated."""
_NUMBERED = re.compile(r" \(\d+\)$")


class ApplicationField(LineField):
    """One of the applications, or none unless it is required; what is typed is looked for among all of them.

    ``chosen`` carries the application's id, or ``None``, when the user is done with choosing another one, and
    when what was typed before is put back.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        finder: Finder,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self.required = required
        self._finder = finder
        self._chosen: str | None = None
        self._offered: dict[str, str] = {}
        self._model = QStringListModel(self)
        self.completer = Completer(self._model, self)
        self.completer.setCompletionMode(Completer.CompletionMode.UnfilteredPopupCompletion)
        self.completer.activated.connect(self._picked)
        self.line.setCompleter(self.completer)
        self.line.textEdited.connect(self._look)
        self.committed.connect(self.take_up)

    @property
    def application(self) -> str | None:
        """The application that was chosen last, and is meant until another one is."""
        return self._chosen

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed and self.required:
            raise Refused(_("Choose one of your applications."), self.name)
        if not typed:
            return None
        if self.kept is not None and typed == self._title(self.kept):
            return self.kept
        if typed in self._offered:
            return self._offered[typed]
        found = self._find(_NUMBERED.sub("", typed))
        if _NUMBERED.search(typed) and typed in (offered := _by_title(found)):
            return offered[typed]
        alike = [each for each in found if same_words(each.title, typed)]
        if len(alike or found) == 1:
            return (alike or found)[0].id
        if found:
            sentence = _("“{text}” matches several applications. Choose one from the list.")
        elif self.required:
            sentence = _("No application matches “{text}”. Choose one from the list.")
        else:
            sentence = _("No application matches “{text}”. Choose one from the list, or leave this empty.")
        said = typed if len(typed) <= _LONGEST_SAID else f"{typed[: _LONGEST_SAID - 1].rstrip()}…"
        raise Refused(sentence.format(text=said), self.name)

    def show_value(self, value: Any) -> None:
        self._chosen = value
        self.show_text(self._title(value) if value else "")

    def type_again(self, text: str) -> None:
        super().type_again(text)
        self.take_up()

    def settle(self) -> None:
        if not self.dirty:
            super().settle()
        elif self.line.text().strip():
            self._write_out()

    def take_up(self) -> None:
        """Tell if another application is meant now; what is refused changes nothing."""
        try:
            application = self.value()
        except Refused:
            if self.line.text().strip():
                return
            application = None
        if application != self._chosen:
            self._chosen = application
            self.chosen.emit(application)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Down:
            return False
        self._look(self.line.text())
        self.completer.complete()
        return True

    def _write_out(self) -> None:
        """Write the application as the list has it; what is none is refused as soon as the field is left."""
        try:
            title = self._title(self.value())
        except Refused as refusal:
            self.refuse(str(refusal))
            return
        if self.line.text().strip() not in self._offered and self.line.text() != title:
            self._can_undo = True
            self.show_text(title)
            self._can_undo = False

    def _title(self, application: str) -> str:
        found = self._finder.application(application)
        return found.title if found is not None else ""

    def _find(self, text: str) -> list[SearchResult]:
        # The dot of a title stands between employer and role; it is a word of neither.
        return self._finder.applications(text.replace("·", " "))

    def _look(self, text: str) -> None:
        self._offered = _by_title(self._find(text))
        self._model.setStringList(list(self._offered))

    def _picked(self, text: str) -> None:
        self.line.replace_text(text)
        self.committed.emit()


def _by_title(found: list[SearchResult]) -> dict[str, str]:
    """What is offered, each under a title of its own."""
    offered: dict[str, str] = {}
    for each in found:
        title, number = each.title, 1
        while title in offered:
            number += 1
            title = f"{each.title} ({number})"
        offered[title] = each.id
    return offered
