"""What Qt says and writes by itself, in the language of the program."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator

import pytest
from babel import Locale
from PySide6.QtCore import QDate, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDialogButtonBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from followup_desktop import i18n
from followup_desktop.system.qt_language import speak_to_qt


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    """Leave the other tests their language, and the way it runs."""
    before, way = (*i18n.in_use(), QLocale()), qapp.layoutDirection()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        delete(translator)
    i18n.install(*before[:2])
    QLocale.setDefault(before[2])
    qapp.setLayoutDirection(way)


def speak(locale: str, application: QApplication) -> None:
    i18n.install(catalogues.NullTranslations(), Locale.parse(locale))
    speak_to_qt(application)


def cancel(qtbot: QtBot) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")


@pytest.mark.parametrize(
    ("locale", "text"), [("es", "Cancelar"), ("es_MX", "Cancelar"), ("de_AT", "Abbrechen")]
)
def test_standard_buttons_speak_the_language(
    qapp: QApplication, qtbot: QtBot, english_again: None, locale: str, text: str
) -> None:
    speak(locale, qapp)
    assert cancel(qtbot) == text


def test_the_menu_of_a_line_speaks_the_language(
    qapp: QApplication, qtbot: QtBot, english_again: None
) -> None:
    speak("es_ES", qapp)
    line = QLineEdit("text")
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert [action.text().partition("\t")[0] for action in menu.actions() if action.text()][:2] == [
        "&Deshacer",
        "&Rehacer",
    ]


def test_in_english_nothing_is_loaded(qapp: QApplication, qtbot: QtBot, english_again: None) -> None:
    speak("en_US", qapp)
    assert cancel(qtbot) == "Cancel"
    assert qapp.findChildren(QTranslator) == []


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "es_ES", "fa_IR", "sv_SE"])
def test_widgets_of_qt_count_as_the_language_does(
    qapp: QApplication, qtbot: QtBot, english_again: None, locale: str
) -> None:
    speak(locale, qapp)
    spin, calendar = QSpinBox(), QCalendarWidget()
    for widget in (spin, calendar):
        qtbot.addWidget(widget)
    assert spin.locale().name() == locale
    assert calendar.firstDayOfWeek().value - 1 == i18n.first_weekday()
    calendar.setSelectedDate(QDate(2026, 10, 14))
    assert i18n.weekday_name(2) in calendar.locale().standaloneDayName(3)
