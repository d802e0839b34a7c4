"""The one style sheet of the application, made from the colours and the text sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import Template

from followup_desktop.ui.kit.colours import Colours

PICTURES = ("arrow-up", "arrow-down", "arrow-right", "arrow-left", "tick", "dot")
"""The drawings that the style sheet shows; there is one of each for every column of the table of colours."""

HEADING_PADDING = 8
"""At either side of a table's heading, in pixels at the ordinary text size."""
SIDEBAR_PADDING = 9
"""At either side of what is in a button of the sidebar, as it."""
SIDEBAR_BORDER = 2
"""How thick the border of such a button is, in pixels."""
TABLE_ROUNDING = 8
"""The radius of a table's corners, in pixels."""

MENUS = """
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: ${s4}px ${s8}px; }
QMenuBar { background: $window; color: $text; border-bottom: 1px solid $line; }
QMenuBar::item { padding: ${s4}px ${s9}px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: $neutral_soft; }
QMenuBar QToolButton { background: transparent; border: none; padding: 0px; min-height: 0px; }
#qt_menubar_ext_button { background: transparent; border: none; padding: 0px; min-height: 0px;
    icon-size: ${s16}px; }
#qt_menubar_ext_button::menu-indicator { image: none; width: 0px; }
QMenu { background: $surface; color: $text; border: 1px solid $edge; padding: ${s4}px;
    icon-size: ${s16}px; menu-scrollable: 1; }
QMenu::item { padding: ${s5}px ${s24}px ${s5}px ${s12}px; border: 1px solid transparent;
    border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; border-color: $contrast_edge; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${s8}px; }
QMenu::indicator { width: ${s16}px; height: ${s16}px; margin-left: ${s6}px; }
QMenu::indicator:non-exclusive { width: ${s14}px; height: ${s14}px;
    border: 1px solid $edge; border-radius: 4px; background: $surface; }
QMenu::indicator:checked {
    background: $accent; border-color: $accent; border-radius: 4px; image: url("$tick"); }
QMenu::indicator:exclusive:checked { border-radius: ${s8}px; image: url("$dot"); }
QMenu::right-arrow { image: url("$arrow_on"); width: ${s16}px; height: ${s16}px; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px ${s8}px; }
"""
"""What a bar of menus wears: it has nothing else, and each part that wears all has that read in 1.3 ms."""

