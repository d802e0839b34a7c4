"""The pictures of figures: each value has its place, nothing crosses or is told by red and green alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from followup_desktop.services.reading.insights import Insights
from followup_desktop.services.rows.figures import (
    CallRow,
    Chart,
    Figures,
    InsightQuery,
    SourceRow,
    Times,
    Week,
)
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording.insights import InsightWords
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.ui.insights import picture
from followup_desktop.ui.insights.charts import MOST_BARS, draw
from followup_desktop.ui.insights.drawing import (
    SERIES,
    Band,
    Box,
    Drawing,
    Line,
    Look,
    Words,
    direction_of,
    paint,
)
from followup_desktop.ui.insights.pictures import PictureSheet
from followup_desktop.ui.kit.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colours
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests.scene import settle
from tests.searches import search
from tests.tables import tabled
from tests.ui.situations import NOW

WORDS = InsightWords(NOW.date())
WIDTHS = (220, 420, 720)
ALL = pytest.mark.parametrize("chart", Chart)


@pytest.fixture
def counted() -> Figures:
    """The figures of eighty applications."""
    return figures_of(80)


@cache
def figures_of(count: int, days: int = 150) -> Figures:
    """The figures of so many applications, sent in so many days: counted once for all tests."""
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Search") as t:
        t.put_facts(search(count, NOW, days=days))
    figures = Insights(store).figures(InsightQuery(), NOW)
    store.close()
    return figures


def look_of(theme: Theme, *, mirrored: bool = False, colours: Colours = LIGHT) -> Look:
    return Look.of(theme, is_mirrored=mirrored, colours=colours)


@pytest.mark.parametrize("count", [1, 12, 80])
def test_every_row_of_a_table_has_its_place_in_the_picture(theme: Theme, count: int) -> None:
    figures, look = figures_of(count), look_of(theme)
    for chart in Chart:
        rows = len(WORDS.chart(chart, figures).rows)
        for width in WIDTHS:
            drawing = draw(chart, figures, width, look)
            if rows:
                assert len(drawing.marks) == rows or (len(drawing.marks) == MOST_BARS and rows > MOST_BARS)
            for area in drawing.marks:
                assert QRectF(-1, -1, width + 2, drawing.size[1] + 2).contains(area), (chart, width)


def test_nothing_at_all_can_be_drawn(theme: Theme) -> None:
    for chart in Chart:
        assert draw(chart, Figures(), 300, look_of(theme)).size[0] == 300
        assert WORDS.chart(chart, Figures()).nothing


def test_a_place_is_where_it_is_seen_from_right_to_left_too(counted: Figures, theme: Theme) -> None:
    drawing = draw(Chart.WEEKS, counted, 720, look_of(theme))
    first = drawing.marks[0].center()
    assert drawing.mark_at(first, is_mirrored=False) == 0
    assert drawing.mark_at(QPointF(720 - first.x(), first.y()), is_mirrored=True) == 0


def test_bands_do_not_cross(counted: Figures, theme: Theme) -> None:
    drawing = draw(Chart.FLOW, counted, 900, look_of(theme))
    bands = [shape for shape in drawing.shapes if isinstance(shape, Band)]
    assert len(bands) > 5
    for start in {band.start.left() for band in bands}:
        here = sorted((b for b in bands if b.start.left() == start), key=lambda b: b.start.top())
        for upper, lower in pairwise(here):
            assert upper.start.bottom() <= lower.start.top() + 0.01
            assert upper.end.bottom() <= lower.end.top() + 0.01


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_band_says_its_value_all_over(counted: Figures, theme: Theme, is_mirrored: bool) -> None:
    """The one that goes on says how many got to the next level."""
    drawing = draw(Chart.FLOW, counted, 900, look_of(theme))
    numbers = [int(row[-1]) for row in WORDS.chart(Chart.FLOW, counted).rows]
    tall = next(box.height() for box in boxes(drawing, "accent"))  # that of all
    bands = [band for band in drawing.shapes if isinstance(band, Band) and band.start.height() > 4]
    assert len(bands) > 3
    for band in bands:
        left, right = band.start.right(), band.end.left()
        begin, end = band.start.center().y(), band.end.center().y()
        for x, y in ((left + 4, begin), ((left + right) / 2, (begin + end) / 2), (right - 1, end)):
            row = drawing.mark_at(QPointF(900 - x if is_mirrored else x, y), is_mirrored=is_mirrored)
            assert row >= 0
            assert band.end.height() / tall == pytest.approx(numbers[row] / counted.sent, abs=0.005)


def test_the_head_of_a_level_says_its_value(counted: Figures, theme: Theme) -> None:
    drawing = draw(Chart.FLOW, counted, 900, look_of(theme))
    names = [words for words in drawing.shapes if isinstance(words, Words) and words.is_bold]
    rows = WORDS.chart(Chart.FLOW, counted).rows
    for words in names:
        point = QPointF(words.area.left() + 30, words.area.center().y())
        assert rows[drawing.mark_at(point, is_mirrored=False)][:2] == (words.text, "all that got here")


def test_a_picture_that_stands_alone_says_what_was_counted(counted: Figures, theme: Theme) -> None:
    """In as many lines as it takes; and it speaks of no table."""
    sources = tuple(SourceRow(source=f"Source {n}", sent=9, answered=3, met=1) for n in range(20))
    figures, look = replace(counted, sources=sources), look_of(theme)
    words = WORDS.chart(Chart.SOURCES, figures)
    scope = " ".join(["All time, as of 14 October 2026."] * 8)
    alone, within = (PictureSheet(Chart.SOURCES, figures, words, look, said) for said in (scope, ""))
    assert " ".join(alone._scope_lines()) == scope
    assert len(alone._scope_lines()) > 1
    assert all(look.width(line) <= look.px(720) for line in alone._scope_lines())
    assert alone.size.height() - within.size.height() >= len(alone._scope_lines()) * look.line - 1
    assert scope in alone.svg().decode()
    assert [sheet._drawing().shapes[-1].text for sheet in (alone, within)] == [  # type: ignore[union-attr]
        "and 12 more",
        "and 12 more in the table",
    ]


def test_what_flows_on_and_what_ends_is_all_that_there_was(counted: Figures) -> None:
    for level, following in pairwise(counted.flow):
        assert level.reached == following.reached + sum(n for _end, n in level.ends)
    assert counted.flow[0].reached == 80


def boxes(drawing: Drawing, role: str) -> Iterator[QRectF]:
    return (shape.area for shape in drawing.shapes if isinstance(shape, Box) and shape.role == role)


def test_a_bar_is_as_high_as_its_number(counted: Figures, theme: Theme) -> None:
    heights = [
        round(area.height(), 3) for area in boxes(draw(Chart.WEEKS, counted, 720, look_of(theme)), "series-0")
    ]
    legend, *bars = heights
    numbers = [week.applied for week in counted.weeks if week.applied]
    assert legend
    assert [round(height / bars[0], 2) for height in bars] == [round(n / numbers[0], 2) for n in numbers]


def test_no_words_lie_over_each_other(counted: Figures, theme: Theme) -> None:
    look = look_of(theme)
    for chart in Chart:
        for width in WIDTHS:
            shapes = draw(chart, counted, width, look).shapes
            placed = [
                (shape, _inked(shape, look)) for shape in shapes if isinstance(shape, Words) and shape.text
            ]
            for (one, here), (other, there) in combinations(placed, 2):
                assert not here.intersects(there), (chart, width, one.text, other.text)


@pytest.fixture(params=[500, 500_000])
def many(request: pytest.FixtureRequest) -> Figures:
    """The figures of very many applications."""
    figures, times = figures_of(500, days=900), request.param // 500
    levels = (
        replace(level, reached=level.reached * times, ends=tuple((end, n * times) for end, n in level.ends))
        for level in figures.flow
    )

    def more(each: Times) -> Times:
        return Times(counts=tuple((days, n * times) for days, n in each.counts))

    return replace(
        figures,
        sent=figures.sent * times,
        flow=tuple(levels),
        answer_times=more(figures.answer_times),
        decision_times=more(figures.decision_times),
    )


@ALL
@pytest.mark.parametrize("text", [1, 2], ids=["ordinary text", "text twice as large"])
def test_no_words_are_cut(many: Figures, theme: Theme, chart: Chart, text: int) -> None:
    look = look_of(theme)
    look = replace(look, pixels=look.pixels * text)
    for width in (360 if text == 1 else 520, 540, 720):
        drawing = draw(chart, many, width, look)
        for words in (shape for shape in drawing.shapes if isinstance(shape, Words)):
            needed = look.width(words.text, is_bold=words.is_bold, is_small=words.is_small)
            assert words.area.width() >= needed - 0.01, (width, words.text)
            assert QRectF(-1, -1, width + 2, drawing.size[1] + 2).contains(_inked(words, look))


@pytest.mark.parametrize("chart", [Chart.ANSWER_TIMES, Chart.DECISION_TIMES])
def test_no_line_goes_through_a_number(many: Figures, theme: Theme, chart: Chart) -> None:
    look = look_of(theme)
    for width in WIDTHS:
        shapes = draw(chart, many, width, look).shapes
        dashes = [shape.line for shape in shapes if isinstance(shape, Line) and shape.is_dashed]
        assert dashes
        for words in (shape for shape in shapes if isinstance(shape, Words)):
            here = _inked(words, look)
            for line in dashes:
                across = here.left() < line.x1() < here.right()
                assert not (across and line.y1() < here.bottom() and line.y2() > here.top()), words.text


@pytest.mark.parametrize("chart", [Chart.ANSWER_TIMES, Chart.DECISION_TIMES])
@pytest.mark.parametrize("width", WIDTHS)
def test_half_and_nine_in_ten_are_marked_where_they_are(
    counted: Figures, theme: Theme, chart: Chart, width: int
) -> None:
    times = counted.answer_times if chart is Chart.ANSWER_TIMES else counted.decision_times
    drawing = draw(chart, counted, width, look_of(theme))
    dashes = {s.line.x1() for s in drawing.shapes if isinstance(s, Line) and s.is_dashed}
    bars = times.bars()
    places = [
        next(n for n, (first, last, _n) in enumerate(bars) if first <= days <= last)
        for days in (int(times.median), times.p90)
    ]
    assert [drawing.mark_at(QPointF(x, drawing.size[1] - 30), is_mirrored=False) for x in sorted(dashes)] == (
        places
    )


@pytest.mark.parametrize(
    ("n", "said"), [(4, []), (9, ["half by 1 day", "all by 9 days"]), (10, ["half by 1 day"])]
)
def test_nine_in_ten_are_marked_of_ten_at_least(theme: Theme, n: int, said: list[str]) -> None:
    figures = Figures(answer_times=Times(counts=((1, n - 1), (9, 1))))
    shapes = draw(Chart.ANSWER_TIMES, figures, 720, look_of(theme)).shapes
    told = [shape.text for shape in shapes if isinstance(shape, Words) and " by " in shape.text]
    assert told == said + (["nine in ten by 1 day"] if n == 10 else [])


@pytest.mark.parametrize("width", [320, 420, 720])
def test_calls_at_every_hour_of_every_day_all_have_their_cell(theme: Theme, width: int) -> None:
    calls = tuple(
        CallRow(weekday=weekday, hour=hour, spoke=weekday * 20, left_message=hour, no_answer=1)
        for weekday in range(7)
        for hour in range(24)
    )
    drawing = draw(Chart.CALLS, Figures(calls=calls), width, look_of(theme))
    assert len(drawing.marks) == len(calls)
    assert not [(one, other) for one, other in combinations(drawing.marks, 2) if one.intersects(other)]
    spoken = [
        area.width() / mark.width()
        for area, mark in zip(
            boxes(drawing, "accent"),
            (m for m, c in zip(drawing.marks, calls, strict=True) if c.spoke),
            strict=True,
        )
    ]
    assert spoken == pytest.approx([call.spoke / call.n for call in calls if call.spoke])


def test_the_dates_below_the_weeks_stand_evenly(many: Figures, theme: Theme) -> None:
    drawing = draw(Chart.WEEKS, many, 720, look_of(theme))
    base = max(bar.bottom() for bar in boxes(drawing, "series-0"))
    dates = [shape for shape in drawing.shapes if isinstance(shape, Words) and shape.area.top() > base]
    assert len(dates) > 3
    apart = [right.area.center().x() - left.area.center().x() for left, right in pairwise(dates[1:-1])]
    assert max(apart) - min(apart) < 1
    assert dates[1].area.center().x() - dates[0].area.center().x() < 1.5 * apart[0]


def _inked(words: Words, look: Look) -> QRectF:
    wide = min(look.width(words.text, is_bold=words.is_bold, is_small=words.is_small), words.area.width()) - 2
    area = QRectF(words.area)
    left = {"start": area.left(), "end": area.right() - wide}.get(words.at, area.center().x() - wide / 2)
    return QRectF(left, area.top() + 1, wide, area.height() - 2)


# Machado, Oliveira and Fernandes (2009), severity 1.
SIMULATED = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def lab_seen(colour: str, how: str) -> tuple[float, float, float]:
    """The colour in CIELAB as it is seen so."""
    plain = QColor(colour)
    rgb = [_linear(c) for c in (plain.redF(), plain.greenF(), plain.blueF())]
    seen = [min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in SIMULATED[how]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, seen, strict=True)) for row in to_xyz]
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@tabled("how", SIMULATED)
@tabled("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
def test_colours_side_by_side_are_told_apart_without_red_and_green(colours: Colours, how: str) -> None:
    for one, other in combinations(SERIES[colours.name], 2):
        apart = (
            sum((a - b) ** 2 for a, b in zip(lab_seen(one, how), lab_seen(other, how), strict=True)) ** 0.5
        )
        assert apart > 25, (one, other)


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda c: c.name)
def test_bars_stand_out_from_their_ground(colours: Colours) -> None:
    def light(colour: str) -> float:
        return (lab_seen(colour, "all colours")[0] + 16) / 116

    ground = light(colours.surface) ** 3 + 0.05
    for each in SERIES[colours.name]:
        ratio = (light(each) ** 3 + 0.05) / ground
        assert max(ratio, 1 / ratio) >= 3, each


@ALL
def test_a_picture_is_the_same_in_every_file(counted: Figures, theme: Theme, chart: Chart) -> None:
    words = WORDS.chart(chart, counted)
    sheet = PictureSheet(chart, counted, words, look_of(theme))
    image = QImage.fromData(sheet.png())
    size = sheet.size
    assert (image.width(), image.height()) == (round(size.width() * 2), round(size.height() * 2))
    svg = sheet.svg()
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    assert renderer.viewBoxF().size() == size
    assert words.title in svg.decode()
    assert sheet.pdf().startswith(b"%PDF-")
    again = QImage(image.size(), QImage.Format.Format_RGB32)
    painter = QPainter(again)
    painter.scale(2, 2)
    sheet.paint(painter)
    painter.end()
    assert _colours(again) == _colours(image)


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


def test_painting_leaves_the_painter_as_it_was(counted: Figures, theme: Theme) -> None:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = painter.transform()
    look = look_of(theme, mirrored=True)
    paint(painter, QRectF(20, 20, 300, 300), draw(Chart.AGES, counted, 300, look), look, current=0)
    assert painter.transform() == before
    painter.end()


def test_labels_of_many_weeks_do_not_run_into_each_other(theme: Theme) -> None:
    start = NOW.date().toordinal()
    for weeks in (2, 20, 53, 160, 700):
        figures = Figures(
            sent=weeks,
            weeks=tuple(
                Week(
                    first=date.fromordinal(start - 7 * n), last=date.fromordinal(start - 7 * n + 6), applied=1
                )
                for n in range(weeks, 0, -1)
            ),
        )
        look = look_of(theme)
        words = [s for s in draw(Chart.WEEKS, figures, 640, look).shapes if isinstance(s, Words)]
        for one, other in combinations([_inked(each, look) for each in words if each.text], 2):
            assert not one.intersects(other), weeks


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("0–6", Qt.LayoutDirection.LeftToRight),
        ("4 of 7", Qt.LayoutDirection.LeftToRight),
        ("4 מתוך 7", Qt.LayoutDirection.RightToLeft),
        ("", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_a_text_runs_as_it_is_written(text: str, direction: Qt.LayoutDirection) -> None:
    assert direction_of(text) is direction


def test_a_new_look_draws_no_picture_that_is_out_of_sight(
    counted: Figures, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Chart] = []

    def noted(chart: Chart, *others: Any) -> Drawing:
        drawn.append(chart)
        return draw(chart, *others)

    monkeypatch.setattr(picture, "draw", noted)
    shown = picture.Picture(theme, Chart.WEEKS)
    shown.show_figures(counted, WORDS.chart(Chart.WEEKS, counted))
    qtbot.addWidget(shown)
    shown.show()
    hidden = picture.Picture(theme, Chart.FLOW)
    qtbot.addWidget(hidden)
    hidden.show_figures(counted, WORDS.chart(Chart.FLOW, counted))
    before = shown.grab().toImage(), hidden.grab().toImage()
    drawn.clear()
    theme.choose(ThemeChoice.DARK)
    settle()
    assert drawn == [Chart.WEEKS]
    assert shown.grab().toImage() != before[0]
    assert hidden.grab().toImage() != before[1]
    theme.choose(ThemeChoice.LIGHT)


@ALL
def test_a_picture_is_drawn_the_same_where_what_it_shows_is_the_same(theme: Theme, chart: Chart) -> None:
    """So that one of which an edit changes nothing isn't drawn anew."""
    few, other = figures_of(80), figures_of(300)
    drawn = draw(chart, few, 420, look_of(theme))
    words = WORDS.chart(chart, few)
    assert draw(chart, other, 420, look_of(theme)) != drawn
    for part in fields(Figures):
        mixed = replace(few, **{part.name: getattr(other, part.name)})
        if mixed.shown_in(chart) == few.shown_in(chart) and WORDS.chart(chart, mixed) == words:
            assert draw(chart, mixed, 420, look_of(theme)) == drawn, part.name
