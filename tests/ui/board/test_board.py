"""The Board: columns, keys, dragging with the mouse, what assistive technology is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, Stage
from followup_desktop.services.reading.board import CLOSED_STAGES, Board
from followup_desktop.services.rows import ApplicationRow
from followup_desktop.ui.board.cards import MIME, CardList
from followup_desktop.ui.board.delegate import CardDelegate
from followup_desktop.ui.board.model import ColumnModel
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.kit.models.blocks import BLOCK
from followup_desktop.ui.kit.requests import AddApplication, OpenApplication, Request
from followup_desktop.ui.kit.theme import Theme
from tests.ui import situations
from tests.ui.desk import Desk, page_of
from tests.ui.mouse import double_click

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def cards(board: BoardView, stage: Stage) -> CardList:
    return board.columns[stage].list


def ids(board: BoardView, stage: Stage) -> list[str]:
    model = cards(board, stage).cards
    return [model.id_at(row) or "" for row in range(model.rowCount())]


def enter(board: BoardView, application: str) -> CardList:
    """Put the keyboard on a card."""
    assert board.select(application)
    focus = QApplication.focusWidget()
    assert isinstance(focus, CardList)
    return focus


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def focused_stage(board: BoardView) -> Stage | None:
    return next((s for s, column in board.columns.items() if column.list.hasFocus()), None)


def drag(source: CardList, application: str, target: QWidget) -> None:
    """Bring a dragged card to a widget and let go; with a real pointer it is in ``tests.desktop``."""
    picked_up: list[QMimeData] = []
    with pytest.MonkeyPatch.context() as patch:
        # The offscreen platform refuses every drag.
        patch.setattr(QDrag, "exec", lambda drag, _actions: picked_up.append(copy(drag.mimeData())))
        index = source.cards.index(source.cards.row_of(application), 0)
        start = source.visualRect(index).center()
        QTest.mousePress(source.viewport(), Qt.MouseButton.LeftButton, pos=start)
        for distance in (1, 2):
            there = start + QPoint(distance * (QApplication.startDragDistance() + 2), 0)
            QTest.mouseMove(source.viewport(), there)
        QTest.mouseRelease(source.viewport(), Qt.MouseButton.LeftButton, pos=start)
    (data,) = picked_up
    drop(target, data)


def copy(data: QMimeData) -> QMimeData:
    copied = QMimeData()
    for kind in data.formats():
        copied.setData(kind, data.data(kind))
    return copied


def drop(target: QWidget, data: QMimeData) -> bool:
    """Bring data over the middle of a widget and let go; tells whether they were taken."""
    at = QPointF(target.rect().center())
    state = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, NONE)
    entering = QDragEnterEvent(at, *state)
    QApplication.sendEvent(target, entering)
    moving = QDragMoveEvent(at, *state)
    QApplication.sendEvent(target, moving)
    assert entering.isAccepted() == moving.isAccepted()
    if not moving.isAccepted():
        QApplication.sendEvent(target, QDragLeaveEvent())
        return False
    dropping = QDropEvent(at, *state)
    QApplication.sendEvent(target, dropping)
    return dropping.isAccepted()


def test_columns_show_their_numbers_and_cards(board: BoardView) -> None:
    assert {stage: column.count for stage, column in board.columns.items()} == {
        Stage.SAVED: "1",
        Stage.APPLIED: "1",
        Stage.INTERVIEWING: "6",
        Stage.OFFER: "1",
        Stage.ACCEPTED: "1",
        Stage.REJECTED: "1",
        Stage.WITHDRAWN: "0",
        Stage.NO_RESPONSE: "0",
    }
    assert ids(board, Stage.SAVED) == ["tyrell"]


def test_a_card_that_is_dragged_to_a_column_moves_there_as_one_step(
    board: BoardView, desk: Desk, qtbot: QtBot
) -> None:
    said: list[str] = []
    board.status.connect(said.append)
    drag(cards(board, Stage.APPLIED), "quiet-001", cards(board, Stage.INTERVIEWING).viewport())
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["Moved Contoso to Interviewing"]
    assert desk.store.application("quiet-001").stage is Stage.INTERVIEWING
    assert "quiet-001" in ids(board, Stage.INTERVIEWING)
    assert board.columns[Stage.APPLIED].count == "0"
    assert cards(board, Stage.INTERVIEWING).current == "quiet-001"
    assert focused_stage(board) is Stage.INTERVIEWING
    assert desk.tracker.undo_label == "Move Contoso to Interviewing"
    desk.tracker.undo()
    assert ids(board, Stage.APPLIED) == ["quiet-001"]
    assert desk.tracker.undo_label is None


def picture(column: CardList) -> QImage:
    """What one sees of a column's cards."""
    return column.viewport().grab().toImage()


