"""The fields for dates and times: read as the locale writes, written out when they are left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.reading.days import Days
from followup_desktop.ui.kit.date_panel import DatePanel, DateQuestion
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.theme import Theme
from tests.formats import formats_of
from tests.pseudo_locale import speaking
from tests.sources import PACKAGE, trees_with
from tests.sweeps import swept
from tests.tables import tabled
from tests.test_architecture import mentions

TODAY = date(2026, 10, 14)
LOCALES = (
    *("en_GB", "en_US", "es_ES", "de_DE", "fr_FR", "zh_CN", "ja_JP", "sv_SE", "hu_HU", "lt_LT", "ko_KR"),
    *("it_IT", "nl_NL", "pl_PL", "pt_BR", "fi_FI", "da_DK", "cs_CZ", "tr_TR", "ru_RU", "et_EE", "vi_VN"),
    *("fa_IR", "ar_EG", "he_IL", "th_TH", "mn_MN", "ca_ES", "id_ID", "el_GR", "uk_UA", "ro_RO", "hr_HR"),
)

Shown = Callable[[QWidget], QLineEdit]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Shows a field in a window with another line, to which the keyboard can go."""

    kept = []

    def show(field: QWidget) -> QLineEdit:
        window = QWidget()
        kept.append(window)
        column = QVBoxLayout(window)
        elsewhere = QLineEdit()
        column.addWidget(field)
        column.addWidget(elsewhere)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        field.setFocus()
        return elsewhere

    return show


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        (
            "in 20 working days",
            None,
            date(2026, 12, 31),
        ),  # England has the 25th and, for the 26th, the 28th off
        ("in 20 working days", "US", date(2026, 12, 31)),  # the 25th, and away on the 4th
        ("3 working days after 2 Dec", None, date(2026, 12, 8)),  # not on the 4th, when the user is away
        ("last working day of May 2027", None, date(2027, 5, 28)),  # the 31st is a holiday
        ("in 20 days", None, date(2026, 12, 21)),
    ],
)
def test_working_days_are_those_that_the_calendar_marks(
    theme: Theme, typed: str, country: str | None, meant: date
) -> None:
    now = datetime.fromisoformat("2026-12-01T09:00Z")
    away = ((date(2026, 12, 4), date(2026, 12, 4)),) if typed != "in 20 working days" or country else ()
    days = Days(lambda: now, lambda: Policy(timezone="Europe/London", country="GB-ENG", away=away))
    with formats_of("en_GB"):
        field = DateField("Date", days.today).with_calendar(theme, days.of(lambda: country))
        field.line.setText(typed)
        assert field.value() == field.meaning() == meant


def in_locale(typed: str, locale: str, direction: Direction = Direction.NEXT) -> date:
    with formats_of(locale):
        field = DateField("Date", lambda: TODAY, direction)
        field.line.setText(typed)
        found = field.value()
    assert isinstance(found, date)
    return found


