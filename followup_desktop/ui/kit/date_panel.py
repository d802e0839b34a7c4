"""A date, or a date and a time, that is asked for below a row of Today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.spans import Direction
from followup_desktop.services.reading.days import Days
from followup_desktop.ui.kit.answer_panels import Panel
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton
from followup_desktop.ui.kit.widgets.card import Text

_DATE_WIDTH, _TIME_WIDTH = 290, 96
"""In pixels of a screen of usual density: a date as it is written out, with its button; a time."""
_LEAST_DATE_WIDTH = 165
"""Where a date would have less room than this, its time stands below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateQuestion:
    """What a date is asked for: the label of the field, what stands in it first, and the label of the button.

    A date lies in the ``direction`` of the question, as seen from today. The calendar marks the holidays of
    that ``country``, and a time is one of that ``zone``, or of the user's. With no ``initial`` date, none is
    needed.
    """

    label: str
    initial: date | datetime | None
    save: str = ""
    direction: Direction = Direction.NEXT
    country: str | None = None
    zone: str | None = None


class DatePanel(Panel):
    """Asks for a date, or a date and a time, as it is said: "friday", "in two weeks".

    It takes one line, or where there is no room for that, one each for label, fields and buttons.

    ``saved`` carries a ``date``, a naive wall time where ``initial`` is one, or ``None`` if allowed.
    What is refused is said below it; what was typed stays, and is a draft unless it is saved or cancelled.
    """

    saved = Signal(object)

    def __init__(self, theme: Theme, question: DateQuestion, days: Days, parent: QWidget) -> None:
        super().__init__(theme, parent)
        label, initial = question.label, question.initial
        self._initial = initial
        self.setAccessibleName(label)
        self.date = DateField(
            label,
            days.today,
            question.direction,
            required=initial is not None,
            hint=_("no date") if initial is None else "",
        )
        self.date.setParent(self)  # the parts are made in the order in which the Tab key walks them
        self.date.with_calendar(theme, days.of(lambda: question.country))
        self.time: TimeField | None = None
        self._keeper: DraftKeeper | None = None
        self._key = ""
        if isinstance(initial, datetime):
            self.time = self._make_time()
            zone = question.zone
            self.date.with_time(self.time, (lambda: zone) if zone is not None else None)
        heading = Text(label, "strong", self)
        theme.set_margins(heading, 0, 5, 0, 0)  # in line with the text of the field
        heading.setBuddy(self.date.editor)
        self.save = Button(question.save or _("Save"), self)
        self.save.clicked.connect(self._save)
        cancel = QuietButton(_("Cancel"), self)
        cancel.clicked.connect(self._give_up)
        self._heading = heading
        self._fields = QHBoxLayout()
        theme.set_spacing(self._fields, 8)
        self._fields.addWidget(self.date, 0, Qt.AlignmentFlag.AlignTop)
        if self.time is not None:
            self._fields.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        self._fields.addStretch(1)
        self._buttons = QHBoxLayout()
        theme.set_spacing(self._buttons, 8)
        for button in (self.save, cancel):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.set_spacing(self._row, 8)
        self._row.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._fields)
        self._row.addLayout(self._buttons, 1)
        self.inner.addLayout(self._row)
        # It widens nothing around it: what it is in says how wide it is.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._fit()
        self.date.line.returnPressed.connect(self._save)
        self.setFocusProxy(self.date)

    def begin(self) -> None:
        """Take the keyboard, then show what stands in the fields first, or what was kept of them.

        Not the other way round: Orca never says a field whose text changes before it is told of the keyboard.
        """
        super().begin()
        initial = self._initial
        if self.time is not None and isinstance(initial, datetime):
            self.time.begin_with(initial.time().replace(second=0, microsecond=0))
        self.date.begin_with(initial.date() if isinstance(initial, datetime) else initial)
        self.date.line.selectAll()  # what is typed takes its place
        if self._keeper is not None:
            self._keeper.open(self._key)

    def keep_as(self, key: str, title: str, drafts: DraftStore | None) -> None:
        """Keep what is typed under this key, and begin with what was kept before."""
        self._key = key
        fields: dict[str, Field] = {"date": self.date}
        if self.time is not None:
            fields["time"] = self.time
        for field in fields.values():
            field.edited.connect(self._touched)
        keeper = self._keeper = DraftKeeper(drafts, lambda: fields, lambda: title, parent=self)
        self.inner.addWidget(keeper)
        keeper.afresh.connect(self._begin_afresh)

    def forget(self) -> None:
        """Keep nothing of it: it was answered, or given up."""
        if self._keeper is not None:
            self._keeper.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """What is typed is in sight."""
        super().showEvent(event)
        if self._keeper is not None:
            self._keeper.set_in_sight(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed and not saved is a draft."""
        super().hideEvent(event)
        if self._keeper is not None:
            self._keeper.set_in_sight(False)

    def _touched(self) -> None:
        if self._keeper is not None:
            self._keeper.touched()

    def _begin_afresh(self) -> None:
        if self._keeper is not None:
            key = self._keeper.key
            self._keeper.forget()
            for field in (self.date, self.time):
                if field is not None:
                    field.begin_with(field.kept)
            self._keeper.open(key)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        self.forget()
        self.closed.emit()

    def stack(self) -> None:
        """Begin near the edge of what it is in, where that is narrow."""
        self.start_at(Space.S)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one line, or three."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins, gap = self.inner.contentsMargins(), self._row.spacing()
        room = self.width() - margins.left() - margins.right()
        beside = self.theme.px(_TIME_WIDTH) + gap if self.time is not None else 0
        date = self.theme.px(_DATE_WIDTH)
        line = self._heading.sizeHint().width() + date + beside + self._buttons.sizeHint().width() + 2 * gap
        is_one = line <= room
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_one else way.TopToBottom)
        is_cut = not is_one and room - beside < self.theme.px(_LEAST_DATE_WIDTH)
        self._fields.setDirection(way.TopToBottom if is_cut else way.LeftToRight)
        self.date.setFixedWidth(date if is_one else max(min(date, room if is_cut else room - beside), beside))

    def refuse(self, sentence: str) -> None:
        """Say why this could not be taken."""
        self.date.refuse(sentence)

    @property
    def problem(self) -> str:
        """Why what was chosen could not be taken; empty if nothing was refused."""
        return self.date.refusal or (self.time.refusal if self.time is not None else "")

    def value(self) -> date | datetime | None:
        """What stands in the fields; raises ``Refused``, and says below the field why."""
        for field in (self.date, self.time):
            if field is not None:
                field.finish()
        day: date | None = _value_of(self.date)
        if self.time is None or day is None:
            return day
        return datetime.combine(day, _value_of(self.time))

    def _make_time(self) -> TimeField:
        field = TimeField(
            # Translators: the time of day beside a date, by the name of the date
            _("{date}: time").format(date=self.date.name),
            working_day=True,
            parent=self,
        )
        field.tells_beside = True
        self.theme.keep_fit(field, lambda: field.setFixedWidth(self.theme.px(_TIME_WIDTH)))
        field.line.returnPressed.connect(self._save)
        return field

    def _save(self) -> None:
        try:
            wanted = self.value()
        except Refused:
            return
        self.saved.emit(wanted)


def _value_of(field: DateField | TimeField) -> Any:
    """What a field says; where it is refused, the reason stands below it, and the keyboard is in it."""
    try:
        return field.value()
    except Refused as refusal:
        field.refuse(str(refusal))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        raise
