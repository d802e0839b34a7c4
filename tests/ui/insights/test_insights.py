"""The Insights view: sentences, pictures and tables say the same, for pointer, keyboard and ear."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, Contact, Facts, Interview, Stage
from followup_desktop.i18n import in_use, install, use
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.reading import insights
from followup_desktop.services.rows import TodaySection
from followup_desktop.services.rows.figures import Chart, Period
from followup_desktop.services.wording.insights import InsightWords
from followup_desktop.ui.insights.card import FittedTable
from followup_desktop.ui.insights.drawing import Band
from followup_desktop.ui.insights.view import InsightsView
from followup_desktop.ui.kit.requests import AddApplication, Request, SuggestSetting
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.settings.view import SettingsView
from tests.pseudo_locale import speaking
from tests.scene import settle
from tests.searches import search
from tests.tables import tabled
from tests.ui.desk import Desk, Open, PutUp, page_of
from tests.ui.situations import NOW


@pytest.fixture
def view(desk: Desk, theme: Theme, put_up: PutUp) -> InsightsView:
    """The view of eighty applications."""
    return shown(desk, theme, put_up, search(80, NOW))


def shown(desk: Desk, theme: Theme, put_up: PutUp, facts: Facts) -> InsightsView:
    desk.put(facts)
    view = InsightsView(desk.context(theme))
    view.resize(1000, 700)
    put_up(view)
    return view


def test_three_sentences_say_how_it_goes(view: InsightsView) -> None:
    met = view.figures.met
    said = f"You sent 80 applications. {met} led to an interview: about one in "
    assert view.sentences.text().startswith(said)
    assert f"Half of {view.figures.answer_times.n} answers came within " in view.sentences.text()
    assert view.sentences.text().endswith(
        f"You did {view.figures.done_in_time} of {view.figures.due} follow-ups in time."
    )


def test_arrows_go_through_a_picture_as_its_table_does(view: InsightsView) -> None:
    card = view.cards[Chart.SOURCES]
    assert card.words is not None
    card.picture.setFocus()
    heard = [card.picture.accessibleDescription()]
    for _row in card.words.rows[1:]:
        QTest.keyClick(card.picture, Qt.Key.Key_Down)
        heard.append(card.picture.accessibleDescription())
    assert heard == [card.words.spoken(row) for row in range(len(card.words.rows))]
    assert heard[0].startswith("LinkedIn, Sent: ")
    QTest.keyClick(card.picture, Qt.Key.Key_Home)
    assert card.picture.current == 0


@tabled("chart", Chart)
def test_behind_each_picture_is_a_table_with_headings(view: InsightsView, chart: Chart) -> None:
    card = view.cards[chart]
    assert card.words is not None
    card.table_button.click()
    assert (card.picture.isHidden(), card.table.isHidden()) == (True, False)
    rows, columns = card.model.rowCount(), card.model.columnCount()
    cells = [tuple(card.model.index(r, c).data() for c in range(columns)) for r in range(rows)]
    assert cells == list(card.words.rows)
    across = Qt.Orientation.Horizontal
    to_ear = Qt.ItemDataRole.AccessibleTextRole
    assert tuple(card.model.headerData(c, across, to_ear) for c in range(columns)) == card.words.headings
    shown_ones = [card.model.headerData(c, across).replace("\n", " ") for c in range(columns)]
    assert tuple(shown_ones) == card.words.headings
    spoken = QAccessible.queryAccessibleInterface(card.table)
    assert spoken is not None
    assert spoken.text(QAccessible.Text.Name).endswith(card.words.title)


def test_a_table_is_made_when_it_is_first_wanted(view: InsightsView) -> None:
    assert view.findChildren(FittedTable) == []
    card = view.cards[Chart.SOURCES]
    card.table_button.click()
    assert view.findChildren(FittedTable) == [card.table]
    assert card.picture.nextInFocusChain() is card.table, "the Tab key comes to it from the picture's place"


def test_how_it_is_counted_is_a_tool_tip_and_is_heard(view: InsightsView) -> None:
    for card in view.cards.values():
        assert card.words is not None
        assert card.words.definition.split("'")[0] in card.heading.toolTip()
        assert card.heading.accessibleDescription() == card.words.definition


def test_filters_count_less_and_an_edit_counts_anew(view: InsightsView, desk: Desk) -> None:
    field = view.filters.stage
    field.combo.setCurrentIndex(field.combo.findText("Rejected"))
    assert {end for level in view.figures.flow for end, _n in level.ends} == {"rejected"}
    before = view.figures.sent
    moved = next(a for a in desk.store.applications() if a.stage is Stage.APPLIED)
    desk.tracker.set_stage(moved.id, Stage.REJECTED)
    assert view.figures.sent == before + 1


def test_the_sentences_are_heard_where_the_view_opens_and_once_a_filter_was_chosen(
    view: InsightsView, desk: Desk
) -> None:
    voice = Announcer.of(view)
    voice.speak()
    before = len(voice.said)
    assert view.announcement == view.sentences.text() != ""
    view.filters.period.combo.setCurrentIndex(list(Period).index(Period.FOUR_WEEKS))
    voice.speak()
    assert voice.said[before:] == [view.announcement]
    view.filters.changed.emit()  # as a field does that is left as it was
    voice.speak()
    assert len(voice.said) == before + 1
    desk.tracker.edit_application(desk.store.facts().applications[0].id, location="Madrid")
    voice.speak()
    assert len(voice.said) == before + 1, "an edit isn't asked for"


def test_own_dates_show_their_fields(view: InsightsView) -> None:
    assert view.filters.first.isHidden()
    field = view.filters.period
    field.combo.setCurrentIndex(list(Period).index(Period.OWN))
    assert not view.filters.first.isHidden()
    view.filters.first.line.setText("2026-10-01")
    QTest.keyClick(view.filters.first.line, Qt.Key.Key_Return)
    assert 0 < view.figures.sent < 80


def test_own_dates_are_asked_of_that_period_alone(view: InsightsView) -> None:
    """The suggestion of the own numbers needs a look at everything."""
    periods = view.filters.period.combo
    before = view.figures.check_in_days
    periods.setCurrentIndex(list(Period).index(Period.OWN))
    view.filters.first.line.setText("2026-10-01")
    QTest.keyClick(view.filters.first.line, Qt.Key.Key_Return)
    assert view.figures.check_in_days is None
    periods.setCurrentIndex(list(Period).index(Period.ALL))
    assert view.figures.check_in_days == before is not None


def test_a_filter_that_was_chosen_stays_when_it_is_written_otherwise_or_gone(view: InsightsView) -> None:
    filters = view.filters
    filters.offer(["Job fair", "Referral"], ["Remote"])
    filters.source.set_value("Referral")
    filters.tag.set_value("Remote")
    filters.offer(["Job fair", "referral"], ["remote"])
    assert (filters.query().source, filters.query().tag) == ("referral", "remote")
    filters.offer(["Job fair"], [])
    assert (filters.query().source, filters.query().tag) == ("referral", "remote")
    filters.source.set_value(None)
    filters.offer(["Job fair"], [])
    assert filters.source.combo.findText("referral") == -1


def test_nothing_moves_while_a_date_of_the_period_is_typed(view: InsightsView) -> None:
    filters = view.filters
    filters.period.combo.setCurrentIndex(list(Period).index(Period.OWN))
    settle()
    line = filters.first.line
    parts = (filters.period.combo, line, filters.last.line, filters.stage.combo, view.sentences)

    def places() -> list[QPoint]:
        return [part.mapTo(view, QPoint()) for part in parts]

    before = places()
    QTest.keyClicks(line, "Monday 28 September")
    settle()
    assert filters.first.understood.isVisible()
    assert places() == before
    text = line.fontMetrics().horizontalAdvance("Tuesday 30 November")
    assert text <= line.width() - line.textMargins().left() - line.textMargins().right()
    filters.first.open_picker()
    assert filters.first.picker is not None
    assert filters.first.picker.isVisible()
    filters.first.picker.hide()


@pytest.mark.parametrize("spoken", ["en_GB", "de_DE", "es_ES", "fr_FR"])
def test_every_table_fits_its_card_in_the_usual_window(open_window: Open, spoken: str) -> None:
    """With its first column whole, in every language."""
    before = in_use()
    use(spoken, resources_dir() / "locale")
    try:
        window = open_window(search(200, NOW), "insights")
        window.resize(1280, 800)
        settle()
        view = page_of(window, InsightsView)
        flow = view.cards[Chart.FLOW].picture.drawing
        assert any(isinstance(shape, Band) for shape in flow.shapes), "which has its room, too"
        for card in view.cards.values():
            card.table_button.click()
        settle()
        for chart, card in view.cards.items():
            table = card.table
            assert table.horizontalHeader().length() <= table.viewport().width(), chart
            assert table.columnWidth(0) >= table.sizeHintForColumn(0), chart
            header = table.horizontalHeader()
            letters = window.context.theme.metrics(Type.SMALL, QFont.Weight.DemiBold)
            for column in range(header.count()):
                heading = str(table.model().headerData(column, Qt.Orientation.Horizontal))
                room = header.sectionSize(column) - 2 * 8
                assert max(map(letters.horizontalAdvance, heading.splitlines())) <= room, (chart, heading)
    finally:
        install(*before)


@pytest.mark.parametrize("spoken", ["en_GB", "de_DE", "es_ES", "fr_FR"])
def test_nothing_moves_while_it_is_told_why_a_date_is_none(
    desk: Desk, theme: Theme, put_up: PutUp, spoken: str
) -> None:
    """In no language: the longest sentence has its room from the beginning."""
    before = in_use()
    use(spoken, resources_dir() / "locale")
    try:
        view = shown(desk, theme, put_up, search(40, NOW))
        view.filters.period.combo.setCurrentIndex(list(Period).index(Period.OWN))
        settle()
        place = view.sentences.mapTo(view, QPoint())
        for field, typed in ((view.filters.first, "soon-ish"), (view.filters.last, "31 February")):
            field.line.setText(typed)
            QTest.keyClick(field.line, Qt.Key.Key_Return)
            settle()
            assert field.refusal
            assert view.sentences.mapTo(view, QPoint()) == place
    finally:
        install(*before)


@pytest.mark.parametrize(("first", "last"), [("soon-ish", ""), ("2026-10-10", "2026-10-01")])
def test_days_that_cannot_be_used_are_told_and_narrow_nothing(
    view: InsightsView, first: str, last: str
) -> None:
    view.filters.period.combo.setCurrentIndex(list(Period).index(Period.OWN))
    for field, typed in ((view.filters.first, first), (view.filters.last, last)):
        field.line.setText(typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    refused = [field.refusal for field in (view.filters.first, view.filters.last) if field.refusal]
    assert len(refused) == 1
    assert view.filters.first.line.text()


def test_nothing_yet_offers_to_begin(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    view = shown(desk, theme, put_up, Facts())
    asked: list[Request] = []
    view.asked.connect(asked.append)
    assert view.nothing.isVisible()
    view.nothing.button.click()
    assert asked == [AddApplication()]


def test_from_few_nothing_is_concluded(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    view = shown(desk, theme, put_up, search(3, NOW))
    assert "one in" not in view.sentences.text()
    assert "too few" in view.sentences.text() or "No answers yet" in view.sentences.text()
    assert view.patience.isHidden()


def test_what_is_due_but_has_time_left_has_not_reached_its_deadline(
    desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    met = Interview(id="i1", starts_at=(NOW - timedelta(hours=4)).replace(tzinfo=None), minutes=60)
    one = Application(id="a1", employer="Acme", role="Clerk", stage=Stage.INTERVIEWING, stage_at=NOW)
    view = shown(desk, theme, put_up, Facts(applications=(replace(one, interviews=(met,)),)))
    assert TodaySection.NOW in {row.section for row in desk.overview.detail("a1", NOW).follow_ups}
    assert view.sentences.text().endswith("No follow-up has reached its deadline yet.")
    words = view.cards[Chart.IN_TIME].words
    assert words is not None
    assert words.nothing == "No deadline has passed yet"


def test_many_are_counted_beside_the_window(
    desk: Desk, theme: Theme, put_up: PutUp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insights, "AT_ONCE", 10)
    view = shown(desk, theme, put_up, search(80, NOW))
    assert view.figures.sent == 0, "not counted yet, and the window hasn't waited"
    qtbot.waitUntil(lambda: view.figures.sent == 80)
    combo = view.filters.source.combo
    offered = [combo.itemText(place) for place in range(combo.count())]
    assert offered[0] == "All sources"
    assert "LinkedIn" in offered


def test_what_is_pointed_at_in_an_open_filter_stays_so_over_an_edit_that_changes_none(
    view: InsightsView, desk: Desk
) -> None:
    combo = view.filters.source.combo
    combo.showPopup()
    combo.view().setCurrentIndex(combo.model().index(1, 0))
    applied = next(each for each in desk.store.facts().applications if each.stage is Stage.APPLIED)
    desk.tracker.set_stage(applied.id, Stage.REJECTED)
    assert combo.view().currentIndex().row() == 1
    combo.hidePopup()


def test_a_picture_is_copied_with_its_table(view: InsightsView, desk: Desk) -> None:
    said: list[str] = []
    view.status.connect(said.append)
    menu = view.cards[Chart.AGES]._make_menu(Chart.AGES)
    for action in menu.actions()[:2]:
        action.trigger()
    assert said == ["Copied the picture", "Copied the table"]
    assert QGuiApplication.clipboard().text().startswith("Applied\tApplications\nunder a week ago\t")


def test_own_numbers_are_a_suggestion_that_changes_nothing(view: InsightsView, desk: Desk) -> None:
    asked: list[Request] = []
    view.asked.connect(asked.append)
    before = desk.store.policy()
    days = view.figures.check_in_days
    assert days is not None
    assert f"{view.figures.answer_times.n} answers" in view.suggestion.text()
    view.suggestion_button.click()
    assert asked == [SuggestSetting("check_in_working_days", days)]
    assert desk.store.policy() == before


def test_a_suggested_setting_waits_to_be_applied(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    view = SettingsView(desk.context(theme))
    put_up(view)
    before = desk.store.policy()
    assert view.answer(SuggestSetting("check_in_working_days", 13))
    assert view.form.pending == {"check_in_working_days": 13}
    assert desk.store.policy() == before


OWN_WORDS = ("employer", "role", "location", "url", "source", "salary", "resume")


def test_sharing_stands_in_the_menu_where_there_is_something_to_share(open_window: Open) -> None:
    window = open_window(search(80, NOW))
    window.show_view("insights")
    assert "share-search" in [each.id for each in window.actions_.available()]
    window.show_view("today")
    assert "share-search" not in [each.id for each in window.actions_.available()]


def test_a_shared_page_names_nobody(
    desk: Desk, theme: Theme, put_up: PutUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the user can write is another word, and none of them is there."""
    typed: list[str] = []

    def word() -> str:
        typed.append(f"Secret{len(typed):03}x")
        return typed[-1]

    def written() -> dict[str, Any]:
        return {name: word() for name in OWN_WORDS}

    facts = search(12, NOW)
    people = tuple(
        Contact(id=f"p{n}", name=word(), title=word(), employer=word(), email=word()) for n in range(3)
    )
    facts = replace(
        facts,
        contacts=people,
        applications=tuple(
            replace(
                each,
                **written(),
                notes=word(),
                tags=(word(),),
                contacts=("p0",),
                events=tuple(replace(e, note=word(), contact="p1") for e in each.events),
                interviews=tuple(
                    replace(
                        i, notes=word(), topics=word(), process=word(), location=word(), interviewers=("p2",)
                    )
                    for i in each.interviews
                ),
            )
            for each in facts.applications
        ),
    )
    view = shown(desk, theme, put_up, facts)
    target = tmp_path / "my-search.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    view.share_button.click()
    page = target.read_text("utf-8")
    assert len(typed) > 100
    assert not [each for each in typed if each.casefold() in page.casefold()]
    assert "Secret" not in page
    assert "Source A" in page
    assert page.count("<svg") >= 5
    assert "<script" not in page


