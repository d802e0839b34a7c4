"""The window in which a report of the search is made: what it is of, what is in it, and how it will look."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.worktime import monday_of
from followup_desktop.i18n import _, language, languages, speaking
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.background_work import Session
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.progress import Progress, page_in_words
from followup_desktop.services.transfer.activity_report import Report, ReportOptions, for_preview
from followup_desktop.services.transfer.formats import REPORT_KINDS
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.background_reader import BackgroundReader
from followup_desktop.ui.kit.dialogs import TwoParts, room_for
from followup_desktop.ui.kit.file_dialogs import ask_for_one_of
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, TextField
from followup_desktop.ui.kit.forms.panel import FormGrid, go_to_refused, scroll_area, small_print
from followup_desktop.ui.kit.paged import layout_of, painting
from followup_desktop.ui.kit.printing import ask_for_printer, print_on
from followup_desktop.ui.kit.report_files import kind_of, paged, report_file
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.window_settings import (
    REPORT_LANGUAGE,
    REPORT_NAME,
    REPORT_NOTES,
    REPORT_NUMBER,
    REPORT_PAPER,
    REPORT_WITHOUT,
    Paper,
    report_settings,
)
from followup_desktop.ui.window.report_preview import ReportPreview

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from followup_desktop.storage.store import Store

_CATALOGUES = resources_dir() / "locale"
_SIZE = (1220, 720)
_FORM_WIDTH = 320
_NARROW = 620
_DAYS = 28
"""So many days the report is of at least, to begin with."""


@dataclass(frozen=True, slots=True)
class _ReportRequest:
    """What is asked for, to be made on any thread."""

    options: ReportOptions
    now: datetime
    language: str
    is_mirrored: bool

    def speaking(self) -> AbstractContextManager[None]:
        """In which what is in the report is said; the window goes on in its own language."""
        return speaking(self.language, _CATALOGUES)

    def report(self, store: Store) -> Report:
        """The report of what is in the store."""
        return Report.of(store.facts(), self.options, self.now, Wording())


class ReportWindow(QDialog):
    """Shows the report while it is put together; nothing is written before it is saved."""

    def __init__(
        self, context: Context, show_status: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show_status = show_status
        self._progress = context.progress(self)
        self.setWindowTitle(_("Report of your search"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        context.theme.dress(self)
        kept, left_out = report_settings(context.settings), context.settings.get(REPORT_WITHOUT)
        today = context.days.today()
        days = context.days
        self.first = DateField(_("From"), days.today, Direction.LAST, hint=_("the beginning"))
        self.last = DateField(_("Until"), days.today, Direction.LAST, hint=_("today"))
        self.person = TextField(_("Your name"), hint=_("as the office knows you"))
        self.number = TextField(_("Customer number"), hint=_("if you have one"))
        self.spoken = ChoiceField(_("Language"), languages(_CATALOGUES).items())
        self.paper = ChoiceField(_("Paper"), [(Paper.A4, _("A4")), (Paper.LETTER, _("US Letter"))])
        self.parts = {
            "notes": CheckField(_("Include notes")),
            "people": CheckField(_("Include people")),
            "salary": CheckField(_("Include salary")),
        }
        for day in (self.first, self.last):
            day.with_calendar(context.theme, days)
        self.first.begin_with(monday_of(today - timedelta(days=_DAYS - 1)))
        self.last.begin_with(today)
        self.person.set_value(kept.name)
        self.number.set_value(kept.number)
        spoken = context.settings.get(REPORT_LANGUAGE)
        self.spoken.set_value(spoken if spoken in languages(_CATALOGUES) else language())
        self.paper.set_value(kept.paper)
        for name, part in self.parts.items():
            part.set_value(name not in left_out)
        self.parts["notes"].set_value(context.settings.get(REPORT_NOTES))
        self.failure = Hint()
        """What has gone wrong, and is in none of the fields."""
        self.failure.setObjectName("refusal")
        self.preview = ReportPreview(context.theme)
        self._reader = BackgroundReader(context.data.background, self)
        self.save_button = StrongButton(_("Save report…"))
        self.print_button = Button(_("Print…"))
        self.close_button = QuietButton(_("Cancel"))
        self._lay_out()
        for field in self._fields():
            field.committed.connect(self.show_report)
        self._reader.found.connect(self.preview.show_parts)
        self._reader.failed.connect(self.failure.show_sentence)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_out)
        self.close_button.clicked.connect(self.reject)
        self.show_report()

    def options(self) -> ReportOptions:
        """What is asked for."""
        return ReportOptions(
            first=self.first.value(),
            last=self.last.value(),
            **{name: bool(part.value()) for name, part in self.parts.items()},
            name=self.person.value(),
            number=self.number.value(),
        )

    def _asked(self) -> _ReportRequest:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return _ReportRequest(self.options(), self._context.clock(), self.spoken.value(), mirrored)

    def show_report(self) -> None:
        """Show what would be saved, once it has been read, and keep how it is made for the next time."""
        if not self._check():
            return
        asked = self._asked()
        settings = self._context.settings
        settings.set(REPORT_NAME, asked.options.name)
        settings.set(REPORT_NUMBER, asked.options.number)
        settings.set(REPORT_PAPER, self.paper.value())
        spoken = self.spoken.value()
        settings.set(REPORT_LANGUAGE, "" if spoken == language() else spoken)
        settings.set(REPORT_NOTES, asked.options.notes)
        left_out = (name for name, part in self.parts.items() if name != "notes" and not part.value())
        settings.set(REPORT_WITHOUT, tuple(left_out))

        def parts(session: Session) -> tuple[str, ...]:
            with asked.speaking():
                return for_preview(asked.report(session.store))

        self._reader.start("preview", parts)

    def _check(self) -> bool:
        """Whether that can be made; if not, its field says why."""
        self.failure.show_sentence("")
        sentence, refused = "", None
        try:
            self.options().check(self._context.days.today())
        except Refused as refusal:
            sentence, named = str(refusal), {each.name: each for each in self._fields()}
            named.update({"from": self.first, "until": self.last})
            refused = named.get(refusal.field or "", self.last)
        for field in self._fields():
            if field is not refused:
                field.clear_refusal()
            elif field.refusal != sentence:  # else it would be said again as any other is left
                field.refuse(sentence)
        return refused is None

    def _can_begin(self) -> bool:
        """Whether it can be made; if not, the keyboard is on the field that says why."""
        if self._check():
            return True
        go_to_refused(next(each for each in self._fields() if each.refusal))
        return False

    def save(self) -> None:
        """Write the report into a file that the user chooses, of the kind that its ending says.

        It is made beside the window, with progress and Cancel where that takes long.
        """
        if not self._can_begin():
            return
        paper = self.paper.value()
        try:
            path = self._chosen()
            if path is None:
                return
            kind, asked = kind_of(path), self._asked()

            def made(session: Session, progress: Progress) -> bytes:
                with asked.speaking():
                    report = asked.report(session.store)
                    return report_file(
                        report, kind, paper, is_mirrored=asked.is_mirrored, on_progress=progress.count
                    )

            said = _("Exporting {file}…").format(file=path.name)
            self._context.desktop.files.write(path, self._progress.run(said, made, page_in_words))
        except Refused as refused:
            self.failure.show_sentence(str(refused))
            return
        self._show_status(_("Saved the report as {file}").format(file=path.name))
        self.accept()

    def print_out(self) -> None:
        """Print it on the printer and paper that the user chooses."""
        if not self._can_begin():
            return
        try:
            with self._asked().speaking():
                title = _("Job search report")
            printer = ask_for_printer(self, title, layout_of(self.paper.value()))
            if printer is None:
                return
            said = self.print_on(printer)
        except Refused as refused:
            self.failure.show_sentence(str(refused))
            return
        self._show_status(said)
        self.accept()

    def print_on(self, printer: QPrinter) -> str:
        """Print it there, made beside the window as a file is, and say where it went; raises ``Refused``."""
        asked, files = self._asked(), self._context.desktop.files

        def printed(session: Session, progress: Progress) -> str:
            with asked.speaking():
                table = paged(asked.report(session.store))
                layout, mirrored = printer.pageLayout(), asked.is_mirrored
                paint = painting(table, layout, is_mirrored=mirrored, on_progress=progress.count)

            def spoken(painter: QPainter, device: QPagedPaintDevice) -> None:
                with asked.speaking():
                    paint(painter, device)

            return print_on(printer, spoken, files)

        return self._progress.run(_("Printing…"), printed, page_in_words)

    def _chosen(self) -> Path | None:
        kinds = {_(each.title): each.endings[0] for each in REPORT_KINDS}
        name = _("job-search-report")
        name = f"{name}-{self._context.days.today().isoformat()}.pdf"
        return ask_for_one_of(self, self._context.settings, _("Save report"), name, kinds)

    def _fields(self) -> tuple[Field, ...]:
        return (
            self.first,
            self.last,
            *self.parts.values(),
            self.person,
            self.number,
            self.spoken,
            self.paper,
        )

    def _lay_out(self) -> None:
        px = self._context.theme.px
        grid = FormGrid(self._context.theme, label_width=100)
        for field in (self.first, self.last, self.person, self.number, self.spoken, self.paper):
            grid.add(field, field.name)
        form = QVBoxLayout()
        form.setSpacing(Space.S)
        form.addWidget(as_heading(Text(_("Report of your search"), "name"), 1))
        form.addLayout(grid)
        for part in self.parts.values():
            form.addWidget(part)
        form.addWidget(self.failure)
        words = _(
            "Every application, interview, call and email by date and week, as authorities ask for it. The "
            "file stays on your computer until you send it."
        )
        form.addWidget(small_print(words))
        buttons = FlowLayout(gap=Space.S)
        for button in (self.save_button, self.print_button, self.close_button):
            buttons.addWidget(button)
        side = scroll_area(form)
        both = TwoParts(self._context.theme, _NARROW, (_FORM_WIDTH, _SIZE[0] - _FORM_WIDTH), share=0.4)
        both.setHandleWidth(Space.L)
        both.addWidget(side)
        both.addWidget(self.preview)
        both.setStretchFactor(1, 1)
        both.share_out()
        column = QVBoxLayout(self)
        self._context.theme.set_margins(column, 16, 16, 16, 16)
        column.setSpacing(Space.M)
        column.addWidget(both, 1)
        column.addLayout(buttons)
        self.resize(QSize(px(_SIZE[0]), px(_SIZE[1])).boundedTo(room_for(self)))
