"""Finding the headings of a table, and what each of its columns is taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Answers, Rows
from followup_desktop.services.transfer.tables.dates import date_of_cell
from followup_desktop.services.transfer.tables.fields import ABOUT_PERSONS, NAMES
from followup_desktop.services.transfer.tables.layouts import KEPT, Layout, layout_of
from followup_desktop.services.transfer.tables.people import is_called_so
from followup_desktop.services.transfer.tables.table import Cell, Table, TableRow, folded, meant, written
from followup_desktop.services.transfer.tables.words import (
    Meaning,
    flag_of,
    is_of_a_vacancy,
    is_of_anyone,
    is_of_applying,
    is_of_interviews,
    is_of_rounds,
    meanings_of,
    person_in,
    plain_dates,
    plain_stages,
    stage_of,
)

LOOKED_AT = 30
"""Above the headings may stand a title, remarks, or the groups that they are in."""
_ENOUGH = 2
_OFTEN = frozenset(
    {
        "notes", KEPT, "contact_name", "contact_email", "contact_phone", "contact_title", "contact_url",
        "tags", "history", "saved_on", "salary", "outcome", "interview_at", "interview_clock",
    }
)  # fmt: skip
"""Fields that several columns may have."""
COUNTS = "#"
"""A heading without words: the rows are numbered below it."""
_OF_APPLICATIONS = frozenset({"stage", "applied_on", "url", "salary", "closes_on"})
_OF_PEOPLE = frozenset(ABOUT_PERSONS)
_HINTS = frozenset(
    {
        "contact_title", "excitement", "fit", "history", "location", "next_action", "next_action_date",
        "priority", "saved_on", "source",
    }
)  # fmt: skip
"""What applications have more often than people do."""
_PROOFS = frozenset({"interview_at", "offer_expires_on", "outcome", "resume"})
"""What no people have, though a table of applications may well have nothing else that tells."""
_STEPS = frozenset({"next_action", "next_action_date", "priority", "saved_on"})
"""What people have in their address books even less than a role."""
_JUDGED_BY = 1000
"""Rows."""
_NEARLY_ALL = 0.9
_LONGEST_EXAMPLE = 30
_MOST_CELLS = 60
"""A heading is no sentence."""


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column: where it is, its heading, the field it is taken for, and whether that is sure."""

    index: int
    heading: str
    field: str
    is_sure: bool = True
    whose: int = -1
    """The column that names the person whom it is about, which may be itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The headings of a table: in which of its rows they are, and what is below them.

    ``is_known`` is false where none of them is a word that is known, or none that makes a row usable: the row
    may be no headings. A table without headings has them in the row above its first, which isn't there.
    """

    row: int
    places: tuple[HeaderColumn, ...]
    layout: Layout | None = None
    is_known: bool = True
    rows: Rows | None = None
    """What is in the rows, where the headings would do for applications and for people."""
    is_open: bool = False
    """Whether that isn't certain."""

    @property
    def fields(self) -> frozenset[str]:
        """What there is a column for."""
        return frozenset(place.field for place in self.places)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.places[-1].index + 1 if self.places else 0

    @property
    def is_of_people(self) -> bool:
        """Whether the rows are people: each has a name, and nothing is said of an application."""
        if self.layout is not None:
            return self.layout.of_people
        if self.rows is not None:
            return self.rows is Rows.PEOPLE
        if not self.fields & NAMES or self.fields & _OF_APPLICATIONS:
            return False
        if self.fields & _OF_PEOPLE:
            return True
        has_both_names = {"first_name", "last_name"} <= self.fields
        return has_both_names and not self.fields & ({"role"} | _PROOFS | _STEPS)

    @property
    def is_usable(self) -> bool:
        """Whether a row can become anything."""
        return self.is_of_people or "employer" in self.fields


class HeadedTable(NamedTuple):
    """A table with its headings."""

    table: Table
    header: Header

    @property
    def has_entries(self) -> bool:
        """Whether there are rows below the headings that can become anything."""
        return self.header.is_usable and len(self.table.rows) > self.header.row + 1


def find_header(table: Table, answers: Answers, now: datetime | None = None) -> Header | None:
    """The headings of a table, ``None`` if it has none; unknown ones are the first row of several texts.

    With ``now`` the cells below unknown headings are looked at, too: they may tell what the headings don't.
    """
    header = _found(table, answers)
    if header is None:
        return None
    header = _named_by_cells(_with_unnamed(header, table, answers), table, answers)
    judged = _judged(_ticked(header, table, answers), table, answers.rows)
    return judged if now is None else _known_by_cells(judged, table, answers, now)


