"""Light and dark: the table of colours reaches palette, style sheet and icons, and is readable."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from followup_desktop.domain.rules.table import all_rows
from followup_desktop.services.reading.rows import Tone
from followup_desktop.ui.kit.colours import DARK, LIGHT, Colours
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(colours: Colours) -> None:
    for ground in (colours.window, colours.sidebar, colours.surface, colours.accent_soft):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.secondary, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.accent, colours.accent_soft) >= 4.5
    for tone in Tone:
        assert contrast(*colours.of_tone(tone)) >= 4.5


def test_choosing_a_look_changes_palette_and_icons(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "mail")
    light = button.icon().pixmap(24, 24).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.choose(ThemeChoice.DARK)
    try:
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
        assert qapp.palette().color(QPalette.ColorRole.Text) == QColor(DARK.text)
        assert button.icon().pixmap(24, 24).toImage() != light
    finally:
        theme.choose(ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert button.icon().pixmap(24, 24).toImage() == light


def test_every_colour_is_one(theme: Theme) -> None:
    for colours in (LIGHT, DARK):
        for name, value in asdict(colours).items():
            assert QColor(value).isValid(), name
    assert theme.colour("accent") == QColor(LIGHT.accent)


def test_every_icon_file_draws_something(qapp: QApplication) -> None:
    icons = IconSet(icon_folder())
    names = {path.stem for path in icon_folder().glob("*.svg")}
    assert {row.icon for row in all_rows()} <= names
    for name in names:
        image = icons.pixmap(name, QColor("red"), 24).toImage()
        assert any(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24)), name


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        IconSet(icon_folder()).path("no such icon")
