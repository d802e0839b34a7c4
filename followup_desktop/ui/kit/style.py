"""The part of the look that only this view has: fields that look like text until they are touched."""

from __future__ import annotations

from string import Template

from followup_desktop.domain.model import Stage
from followup_desktop.ui.kit.theme import Theme, Type

_SHEET = Template("""
QLabel#warning { background: $now_soft; color: $now; border-radius: 6px; padding: ${s6}px ${s9}px; }
#details QLineEdit, #details QComboBox, #details QPlainTextEdit { background: transparent;
    border: 1px solid transparent; padding: ${s5}px ${s6}px; }
#details QLineEdit:hover, #details QComboBox:hover, #details QPlainTextEdit:hover { border-color: $line; }
#details QLineEdit:focus, #details QComboBox:focus, #details QPlainTextEdit:focus {
    background: $surface; border: 2px solid $accent; padding: ${s5m1}px ${s6m1}px; }
#details QLineEdit[invalid="true"], #details QPlainTextEdit[invalid="true"] { border: 2px solid $late;
    padding: ${s5m1}px ${s6m1}px; }
#details QLineEdit#employer { font-size: ${name}px; font-weight: 700; }
#details QComboBox#stage { font-size: ${small}px; border-radius: ${r}px; padding: ${s3}px ${s9}px;
    background: $neutral_soft; color: $text; }
#details QComboBox#stage[tone="accent"] { background: $accent_soft; color: $accent; }
#details QComboBox#stage[tone="well"] { background: $well_soft; color: $well; }
#details QComboBox#stage:focus { border: 2px solid $accent; padding: ${s3m1}px ${s9m1}px; }
#details QComboBox { padding-left: ${s8}px; }
#details #eventForm QLineEdit, #details #eventForm QComboBox, #details #eventForm QPlainTextEdit {
    background: $surface; border-color: $line; }
#details #eventForm QLineEdit:focus, #details #eventForm QPlainTextEdit:focus { border-color: $accent; }
#details #eventForm QLineEdit[invalid="true"] { border-color: $late; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0px; min-height: 0px; }
QListView[flat="true"] { background: transparent; border: none; border-radius: 0px; }
QListView[flat="true"]:focus { border: none; }
QWidget#eventForm { background: $window; border: 1px solid $line; border-radius: 8px; }
QHeaderView::section:first { border-top-left-radius: 7px; }
QHeaderView::section:last { border-top-right-radius: 7px; }
""")


def view_sheet(theme: Theme) -> str:
    """The style sheet of the view in the theme's present colours."""
    colours = theme.colours
    return _SHEET.substitute(
        late=colours.late,
        line=colours.line,
        surface=colours.surface,
        window=colours.window,
        now=colours.now,
        now_soft=colours.now_soft,
        accent=colours.accent,
        accent_soft=colours.accent_soft,
        well=colours.well,
        well_soft=colours.well_soft,
        neutral_soft=colours.neutral_soft,
        text=colours.text,
        small=theme.font(Type.SMALL).pixelSize(),
        name=theme.font(Type.NAME).pixelSize(),
        s3=theme.px(3),
        s3m1=max(theme.px(3) - 1, 0),
        s5=theme.px(5),
        s5m1=max(theme.px(5) - 1, 0),
        s6=theme.px(6),
        s6m1=max(theme.px(6) - 1, 0),
        s8=theme.px(8),
        s9=theme.px(9),
        s9m1=max(theme.px(9) - 1, 0),
        r=theme.px(10),
    )


def stage_tone(stage: Stage) -> str:
    """The colour that goes with a stage: ``accent``, ``well`` or ``neutral``."""
    if stage is Stage.INTERVIEWING:
        return "accent"
    return "well" if stage in (Stage.OFFER, Stage.ACCEPTED) else "neutral"
