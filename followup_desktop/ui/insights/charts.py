"""What each picture of the figures looks like: a pure function of figures, width and look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from PySide6.QtCore import QLineF, QRectF

from followup_desktop.i18n import _, format_number, format_short_date, format_weekday, ngettext
from followup_desktop.services.rows.figures import CallRow, Chart, End, Figures, FlowLevel, Times, spans
from followup_desktop.services.wording.insights import (
    age_name,
    days_words,
    done_words,
    end_names,
    hour_name,
    in_time_names,
    level_names,
    series_names,
    source_name,
    span_name,
    too_few,
)
from followup_desktop.ui.insights.drawing import Band, Box, Drawing, Line, Look, Shape, Words

MOST_BARS = 8
"""More rows than this are only in the table."""
_FLOW_WIDTH = 520
"""Where there is less room, the flow is drawn as rows."""
_SHORTEST_BAR = 48
"""With less room for its bar a row has it below its words."""
_BAND = 44
"""So far an end stands from its column."""
_END_ROLES = {
    End.WAITING: "now_soft",
    End.OPEN: "accent_soft",
    End.NO_ANSWER: "neutral_soft",
    End.WITHDRAWN: "neutral_soft",
    End.REJECTED: "late_soft",
    End.ACCEPTED: "well_soft",
}


def draw(chart: Chart, figures: Figures, width: float, look: Look, *, has_table: bool = True) -> Drawing:
    """The picture of a chart, as high as it needs to be; it speaks of its table only if it has one."""
    drawn: Callable[[Figures, float, Look], Drawing] = {
        Chart.FLOW: _flow,
        Chart.SOURCES: lambda f, w, look: _sources(f, w, look, has_table=has_table),
        Chart.WEEKS: _weeks,
        Chart.ANSWER_TIMES: lambda f, w, look: _times(f.answer_times, w, look),
        Chart.DECISION_TIMES: lambda f, w, look: _times(f.decision_times, w, look),
        Chart.IN_TIME: _in_time,
        Chart.CALLS: lambda f, w, look: _calls(f, w, look, has_table=has_table),
        Chart.AGES: _ages,
    }[chart]
    return drawn(figures, width, look)


# Bars from the side


@dataclass(frozen=True, slots=True)
class _BarRow:
    """A name, a part of a whole as a bar, and both in words; what is ``faint`` isn't to be read much into."""

    name: str
    part: float
    whole: float
    words: str
    ink: str = "accent"
    is_faint: bool = False
    indent: float = 0

    @property
    def ink_of_words(self) -> str:
        return "secondary" if self.is_faint else "text"


def _bars(rows: Sequence[_BarRow], width: float, look: Look, more: str = "") -> Drawing:
    """A bar for each row, below its words where they would be cut beside it; the marks are in their order.

    Below them stands what there is ``more``.
    """
    names = max((look.width(row.name) + row.indent for row in rows), default=0)
    said = max((look.width(row.words) for row in rows), default=0)
    if names + said + look.px(20 + _SHORTEST_BAR) <= width:
        shapes, marks, bottom = _beside(rows, width, look, names, said)
    else:
        shapes, marks, bottom = _below(rows, width, look)
    if more:
        shapes.append(Words(QRectF(0, bottom, width, look.line), more, "secondary"))
        bottom += look.line + look.px(10)
    return Drawing(size=(width, bottom), shapes=shapes, marks=marks)


def _more(n: int, *, has_table: bool) -> str:
    """A sentence on how many more rows aren't shown; empty for none."""
    if n <= 0:
        return ""
    if has_table:
        text = ngettext("and {n} more in the table", "and {n} more in the table", n)
    else:
        text = ngettext("and {n} more", "and {n} more", n)
    return text.format(n=format_number(n))


_Placed = tuple[list[Shape], list[QRectF], float]
"""The shapes of rows, their marks, and where they end."""