@tabled(
    "locale, typed, meant",
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
        ("es_ES", "3 de noviembre de 2026", date(2026, 11, 3)),
        ("es_ES", "3 Nov 2026", date(2026, 11, 3)),
        ("es_ES", "mar 3 nov", date(2026, 11, 3)),
        ("es_ES", "viernes", date(2026, 10, 16)),
        ("es_ES", "mar", date(2026, 10, 20)),
        ("de_DE", "Fr., 23. Oktober", date(2026, 10, 23)),
        ("fr_FR", "1 mars", date(2027, 3, 1)),
        ("en_GB", "29 Feb 2028", date(2028, 2, 29)),
        # year-first: what the year-first format leaves open is read as its languages write it
        ("sv_SE", "7/1", date(2027, 1, 7)),
        ("sv_SE", "5.6.26", date(2026, 6, 5)),
        ("sv_SE", "31/12/25", date(2025, 12, 31)),
        ("sv_SE", "2026-11-03", date(2026, 11, 3)),
        ("sv_SE", "fredag", date(2026, 10, 16)),
        ("en_SE", "7/1", date(2027, 1, 7)),
        ("hu_HU", "7/1", date(2027, 7, 1)),
        ("hu_HU", "11.3.", date(2026, 11, 3)),
        ("hu_HU", "5.6.26", date(2026, 6, 5)),
        ("zh_CN", "7/1", date(2027, 7, 1)),
        ("zh_CN", "31/12/25", date(2025, 12, 31)),
        ("ja_JP", "11/3", date(2026, 11, 3)),
        ("ja_JP", "26/11/3", date(2026, 11, 3)),
        ("ko_KR", "11. 3.", date(2026, 11, 3)),
        ("ko_KR", "26. 11. 3.", date(2026, 11, 3)),
        ("lt_LT", "31/12/25", date(2025, 12, 31)),
        ("lt_LT", "11-03", date(2026, 11, 3)),
    ],
)
def test_dates_are_read_as_the_locale_writes_them(qapp: object, locale: str, typed: str, meant: date) -> None:
    assert in_locale(typed, locale) == meant


@given(
    day=st.dates(date(1970, 1, 1), date(2100, 12, 31)),
    locale=st.sampled_from(LOCALES),
    direction=st.sampled_from(Direction),
)
def test_what_a_field_writes_it_can_read(qapp: object, day: date, locale: str, direction: Direction) -> None:
    with formats_of(locale):
        written = DateField("Date", lambda: TODAY).written(day)
    assert in_locale(written, locale, direction) == day
    assert in_locale(written.upper(), locale, direction) == day
    assert in_locale(day.isoformat(), locale, direction) == day


@pytest.mark.parametrize("by_country", swept([False, True], lambda by_country: not by_country))
def test_what_a_field_writes_can_be_read_in_every_locale_there_is(qapp: object, by_country: bool) -> None:
    """In a few the same letters are a month and a weekday, or two months but for their accents."""
    names = [name for name in localedata.locale_identifiers() if ("_" in name) is by_country]
    assert len(names) > (600 if by_country else 200)
    days = (date(2027, 3, 23), date(2027, 5, 20), date(2027, 6, 6), date(2027, 12, 9))
    field, wrong = DateField("Date", lambda: TODAY), []
    for name in names:
        with formats_of(name):
            for day in days:
                field.line.setText(field.written(day))
                if field.meaning() != day:
                    wrong.append((name, field.typed()))
    assert wrong == []


@pytest.mark.parametrize(("typed", "meant"), [("st", date(2026, 10, 21)), ("št", date(2026, 10, 15))])
def test_an_accent_can_tell_two_weekdays_apart(qapp: object, typed: str, meant: date) -> None:
    assert in_locale(typed, "sk_SK") == meant


@tabled("locale", LOCALES)
def test_english_is_read_in_every_locale(qapp: object, locale: str) -> None:
    for said, meant in (
        ("today", TODAY),
        ("thursday", date(2026, 10, 15)),
        ("in 2 to 3 weeks", date(2026, 11, 4)),
        ("Friday the 23rd", date(2026, 10, 23)),
        ("by the end of next week", date(2026, 10, 23)),
    ):
        assert in_locale(said, locale) == meant


def time_in(field: TimeField, typed: str, locale: str) -> time | None:
    with formats_of(locale):
        field.line.setText(typed)
        found = field.meaning()
    assert found is None or isinstance(found, time)
    return found


