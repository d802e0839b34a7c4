"""One page with every picture and table, for a counsellor or a friend: it names nobody.

It is made from figures alone, in which letters stand for what the user wrote; no text of the user comes here.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from followup_desktop.i18n import _, format_number, in_html
from followup_desktop.services.reading.insights import without_names
from followup_desktop.services.rows.figures import Chart, Figures, LetteredEmployer
from followup_desktop.services.wording.insights import InsightWords, level_names
from followup_desktop.ui.insights.drawing import Look
from followup_desktop.ui.insights.pictures import PictureSheet

_STYLE = """
body { font-family: sans-serif; color: #1f2429; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; break-after: avoid; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-size: .85rem; }
th, td { border: 1px solid #c9c6c1; padding: .3rem .6rem; text-align: start; }
th { background: #f1f0ed; }
.note { color: #626a73; font-size: .85rem; }
section { break-inside: avoid; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFigures:
    """What is told, all of it counted for one query at one instant; ``scope`` says which in words."""

    figures: Figures
    employers: Sequence[LetteredEmployer]
    scope: str


def shared_page(shared: SharedFigures, words: InsightWords, look: Look) -> bytes:
    """The page, with the pictures in it, without a script."""
    shown = without_names(shared.figures)
    title = _("How my job search goes")
    parts = [
        f"<h1>{_text(title)}</h1>",
        f'<p class="note">{_text(shared.scope)}</p>',
        f"<p>{_text(' '.join(words.sentences(shown)))}</p>",
    ]
    for chart in Chart:
        told = words.chart(chart, shown)
        if told.rows:
            parts.append(
                f"<section><h2>{_text(told.title)}</h2>{_svg(PictureSheet(chart, shown, told, look))}"
                f'<p class="note">{_text(told.definition)}</p>{_table(told.headings, told.rows)}</section>'
            )
    levels = level_names()
    rows = [(each.letter, format_number(each.sent), levels[each.level]) for each in shared.employers]
    headings = (_("Employer"), _("Applications"), _("How far"))
    parts.append(f"<section><h2>{_text(_('By employer'))}</h2>{_table(headings, rows)}</section>")
    page = (
        f"<!DOCTYPE html>\n<html {in_html()}>\n<head>\n"
        f'<meta charset="utf-8">\n<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )
    return page.encode()


def _svg(sheet: PictureSheet) -> str:
    """The picture without what stands before it in a file of its own."""
    whole = sheet.svg().decode()
    return whole[whole.index("<svg") :]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{_text(each)}</th>' for each in headings)
    body = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(text: str) -> str:
    return html.escape(text)