def _beside(rows: Sequence[_BarRow], width: float, look: Look, names: float, said: float) -> _Placed:
    """Name, bar and words on one line."""
    shapes: list[Shape] = []
    marks = []
    px, step = look.px, look.line + look.px(10)
    room = QRectF(names + px(10), 0, width - names - said - px(20), px(10))
    for place, row in enumerate(rows):
        top = place * step + px(4)
        shapes.append(Words(QRectF(row.indent, top, names - row.indent, look.line), row.name))
        shapes += _bar(row, rows, room.translated(0, top + (look.line - px(10)) / 2), look)
        words = QRectF(room.right() + px(10), top, said, look.line)
        shapes.append(Words(words, row.words, row.ink_of_words))
        marks.append(QRectF(0, top - px(2), width, look.line + px(4)))
    return shapes, marks, len(rows) * step + px(4)


def _below(rows: Sequence[_BarRow], width: float, look: Look) -> _Placed:
    """Name and words on one line, the bar below them."""
    shapes: list[Shape] = []
    marks = []
    px, step = look.px, look.line + look.px(22)
    longest = width - max((row.indent for row in rows), default=0)
    for place, row in enumerate(rows):
        top = place * step + px(4)
        said = min(look.width(row.words), (width - row.indent) * 0.6)
        name = QRectF(row.indent, top, width - row.indent - said - px(10), look.line)
        shapes.append(Words(name, row.name))
        shapes.append(Words(QRectF(width - said, top, said, look.line), row.words, row.ink_of_words, "end"))
        room = QRectF(row.indent, top + look.line + px(2), longest, px(10))
        shapes += _bar(row, rows, room, look)
        marks.append(QRectF(0, top - px(2), width, look.line + px(16)))
    return shapes, marks, len(rows) * step + px(4)


def _bar(row: _BarRow, rows: Sequence[_BarRow], room: QRectF, look: Look) -> Iterator[Shape]:
    """The part before its whole, where the longest bar of all rows fills the room."""
    most = max(each.whole for each in rows) or 1
    if row.whole:
        whole = QRectF(room)
        whole.setWidth(room.width() * row.whole / most)
        yield Box(whole, "neutral_soft", look.px(3), is_marked_off=True)
    if row.part:
        part = QRectF(room)
        part.setWidth(max(room.width() * row.part / most, look.px(2)))
        yield Box(part, "secondary" if row.is_faint else row.ink, look.px(3))


def _sources(figures: Figures, width: float, look: Look, *, has_table: bool) -> Drawing:
    rows = [
        _BarRow(
            source_name(row.source),
            row.answered,
            row.sent,
            _rate(row.answered, row.sent, is_few=row.is_few),
            is_faint=row.is_few,
        )
        for row in figures.sources[:MOST_BARS]
    ]
    return _bars(rows, width, look, _more(len(figures.sources) - len(rows), has_table=has_table))


def _in_time(figures: Figures, width: float, look: Look) -> Drawing:
    names = in_time_names()
    rows = [
        _BarRow(
            names[each.rule],
            each.done / each.n,
            1,
            _rate(each.done, each.n, is_few=each.is_few),
            is_faint=each.is_few,
        )
        for each in figures.in_time
    ]
    return _bars(rows, width, look)


def _rate(part: int, whole: int, *, is_few: bool) -> str:
    words = done_words(part, whole)
    return too_few(words) if is_few else words


def _ages(figures: Figures, width: float, look: Look) -> Drawing:
    rows = [_BarRow(age_name(age), age.n, age.n, format_number(age.n)) for age in figures.ages]
    return _bars(rows, width, look)


# How far they got


def _flow(figures: Figures, width: float, look: Look) -> Drawing:
    flow = _Flow(figures, width, look)
    if width < look.px(_FLOW_WIDTH) or not flow.has_room:
        return _flow_rows(figures, width, look)
    return flow.drawing()


def _flow_rows(figures: Figures, width: float, look: Look) -> Drawing:
    levels, ends = level_names(), end_names()
    rows = []
    for level in figures.flow:
        rows.append(_BarRow(levels[level.level], level.reached, figures.sent, format_number(level.reached)))
        rows += [
            _BarRow(ends[end], n, n, format_number(n), ink="series-0", indent=look.px(14))
            for end, n in level.ends
        ]
    return _bars(rows, width, look)


