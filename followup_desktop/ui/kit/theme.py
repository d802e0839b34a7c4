"""Colours, type and icons of the whole window: light, dark, and high contrast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import partial
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPalette,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QLayout,
    QListView,
    QMenuBar,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)
from shiboken6 import isValid

from followup_desktop.i18n import N_
from followup_desktop.ui.kit.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from followup_desktop.ui.kit.icons import FollowingIconEngine, IconSet
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.stylesheet import MENUS, PICTURES, SHEET, style_sheet
from followup_desktop.ui.kit.widgets.plain import hide_tool_tip

SMALLEST_TEXT_PIXELS = 13
"""Text is as large as the system's, but never below this many pixels (of 1/96 inch)."""


class ThemeChoice(StrEnum):
    """What the user chose under View → Theme.

    High contrast is light or dark, whichever the system is.
    """

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


THEME_LABELS = {
    ThemeChoice.SYSTEM: N_("System"),
    ThemeChoice.LIGHT: N_("Light"),
    ThemeChoice.DARK: N_("Dark"),
    ThemeChoice.CONTRAST: N_("High contrast"),
}


class TextSize(StrEnum):
    """How large the user wants text, in percent of the system's."""

    NORMAL = "100"
    P110 = "110"
    P125 = "125"
    P150 = "150"
    P175 = "175"
    LARGEST = "200"

    def next_to(self, steps: int) -> TextSize:
        """The size that many steps above, or below; the last one that there is, if there are fewer."""
        sizes = list(TextSize)
        return sizes[min(max(sizes.index(self) + steps, 0), len(sizes) - 1)]


@dataclass(frozen=True, slots=True)
class Lettering:
    """How the user wants text: how large, in which font (empty: the system's), with letters apart or not."""

    size: TextSize = TextSize.NORMAL
    family: str = ""
    is_spaced: bool = False


WIDER = 112.0
"""How far apart letters stand that are ``is_spaced``, in percent of the ordinary distance."""

_READABLE = (
    "Atkinson Hyperlegible Next",
    "Atkinson Hyperlegible",
    "Lexend",
    "Lexend Deca",
    "OpenDyslexic",
    "OpenDyslexicAlta",
    "OpenDyslexic 3",
    "Luciole",
    "Andika",
    "Comic Neue",
    "Comic Sans MS",
    "Verdana",
    "Tahoma",
    "Trebuchet MS",
    "Century Gothic",
    "Open Sans",
)
"""Fonts that were made to be read easily, or are recommended for it (British Dyslexia Association, 2023)."""


def readable_fonts() -> list[str]:
    """The fonts of this computer that are made to be read easily."""
    installed = {family.partition(" [")[0] for family in QFontDatabase.families()}
    return [family for family in _READABLE if family in installed]


class Space(IntEnum):
    """The distances of every layout, in pixels at the ordinary text size."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24


ICON_SIDE, ICON_GAP = 16, 6
"""How large the icon of a button is, and how far from its words, in pixels at the ordinary text size."""
_GAP_OF_QT = 4
"""So far, in pixels at any size of text, Qt sets the words of a button from its icon."""

INSET = 6
"""So far in, in pixels at any size of text, stand the words of a list, as those of fields and headings do."""


class Type(StrEnum):
    """The sizes of type; the value is also the style sheet's property ``type`` of a label."""

    TITLE = "title"
    NAME = "name"
    TEXT = "text"
    SMALL = "small"


_RATIO = {Type.TITLE: 20 / 13, Type.NAME: 16 / 13, Type.TEXT: 1.0, Type.SMALL: 12 / 13}


_MOST_KNOWN = 4_096
"""So many texts, what is in sight a dozen times, are known before all are forgotten."""