@given(clock=st.times().map(lambda t: time(t.hour, t.minute)), locale=st.sampled_from(LOCALES))
def test_what_a_time_field_writes_it_can_read(qapp: object, clock: time, locale: str) -> None:
    for working_day in (False, True):
        field = TimeField("Time", working_day=working_day)
        with formats_of(locale):
            written = field.written(clock)
        assert time_in(field, written, locale) == clock


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("en_GB", "5", time(17)),
        ("en_GB", "5:30", time(5, 30)),
        ("en_US", "5:30", time(17, 30)),
        ("en_US", "5:30 AM", time(5, 30)),
        ("en_US", "9", time(9)),
        ("de_DE", "14.30", time(14, 30)),
        ("en_GB", "half past two", time(14, 30)),
        ("de_DE", "halb drei", time(14, 30)),
        ("fr_FR", "deux heures et demie", time(14, 30)),
        ("en_GB", "noon", time(12)),
        ("en_GB", "qqq", None),
    ],
)
def test_a_time_of_an_interview_is_one_of_the_day(
    qtbot: QtBot, locale: str, typed: str, meant: time | None
) -> None:
    field = TimeField("Time", working_day=True)
    qtbot.addWidget(field)
    assert time_in(field, typed, locale) == meant


@pytest.mark.parametrize(
    ("direction", "typed", "written"),
    [
        (Direction.NEXT, "friday", "Fri 16 Oct"),
        (Direction.NEXT, "8 jan", "Fri 8 Jan 2027"),
        (Direction.NEXT, "monday week", "Mon 26 Oct"),
        (Direction.LAST, "friday", "Fri 9 Oct"),
        (Direction.LAST, "20 dec", "Sat 20 Dec 2025"),
        (Direction.LAST, "today", "Wed 14 Oct"),
    ],
)
def test_what_was_understood_is_written_out_when_the_field_is_left(
    shown: Shown, direction: Direction, typed: str, written: str
) -> None:
    field = DateField("Date", lambda: TODAY, direction)
    elsewhere = shown(field)
    QTest.keyClicks(field.line, typed)
    assert field.typed() == typed
    assert field.understood.sentence.startswith(f"= {written}")
    elsewhere.setFocus()
    assert field.typed() == written
    assert field.refusal == ""


@pytest.mark.parametrize("typed", ["qqq", "Friday the 22nd", "31 April"])
def test_what_is_no_date_gets_its_sentence_when_the_field_is_left(shown: Shown, typed: str) -> None:
    field = DateField("Date", lambda: TODAY)
    elsewhere = shown(field)
    QTest.keyClicks(field.line, typed)
    assert field.refusal == ""
    elsewhere.setFocus()
    assert field.refusal.endswith(".")
    assert field.typed() == typed
    assert field.editor.accessibleDescription() == field.refusal
    field.setFocus()
    QTest.keyClicks(field.line, " ")
    assert field.refusal == ""


def test_an_empty_field_may_be_passed_through(shown: Shown) -> None:
    field = DateField("Date", lambda: TODAY, required=True)
    elsewhere = shown(field)
    elsewhere.setFocus()
    assert field.refusal == ""


@pytest.mark.parametrize(
    ("direction", "typed", "said"),
    [
        (Direction.NEXT, "yesterday", "Yesterday. That day has passed."),
        (Direction.NEXT, "8 Feb 2026", "248 days ago. That day has passed."),
        (Direction.NEXT, "29 feb", "In 503 days. That's more than a year ahead."),
        (Direction.NEXT, "next week", "In 9 days. It can be any day from Mon 19 Oct to Fri 23 Oct."),
        (Direction.NEXT, "friday at 5pm", "In 2 days. The time isn't saved here."),
        (Direction.LAST, "tomorrow", "Tomorrow. That day is in the future."),
        (Direction.NEXT, "friday", "In 2 days"),
        (Direction.LAST, "friday", "5 days ago"),
    ],
)
def test_what_one_would_not_expect_is_said_below_the_field(
    shown: Shown, direction: Direction, typed: str, said: str
) -> None:
    field = DateField("Date", lambda: TODAY, direction)
    elsewhere = shown(field)
    QTest.keyClicks(field.line, typed)
    elsewhere.setFocus()
    assert field.understood.sentence == said
    assert field.editor.accessibleDescription() == said
    field.set_value(date(2026, 10, 12))
    assert field.understood.isHidden()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "la semana que viene",
            "= Fri 23 Oct 2026, in 9 days. It can be any day from Mon 19 Oct to Fri 23 Oct.",
        ),
        ("viernes", "= Fri 16 Oct 2026, in 2 days"),
        ("viernes 22 octubre", "22 October 2026 is a Thursday, not a Friday. Change one of them."),
        ("31 abril", "April has only 30 days. Check the day."),
        ("qqq", ("“qqq” isn't a date. Try something like 14 October 2026, “next Friday” or “in two weeks”.")),
    ],
)
def test_a_date_within_a_sentence_is_in_its_language(qtbot: QtBot, typed: str, said: str) -> None:
    field = DateField("Date", lambda: TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, typed)
    understood = field.understood.sentence
    field.settle()
    assert said in (understood, field.refusal)


