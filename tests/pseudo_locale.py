"""A language that is none: every text of the catalogue in brackets, longer, and without a letter of ASCII.

What still has letters of ASCII while it is spoken was typed by the user, or never went through the catalogue.
"""

from __future__ import annotations

import gettext as catalogues
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from babel import Locale
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QGuiApplication

from followup_desktop import i18n
from followup_desktop.resource_files import resources_dir
from followup_desktop.system.qt_language import speak_to_qt

OPENING, CLOSING = "[!! ", " !!]"

LOCALE = "el"
"""Greek, whose weekdays and months have no letter of ASCII either."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥíĵķļɱñóþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŢÛṼŴẊÝŽ",
)
_GROWTH = 0.3

_KEPT = re.compile(
    r"""
      \{\{[^{}]*\}\}  # a name that stays in braces
    | \{[^{}]*\}      # a value, filled in by its name
    | %\(\w+\)[a-z]   # a value, as argparse fills it in
    | %[a-z%]
    | <[^<>]*>        # rich text
    | &\#?\w+;
    | \*\.\w+         # the names of files in a dialog
    | \t[\w+]+        # the keys beside an entry of a menu
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[A-Za-z]{2,}")


_DOUBLED = re.compile(r"([àéíóû])\1")


def bare(text: str) -> str:
    """The text without the brackets around it and what is filled in, and as short as it was."""
    return _DOUBLED.sub(r"\1", text.replace(OPENING, "").replace(CLOSING, ""))


RIGHT_TO_LEFT = "he"
"""Hebrew, which is written from right to left."""

_HEBREW = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "אבצדעפגהיזכלמנסקרשתטוןםחץף" * 2
)


class HebrewLetters(catalogues.GNUTranslations):
    """Every text in Hebrew letters: no words of that language, but they run from right to left."""

    def __init__(self) -> None:
        catalogues.NullTranslations.__init__(self)

    def gettext(self, message: str) -> str:
        return _in_hebrew(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _in_hebrew(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return _in_hebrew(message)


def _in_hebrew(message: str) -> str:
    pieces, end = [], 0
    for kept in _KEPT.finditer(message):
        pieces += [message[end : kept.start()].translate(_HEBREW), kept[0]]
        end = kept.end()
    return "".join((*pieces, message[end:].translate(_HEBREW)))


class PseudoCatalogue(catalogues.GNUTranslations):
    """Has a translation for every text that it is asked for; for the empty text and for its own it fails.

    gettext's answer to the empty text is the header of the catalogue.
    """

    def __init__(self) -> None:
        catalogues.NullTranslations.__init__(self)

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        assert context
        return pseudo(message)


def pseudo(message: str) -> str:
    """The text in the language that is none, with the names of its values kept."""
    assert message, "the empty text is translated"
    assert OPENING not in message, f"translated twice: {message}"
    if not any(each.isalpha() for each in _KEPT.sub("", message)):
        return message  # a sign between others
    vowels = max(0, round(_GROWTH * len(message)) - len(OPENING + CLOSING))
    pieces = []
    end = 0
    for kept in _KEPT.finditer(message):
        accented, vowels = _accented(message[end : kept.start()], vowels)
        pieces += [accented, kept[0]]
        end = kept.end()
    pieces.append(_accented(message[end:], vowels)[0])
    body = "".join(pieces)
    inner = body.strip()  # what a text has around it, such as a line break, stays around it
    start = body.index(inner)
    return body[:start] + OPENING + inner + CLOSING + body[start + len(inner) :]


def _accented(text: str, vowels: int) -> tuple[str, int]:
    """The text with its first ``vowels`` vowels doubled; and how many are left to be doubled."""
    longer, doubled = (
        re.subn(r"[aeiou]", lambda vowel: vowel[0] * 2, text, count=vowels) if vowels else (text, 0)
    )
    return longer.translate(_ACCENTED), vowels - doubled


def compiled(texts: Catalog) -> bytes:
    """These texts as a catalogue in the language that is none, for a program that is started in it."""
    catalogue, file = Catalog(locale=LOCALE), io.BytesIO()
    for message in texts:
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else message.id
            translated = tuple(pseudo(form) for form in forms)
            catalogue.add(
                message.id, translated if message.pluralizable else translated[0], context=message.context
            )
    write_mo(file, catalogue)
    return file.getvalue()


def english_words(text: str, data: Iterable[str] = ()) -> list[str]:
    """The words in what was shown that the catalogue does not know, without ``data``, the longest first."""
    if _WORD.search(text) is None:  # as of most that is shown
        return []
    for piece in data:
        text = text.replace(piece, " ")
    return _WORD.findall(text)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """The program and Qt speak one of the languages there are; afterwards what they spoke before."""
    before = i18n.in_use()
    with _spoken_before(locale):
        i18n.use(locale, resources_dir() / "locale")
        _speak_to_qt()
        try:
            yield
        finally:
            i18n.install(*before)
            _speak_to_qt()


@contextmanager
def speaking_pseudo() -> Iterator[None]:
    """The program speaks the language that is none; afterwards what it spoke before."""
    with _spoken_before(LOCALE):
        i18n.install(PseudoCatalogue(), Locale.parse(LOCALE))
        yield


@contextmanager
def speaking_to_the_left() -> Iterator[None]:
    """The program speaks in Hebrew letters, and the layout runs to the left; afterwards as before."""
    way = Qt.LayoutDirection
    with _spoken_before(RIGHT_TO_LEFT):
        i18n.install(HebrewLetters(), Locale.parse(RIGHT_TO_LEFT))
        QGuiApplication.setLayoutDirection(way.RightToLeft)
        try:
            yield
        finally:
            QGuiApplication.setLayoutDirection(way.LeftToRight)


def _speak_to_qt() -> None:
    if application := QCoreApplication.instance():
        speak_to_qt(application)


@contextmanager
def _spoken_before(locale: str) -> Iterator[None]:
    before, of_qt = i18n.in_use(), QLocale()
    QLocale.setDefault(QLocale(locale))  # Qt's own calendars take their names from it
    try:
        yield
    finally:
        i18n.install(*before)
        QLocale.setDefault(of_qt)
