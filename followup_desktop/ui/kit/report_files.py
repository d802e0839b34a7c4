"""The report of the search as a file: PDF, a table, or a page."""

from __future__ import annotations

from pathlib import PurePath

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import _
from followup_desktop.services.transfer.activity_report import Report, as_csv, as_html
from followup_desktop.services.transfer.formats import MARK, report_kind
from followup_desktop.ui.kit.paged import PagedTable, pdf_of
from followup_desktop.ui.kit.window_settings import Paper


def kind_of(file: PurePath) -> str:
    """The kind that a file's ending names; raises ``Refused`` for any other."""
    kind = report_kind(file)
    if kind is None:
        raise Refused(_("A report is a PDF, CSV or HTML file. Use a name that ends in .pdf, .csv or .html."))
    return kind


def report_file(
    report: Report,
    kind: str,
    paper: Paper,
    *,
    is_mirrored: bool = False,
    on_progress: OnProgress = ignore_progress,
) -> bytes:
    """The bytes of the file, made on any thread; a PDF needs Qt's application to be there.

    ``on_progress`` is told of the pages of a PDF.
    """
    if kind == "csv":
        return MARK + as_csv(report)
    if kind == "html":
        return as_html(report)
    return pdf_of(paged(report), paper, is_mirrored=is_mirrored, on_progress=on_progress)


def paged(report: Report) -> PagedTable:
    """The report as it is laid out on paper."""
    return PagedTable(
        title=report.title,
        about=report.about(),
        summary="\n".join(filter(None, (report.total(), report.explanation))),
        headings=[heading for _name, heading in report.columns()],
        sections=[(week.title, [report.cells(row) for row in week.rows]) for week in report.weeks()],
    )