def test_a_time_is_written_out_or_refused_when_the_field_is_left(shown: Shown) -> None:
    field = TimeField("Time", working_day=True)
    elsewhere = shown(field)
    QTest.keyClicks(field.line, "5")
    assert field.understood.sentence == "= 17:00"
    elsewhere.setFocus()
    assert field.typed() == "17:00"
    field.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, "qqq")
    elsewhere.setFocus()
    assert "isn't a time" in field.refusal


def test_there_is_one_reader_whatever_the_widget() -> None:
    """No widget of Qt's reads dates or times; only the fields here and two readers of texts do."""
    others = {"QDateEdit", "QDateTimeEdit", "QTimeEdit", "QDateTime.fromString", "QDate.fromString"}
    found = {
        (path.relative_to(PACKAGE).as_posix(), name.rpartition(".")[2])
        for path, tree in trees_with("QDate", "QTime", "read_date")
        for name in mentions(tree)
        if any(f".{name}".endswith(f".{other}") for other in others) or name.endswith(".dates.read_date")
    }
    assert found == {
        ("ui/kit/forms/dates.py", "read_date"),
        ("services/capture/spoken_titles.py", "read_date"),
        ("services/capture/dates_in_text.py", "read_date"),
    }


@pytest.mark.parametrize(("typed", "kept"), [("10", "10:00"), ("5 pm", "17:00"), ("half", "half")])
def test_a_time_is_kept_as_every_language_writes_it(qtbot: QtBot, typed: str, kept: str) -> None:
    field = TimeField("Time")
    qtbot.addWidget(field)
    with formats_of("en_US"):
        QTest.keyClicks(field.line, typed)
        field.settle()
        assert field.draft() == kept
    with formats_of("de_DE"):
        field.type_again(kept)
        assert (field.typed(), field.dirty) == (kept, True)
    with formats_of("en_US"):
        field.type_again(kept)
        assert field.draft() == kept
        assert kept == "half" or field.typed().replace("\u202f", " ").endswith("M")


def test_what_is_kept_of_a_form_means_the_same_on_another_day(qtbot: QtBot) -> None:
    today = [TODAY]
    field = DateField("Date", lambda: today[0])
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "tomorrow")
    kept = field.draft()
    today[0] = date(2026, 10, 20)
    field.set_value(None)
    field.type_again(kept)
    assert (field.value(), field.typed(), field.dirty) == (date(2026, 10, 15), "Thu 15 Oct", True)
    field.type_again("qqq")
    assert field.draft() == "qqq"


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


def test_a_time_field_moves_by_a_quarter_of_an_hour(qtbot: QtBot) -> None:
    field = TimeField("Time")
    qtbot.addWidget(field)
    field.set_value(time(23, 50))
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == time(0, 5)