def test_a_card_that_is_dropped_on_its_own_column_stays(board: BoardView, desk: Desk, qtbot: QtBot) -> None:
    said: list[str] = []
    board.status.connect(said.append)
    source = cards(board, Stage.INTERVIEWING)
    board.select("acme")
    QApplication.processEvents()
    at_rest = picture(source)
    drag(source, "acme", source.viewport())
    QApplication.processEvents()
    assert desk.tracker.undo_label is None
    assert said == []
    assert picture(source) == at_rest


def test_a_card_can_be_dropped_on_a_folded_column(board: BoardView, desk: Desk, qtbot: QtBot) -> None:
    said: list[str] = []
    board.status.connect(said.append)
    drag(cards(board, Stage.INTERVIEWING), "hooli", board.closed.bins[Stage.NO_RESPONSE])
    qtbot.waitUntil(lambda: bool(said))
    assert desk.store.application("hooli").stage is Stage.NO_RESPONSE
    assert not board.closed.is_open
    assert board.columns[Stage.NO_RESPONSE].count == "1"


def test_a_card_can_be_dropped_again_on_a_column_that_was_folded_meanwhile(
    board: BoardView, desk: Desk, qtbot: QtBot
) -> None:
    said: list[str] = []
    board.status.connect(said.append)
    board.closed.set_open(True)
    board.move_card("hooli", Stage.REJECTED)
    board.closed.set_open(False)
    desk.tracker.undo()
    assert "hooli" in ids(board, Stage.INTERVIEWING)
    said.clear()
    drag(cards(board, Stage.INTERVIEWING), "hooli", board.closed.bins[Stage.REJECTED])
    qtbot.waitUntil(lambda: bool(said))
    assert desk.store.application("hooli").stage is Stage.REJECTED


def test_what_is_no_card_is_not_taken(board: BoardView, desk: Desk) -> None:
    data = QMimeData()
    data.setText("tyrell")
    assert not drop(cards(board, Stage.OFFER).viewport(), data)
    assert not drop(board.closed.bins[Stage.ACCEPTED], data)
    assert desk.tracker.undo_label is None


