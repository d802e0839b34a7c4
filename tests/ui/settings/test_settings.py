"""The settings: collected, previewed, refused where they are typed, applied and undone as one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.policy import SETTINGS
from followup_desktop.services.wording.settings import OWN_SETTINGS, SECTIONS, settings_by_name
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.setting_fields import NumberField, WeekdaysField
from followup_desktop.ui.kit.requests import OpenSetting
from followup_desktop.ui.kit.theme import Lettering, Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.window_settings import (
    ENCOURAGEMENT,
    PRIVATE,
    REPORT_NAME,
    SENDER,
    WindowSettings,
    report_settings,
)
from followup_desktop.ui.settings.range_lists import PeriodsField, WindowsField
from followup_desktop.ui.settings.sections import ORDER, OWN, section_of, sections_about
from followup_desktop.ui.settings.templates import TemplateRows
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.palette.sources import palette_sources
from tests.scene import settle
from tests.tables import tabled
from tests.ui.desk import Desk, page_of

TakesWidth = (WeekdaysField, WindowsField, PeriodsField)
"""These need the whole width below what they are called."""


def number(view: SettingsView, name: str) -> NumberField:
    field = view.form.rows[name].field
    assert isinstance(field, NumberField)
    return field


def type_number(view: SettingsView, name: str, typed: str) -> NumberField:
    """Type a number as a user does, and leave the field."""
    view.show_setting(name)
    field = number(view, name)
    field.setFocus()
    field.spin.selectAll()
    QTest.keyClicks(field.spin, typed)
    view.sections.list.setFocus(Qt.FocusReason.TabFocusReason)
    return field


def windows(view: SettingsView) -> WindowsField:
    field = view.form.rows["call_windows"].field
    assert isinstance(field, WindowsField)
    return field


def periods(view: SettingsView) -> PeriodsField:
    field = view.form.rows["away"].field
    assert isinstance(field, PeriodsField)
    return field


def previewed(view: SettingsView, qtbot: QtBot) -> str:
    """What the bar says, once it knows."""
    qtbot.waitUntil(lambda: "Checking" not in view.bar.text.text())
    return view.bar.text.text()


def test_every_setting_is_there_once() -> None:
    assert sorted(ORDER) == sorted(spec.name for spec in SETTINGS)


def test_every_control_has_a_name_of_its_own(view: SettingsView) -> None:
    kinds = (QAbstractButton, QLineEdit, QSpinBox)
    names = [
        each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
        for kind in kinds
        for each in view.findChildren(kind)
        if each.objectName() != "qt_spinbox_lineedit" and not isinstance(each.parent(), QLineEdit)
    ]
    assert all(names)
    assert len(names) == len(set(names))


def test_nothing_is_pending_at_first(view: SettingsView) -> None:
    assert view.bar.isHidden()


def test_a_change_shows_what_it_moves_before_it_is_applied(
    desk: Desk, view: SettingsView, qtbot: QtBot
) -> None:
    before = {each.key: each.due_at for each in desk.store.follow_ups()}
    type_number(view, "grace_working_days", "5")
    said = previewed(view, qtbot)
    lines = [row.text for row in view.bar.model.rows]
    assert desk.store.policy().grace_working_days == 2
    view.bar.apply_button.click()
    assert desk.store.policy().grace_working_days == 5
    assert view.bar.isHidden()
    after = {each.key: each.due_at for each in desk.store.follow_ups()}
    moved = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    assert moved
    assert f"{len(moved)} follow-up" in said
    assert len(lines) >= len(moved)
    assert all("→" in line for line in lines[: len(moved)])


def test_apply_is_one_step_that_undo_takes_back(desk: Desk, view: SettingsView) -> None:
    type_number(view, "grace_working_days", "5")
    type_number(view, "max_attempts", "3")
    view.apply()
    assert desk.tracker.undo_label == "Change settings"
    desk.tracker.undo()
    policy = desk.store.policy()
    assert (policy.grace_working_days, policy.max_attempts) == (2, 2)
    assert number(view, "grace_working_days").spin.value() == 2
    assert desk.tracker.undo_label is None


def test_discard_goes_back_and_undo_brings_back_what_was_not_applied(desk: Desk, view: SettingsView) -> None:
    undone: list[Callable[[], None]] = []
    view.undoable.connect(lambda _said, undo: undone.append(undo))
    type_number(view, "grace_working_days", "5")
    view.bar.discard_button.click()
    assert view.bar.isHidden()
    assert number(view, "grace_working_days").spin.value() == 2
    assert desk.tracker.undo_label is None
    undone[0]()
    assert (view.bar.isHidden(), number(view, "grace_working_days").spin.text()) == (False, "5")
    view.bar.discard_button.click()
    assert (view.bar.isHidden(), len(undone)) == (True, 2)


def test_a_value_put_back_by_hand_is_no_change(view: SettingsView) -> None:
    type_number(view, "grace_working_days", "5")
    assert not view.bar.isHidden()
    type_number(view, "grace_working_days", "2")
    assert view.bar.isHidden()


def test_a_number_out_of_range_is_told_and_stays_as_typed(desk: Desk, view: SettingsView) -> None:
    field = type_number(view, "grace_working_days", "99")
    assert field.refusal == "Enter a whole number from 0 to 20."
    assert field.spin.text() == "99"
    assert not view.bar.apply_button.isEnabled()
    view.apply()
    assert desk.store.policy().grace_working_days == 2
    type_number(view, "grace_working_days", "20")
    assert field.refusal == ""
    view.bar.apply_button.click()
    assert desk.store.policy().grace_working_days == 20


def test_arrows_stay_in_the_range(view: SettingsView) -> None:
    field = number(view, "max_attempts")
    for _ in range(9):
        QTest.keyClick(field.spin, Qt.Key.Key_Up)
    assert field.spin.value() == 5


def test_quiet_hours_that_are_too_long_are_told(desk: Desk, view: SettingsView) -> None:
    quiet_from, quiet_until = view.form.rows["quiet_from"].field, view.form.rows["quiet_until"].field
    line = quiet_from.editor
    assert isinstance(line, QLineEdit)
    line.setText("18:00")
    quiet_from.committed.emit()
    assert "longer than 12 hours" in quiet_until.refusal
    line.setText("20:00")
    quiet_from.committed.emit()
    assert quiet_until.refusal == ""
    view.apply()
    assert desk.store.policy().quiet_from == time(20)


def test_a_default_comes_back_with_one_key(desk: Desk, view: SettingsView) -> None:
    row = view.form.rows["grace_working_days"]
    assert row.reset_button.isHidden()
    type_number(view, "grace_working_days", "7")
    view.apply()
    assert not row.reset_button.isHidden()
    row.reset_button.click()
    assert row.reset_button.isHidden()
    view.apply()
    assert desk.store.policy().grace_working_days == 2


def test_patient_fills_its_fields_and_waits_for_apply(desk: Desk, view: SettingsView) -> None:
    view.patient_button.click()
    assert dict(view.form.pending) == {"grace_working_days": 5, "default_reply_working_days": 10}
    view.apply()
    policy = desk.store.policy()
    assert (policy.grace_working_days, policy.default_reply_working_days) == (5, 10)


def test_a_window_is_added_and_taken_out(desk: Desk, view: SettingsView) -> None:
    field = windows(view)
    field.add_button.click()
    assert field.rows[2].first.editor.hasFocus()
    for part, typed in ((field.rows[2].first, "17"), (field.rows[2].last, "18:30")):
        line = part.editor
        assert isinstance(line, QLineEdit)
        line.setText(typed)
    field.rows[0].remove.click()
    assert [row.first.name for row in field.rows] == ["Start of call window 1", "Start of call window 2"]
    view.apply()
    assert desk.store.policy().call_windows == ((time(14), time(16)), (time(17), time(18, 30)))


@tabled(
    "spans, said",
    [
        ([], "Add one"),
        ([("12:00", "10:00")], "must end after it starts"),
        ([("10:00", "12:00"), ("11:00", "13:00")], "before the one above it ends"),
        ([("10:00", "lunch")], "isn't a time"),
    ],
)
def test_windows_that_make_no_sense_are_told(
    desk: Desk, view: SettingsView, spans: list[tuple[str, str]], said: str
) -> None:
    field = windows(view)
    for row in tuple(field.rows):
        row.remove.click()
    for start, end in spans:
        field.add_button.click()
        for part, typed in ((field.rows[-1].first, start), (field.rows[-1].last, end)):
            line = part.editor
            assert isinstance(line, QLineEdit)
            line.setText(typed)
    view.apply()
    assert said in field.refusal
    assert desk.tracker.undo_label is None


def test_five_windows_are_one_too_many(view: SettingsView) -> None:
    field = windows(view)
    field.add_button.click()
    field.add_button.click()
    assert not field.add_button.isEnabled()


def test_what_stands_beside_a_date_stays_where_it_is_when_a_line_comes_below_it(
    desk: Desk, view: SettingsView
) -> None:
    view.show_setting("away")
    field = periods(view)
    field.add_button.click()
    (row,) = field.rows
    QApplication.processEvents()
    beside = [part for part in row.children() if isinstance(part, QWidget) and part is not row.first]
    before = [part.geometry().top() for part in beside]
    QTest.keyClicks(row.first.line, "24 December")
    QApplication.processEvents()
    assert row.first.height() > row.last.line.height()
    assert [part.geometry().top() for part in beside] == before


def test_away_periods_are_typed(desk: Desk, view: SettingsView) -> None:
    field = periods(view)
    field.add_button.click()
    for part, typed in ((field.rows[0].first, "24 Dec 2026"), (field.rows[0].last, "2027-01-01")):
        line = part.editor
        assert isinstance(line, QLineEdit)
        line.setText(typed)
    view.apply()
    assert desk.store.policy().away == ((date(2026, 12, 24), date(2027, 1, 1)),)


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        ("24 Dec", "7 Jan", (date(2026, 12, 24), date(2027, 1, 7))),
        ("next monday", "friday", (date(2026, 10, 19), date(2026, 10, 23))),
    ],
)
def test_the_last_day_away_is_the_next_such_day_after_the_first(
    desk: Desk, view: SettingsView, first: str, last: str, away: tuple[date, date]
) -> None:
    field = periods(view)
    field.add_button.click()
    for part, typed in ((field.rows[0].first, first), (field.rows[0].last, last)):
        part.line.setText(typed)
    view.apply()
    assert desk.store.policy().away == (away,)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-24", "2026-12-23", "must end on or after"),
        ("2026-01-01", "2026-04-01", "91 days, but can have 60 at most"),
    ],
)
def test_periods_that_make_no_sense_are_told(view: SettingsView, first: str, last: str, said: str) -> None:
    field = periods(view)
    field.add_button.click()
    for part, typed in ((field.rows[0].first, first), (field.rows[0].last, last)):
        line = part.editor
        assert isinstance(line, QLineEdit)
        line.setText(typed)
    view.apply()
    assert said in field.refusal


def test_one_weekday_stays_free(view: SettingsView) -> None:
    field = view.form.rows["no_call_weekdays"].field
    assert isinstance(field, WeekdaysField)
    for box in field.boxes.values():
        box.setChecked(True)
    view.apply()
    assert "Leave at least one" in field.refusal


def test_a_zone_can_not_be_left_empty(desk: Desk, view: SettingsView) -> None:
    field = view.form.rows["timezone"].field
    line = field.editor
    assert isinstance(line, QLineEdit)
    line.clear()
    view.apply()
    assert "is empty" in field.refusal
    assert desk.store.policy().timezone == "Europe/Madrid"


def test_what_another_program_changes_leaves_what_is_typed(desk: Desk, view: SettingsView) -> None:
    type_number(view, "grace_working_days", "7")
    desk.tracker.edit_policy(max_attempts=4, grace_working_days=3)
    assert number(view, "max_attempts").spin.value() == 4
    assert number(view, "grace_working_days").spin.value() == 7
    assert dict(view.form.pending) == {"grace_working_days": 7}


def test_the_search_is_paused_at_once(desk: Desk, view: SettingsView) -> None:
    paused = desk.overview.search_paused()
    view.pause.field.box.setChecked(not paused)
    assert desk.overview.search_paused() is not paused
    desk.tracker.undo()
    assert view.pause.field.box.isChecked() is paused


def test_encouragement_and_the_sender_are_the_programs_own(
    desk: Desk, view: SettingsView, app_settings: WindowSettings
) -> None:
    view.notifications.encouragement.box.setChecked(True)
    view.look.sender_name.line.setText("  Alex Doe ")
    view.look.sender_name.committed.emit()
    assert app_settings.get(ENCOURAGEMENT)
    assert app_settings.get(SENDER) == "Alex Doe"
    view.look.report_number.line.setText("123A456")
    view.look.report_number.committed.emit()
    assert report_settings(app_settings).number == "123A456"
    app_settings.set(REPORT_NAME, "Alexandra Doe")  # by the window for the report
    view.look.refresh()
    assert view.look.report_name.value() == "Alexandra Doe"
    assert desk.tracker.undo_label is None


def test_start_at_login_is_arranged_at_once_and_what_that_means_is_said(
    desk: Desk, view: SettingsView
) -> None:
    rows = view.notifications
    assert "Turn that on" in rows.availability.text()
    rows.login.box.setChecked(True)
    assert desk.login.on
    assert "It starts when you log in." in rows.availability.text()
    desk.login.on = False
    view.refresh()
    assert not rows.login.box.isChecked(), "the user removed it elsewhere"


def test_a_start_at_login_that_can_not_be_arranged_is_told(
    desk: Desk, view: SettingsView, qtbot: QtBot
) -> None:
    desk.login.refusal = Refused("Couldn't change whether Follow Up starts at login.")
    with qtbot.waitSignal(view.status) as told:
        view.notifications.login.box.setChecked(True)
    assert told.args == ["Couldn't change whether Follow Up starts at login."]
    assert not view.notifications.login.box.isChecked()


def test_private_notifications_are_the_programs_own(view: SettingsView, app_settings: WindowSettings) -> None:
    view.notifications.private.box.setChecked(True)
    assert app_settings.get(PRIVATE)


def test_the_last_announcements_are_listed_or_said_to_be_none(desk: Desk, view: SettingsView) -> None:
    last = view.notifications.last
    assert last.accessibleName() == "Latest reminders"
    assert last.accessibleDescription() == "No reminders yet."
    desk.log.raised("a", ("a",), "Thank Ana Ruiz", desk.now)
    desk.log.shown("a", "freedesktop")
    view.refresh()
    assert [row.title for row in view.notifications.model.rows] == ["Thank Ana Ruiz"]
    assert last.accessibleDescription() == ""
    assert "shown through freedesktop" in str(last.row_index(0).data())


def test_the_look_follows_the_choice_wherever_it_was_made(theme: Theme, view: SettingsView) -> None:
    view.look.look.combo.setCurrentIndex(2)
    assert theme.choice is ThemeChoice.DARK
    theme.choose(ThemeChoice.LIGHT)
    assert view.look.look.value() is ThemeChoice.LIGHT


def test_text_is_set_at_once_as_the_user_wants_it(theme: Theme, view: SettingsView) -> None:
    """Larger in steps, its letters apart, or in another font; from the keyboard as well as here."""
    look, height = view.look, theme.metrics().height()
    width = theme.metrics().horizontalAdvance("nine letters")
    try:
        look.spaced.box.click()
        assert width * 1.08 < theme.metrics().horizontalAdvance("nine letters") < width * 1.2
        assert look.spaced.box.fontMetrics().horizontalAdvance("nine letters") > width * 1.08
        look.text_size.combo.setCurrentIndex(look.text_size.combo.count() - 1)
        assert theme.metrics().height() >= 2 * height - 2
        assert look.text_size.fontMetrics().height() >= 2 * height - 2
        theme.resize_text(1)  # there is no larger one
        theme.resize_text(-1)
        assert look.text_size.combo.currentText() == "175%"
        theme.letter(Lettering(family="Serif"))
        assert theme.font().families()[0] == "Serif"
        assert look.text_font.value() == "Serif"
        assert not look.spaced.value()
    finally:
        theme.letter(Lettering())
    assert theme.metrics().height() == height


def test_a_test_notification_says_what_became_of_it(view: SettingsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.status) as told:
        view.notifications.test_button.click()
    assert told.args == ["A test was sent."]
    assert "the tests" in view.notifications.back_end.text()


def test_a_setting_is_shown_with_the_keyboard_in_it(view: SettingsView) -> None:
    view.show_setting("search_gap_working_days")
    focus = view.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Apply at least every"
    assert not focus.visibleRegion().isEmpty()


def test_every_setting_is_in_a_section() -> None:
    assert {name for names in OWN.values() for name in names} == set(OWN_SETTINGS)


def test_the_arrows_show_one_section_at_a_time(view: SettingsView) -> None:
    view.begin()
    shown = []
    for _ in SECTIONS:
        shown += [row.spec.name for row in view.form.rows.values() if row.isVisible()]
        QTest.keyClick(view.sections.list, Qt.Key.Key_Down)
    assert shown == [*ORDER]
    assert view.templates.isVisible()


def test_a_section_is_put_together_when_it_is_first_shown(view: SettingsView) -> None:
    assert not view.findChildren(TemplateRows)
    view.show_section("Message templates")
    assert len(view.findChildren(TemplateRows)) == 1


@tabled("name", ["private", "max_attempts", "timezone", "sender", "report_name", "report_number"])
def test_a_section_is_found_by_what_its_settings_are_called(view: SettingsView, name: str) -> None:
    title = settings_by_name(login=True)[name]
    view.sections.line.clear()
    QTest.keyClicks(view.sections.line, title.upper())
    assert section_of(name) in [row.id for row in view.sections.model.rows]
    QTest.keyClick(view.sections.line, Qt.Key.Key_Return)
    assert view.sections.current == section_of(name)
    shown, field = view.form.rows.get(name), view.focusWidget()
    assert field is not None
    assert shown.isAncestorOf(field) if shown is not None else not field.visibleRegion().isEmpty()


def test_a_setting_opened_with_the_view_is_named_once(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    voice, said = Announcer.of(window), []
    for name in ("quiet_from", "quiet_until"):
        window.answer(OpenSetting(name))
        voice.speak()
        said.append(voice.said[-1:])
        qtbot.wait(1)
    assert said == [["Quiet from."]] * 2, "the second is told of as any field is"


def test_a_search_for_what_no_setting_is_about_says_so_and_goes_with_esc(view: SettingsView) -> None:
    voice = Announcer.of(view)
    QTest.keyClicks(view.sections.line, "quiet")
    voice.speak()
    assert voice.said[-1] == "Place and time."
    view.sections.line.clear()
    QTest.keyClicks(view.sections.line, "zzyzx")
    voice.speak()
    assert voice.said[-1] == "No settings found."
    assert view.sections.nothing.isVisible()
    assert not sections_about("zzyzx")
    QTest.keyClick(view.sections.line, Qt.Key.Key_Escape)
    assert len(view.sections.model.rows) == len(SECTIONS)
    assert view.sections.list.isVisible()


def test_a_narrow_view_has_its_list_as_a_box_above_the_section(view: SettingsView) -> None:
    view.resize(400, 500)
    assert not view.sections.list.isVisible()
    view.sections.combo.setCurrentIndex(1)
    view.sections.combo.activated.emit(1)
    assert view.form.rows["ask_lead_minutes"].isVisible()
    view.resize(1000, 700)
    assert view.sections.list.isVisible()
    assert view.sections.current == "Interviews"


def test_what_is_refused_is_shown_whichever_section_is_seen(view: SettingsView) -> None:
    type_number(view, "grace_working_days", "99")
    view.show_section("Message templates")
    view.apply()
    focus = view.focusWidget()
    assert focus is not None
    assert number(view, "grace_working_days").isAncestorOf(focus)


def test_a_section_is_brought_to_the_top(view: SettingsView) -> None:
    view.show_section("Following up")
    focus = view.focusWidget()
    assert isinstance(focus, QWidget)
    assert not focus.visibleRegion().isEmpty()
    assert focus.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_settings_and_their_sections_are_found_among_the_commands(desk: Desk, theme: Theme) -> None:
    window = desk.window(theme)
    window.show()
    sources = palette_sources(window.context, window.actions_)
    found = {entry.title: entry for source in sources for entry in source.find("templates")}
    found["Message templates"].run()
    page = page_of(window, SettingsView)
    assert window.view == "settings"
    focus = page.focusWidget()
    assert focus is not None
    assert page.templates.isAncestorOf(focus)
    window.close()


FOUND_BY = {
    "start at login": "Start in the tray at login",
    "hide details": "Hide details in notifications",
    "encouragement": "Encouragement after a rejection",
    "theme": "Theme",
    "zoom": "Text size",
    "dyslexia": "Font",
    "your name": "Your name",
    "folder phone": "Choose a folder",
    "pause the search": "Pause the search",
    "hide names phone": "Choose a folder",
    "attempts": "Attempts before moving on",
}


def test_each_setting_is_found_by_its_words(desk: Desk, theme: Theme) -> None:
    window = desk.window(theme)
    window.show()
    sources = palette_sources(window.context, window.actions_)
    for typed, name in FOUND_BY.items():
        found = [e for source in sources for e in source.find(typed) if e.id.startswith("setting/")]
        min(found, key=lambda entry: entry.rank).run()
        page = page_of(window, SettingsView)
        QApplication.processEvents()
        focus = page.focusWidget()
        assert focus is not None
        assert focus.accessibleName() == name, typed
        assert not focus.visibleRegion().isEmpty(), typed
    window.close()


def test_the_palette_offers_neither_itself_nor_a_login_that_cannot_be_arranged(
    desk: Desk, theme: Theme
) -> None:
    desk.notifications.login = None
    window = desk.window(theme)
    sources = palette_sources(window.context, window.actions_)
    titles = {entry.title for source in sources for entry in source.find("")}
    assert "Search" in titles
    assert "Commands" not in titles
    assert not [e for source in sources for e in source.find("start at login") if "login" in e.id]


def test_ctrl_enter_applies(desk: Desk, view: SettingsView) -> None:
    view.show_setting("max_attempts")
    field = number(view, "max_attempts")
    field.setFocus()
    field.spin.selectAll()
    QTest.keyClicks(field.spin, "4")
    QTest.keyClick(field.spin, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.store.policy().max_attempts == 4


def test_enter_in_a_field_of_the_rules_applies_and_stays_there(desk: Desk, view: SettingsView) -> None:
    view.show_setting("max_attempts")
    field = number(view, "max_attempts")
    field.spin.selectAll()
    QTest.keyClicks(field.spin, "4")
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    assert desk.store.policy().max_attempts == 4
    assert view.bar.isHidden()
    assert view.focusWidget() is field.spin


def test_enter_applies_nothing_that_is_not_accepted(desk: Desk, view: SettingsView) -> None:
    before = desk.store.policy()
    view.show_setting("timezone")
    zone = view.focusWidget()
    assert isinstance(zone, QLineEdit)
    QTest.keyClick(zone, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(zone, "Nowhere/Land")
    QTest.keyClick(zone, Qt.Key.Key_Return)
    assert desk.store.policy() == before


def test_what_a_setting_is_called_stands_beside_its_field(view: SettingsView) -> None:
    view.resize(1100, 1400)
    for section in SECTIONS:
        view.show_section(section)
        QApplication.processEvents()
        for label in view.findChildren(Text):
            field = label.buddy().parentWidget() if label.buddy() is not None else None
            if not label.isVisible() or not isinstance(field, Field) or isinstance(field, TakesWidth):
                continue
            words, entry = label.mapTo(view, QPoint()), field.mapTo(view, QPoint())
            assert entry.x() > words.x() + label.width() and abs(entry.y() - words.y()) <= 2, field.name


def test_a_very_low_view_cuts_nothing_of_what_is_changed(
    theme: Theme, view: SettingsView, qtbot: QtBot
) -> None:
    theme.scale_text(2.0)
    view.resize(508, 331)
    view.bar.show_refused(["A setting with quite a long name"])
    settle()
    bar = view.bar
    assert bar.height() >= bar.heightForWidth(bar.width())
    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())
    for part in (bar.apply_button, bar.discard_button):
        assert part.height() >= part.sizeHint().height()
        assert bar.rect().contains(part.geometry())
    assert bar.text.text().endswith("…")
    assert "or discard your changes." in bar.text.toolTip()
    view.resize(508, 700)
    settle()
    assert bar.text.text().endswith("discard your changes.")
    assert bar.text.toolTip() == ""


def test_a_narrow_view_has_each_field_below_what_it_is_called(view: SettingsView) -> None:
    view.resize(420, 900)
    view.show_setting("sender")
    QApplication.processEvents()
    field = view.look.sender_name
    (label,) = (text for text in view.findChildren(Text) if text.buddy() is field.editor)
    assert field.mapTo(view, QPoint()).y() >= label.mapTo(view, QPoint()).y() + label.height()


@tabled("name", ["max_attempts", "retry_working_days", "grace_working_days"])
def test_a_refused_number_is_in_sight_above_the_bar(view: SettingsView, qtbot: QtBot, name: str) -> None:
    for _step in range(12):
        view.context.theme.resize_text(1)
    view.resize(640, 480)
    view.show_setting(name)
    settle()
    field = number(view, name)
    field.setFocus()
    field.spin.selectAll()
    for _figure in range(2):
        QTest.keyClicks(field.spin, "9")
        qtbot.waitUntil(lambda: "Checking" not in view.bar.text.text())
        settle()
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    settle()
    assert view.bar.isVisible()
    assert field.refusal
    assert field.shows_refusal(field.refusal)
