"""Every state for pictures, drawn in the whole window: no warning of Qt's, and no text cut off."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from followup_desktop.domain.checks import zone_names
from followup_desktop.i18n import _, language, languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.wording.facts import message_languages
from followup_desktop.ui.applications.detail import ApplicationPane
from followup_desktop.ui.applications.quick_add import QuickAdd
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.theme import Lettering, Theme, ThemeChoice, Type
from followup_desktop.ui.kit.widgets.buttons import StrongButton
from followup_desktop.ui.kit.widgets.card import Chip, ElidedLabel, WrappedLabel
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.row_buttons import RowButton
from followup_desktop.ui.trash.view import TrashView
from followup_desktop.ui.window.guide.book import Book, guide_folder
from followup_desktop.ui.window.import_window import ImportWindow, _ChangeCell
from followup_desktop.ui.window.main_window import MainWindow
from tests import guide_pictures, screenshots
from tests.pseudo_locale import speaking, speaking_pseudo
from tests.scene import MAIN_SHOTS, Shot, picture, settle, staged
from tests.screens import STATES
from tests.screens_announcing import REJECTION
from tests.screens_imports import INVITED, OFFERED, TYPED
from tests.sweeps import swept
from tests.ui.covered import covered
from tests.ui.heard import faults
from tests.ui.reach import unreachable
from tests.ui.untranslated import untranslated, words_of

SEEN = {name: MAIN_SHOTS[place % len(MAIN_SHOTS)] for place, name in enumerate(STATES)}
"""One picture of each state, in each size and look in turn: those of a view cover all of them."""


TARGET = 24


@pytest.mark.parametrize("look", [ThemeChoice.LIGHT, ThemeChoice.CONTRAST])
def test_a_letter_is_not_scrolled_from_side_to_side(theme: Theme, look: ThemeChoice) -> None:
    with staged(STATES["compose-near-copy"], Shot(look, 1280, 800), theme) as window:
        letters = [each for each in window.findChildren(QPlainTextEdit) if each.isVisible()]
        assert letters
        assert not any(each.horizontalScrollBar().isVisible() for each in letters)


def small_targets(window: QWidget) -> list[str]:
    """What a pointer has to hit and is smaller than the 24 pixels of WCAG, outside lines of text."""
    return [
        f"{button.text() or button.accessibleName()}: {button.width()} × {button.height()}"
        for button in window.findChildren(QAbstractButton)
        if button.isVisibleTo(window) and button.isEnabled() and not button.visibleRegion().isEmpty()
        if not isinstance(button.parent(), QLineEdit) and not button.objectName().startswith("qt_")
        if min(button.width(), button.height()) < TARGET
    ]


@pytest.mark.journey
@pytest.mark.parametrize("name", [name for name, state in STATES.items() if state.main])
def test_nothing_of_a_view_is_cut_in_a_small_window_with_large_text(theme: Theme, name: str) -> None:
    """And with its letters apart."""
    shot = Shot(ThemeChoice.LIGHT, 800, 600, 1.5)
    theme.letter(Lettering(is_spaced=True))
    with staged(STATES[name], shot, theme) as window:
        assert theme.lettering.is_spaced
        check(window, shot, hints=name != "reminder-new")  # its example is longer than its field


FORMS = (
    "interview-new", "contact-new", "quick-add", "log-call", "log-reply", "reminder-new", "debrief",
    "compose-thank-you", "compose-call-date", "people-adding", "views-naming", "today-snooze-pick",
)  # fmt: skip


@pytest.mark.journey
@pytest.mark.parametrize("name", FORMS)
def test_nothing_of_a_form_is_cut_where_it_stands_beside_its_list(theme: Theme, name: str) -> None:
    shot = Shot(ThemeChoice.LIGHT, 1280, 800)
    with staged(STATES[name], shot, theme) as window:
        check(window, shot)


REPEATED = {
    *("today-twelve", "today-500", "today-one", "today-snooze-refused-far-down", "applications-one"),
    *("applications-500", "applications-many", "applications-moved-on", "applications-people", "log-wait"),
    *("interview-kept", "quick-add-kept", "reminder-kept", "views-one", "views-some", "views-menu"),
    *("board-one", "board-500", "board-long", "board-rejected", "calendar-week-empty", "people-one"),
    *("settings", "settings-away", "settings-refused", "settings-phone", "settings-templates", "palette"),
    *("settings-notifications-no-tray", "compose-near-copy", "compose-organiser"),
    *("compose-new-time", "compose-call", "compose-template", "debrief", "tips", "guide", "guide-search"),
    "import-preview",
}
"""States whose texts, but for what the user typed, others show as well."""

AS_JOURNEYS = {
    *FORMS,
    *("today-500", "insights-500", "settings-data", "settings-server", "drafts", "report", "trash", "locked"),
    *("import-columns", "import-invitation-new", "problem-report"),
}
"""The forms, what is full, what stands over all views or before them. In every run are the main states."""

KNOWN = (
    *("Fiesta Nacional de España", "Lunes siguiente a Todos los Santos"),
    *(page.title for page in Book(guide_folder()).pages),
    *languages(resources_dir() / "locale").values(),  # each in its own words
    *message_languages().values(),  # and by its forms of address
    *("Zzyzx", "This week", "To learn from", "Answers owed", "Remote only", "Answers owed this week"),
    *("Old ones", "With a recruiter", "Long shots", "Referrals", "Vandelay Industries", "Kira Olsen"),
    *("A question", "Dear Ana, is there news?", "evaluating models on live traffic", "ana@example.org"),
    "kira@umbrella.example",
    *("Buenos Aires", "Wed 14 Oct 2026", "5 follow-ups are waiting", "the tests", "freedesktop", "KeyError"),
    *(
        "follow-up.ics",
        "/home/ana/Nextcloud",
        f"{tempfile.gettempdir()}/follow-up-pictures/Nextcloud",
        "/follow-up-pictures/Nextcloud",
        *("Close", "PgUp", "PgDown"),
    ),
    *("Importing everything-of-last-year.json…", "data.db", "when they have time", REJECTION),
    *filter(None, TYPED),
    *INVITED,
    OFFERED,
    *zone_names(),
)
"""What the states type or are told, a holiday as its country names it, the guide, and what Qt says."""


@pytest.fixture
def greek(theme: Theme) -> Iterator[Theme]:
    """The pseudo-locale."""
    with speaking_pseudo():
        yield theme


def is_main(name: str) -> bool:
    return STATES[name].main


@pytest.mark.parametrize("name", swept(sorted(REPEATED), is_main))
def test_nothing_is_cut(theme: Theme, name: str) -> None:
    """Nor is anything told to assistive technology that would mislead or lose who can't see it."""
    with staged(STATES[name], SEEN[name], theme) as window:
        check(window, SEEN[name])
        assert faults(window) == []
        assert small_targets(window) == []


