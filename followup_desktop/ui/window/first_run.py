"""The first start: where the user is, and with what to begin; and the banner over sample data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.domain.checks import countries
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.places import country_of_zone
from followup_desktop.i18n import _
from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.forms.choices import CountryField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormGrid, scroll_area
from followup_desktop.ui.kit.forms.setting_fields import OwnZoneField
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Card, Text, as_heading, let_shrink, named

_WIDTH = 560


class StartingPoint(StrEnum):
    """With what the user begins."""

    IMPORT = "import"
    SAMPLE = "sample"
    EMPTY = "empty"


class FirstRun(QWidget):
    """Asks for zone and country, guessed ahead, and then for one of three beginnings.

    ``chosen`` carries the ``StartingPoint``, the zone's name and the country's code or ``None``. Nothing is
    stored here. A file that is dropped is the user's list: ``brought`` carries it, and then it is chosen. Up
    and Down walk over the beginnings, Enter takes the one with the keyboard.
    """

    chosen = Signal(object, str, object)
    brought = Signal(Path)

    def __init__(self, theme: Theme, zone: str, country: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.dress(self)
        self.setAccessibleName(_("Welcome"))
        self.setAcceptDrops(True)
        self.zone = OwnZoneField(_("Time zone"))
        self.country = CountryField(_("Country"))
        self.zone.set_value(zone)
        self.country.set_value(country)
        self.buttons = {
            StartingPoint.EMPTY: StrongButton(_("Start empty")),
            StartingPoint.IMPORT: Button(_("Import your list…")),
            StartingPoint.SAMPLE: Button(_("Explore with sample data")),
        }
        self._arrange()
        for beginning, button in self.buttons.items():
            button.clicked.connect(lambda _checked, beginning=beginning: self._choose(beginning))
            button.installEventFilter(self)
        self.zone.committed.connect(self._follow_zone)
        for field in (self.zone, self.country):
            field.line.returnPressed.connect(self._next_field)
        theme.changed.connect(self._restyle)
        self._restyle()

    def begin(self) -> None:
        """Put the keyboard where the user most likely goes on: the guess is mostly right."""
        self.buttons[StartingPoint.EMPTY].setFocus(Qt.FocusReason.OtherFocusReason)
        # What stands above is not in the way of the keyboard.
        fields = (self.zone, self.country)
        guessed = [named(field.name, text) for field in fields if (text := field.line.text())]
        Announcer.of(self).announce(ended(sentences(_("Welcome to Follow Up"), *guessed)), about=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down walk over the beginnings; the one with the keyboard is in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched, 0, Space.XL)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            order: list[QWidget] = list(self.buttons.values())
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and isinstance(watched, QWidget) and watched in order:
                order[(order.index(watched) + step) % len(order)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if _file_of(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with the file, unless what is typed has to be seen to first."""
        file = _file_of(event.mimeData())
        if file is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.brought.emit(file)
            self._choose(StartingPoint.IMPORT)

    def _follow_zone(self) -> None:
        """Guess the country anew from the zone, unless the user has said which it is."""
        if self.country.dirty:
            return
        try:
            country = country_of_zone(self.zone.value(), self.country.kept)
        except Refused:
            return
        if country in countries() and country != str(self.country.kept).partition("-")[0]:
            self.country.set_value(country)

    def _next_field(self) -> None:
        if self.zone.line.hasFocus():
            self.country.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    def _choose(self, beginning: StartingPoint) -> None:
        try:
            zone, country = self._value(self.zone), self._value(self.country)
        except Refused:
            return
        self.chosen.emit(beginning, zone, country)

    def _value(self, field: Field) -> object:
        field.clear_refusal()
        try:
            return field.value()
        except Refused as refusal:
            field.refuse(str(refusal))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            raise

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addStretch(2)
        self._picture = QLabel()
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(as_heading(_wrapped(_("Welcome to Follow Up"), "title")))
        words = _(
            "After each interview, Follow Up tells you the one thing to do next: the right "
            "person, at the right time, never too often. Everything stays on this computer."
        )
        column.addWidget(_wrapped(words, "text"))
        column.addSpacing(Space.S)
        column.addWidget(as_heading(_wrapped(_("Where are you?"), "name")))
        words = _("For quiet hours and public holidays. This is our best guess: change it if it's wrong.")
        column.addWidget(_wrapped(words, "secondary"))
        grid = FormGrid(self._theme)
        grid.add(self.zone, self.zone.name)
        grid.add(self.country, self.country.name)
        column.addLayout(grid)
        column.addSpacing(Space.S)
        column.addWidget(as_heading(_wrapped(_("How would you like to start?"), "name")))
        helps = {
            StartingPoint.EMPTY: _("Add your first application. You only need an employer and a role."),
            StartingPoint.IMPORT: _(
                "Import a spreadsheet, what LinkedIn or another tracker exports, or a file from Follow Up. "
                "You see what it would add first. You can also drop the file here."
            ),
            StartingPoint.SAMPLE: _("See how it works. You can remove the sample data in one step."),
        }
        for beginning, button in self.buttons.items():
            column.addLayout(self._beginning(button, helps[beginning]))
        column.addStretch(3)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, Space.M, 0, Space.M)
        self._area = scroll_area(column, stretches=True)
        self._area.setAccessibleName(_("Welcome page"))
        inner.addWidget(self._area)
        self._page = page
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.XL, 0, Space.XL, 0)
        line.addStretch(1)
        line.addWidget(page, 100)
        line.addStretch(1)

    def _beginning(self, button: Button, words: str) -> QVBoxLayout:
        button.setAccessibleDescription(words)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(button)
        column.addWidget(_wrapped(words, "small"))
        return column

    def _restyle(self) -> None:
        side = self._theme.px(48)
        self._picture.setPixmap(self._theme.app_icon().pixmap(side, side))
        self._page.setMaximumWidth(self._theme.px(_WIDTH))


def _file_of(data: QMimeData) -> Path | None:
    """The one file of what is dragged."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None


class SampleBanner(Card):
    """Says that what is shown is the sample; ``own_wanted`` asks for it to be taken away."""

    own_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone="accent")
        self.button = Button(_("Use your own data"), look="link")
        self.button.clicked.connect(self.own_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        line.addWidget(_wrapped(_("This is sample data."), "text"), 1)
        line.addWidget(self.button)


def _wrapped(words: str, kind: str) -> Text:
    text = Text(words, kind, wrap=True)
    let_shrink(text)
    return text