class _Flow:
    """Columns of what got how far; from each a band goes on, and below it one to each end, never crossing."""

    def __init__(self, figures: Figures, width: float, look: Look) -> None:
        self._levels = figures.flow
        self._sent = figures.sent
        self._width = width
        self._look = look
        self._shapes: list[Shape] = []
        self._marks: list[QRectF] = []
        self._more: list[tuple[int, QRectF | Band]] = []
        self._bottom = 0.0
        self._head = look.line * 2 + look.px(8)
        self._node = look.px(12)
        needed = [self._needed(level) for level in figures.flow]
        spare = (width - sum(needed)) / max(len(needed), 1)
        self._lefts = [0.0, *accumulate(each + spare for each in needed)]
        self.has_room = spare >= 0
        """Whether no words have to be shortened."""

    def drawing(self) -> Drawing:
        """The picture."""
        names = level_names()
        for place, level in enumerate(self._levels):
            node = self._node_of(place, level)
            room = self._lefts[place + 1] - self._look.px(10)
            head = QRectF(node.left(), 0, room - node.left(), self._look.line)
            self._shapes.append(Words(head, names[level.level], is_bold=True))
            below = head.translated(0, self._look.line)
            self._shapes.append(Words(below, format_number(level.reached), "secondary"))
            mark = node.united(QRectF(head.left(), 0, self._node, 1)) if level.reached else head
            self._more.append((len(self._marks), head.united(below)))
            self._marks.append(mark.adjusted(0, 0, self._look.px(2), 0))
            going_on = self._levels[place + 1].reached if place + 1 < len(self._levels) else 0
            if going_on:
                self._go_on(node, self._lefts[place + 1], going_on, len(self._marks) + len(level.ends))
            self._end(node, going_on, level, self._lefts[place + 1])
            self._shapes.append(Box(node, "well" if place == len(self._levels) - 1 else "accent", 2))
            self._bottom = max(self._bottom, node.bottom())
        return Drawing(
            size=(self._width, self._bottom + self._look.px(6)),
            shapes=self._shapes,
            marks=self._marks,
            more=self._more,
        )

    def _needed(self, level: FlowLevel) -> float:
        """How wide the column of a level has to be for its words."""
        px, look = self._look.px, self._look
        ends = max((look.width(_end_words(end, n)) for end, n in level.ends), default=0)
        beside = self._node + px(_BAND) + px(6) + px(6) + px(4)
        head = look.width(level_names()[level.level], is_bold=True)
        return max(ends + beside if ends else 0, head + px(10), look.width(format_number(level.reached)))

    def _height(self, n: int) -> float:
        return max(self._look.px(150) * n / self._sent, 2) if n and self._sent else 0

    def _node_of(self, place: int, level: FlowLevel) -> QRectF:
        return QRectF(self._lefts[place], self._head, self._node, self._height(level.reached))

    def _go_on(self, node: QRectF, to: float, n: int, row: int) -> None:
        """The band to the next level, whose row tells how many it is."""
        start = QRectF(node.left(), node.top(), node.width(), self._height(n))
        end = QRectF(to, node.top(), node.width(), self._height(n))
        self._put_band(Band(start, end, "accent_soft"), row)

    def _put_band(self, band: Band, row: int) -> None:
        self._shapes.append(band)
        self._more.append((row, band))

    def _end(self, node: QRectF, going_on: int, level: FlowLevel, right: float) -> None:
        px = self._look.px
        top = node.top() + self._height(going_on)
        y = top + (px(14) if going_on else 0)
        left = node.right() + px(_BAND)
        for end, n in level.ends:
            height = min(self._height(n), max(node.bottom() - top, 1))
            room = max(height, self._look.line)
            start = QRectF(node.left(), top, node.width(), height)
            box = QRectF(left, y + (room - height) / 2, px(6), height)
            role = _END_ROLES[end]
            self._put_band(Band(start, box, role), len(self._marks))
            self._shapes.append(Box(box, role, is_marked_off=True))
            words = QRectF(box.right() + px(6), y + (room - self._look.line) / 2, 0, self._look.line)
            words.setRight(right - px(4))
            self._shapes.append(Words(words, _end_words(end, n)))
            self._marks.append(box.united(words))
            top += height
            y += room + px(6)
            self._bottom = max(self._bottom, y)


def _end_words(end: End, n: int) -> str:
    # Translators: how applications ended, and how many did: “Rejected · 4”.
    return _("{what} · {n}").format(what=end_names()[end], n=format_number(n))


# Bars side by side