def run_when(name: str) -> ParameterSet:
    marks = () if is_main(name) else pytest.mark.journey if name in AS_JOURNEYS else pytest.mark.sweep
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [run_when(name) for name in STATES if name not in REPEATED])
def test_every_text_is_of_the_catalogue_and_nothing_is_cut_of_a_longer_one(greek: Theme, name: str) -> None:
    """Nor is anything told that would mislead: what holds with longer words does so in English."""
    with staged(STATES[name], SEEN[name], greek) as window:
        assert list(untranslated(window, [*KNOWN, *words_of(STATES[name].facts())])) == []
        check(window, SEEN[name], hints=False)
        assert faults(window) == []
        assert small_targets(window) == []


LANGUAGES = sorted(path.parent.name for path in (resources_dir() / "locale").glob("*/LC_MESSAGES"))


@pytest.fixture
def translated(theme: Theme, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """One of the languages there are."""
    with speaking(request.param):
        yield theme


@pytest.mark.journey
@pytest.mark.parametrize("translated", LANGUAGES, indirect=True)
@pytest.mark.parametrize("name", [name for name, state in STATES.items() if state.main])
def test_nothing_of_a_view_is_cut_or_misleads_by_ear_in_any_language(translated: Theme, name: str) -> None:
    with staged(STATES[name], Shot(ThemeChoice.LIGHT, 800, 600, 1.5), translated) as window:
        assert list(cut(window, hints=False)) == []
        assert faults(window) == []


@pytest.mark.parametrize("translated", LANGUAGES, indirect=True)
def test_what_would_become_of_a_row_of_an_import_is_read_whole(translated: Theme) -> None:
    with staged(STATES["import-preview"], Shot(ThemeChoice.LIGHT, 1280, 800, 1.5), translated):
        (preview,) = [top for top in QApplication.topLevelWidgets() if isinstance(top, ImportWindow)]
        table, style = preview.table, preview.table.style()
        assert preview.model.rowCount() > 3
        for row in range(preview.model.rowCount()):
            cell, option = preview.model.index(row, 0), QStyleOptionViewItem()
            table.initViewItemOption(option)
            _ChangeCell(table).initStyleOption(option, cell)
            option.rect = table.visualRect(cell)
            room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table).width()
            margins = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, table) + 1)
            assert QFontMetrics(option.font).horizontalAdvance(cell.data()) <= room - margins, cell.data()