@pytest.mark.parametrize(
    "said",
    [
        ("tomorrow at 5", "= Thu 15 Oct 2026, 17:00, tomorrow", "Thu 15 Oct", "17:00"),
        ("8 jan 9.30am", "= Fri 8 Jan 2027, 09:30, in 86 days", "Fri 8 Jan 2027", "09:30"),
        ("in 2 hours", "= Wed 14 Oct 2026, 12:07, today", "Wed 14 Oct", "12:07"),
        ("morgen um halb fünf", "= Thu 15 Oct 2026, 16:30, tomorrow", "Thu 15 Oct", "16:30"),
        ("mañana a las 7 de la tarde", "= Thu 15 Oct 2026, 19:00, tomorrow", "Thu 15 Oct", "19:00"),
        ("friday", "= Fri 16 Oct 2026, in 2 days", "Fri 16 Oct", "10:00"),
        ("friday morning", "= Fri 16 Oct 2026, in 2 days. Enter a time, too.", "Fri 16 Oct", ""),
        ("friday at half 3", "= Fri 16 Oct 2026, 15:30, in 2 days", "Fri 16 Oct", "15:30"),
    ],
)
@pytest.mark.parametrize("into", ["date", "time"])
def test_a_moment_is_understood_by_both_fields(
    shown: Shown, theme: Theme, into: str, said: tuple[str, str, str, str]
) -> None:
    """A day and its time may be typed into either field; a day alone belongs into that of the date.

    A part of the day isn't the hour that was proposed, which makes room for one.
    """
    typed, echo, day, clock = said
    field, beside = moment(theme)
    of_both = QWidget()
    row = QVBoxLayout(of_both)
    row.addWidget(field)
    row.addWidget(beside)
    elsewhere = shown(of_both)
    used = field if into == "date" else beside
    used.line.setFocus()
    used.line.replace_text(typed)
    if into == "time" and clock in {"10:00", ""}:
        assert not field.dirty
        return
    assert used.understood.sentence == echo
    assert (field if into == "time" else beside).dirty is False, "the other waits until this one is left"
    elsewhere.setFocus()
    assert (field.typed(), beside.typed()) == (day, clock)
    assert (field.refusal, beside.refusal) == ("", "")


def test_a_form_begins_with_nothing_that_was_said_of_the_one_before(theme: Theme) -> None:
    field, clock = moment(theme)
    field.line.setText("friday morning")
    field.finish()
    clock.line.setText("11:00")
    assert "Enter a time" not in field.understood.sentence, "there is one by now"
    stored = field.value()
    field.begin_with(stored)
    clock.begin_with(time(11))
    assert field.understood.sentence == ""


def test_a_time_typed_with_its_date_is_kept_and_read_before_the_field_is_left(theme: Theme) -> None:
    field, _beside = moment(theme)
    field.line.setText("tomorrow at 5")
    kept = field.draft()
    again, beside_again = moment(theme)
    again.type_again(kept)
    for each in (again, beside_again):
        each.finish()
    assert (again.value(), beside_again.value()) == (date(2026, 10, 15), time(17))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_time_typed_with_its_date_is_put_back_as_the_language_of_now_writes_it(
    theme: Theme, language: str
) -> None:
    """The user who changes the language isn't shown the form in which it was kept."""
    with speaking("de"):
        field, _beside = moment(theme)
        field.line.setText("nächsten Freitag um 15 Uhr")
        kept = field.draft()
    assert kept == "2026-10-23 15:00"
    with speaking(language):
        again, beside_again = moment(theme)
        again.type_again(kept)
        assert again.typed().startswith(again.written(date(2026, 10, 23)))
        assert "2026" not in again.typed()
        assert again.draft() == kept
        for each in (again, beside_again):
            each.finish()
        assert (again.value(), beside_again.value()) == (date(2026, 10, 23), time(15))


def test_a_field_reads_its_own_words_when_the_year_has_turned(qtbot: QtBot) -> None:
    today = [date(2026, 12, 31)]
    field = DateField("Date", lambda: today[0])
    qtbot.addWidget(field)
    field.set_value(date(2026, 10, 16))
    assert field.typed() == "Fri 16 Oct"
    today[0] = date(2027, 1, 1)
    assert field.value() == date(2026, 10, 16)


