"""Which applications are counted: from when on, from where, with which tag, in which stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.reading.insights import is_same_filter
from followup_desktop.services.rows.figures import InsightQuery, Period
from followup_desktop.services.wording.insights import InsightWords, source_name
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.theme import Space, Type
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_WIDTH, _DATE_WIDTH = 150, 260
_MOST = 220
_WIDEST = 400
"""So wide a date is at most, in pixels, however large the text: a window of 640 pixels has room for it."""
_LINES = 3
"""So many below a date are enough for what is said of it in every language."""


class Filters(QWidget):
    """The choices in a row, own dates below it; ``changed`` tells that another query is asked."""

    changed = Signal()

    def __init__(self, context: Context, words: InsightWords) -> None:
        super().__init__()
        stages = context.wording.labels.stages
        sent = [stage for stage in Stage if stage is not Stage.SAVED]
        self.period = ChoiceField(_("Period"), words.periods().items())
        self.source = ChoiceField(_("Source"), ())
        self.tag = ChoiceField(_("Tag"), ())
        self.stage = ChoiceField(
            _("Stage now"), [(None, _("All stages")), *((stage, stages[stage]) for stage in sent)]
        )
        self._theme = context.theme
        self.first = self._date(context, _("From"), _("from"))
        self.last = self._date(context, _("Until"), _("until"))
        choices, dates = FlowLayout(gap=Space.S), FlowLayout(gap=Space.S, at_top=True)
        for choice in (self.period, self.source, self.tag, self.stage):
            choice.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choices.addWidget(choice)
        for date_field in (self.first, self.last):
            dates.addWidget(date_field)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.S)
        lines.addLayout(choices)
        lines.addLayout(dates)  # with room for what is said below them
        self._theme.keep_fit(self, self._fit)
        self.period.set_value(Period.ALL)
        self.stage.set_value(None)
        self.offer((), ())
        for field in (self.source, self.tag, self.stage, self.first, self.last):
            field.committed.connect(self.changed)
        self.period.committed.connect(self._period_chosen)
        self._show_dates()

    def _date(self, context: Context, name: str, hint: str) -> DateField:
        field = DateField(name, context.days.today, Direction.LAST, hint=hint)
        layout = field.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addStretch(1)  # what is below the line has its room from the beginning
        return field.with_calendar(context.theme, context.days)

    def _fit(self) -> None:
        px = self._theme.px
        for field in (self.period, self.first, self.last, self.source, self.tag, self.stage):
            is_date = isinstance(field, DateField)
            dates = min(px(_DATE_WIDTH), _WIDEST)
            field.setMinimumWidth(dates if is_date else px(_WIDTH))
            field.setMaximumWidth(dates if is_date else px(_MOST))
        line = self._theme.metrics(Type.SMALL).lineSpacing()
        for field in (self.first, self.last):
            layout = field.layout()
            gap = layout.spacing() if layout is not None else 0
            field.setMinimumHeight(field.line.sizeHint().height() + 2 * gap + _LINES * line)

    def offer(self, sources: Sequence[str], tags: Sequence[str]) -> None:
        """Let these be chosen; what was chosen stays, be it written otherwise now, or gone."""
        for field, everything, names in (
            (self.source, _("All sources"), [(each, source_name(each)) for each in (*sources, "")]),
            (self.tag, _("All tags"), [(each, each) for each in tags]),
        ):
            chosen = field.value()
            if chosen is not None:
                found = next((value for value, _name in names if is_same_filter(value, chosen)), None)
                if found is None:
                    names.append((chosen, chosen))
                chosen = chosen if found is None else found
            choices: list[tuple[Any, str]] = [(None, everything), *names]
            field.set_choices(choices)
            field.set_value(chosen)

    def query(self) -> InsightQuery:
        """What is asked; days that can't be used don't narrow, and their fields say why.

        Those of a period of one's own aren't asked with any other.
        """
        is_own = self.period.value() is Period.OWN
        first, last = (_day(self.first), _day(self.last)) if is_own else (None, None)
        if first is not None and last is not None and last < first:
            self.last.refuse(_("The period ends before it starts. Choose a later end."))
            last = None
        return InsightQuery(
            period=self.period.value(),
            first=first,
            last=last,
            source=self.source.value(),
            tag=self.tag.value(),
            stage=self.stage.value(),
        )

    def _period_chosen(self) -> None:
        self._show_dates()
        self.changed.emit()

    def _show_dates(self) -> None:
        for field in (self.first, self.last):
            field.setVisible(self.period.value() is Period.OWN)
        self._fit()


def _day(field: DateField) -> date | None:
    """The date, if it is one."""
    try:
        day: date | None = field.value()
    except Refused as refusal:
        field.refuse(str(refusal))
        return None
    field.clear_refusal()
    return day
