"""Making a document of tables: a row becomes an application with its people, or a person."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from followup_desktop.domain.checks import clean_text, in_quotes
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind, facts_of
from followup_desktop.domain.model import ACTIVE_STAGES, Application, EventKind, Stage, employer_key
from followup_desktop.domain.worktime import zone
from followup_desktop.i18n import _, format_list, format_number, format_series, ngettext
from followup_desktop.services.capture.addresses import is_web_address, posting_key
from followup_desktop.services.capture.interview_kinds import called_kind
from followup_desktop.services.capture.mail_addresses import is_free, is_no_reply, is_of_a_team
from followup_desktop.services.capture.posting_files import posting_text
from followup_desktop.services.capture.postings.page_words import has_company_form
from followup_desktop.services.progress import counting_of
from followup_desktop.services.transfer.document import (
    Answers,
    Document,
    MappedColumn,
    Question,
    QuestionTopic,
    Reading,
    RefusedRow,
    Row,
    Source,
    UntimedInterview,
)
from followup_desktop.services.transfer.lasting_ids import (
    application_id,
    contact_id,
    interview_id,
    lasting_id,
    posting_id,
)
from followup_desktop.services.transfer.layout import APPLICATION_KEYS
from followup_desktop.services.transfer.refused_rows import without_reasons
from followup_desktop.services.transfer.spreadsheet import parted
from followup_desktop.services.transfer.tables.dates import (
    CellDate,
    DateOrder,
    date_of_cell,
    first_after,
    nearest_to,
    with_clock,
)
from followup_desktop.services.transfer.tables.header import COUNTS, Header, HeaderColumn, find_header
from followup_desktop.services.transfer.tables.history import (
    HistoryStep,
    applied_in,
    followed_up,
    history_steps,
)
from followup_desktop.services.transfer.tables.layouts import KEPT, OWN
from followup_desktop.services.transfer.tables.people import Person, emails_in, given_name_first, people_in
from followup_desktop.services.transfer.tables.table import (
    MOST_ROWS,
    Cell,
    Table,
    TableRow,
    folded,
    meant,
    refuse_rows,
)
from followup_desktop.services.transfer.tables.words import (
    flag_of,
    forms_of_address,
    has_address,
    is_of_day_first,
    is_of_interviewers,
    is_of_interviews,
    is_of_posting,
    is_of_rounds,
    is_of_the_user,
    is_total,
    is_undecided,
    number_in,
    person_in,
    priority_of,
    stage_of,
    without_time,
)

_FACTS = {fact.name: fact for fact in facts_of(Application)}
_DATES = frozenset(
    {"applied_on", "closes_on", "offer_expires_on", "stage_at", "next_action_date", "interview_at"}
)
_BESIDE_DATES = frozenset({"saved_on", "outcome", KEPT})
"""Fields that may have dates, among other things."""
_AHEAD = frozenset({"closes_on", "offer_expires_on", "next_action_date", "interview_at"})
"""Dates that may lie ahead; without a year the others are of the last year that had that day."""
_OWN_KEYS = {key.name: key for key in APPLICATION_KEYS if key.name != "contacts"}
FIELDS = (*(name for name in _FACTS if name not in ("id", "contacts")), "contact_name", "contact_email",
          "contact_phone", "contact_title", "contact_url", "first_name", "last_name", "next_action",
          "next_action_date", "interview_at", "interview_clock", "history")  # fmt: skip
"""What a column may be taken for, by the names that a mapping uses."""
_PEOPLE = frozenset({"contact_name", "contact_email"})
_NAMES = frozenset({"contact_name", "first_name", "last_name"})
_NAMING = frozenset({*_NAMES, "contact_email"})
_NUMBERING = frozenset({"id", "number", ""})
_ABOUT = ("contact_email", "contact_phone", "contact_title", "contact_url")
_OF_PERSONS = frozenset(
    {*_NAMES, *_ABOUT, "middle_name", "called", "employer", "notes", "saved_on", "number", "key", "id", ""}
)
"""What isn't kept in the notes of a person as well."""
_OF_SOMEONE = _NAMES.union(_ABOUT)
_OF_MEETINGS = frozenset({"interview_at", "interview_clock"})
_MET_AT_MOST = 10_000
"""So many texts of a column are remembered at most."""
_LEFT_OUT = frozenset({"", "saved_on", "number", "key", "id"})
_FREE_TEXTS = frozenset({KEPT, "notes", "applied_notes", "followed"})
"""Columns in which a sign that divides cells may well be meant."""
_FIRST = 3
_SEVERAL = 3
_AMOUNT = re.compile(r"[\d.,%\s'’€$£¥k-]*")
_STARS = re.compile(r"[★⭐☆*]+\ufe0f?")
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_OUT_OF_FIVE = re.compile(r"([1-5])(?:\s?/\s?5)?")
_ASIDE = re.compile(
    r"^\d{1,2}[.)]\s|"
    r"\([^()]*\)|\[[^\[\]]*\]|\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\b(?:on|am|le|el)\b(?= *$)"
)
_RELATION = re.compile(r"\s*\(https?://(?:www\.)?notion\.(?:so|site)/[^()\s]*\)")
"""The address of a page within Notion, behind the name of what a cell refers to."""
_BETWEEN_PAGES = re.compile(r"([()\s,])")
_END_OF_PAGE = re.compile(r"%20[0-9a-f]{32}\.(?:md|html|csv)$")
"""The end of the way to such a page within an export, which stands behind the name or alone, then with it."""
_IN_NOTION = re.compile(r"https?://(?:[\w-]+\.)*notion\.(?:so|site)\b", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_OF_LINKS = frozenset({"url", "contact_url", "contact_name", "contact_email"})
"""Fields with a place for a link of their own."""
_END_OF_RANGE = re.compile(
    r"\b(?:min|max|minimum|maximum|from|to|von|bis|desde|hasta|de|a|low|high|minimo|maximo)\b"
)
_LED_BY = re.compile(r"^\w+\s*[,;:–-]\s*(?=\w)")
_FINAL = {
    stage: rank
    for rank, stage in enumerate(
        (
            Stage.SAVED,
            Stage.APPLIED,
            Stage.INTERVIEWING,
            Stage.OFFER,
            Stage.NO_RESPONSE,
            Stage.REJECTED,
            Stage.WITHDRAWN,
            Stage.ACCEPTED,
        )
    )
}
"""How late each stage is."""
_NINE = time(9)
_TIME_TO_ASK = timedelta(days=2)
_LONG_PAST = timedelta(days=30)
"""What was to be done so long ago is nothing to be reminded of."""


def read_tables(tables: Sequence[Table], reading: Reading, kind: str) -> Document:
    """What the tables of a file say; ``kind`` names what the file is, where no program's layout is known.

    Those without applications or people are left out, as long as one has some. Raises ``Refused`` where there
    is nothing to read.
    """
    if sum(len(table.rows) - 1 for table in tables) > MOST_ROWS:
        refuse_rows()
    tables = [part for table in tables for part in without_reasons(table)]
    found = [
        (table, header) for table in tables if (header := find_header(table, reading.answers, reading.now))
    ]
    usable = [each for each in found if each[1].is_usable and len(each[0].rows) > each[1].row + 1]
    if not found:
        raise Refused(
            _("There's no table with headings in {file}. Add a row of headings above it.").format(
                file=reading.name or kind
            )
        )
    return _Tables(usable or found[:1], reading, kind).document()


def has_entries(table: Table) -> bool:
    """Whether there are applications or people in a table, as far as it is known by its headings."""
    header = find_header(table, Answers())
    return header is not None and header.is_known and header.is_usable and len(table.rows) > header.row + 1


class _CellText(NamedTuple):
    """What a cell of a column says."""

    heading: str
    text: str
    cell: Cell
    link: str
    whose: int = -1
    """The column that names the person whom it is about, or has the day of a time."""

    @property
    def page(self) -> str:
        """The link, unless it is an email address."""
        return "" if self.link.lower().startswith("mailto:") else self.link


class _Tables:
    """The state of one reading: what was found so far, and what is open."""

    def __init__(self, tables: Sequence[tuple[Table, Header]], reading: Reading, kind: str) -> None:
        self._tables = tables
        self._reading = reading
        self._kind = kind
        self._zone = zone(reading.timezone)
        self._contacts: dict[tuple[object, ...], Row] = {}
        """By all that is said of them: who is in many rows is told of once."""
        self._applications: list[Row] = []
        self._reminders: list[Row] = []
        self._with_more: list[str] = []
        """The places of the rows with more cells than there are headings."""
        self._refused: list[RefusedRow] = []
        self._stage_words: dict[str, Question] = {}
        """The questions about the words that aren't sure, or were answered."""
        self._known_words: dict[str, Stage] = {}
        self.met_cells: list[dict[str, tuple[_CellText, ...]]] = []
        """Of each column of the table, what its texts say: in most columns they come again and again."""
        self._known_stages: dict[tuple[str, Stage], tuple[Stage | None, bool]] = {}
        """Of the table, what the words for stages say, by the stage that the rest of the row tells."""
        self._met: dict[str, Stage] = {}
        """The words that were answered."""
        self._told: dict[tuple[type, Cell, bool], CellDate | None] = {}
        """What the cells say as dates, of which a table has the same again and again."""
        self.answers = {folded(word): stage for word, stage in reading.answers.stages.items()}

    def document(self) -> Document:
        for table, header in self._tables:
            if header.is_usable:
                self._read(table, header)
        layouts = [header.layout for __, header in self._tables if header.layout is not None]
        title = format_list([_(title) for title in dict.fromkeys(layout.title for layout in layouts)])
        return Document(
            contacts=tuple(self._contacts.values()),
            applications=tuple(self._applications),
            reminders=tuple(self._reminders),
            format=title or self._kind,
            foreign=True,
            answers=self._reading.answers,
            columns=tuple(self._columns()),
            questions=tuple(self._questions()),
            taken=(
                *(question for question in self._about_rows() if not self._is_rows_open),
                *(
                    self._about_stage(word, stage, settled=True)
                    for word, stage in {**self._known_words, **self._met}.items()
                    if word not in self._stage_words
                ),
            ),
            refused=tuple(self._refused),
            warnings=tuple(
                _("The last row, {line}, has fewer cells than the others. The file may be cut off.").format(
                    line=place_of(table, table.rows[-1])
                )
                for table, _header in self._tables
                if table.is_short and table.rows
            )
            + self._about_more(),
        )

    def _about_more(self) -> tuple[str, ...]:
        """What is said of the rows with more cells than headings, and where the first of them are."""
        if not self._with_more:
            return ()
        text = ngettext(
            "{n} row has more cells than there are headings ({places}). They went into its notes.",
            "{n} rows have more cells than there are headings ({places}). They went into their notes.",
            len(self._with_more),
        )
        places = [*self._with_more[:_FIRST], *("…" for _each in self._with_more[_FIRST:][:1])]
        return (text.format(n=format_number(len(self._with_more)), places=format_series(places)),)

    def _columns(self) -> Iterator[MappedColumn]:
        several = len(self._tables) > 1
        for table, header in self._tables:
            of = table.sheet or table.file if several else ""
            for place in header.places:
                if place.heading:
                    name = f"{of}: {place.heading}" if of else place.heading
                    yield MappedColumn(heading=name, field=_as_told(place.field))

    # What is open

    def _questions(self) -> Iterator[Question]:
        for __, header in self._tables:
            yield from self._about_columns(header)
        if self._is_rows_open:
            yield from self._about_rows()
        yield from self._about_dates()
        yield from self._stage_words.values()

    @staticmethod
    def _about_stage(word: str, stage: Stage, *, settled: bool) -> Question:
        text = _("What stage is {word}?").format(word=in_quotes(word))
        return Question(asked=QuestionTopic.STAGE, text=text, about=word, guess=stage.value, settled=settled)

    def _about_columns(self, header: Header) -> Iterator[Question]:
        if not header.is_known:
            said = self._reading.answers.headings
            yield Question(
                asked=QuestionTopic.HEADINGS,
                text=_("What's in the first row?"),
                guess="false" if said is False else "true",
                settled=said is not None,
            )
        if not header.is_usable:
            headings = format_list([place.heading for place in header.places if place.heading][:10])
            text = _("Which column has the employer: {headings}?").format(headings=headings)
            yield Question(asked=QuestionTopic.COLUMN, text=text, needed=True)
        asks = header.layout.asks if header.layout is not None else ()
        for place in header.places:
            if place.heading and (not place.is_sure or folded(place.heading) in asks):
                text = _("What's in the column {heading}?").format(heading=in_quotes(place.heading))
                yield Question(
                    asked=QuestionTopic.COLUMN, text=text, about=place.heading, guess=_as_told(place.field)
                )

    @property
    def _is_rows_open(self) -> bool:
        """Whether it was asked what is in the rows, or is to be."""
        is_answered = self._reading.answers.rows is not None
        return any(header.is_open or (is_answered and header.rows) for __, header in self._tables)

    def _about_rows(self) -> Iterator[Question]:
        judged = [header for __, header in self._tables if header.rows is not None]
        if judged:
            asked = next((header for header in judged if header.is_open), judged[0])
            yield Question(
                asked=QuestionTopic.ROWS,
                text=_("What's in the rows?"),
                guess=asked.rows or "",
                settled=not asked.is_open,
            )

    def _about_dates(self) -> Iterator[Question]:
        order = self._order
        if order.is_open:
            guess = "" if order.day_first is None else "true" if order.day_first else "false"
            text = _("Does the day or the month come first in dates like {date}?").format(date=order.example)
            yield Question(
                asked=QuestionTopic.DAY_FIRST,
                text=text,
                about=order.example,
                guess=guess,
                needed=not guess,
                settled=self._reading.answers.day_first is not None,
            )

    @cached_property
    def _order(self) -> DateOrder:
        """How all the dates of the file stand."""
        layouts = [header.layout.day_first for __, header in self._tables if header.layout is not None]
        headings = [place.heading for __, header in self._tables for place in header.places]
        order = DateOrder(
            next((each for each in layouts if each is not None), None),
            answer=self._reading.answers.day_first,
            ready=True if any(map(is_of_day_first, headings)) else None,
        )
        for is_date in (True, False):
            for table, header in self._tables if is_date or order.is_open else ():
                for place in header.places:
                    if place.field in (_DATES if is_date else _BESIDE_DATES):
                        cells = (
                            row.cells[place.index]
                            for row in table.rows[header.row + 1 :]
                            if place.index < len(row.cells)
                        )
                        (order.look_at if is_date else order.look_beside)(cells)
        return order

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """The user's addresses: a mailbox of no firm, or the only one of the file, beside several employers.

        One that always stands beside the same name is that person's.
        """
        names: dict[str, set[str]] = defaultdict(set)
        employers: dict[str, set[str]] = defaultdict(set)
        for table, header in self._tables:
            emails, those, firms = (
                [place.index for place in header.places if place.field in fields]
                for fields in ({"contact_email"}, _NAMES, {"employer"})
            )
            rows = table.rows[header.row + 1 :] if emails and not header.is_of_people else ()
            told = [" ".join(_texts_at(row, emails)).casefold() for row in rows]
            times = Counter(told)
            for row, text in zip(rows, told, strict=True):
                if text and times[text] > 1:  # one that stands in one row is nobody's but the employer's
                    for email in emails_in(text):
                        employers[email].update(map(folded, _texts_at(row, firms)[:1]))
                        names[email].update(map(folded, _texts_at(row, those)[:1]))
                elif text:
                    employers.setdefault(text, set())
        return frozenset(
            email
            for email, several in employers.items()
            if len(names[email]) != 1
            and ((len(several) > 1 and is_free(email)) or (len(several) >= _SEVERAL and len(employers) == 1))
        )

    # Rows

    def _read(self, table: Table, header: Header) -> None:
        self.met_cells = [{} for _place in header.places]
        self._known_stages.clear()
        rows = table.rows[header.row + 1 :]
        headings = table.source(table.rows[header.row]).cells if header.row >= 0 else None
        empty: list[TableRow] = []
        are_people = header.is_of_people
        count = 0 if are_people else len(rows)  # applications are counted
        left_out = self._reading.left_out
        for row in counting_of(count, rows, self._reading.on_progress):
            source = table.source(row)
            if not any(source.cells):
                empty.append(row)
                continue
            for each in empty:
                self._refuse(table, header, each, _("The row is empty."))
            empty = []
            if (total := _total_in(source)) and header.layout is not OWN:
                why = _("{word} looks like a row of totals.").format(word=in_quotes(total))
                self._refuse(table, header, row, why)
                continue
            if source.cells == headings:
                self._refuse(table, header, row, _("It repeats the headings."))
                continue
            if left_out and (reason := left_out.get(place_of(table, row))):
                self._refuse(table, header, row, reason)
                continue
            try:
                reader = _RowReader(self, table, header, row, source)
                if are_people:
                    reader.person()
                else:
                    reader.application()
            except Refused as refused:
                self._refuse(table, header, row, str(refused))

    def _refuse(self, table: Table, header: Header, row: TableRow, why: str) -> None:
        headings = tuple(place.heading for place in header.places)
        source = table.source(row)
        self._refused.append(
            RefusedRow(place=place_of(table, row), why=why, headings=headings, source=source)
        )

    # For a row

    @property
    def reading(self) -> Reading:
        return self._reading

    def told(self, cell: Cell, field: str) -> CellDate | None:
        key = type(cell), cell, field in _AHEAD
        if key not in self._told:
            self._told[key] = date_of_cell(
                cell, self._order.day_first, self._reading.now, is_ahead=field in _AHEAD
            )
        return self._told[key]

    def instant(self, told: CellDate) -> datetime:
        return told.instant(self._zone)

    def happened(self, told: CellDate) -> datetime:
        """The instant of what has happened, not after now if it is of today."""
        at, now = self.instant(told), self._reading.now
        return min(at, now) if at.date() == now.date() else at

    def noon(self, day: date) -> datetime:
        return self.happened(CellDate(day))

    def stage(self, word: str, header: Header, implied: Stage = Stage.SAVED) -> tuple[Stage | None, bool]:
        """What a word stands for, and whether that is sure; ``implied`` is told by the rest of the row."""
        known = self._known_stages.get((word, implied))
        if known is None:
            known = self._known_stages[word, implied] = self._stage(word, header, implied)
        return known

    def _stage(self, word: str, header: Header, implied: Stage) -> tuple[Stage | None, bool]:
        plain, answers = folded(word), self.answers
        own = header.layout.stages if header.layout is not None else {}
        if plain in answers:
            self._met.setdefault(word, answers[plain])
            return answers[plain], True
        if plain in own:
            return own[plain], True
        if is_undecided(word):
            return implied, True
        found, is_sure = stage_of(word)
        if not is_sure:
            bare, bare_is_sure = stage_of(_ASIDE.sub(" ", word))
            found, is_sure = (bare, True) if bare_is_sure else (found or bare, False)
        return found, is_sure

    def note_stage(self, word: str, stage: Stage, *, is_sure: bool) -> None:
        """What the word was taken for: asked about where that isn't sure, or was answered."""
        if word in self._stage_words or (is_sure and word in self._known_words):
            return
        is_answered = folded(word) in self.answers
        if is_sure and not is_answered:
            self._known_words[word] = stage
        else:
            self._stage_words[word] = self._about_stage(word, stage, settled=is_answered)

    def add_person(self, row: Row) -> str:
        said = {**row.defaults, **row.values}
        self._contacts.setdefault((row.id, row.also, *sorted(said.items())), row)
        return row.id

    def add(self, row: Row) -> None:
        self._applications.append(row)

    def note_more(self, place: str) -> None:
        """Tell of the row there that it has more cells than there are headings."""
        self._with_more.append(place)

    def remind(self, row: Row) -> None:
        self._reminders.append(row)


class _RowReader:
    """One row on its way."""

    def __init__(self, tables: _Tables, table: Table, header: Header, row: TableRow, source: Source) -> None:
        self._all = tables
        self._header = header
        self._row = row
        self._place = place_of(table, row)
        self._said: dict[str, list[_CellText]] = {}
        self._meets: dict[int, str] = {}
        """The columns of interviewers, each with the number in its heading."""
        self._met: dict[str, str] = {}
        """The names of interviewers in the row, each with the number in the heading."""
        self._untimed: list[UntimedInterview] = []
        self._ticks: list[_CellText] = []
        """What the row only says yes or no to."""
        self._was_sent = True
        self._reached = Stage.SAVED
        self._dated: list[tuple[Stage, _CellText]] = []
        self._happened: dict[Stage, CellDate] = {}
        """When the row says that what its columns are of has happened."""
        cells, links = source.cells, row.links
        for place, met in zip(header.places, tables.met_cells, strict=True):
            index = place.index
            text = cells[index] if index < len(cells) else ""
            if not (text or links):
                continue
            cell = row.cells[index] if index < len(cells) else ""
            known = met.get(cell) if type(cell) is str and not links else None
            if known is None:
                known = tuple(self._texts_of(place, text, cell, links.get(index, "")))
                if type(cell) is str and not links and len(met) < _MET_AT_MOST:
                    met[cell] = known
            if known:
                self._said.setdefault(place.field, []).extend(known)
        self._kept: list[str] = []
        self._was_kept: set[_CellText] = set()
        if len(cells) > header.width:
            self._take_more(cells, table.sign)

    def _texts_of(self, place: HeaderColumn, text: str, cell: Cell, link: str) -> Iterator[_CellText]:
        """What a cell with that text says in its column, each part where a layout has several in one."""
        text = meant(text)
        if not (text or link):
            return
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "%20" in text:
            text = _with_names_of_pages(text, is_of_people=place.field in _PEOPLE)
        if "notion." in text and place.field not in _PEOPLE:  # which the addresses tell apart
            text = _RELATION.sub("", text) or text
        if place.field == "contact_url" and _BARE_ADDRESS.match(link):
            text = link
        text = clean_text(text, place.heading or self._place)
        between = self._header.layout.between if self._header.layout is not None else ""
        for part in text.split(between) if between else (text,):
            yield _CellText(place.heading, part, part if between else cell, link, place.whose)

    def _take_more(self, cells: Sequence[str], sign: str) -> None:
        """The cells behind the last heading: they are of a note with the sign in it, or notes themselves."""
        last = self._header.places[-1]
        more = [text for text in map(meant, cells[last.index + 1 :]) if text]
        if not more:
            return
        before = self._said.get(last.field, [])
        is_note = bool(sign) and last.field in _FREE_TEXTS and meant(cells[last.index]) != ""
        if is_note and before and before[-1].heading == last.heading:
            whole = (str(cell or "") for cell in self._row.cells[last.index :])
            before[-1] = before[-1]._replace(text=clean_text(sign.join(whole), last.heading))
            return
        self._kept += [clean_text(text, self._place) for text in more]
        self._all.note_more(self._place)

    def _text(self, field: str) -> str:
        for said in self._said.get(field, ()):
            if said.text:
                return said.text
        return ""

    def _told(self, said: _CellText, field: str) -> CellDate | None:
        """The date of a cell, in the year that the rest of the row lets one expect."""
        told = self._all.told(said.cell, field)
        return told if told is None or not told.has_no_year else self._in_its_year(told, field)

    def _in_its_year(self, told: CellDate, field: str) -> CellDate:
        """A day without a year, in that of the whole dates of the row.

        What may lie ahead is the first such day after that of applying, or else after the earliest of these;
        what has happened is the nearest to one of them.
        """
        whole = self._whole_dates
        if field not in _AHEAD:
            return replace(told, day=nearest_to(told.day, whole, self._all.reading.now.date()))
        days = (self._told(each, "applied_on") for each in self._said.get("applied_on", ()))
        applied = next((each.day for each in days if each is not None), min(whole, default=None))
        return told if applied is None else replace(told, day=first_after(told.day, applied))

    @cached_property
    def _whole_dates(self) -> list[date]:
        """The dates of the row that have their year; a number is one only where its column is of dates."""
        found = (
            self._all.told(said.cell, field)
            for field, several in self._said.items()
            if field in _DATES or field in ("saved_on", "")
            for said in several
            if field or not said.text.replace(".", "").isdecimal()
        )
        return [told.day for told in found if told is not None and not told.has_no_year]

    def _keep(self, said: _CellText) -> None:
        """Put what is no value of its column into the notes, so that nothing is lost."""
        if text := _with_link(said):
            # As a plain text: a heading that asks, "Response?", is the user's own, and keeps its mark.
            told = str(_("{label}: {value}")).format(label=said.heading, value=text)
            self._kept.append(told if said.heading else text)
            self._was_kept.add(said)

    # A person

    def person(self) -> None:
        naming = {place.whose for place in self._header.places if place.field in _NAMES}
        names = [said for said in self._said.get("contact_name", ()) if said.text]
        main = names[0].whose if names else min(naming, default=-1)
        others = naming - {main}
        mine = {
            field: [said for said in self._said.get(field, ()) if said.text and said.whose not in others]
            for field in _ABOUT
        }
        mine["contact_title"] = [
            said for said in mine["contact_title"] if folded(said.text) not in forms_of_address()
        ]
        first = {field: several[0].text if several else "" for field, several in mine.items()}
        email = first["contact_email"] or next(filter(None, (_mailbox(said.link) for said in names)), "")
        behind = next((said for said in names if _with_link(said) != said.text), None)
        url = first["contact_url"] or ("" if behind is None else behind.page)
        full = names[0].text if names else self._both_names() or self._text("called") or email
        if not full and self._header.layout is not None:
            full = self._text("employer")  # an address book has firms, too
        if not full:
            raise Refused(_("There's no name."))
        full = given_name_first(full, email)
        self._keep_links()
        employer, role = self._text("employer"), self._text("role")
        named_too = {each: people for each, people in self._persons(others).items() if each in others}
        for _person in self._add_persons(named_too, employer):
            pass
        for field in ("contact_title", "contact_url"):
            for said in mine[field][1:]:
                self._keep(said)
        for field, several in self._said.items():
            is_taken = field == "employer" or (field == "role" and not first["contact_title"])
            for said in several[1:] if is_taken else () if field in _OF_PERSONS else several:
                self._keep(said)
        values = {
            "name": full,
            "employer": employer,
            "email": email,
            "title": first["contact_title"] or ("" if folded(role) in forms_of_address() else role),
            "phone": first["contact_phone"],
            "url": url,
            "notes": "\n".join([*(said.text for said in self._said.get("notes", ())), *self._kept]),
        }
        told = {key: value for key, value in values.items() if value}
        also = [said.text for field in ("contact_email", "contact_phone") for said in mine[field][1:]]
        self._all.add_person(
            Row(
                place=self._place,
                id=contact_id(full, employer, email, url),
                values=told,
                also=tuple(also),
            )
        )

    def _both_names(self) -> str:
        return " ".join(filter(None, map(self._text, ("first_name", "middle_name", "last_name"))))

    # An application

    def application(self) -> None:
        layout = self._header.layout
        exact = self._exactly() if layout is OWN else {}
        self._part_address()
        employer = exact.get("employer") or _evenly_spaced(self._text("employer"))
        role = exact.get("role") or _evenly_spaced(self._text("role"))
        if not employer:
            raise Refused(_("There's no employer."))
        values: dict[str, Any] = {"employer": employer, "role": role}
        defaults: dict[str, Any] = {}
        if layout is not None and layout.source:
            defaults["source"] = layout.source
        for field in ("employer", "role"):
            for said in self._said.get(field, ())[1:]:
                self._keep(said)
        self._plain_values(values)
        self._dates(values)
        self._address(values)
        self._posting(values)
        story = self._story()
        self._stage(values, defaults, story)
        if not _OF_SOMEONE.isdisjoint(self._said):
            contacts = tuple(dict.fromkeys(self._people(employer)))
            if contacts:
                values["contacts"] = contacts
        if "stage" in exact:
            defaults.pop("stage", None)
        values |= exact
        key = self._id(values)
        interviews = tuple(self._interviews(key)) if not _OF_MEETINGS.isdisjoint(self._said) else ()
        for said in self._ticks:
            if not self._is_implied(said, self._reached):
                self._keep(said)
        if notes := "\n\n".join(filter(None, (exact.get("notes"), self._notes(values.get("url", ""))))):
            values["notes"] = notes
        self._all.add(
            Row(
                place=self._place,
                id=key,
                values=values,
                defaults=defaults,
                interviews=interviews,
                events=tuple(self._events(key, story)),
                number=self._number(),
                untimed=tuple(self._untimed),
            )
        )
        self._reminder(key)

    def _part_address(self) -> None:
        """Take the address behind an employer's name for the place, where the heading says so."""
        said = next(iter(self._said.get("employer", ())), None)
        if said is None or not has_address(said.heading):
            return
        name, *address = said.text.replace("\n", ", ").split(",")
        while address and has_company_form(address[0]) and len(address[0].split()) == 1:
            name += f",{address.pop(0)}"
        place = ",".join(address).strip()
        self._said["employer"][0] = said._replace(text=name.strip())
        if place and "location" not in self._said:
            self._said["location"] = [said._replace(text=place)]

    def _exactly(self) -> dict[str, Any]:
        """What the cells of a table of this program say as it wrote them; others are left to be guessed."""
        found: dict[str, Any] = {}
        for place in self._header.places:
            cell = self._row.cells[place.index] if place.index < len(self._row.cells) else None
            key = _OWN_KEYS.get(place.field)
            if key is None or not isinstance(cell, str) or not cell:
                continue
            try:
                found[key.field] = key.read(_as_in_json(key.kind, cell), place.heading)
            except (Refused, ValueError):
                continue
            self._said.pop(place.field, None)
        return found

    def _plain_values(self, values: dict[str, Any]) -> None:
        pay = self._said.get("salary", [])
        if len(pay) > 1 and all(_END_OF_RANGE.search(folded(said.heading)) for said in pay):
            text = "–".join(dict.fromkeys(said.text for said in pay))
            self._said["salary"] = [pay[0]._replace(text=text)]
        for field, several in self._said.items():
            fact = _FACTS.get(field)
            if (
                fact is None
                or field in values
                or field in _DATES
                or field in ("id", "url", "stage", "notes", "contacts")
            ):
                continue
            for said in several:
                value = (
                    self._value(fact.kind, said) if field not in values or fact.kind is Kind.TEXTS else None
                )
                if field == "channel" and value not in ("phone", "email"):
                    value = None
                if value is None:
                    self._keep(said)
                elif fact.kind is Kind.TEXTS:
                    values[field] = tuple(dict.fromkeys((*values.get(field, ()), *value)))
                else:
                    try:
                        values[field] = fact.check(value, said.heading)
                    except Refused:
                        self._keep(said)

    def _value(self, kind: Kind, said: _CellText) -> Any:
        text = said.text
        if kind is Kind.FLAG:
            return flag_of(text)
        if kind is Kind.TEXTS:
            return parted(text)
        if kind.row.is_number:
            return _number(kind, text)
        return text

    def _dates(self, values: dict[str, Any]) -> None:
        for field in ("applied_on", "closes_on", "offer_expires_on", "stage_at"):
            for said in self._said.get(field, ()):
                told = self._told(said, field)
                if told is None or field in values:
                    self._keep(said)
                else:
                    values[field] = self._all.happened(told) if field == "stage_at" else told.day

    def _address(self, values: dict[str, Any]) -> None:
        for said in self._said.get("url", ()):
            address = said.page or (said.text if is_web_address(said.text) else "")
            if address and "url" not in values:
                values["url"] = address
            elif address != values.get("url"):
                self._keep(said)
        if "url" not in values and (behind := next((said.page for said in self._said.get("role", ())), "")):
            values["url"] = behind  # as lists of postings have it
        source = values.get("source", "")
        if source and re.match(r"https?://", source) and is_web_address(source) and "url" not in values:
            values["url"] = values.pop("source")

    def _posting(self, values: dict[str, Any]) -> None:
        """Take the link behind words that lead to the posting for its address, if there is no other."""
        for field in ("notes", KEPT, "outcome") if self._row.links and "url" not in values else ():
            for number, said in enumerate(self._said.get(field, ())):
                if said.page and "url" not in values and is_of_posting(said.heading, said.text):
                    values["url"] = said.page
                    self._said[field][number] = said._replace(text="", link="")

    def _keep_links(self, url: str = "") -> None:
        """Put links behind words into the notes, but for that of the posting and those with another place."""
        for field, several in self._said.items() if self._row.links else ():
            if field in _OF_LINKS:
                continue
            for number, said in enumerate(several):
                is_posting = bool(url) and said.page == url
                if is_posting or _with_link(said) == said.text or said in self._was_kept:
                    continue
                if field == "notes":
                    several[number] = said._replace(text=_with_link(said))
                else:
                    self._keep(said)

    # Its stage and its story

    def _stage(self, values: dict[str, Any], defaults: dict[str, Any], story: list[HistoryStep]) -> None:
        layout = self._header.layout
        implied = Stage.APPLIED if "applied_on" in values else Stage.SAVED
        if layout is not None and layout.stage is not None:
            implied = layout.stage
        several = [said for said in self._said.get("stage", ()) if said.text]
        for said in self._said.get("reason", ()):
            self._keep(said)
        if several:
            stage = self._stated(several[0], implied)
        else:
            moved = [each.stage for each in story if each.stage is not None]
            stage = moved[-1] if moved else None
        outcome = self._outcome(several)
        if not self._was_sent and stage is None:
            stage = implied = Stage.SAVED
        if stage is None:
            defaults["stage"] = implied
        if outcome is not None and _FINAL[outcome] > _FINAL[stage or implied]:
            stage = outcome
        if stage is not None:
            values["stage"] = stage
        if stage in self._happened and "stage_at" not in values:
            values["stage_at"] = self._all.happened(self._happened[stage])
        for of, said in self._dated:
            if of is not stage or values["stage_at"] != self._all.happened(self._happened[of]):
                self._keep(said)
        self._reached = stage or implied
        self._day_of_applying(values)
        into = [each.day for each in story if each.stage is not None and each.stage is values.get("stage")]
        if into and "stage_at" not in values:
            values["stage_at"] = self._all.noon(into[-1])

    def _day_of_applying(self, values: dict[str, Any]) -> None:
        """The day by the notes, where a layout has it there; none of what was never sent."""
        layout = self._header.layout
        told = self._text("applied_notes")
        if told and (day := applied_in(told, self._all.reading.now)) is not None:
            values["applied_on"] = (self._in_its_year(day, "applied_on") if day.has_no_year else day).day
        if layout is not None and folded(self._text("stage")) in layout.never_sent:
            values.pop("applied_on", None)
        if values.get("stage") is Stage.SAVED and "applied_on" in values and layout is not OWN:
            del values["applied_on"]
            for said in self._said.get("applied_on", ()) if layout is None else ():
                self._keep(said)

    def _stated(self, said: _CellText, implied: Stage) -> Stage | None:
        """The stage that the column of stages says."""
        word = said.text
        if self._is_closed(word):
            word, stage, is_sure = self._end
        else:
            stage, is_sure = self._all.stage(word, self._header, implied)
        self._all.note_stage(word, stage or implied, is_sure=is_sure)
        if not is_sure:
            self._keep(said)
        return stage

    def _is_closed(self, word: str) -> bool:
        return self._header.layout is not None and folded(word) in self._header.layout.closed

    @cached_property
    def _end(self) -> tuple[str, Stage | None, bool]:
        """How it is over where its stage says no more than that: the word for it, and whether it is sure."""
        word = self._text("reason") or self._text("stage")
        stage, is_sure = self._all.stage(word, self._header)
        is_told = folded(word) in self._all.answers or not self._is_closed(word)
        if stage is None or _FINAL[stage] < _FINAL[Stage.NO_RESPONSE]:
            return word, Stage.REJECTED, False
        return word, stage, is_sure and is_told

    def _outcome(self, stages: Sequence[_CellText]) -> Stage | None:
        """The latest stage that other columns than the first of ``stages`` tell for certain.

        Such are "Result" beside "Status", and the columns of a table that has one for each thing that may
        happen, where a yes or a date says that it did.
        """
        found: list[tuple[Stage | None, bool]] = []
        for said in (*stages[1:], *self._said.get("outcome", ())):
            is_so = flag_of(said.text)
            if is_so is not None:
                self._tick(said, found, is_so=is_so)
                continue
            if (told := self._told(said, "outcome")) is not None:
                stage, is_sure = self._all.stage(without_time(said.heading) or said.heading, self._header)
                if told.day <= self._all.reading.now.date():
                    found.append((stage, is_sure))
                    if stage is not None:
                        self._happened.setdefault(stage, told)
                        self._dated.append((stage, said))
                        continue
            self._keep(said)
            if told is None:
                found.append(self._answered(said, is_asked=not stages))
        if not stages:
            for said in self._said.get("interview_at", ()):
                is_so = flag_of(said.text) if self._is_of_interview(said) else None
                if is_so or (is_so is None and self._told(said, "interview_at") is not None):
                    found.append((Stage.INTERVIEWING, True))
        certain = [stage for stage, is_sure in found if stage is not None and is_sure]
        return max(certain, key=_FINAL.__getitem__, default=None)

    def _tick(self, said: _CellText, found: list[tuple[Stage | None, bool]], *, is_so: bool) -> None:
        """Take a yes for what its column is of; a no only says something of whether it was sent at all."""
        stage, is_sure = self._all.stage(said.heading, self._header)
        if is_so:
            found.append((stage, is_sure))
        elif stage is Stage.APPLIED and is_sure:
            self._was_sent = False
        if is_sure or not is_so:
            self._ticks.append(said)
        else:
            self._keep(said)

    def _is_of_interview(self, said: _CellText) -> bool:
        """Whether a yes tells of an interview: "Onsite" may be the place, but not beside "Phone screen"."""
        rounds = (place.heading for place in self._header.places if place.field == "interview_at")
        return is_of_interviews(said.heading) or (
            not is_of_rounds(said.heading) and any(map(is_of_interviews, rounds))
        )

    def _is_implied(self, said: _CellText, stage: Stage) -> bool:
        """Whether a stage already says what is ticked; what isn't so says nothing."""
        is_of_interview = said in self._said.get("interview_at", ())
        of = Stage.INTERVIEWING if is_of_interview else stage_of(said.heading)[0]
        if flag_of(said.text) is False:
            return True
        if of is None:
            return False
        return of in (stage, Stage.APPLIED) or (stage in ACTIVE_STAGES and _FINAL[of] < _FINAL[stage])

    def _answered(self, said: _CellText, *, is_asked: bool) -> tuple[Stage | None, bool]:
        """The stage that an answer of the employer's tells, asked about where nothing else tells it."""
        stage, is_sure = self._all.stage(said.text, self._header)
        if not is_sure:
            led, led_is_sure = self._all.stage(_LED_BY.sub("", said.text), self._header)
            stage, is_sure = (led, True) if led_is_sure else (stage or led, False)
        if stage is not None and is_asked:
            self._all.note_stage(said.text, stage, is_sure=is_sure)
        return stage, is_sure or is_asked

    def _story(self) -> list[HistoryStep]:
        """What the row tells of the past, each thing once."""
        found: dict[tuple[object, ...], HistoryStep] = {}
        for said in self._said.get("history", ()):
            entries = list(history_steps(said.text))
            if not entries:
                self._keep(said)
            for entry in entries:
                each = replace(entry, stage=self._end[1]) if self._is_closed(entry.text) else entry
                found.setdefault((each.day, each.stage or each.text), each)
        return sorted(found.values(), key=lambda each: each.day)

    def _events(self, key: str, story: list[HistoryStep]) -> Iterator[Row]:
        before: Stage | None = None
        for each in story:
            values: dict[str, Any] = {"at": self._all.noon(each.day)}
            if each.stage is not None:
                values |= {"kind": EventKind.STAGE, "from_stage": before, "to_stage": each.stage}
                before = each.stage
            else:
                values |= {"kind": EventKind.NOTE, "note": each.text}
            yield self._event(key, each.day, each.stage or each.text, values)
        for day in followed_up(self._text("followed")):
            yield self._event(key, day, "email", {"at": self._all.noon(day), "kind": EventKind.EMAIL})

    def _event(self, key: str, day: date, what: str, values: dict[str, Any]) -> Row:
        own = lasting_id("event", key, day.isoformat(), what)
        return Row(place=self._place, id=own, values=values)

    def _interviews(self, key: str) -> list[Row]:
        """An interview with its time; a day alone is none, and goes into the notes.

        If it is still to come, a reminder asks for its time.
        """
        clocks = {said.whose: said for said in self._said.get("interview_clock", ()) if said.text}
        rounds: list[_CellText] = []
        found: list[Row] = []
        for said in self._said.get("interview_at", ()):
            told = self._told(said, "interview_at")
            clock = clocks.get(said.whose)
            if told is not None and not told.clock and clock is not None:
                told = with_clock(told, clock.cell)
                if told.clock:
                    del clocks[said.whose]
            if told is None or not told.clock:
                if told is None and is_of_rounds(said.heading):
                    rounds.append(said)
                elif told is None and flag_of(said.text) is not None and self._is_of_interview(said):
                    self._ticks.append(said)
                else:
                    self._keep(said)
                if told is not None:
                    self._note_untimed(key, said, told.day)
                continue
            at = self._all.instant(told).astimezone(zone(self._all.reading.timezone))
            starts = at.replace(tzinfo=None, second=0, microsecond=0)
            kind = called_kind(said.heading)
            found.append(
                Row(
                    place=self._place,
                    id=interview_id(key, starts),
                    values={"starts_at": starts, "timezone": self._all.reading.timezone} | self._who(said),
                    defaults={"minutes": 60} | ({} if kind is None else {"kind": kind}),
                    since=self._all.reading.now,
                )
            )
        for said in clocks.values():
            self._keep(said)
        for said in rounds:
            found = self._called_so(found, said)
        return found

    def _called_so(self, interviews: list[Row], said: _CellText) -> list[Row]:
        """The interviews of a row, of which a cell says the kind, or how else this round is called."""
        kind = called_kind(said.text)
        if not interviews:
            self._keep(said)
            return interviews
        notes = _("{label}: {value}").format(label=said.heading, value=said.text)
        more = {"notes": notes} if kind is None else {"kind": kind}
        return [replace(each, defaults={**each.defaults, **more}) for each in interviews]

    def _note_untimed(self, key: str, said: _CellText, day: date) -> None:
        """Remind of an interview whose time is to be asked for, unless it turns out to be known."""
        reminder = None
        if day >= self._all.reading.now.date():
            reminder = self._asking_for_time(key, said, day)
            self._all.remind(reminder)
        self._untimed.append(UntimedInterview(day, self._kept[-1], reminder))

    def _asking_for_time(self, key: str, said: _CellText, day: date) -> Row:
        own = lasting_id("reminder", key, "time", folded(said.heading))
        at = datetime.combine(day - _TIME_TO_ASK, _NINE)
        values = {"title": _("Enter the time of the interview"), "at": at, "application": key}
        return Row(place=self._place, id=own, values=values)

    def _who(self, said: _CellText) -> dict[str, tuple[str, ...]]:
        """The interviewers of an interview: those of its number, where the headings have numbers."""
        number = number_in(said.heading)
        own = [person for person, of in self._met.items() if not number or of in ("", number)]
        return {"interviewers": tuple(own)} if own else {}

    def _reminder(self, key: str) -> None:
        """What comes next, on its day; one that is long past is there as done."""
        said = self._next_step()
        if said is None:
            return
        called, title, told = said
        at = datetime.combine(told.day, told.clock or _NINE).replace(second=0, microsecond=0)
        own = lasting_id("reminder", key, called, told.day.isoformat())
        values = {"title": title, "at": at, "application": key}
        now = self._all.reading.now
        is_past = now.date() - told.day > _LONG_PAST
        defaults = {"done_at": now.replace(microsecond=0)} if is_past else {}
        self._all.remind(Row(place=self._place, id=own, values=values, defaults=defaults))

    def _next_step(self) -> tuple[str, str, CellDate] | None:
        """By what a next step goes, its title and its day; one without words is called as its column."""
        steps = self._said.get("next_action", ())
        for said in self._said.get("next_action_date", ()):
            if (told := self._told(said, "next_action_date")) is not None:
                return *self._called(said), told
        for said in steps:
            if (told := self._told(said, "next_action_date")) is not None:
                return said.heading, said.heading, told
        return None

    def _called(self, said: _CellText) -> tuple[str, str]:
        """By what the next step of a column of days goes, and its title."""
        own = self._text("next_action")
        return own or said.heading, own or without_time(said.heading) or said.heading

    # People and notes

    def _named(self) -> dict[int, list[Person]]:
        """The people whom the row names, by the columns that name them."""
        found: dict[int, list[Person]] = {}
        for said in self._said.get("contact_name", ()):
            is_own = self._header.layout is OWN
            people = map(Person, parted(said.text)) if is_own else _linked(people_in(said.text), said.link)
            for person in people:
                is_nobodys = self._is_nobodys(person, said.heading, is_named=False)
                is_named = person.name.casefold() != person.email.casefold()
                if is_nobodys and said not in self._was_kept:
                    self._keep(said)
                if is_named or not is_nobodys:
                    those = found.setdefault(said.whose, [])
                    those.append(replace(person, email="") if is_nobodys else person)
            if is_of_interviewers(said.heading):
                self._meets[said.whose] = number_in(said.heading)
        names = [said for field in ("first_name", "last_name") for said in self._said.get(field, ())]
        if names and not found:
            found[names[0].whose] = [Person(self._both_names())]
        return found

    def _persons(self, of: Collection[int] | None = None) -> dict[int, list[Person]]:
        """The people whom the row names or has an address of, by the columns that tell whom they are about.

        Of addresses only those beside the columns ``of``, if any are given.
        """
        if self._said.keys().isdisjoint(_NAMING):
            return {}
        found = self._named()
        known = {person.name for people in found.values() for person in people}
        given: Counter[int] = Counter()
        for said in self._said.get("contact_email", ()):
            those = list(_linked(people_in(said.text), said.link)) if of is None or said.whose in of else []
            people = found.setdefault(said.whose, [])
            theirs = [
                each for each in those if not self._is_nobodys(each, said.heading, is_named=bool(people))
            ]
            if len(theirs) < len(those) or any(
                person.phone or person.name not in {person.email} | known for person in theirs
            ):
                self._keep(said)  # it says more than an address, as a number
            those = theirs
            for email in filter(None, (person.email for person in those)):
                place = given[said.whose]
                given[said.whose] += 1
                if place < len(people):
                    name = given_name_first(people[place].name, email)
                    people[place] = replace(people[place], name=name, email=email)
                else:
                    people.append(Person(email, email))
        return {whose: people for whose, people in found.items() if people}

    def _is_nobodys(self, person: Person, heading: str, *, is_named: bool) -> bool:
        """Whether an address is the user's, or of no person.

        A team's is, unless somebody is named beside it, or the heading says that it is a contact.
        """
        email = person.email.casefold()
        if not email:
            return False
        is_so = is_no_reply(email) or email in self._all.own_addresses or is_of_the_user(heading)
        if not is_so and not is_named and person.name.casefold() == email:
            is_so = is_of_a_team(email) and not person_in(heading)
        return is_so and not self._header.is_of_people and self._header.layout is not OWN

    def _people(self, employer: str) -> Iterator[str]:
        return self._add_persons(self._persons(), employer)

    def _add_persons(self, found: dict[int, list[Person]], employer: str) -> Iterator[str]:
        """Add the people with what is said of each, and give their ids; what is said of others is kept."""
        about: dict[int, dict[str, str]] = defaultdict(dict)
        for field in _ABOUT[1:]:
            for said in self._said.get(field, ()):
                if self._header.is_of_people and said.whose not in found:
                    continue
                people = found.get(said.whose, ())
                name = field.removeprefix("contact_")
                if not people or name in about[said.whose] or getattr(people[0], name, None):
                    self._keep(said)
                else:
                    about[said.whose][name] = said.text
        for whose, people in found.items():
            for place, person in enumerate(people):
                values = {
                    "name": person.name,
                    "email": person.email,
                    "url": person.url,
                    "title": person.title,
                    "phone": person.phone,
                }
                values |= about[whose] if place == 0 else {}
                told = {key: value for key, value in values.items() if value}
                own = contact_id(person.name, employer, person.email, told.get("url", ""))
                if whose in self._meets:
                    self._met.setdefault(own, self._meets[whose])
                place_of_person = _("{row}, {name}").format(row=self._place, name=person.name)
                # Where somebody works is no more than likely: a recruiter may be of an agency.
                likely = {"employer": employer}
                yield self._all.add_person(Row(place=place_of_person, id=own, values=told, defaults=likely))

    def _notes(self, url: str) -> str:
        """What is said beside the values, of which ``url`` is one."""
        for field, several in self._said.items():
            if field in (KEPT, "excitement", "country_name"):
                for said in several:
                    self._keep(said)
        if self._next_step() is None:
            for field in ("next_action", "next_action_date"):
                for said in self._said.get(field, ()):
                    self._keep(said)
        self._keep_links(url)
        parts = [
            said.text
            for field in ("notes", "followed", "applied_notes")
            for said in self._said.get(field, ())
        ]
        for said in self._said.get("html", ()):
            try:
                parts.append(posting_text("posting.html", said.text.encode()))
            except Refused:
                parts.append(said.text)
        kept = "\n".join(self._kept)
        return "\n\n".join(part for part in (*parts, kept) if part)

    def _number(self) -> str:
        """The row's number, or what else the table calls each of its rows by."""
        if self._said.keys().isdisjoint(_NUMBERING):
            return ""
        counted = (said.text for said in self._said.get("", ()) if said.heading == COUNTS)
        return next(filter(None, (self._text("id"), self._text("number"), *counted)), "")

    def _id(self, values: dict[str, Any]) -> str:
        """The id that the file gives, or one that the same application always gets."""
        layout, own = self._header.layout, values.pop("id", "") or self._text("key") or self._text("id")
        if layout is OWN and own:
            return own
        if layout is not None and own:
            return lasting_id(layout.name, own)
        number = self._number() if layout is not None and layout.counts else ""
        if layout is not None and number:
            return lasting_id(layout.name, number, *(employer_key(values[of]) for of in ("employer", "role")))
        if layout is not None and layout.source and posting_key(values.get("url", "")):
            return posting_id(layout.source, values["employer"], values["role"], values["url"])
        return application_id(
            values["employer"], values["role"], values.get("applied_on"), values.get("url", "")
        )


def _with_names_of_pages(text: str, *, is_of_people: bool) -> str:
    """The text with a page's name in place of the way to it, or nothing where the name stands before it."""
    parts = _BETWEEN_PAGES.split(text)
    for place, part in enumerate(parts):
        end = _END_OF_PAGE.search(part)
        if end is None:
            continue
        name = unquote(part[: end.start()].rpartition("/")[2])
        is_behind = place > 0 and parts[place - 1 : place + 2 : 2] == ["(", ")"]
        parts[place] = "" if is_behind else name
        if is_behind and not is_of_people:  # of people, brackets still tell where the one ends
            parts[place - 1] = parts[place + 1] = ""
    return "".join(parts)


def _with_link(said: _CellText) -> str:
    """The words of a cell with the address behind them, unless they are that, or it is in Notion."""
    page = said.page or _mailbox(said.link)
    if not page or _BARE_ADDRESS.sub("", page).rstrip("/") in said.text or _IN_NOTION.match(page):
        return said.text
    return f"{said.text} ({page})" if said.text else page


def _mailbox(link: str) -> str:
    """The email address to which a link leads, if it leads to one."""
    is_mail = link.lower().startswith("mailto:")
    return unquote(link.partition(":")[2].partition("?")[0]).strip() if is_mail else ""


def _texts_at(row: TableRow, indexes: Sequence[int]) -> list[str]:
    """What a row says at these places."""
    cells = (str(row.cells[index] or "").strip() for index in indexes if index < len(row.cells))
    return [text for text in cells if text]


def _linked(people: Iterable[Person], link: str) -> Iterator[Person]:
    """The people of a cell, the only one with the address behind their name."""
    found = list(people)
    if _BARE_ADDRESS.match(link) and len(found) == 1 and not found[0].url and not _IN_NOTION.match(link):
        found = [replace(found[0], url=link)]
    if (address := _mailbox(link)) and len(found) == 1 and not found[0].email:
        found = [replace(found[0], email=each.email) for each in people_in(address) if each.email][
            :1
        ] or found
    yield from found


def _total_in(source: Source) -> str:
    """The word that begins a row which only adds up others, or an empty text."""
    cells = [cell for cell in source.cells if cell]
    return cells[0] if all(map(_AMOUNT.fullmatch, cells[1:])) and is_total(cells[0]) else ""


def _evenly_spaced(text: str) -> str:
    """The text with its words one blank apart; that text itself where they are so already."""
    spaced = " ".join(text.split())
    return text if spaced == text else spaced


def _as_in_json(kind: Kind | None, cell: str) -> object:
    """The value of a cell as the interchange file has it."""
    if kind is Kind.FLAG:
        return {"true": True, "false": False}.get(cell, cell)
    if kind is Kind.TEXTS:
        return list(parted(cell))
    return int(cell) if kind is not None and kind.row.is_number else cell


def _number(kind: Kind, text: str) -> int | None:
    """A number in figures; a fit or a priority in stars, too, or as a word."""
    if _STARS.fullmatch(text):
        return text.count("★") + text.count("⭐") or None
    if kind is Kind.FIT:
        found = _OUT_OF_FIVE.fullmatch(text)
        return int(found[1]) if found else None
    if _INTEGER.fullmatch(text):
        return int(text)
    return priority_of(text) if kind is Kind.PRIORITY else None


def place_of(table: Table, row: TableRow) -> str:
    """Where a row stands, in words."""
    line = _("line {number}").format(number=row.line)
    if table.sheet and not table.is_only_sheet:
        return _("sheet {sheet}, {line}").format(sheet=in_quotes(table.sheet), line=line)
    return _("{file}, {line}").format(file=table.file, line=line) if table.file else line


def _as_told(field: str) -> str:
    """The field of a column as reports name it: what is kept is in the notes, what is left out is nothing."""
    if field in _LEFT_OUT:
        return ""
    return {
        KEPT: "notes",
        "outcome": "stage",
        "excitement": "notes",
        "html": "notes",
        "followed": "notes",
        "reason": "notes",
        "applied_notes": "notes",
        "middle_name": "first_name",
        "called": "contact_name",
    }.get(field, field)
