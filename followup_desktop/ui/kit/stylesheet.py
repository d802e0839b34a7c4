"""The one style sheet of the application, made from the colours and the text sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from string import Template

from followup_desktop.ui.kit.colours import Colours

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: ${s4}px ${s8}px; }

QLabel[type="title"] { font-size: ${size_title}px; font-weight: 700; }
QLabel[type="name"] { font-size: ${size_name}px; font-weight: 700; }
QLabel[type="strong"] { font-weight: 600; }
QLabel[type="secondary"] { color: $secondary; }
QLabel[type="small"] { color: $secondary; font-size: ${size_small}px; }
QLabel[type="section"] { color: $secondary; font-size: ${size_small}px; font-weight: 600; }
QLabel[type="section"][tone="late"] { color: $late; }
QLabel[type="section"][tone="now"] { color: $now; }

Chip { font-size: ${size_small}px; border-radius: ${r9}px; padding: ${s3}px ${s9}px;
       background: $neutral_soft; color: $text; }
Chip[tone="late"] { background: $late_soft; color: $late; }
Chip[tone="now"] { background: $now_soft; color: $now; }
Chip[tone="well"] { background: $well_soft; color: $well; }
Chip[tone="accent"] { background: $accent_soft; color: $accent; }

QPushButton, QToolButton { background: $control; color: $text; border: 1px solid $line;
    border-radius: 7px; padding: ${s5}px ${s11}px; min-height: ${s18}px; }
QPushButton:hover, QToolButton:hover { background: $window; border-color: $secondary; }
QPushButton:pressed, QToolButton:pressed, QPushButton:open, QToolButton:open { background: $neutral_soft; }
QPushButton:disabled, QToolButton:disabled { color: $secondary; background: $window; border-color: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent;
    padding: ${s5m1}px ${s11m1}px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0px; }
QPushButton[look="strong"], QToolButton[look="strong"] { background: $accent; color: $on_accent;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[look="strong"]:hover, QToolButton[look="strong"]:hover { border-color: $text; }
QPushButton[look="strong"]:focus, QToolButton[look="strong"]:focus { border: 2px solid $text; }
QPushButton[look="strong"]:disabled { background: $neutral_soft; color: $secondary; border-color: $line; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; color: $secondary;
    border: 1px solid transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { color: $text; background: $neutral_soft; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $accent; color: $text; }
QPushButton[look="link"], QToolButton[look="link"] { background: transparent; color: $accent;
    border: 1px solid transparent; padding: ${s2}px ${s4}px; }
QPushButton[look="link"]:focus, QToolButton[look="link"]:focus { border: 2px solid $accent;
    padding: ${s2m1}px ${s4m1}px; }
QPushButton[look="filter"], QToolButton[look="filter"] { background: $neutral_soft; color: $text;
    border: 1px solid transparent; border-radius: ${r11}px; padding: ${s2}px ${s9}px;
    font-size: ${size_small}px; }
QPushButton[look="filter"]:checked, QToolButton[look="filter"]:checked { background: $accent_soft;
    color: $accent; }
QPushButton[look="filter"]:focus, QToolButton[look="filter"]:focus { border: 2px solid $accent;
    padding: ${s2m1}px ${s9m1}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $surface; color: $text;
    border: 1px solid $line; border-radius: 7px; padding: ${s5}px ${s8}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; padding: ${s5m1}px ${s8m1}px; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"],
QPlainTextEdit[invalid="true"] { border: 2px solid $late; padding: ${s5m1}px ${s8m1}px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { background: $window; color: $secondary; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0px; background: transparent; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0px; min-height: 0px; }
QComboBox::drop-down { border: none; width: ${s24}px;
    subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$arrow_down");
    width: ${s16}px; height: ${s16}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent;
    width: ${s18}px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: ${s2}px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: ${s2}px; }
QAbstractSpinBox::up-arrow { image: url("$arrow_up"); width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::down-arrow { image: url("$arrow_down"); width: ${s12}px; height: ${s12}px; }
QCheckBox { spacing: ${s8}px; padding: ${s2}px; border: 1px solid transparent; border-radius: 5px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator, QListWidget::indicator { width: ${s16}px; height: ${s16}px;
    border: 1px solid $secondary; border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: $accent; border-color: $accent;
    image: url("$tick"); }
QCheckBox::indicator:disabled { border-color: $line; }
QListWidget { border-radius: 7px; padding: 2px; }
QListWidget::item { padding: ${s3}px; }
QLabel#refusal { color: $late; font-size: ${size_small}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $line;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }

QMenuBar { background: $window; color: $text; border-bottom: 1px solid $line; }
QMenuBar::item { padding: ${s4}px ${s9}px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: $neutral_soft; }
#qt_menubar_ext_button { background: transparent; border: none; padding: 0px; min-height: 0px; }
QMenu { background: $surface; color: $text; border: 1px solid $line; padding: ${s4}px; }
QMenu::item { padding: ${s5}px ${s24}px ${s5}px ${s12}px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $secondary; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px ${s8}px; }

QTableView, QListView, QTreeView { background: $surface; color: $text; border: 1px solid $line;
    border-radius: 8px; gridline-color: $line; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $secondary; border: none;
    border-bottom: 1px solid $line; padding: ${s8}px ${s9}px; font-size: ${size_small}px; font-weight: 600; }
QTableCornerButton::section { background: $surface; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[ground="window"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${s10}px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: ${s10}px; margin: 0px; }
QScrollBar::handle { background: $scroll; border-radius: ${s4}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${s24}px; }
QScrollBar::handle:horizontal { min-width: ${s24}px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }

Card { background: $surface; border: 1px solid $line; border-radius: 8px; }
Card[edge="straight"] { border-width: 0 0 1px 0; border-radius: 0; }
Card[tone="accent"] { background: $accent_soft; border-color: $accent_soft; }
Card[tone="now"] { background: $now_soft; border-color: $now_soft; }
Card[tone="late"] { background: $late_soft; border-color: $late_soft; }

#sidebar { background: $sidebar; border-right: 1px solid $line; }
#topbar { background: $window; border-bottom: 1px solid $line; }
#panel { background: $window; border-top: 1px solid $line; }
#panel[last="true"] { border-bottom-left-radius: 7px; border-bottom-right-radius: 7px; }
#toast { background: $text; border-radius: 8px; }
#toast QLabel { color: $window; }
#toast QPushButton { background: transparent; color: $on_toast; border: 1px solid transparent;
    font-weight: 600; }
#toast QPushButton:focus { border: 2px solid $on_toast; }
QPushButton[look="sidebar"] { background: transparent; border: 2px solid transparent; border-radius: 7px;
    text-align: left; padding: ${s6}px ${s9}px; }
QPushButton[look="sidebar"]:hover { background: $neutral_soft; }
QPushButton[look="sidebar"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[look="sidebar"]:focus { border: 2px solid $accent; padding: ${s6}px ${s9}px; }
""")

_DISTANCES = (2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 16, 18, 24)


def style_sheet(
    colours: Colours, sizes: Mapping[str, int], px: Callable[[float], int], pictures: Mapping[str, str]
) -> str:
    """The style sheet for these colours and text sizes in pixels; ``px`` grows a distance with the text.

    ``pictures`` are the paths of ``arrow_up``, ``arrow_down`` and ``tick``.
    """
    values: dict[str, object] = {**asdict(colours), **pictures}
    for name, size in sizes.items():
        values[f"size_{name}"] = size
    for distance in _DISTANCES:
        values[f"s{distance}"] = px(distance)
        values[f"s{distance}m1"] = max(px(distance) - 1, 0)
    # A corner larger than half the height is not drawn round, so pills are told their radius.
    values["r9"] = px(9)
    values["r11"] = px(11)
    dark = colours.window < "#8"
    values["scroll"] = "#4a525a" if dark else "#cfccc6"
    values["on_toast"] = "#1f6f78" if dark else "#8fd6dc"
    return _SHEET.substitute(values)
