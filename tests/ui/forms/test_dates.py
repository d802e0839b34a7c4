"""Dates and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.forms.dates import DateField, TimeField, read_date, read_time, show_date, show_time

TODAY = date(2026, 10, 14)
LOCALES = ["C", "en_GB", "en_US", "es_ES", "de_DE", "fr_FR", "zh_CN", "ja_JP"]


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("en_GB", "2026-11-03", date(2026, 11, 3)),
        ("en_GB", "3/11/2026", date(2026, 11, 3)),
        ("en_US", "3/11/2026", date(2026, 3, 11)),
        ("en_GB", "03/11/26", date(2026, 11, 3)),
        ("de_DE", "3.11.2026", date(2026, 11, 3)),
        ("de_DE", "3.11.", date(2026, 11, 3)),
        ("en_GB", "3/11", date(2026, 11, 3)),
        ("en_US", "11/3", date(2026, 11, 3)),
        ("zh_CN", "2026/11/3", date(2026, 11, 3)),
        ("en_GB", "3 Nov", date(2026, 11, 3)),
        ("en_US", "Nov 3, 2027", date(2027, 11, 3)),
        ("en_GB", "tue 3 november 2026", date(2026, 11, 3)),
        ("es_ES", "3 noviembre 2026", date(2026, 11, 3)),
        ("es_ES", "3 Nov 2026", date(2026, 11, 3)),
        ("en_GB", "29 Feb 2028", date(2028, 2, 29)),
        ("en_GB", "30 Feb 2028", None),
        ("en_GB", "2026-13-01", None),
        ("en_GB", "soon", None),
        ("en_GB", "", None),
        ("en_GB", "1/2/3/4", None),
    ],
)
def test_dates_are_read_as_the_locale_writes_them(locale: str, typed: str, meant: date | None) -> None:
    assert read_date(typed, QLocale(locale), TODAY) == meant


@given(day=st.dates(date(1970, 1, 1), date(2100, 12, 31)), locale=st.sampled_from(LOCALES))
def test_what_a_field_writes_it_can_read(day: date, locale: str) -> None:
    assert read_date(show_date(day, QLocale(locale)), QLocale(locale), TODAY) == day
    assert read_date(day.isoformat(), QLocale(locale), TODAY) == day


@given(text=st.text(max_size=20), locale=st.sampled_from(LOCALES))
def test_any_text_is_a_date_or_none(text: str, locale: str) -> None:
    read_date(text, QLocale(locale), TODAY)
    read_time(text, QLocale(locale))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("9h15", time(9, 15)),
        ("2:30 pm", time(14, 30)),
        ("12 am", time(0)),
        ("12 p.m.", time(12)),
        ("25:00", None),
        ("13 pm", None),
        ("noon", None),
        ("", None),
    ],
)
def test_times_are_read(typed: str, meant: time | None) -> None:
    assert read_time(typed, QLocale("en_GB")) == meant


@given(clock=st.times().map(lambda t: time(t.hour, t.minute)), locale=st.sampled_from(LOCALES))
def test_what_a_time_field_writes_it_can_read(clock: time, locale: str) -> None:
    assert read_time(show_time(clock, QLocale(locale)), QLocale(locale)) == clock


def test_a_date_field_can_be_cleared_and_moved_by_keys(qtbot: QtBot) -> None:
    field = DateField("Closes on", lambda: TODAY)
    qtbot.addWidget(field)
    field.set_value(date(2026, 10, 31))
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == date(2026, 11, 1)
    field.line.clear()
    assert field.value() is None
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == TODAY


def test_a_required_date_says_so(qtbot: QtBot) -> None:
    field = DateField("Date", lambda: TODAY, required=True)
    qtbot.addWidget(field)
    with pytest.raises(Refused, match="Date is empty"):
        field.value()


def test_the_calendar_picks_a_date(qtbot: QtBot) -> None:
    field = DateField("Closes on", lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    field.open_calendar()
    calendar = field.calendar
    assert calendar is not None
    QTest.keyClick(calendar, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.committed):
        calendar.activated.emit(calendar.selectedDate().addDays(1))
    assert field.value() == date(2026, 10, 15)


def test_a_time_field_moves_by_a_quarter_of_an_hour(qtbot: QtBot) -> None:
    field = TimeField("Time")
    qtbot.addWidget(field)
    field.set_value(time(23, 50))
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == time(0, 5)