def _found(table: Table, answers: Answers) -> Header | None:
    rows = list(islice(table.rows, LOOKED_AT))
    chosen = {folded(heading): field for heading, field in answers.columns.items()}
    best: tuple[int, int] | None = None
    for number, row in enumerate(rows):
        headings = _headings(row)
        if (layout := layout_of(headings)) is not None:
            return _of_layout(number, headings, layout, chosen)
        count = len(_known(headings) | {chosen[folded(each)] for each in headings if folded(each) in chosen})
        if count >= _ENOUGH and (best is None or count > best[0]):
            best = count, number
    if best is not None:
        headings = _headings(rows[best[1]])
        above = _headings(rows[best[1] - 1]) if best[1] else []
        grouped = _grouped(headings, above)
        is_known = _are_usable(grouped)
        if is_known or answers.headings is not False:
            return Header(row=best[1], places=_places(grouped, chosen), is_known=is_known)
    for number, row in enumerate(rows):
        headings = _headings(row)
        known = _known(headings)
        if sum(bool(each) for each in headings) >= _ENOUGH or known:
            if answers.headings is False:
                return Header(row=number - 1, places=_places(_numbered(row), chosen), is_known=False)
            places = _places(headings, chosen)
            return Header(row=number, places=places, is_known=bool(known) and _are_usable(headings))
    return None


def _with_unnamed(header: Header, table: Table, answers: Answers) -> Header:
    """The headings, and a number for each column without one that says something.

    What comes behind the last heading is a column where most rows have it; else it is of these rows alone.
    """
    if header.layout is not None or header.row < 0:
        return header
    width = header.width
    rows = [row.cells for row in islice(table.rows, header.row + 1, header.row + 1 + _JUDGED_BY)]
    rows = [cells for cells in rows if any(map(written, cells))]
    if not rows or (all(place.heading for place in header.places) and max(map(len, rows)) <= width):
        return header
    chosen = {folded(heading): field for heading, field in answers.columns.items()}
    found = list(header.places)
    for index in range(max(map(len, rows))):
        if index < width and found[index].heading:
            continue
        texts = [meant(written(cells[index])) for cells in rows if index < len(cells)]
        texts = [text for text in texts if text]
        if all(text.isdecimal() or flag_of(text) is not None for text in texts):
            continue
        if index >= width and len(texts) * 2 <= len(rows):
            break
        heading = _("Column {n}").format(n=index + 1)
        is_chosen = folded(heading) in chosen
        column = HeaderColumn(index, heading, chosen.get(folded(heading), KEPT), is_sure=is_chosen)
        if index < width:
            found[index] = column
        else:
            found += [HeaderColumn(between, "", "") for between in range(len(found), index)]
            found.append(column)
    return replace(header, places=tuple(found))


def _judged(header: Header, table: Table, answer: Rows | None) -> Header:
    """The headings with what is below them, where they name an employer, a role and a person.

    The role may be that of the job or of the person. Who is in every row, and named first, is what an address
    book is of; where a row has a role at an employer and nobody, the role is a job.
    """
    fields = header.fields
    if header.layout is not None or fields & _OF_APPLICATIONS or not fields & NAMES:
        return header
    if answer is not None:
        return replace(header, rows=answer)
    if not header.is_of_people or not {"employer", "role"} <= fields:
        return header
    names = [place for place in header.places if place.field in NAMES]
    is_plain = all(place.field != "contact_name" or _is_of_a_name(place.heading) for place in names)
    role = next(place for place in header.places if place.field == "role")
    employer = next(place for place in header.places if place.field == "employer")
    comes_last = names[0].index > max(role.index, employer.index)
    if fields & _PROOFS or _has_jobs_of_nobody(header, table):
        return replace(header, rows=Rows.APPLICATIONS, is_open=is_plain or not comes_last)
    if is_plain or not comes_last:
        return replace(header, rows=Rows.PEOPLE, is_open=not is_plain)
    is_sure = is_of_a_vacancy(role.heading) or bool(fields & _HINTS) or len(names) > 1
    return replace(header, rows=Rows.APPLICATIONS, is_open=not is_sure)