@pytest.mark.parametrize(
    ("chosen", "written"),
    [
        (("flow.png", "PNG picture (*.png)"), "flow.png"),
        (("flow.png", "SVG picture (*.svg)"), "flow.svg"),
        (("flow.pdf", "PNG picture (*.png)"), "flow.pdf"),
        (("flow.jpg", "PNG picture (*.png)"), "flow.jpg.png"),
    ],
)
def test_a_picture_is_what_its_name_says(
    view: InsightsView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: tuple[str, str], written: str
) -> None:
    beginning = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[Path(written).suffix]
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / chosen[0]), chosen[1])
    )
    view.picture_verbs.save(Chart.FLOW)
    assert [each.name for each in tmp_path.glob("flow*")] == [written]
    assert (tmp_path / written).read_bytes().startswith(beginning)


@pytest.mark.parametrize("code", ["en", "de", "es", "fr"])
def test_a_picture_is_offered_a_name_of_its_title(
    view: InsightsView, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    offered: list[str] = []

    def left(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        offered.append(place)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)
    with speaking(code):
        view.refresh()
        view.picture_verbs.save(Chart.SOURCES)
        title = view.cards[Chart.SOURCES].heading.text()
    assert Path(offered[0]).stem.split("-") == re.findall(r"\w+", title)
    assert Path(offered[0]).suffix == ".png"


def test_no_other_picture_is_written(
    view: InsightsView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "flow.jpg"), ""))
    view.picture_verbs.save(Chart.FLOW)
    assert not list(tmp_path.glob("flow*"))


