"""The columns of the table: how wide they are, which are shown, and how they are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QItemSelectionModel, QPointF, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, Facts, Stage
from followup_desktop.services.rows import ApplicationQuery
from followup_desktop.services.wording import Wording
from followup_desktop.ui.applications.model import ApplicationTableModel
from followup_desktop.ui.applications.table import ApplicationsTable
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.saved_views import Arrangement
from followup_desktop.ui.kit.theme import Theme, ThemeChoice, Type
from followup_desktop.ui.kit.widgets.column_widths import cut_fewest, share_out
from tests.pseudo_locale import speaking
from tests.scene import Shot, settle, staged
from tests.screens import STATES
from tests.ui.applications.conftest import FACTS
from tests.ui.applications.test_model import Source
from tests.ui.desk import Desk
from tests.ui.situations import NOW

EMPLOYER, ROLE = 0, 1
"""The places of these columns, whatever else is shown."""
MEASURED = 48
WIDTHS = st.dictionaries(st.sampled_from("abcdef"), st.integers(20, 400), min_size=1)


@given(wanted=WIDTHS, room=st.integers(0, 1500), least=st.integers(1, 120))
def test_widths_fill_the_room_at_most_and_the_widest_give_way_first(
    wanted: dict[str, int], room: int, least: int
) -> None:
    lowest = {name: min(width, least) for name, width in wanted.items()}
    widths = share_out(wanted, lowest, room)
    assert sum(widths.values()) == max(min(sum(wanted.values()), room), sum(lowest.values()))
    given_way = [width for name, width in widths.items() if lowest[name] < width < wanted[name]]
    untouched = [width for name, width in widths.items() if width == wanted[name]]
    assert max(given_way, default=0) - min(given_way, default=0) <= 1
    assert max(untouched, default=0) <= max(given_way, default=10**6) + 1  # of what doesn't divide


CELLS = st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(20, 400), max_size=12), min_size=1)


@given(cells=CELLS, room=st.integers(0, 1000), more=st.integers(0, 200))
def test_with_more_room_no_column_gets_narrower(cells: dict[str, list[int]], room: int, more: int) -> None:
    wanted = {name: max(widths, default=60) for name, widths in cells.items()}
    least = {name: min(60, width) for name, width in wanted.items()}
    widths = cut_fewest(cells, wanted, least, room)
    assert sum(widths.values()) == max(min(sum(wanted.values()), room), sum(least.values()))
    assert all(least[name] <= widths[name] <= wanted[name] for name in cells)
    wider = cut_fewest(cells, wanted, least, room + more)
    assert all(widths[name] <= wider[name] for name in cells)


def test_as_few_cells_are_cut_as_can_be() -> None:
    cells = {"name": [90, 300, 310, 320], "next": [150, 170, 170, 180]}
    wanted, least = {"name": 320, "next": 180}, {"name": 84, "next": 150}
    assert cut_fewest(cells, wanted, least, 270) == {"name": 90, "next": 180}
    assert cut_fewest(cells, wanted, least, 90) == least
    assert cut_fewest(cells, wanted, least, 900) == wanted


def filled(count: int = 12, **facts: object) -> Facts:
    """As many applications with everything in them that a column may show."""
    one = Application(
        id="a",
        employer="Vandelay Industries",
        role="Site Reliability Engineer",
        stage=Stage.APPLIED,
        applied_on=date(2026, 10, 1),
        location="Santander",
        salary="60,000",
        source="Referral",
        tags=("remote",),
        fit=3,
        **facts,  # type: ignore[arg-type]
    )
    return replace(FACTS, applications=tuple(replace(one, id=f"a{number:02}") for number in range(count)))


def text_width(theme: Theme, text: str, weight: QFont.Weight = QFont.Weight.Normal) -> int:
    return QFontMetrics(theme.font(Type.TEXT, weight)).horizontalAdvance(text)


def test_where_there_is_room_names_are_read_whole(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme
) -> None:
    view = open_view(filled())
    view.resize(1500, 800)
    room = view.table.columnWidth(ROLE)
    assert room >= text_width(theme, "Site Reliability Engineer") + theme.px(16)
    room = view.table.columnWidth(EMPLOYER)
    assert room >= text_width(theme, "Vandelay Industries", QFont.Weight.DemiBold) + theme.px(16)


def test_as_many_as_fit_is_ticked_only_while_they_fit(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    view = open_view(filled())
    view.table.resize(700, 400)
    columns = view.table.columns_shown
    columns.choose(())
    columns.fit()

    def widths() -> int:
        return sum(view.table.columnWidth(place) for place in range(len(columns.shown())))

    def ticked() -> QAction:
        (action,) = [each for each in columns.menu().actions() if "As many" in each.text()]
        return action

    assert ticked().isChecked()
    view.table.setColumnWidth(EMPLOYER, 900)
    assert widths() > view.table.viewport().width()
    assert not ticked().isChecked()
    ticked().trigger()
    assert widths() <= view.table.viewport().width()
    assert ticked().isChecked()


@pytest.mark.parametrize("width", [640, 760, 900])
def test_where_room_is_short_what_a_row_is_known_by_is_cut_last(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme, width: int
) -> None:
    view = open_view(filled())
    shown = ("employer", "role", "source", "location", "stage")
    view.table.columns_shown.choose(shown)
    view.table.resize(width, 400)
    view.table.columns_shown.fit()
    whole = text_width(theme, "Vandelay Industries", QFont.Weight.DemiBold) + theme.px(16)
    cut = view.table.columnWidth(EMPLOYER) < whole
    others = [view.table.columnWidth(number) for number in (2, 3)]
    assert not cut or others == [view.table.columns_shown._least(name) for name in ("source", "location")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_employers_keep_their_share_beside_long_follow_ups(theme: Theme, language: str) -> None:
    with (
        speaking(language),
        staged(STATES["applications"], Shot(ThemeChoice.LIGHT, 1280, 800), theme) as window,
    ):
        table = window.findChild(ApplicationsTable)
        assert table is not None
        assert 4 * table.columnWidth(EMPLOYER) >= table.viewport().width() - 4


def test_beside_the_detail_employer_and_role_are_read_whole_in_the_usual_window(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme
) -> None:
    facts = filled()
    first = replace(facts.applications[0], employer="Globex Inc.", role="Data Engineer")
    view = open_view(replace(facts, applications=(first,)))
    table = view.table
    table.resize(540, 400)
    table.columns_shown.fit()
    assert table.columnWidth(EMPLOYER) >= text_width(theme, "Globex Inc.", QFont.Weight.DemiBold)
    assert table.columnWidth(ROLE) >= text_width(theme, "Data Engineer")
    widths = [table.columnWidth(number) for number in range(len(table.columns_shown.shown()))]
    assert sum(widths) <= table.viewport().width()


def test_one_long_name_does_not_take_the_room_of_all(open_view: Callable[[Facts], ApplicationsView]) -> None:
    before = open_view(filled(30))
    before.resize(1500, 800)
    facts = filled(30)
    first, *others = facts.applications
    view = open_view(replace(facts, applications=(replace(first, employer="Long " * 30), *others)))
    view.resize(1500, 800)
    assert view.table.columnWidth(EMPLOYER) == before.table.columnWidth(EMPLOYER)


def test_more_columns_are_shown_where_there_is_more_room(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    view = open_view(filled())
    found = []
    for width in (1000, 1500, 2400):
        view.resize(width, 800)
        found.append(set(view.table.columns_shown.shown()))
        widths = [view.table.columnWidth(place) for place in range(len(found[-1]))]
        assert sum(widths) <= view.table.viewport().width()
    assert found[0] < found[1] < found[2]
    assert {"location", "applied_on", "salary"} <= found[2]


def test_the_stage_makes_way_where_what_is_next_would_be_out_of_sight(view: ApplicationsView) -> None:
    columns, table = view.table.columns_shown, view.table

    def resize(width: int) -> tuple[str, ...]:
        table.setFixedWidth(width)
        settle()
        return columns.shown()

    assert "stage" in resize(700)
    width = next(each for each in range(700, 300, -10) if "stage" not in resize(each))
    assert columns.shown() == ("employer", "role", "next")
    assert table.horizontalScrollBar().maximum() == 0
    assert resize(width + 10) == ("employer", "role", "stage", "next")
    assert table.horizontalScrollBar().maximum() == 0
    view.model.order_by("stage", descending=False)
    assert "stage" in resize(width)
    columns.choose(("employer", "stage", "role", "next"))
    assert "stage" in resize(width)


def test_a_column_with_nothing_in_it_takes_no_room_by_itself(view: ApplicationsView) -> None:
    view.resize(2400, 800)
    shown = view.table.columns_shown.shown()
    assert "applied_on" in shown
    assert "salary" not in shown


def test_the_column_of_the_order_is_in_sight(view: ApplicationsView) -> None:
    view.list.arrange(Arrangement(ApplicationQuery(order_by="source"), ()))
    place = view.table.columns_shown.shown().index("source")
    assert view.table.horizontalHeader().sortIndicatorSection() == place


def test_columns_that_were_chosen_stay_at_every_width(view: ApplicationsView) -> None:
    toggle(view, "Salary")
    chosen = view.table.columns_shown.shown()
    for width in (700, 2400):
        view.resize(width, 800)
        assert view.table.columns_shown.shown() == chosen
    view.table.columns_shown.choose(())
    assert "salary" not in view.table.columns_shown.shown()


def test_rows_stay_selected_whole_where_a_column_comes_or_goes(view: ApplicationsView) -> None:
    table = view.table
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place in (0, 2):
        table.selectionModel().select(view.model.index(place, 0), rows)
    table.selectionModel().setCurrentIndex(view.model.index(2, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
    before, current = table.selected_ids(), table.current_id()
    for title in ("Salary", "Role", "Role"):
        toggle(view, title)
        assert (table.selected_ids(), table.current_id()) == (before, current)
        assert len(table.selectedIndexes()) == len(before) * view.model.columns


def test_a_width_that_was_dragged_and_the_way_of_choosing_are_remembered(view: ApplicationsView) -> None:
    view.table.horizontalHeader().resizeSection(ROLE, 222)
    view.keep_state()
    again = ApplicationsView(view.context, view)
    assert again.table.columnWidth(ROLE) == 222
    assert again.table.columns_shown.is_automatic
    toggle(view, "Salary")
    view.keep_state()
    assert not ApplicationsView(view.context, view).table.columns_shown.is_automatic


def test_widths_that_were_dragged_can_be_given_up(view: ApplicationsView) -> None:
    before = view.table.columnWidth(ROLE)
    view.table.horizontalHeader().resizeSection(ROLE, 222)
    action(view.table.columns_shown.menu(), "Fit widths to contents").trigger()
    assert view.table.columnWidth(ROLE) == before


def test_an_edit_moves_no_column(view: ApplicationsView) -> None:
    shown = view.table.columns_shown.shown()
    before = [view.table.columnWidth(place) for place in range(len(shown))]
    view.context.tracker.edit_application("acme", role="Principal Data Engineer, Streaming", salary="1")
    assert view.table.columns_shown.shown() == shown
    assert [view.table.columnWidth(place) for place in range(len(shown))] == before


def test_the_columns_are_measured_again_after_the_first_application(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme, desk: Desk
) -> None:
    view = open_view(
        replace(FACTS, applications=(Application(id="a", employer="Ab", role="C", stage=Stage.APPLIED),))
    )
    view.resize(2400, 700)
    narrow = view.list.table.columnWidth(EMPLOYER)
    desk.tracker.add_application(
        employer="Brightwave Energy Limited", role="Senior Backend Engineer", stage=Stage.APPLIED
    )
    QApplication.processEvents()
    needed = text_width(theme, "Brightwave Energy Limited", QFont.Weight.DemiBold)
    assert view.list.table.columnWidth(EMPLOYER) > max(narrow, needed)


def test_what_changed_while_the_table_was_not_seen_is_measured_when_it_is(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme, desk: Desk
) -> None:
    view = open_view(
        replace(FACTS, applications=(Application(id="a", employer="Ab", role="C", stage=Stage.APPLIED),))
    )
    view.resize(2400, 700)
    before = view.list.table.columnWidth(ROLE)
    view.hide()
    desk.tracker.edit_application("a", role="Senior Backend Engineer of the platform")
    view.show()
    QApplication.processEvents()
    assert view.list.table.columnWidth(ROLE) > before


def test_where_there_is_room_every_stage_can_be_read_whole_whichever_come_first(
    open_view: Callable[[Facts], ApplicationsView],
) -> None:
    """A column that was as wide as "Applied" would cut "Interviewing" short."""
    view = open_view(filled())
    view.resize(1700, 600)
    stage, table = view.table.columns_shown.shown().index("stage"), view.table
    before = table.columnWidth(stage)
    view.context.tracker.set_stage("a00", Stage.NO_RESPONSE)
    place = view.model.row_of("a00")
    hint = table.itemDelegate().sizeHint(QStyleOptionViewItem(), view.model.index(place, stage))
    assert hint.width() <= table.columnWidth(stage) == before


def test_stages_that_no_row_has_make_way_for_employers_and_roles_until_one_has(
    open_view: Callable[[Facts], ApplicationsView], qtbot: QtBot
) -> None:
    view = open_view(filled())
    view.table.resize(560, 400)
    columns, table = view.table.columns_shown, view.table
    columns.choose(("employer", "role", "stage", "next"))
    columns.measure()
    place = columns.shown().index("stage")

    def needed(row: int) -> int:
        index = view.model.index(row, place)
        return table.itemDelegate().sizeHint(QStyleOptionViewItem(), index).width()

    before, role = table.columnWidth(place), table.columnWidth(ROLE)
    assert needed(0) <= before
    view.context.tracker.set_stage("a00", Stage.INTERVIEWING)
    interviewing = view.model.row_of("a00")
    qtbot.waitUntil(lambda: table.columnWidth(place) > before)
    assert needed(interviewing) <= table.columnWidth(place)
    assert table.columnWidth(ROLE) <= role


def test_only_the_first_rows_are_measured_of_however_many(theme: Theme) -> None:
    source = Source(100_000)
    model = ApplicationTableModel(source, Wording(), lambda: NOW)
    table = ApplicationsTable(model, theme)
    source.fetched.clear()
    model.reload()
    table.columns_shown.measure()
    assert 0 < len(source.fetched) <= MEASURED
    table.deleteLater()


def test_the_button_in_the_corner_offers_every_column_and_stays_open(view: ApplicationsView) -> None:
    view.table.columns_shown.button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {each.text() for each in menu.actions() if each.isCheckable()}
    assert {"Applied on", "Location", "Salary", "Source", "Tags", "Fit", "Posting address"} <= offered
    for title in ("Salary", "Tags"):
        place = QPointF(menu.actionGeometry(action(menu, title)).center())
        for kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
            where = QPointF(menu.mapToGlobal(place))
            event = QMouseEvent(kind, place, where, button, button, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(menu, event)
    assert {"salary", "tags"} <= set(view.table.columns_shown.shown())
    assert menu.isVisible()
    menu.close()


def action(menu: QMenu, title: str) -> QAction:
    return next(each for each in menu.actions() if each.text().replace("&", "") == title)


def toggle(view: ApplicationsView, title: str) -> None:
    next(each for each in view.table.columns_shown.actions() if each.text() == title).toggle()


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_widths_follow_the_size_of_the_text(view: ApplicationsView, theme: Theme, scale: float) -> None:
    view.resize(2400, 800)
    theme.scale_text(scale)
    assert view.table.columnWidth(ROLE) >= text_width(theme, "Data Engineer") + theme.px(16)


def test_the_last_heading_can_be_read_beside_its_arrow_and_the_button(
    open_view: Callable[[Facts], ApplicationsView], theme: Theme
) -> None:
    """What is next is short where one has only just begun; the names give way."""
    one = Application(
        id="a",
        employer="Brightwave Energy",
        role="Senior Data Engineer",
        stage=Stage.APPLIED,
        applied_on=date(2026, 10, 14),
    )
    view = open_view(replace(FACTS, applications=(one,)))
    columns = view.table.columns_shown
    heading = QFontMetrics(theme.font(Type.SMALL, QFont.Weight.DemiBold)).horizontalAdvance("Next follow-up")
    for width in range(900, 1500, 40):
        view.resize(width, 600)
        columns.measure()
        last = view.table.columnWidth(len(columns.shown()) - 1)
        assert last - columns.button.width() >= heading + theme.px(36), width


def test_no_room_is_kept_below_the_rows_for_a_bar_that_has_gone(theme: Theme) -> None:
    with staged(STATES["quick-add"], Shot(ThemeChoice.LIGHT, 1280, 800), theme) as window:
        view = window.pages.shown
        assert isinstance(view, ApplicationsView)
        table = view.table
        assert table.horizontalScrollBar().maximum() == 0
        rows = table.verticalHeader().length()
        assert table.viewport().height() <= rows + 2, "the last row is at the foot"