def _named_by_cells(header: Header, table: Table, answers: Answers) -> Header:
    """The headings, a plain "Name" beside addresses as that of people, if nearly all are called so."""
    if header.layout is not None or header.fields & (_OF_APPLICATIONS | _PROOFS | _STEPS | NAMES):
        return header
    name = next((place for place in header.places if place.field == "employer"), None)
    email = next((place for place in header.places if place.field == "contact_email"), None)
    if name is None or email is None or folded(name.heading) in map(folded, answers.columns):
        return header
    if all(each.means != "name" for each in meanings_of(name.heading)):
        return header
    first, last = header.row + 1, max(name.index, email.index)
    rows = [row.cells for row in islice(table.rows, first, first + _JUDGED_BY) if last < len(row.cells)]
    told = [(meant(written(cells[name.index])), meant(written(cells[email.index]))) for cells in rows]
    told = [each for each in told if each[0]]
    people = sum(is_called_so(*each) for each in told)
    if not told or people < _NEARLY_ALL * len(told):
        return header
    if answers.rows is Rows.APPLICATIONS:
        return replace(header, rows=answers.rows)
    places = tuple(replace(each, field="contact_name") if each is name else each for each in header.places)
    return replace(header, places=places, rows=Rows.PEOPLE, is_open=answers.rows is None)


def _ticked(header: Header, table: Table, answers: Answers) -> Header:
    """The headings, those with nothing but boxes to tick below them taken for what has happened.

    If "Applied?" was the day of applying before, then another is it now: "Date applied", or a plain "Date".
    """
    chosen = {folded(heading) for heading in answers.columns}
    if header.layout is not None:
        return header
    ticked = {
        place.index
        for place in header.places
        if place.field in ("applied_on", KEPT)
        and folded(place.heading) not in chosen
        and stage_of(place.heading)[1]
        and _has_only_ticks(place, header, table)
    }
    if not ticked:
        return header
    places = tuple(
        replace(place, field="outcome") if place.index in ticked else place for place in header.places
    )
    if all(place.field != "applied_on" for place in places):
        others = (each for each in places if each.index not in ticked and folded(each.heading) not in chosen)
        day = min(filter(_may_be_of_applying, others), key=_is_plain_date, default=None)
        places = tuple(replace(each, field="applied_on") if each is day else each for each in places)
    return replace(header, places=places)


def _may_be_of_applying(place: HeaderColumn) -> bool:
    is_meant = any(each.means == "applied_on" for each in meanings_of(place.heading))
    return _is_plain_date(place) or (place.field == KEPT and is_meant)


def _is_plain_date(place: HeaderColumn) -> bool:
    return place.field == "saved_on" and folded(place.heading) in plain_dates()


def _has_only_ticks(place: HeaderColumn, header: Header, table: Table) -> bool:
    cells = (meant(written(cell)) for cell in _cells_below(place, header, table))
    ticks = [flag_of(cell) for cell in cells if cell]
    return bool(ticks) and None not in ticks


def _known_by_cells(header: Header, table: Table, answers: Answers, now: datetime) -> Header:
    """The headings, unknown ones taken for the stage or the day of applying where no other is, by the cells.

    Words of several stages tell for certain. Days may be of anything, unless the heading tells of applying,
    but are of applying likelier than not where none of them is still to come.
    """
    if header.layout is not None or header.is_of_people or not header.is_known:
        return header
    chosen = {folded(heading) for heading in answers.columns}
    places = list(header.places)
    for place in header.places:
        if place.field != KEPT or folded(place.heading) in chosen or meanings_of(place.heading):
            continue
        fields = {each.field for each in places}
        cells = [meant(written(cell)) for cell in _cells_below(place, header, table)]
        cells = [cell for cell in cells if cell]
        found: HeaderColumn | None = None
        if "stage" not in fields and (stages := _stages_in(cells)):
            found = replace(place, field="stage", is_sure=len(stages) > 1)
        elif "applied_on" not in fields and _are_past_days(cells, now):
            found = replace(place, field="applied_on", is_sure=is_of_applying(place.heading))
        if found is not None:
            places[places.index(place)] = found
    return replace(header, places=tuple(places))


def _stages_in(cells: Sequence[str]) -> set[Stage]:
    """The stages that nearly all of the cells are words for; none where others are more than a few."""
    known = [stage_of(cell) for cell in cells if flag_of(cell) is None]
    sure = [stage for stage, is_sure in known if is_sure and stage is not None]
    return set(sure) if sure and len(sure) >= _NEARLY_ALL * len(cells) else set()


