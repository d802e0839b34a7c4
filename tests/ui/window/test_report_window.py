"""The window for the report: what is chosen is what is seen and saved, and is kept for the next time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextTable
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from followup_desktop.domain.progress import OnProgress
from followup_desktop.services.progress import page_in_words
from followup_desktop.services.transfer.activity_report import Report
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit import paged, progress
from followup_desktop.ui.kit.paged import layout_of
from followup_desktop.ui.kit.report_files import report_file
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.date_picker import DatePicker
from followup_desktop.ui.kit.window_settings import REPORT_LANGUAGE, REPORT_NOTES, Paper
from followup_desktop.ui.window import report_window
from followup_desktop.ui.window.report_preview import ReportPreview, _tables
from followup_desktop.ui.window.report_window import ReportWindow
from tests.searches import search
from tests.tables import tabled
from tests.ui.desk import Desk
from tests.ui.printers import Printer, given_up
from tests.ui.situations import NOW


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def window(desk: Desk, theme: Theme, said: list[str], qtbot: QtBot) -> Iterator[ReportWindow]:
    desk.put(search(40, NOW))
    window = ReportWindow(desk.context(theme), said.append)
    yield window
    if isValid(window):  # it goes when it has saved
        shown(window, qtbot)
        window.deleteLater()


def shown(window: ReportWindow, qtbot: QtBot) -> str:
    """What is seen, once it has been read."""
    qtbot.waitUntil(lambda: not window._reader.is_busy)
    return window.preview.toPlainText()


def test_what_is_chosen_is_what_is_seen(window: ReportWindow, qtbot: QtBot) -> None:
    assert "Salary" in shown(window, qtbot)
    window.parts["salary"].box.click()
    assert "Salary" not in shown(window, qtbot)
    window.person.line.setText("Ana Example")
    window.person.line.editingFinished.emit()
    window.person.committed.emit()
    assert "Ana Example" in shown(window, qtbot)


def test_a_long_one_is_shown_as_far_as_it_is_scrolled(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    """Qt would lay out all of it at once, while the window waits."""
    desk.put(search(120, NOW))
    window = ReportWindow(desk.context(theme), lambda _sentence: None)
    window.first.begin_with(NOW.date().replace(month=5))
    window.show_report()
    window.resize(1000, 500)
    window.show()
    report = Report.of(desk.store.facts(), window.options(), NOW, Wording())
    *_others, last = [week.title.replace("\u00a0", " ") for week in report.weeks()]  # as Qt has it
    bar = window.preview.verticalScrollBar()
    beginning = shown(window, qtbot)
    qtbot.waitUntil(lambda: bar.maximum() >= 2 * bar.pageStep())
    assert "Employer 0" in beginning
    assert last not in window.preview.toPlainText()

    def scrolled_to_the_end() -> bool:
        bar.setValue(bar.maximum())
        return last in window.preview.toPlainText()

    qtbot.waitUntil(scrolled_to_the_end)
    assert window.preview.toPlainText().startswith(beginning[:1000])
    window.close()


def test_each_week_stands_below_a_heading_of_its_own(window: ReportWindow, desk: Desk, qtbot: QtBot) -> None:
    """Nor does the first one follow the sum of all in one line."""
    window.resize(1000, 20_000)
    window.show()
    report = Report.of(desk.store.facts(), window.options(), NOW, Wording())
    titles = [week.title.replace("\u00a0", " ") for week in report.weeks()]
    assert len(titles) > 3

    def headings() -> list[tuple[str, bool]]:
        block, found = window.preview.document().begin(), []
        while block.isValid():
            if block.blockFormat().headingLevel() == 4:
                found.append((block.text().replace("\u00a0", " "), block.blockFormat().topMargin() > 0))
            block = block.next()
        return found

    qtbot.waitUntil(lambda: headings() == [(title, True) for title in titles])
    window.hide()


def test_days_that_run_backwards_are_refused_and_the_preview_stays(
    window: ReportWindow, qtbot: QtBot
) -> None:
    before = shown(window, qtbot)
    window.last.begin_with(NOW.date().replace(year=2025))
    window.last.committed.emit()
    assert "ends before it starts" in window.last.refusal
    assert window.last.line.accessibleDescription() == window.last.refusal
    assert window.failure.sentence == ""
    assert shown(window, qtbot) == before


def test_it_begins_with_whole_weeks_up_to_today(window: ReportWindow) -> None:
    """Four at least, so that no week is counted in part but the one that isn't over."""
    first, last = window.first.value(), window.last.value()
    assert last == NOW.date()
    assert first.weekday() == 0
    assert 27 <= (last - first).days < 34