def moment(theme: Theme) -> tuple[DateField, TimeField]:
    """A date with its time beside it, at ten, on Wed 14 October 2026, 10:07."""
    days = Days(lambda: datetime.combine(TODAY, time(10, 7), UTC), Policy)
    beside = TimeField("Time", working_day=True)
    field = DateField("Date", days.today, required=True).with_calendar(theme, days).with_time(beside)
    field.set_value(TODAY)
    beside.set_value(time(10))
    return field, beside


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("yesterday at 25", "25"),
        ("friday 25:00", "25:00"),
        ("Fri 16 Oct at 14:75", "14:75"),
        ("tomorrow at 13pm", "13pm"),
        ("morgen um 25 Uhr", "25"),
        ("mañana a las 25", "25"),
        ("demain à 25 heures", "25"),
    ],
)
def test_a_time_that_there_is_not_is_refused_beside_its_day(
    qtbot: QtBot, theme: Theme, typed: str, wrong: str
) -> None:
    field, beside = moment(theme)
    qtbot.addWidget(field)
    qtbot.addWidget(beside)
    field.line.selectAll()
    field.line.insert(typed)  # QTest has no keys for accents
    field.settle()
    assert field.refusal == f"“{wrong}” isn't a time. Enter one like 14:30."
    assert (field.typed(), beside.value()) == (typed, time(10))


@pytest.mark.parametrize("typed", ["friday morning", "Fri 16 Oct, 9h", "friday at half past two"])
def test_a_day_with_no_hour_of_its_own_is_taken(qtbot: QtBot, theme: Theme, typed: str) -> None:
    field, beside = moment(theme)
    qtbot.addWidget(field)
    qtbot.addWidget(beside)
    field.line.selectAll()
    field.line.insert(typed)  # QTest has no keys for accents
    field.settle()
    assert field.value() == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "said"),
    [
        (
            *("Europe/London", "28 March 2027", "01:30"),
            "The clocks go forward that day, so 01:30 doesn't exist. It counts as 02:30.",
        ),
        (
            *("America/Santiago", "6 September 2026", "00:15"),
            "The clocks go forward that day, so 00:15 doesn't exist. It counts as 01:15.",
        ),
        (
            *("Europe/London", "25 October 2026", "01:30"),
            "The clocks go back that day, so 01:30 comes twice. The first one counts.",
        ),
        ("Europe/London", "28 March 2027", "02:30", ""),
        ("Europe/Madrid", "28 March 2027", "01:30", ""),
        ("Europe/London", "29 March 2027", "01:30", ""),
    ],
)
def test_what_the_clocks_do_at_a_time_is_said_below_it_whichever_is_typed_last(
    qtbot: QtBot, zone: str, day: str, clock: str, said: str
) -> None:
    for order in ("date", "time"):
        at = TimeField("Time")
        on = DateField("Date", lambda: date(2026, 7, 1)).with_time(at, lambda: zone)
        for field in (on, at):
            qtbot.addWidget(field)
        for field, text in ((on, day), (at, clock)) if order == "time" else ((at, clock), (on, day)):
            field.line.setText(text)
            field.settle()
        assert at.understood.sentence == said


def test_what_the_clocks_do_stands_below_the_date_where_the_time_has_little_room(
    qtbot: QtBot, theme: Theme
) -> None:
    days = Days(lambda: datetime.fromisoformat("2026-10-14T00:00Z"), lambda: Policy(timezone="Europe/London"))
    parent = QWidget()
    qtbot.addWidget(parent)
    question = DateQuestion(label="Remind me again", initial=datetime.fromisoformat("2027-03-28T01:30"))
    panel = DatePanel(theme, question, days, parent)
    panel.begin()
    assert panel.time is not None
    assert "so 01:30 doesn't exist" in panel.date.understood.sentence
    assert panel.time.understood.sentence == ""
    panel.time.line.setText("03:30")
    assert "doesn't exist" not in panel.date.understood.sentence