def test_what_is_not_translated_is_found(greek: Theme) -> None:
    data = list(words_of(STATES["board"].facts()))
    with staged(STATES["board"], SEEN["board"], greek) as window:
        window.top_bar.add.setToolTip("Add one")
        window.top_bar.undo.setText("Undo")
        window.actions_["search"].setText("Look for Acme")
        settle()
        found = list(untranslated(window, data))
    words = [each.rpartition(" has ")[2] for each in found]
    assert {"Add, one", "Undo", "Look, for"} <= {*words}
    assert [each.partition(":")[0] for each in found if each.endswith("Undo")] == [
        "QuietButton's text",
        "drawn in MainWindow",
    ]


DOUBLED = (Shot(ThemeChoice.LIGHT, 1280, 800, 2.0), Shot(ThemeChoice.LIGHT, 640, 370))
"""A screen of 1280 × 800 at 200 %: text twice as large, or everything, below a frame and a panel."""

DOUBLE = [(name, DOUBLED[place % len(DOUBLED)]) for place, name in enumerate(STATES) if not STATES[name].main]
DOUBLE += [(name, shot) for name in STATES if STATES[name].main for shot in DOUBLED]


@pytest.mark.journey
@pytest.mark.parametrize(("name", "shot"), swept(DOUBLE, lambda case: is_main(case[0])), ids=str)
def test_everything_can_be_reached_at_200_percent(theme: Theme, name: str, shot: Shot) -> None:
    with staged(STATES[name], shot, theme) as window:
        assert (window.width(), window.height()) == (shot.width, shot.height)
        assert list(unreachable(window)) == []
        assert covered_by_a_sentence(window) == []


CROWDED = (
    *("quick-add", "interview-crowded", "applications-tagging", "calendar-week", "trash", "people"),
    *("contact-refused", "today", "today-interview-join", "today-menu", "guide", "report", "problem-report"),
    *("import-columns", "import-invitation", "settings-passphrase-wrong", "settings-data-inside"),
    *("locked-wrong", "compose-thank-you", "debrief", "reminder-new", "settings-refused"),
)
"""States with more above or beside what scrolls than others have, and windows over the window."""


STAY = {
    "compose-thank-you": "Open in email app",
    "debrief": "Save debrief",
    "reminder-new": "Save reminder",
    "interview-crowded": "Save interview",
}
"""What a form is for stays in sight while it scrolls."""


@pytest.mark.journey
@pytest.mark.parametrize("name", CROWDED)
def test_everything_can_be_reached_at_200_percent_in_the_smallest_window(theme: Theme, name: str) -> None:
    with staged(STATES[name], Shot(ThemeChoice.LIGHT, 800, 600, 2.0), theme) as window:
        assert list(unreachable(window)) == []
        assert list(cut(window, hints=False)) == []
        view = window.pages.currentWidget()
        assert view is not None
        assert window.width() - view.mapTo(window, view.rect().topLeft()).x() >= view.width()
        strong = {each.accessibleName(): each for each in view.findChildren(StrongButton) if each.isVisible()}
        if name in STAY:
            assert strong[STAY[name]].visibleRegion().boundingRect() == strong[STAY[name]].rect()