def test_a_picture_is_a_chart_for_assistive_technology(view: InsightsView) -> None:
    install_roles()
    picture = view.cards[Chart.FLOW].picture
    interface = QAccessible.queryAccessibleInterface(picture)
    assert interface.role() is QAccessible.Role.Chart
    assert interface.text(QAccessible.Text.Name) == "How far they got"


@pytest.mark.parametrize("width", [1040, 760])
def test_a_table_behind_a_picture_fits_beside_the_others(
    desk: Desk, theme: Theme, put_up: PutUp, width: int
) -> None:
    """Nothing in it lies outside: not that a number is one of too few, nor what came of a call."""
    view = shown(desk, theme, put_up, search(30, NOW))
    view.resize(width, 2000)
    for chart in (Chart.SOURCES, Chart.IN_TIME, Chart.CALLS):
        card = view.cards[chart]
        card.table_button.click()
        assert card.table.horizontalScrollBar().maximum() == 0
        font = QFontMetrics(card.table.font())
        for column in range(1, card.model.columnCount()):
            cells = [card.model.index(row, column).data() for row in range(card.model.rowCount())]
            assert max(map(font.horizontalAdvance, cells)) < card.table.columnWidth(column)


def test_a_table_is_fitted_to_what_came_while_its_picture_was_shown(
    view: InsightsView, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as it is hidden, an edit has no cell of it looked at."""
    fitted: list[QObject | None] = []
    hint = FittedTable.sizeHintForColumn

    def noted(table: FittedTable, column: int) -> int:
        fitted.append(table.model().parent())
        return hint(table, column)

    monkeypatch.setattr(FittedTable, "sizeHintForColumn", noted)
    long = "A source with a name that is longer than all the others"
    card = view.cards[Chart.SOURCES]
    desk.tracker.add_application(employer="Acme", role="Lead", source=long, stage=Stage.APPLIED)
    assert fitted == []
    assert long in [card.model.index(row, 0).data() for row in range(card.model.rowCount())]
    card.table_button.click()
    settle()
    assert set(fitted) == {card}
    assert card.table.horizontalScrollBar().maximum() == 0


def test_a_shared_page_is_all_of_one_filter_and_says_of_which(
    desk: Desk, theme: Theme, put_up: PutUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is counted when it is shared: what the window shows may still be what was chosen before."""
    view = shown(desk, theme, put_up, search(80, NOW))
    target = tmp_path / "my-search.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    monkeypatch.setattr(insights, "AT_ONCE", 0)
    source = view.figures.sources[0].source
    view.filters.period.set_value(Period.FOUR_WEEKS)
    view.filters.source.set_value(source)
    view.filters.changed.emit()
    view.share_button.click()
    page = target.read_text("utf-8")
    found = view.context.readers.insights.figures(view.filters.query(), view.context.clock())
    assert 0 < found.sent < 80
    assert InsightWords(NOW.date()).sentences(found)[0] in page
    by_employer = page[page.index("By employer") :]
    assert sum(map(int, re.findall(r"<td>[A-Z]+</td><td>(\d+)</td>", by_employer))) == found.sent
    assert "Last 4 weeks (17 September – 14 October 2026), as of 14 October 2026." in page
    assert "Only some of my applications: from one source." in page
    assert source not in page


def test_a_picture_without_names_names_nobody(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    """Neither as text nor drawn: it is the same picture whatever the sources are called."""
    facts = search(40, NOW)
    sources = sorted({each.source for each in facts.applications if each.source})

    def renamed(word: str) -> Facts:
        names = {source: f"{word}{n:02}" for n, source in enumerate(sources)}
        changed = (replace(each, source=names.get(each.source, "")) for each in facts.applications)
        return replace(facts, applications=tuple(changed))

    view = shown(desk, theme, put_up, renamed("Referral by Ana "))
    switches = {chart: [each for each in view.menu(chart).actions() if each.isCheckable()] for chart in Chart}
    assert [*filter(switches.get, Chart)] == [Chart.SOURCES], "the others hold no word of the user's"
    chart = Chart.SOURCES
    named = view.picture_verbs.sheet(chart)
    assert b"Referral" in named.svg()
    assert "Referral" in named.table()
    switches[chart][0].trigger()
    for each in Chart:
        assert b"Referral" not in view.picture_verbs.sheet(each).svg(), each
        assert "Referral" not in view.picture_verbs.sheet(each).table(), each
    sheet = view.picture_verbs.sheet(chart)
    assert "Source A" in sheet.table()
    assert sheet.image() != named.image()
    desk.put(renamed("A much longer name of a friend "))
    view.show_changes(None)
    again = view.picture_verbs.sheet(chart)
    assert again.image() == sheet.image()
    view.picture_verbs.copy_table(chart)
    assert "Source A" in QGuiApplication.clipboard().text()
    view.menu(chart).actions()[-1].trigger()
    assert "friend" in view.picture_verbs.sheet(chart).table()


def test_the_button_of_a_picture_says_once_what_it_does(view: InsightsView) -> None:
    for card in view.cards.values():
        button = QAccessible.queryAccessibleInterface(card.menu_button)
        assert button.text(QAccessible.Text.Name).startswith("Copy, save or print the picture: ")
        assert button.text(QAccessible.Text.Description) == ""
        table = QAccessible.queryAccessibleInterface(card.table_button)
        assert not table.state().checkable