_BEFORE_MENUS = """
QMainWindow, QDialog { background: $window; color: $text; }

QLabel[type="title"], QLabel[type="figure"] { font-size: ${size_title}px; font-weight: 700; }
QLabel[type="name"] { font-size: ${size_name}px; font-weight: 700; }
QLabel[type="strong"] { font-weight: 600; }
QLabel[type="secondary"] { color: $secondary; }
QLabel[type="small"] { color: $secondary; font-size: ${size_small}px; }
QLabel[type="section"] { color: $secondary; font-size: ${size_small}px; font-weight: 600; }
QLabel[type="section"][tone="late"] { color: $late; }
QLabel[type="section"][tone="now"] { color: $now; }
QLabel#refusal { color: $late; font-size: ${size_small}px; }
QLabel#warning { background: $now_soft; color: $now; border: 1px solid $contrast_edge; border-radius: 6px;
    padding: ${s6}px ${s9}px; }

Chip { font-size: ${size_small}px; border: 1px solid $contrast_edge; border-radius: ${s9}px;
    padding: ${s2}px ${s8}px; background: $neutral_soft; color: $text; }
Chip[tone="late"] { background: $late_soft; color: $late; }
Chip[tone="now"] { background: $now_soft; color: $now; }
Chip[tone="well"] { background: $well_soft; color: $well; }
Chip[tone="accent"] { background: $accent_soft; color: $accent; }

QPushButton, QToolButton { background: $control; color: $text; border: 1px solid $line;
    border-radius: 7px; padding: ${s5}px ${s11}px; min-height: ${s18}px; icon-size: ${s16}px; }
QPushButton:hover, QToolButton:hover { background: $window; border-color: $secondary; }
QPushButton:pressed, QToolButton:pressed, QPushButton:open, QToolButton:open { background: $neutral_soft; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: $window; border-color: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; outline: none;
    padding: ${s5m1}px ${s11m1}px; }
QFileDialog QToolButton { padding: 2px; min-height: 0px; }
QFileDialog QToolButton:focus { padding: 1px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0px; }
QPushButton[look="strong"], QToolButton[look="strong"] { background: $accent; color: $on_accent;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[look="strong"]:hover, QToolButton[look="strong"]:hover { border-color: $text; }
QPushButton[look="strong"]:disabled { background: $neutral_soft; color: $disabled; border-color: $line; }
QPushButton[look="chosen"] { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; color: $secondary;
    border: 1px solid $contrast_edge; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { color: $text; background: $neutral_soft; }
QPushButton[look="quiet"]:disabled, QToolButton[look="quiet"]:disabled { color: $disabled;
    border-color: transparent; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $focus; color: $text;
    padding: ${s5m1}px ${s11m1}px; }
QPushButton[look="link"], QToolButton[look="link"] { background: transparent; color: $accent;
    border: none; border-radius: 0px; padding: ${s2p1}px ${s4p1}px; }
QPushButton[look="link"]:hover, QToolButton[look="link"]:hover { background: $neutral_soft;
    border-radius: 7px; }
QPushButton[look="link"]:disabled, QToolButton[look="link"]:disabled { color: $disabled; }
QPushButton[look="link"]:focus, QToolButton[look="link"]:focus { border: 2px solid $focus;
    border-radius: 7px; padding: ${s2m1}px ${s4m1}px; }
QPushButton[look="link"][flush="left"] { padding-left: 1px; }
QPushButton[look="link"][flush="right"] { padding-right: 1px; }
QPushButton[look="link"][flush="both"] { padding-left: 1px; padding-right: 1px; }
QPushButton[look="link"][flush="left"]:focus { padding: ${s2m1}px ${s4m1}px ${s2m1}px 0px; }
QPushButton[look="link"][flush="right"]:focus { padding: ${s2m1}px 0px ${s2m1}px ${s4m1}px; }
QPushButton[look="link"][flush="both"]:focus { padding: ${s2m1}px 0px; }
QPushButton[look="filter"], QToolButton[look="filter"] { background: $neutral_soft; color: $text;
    border: 1px solid $contrast_edge; border-radius: ${s11}px; padding: ${s2}px ${s9}px;
    font-size: ${size_small}px; }
QPushButton[look="filter"]:hover, QToolButton[look="filter"]:hover { border-color: $secondary; }
QPushButton[look="filter"]:checked, QToolButton[look="filter"]:checked { background: $accent_soft;
    color: $accent; border-color: $accent; }
QPushButton[look="filter"][tone="accent"] { background: $accent_soft; color: $accent; }
QPushButton[look="filter"]:focus, QToolButton[look="filter"]:focus { border: 2px solid $focus;
    padding: ${s2m1}px ${s9m1}px; }
QPushButton[look="sidebar"] { background: transparent; border: ${sidebar_border}px solid transparent;
    border-radius: 7px; text-align: left; padding: ${s6}px ${sidebar_padding}px; }
QPushButton[look="sidebar"]:hover { background: $neutral_soft; }
QPushButton[look="sidebar"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[look="sidebar"]:focus { border: ${sidebar_border}px solid $focus;
    padding: ${s6}px ${sidebar_padding}px; }
QPushButton[look="sidebar"][low="true"] { padding: ${s1}px ${sidebar_padding}px; }
QPushButton[look="bin"], QPushButton[look="bin-target"] { background: $sidebar; color: $text;
    border: 1px solid $line; border-radius: 9px; padding: ${s11}px ${s9}px; text-align: left; }
QPushButton[look="bin"]:hover { border-color: $secondary; }
QPushButton[look="bin"]:focus { border: 2px solid $focus; padding: ${s11m1}px ${s9m1}px; }
QPushButton[look="bin-target"] { border: 2px solid $focus; padding: ${s11m1}px ${s9m1}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $surface; color: $text;
    border: 1px solid $edge; border-radius: 7px; padding: ${s5}px ${s8}px;
    placeholder-text-color: $secondary;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {
    border-color: $secondary; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: ${s5m1}px ${s8m1}px; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"],
QPlainTextEdit[invalid="true"] { border: 2px solid $late; padding: ${s5m1}px ${s8m1}px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
    background: $window; color: $disabled; border-color: $line; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0px; background: transparent; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0px; min-height: 0px; }
QComboBox { combobox-popup: 0; padding-left: ${s10}px; }
QComboBox:focus, QComboBox[invalid="true"] { padding: ${s5m1}px ${s8m1}px ${s5m1}px ${s10m1}px; }
QComboBox::drop-down { border: none; width: ${s24}px;
    subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$arrow_down"); width: ${s16}px; height: ${s16}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent;
    width: ${s18}px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: ${s2}px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: ${s2}px; }
QAbstractSpinBox::up-arrow { image: url("$arrow_up"); width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::down-arrow { image: url("$arrow_down"); width: ${s12}px; height: ${s12}px; }

QCheckBox, QRadioButton { spacing: ${s8}px; padding: ${s3}px; border: 1px solid transparent;
    border-radius: 5px; }
QFrame[look="key-row"] { border: 2px solid transparent; border-radius: ${s4}px; padding: 0px ${s2}px; }
QFrame[look="key-row"]:focus { border: 2px solid $focus; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; padding: ${s3m1}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QListWidget::indicator,
QTableView::indicator { width: ${s16}px; height: ${s16}px;
    border: 1px solid $edge; border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: ${s9}px; }
QListWidget::indicator { margin-right: ${s4}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $secondary; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QListWidget::indicator:checked,
QTableView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { image: url("$dot"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: $disabled;
    border-color: $disabled; }

"""
_AFTER_MENUS = """
QTableView, QListView, QTreeView { background: $surface; color: $text; border: 1px solid $line;
    border-radius: ${table_rounding}px; gridline-color: $line; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $focus; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $secondary; border: none;
    border-bottom: 1px solid $line; padding: ${heading_padding}px;
    font-size: ${size_small}px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url("$arrow_up"); width: ${s14}px; height: ${s14}px; }
QHeaderView::down-arrow { image: url("$arrow_down"); width: ${s14}px; height: ${s14}px; }
QHeaderView::section:first { border-top-left-radius: 7px; }
QHeaderView::section:last { border-top-right-radius: 7px; }
ColumnHeader QPushButton[look="quiet"] { padding: 0px; min-height: 0px; border-color: transparent; }
QTableCornerButton::section { background: $surface; border: none; }
QListWidget { border-radius: 7px; padding: 2px; }
QListWidget::item { padding: ${s3}px; }
QTableView[rows="true"]::item { padding: 0 ${s5}px; }
QListView[flat="true"] { background: transparent; border: none; border-radius: 0px; }
QListView[flat="true"]:focus { border: none; }
QListView[flat="true"]::item { padding: ${s4}px ${s6}px; }
QComboBox QAbstractItemView, QListView#completions { background: $surface; color: $text;
    border: 1px solid $edge; border-radius: 0px; padding: 0px; outline: none; }
QComboBox QAbstractItemView::item, QListView#completions::item { border: 1px solid transparent;
    padding: ${s4}px ${s8}px; color: $text; }
QComboBox QAbstractItemView::item:selected, QListView#completions::item:selected,
QListView#completions::item:hover { background: $accent_soft; color: $text;
    border-color: $contrast_edge; }

QScrollArea, QScrollArea > QWidget > QWidget[ground="window"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${s10}px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: ${s10}px; margin: 0px; }
QScrollBar::handle { background: $edge; border-radius: ${s3}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${s24}px; }
QScrollBar::handle:horizontal { min-width: ${s24}px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QProgressBar { background: $neutral_soft; border: 1px solid $contrast_edge; border-radius: ${s3}px;
    max-height: ${s6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${s3}px; }

Card { background: $surface; border: 1px solid $line; border-radius: 8px; }
Card[edge="straight"] { border-width: 0 0 1px 0; border-radius: 0; }
Card[tone="accent"] { background: $accent_soft; border-color: $contrast_edge; }
Card[tone="now"] { background: $now_soft; border-color: $contrast_edge; }
Card[tone="late"] { background: $late_soft; border-color: $contrast_edge; }
Card[tone="well"] { background: $well_soft; border-color: $contrast_edge; }

#datePicker { background: $surface; border: 1px solid $edge; }
#datePicker QTableView, #datePicker QTableView:focus { border: none; border-radius: 0px; }
#datePicker QHeaderView::section { padding: ${s4}px 0px; border: none; }

#sidebar { background: $sidebar; border-right: 1px solid $line; }
#topbar { background: $window; border-bottom: 1px solid $line; }
#quote { background: $window; border: 1px solid $line; border-radius: 8px; }
#panel { background: $window; border-top: 1px solid $line; }
#panel[last="true"] { border-bottom-left-radius: 7px; border-bottom-right-radius: 7px; }
#toast { background: $text; border-radius: 8px; }
#toast QLabel { color: $window; }
#toast QPushButton { background: transparent; color: $on_toast; border: 1px solid transparent;
    font-weight: 600; }
#toast QPushButton:focus { border: 2px solid $on_toast; }
#palette { background: $surface; border: 1px solid $edge; border-radius: 9px; }
#palette QListView { background: $surface; border: none; border-radius: 0px; }
QFrame#boardColumn { background: $sidebar; border: 1px solid $line; border-radius: 9px; }
QFrame#boardColumn QListView { background: transparent; border: none; border-radius: 0px; }

#details QLineEdit, #details QComboBox, #details QPlainTextEdit { background: transparent;
    border: 1px solid $contrast_edge; padding: ${s5}px ${s6}px; }
#details QLineEdit:hover, #details QComboBox:hover, #details QPlainTextEdit:hover { border-color: $edge; }
#details QLineEdit:focus, #details QComboBox:focus, #details QPlainTextEdit:focus {
    background: $surface; border: 2px solid $focus; padding: ${s5m1}px ${s6m1}px; }
#details QLineEdit[invalid="true"], #details QPlainTextEdit[invalid="true"] { border: 2px solid $late;
    padding: ${s5m1}px ${s6m1}px; }
#details QLineEdit#chip { background: $neutral_soft; border-radius: ${s9}px; font-size: ${size_small}px;
    padding: ${s2}px ${s8}px; }
#details QLineEdit#tags { font-size: ${size_small}px; padding: ${s2}px 0px; }
#details QLineEdit#chip:focus, #details QLineEdit#tags:focus { padding: ${s2m1}px ${s8m1}px; }
#details QLineEdit#employer { font-size: ${size_name}px; font-weight: 700; }
#details QLineEdit#employer, #details QLineEdit#role { padding-left: 3px; }
#details QLineEdit#employer:focus, #details QLineEdit#role:focus {
    padding: ${s5m1}px ${s6m1}px ${s5m1}px 2px; }
#details QComboBox#stage { font-size: ${size_small}px; border-radius: ${s10}px; padding: ${s3}px ${s9}px;
    background: $neutral_soft; color: $text; }
#details QComboBox#stage:checked { background: $accent_soft; color: $accent; }
#details QComboBox#stage:indeterminate { background: $well_soft; color: $well; }
#details QComboBox#stage:focus { border: 2px solid $focus; padding: ${s3m1}px ${s9m1}px; }
#details QComboBox { padding-left: ${s8}px; }
#details Hint { padding-left: ${s8}px; }
#details #formInside Hint { padding-left: 0px; }
#details #formInside QLineEdit, #details #formInside QComboBox, #details #formInside QPlainTextEdit,
#details #panel QLineEdit { background: $surface; border-color: $edge; }
#details #formInside QLineEdit:focus, #details #formInside QComboBox:focus,
#details #formInside QPlainTextEdit:focus, #details #panel QLineEdit:focus { border-color: $focus; }
#details #formInside QLineEdit[invalid="true"], #details #panel QLineEdit[invalid="true"] {
    border-color: $late; }
QWidget#formInside { background: $window; border: 1px solid $line; border-radius: 8px; }
"""
SHEET = _BEFORE_MENUS + MENUS + _AFTER_MENUS
"""With ``$role`` for a colour, ``${size_small}`` for a text size, ``${s8}`` for a distance in pixels at the
ordinary text size, ``${s8m1}`` for one pixel less, where a thicker line takes it, and ``${s8p1}`` for one
more, where there is none: of a line that isn't seen Qt draws the round corners, too, a third of a link."""