class _BarGroups:
    """Groups of bars that stand on a line, with the height of the highest in words."""

    def __init__(self, width: float, look: Look, *, top: float, most: int) -> None:
        self._width = width
        self._look = look
        self._top = top + look.line + look.px(2)
        self._most = max(most, 1)
        self._room = look.px(110)
        self.shapes: list[Shape] = []
        self.marks: list[QRectF] = []

    @property
    def base(self) -> float:
        """Where the bars stand."""
        return self._top + self._room

    def group(self, place: int, of: int, values: Sequence[int], *, says_numbers: bool) -> QRectF:
        """The bars of one group."""
        px = self._look.px
        step = self._width / of
        gap = min(step * 0.25, px(10))
        thick = min((step - gap) / len(values), px(22))
        left = place * step + (step - thick * len(values)) / 2
        for number, value in enumerate(values):
            height = self._room * value / self._most
            if value:
                bar = QRectF(left + number * thick, self.base - height, max(thick - 1, 1), max(height, 1))
                self.shapes.append(Box(bar, f"series-{number}", min(px(2), thick / 3)))
                if says_numbers:
                    text = format_number(value)
                    area = self._over(bar.center().x(), bar.top() - self._look.line, text)
                    self.shapes.append(Words(area, text, "secondary", "middle"))
        area = QRectF(place * step, self._top, step, self._room)
        self.marks.append(area)
        return area

    def labels(self, texts: Sequence[str]) -> None:
        """What stands below the groups, as many as have room."""
        if not texts:
            return
        step = self._width / len(texts)
        apart = self._look.px(4)
        widest = max(self._look.width(text) for text in texts) + 2 * apart
        every = max(round(widest / step + 0.5), 1)
        top = self.base + self._look.px(3)
        areas = [self._over((place + 0.5) * step, top, text) for place, text in enumerate(texts)]

        def is_clear(place: int) -> bool:
            """Whether one that was pushed in from the side leaves the next its room."""
            following = min(place + every, len(areas) - 1)
            return following == place or areas[place].right() + apart <= areas[following].left()

        first = next((place for place in range(min(every, len(texts))) if is_clear(place)), 0)
        free = 0.0
        for place in range(first, len(texts), every):
            if areas[place].left() >= free:
                free = areas[place].right() + apart
                self.shapes.append(Words(areas[place], texts[place], "secondary", "middle"))

    def mark(self, x: float, top: float) -> None:
        """A dashed line down to the base that leaves out the numbers in its way."""
        numbers = (shape.area for shape in self.shapes if isinstance(shape, Words))
        for area in sorted(numbers, key=QRectF.top):
            if area.left() - 1 < x < area.right() + 1:
                self._dashes(x, top, area.top())
                top = area.bottom()
        self._dashes(x, top, self.base)

    def _dashes(self, x: float, top: float, bottom: float) -> None:
        if bottom > top:
            self.shapes.append(Line(QLineF(x, top, x, bottom), "text", is_dashed=True))

    def _over(self, x: float, top: float, text: str) -> QRectF:
        """Room for a text with its middle at a place, or as near as the sides let it."""
        wide = min(self._look.width(text), self._width)
        return QRectF(min(max(x - wide / 2, 0), self._width - wide), top, wide, self._look.line)

    def finish(self, below: float = 0) -> Drawing:
        """The whole picture."""
        self.shapes.append(Line(QLineF(0, self.base, self._width, self.base), "edge"))
        bottom = self.base + self._look.line + self._look.px(6) + below
        return Drawing(size=(self._width, bottom), shapes=self.shapes, marks=self.marks)


def _weeks(figures: Figures, width: float, look: Look) -> Drawing:
    shown = spans(figures.weeks)
    most = max((max(w.applied, w.answered, w.met) for w in shown), default=0)
    legend, top = _legend(series_names(), width, look)
    columns = _BarGroups(width, look, top=top, most=most)
    columns.shapes += legend
    numbers = width / max(len(shown), 1) > 3.6 * look.width(format_number(most))
    for place, week in enumerate(shown):
        columns.group(
            place, len(shown), (week.applied, week.answered, week.met), says_numbers=numbers and most < 1000
        )
    if shown and not numbers:
        columns.shapes.append(Words(QRectF(0, top, width, look.line), format_number(most), "secondary"))
        columns.shapes.append(Line(QLineF(0, top + look.line, width, top + look.line)))
    columns.labels([format_short_date(week.first, shown[-1].first) for week in shown])
    return columns.finish()