def test_in_the_window_a_move_is_told_and_undone_from_there(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    desk.put(situations.twelve())
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    window.show_view("board")
    board = page_of(window, BoardView)
    drag(cards(board, Stage.APPLIED), "quiet-001", cards(board, Stage.OFFER).viewport())
    qtbot.waitUntil(lambda: window.toast.message == "Moved Contoso to Offer")
    QTest.mouseClick(window.toast._undo, Qt.MouseButton.LeftButton)
    assert ids(board, Stage.APPLIED) == ["quiet-001"]
    assert not desk.tracker.undo_label
    board.select("stark")
    assert window.focusWidget() is cards(board, Stage.OFFER)
    QTest.keyClick(cards(board, Stage.OFFER), Qt.Key.Key_Return)
    assert window.view == "applications"
    window.hide()


def test_a_column_shows_that_it_would_take_the_card(board: BoardView) -> None:
    data = QMimeData()
    data.setData(MIME, b"tyrell")
    state = (QPointF(20, 20), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, NONE)
    for stage, taken in ((Stage.OFFER, True), (Stage.SAVED, False)):
        at_rest = picture(cards(board, stage))
        QApplication.sendEvent(cards(board, stage).viewport(), QDragEnterEvent(*state))
        assert (picture(cards(board, stage)) != at_rest) is taken
        QApplication.sendEvent(cards(board, stage).viewport(), QDragLeaveEvent())
        assert picture(cards(board, stage)) == at_rest


@pytest.mark.parametrize("modifier", [ALT, CONTROL])
def test_keys_move_a_card_to_the_stage_beside(
    board: BoardView, desk: Desk, modifier: Qt.KeyboardModifier
) -> None:
    enter(board, "quiet-001")
    press(Qt.Key.Key_Right, modifier)
    assert desk.store.application("quiet-001").stage is Stage.INTERVIEWING
    assert focused_stage(board) is Stage.INTERVIEWING
    assert cards(board, Stage.INTERVIEWING).current == "quiet-001"
    press(Qt.Key.Key_Left, modifier)
    press(Qt.Key.Key_Left, modifier)
    assert desk.store.application("quiet-001").stage is Stage.SAVED
    press(Qt.Key.Key_Left, modifier)
    assert desk.store.application("quiet-001").stage is Stage.SAVED
    for _ in range(3):
        desk.tracker.undo()
    assert desk.store.application("quiet-001").stage is Stage.APPLIED
    assert desk.tracker.undo_label is None


def test_the_card_that_keys_act_on_is_seen_before_any_arrow_key(board: BoardView, theme: Theme) -> None:
    board.setFocus(Qt.FocusReason.ShortcutFocusReason)
    column = QApplication.focusWidget()
    assert isinstance(column, CardList)
    assert column.current == column.cards.id_at(0)
    edge = column.visualRect(column.currentIndex())
    shown = column.viewport().grab(edge).toImage()
    assert shown.pixelColor(shown.width() // 2, 1) == theme.colour("focus")


def test_keys_carry_a_card_on_into_what_has_ended_and_back(board: BoardView, desk: Desk) -> None:
    enter(board, "stark")
    press(Qt.Key.Key_Right, ALT)
    assert board.closed.is_open
    assert desk.store.application("stark").stage is Stage.ACCEPTED
    assert focused_stage(board) is Stage.ACCEPTED
    press(Qt.Key.Key_Left, ALT)
    assert desk.store.application("stark").stage is Stage.OFFER


def test_arrows_go_from_card_to_card_and_from_column_to_column(board: BoardView) -> None:
    interviewing = ids(board, Stage.INTERVIEWING)
    enter(board, "tyrell")
    press(Qt.Key.Key_Right)
    assert focused_stage(board) is Stage.APPLIED
    press(Qt.Key.Key_Right)
    assert cards(board, Stage.INTERVIEWING).current == interviewing[0]
    press(Qt.Key.Key_End)
    assert cards(board, Stage.INTERVIEWING).current == interviewing[-1]
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down)
    assert cards(board, Stage.INTERVIEWING).current == interviewing[1]
    press(Qt.Key.Key_Right)
    assert cards(board, Stage.OFFER).current == "stark"


def test_arrows_go_through_the_folded_columns(board: BoardView) -> None:
    enter(board, "stark")
    press(Qt.Key.Key_Right)
    assert board.closed.bins[Stage.ACCEPTED].hasFocus()
    press(Qt.Key.Key_Down)
    assert board.closed.bins[Stage.REJECTED].hasFocus()
    press(Qt.Key.Key_Left)
    assert focused_stage(board) is Stage.OFFER
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert focused_stage(board) is Stage.REJECTED
    assert cards(board, Stage.REJECTED).current == "wayne"
    press(Qt.Key.Key_Right)
    assert focused_stage(board) is Stage.WITHDRAWN, "an empty column is entered too"
    press(Qt.Key.Key_Left)
    board.closed.set_open(False)
    assert not cards(board, Stage.REJECTED).isVisible()


def test_enter_and_double_click_open_the_application(board: BoardView) -> None:
    opened: list[Request] = []
    board.asked.connect(opened.append)
    enter(board, "acme")
    press(Qt.Key.Key_Return)
    assert opened == [OpenApplication("acme")]
    offer = cards(board, Stage.OFFER)
    at = offer.visualRect(offer.cards.index(0, 0)).center()
    QTest.mouseClick(offer.viewport(), Qt.MouseButton.LeftButton, pos=at)
    double_click(offer.viewport(), at)
    assert opened == [OpenApplication("acme"), OpenApplication("stark")]


def test_delete_takes_the_application_away_and_undo_brings_it_back(board: BoardView, desk: Desk) -> None:
    enter(board, "tyrell")
    press(Qt.Key.Key_Delete)
    assert ids(board, Stage.SAVED) == []
    desk.tracker.undo()
    assert ids(board, Stage.SAVED) == ["tyrell"]


def test_the_menu_of_a_card_moves_it_to_any_stage(board: BoardView, desk: Desk) -> None:
    enter(board, "tyrell")
    menu = board.card_menu()
    actions = {action.text().replace("&", ""): action for action in menu.findChildren(QAction)}
    assert "Saved" not in actions
    actions["Withdrawn"].trigger()
    assert desk.store.application("tyrell").stage is Stage.WITHDRAWN
    actions["Archive"].trigger()
    assert desk.store.application("tyrell").archived


def test_a_card_that_has_gone_meanwhile_is_refused_kindly(
    board: BoardView, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    board.status.connect(said.append)

    def gone(*_: object) -> None:
        raise Refused("That application no longer exists.")

    monkeypatch.setattr(desk.tracker, "set_stage", gone)
    enter(board, "tyrell")
    press(Qt.Key.Key_Right, ALT)
    assert said == ["That application no longer exists."]
    assert ids(board, Stage.SAVED) == ["tyrell"]


def test_assistive_technology_is_told_the_stage_the_number_and_the_cards(board: BoardView) -> None:
    board.closed.set_open(True)
    for stage, column in board.columns.items():
        interface = QAccessible.queryAccessibleInterface(column.list)
        assert interface.role() is QAccessible.Role.List
        assert interface.text(QAccessible.Text.Name) == board._wording.stage_label(stage)
        assert interface.text(QAccessible.Text.Description).startswith(f"{column.count} application")
        assert interface.childCount() == int(column.count)
    card = QAccessible.queryAccessibleInterface(cards(board, Stage.INTERVIEWING)).child(0)
    name = card.text(QAccessible.Text.Name)
    first = ids(board, Stage.INTERVIEWING)[0]
    (row,) = board._board.cards([first], situations.NOW)
    assert name.startswith(f"{row.employer}, {row.role}, {row.next_text}")


@pytest.mark.parametrize("unfolded", [False, True])
def test_every_control_has_a_name_of_its_own(board: BoardView, unfolded: bool) -> None:
    board.closed.set_open(unfolded)
    controls = [
        one
        for one in board.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QListView) and one.isVisible()
    ]
    names = Counter(one.accessibleName() for one in controls)
    assert "" not in names
    assert max(names.values()) == 1, names


def test_without_applications_it_says_what_to_do(
    open_board: Callable[[Facts], BoardView], desk: Desk, qtbot: QtBot
) -> None:
    board = open_board(situations.nothing())
    assert board.nothing_yet.isVisible()
    with qtbot.waitSignal(board.asked) as asked:
        board.nothing_yet.button.click()
    assert asked.args == [AddApplication()]
    desk.tracker.add_application(employer="Acme", role="Data Engineer")
    assert not board.nothing_yet.isVisible()
    assert board.columns[Stage.SAVED].count == "1"


def test_nothing_is_read_out_of_sight_and_all_when_it_is_shown(
    board: BoardView, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.hide()
    asked: list[Stage] = []
    ids_of = board._board.ids

    def ids(stage: Stage, now: datetime) -> list[str]:
        asked.append(stage)
        return ids_of(stage, now)

    monkeypatch.setattr(board._board, "ids", ids)
    desk.tracker.add_application(employer="Globex", role="SRE")
    assert asked == []
    board.show()
    assert board.columns[Stage.SAVED].count == "2"
    assert not set(asked) & set(CLOSED_STAGES), "what is folded costs no query"


@pytest.mark.parametrize(
    ("width", "scale"), [(734, 1.0), (1084, 1.0), (1084, 1.25), (1180, 1.5), (1724, 1.0)]
)
def test_nothing_is_beyond_the_edge_while_what_has_ended_is_folded(
    board: BoardView, theme: Theme, width: int, scale: float
) -> None:
    """So wide is the board in windows of 800, 1280 and 1920, with larger text in two of them."""
    theme.scale_text(scale)
    board.resize(width, 500)
    QApplication.processEvents()
    assert board.area.horizontalScrollBar().maximum() == 0
    viewport = board.area.viewport()
    for bin_ in board.closed.bins.values():
        place = QRect(bin_.mapTo(viewport, QPoint(0, 0)), bin_.size())
        assert viewport.rect().contains(place)


@pytest.mark.parametrize(("width", "is_narrow"), [(734, True), (1724, False)])
def test_a_narrow_column_has_what_comes_next_above_its_time(
    board: BoardView, width: int, is_narrow: bool
) -> None:
    """Beside its time, "Thank Ana" would be two letters."""
    board.resize(1084, 500)
    QApplication.processEvents()
    board.resize(width, 500)
    QApplication.processEvents()
    shown = cards(board, Stage.INTERVIEWING)
    delegate = shown.itemDelegate()
    assert isinstance(delegate, CardDelegate)
    assert delegate.is_narrow == is_narrow
    heights = {shown.visualRect(shown.cards.index(row, 0)).height() for row in range(shown.cards.rowCount())}
    assert heights == {board.context.theme.px(106 if is_narrow else 86)}


def test_the_arrows_go_along_what_has_ended_where_it_stands_below(board: BoardView) -> None:
    board.resize(734, 500)
    QApplication.processEvents()
    enter(board, "tyrell")
    for _ in range(4):
        press(Qt.Key.Key_Right)
    bins = list(board.closed.bins.values())
    assert bins[0].hasFocus()
    press(Qt.Key.Key_Right)
    assert bins[1].hasFocus()
    press(Qt.Key.Key_Left)
    assert bins[0].hasFocus()
    press(Qt.Key.Key_Up)
    assert focused_stage(board) is Stage.OFFER
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    assert board.closed.is_open
    assert focused_stage(board) is Stage.ACCEPTED


def test_a_narrow_window_scrolls_to_the_column_of_the_keyboard(board: BoardView) -> None:
    board.resize(640, 500)
    QApplication.processEvents()
    enter(board, "tyrell")
    bar = board.area.horizontalScrollBar()
    assert bar.maximum() > 0
    for _ in range(3):
        press(Qt.Key.Key_Right)
    offer = board.columns[Stage.OFFER]
    left = offer.mapTo(board.area.viewport(), QPoint(0, 0)).x()
    assert left >= 0
    assert left + offer.width() <= board.area.viewport().width()


@pytest.mark.parametrize("scale", [1.0, 1.05, 1.1])
def test_the_open_columns_fit_into_a_small_window(board: BoardView, scale: float) -> None:
    board.context.theme.scale_text(scale)
    board.resize(734 - 6, 525)  # of 800 × 600, beside a sidebar of somewhat larger text
    QApplication.processEvents()
    assert board.area.horizontalScrollBar().maximum() == 0


def test_holding_a_card_at_the_edge_scrolls_on(board: BoardView, qtbot: QtBot) -> None:
    board.resize(640, 500)
    QApplication.processEvents()
    bar = board.area.horizontalScrollBar()
    edge = QPoint(board.area.viewport().width() - 5, 100)
    cards(board, Stage.SAVED).dragged_over.emit(board.area.viewport().mapToGlobal(edge))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    cards(board, Stage.SAVED).drag_left.emit()
    assert not board._edge._timer.isActive()


def test_the_model_of_a_column_holds_and_fetches_what_is_looked_at(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(situations.five_hundred())
    board = Board(desk.store, desk.overview)
    fetched: list[str] = []
    cards_of = board.cards

    def fetch(ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        fetched.extend(ids)
        return cards_of(ids, now)

    monkeypatch.setattr(board, "cards", fetch)
    model = ColumnModel(board, Stage.APPLIED, desk.wording, desk.clock)
    model.reload()
    assert model.rowCount() == 499
    assert fetched == []
    model.index(300, 0).data()
    assert len(fetched) == BLOCK
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = model.id_at(0)
    assert first is not None
    desk.tracker.set_stage(first, Stage.INTERVIEWING)
    model.refresh_rows([first])
    assert model.rowCount() == 498
    assert tester.model() is model