def test_what_can_not_be_reached_is_found(theme: Theme) -> None:
    with staged(STATES["interview"], DOUBLED[0], theme) as window:
        beyond = QPushButton("Beyond", window.top_bar)
        beyond.setGeometry(window.top_bar.width() - 20, 0, 100, 20)
        area = QScrollArea(window.top_bar)
        area.setWidget(QLabel("Much that scrolls\n" * 20))
        area.setGeometry(0, 0, 200, 20)
        for each in (beyond, area):
            each.show()
        settle()
        found = list(unreachable(window))
    assert [each.split(" ", 2)[0] for each in found] == ["QPushButton", "QScrollArea"]


def test_what_is_cut_is_found(theme: Theme) -> None:
    with staged(STATES["today-one"], Shot(ThemeChoice.LIGHT, 800, 600), theme) as window:
        window.top_bar.add.setFixedWidth(30)
        label = QLabel("No room for these words", window.top_bar)
        label.setGeometry(0, 0, 40, 20)
        beyond = QLabel("Beyond", window.top_bar)
        beyond.setGeometry(window.top_bar.width() - 20, 0, 100, 20)
        for each in (label, beyond):
            each.show()
        found = list(cut(window))
    assert len(found) == 3


def check(window: MainWindow, shot: Shot, *, hints: bool = True) -> None:
    assert (window.width(), window.height()) == (shot.width, shot.height)
    assert not picture(window).isNull()
    assert list(cut(window, hints=hints)) == []
    assert covered_by_a_sentence(window) == []


def covered_by_a_sentence(window: MainWindow) -> list[str]:
    """What is pressed or has the keyboard below the sentence that tells what was done."""
    window.toast.show_sentence("Moved the interview at Initech to Interviewing: Call Initech", can_undo=True)
    settle()
    assert window.rect().contains(window.toast.geometry())
    return list(covered(window))


def cut(window: QMainWindow, *, hints: bool = True) -> Iterator[str]:
    """The texts of buttons and labels that do not have the room they need, in the window or over it.

    So it is with the ``hints`` of empty lines; without, one whose tool tip has the whole is taken.
    """
    for top in QApplication.topLevelWidgets():
        for widget in top.findChildren(QWidget) if top is window or isinstance(top, QDialog) else ():
            if widget.visibleRegion().isEmpty():
                continue
            if (
                isinstance(widget, LineEdit)
                and not (widget.text() or widget.has_room_in(widget.width()))
                and (hints or not widget.whole)
            ):
                yield f"{widget.asked!r} has {widget.width()} pixels"
            if not isinstance(widget, QAbstractButton | QLabel):
                continue
            if isinstance(widget, RowButton) and widget.parked:
                continue
            if not fits(widget):
                yield f"{widget.text()!r} has {widget.width()} × {widget.height()} pixels"
            elif not in_sight(widget):
                yield f"{widget.text()!r} reaches over the edge of what it is in"


def fits(widget: QAbstractButton | QLabel) -> bool:
    """Whether the text has room; one that ends in an ellipsis has a tool tip with the whole."""
    icon_only = isinstance(widget, QToolButton) and not widget.icon().isNull()
    if not widget.text() or icon_only:
        return True
    room = widget.contentsRect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        flags = int(widget.alignment()) | Qt.TextFlag.TextWordWrap
        needed = widget.fontMetrics().boundingRect(room, flags, widget.text())
        return needed.width() <= room.width() and needed.height() <= room.height() + 1
    text = widget.text() if isinstance(widget, QLabel) else widget.text().replace("&&", "&")
    if (
        isinstance(widget, QLabel)
        and widget.fontMetrics().size(0, widget.text()).height() > widget.height() + 1
    ):
        return False  # letters of another script are higher
    needed_width = max(widget.fontMetrics().horizontalAdvance(line) for line in text.splitlines())
    if isinstance(widget, QAbstractButton) and not widget.icon().isNull():
        needed_width += widget.iconSize().width()
    return needed_width <= room.width() or bool(widget.toolTip() and isinstance(widget, ElidedLabel))


@pytest.mark.parametrize("name", ["today-empty", "today-empty-no-tray", "first-steps", "today-snooze"])
def test_today_scrolls_down_alone_where_text_is_large_in_a_small_window(theme: Theme, name: str) -> None:
    with staged(STATES[name], Shot(ThemeChoice.LIGHT, 800, 600, 2.0), theme) as window:
        areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
        assert areas
        assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)


