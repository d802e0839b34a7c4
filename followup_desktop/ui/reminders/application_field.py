"""The application that a reminder is about, found by a few letters."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.services.finder import Finder, Found
from followup_desktop.services.matching import same_words
from followup_desktop.ui.forms.field import LineField


class ApplicationField(LineField):
    """One of the applications or none; what is typed is looked for among all of them."""

    def __init__(self, name: str, finder: Finder, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._finder = finder
        self._offered: dict[str, str] = {}
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated.connect(self._picked)
        self.line.setCompleter(self._completer)
        self.line.textEdited.connect(self._look)

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            return None
        if self.kept is not None and typed == self._title(self.kept):
            return self.kept
        if typed in self._offered:
            return self._offered[typed]
        found = self._find(typed)
        alike = [each for each in found if same_words(each.title, typed)]
        if len(alike or found) == 1:
            return (alike or found)[0].id
        if found:
            sentence = self.tr("“{}” may be several applications; choose one of the list.")
        else:
            sentence = self.tr(
                "“{}” is none of your applications; choose one of the list, or leave it empty."
            )
        raise Refused(sentence.format(typed), self.name)

    def show_value(self, value: Any) -> None:
        self.show_text(self._title(value) if value else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self._look(self.line.text())
            self._completer.complete()
            return True
        return super().eventFilter(watched, event)

    def _title(self, application: str) -> str:
        found = self._finder.application(application)
        return found.title if found is not None else ""

    def _find(self, text: str) -> list[Found]:
        # The dot of a title stands between employer and role; it is a word of neither.
        return self._finder.applications(text.replace("·", " "))

    def _look(self, text: str) -> None:
        self._offered = _by_title(self._find(text))
        self._model.setStringList(list(self._offered))

    def _picked(self, text: str) -> None:
        self.line.replace_text(text)
        self.committed.emit()


def _by_title(found: list[Found]) -> dict[str, str]:
    """What is offered, each under a title of its own."""
    offered: dict[str, str] = {}
    for each in found:
        title, number = each.title, 1
        while title in offered:
            number += 1
            title = f"{each.title} ({number})"
        offered[title] = each.id
    return offered