def _are_past_days(cells: Sequence[str], now: datetime) -> bool:
    """Whether nearly all of the cells are days, and all of these have been."""
    told = [date_of_cell(cell, True, now) or date_of_cell(cell, False, now) for cell in cells]
    days = [each.day for each in told if each is not None]
    return bool(days) and len(days) >= _NEARLY_ALL * len(cells) and max(days) <= now.date()


def _cells_below(place: HeaderColumn, header: Header, table: Table) -> Iterator[Cell]:
    first = header.row + 1
    for row in islice(table.rows, first, first + _JUDGED_BY):
        if place.index < len(row.cells):
            yield row.cells[place.index]


def _is_of_a_name(heading: str) -> bool:
    """Whether it says no more than that a name is below it, and not whose: "Recruiter" does."""
    return not person_in(heading) or any(
        each.means in ("first_name", "name") for each in meanings_of(heading)
    )


def _has_jobs_of_nobody(header: Header, table: Table) -> bool:
    """Whether a row says a role and an employer, and no one."""
    job = [place.index for place in header.places if place.field in ("employer", "role")]
    who = [place.index for place in header.places if place.field in NAMES | {"contact_email"}]

    def says(row: TableRow, index: int) -> bool:
        return index < len(row.cells) and bool(meant(written(row.cells[index])))

    first = header.row + 1
    return any(
        all(says(row, index) for index in job) and not any(says(row, index) for index in who)
        for row in islice(table.rows, first, first + _JUDGED_BY)
    )


def _numbered(row: TableRow) -> list[str]:
    """Headings for a table that has none: the number of each column, and what its first row has there."""
    found = []
    for number, cell in enumerate(row.cells, 1):
        example = " ".join(str(cell if cell is not None else "").split())[:_LONGEST_EXAMPLE]
        # Translators: a column of a table without headings, and what's in it: “Column 2 (Data Engineer)”.
        text = _("Column {n} ({example})") if example else _("Column {n}")
        found.append(text.format(n=number, example=example))
    return found


def _headings(row: TableRow) -> list[str]:
    """The cells as headings: texts on one line; others, as numbers and sentences, are none."""
    cells = (cell if isinstance(cell, str) else "" for cell in row.cells)
    found = [" ".join(cell.split()) for cell in cells]
    return [text if len(text) <= _MOST_CELLS else "" for text in found]


def _are_usable(headings: list[str]) -> bool:
    """Whether these words alone, without an answer, make a row something."""
    return Header(row=0, places=_places(headings, {})).is_usable


def _known(headings: Sequence[str]) -> set[str]:
    return {meanings[0].means for each in headings if (meanings := meanings_of(each))}


def _grouped(headings: list[str], above: Sequence[str]) -> list[str]:
    """Headings below a row of groups, as "Contact" above "Name": of both, where only both are known."""
    if sum(bool(each) for each in above) < _ENOUGH:
        return headings
    group, found = "", []
    for place, heading in enumerate(headings):
        group = (above[place] if place < len(above) else "") or group
        both = f"{group} {heading}"
        is_better = heading and meanings_of(both) and meanings_of(both) != meanings_of(heading)
        found.append(both if is_better else heading)
    return found


def _named_once(headings: Sequence[str]) -> list[str]:
    """The headings, the second of two that are equal with a number behind it."""
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        seen[heading] += 1
        found.append(heading if seen[heading] == 1 or not heading else f"{heading} ({seen[heading]})")
    return found


def _of_layout(number: int, headings: list[str], layout: Layout, chosen: Mapping[str, str]) -> Header:
    places = [
        HeaderColumn(index, name, chosen.get(folded(name), layout.columns.get(folded(heading), "")))
        for index, (heading, name) in enumerate(zip(headings, _named_once(headings), strict=True))
    ]
    if not layout.of_people:
        return Header(row=number, places=_with_persons(places), layout=layout)
    whose = next((place.index for place in places if place.field in NAMES), -1)
    own = tuple(replace(place, whose=whose) for place in places)
    return Header(row=number, places=own, layout=layout)