SMALLEST = Shot(ThemeChoice.LIGHT, 640, 480, 2.0)


@pytest.mark.parametrize("shot", [SMALLEST, Shot(ThemeChoice.LIGHT, 800, 600)], ids=str)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_row_keeps_its_words_in_a_small_window(theme: Theme, language: str, shot: Shot) -> None:
    with speaking(language), staged(STATES["today-twelve"], shot, theme) as window:
        for _step in range(2):
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Down)
        settle()
        rows = [row for row in window.findChildren(FollowUpItem) if row.isVisible() and not row.is_card]
        assert any(row.selected for row in rows)
        for row in rows[:4]:
            parts = [part for part in row.findChildren(QWidget) if part.isVisibleTo(row)]
            labels = [part for part in parts if isinstance(part, ElidedLabel | WrappedLabel | Chip)]
            assert [label.text() for label in labels if not fits(label) or "…" in label.text()] == []
            buttons = [part for part in parts if isinstance(part, RowButton) and part.is_drawn]
            assert row.selected or len(buttons) > 0
            assert [part for part in buttons if not row.rect().contains(part.geometry())] == []
            assert [part.text() for part in buttons if part.width() < part.width_wanted()] == []
            places = [part.geometry() for part in (*labels, *buttons)]
            assert not any(one.intersects(other) for one, other in combinations(places, 2))


_SIDEWAYS = ("board", "calendar")
"""The views that have a place for each stage or day: those are scrolled to."""
_DOWN_ALONE = [name for name, state in STATES.items() if state.view not in _SIDEWAYS]
_SMALLEST = [(name, language) for name in _DOWN_ALONE for language in ("en", "de", "fr", "es")]
_CROWDED_MOST = {
    *("today-snooze", "insights", "insights-own-dates", "people", "compose-call", "settings-phone"),
    *("applications", "settings-server", "first-steps", "today-empty", "today-phone", "today-500"),
    *("settings-away", "settings-template-edited", "settings-refused", "log-call-too-many", "people-alike"),
    *("people-nobody-found", "compose-template", "settings-look"),
}


@pytest.mark.parametrize(
    ("name", "language"), swept(_SMALLEST, lambda case: case[0] in _CROWDED_MOST and case[1] == "de")
)
def test_no_page_scrolls_sideways_where_text_is_large_in_a_very_small_window(
    theme: Theme, name: str, language: str
) -> None:
    with speaking(language), staged(STATES[name], SMALLEST, theme) as window:
        areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
        wide = [area for area in areas if area.horizontalScrollBar().maximum() > 0]
        assert [area.accessibleName() for area in wide] == []


_LIVE = ("today", "today-interview-join", "today-review", "today-empty", "first-steps", "today-snooze-pick",
         "people", "insights-tables", "views-naming", "settings-away", "reminder-new", "applied-question",
         "applications", "interview", "compose-thank-you", "compose-call", "debrief", "debrief-planned",
         "calendar-week", "calendar-day", "drafts", "great-moment", "report")  # fmt: skip


@pytest.mark.journey
@pytest.mark.parametrize("name", _LIVE)
@pytest.mark.parametrize(("before", "after"), [(1.0, 2.0), (2.0, 1.0)])
def test_a_window_takes_another_text_size_as_one_started_with_it(
    theme: Theme, name: str, before: float, after: float
) -> None:
    with staged(STATES[name], Shot(ThemeChoice.LIGHT, 1280, 800, before), theme) as window:
        theme.scale_text(after)
        settle()
        live = dict(_fixed_sizes(window, ""))
        top = window.pages.mapTo(window, QPoint()).y()
    with staged(STATES[name], Shot(ThemeChoice.LIGHT, 1280, 800, after), theme) as window:
        started = dict(_fixed_sizes(window, ""))
        assert window.pages.mapTo(window, QPoint()).y() == top, "the bars above have their room"
    assert any(path.endswith("StatusDot 1") for path in live)
    both = live.keys() & started.keys()  # a scroll bar may be seen in one alone
    assert {path: (live[path], started[path]) for path in both if live[path] != started[path]} == {}