def _legend(names: Sequence[str], width: float, look: Look) -> tuple[list[Shape], float]:
    """What the colours stand for, in as many lines as needed, and how high that is."""
    shapes: list[Shape] = []
    x = y = 0.0
    side, px = look.px(9), look.px
    for number, name in enumerate(names):
        needed = side + px(5) + look.width(name)
        if x and x + needed > width:
            x, y = 0, y + look.line + px(2)
        shapes.append(Box(QRectF(x, y + (look.line - side) / 2, side, side), f"series-{number}", 2))
        area = QRectF(x + side + px(5), y, min(look.width(name), width - side - px(5)), look.line)
        shapes.append(Words(area, name, "secondary"))
        x += needed + px(14)
    return shapes, y + look.line + px(4)


def _times(times: Times, width: float, look: Look) -> Drawing:
    bars = times.bars()
    most = max((n for _first, _last, n in bars), default=0)
    limits = [] if times.is_few else _limits(times, bars, width, look)
    head = max((words.area.bottom() for words, _x in limits), default=0)
    columns = _BarGroups(width, look, top=head, most=most)
    wide = bool(bars) and width / len(bars) > look.width(format_number(most))
    highest = next((place for place, (_first, _last, n) in enumerate(bars) if n == most), 0)
    for place, (_first, _last, n) in enumerate(bars):
        columns.group(place, len(bars), (n,), says_numbers=wide or place == highest)
    columns.shapes += [words for words, _x in limits]
    for words, x in limits:
        columns.mark(x, words.area.bottom() + look.px(1))
    columns.labels([span_name(first, last) for first, last, _n in bars])
    return columns.finish()


def _limits(
    times: Times, bars: Sequence[tuple[int, int, int]], width: float, look: Look
) -> list[tuple[Words, float]]:
    """By when half and nine in ten were there, each with where that is; one above the other if need be.

    In place of nine in ten it's all, where there are fewer than ten.
    """
    length = bars[0][1] - bars[0][0] + 1

    def place(days: float) -> float:
        return min((days + 0.5) / length / len(bars), 1) * width

    late = times.p90 if times.has_tenths else times.longest
    by = _("nine in ten by {days}") if times.has_tenths else _("all by {days}")
    told = (
        (_("half by {days}").format(days=days_words(times.median)), place(times.median)),
        (by.format(days=days_words(late)), place(late)),
    )
    (half, x), (most, later) = told
    wide, wider, gap = look.width(half), look.width(most), look.px(12)
    if wide + gap + wider > width:
        areas = [QRectF(0, y, min(w, width), look.line) for y, w in ((0, wide), (look.line, wider))]
        for area, (_text, at) in zip(areas, told, strict=True):
            area.moveLeft(min(max(at - area.width() / 2, 0), width - area.width()))
    else:
        left = min(max(x - wide / 2, 0), width - wide - gap - wider)
        right = min(max(later - wider / 2, left + wide + gap), width - wider)
        areas = [QRectF(left, 0, wide, look.line), QRectF(right, 0, wider, look.line)]
    return [(Words(area, text, "text", "middle"), at) for area, (text, at) in zip(areas, told, strict=True)]


# Calls


def _calls(figures: Figures, width: float, look: Look, *, has_table: bool) -> Drawing:
    """A cell for each hour of each weekday, as they have room for numbers; else a row for each."""
    calls = figures.calls
    if not calls:
        return Drawing(size=(width, look.line), shapes=(), marks=())
    grids = (_hours_across(calls, width, look), _weekdays_across(calls, width, look))
    grid = next((each for each in grids if each.ways()), None)
    return grid.drawing() if grid is not None else _call_rows(calls, width, look, has_table=has_table)