class Metrics(QFontMetrics):
    """How large letters are; what was measured is known, for most is painted again.

    To measure a cell's text took Qt a tenth of the time in which the cell is painted.
    """

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._known: dict[str, int] = {}
        self._cut: dict[tuple[str, Qt.TextElideMode, int, int], str] = {}

    def horizontalAdvance(self, text: str) -> int:  # type: ignore[override]  # noqa: N802  # all of it, always
        """How wide the text is, in pixels."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) == _MOST_KNOWN:
                self._known.clear()
            found = self._known[text] = super().horizontalAdvance(text)
        return found

    def elidedText(self, text: str, mode: Qt.TextElideMode, width: int, flags: int = 0) -> str:  # type: ignore[override]  # noqa: N802
        """The part of the text that there is room for, with an ellipsis where it was cut."""
        key = (text, mode, width, flags)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) == _MOST_KNOWN:
                self._cut.clear()
            found = self._cut[key] = super().elidedText(text, mode, width, flags)
        return found


class Theme(QObject):
    """Puts one look on the application and says when it changes.

    The palette is set explicitly on Fusion, because the colour scheme hint does nothing on plain X. With
    ``ThemeChoice.SYSTEM`` it follows the system as it changes, to high contrast, too.
    """

    changed = Signal()
    resized = Signal()
    """Text has another size or font, which comes before ``changed``; another colour moves nothing."""
    dressed = Signal(QWidget)
    """A part of the window has taken on another look."""

    def __init__(
        self,
        app: QApplication,
        icons: IconSet,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        lettering: Lettering | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._icons = icons
        self._choice = choice
        self._colours = LIGHT
        self._sheet = self._menu_sheet = ""
        self._fonts: dict[tuple[Type, QFont.Weight], tuple[QFont, QFontMetrics]] = {}
        self._inks: dict[str, QColor] = {}
        self._following: dict[tuple[str, str], QIcon] = {}
        self._dressed: WeakSet[QWidget] = WeakSet()
        """Known here, for to ask each of six hundred widgets took a fiftieth of another look."""
        self._sizes_before: tuple[float, Lettering] | None = None
        self._lettering = lettering or Lettering()
        self._system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_pixels = self._ordinary_pixels = _text_pixels(self._system_font)
        self._text_pixels = self._system_pixels
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def colours(self) -> Colours:
        """The colours in use now."""
        return self._colours

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in use now."""
        return self._colours.is_dark

    def choose(self, choice: ThemeChoice) -> None:
        """Use this look from now on."""
        self._choice = choice
        self._apply()

    @property
    def sizes(self) -> tuple[float, Lettering]:
        """What all sizes go by: the same as long as none is another."""
        return self._text_pixels, self._lettering

    @property
    def lettering(self) -> Lettering:
        """How the user wants text."""
        return self._lettering

    def letter(self, lettering: Lettering) -> None:
        """Set text so from now on."""
        self._lettering = lettering
        self._apply()

    def resize_text(self, steps: int) -> None:
        """Make text larger by that many steps, or smaller; back to the system's size with 0."""
        size = self._lettering.size.next_to(steps) if steps else TextSize.NORMAL
        self.letter(replace(self._lettering, size=size))

    def scale_text(self, factor: float) -> None:
        """Take the system's text as this many times as large as it is."""
        pixels = self._ordinary_pixels * factor
        if pixels != self._system_pixels:
            self._system_pixels = pixels
            self._apply()

    def px(self, pixels: float) -> int:
        """A distance of the drawings, grown with the text."""
        return round(pixels * self._text_pixels / SMALLEST_TEXT_PIXELS)

    def font(self, size: Type = Type.TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system's font, or the user's, in one of the sizes."""
        return QFont(self.measured(size, weight)[0])

    def metrics(self, size: Type = Type.TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetrics:
        """How large letters of that font are."""
        return self.measured(size, weight)[1]

    def measured(
        self, size: Type = Type.TEXT, weight: QFont.Weight = QFont.Weight.Normal
    ) -> tuple[QFont, QFontMetrics]:
        """The font of this size and weight, which is not to be changed, and how large its letters are."""
        found = self._fonts.get((size, weight))
        if found is None:
            font = QFont(self._system_font)
            if self._lettering.family:
                font.setFamilies([self._lettering.family, *font.families()])
            if self._lettering.is_spaced:
                font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, WIDER)
            font.setPixelSize(round(self._text_pixels * _RATIO[size]))
            font.setWeight(weight)
            found = self._fonts[size, weight] = (font, Metrics(font))
        return found

    def colour(self, role: str) -> QColor:
        """A colour by its role's name, such as ``accent_soft``."""
        return self.ink(getattr(self._colours, role))

    def ink(self, written: str) -> QColor:
        """The colour that is written so, as in ``colours``; a table asks for it at each of its cells."""
        found = self._inks.get(written)
        if found is None:
            found = self._inks[written] = QColor(written)
        return found

    def icon(self, name: str, role: str = "text") -> QIcon:
        """An icon in the colour of that role; it keeps that colour: see ``set_icon`` for one that follows."""
        return self._icons.icon(name, self.colour(role), self.colour("disabled"))

    def set_icon(
        self,
        bearer: QAbstractButton | QAction,
        name: str,
        role: str = "text",
        side: int = ICON_SIDE,
        gap: int = ICON_GAP,
    ) -> None:
        """Give the button, or the action of a widget, an icon that follows the theme.

        A button's is ``side`` large and ``gap`` from its words, in pixels at the ordinary text size.
        """
        bearer.setProperty("iconName", name)
        # Drawn in the colours of the moment: to give each of 200 actions another was a tenth of a new look.
        key = (name, role)
        if key not in self._following:
            self._icons.check(name)
            self._following[key] = QIcon(FollowingIconEngine(partial(self.icon, *key)))
        bearer.setIcon(self._following[key])
        if isinstance(bearer, QAbstractButton):
            bearer.setProperty("iconSide", side)
            bearer.setProperty("iconGap", gap)
            self.fit_icon(bearer)

    def fit_icon(self, button: QAbstractButton) -> None:
        """Keep the icon of a button clear of its words, if there are any, as far as goes with their size.

        To be called where a button gets its first words, or loses them, after it got its icon.
        """
        side = self.px(button.property("iconSide"))
        gap = self.px(button.property("iconGap")) - _GAP_OF_QT if button.text() else 0
        button.setIconSize(QSize(side + max(gap, 0), side))

    def keep_fit(self, part: QObject, fit: Callable[[], object]) -> None:
        """Have this give the part its sizes now, and anew whenever text has another size."""
        fit()
        _PartFitter(part, fit).follow(self)

    def set_margins(self, part: QWidget | QLayout, start: int, top: int, end: int, bottom: int) -> None:
        """Give it these margins, in pixels at the ordinary text size: they go with it from now on.

        ``start`` is where lines start.
        """
        px = self.px
        self.keep_fit(part, lambda: set_margins(part, px(start), px(top), px(end), px(bottom)))

    def set_spacing(self, layout: QLayout | QListView, gap: int) -> None:
        """Set what is in it so far apart, in pixels at the ordinary text size, with which it goes."""
        self.keep_fit(layout, lambda: layout.setSpacing(self.px(gap)))

    def add_spacing(self, layout: QBoxLayout, height: int) -> None:
        """Leave so much room below what is in it by now, in pixels at the ordinary text size."""
        gap = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        layout.addItem(gap)

        def fit() -> None:
            gap.changeSize(0, self.px(height), QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            layout.invalidate()

        self.keep_fit(layout, fit)

    def app_icon(self) -> QIcon:
        """The program's icon."""
        return self._icons.app_icon()

    def dress(self, part: QWidget) -> None:
        """Let a part of the window, with all that is in it, follow the look; a hidden one when it is shown.

        The application has no style sheet of its own: put on it, a sheet costs every widget of every view
        that was ever shown, and each as often as there are widgets around it (832 ms with 1,762 widgets).
        Each part that wears one has it read anew, in 1.3 ms, and keeps 0.7 MB of it.
        """
        part.installEventFilter(self)
        self._dressed.add(part)
        if part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return
        # Of a part that is destroyed before it is polished Qt keeps the sheet, for whatever comes to lie at
        # the same address: a later dialog then had its buttons in the look, or the text size, of before. And
        # for one that is polished later it reads the sheet twice.
        part.ensurePolished()
        part.setStyleSheet(self._sheet_of(part))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A part that is shown takes on the look that it missed, and a key takes a tool tip away."""
        if isinstance(event, QShowEvent) and isinstance(watched, QWidget):
            self.put_on(watched)
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            hide_tool_tip()
        return super().eventFilter(watched, event)

    def put_on(self, part: QWidget) -> None:
        """Have a part of the window take on the look as it is now, where it hasn't yet."""
        if part.styleSheet() != (sheet := self._sheet_of(part)):
            part.setStyleSheet(sheet)
            self.dressed.emit(part)

    def _sheet_of(self, part: QWidget) -> str:
        return self._menu_sheet if isinstance(part, QMenuBar) else self._sheet

    def _system_changed(self, _preference: Qt.ColorScheme | Qt.ContrastPreference) -> None:
        if self._choice in (ThemeChoice.SYSTEM, ThemeChoice.CONTRAST):
            self._apply()

    def _apply(self) -> None:
        hints = self._app.styleHints()
        contrast = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        self._colours = colours_for(self._choice, hints.colorScheme(), high_contrast=contrast)
        self._text_pixels = self._system_pixels * int(self._lettering.size) / 100
        self._fonts.clear()
        self._app.setFont(self.font())
        self._app.setPalette(palette(self._colours))
        look = self._colours.name
        pictures = {name: self._icons.path(f"{name}-{look}").as_posix() for name in PICTURES}
        sizes = {size.value: round(self._text_pixels * ratio) for size, ratio in _RATIO.items()}
        # A widget with a style sheet takes another font only along with another sheet.
        to_left = self._app.layoutDirection() is Qt.LayoutDirection.RightToLeft
        font = f"/* {self._lettering.family}, {self._lettering.is_spaced} */"
        self._sheet, self._menu_sheet = (
            font + style_sheet(self._colours, sizes, self.px, pictures, right_to_left=to_left, rules=rules)
            for rules in (SHEET, MENUS)
        )
        has_other_sizes = self.sizes != self._sizes_before
        self._sizes_before = self.sizes
        # An open list of suggestions is a window of its own, which has put the sheet on by itself.
        for part in {*self._dressed, *self._app.topLevelWidgets()}:
            if isValid(part) and part.isVisible() and part.styleSheet():
                self.put_on(part)
        for widget in self._app.allWidgets() if has_other_sizes else ():
            if isinstance(widget, QAbstractButton) and widget.property("iconSide"):
                self.fit_icon(widget)
        if has_other_sizes:
            self.resized.emit()
        self.changed.emit()


class _PartFitter(QObject):
    """Fits a part, and goes with it."""

    def __init__(self, part: QObject, fit: Callable[[], object]) -> None:
        super().__init__(part)
        self._fit = fit

    def follow(self, theme: Theme) -> None:
        theme.resized.connect(self._take)

    def _take(self) -> None:
        self._fit()


def colours_for(choice: ThemeChoice, scheme: Qt.ColorScheme, *, high_contrast: bool) -> Colours:
    """The colours of that choice, on a system with that scheme that asks for ``high_contrast`` or not."""
    dark = scheme is Qt.ColorScheme.Dark
    match choice:
        case ThemeChoice.LIGHT:
            return LIGHT
        case ThemeChoice.DARK:
            return DARK
        case ThemeChoice.SYSTEM if not high_contrast:
            return DARK if dark else LIGHT
    return CONTRAST_DARK if dark else CONTRAST_LIGHT


def palette(colours: Colours) -> QPalette:
    """The palette for what the style sheet leaves to Fusion: tables, menus, calendars, selections."""
    role = QPalette.ColorRole
    table = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.Button: colours.control,
        role.ButtonText: colours.text,
        role.BrightText: colours.late,
        role.Highlight: colours.accent_soft,
        role.HighlightedText: colours.text,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.secondary,
        role.Light: colours.surface,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Shadow: colours.line,
    }
    result = QPalette()
    for key, value in table.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.disabled))
    return result


def _text_pixels(font: QFont) -> float:
    return max(float(QFontInfo(font).pixelSize()), float(SMALLEST_TEXT_PIXELS))
