"""The part of the look that only the board has."""

from __future__ import annotations

from string import Template

from followup_desktop.ui.kit.theme import Theme

_SHEET = Template("""
QFrame#boardColumn { background: $sidebar; border: 1px solid $line; border-radius: 9px; }
QFrame#boardColumn QListView { background: transparent; border: none; border-radius: 0px; }
QPushButton[look="bin"], QPushButton[look="bin-target"] { background: $sidebar; color: $text;
    border: 1px solid $line; border-radius: 9px; padding: ${s11}px ${s9}px; text-align: left; }
QPushButton[look="bin"]:hover { border-color: $secondary; }
QPushButton[look="bin"]:focus { border: 2px solid $accent; padding: ${s11m1}px ${s9m1}px; }
QPushButton[look="bin-target"] { border: 2px solid $accent; padding: ${s11m1}px ${s9m1}px; }
""")


def view_sheet(theme: Theme) -> str:
    """The style sheet of the board in the theme's present colours."""
    colours = theme.colours
    return _SHEET.substitute(
        sidebar=colours.sidebar,
        line=colours.line,
        text=colours.text,
        secondary=colours.secondary,
        accent=colours.accent,
        s9=theme.px(9),
        s9m1=theme.px(9) - 1,
        s11=theme.px(11),
        s11m1=theme.px(11) - 1,
    )
