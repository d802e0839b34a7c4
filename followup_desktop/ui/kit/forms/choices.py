"""Fields whose values come from a list: closed lists, and lists one may also type into."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSizePolicy, QWidget

from followup_desktop.domain.checks import check_zone, zone_names
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_alternatives, locale_name
from followup_desktop.services.wording.places import place_codes, place_name, places_like, places_meant
from followup_desktop.ui.kit.forms.field import Field, LineField
from followup_desktop.ui.kit.widgets.combo import Completer, NamedCombo


class Combo(NamedCombo):
    """A closed list that scrolling past does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(Field):
    """One of a closed list of values, shown by their labels; a choice is stored at once."""

    def __init__(
        self, name: str, choices: Iterable[tuple[Any, str]], *, parent: QWidget | None = None
    ) -> None:
        self.combo = Combo()
        super().__init__(name, self.combo, parent)
        self._quiet = False
        self._values: list[Any] = []
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(self._chosen)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer these values, and stay on the present one if it is among them."""
        self._quiet = True
        offered = list(choices)
        if offered != [(value, self.combo.itemText(place)) for place, value in enumerate(self._values)]:
            self._values = [value for value, _label in offered]
            self.combo.clear()  # in an open list, what is pointed at is lost with it
            self.combo.addItems([label for _value, label in offered])
        if self.kept in self._values:
            self.combo.setCurrentIndex(self._values.index(self.kept))
        self._quiet = False

    def value(self) -> Any:
        place = self.combo.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def show_value(self, value: Any) -> None:
        self._quiet = True
        if value not in self._values:
            self._values.append(value)
            self.combo.addItem("" if value is None else str(value))
        self.combo.setCurrentIndex(self._values.index(value))
        self._quiet = False

    def typed(self) -> str:
        """The value chosen, written so that it is found again even where other values are on offer."""
        return json.dumps(self.value())

    def type_again(self, text: str) -> None:
        place = next((n for n, value in enumerate(self._values) if json.dumps(value) == text), None)
        if place is None:
            return
        self._quiet = True
        self.combo.setCurrentIndex(place)
        self._quiet = False
        self.dirty = True

    def _chosen(self) -> None:
        if self._quiet:
            return
        self._touch()
        self.committed.emit()


class SuggestField(LineField):
    """A line with suggestions that match anywhere; Down opens the whole list.

    Enter does what it does without the list, unless one of it is chosen.
    """

    lists_anew = False
    """Whether the suggestions are asked for whenever the field is entered, and not only the first time."""

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._listed = False
        self._model = QStringListModel(self)
        completer = Completer(self._model, self)
        completer.activated.connect(self._picked)
        self.line.setCompleter(completer)
        if (popup := completer.popup()) is not None:
            popup.installEventFilter(self)

    def suggestions(self) -> Sequence[str]:
        """The lines to offer; asked for once, when the field is first entered."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        self.show_text(value or "")

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self._close_list()  # which opens for what the program writes as well

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.editor:
            return self._leave_list(event) or super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.gotFocus() and (self.lists_anew or not self._listed):
            self._listed = True
            self._model.setStringList(list(self.suggestions()))
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Down:
            return False
        self.line.completer().setCompletionPrefix("")
        self.line.completer().complete()
        return True

    def _leave_list(self, event: QEvent) -> bool:
        """Enter with nothing chosen in the list goes to the line; the list would keep it for itself."""
        popup = self.line.completer().popup()
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if popup is None or not is_enter or popup.currentIndex().isValid():
            return False
        popup.hide()
        return QApplication.sendEvent(self.line, event)

    def _close_list(self) -> None:
        if (popup := self.line.completer().popup()) is not None:
            popup.hide()

    def _picked(self, text: str) -> None:
        self.line.replace_text(text)
        self._close_list()
        self.committed.emit()


class ZoneField(SuggestField):
    """A time zone by its IANA name; empty means the user's own."""

    checks_when_left = True

    def suggestions(self) -> Sequence[str]:
        return sorted(zone_names())

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            return None
        asked = typed.replace(" ", "_").casefold()
        matches = [name for name in zone_names() if name.casefold() == asked]
        if not matches:
            matches = [name for name in zone_names() if name.casefold().endswith("/" + asked)]
        if len(matches) == 1:
            return matches[0]
        try:
            return check_zone(typed, self.name)
        except Refused:
            raise Refused(
                _(
                    "“{text}” isn't a time zone. Enter a city, like Madrid or New York, to see the list."
                ).format(text=typed),
                self.name,
            ) from None


class CountryField(SuggestField):
    """A country or one of its regions, whose holidays count; empty means the user's own.

    What begins as one types is offered first, and the places of the country that stood there.
    """

    checks_when_left = True

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._country = locale_name().partition("_")[2]
        self.line.textEdited.connect(self._put_in_order)

    def suggestions(self) -> Sequence[str]:
        return [place_name(code) for code in place_codes()]

    def _put_in_order(self, text: str) -> None:
        self._model.setStringList(
            places_like(text, self._country) if text.strip() else list(self.suggestions())
        )

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            return None
        meant = places_meant(typed)
        if len(meant) == 1:
            return meant[0]
        if meant:
            text = _("“{text}” could be {places}. Choose one of them from the list.")
            raise Refused(
                text.format(text=typed, places=format_alternatives([place_name(each) for each in meant])),
                self.name,
            )
        text = _(
            "“{text}” isn't a country or region with known holidays. Type its name to see the list, like "
            "Spain or Madrid."
        )
        raise Refused(text.format(text=typed), self.name)

    def _write_as_kept(self, value: Any) -> None:
        if self.line.text() != (place_name(value) if value else ""):
            self._put_in(value)

    def show_value(self, value: Any) -> None:
        if value:
            self._country = value
        super().show_value(place_name(value) if value else "")
