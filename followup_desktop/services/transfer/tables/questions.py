"""What the columns of a file's tables were taken for, and what is to be asked about them and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followup_desktop.domain.checks import in_quotes
from followup_desktop.i18n import _, format_list
from followup_desktop.services.transfer.document import Answers, MappedColumn, Question, QuestionTopic
from followup_desktop.services.transfer.tables.fields import as_told
from followup_desktop.services.transfer.tables.header import HeadedTable, Header
from followup_desktop.services.transfer.tables.table import folded

_MOST_HEADINGS = 10


def columns_of(tables: Sequence[HeadedTable]) -> Iterator[MappedColumn]:
    """The columns with headings, of several tables each with where it is."""
    several = len(tables) > 1
    for table, header in tables:
        of = table.sheet or table.file if several else ""
        for place in header.places:
            if place.heading:
                name = f"{of}: {place.heading}" if of else place.heading
                yield MappedColumn(heading=name, field=as_told(place.field))


def about_columns(header: Header, answers: Answers) -> Iterator[Question]:
    """What is open of the headings of a table."""
    if not header.is_known:
        said = answers.headings
        yield Question(
            asked=QuestionTopic.HEADINGS,
            text=_("What's in the first row?"),
            guess="false" if said is False else "true",
            settled=said is not None,
        )
    if not header.is_usable:
        headings = [place.heading for place in header.places if place.heading][:_MOST_HEADINGS]
        text = _("Which column has the employer: {headings}?").format(headings=format_list(headings))
        yield Question(asked=QuestionTopic.COLUMN, text=text, needed=True)
    asks = header.layout.asks if header.layout is not None else ()
    for place in header.places:
        if place.heading and (not place.is_sure or folded(place.heading) in asks):
            text = _("What's in the column {heading}?").format(heading=in_quotes(place.heading))
            guess = as_told(place.field)
            yield Question(asked=QuestionTopic.COLUMN, text=text, about=place.heading, guess=guess)


def are_rows_open(tables: Sequence[HeadedTable], answers: Answers) -> bool:
    """Whether it was asked what is in the rows, or is to be."""
    is_answered = answers.rows is not None
    return any(header.is_open or (is_answered and header.rows) for __, header in tables)


def about_rows(tables: Sequence[HeadedTable]) -> Iterator[Question]:
    """What is in the rows, where the headings would do for applications and for people."""
    judged = [header for __, header in tables if header.rows is not None]
    if judged:
        asked = next((header for header in judged if header.is_open), judged[0])
        yield Question(
            asked=QuestionTopic.ROWS,
            text=_("What's in the rows?"),
            guess=asked.rows or "",
            settled=not asked.is_open,
        )