def test_its_language_is_kept_for_the_next_time(
    desk: Desk, theme: Theme, window: ReportWindow, qtbot: QtBot
) -> None:
    """Until it is that of the window again, which it then follows."""
    window.spoken.combo.setCurrentText("Deutsch")
    shown(window, qtbot)
    again = ReportWindow(window._context, lambda _sentence: None)
    assert again.spoken.value() == "de"
    assert "Nachweis der Stellensuche" in shown(again, qtbot)
    again.spoken.combo.setCurrentText("English")
    shown(again, qtbot)
    assert window._context.settings.get(REPORT_LANGUAGE) == ""
    again.deleteLater()


def test_it_is_written_in_a_language_of_its_own(window: ReportWindow, qtbot: QtBot) -> None:
    """Words and dates; the window itself goes on in the program's."""
    window.spoken.combo.setCurrentText("Deutsch")
    assert "Nachweis der Stellensuche" in shown(window, qtbot)
    assert "Oktober" in shown(window, qtbot)
    assert window.save_button.text() == "Save report…"
    window.spoken.combo.setCurrentText("English")
    assert "Job search report" in shown(window, qtbot)


def test_it_is_kept_for_the_next_time_but_not_the_days(
    window: ReportWindow, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    window.number.line.setText("123A456")
    window.number.committed.emit()
    window.parts["notes"].box.click()
    again = ReportWindow(desk.given, lambda _sentence: None)
    assert again.number.value() == "123A456"
    assert (again.parts["notes"].value(), again.parts["people"].value()) == (True, True)
    shown(again, qtbot)
    again.deleteLater()


def test_notes_are_left_out_until_they_are_asked_for(window: ReportWindow, qtbot: QtBot) -> None:
    """Whole letters stand among them."""
    assert [name for name, part in window.parts.items() if not part.value()] == ["notes"]
    assert "Notes" not in shown(window, qtbot)
    window.parts["notes"].box.click()
    assert "Notes" in shown(window, qtbot)


def test_its_days_are_picked_in_the_calendar_of_every_date(window: ReportWindow, qtbot: QtBot) -> None:
    qtbot.addWidget(window)
    window.show()
    for field in (window.first, window.last):
        QTest.keyClick(field.line, Qt.Key.Key_F4)
        (picker,) = field.findChildren(DatePicker)
        assert picker.isVisible()
        picker.close()


BEGINNINGS = {"pdf": b"%PDF-", "csv": b"\xef\xbb\xbf", "html": b"<!DOC"}


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_the_ending_says_what_is_written(
    window: ReportWindow, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    target = tmp_path / f"report.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    window.save()
    assert target.read_bytes().startswith(BEGINNINGS[ending])
    assert said == [f"Saved the report as report.{ending}"]


@pytest.mark.parametrize(
    ("chosen", "written"),
    [
        (("report.pdf", "Table (*.csv)"), "report.csv"),
        (("report", "Web page (*.html)"), "report.html"),
        (("report.html", "PDF (*.pdf)"), "report.html"),
    ],
)
def test_the_kind_that_was_chosen_is_what_is_written(
    window: ReportWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: tuple[str, str],
    written: str,
) -> None:
    """The dialog begins with PDF: an ending of another kind was typed then, and counts."""
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / chosen[0]), chosen[1])
    )
    window.save()
    assert [each.name for each in tmp_path.glob("report*")] == [written]
    assert (tmp_path / written).read_bytes().startswith(BEGINNINGS[written.partition(".")[2]])