def _call_rows(calls: Sequence[CallRow], width: float, look: Look, *, has_table: bool) -> Drawing:
    names = _weekday_names()
    rows = [
        _BarRow(
            _("{weekday} {time}").format(weekday=names[c.weekday], time=hour_name(c.hour)),
            c.spoke,
            c.n,
            _rate(c.spoke, c.n, is_few=c.is_few),
            is_faint=c.is_few,
        )
        for c in calls[:MOST_BARS]
    ]
    return _bars(rows, width, look, _more(len(calls) - len(rows), has_table=has_table))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Calls in cells: what stands beside the lines of cells and below the columns, and the place of each."""

    calls: Sequence[CallRow]
    lines: Sequence[str]
    columns: Sequence[str]
    places: Sequence[tuple[int, int]]
    """The line and the column of each."""
    width: float
    look: Look

    @property
    def _head(self) -> float:
        return max(self.look.width(name) for name in self.lines) + self.look.px(8)

    @property
    def _cell(self) -> float:
        return min((self.width - self._head) / len(self.columns), self.look.px(64))

    def ways(self) -> list[Callable[[CallRow], str]]:
        """What the cells can say, the most first: "4 of 7", or how many calls; none if there's no room."""
        said: tuple[Callable[[CallRow], str], ...] = (
            lambda call: done_words(call.spoke, call.n),
            lambda call: format_number(call.n),
        )
        room = self._cell - self.look.px(2)
        return [way for way in said if max(self.look.width(way(call)) for call in self.calls) <= room]

    def drawing(self) -> Drawing:
        """The picture."""
        look, px, cell, head = self.look, self.look.px, self._cell, self._head
        height = look.line + px(10)
        shapes: list[Shape] = [
            Words(QRectF(0, place * height, head, height - px(6)), name, "secondary")
            for place, name in enumerate(self.lines)
        ]
        marks = [
            QRectF(head + column * cell, line * height, cell - px(2), height - px(2))
            for line, column in self.places
        ]
        say = self.ways()[0]
        for call, area in zip(self.calls, marks, strict=True):
            shapes += _call_cell(call, area, look, say(call))
        bottom = len(self.lines) * height
        every = max(round((max(map(look.width, self.columns)) + px(6)) / cell + 0.5), 1)
        for place in range(0, len(self.columns), every):
            left = head + place * cell
            if left + look.width(self.columns[place]) <= self.width:
                area = QRectF(left, bottom, min(cell * every, self.width - left), look.line)
                shapes.append(Words(area, self.columns[place], "secondary"))
        return Drawing(size=(self.width, bottom + look.line + px(4)), shapes=shapes, marks=marks)


def _hours_across(calls: Sequence[CallRow], width: float, look: Look) -> _Grid:
    """A line for each weekday that has calls, the hours of the day beside each other."""
    hours = range(min(c.hour for c in calls), max(c.hour for c in calls) + 1)
    weekdays = sorted({c.weekday for c in calls})
    names = _weekday_names()
    return _Grid(
        calls,
        [names[each] for each in weekdays],
        [hour_name(hour) for hour in hours],
        [(weekdays.index(c.weekday), c.hour - hours.start) for c in calls],
        width,
        look,
    )


def _weekdays_across(calls: Sequence[CallRow], width: float, look: Look) -> _Grid:
    """A line for each hour that has calls, the weekdays beside each other."""
    hours = sorted({c.hour for c in calls})
    weekdays = range(min(c.weekday for c in calls), max(c.weekday for c in calls) + 1)
    names = _weekday_names()
    return _Grid(
        calls,
        [hour_name(hour) for hour in hours],
        [names[each] for each in weekdays],
        [(hours.index(c.hour), c.weekday - weekdays.start) for c in calls],
        width,
        look,
    )


def _call_cell(call: CallRow, area: QRectF, look: Look, text: str) -> Iterator[Shape]:
    """An hour of a weekday: its calls, and those of them that reached someone as a line below."""
    yield Box(area, "neutral_soft", look.px(3), is_marked_off=True)
    if call.spoke:
        part = QRectF(area)
        part.setTop(area.bottom() - look.px(4))
        part.setWidth(area.width() * call.spoke / call.n)
        yield Box(part, "secondary" if call.is_few else "accent", look.px(1))
    words = QRectF(area.left(), area.top(), area.width(), area.height() - look.px(4))
    yield Words(words, text, "secondary" if call.is_few else "text", "middle")


def _weekday_names() -> dict[int, str]:
    return {number: format_weekday(date(2026, 10, 5 + number)) for number in range(7)}