def _places(headings: list[str], chosen: Mapping[str, str]) -> tuple[HeaderColumn, ...]:
    names = _named_once(headings)
    found: dict[int, HeaderColumn] = {}
    taken = {chosen[folded(name)] for name in names if folded(name) in chosen}
    options: list[tuple[int, str, tuple[Meaning, ...]]] = []
    for index, name in enumerate(names):
        if folded(name) in chosen:
            found[index] = HeaderColumn(index, name, chosen[folded(name)])
        else:
            options.append((index, name, meanings_of(headings[index])))
    # A heading that is only "Date" gives way to one that says of what, and "Result" to "Status".
    options.sort(key=lambda option: folded(option[1]) in plain_dates() | plain_stages())
    for index, name, meanings in options:
        fitting = [each for each in meanings if each.means in _OFTEN or each.means not in taken]
        if not fitting:
            field = "saved_on" if folded(name) in plain_dates() else KEPT
            found[index] = HeaderColumn(index, name, field if name and name != COUNTS else "")
            continue
        meaning = fitting[0]
        taken.add(meaning.means)
        found[index] = HeaderColumn(index, name, meaning.means, meaning.is_sure)
    places = _with_persons(_with_names(tuple(found[index] for index in sorted(found))))
    return _with_clocks(places)


def _with_clocks(places: tuple[HeaderColumn, ...]) -> tuple[HeaderColumn, ...]:
    """The columns, and of those with the time of an interview, in which its day is: the one before it."""
    dated = [place for place in places if place.field == "interview_at"]
    dated = [place for place in dated if not is_of_rounds(place.heading)] or dated
    days = [place.index for place in dated]
    found = []
    for place in places:
        if place.field == "interview_at":
            found.append(replace(place, whose=place.index))
        elif place.field != "interview_clock":
            found.append(place)
        elif days:
            before = [index for index in days if index < place.index]
            found.append(replace(place, whose=before[-1] if before else days[0]))
        elif is_of_interviews(place.heading):
            found.append(replace(place, field="interview_at", whose=place.index))
        else:
            found.append(replace(place, field=KEPT))
    return tuple(found)


def _with_names(places: tuple[HeaderColumn, ...]) -> tuple[HeaderColumn, ...]:
    """What a column is that is headed by no more than "Name"."""
    fields = {place.field for place in places}
    alone = "name" if "name" in fields else "first_name"
    if alone == "first_name" and ("last_name" in fields or alone not in fields):
        return places
    if "employer" not in fields:
        is_person = bool(fields & _OF_PEOPLE) and not fields & (_OF_APPLICATIONS | {"role"})
        to, is_sure = ("contact_name", True) if is_person else ("employer", "role" in fields)
    elif fields & _OF_PEOPLE and ("role" in fields or not fields & _OF_APPLICATIONS):
        to, is_sure = "contact_name", True
    elif "role" not in fields:
        to, is_sure = "role", True
    else:
        to, is_sure = "contact_name", False
    return tuple(
        replace(place, field=to, is_sure=is_sure) if place.field == alone else place for place in places
    )


def _with_persons(places: Sequence[HeaderColumn]) -> tuple[HeaderColumn, ...]:
    """The columns, and of those about persons, about whom each is."""
    named = [place for place in places if place.field == "contact_name"]
    named = named or [place for place in places if place.field in NAMES][:1]
    found = {place.index: place.index for place in named}
    found |= {place.index: named[0].index for place in places if place.field in ("first_name", "last_name")}
    for field in ABOUT_PERSONS:  # addresses first: who has no name is known by one
        there = [place for place in places if place.field == field]
        owned = {place.index: _named_in(place, named) for place in there}
        free = [place for place in named if place.index not in owned.values()]
        for place in there:
            whose = owned[place.index]
            if whose is None and is_of_anyone(place.heading):
                left = [each for each in free or named if each.index < place.index]
                whose = left[-1].index if left else (free or named)[0].index if named else None
            found[place.index] = place.index if whose is None else whose
        if field == "contact_email":
            named = named or there
    return tuple(replace(place, whose=found.get(place.index, -1)) for place in places)


def _named_in(place: HeaderColumn, named: Sequence[HeaderColumn]) -> int | None:
    """The column that is headed as this one is, but for what it tells of the person."""
    words = person_in(place.heading)
    if is_of_anyone(place.heading) and not words:
        return None
    same = [each for each in named if person_in(each.heading) == words]
    close = [each for each in named if (of := person_in(each.heading)) and (of <= words or words <= of)]
    fitting = same or close
    before = [each for each in fitting if each.index < place.index]
    return before[-1].index if before else fitting[0].index if fitting else None