def test_a_long_one_is_made_beside_the_window_and_can_be_cancelled(
    window: ReportWindow, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window answers meanwhile: it says the page, and Cancel leaves nothing behind."""
    target, shown_texts = tmp_path / "report.pdf", []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    monkeypatch.setattr(progress, "SHOWN_AFTER_MS", 0)
    window.first.begin_with(NOW.date().replace(year=2024))
    cancelled = Event()

    def slow(told: OnProgress) -> OnProgress:
        def tell(page: int, pages: int) -> None:
            told(page, pages)
            if pages and page == 1:
                assert cancelled.wait(10), "the window doesn't answer"
                told(page, pages)

        return tell

    monkeypatch.setattr(
        report_window,
        "report_file",
        lambda *given, on_progress, **named: report_file(*given, on_progress=slow(on_progress), **named),
    )

    def give_up() -> None:
        dialog = window._progress.dialog
        if dialog is not None and "Page 1 of" in dialog.labelText():
            shown_texts.append(dialog.labelText())
            dialog.canceled.emit()
            cancelled.set()

    look = QTimer()
    look.timeout.connect(give_up)
    look.start(10)
    window.save()
    look.stop()
    assert "Exporting report.pdf…" in shown_texts[0]
    assert window.failure.sentence == "Cancelled. Nothing has changed."
    assert not target.exists()
    assert not said
    monkeypatch.setattr(report_window, "report_file", report_file)
    window.save()
    assert target.read_bytes().startswith(b"%PDF-")
    assert said == ["Saved the report as report.pdf"]


def test_it_is_printed_on_as_many_pages_as_it_is_saved_on(
    window: ReportWindow, desk: Desk, tmp_path: Path
) -> None:
    window.first.begin_with(NOW.date().replace(month=1))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(layout_of(Paper.LETTER))
    printer.setOutputFileName(str(tmp_path / "report.pdf"))
    assert window.print_on(printer) == "Printed to report.pdf"
    report = Report.of(desk.store.facts(), window.options(), NOW, Wording())
    saved, printed = report_file(report, "pdf", Paper.LETTER), (tmp_path / "report.pdf").read_bytes()
    sheets = [re.findall(rb"/MediaBox \[([\d. ]+)\]", pdf) for pdf in (saved, printed)]
    assert len(sheets[0]) > 1
    assert sheets[1] == sheets[0]


def test_it_is_printed_beside_the_window_in_the_language_of_the_report(
    window: ReportWindow, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page numbers are the report's; what is said of it is the window's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "report.pdf"))
    asked_for: list[str] = []

    def chosen(_parent: object, title: str, _layout: object) -> QPrinter:
        asked_for.append(title)
        return printer

    painted: list[tuple[str, bool]] = []

    def numbered(number: int, of: int) -> str:
        painted.append((page_in_words(number, of), current_thread() is main_thread()))
        return painted[-1][0]

    monkeypatch.setattr(report_window, "ask_for_printer", chosen)
    monkeypatch.setattr(paged, "page_in_words", numbered)
    window.spoken.combo.setCurrentText("Deutsch")
    window.print_out()
    assert asked_for == ["Nachweis der Stellensuche"]
    assert painted[-1] == ("Seite 1 von 1", False)
    assert said == ["Printed to report.pdf"]


def test_it_stays_open_where_a_printer_keeps_the_pages_that_were_ready(
    window: ReportWindow, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_window, "painting", lambda *_given, **_named: given_up)
    monkeypatch.setattr(
        report_window, "ask_for_printer", lambda *_given: Printer(tmp_path / "paper", gives_up=False)
    )
    window.show()
    window.print_out()
    assert window.failure.sentence == "Cancelled. The pages that were ready were sent to Office."
    assert window.isVisible()
    assert not said


def test_the_preview_does_not_scroll_sideways(window: ReportWindow, qtbot: QtBot) -> None:
    window.resize(1220, 720)
    window.show()
    preview = window.preview
    qtbot.waitUntil(lambda: "Salary" in preview.toPlainText())
    assert preview.horizontalScrollBar().maximum() == 0


def test_the_columns_of_all_weeks_stand_below_each_other(window: ReportWindow, qtbot: QtBot) -> None:
    window.resize(1220, 9000)
    window.show()

    def widths() -> list[tuple[float, ...]]:
        frames = window.preview.document().rootFrame().childFrames()
        tables = [each.format() for each in frames if isinstance(each, QTextTable) and each.format().border()]
        return [tuple(width.rawValue() for width in each.columnWidthConstraints()) for each in tables]

    qtbot.waitUntil(lambda: len(widths()) > 3)
    assert len(set(widths())) == 1
    window.resize(900, 9000)
    qtbot.waitUntil(lambda: window.preview.width() < 900)
    assert len(set(widths())) == 1


def parted(preview: ReportPreview) -> list[str]:
    """The paragraphs of which a line ends within a word."""
    block, found = preview.document().begin(), []
    while block.isValid():
        preview.document().documentLayout().blockBoundingRect(block)  # which lays it out
        lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
        ends = [line.textStart() + line.textLength() for line in lines[:-1]]
        if any(block.text()[end - 1 : end + 1].isalnum() for end in ends):
            found.append(block.text())
        block = block.next()
    return found


@tabled(
    "sized, spoken",
    [
        (sized, spoken)
        for sized in ((1220, 1.0), (784, 1.0), (784, 2.0))
        for spoken in ("English", "Deutsch", "Français", "Español")
    ],
)
def test_no_word_is_parted(
    window: ReportWindow, theme: Theme, qtbot: QtBot, spoken: str, sized: tuple[int, float]
) -> None:
    width, scale = sized
    theme.scale_text(scale)
    window.resize(width, 580)
    window.show()
    window.spoken.combo.setCurrentText(spoken)
    assert shown(window, qtbot)
    preview = window.preview
    qtbot.waitUntil(lambda: bool(_tables(preview.document())))
    assert parted(preview) == []
    room = preview.viewport().width() + preview.horizontalScrollBar().maximum()
    layout = preview.document().documentLayout()
    assert all(layout.frameBoundingRect(table).right() <= room for table in _tables(preview.document()))


def test_the_title_is_as_small_as_the_page(window: ReportWindow, qtbot: QtBot) -> None:
    heights = []
    for width in (1600, 784):
        window.resize(width, 580)
        window.show()
        assert shown(window, qtbot)
        document = window.preview.document()
        layout, title = document.documentLayout(), document.begin()
        period = document.find("Period").block()
        heights.append([layout.blockBoundingRect(block).height() for block in (title, period)])
    large, small = heights
    assert small[1] < large[1]
    assert small[0] < large[0] * 0.8


@pytest.mark.parametrize("width", [1100, 1220])
def test_neither_an_address_nor_an_endless_word_makes_the_preview_scroll_sideways(
    desk: Desk, theme: Theme, qtbot: QtBot, width: int
) -> None:
    facts = search(40, NOW)
    note = "https://jobs.example.com/" + "a-very-long-way-to-a-posting/" * 4 + " " + "Donaudampf" * 8
    desk.put(replace(facts, applications=tuple(replace(a, notes=note) for a in facts.applications)))
    desk.settings().set(REPORT_NOTES, True)
    window = ReportWindow(desk.context(theme), lambda _said: None)
    window.resize(width, 580)
    qtbot.addWidget(window)
    window.show()
    preview = window.preview
    qtbot.waitUntil(lambda: "Donaudampf" in preview.toPlainText())
    assert preview.horizontalScrollBar().maximum() == 0
    window.resize(width - 60, 580)
    qtbot.waitUntil(lambda: preview.width() < width)
    assert preview.horizontalScrollBar().maximum() == 0


def test_the_preview_grows_with_the_text(theme: Theme) -> None:
    def cell() -> int:
        preview = ReportPreview(theme)
        preview.show_parts(["<table><tr><td>Acme</td></tr></table>"])
        cursor = preview.document().find("Acme")
        return cursor.charFormat().font().pixelSize()

    before = cell()
    theme.scale_text(2.0)
    assert before > 0
    assert cell() == 2 * before


def test_another_ending_is_refused_and_nothing_is_lost(
    window: ReportWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    window.save()
    assert "PDF, CSV or HTML" in window.failure.sentence
    assert not target.exists()