def _fixed_sizes(around: QWidget, path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What has sizes of its own of all that is seen, by its place: widths, icons, margins and distances."""
    met: Counter[str] = Counter()
    for part in around.children():
        if not isinstance(part, QWidget) or part.isWindow() or part.isHidden():
            continue
        kind = type(part).__name__
        met[kind] += 1
        place = f"{path}/{kind} {met[kind]}"
        icon = part.iconSize().width() if isinstance(part, QAbstractButton) else 0
        yield place, (part.minimumWidth(), part.maximumWidth(), icon, *_distances(part.layout()))
        yield from _fixed_sizes(part, place)


def _distances(layout: QLayout | None) -> Iterator[int]:
    """The margins and distances of a layout and of all that are in it."""
    if layout is None:
        return
    margins = layout.contentsMargins()
    yield from (margins.left(), margins.top(), margins.right(), margins.bottom(), layout.spacing())
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None:
            yield from _distances(item.layout())
            gap = item.spacerItem()
            if gap is not None:
                yield gap.sizeHint().height()


def in_sight(widget: QWidget) -> bool:
    """Whether it lies within everything that it is in, but for what is scrolled."""
    across = down = True
    place = widget.rect()
    while (parent := widget.parentWidget()) is not None and not widget.isWindow():
        place.translate(widget.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            is_fixed = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            across = across and (is_fixed or area.horizontalScrollBar().maximum() == 0)
            down = down and area.verticalScrollBar().maximum() == 0
        if across and (place.left() < 0 or place.right() >= parent.width()):
            return False
        if down and (place.top() < 0 or place.bottom() >= parent.height()):
            return False
        widget = parent
    return True


def test_the_help_of_the_pictures_lists_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        screenshots.main(["--help"])
    said = capsys.readouterr().out.replace("\n", " ")
    assert ended.value.code == 0
    assert [name for name in STATES if f" {name}" not in said] == []


def test_a_state_that_is_not_there_is_refused_before_anything_is_drawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        screenshots.main(["no-such-state"])
    assert ended.value.code == 2
    assert "no such state: no-such-state" in capsys.readouterr().err


def test_the_guide_shows_its_pictures_in_each_language(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {code: tmp_path / code for code in ("en", "de")}
    monkeypatch.setattr(guide_pictures, "folders", lambda: folders)
    guide_pictures.make(["today"], theme)
    assert {path.name for path in tmp_path.rglob("*.png")} == {"today.png"}
    pictures = [QImage(str(folder / "today.png")) for folder in folders.values()]
    assert [image.width() for image in pictures] == [guide_pictures.WIDTH] * 2
    assert pictures[0] != pictures[1]
    assert language() == "en"


def test_what_would_mislead_by_ear_is_found(theme: Theme) -> None:
    with staged(STATES["log-call"], Shot(ThemeChoice.LIGHT, 1280, 800), theme) as window:
        bar = window.top_bar
        bar.add.setAccessibleName("Something else")
        bar.redo.setAccessibleDescription("")
        bar.redo.setToolTip("<span>Redo</span>")
        nameless, twice = QLineEdit(bar), [QPushButton("Twice", bar) for _number in range(2)]
        for each in (nameless, *twice):
            each.show()
        found = faults(window)
    assert len(found) == 4
    kinds = ("otherwise than the words on it", "described by tags", "has no name", "2 × Button 'Twice'")
    for kind in kinds:
        assert [each for each in found if kind in each], kind


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_no_heading_widens_the_detail_in_any_language(theme: Theme, language: str) -> None:
    with (
        speaking(language),
        staged(STATES["applications-timeline"], Shot(ThemeChoice.LIGHT, 800, 600, 2.0), theme) as window,
    ):
        detail = window.findChild(ApplicationPane)
        assert detail is not None
        assert detail.isVisible()
        bars = [area.horizontalScrollBar().maximum() for area in detail.findChildren(QScrollArea)]
        assert bars == [0] * len(bars)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_words_in_the_search_are_whole_before_those_of_the_button_beside_it(
    theme: Theme, language: str
) -> None:
    shot = Shot(ThemeChoice.LIGHT, 800, 600, 1.5)
    with speaking(language), staged(STATES["today-one"], shot, theme) as window:
        bar = window.top_bar
        words = _("Search applications")
        assert bar.search.asked.startswith(words)
        assert bar.search.fontMetrics().horizontalAdvance(words) < bar.search.width() - 20


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_lines_that_a_text_has_room_for_are_whole_however_large(theme: Theme, scale: float) -> None:
    with staged(STATES["debrief"], Shot(ThemeChoice.LIGHT, 800, 600, scale), theme) as window:
        texts = [each for each in window.findChildren(QPlainTextEdit) if each.isVisible()]
        assert texts
        for text in texts:
            room = text.viewport().height() - 2 * text.document().documentMargin()
            line = text.document().firstBlock().layout().lineAt(0).height()
            assert line >= text.fontMetrics().lineSpacing()
            assert 0 <= room % line < 4


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_has_the_keyboard_is_whole_beside_a_refusal_without_room(
    theme: Theme, qtbot: QtBot, language: str
) -> None:
    shot = Shot(ThemeChoice.LIGHT, 800, 600, 2.0)
    with speaking(language), staged(STATES["settings-away"], shot, theme) as window:
        focus = window.focusWidget()
        assert isinstance(focus, QAbstractButton)
        qtbot.waitUntil(lambda: focus.visibleRegion().boundingRect() == focus.rect())


@pytest.mark.parametrize(
    ("name", "shot", "apart"),
    [("Hooli", Shot(ThemeChoice.LIGHT, 800, 600, 2.0), False), ("Donau Energy Vienna", SMALLEST, True)],
)
def test_the_employer_is_whole_in_the_heading_of_the_detail(
    theme: Theme, name: str, shot: Shot, apart: bool
) -> None:
    with staged(STATES["applications-timeline"], shot, theme) as window:
        detail = window.findChild(ApplicationPane)
        assert detail is not None
        employer, stage = detail.fields["employer"], detail.fields["stage"]
        detail.type_again("employer", name)
        window.refresh()
        settle()
        assert employer.editor.fontMetrics().horizontalAdvance(name) < employer.editor.width()
        below = stage.geometry().top() >= employer.geometry().bottom()
        assert below is apart


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_fields_of_a_form_begin_at_one_place(theme: Theme, language: str) -> None:
    shot = Shot(ThemeChoice.LIGHT, 800, 600)
    with speaking(language), staged(STATES["quick-add"], shot, theme) as window:
        form = window.findChild(QuickAdd)
        assert form is not None
        begins = {
            field.editor.mapTo(form, QPoint(0, 0)).x() for field in (form.posting, *form.fields.values())
        }
        assert len(begins) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_what_was_deleted_when_is_read_where_text_is_large(theme: Theme, language: str) -> None:
    shot = Shot(ThemeChoice.LIGHT, 800, 600, 2.0)
    with speaking(language), staged(STATES["trash"], shot, theme) as window:
        view = window.pages.page("trash")
        assert isinstance(view, TrashView)
        metrics = theme.metrics(Type.SMALL)
        for place, row in enumerate(view.model.rows):
            area = view.list.visualRect(view.model.index(place, 0))
            beside = metrics.horizontalAdvance(row.subtitle) + metrics.horizontalAdvance(row.goes)
            assert area.height() > theme.px(60) or beside < area.width()
            room = area.width() - theme.px(34)
            said = view.list.itemDelegate().subtitle(row, room)  # type: ignore[attr-defined]
            assert metrics.horizontalAdvance(said) <= room
            assert said.endswith(row.moment)


@pytest.mark.parametrize("name", ["import-preview", "import-invitation"])
def test_no_column_of_an_import_is_squeezed_where_text_is_large(theme: Theme, name: str) -> None:
    with speaking("de"), staged(STATES[name], Shot(ThemeChoice.LIGHT, 800, 600, 2.0), theme):
        shown = QApplication.topLevelWidgets()
        header = next(top for top in shown if isinstance(top, ImportWindow)).table.horizontalHeader()
        wide = [header.sectionSize(column) for column in range(header.count())]
        titles = [header.sectionSizeHint(column) for column in range(header.count())]
        assert min(wide) >= theme.px(120)
        assert all(own >= wanted for own, wanted in zip(wide, titles, strict=True))