_DISTANCE = re.compile(r"s(\d+)(m1|p1)?")
_PIXELS_MORE = {None: 0, "m1": -1, "p1": 1}


def style_sheet(
    colours: Colours,
    sizes: Mapping[str, int],
    px: Callable[[float], int],
    pictures: Mapping[str, str],
    *,
    right_to_left: bool = False,
    rules: str = SHEET,
) -> str:
    """The style sheet for these colours and text sizes in pixels; ``px`` grows a distance with the text.

    It's that of all ``rules``, or of ``MENUS`` alone. ``pictures`` are the paths of ``PICTURES``. Where the
    layout runs ``right_to_left``, so does what opens.
    """
    values: dict[str, object] = {name: pictures[picture] for name, picture in _picture_names().items()}
    values["arrow_on"] = pictures["arrow-left" if right_to_left else "arrow-right"]
    values |= colours.roles()
    values |= {f"size_{name}": size for name, size in sizes.items()}
    values |= {"heading_padding": px(HEADING_PADDING), "sidebar_padding": px(SIDEBAR_PADDING)}
    values |= {"sidebar_border": SIDEBAR_BORDER, "table_rounding": TABLE_ROUNDING}
    sheet = Template(rules)
    for name in sheet.get_identifiers():
        if (distance := _DISTANCE.fullmatch(name)) is not None:
            values[name] = max(px(int(distance[1])) + _PIXELS_MORE[distance[2]], 0)
    return sheet.substitute(values)


def _picture_names() -> dict[str, str]:
    return {picture.replace("-", "_"): picture for picture in PICTURES}
