"""Gathers every text of the program for its translators, and brings the translations up to date.

    python packaging/messages.py

writes ``resources/locale/followup-desktop.pot``, gives its texts to every catalogue that there is
(``resources/locale/es/LC_MESSAGES/followup-desktop.po``), and compiles those. The same sources give the same
bytes: dates and line numbers are left out, so that a catalogue changes only where a text does. What a start
reads of CLDR goes to ``resources/cldr``.
"""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cldr
import desktop_texts
import qt_words
import trim
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from followup_desktop import i18n
from followup_desktop.services.capture import (
    clocks,
    interview_words,
    mail_words,
    phrasebook,
    posting_words,
    replies,
)
from followup_desktop.services.capture.language_files import faults_in
from followup_desktop.services.transfer.tables import words

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "followup_desktop"
LOCALE = ROOT / "resources" / "locale"
CLDR = ROOT / "resources" / "cldr"
DOMAIN = "followup-desktop"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
QT_WORDS = "qt.qm"
"""What ``qt_language.py`` reads beside each catalogue."""

_SOURCES: dict[str, list[tuple[str, Any]]] = {
    PACKAGE: [("**.py", "python")],
    "packaging": [
        ("**.py", "python"),
        ("linux/*.desktop", desktop_texts.texts_of_entry),
        ("linux/*.xml", desktop_texts.texts_of_xml),
    ],
}
"""The folders with texts, and how those of a file are found."""

_KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
}
_MARK = "Translators:"
_BY_PERCENT = re.compile(r"%\(\w+\)[rs]|%[rs]")
_LEFT_OUT = re.compile(rb'^"(POT-Creation-Date|Generated-By|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)
_NO_VERSION = (b"Follow Up Desktop VERSION", b"Follow Up Desktop")
_HEADER = """\
# The texts of Follow Up Desktop.
# Copyright: the Follow Up Desktop authors, under the licence of the program."""


def gathered(root: Path = ROOT) -> Catalog:
    """Every text that the sources mark, with the comments for its translators and the files it stands in."""
    catalogue = Catalog(
        project="Follow Up Desktop", version="", header_comment=_HEADER, copyright_holder="", fuzzy=False
    )
    for folder, methods in _SOURCES.items():
        found = extract_from_dir(
            root / folder, method_map=methods, keywords=_KEYWORDS, comment_tags=[_MARK], options_map={}
        )
        for file, _line, message, comments, context in found:
            place = f"{folder}/{Path(file).as_posix()}"
            catalogue.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalogue


def as_file(catalogue: Catalog) -> bytes:
    """The catalogue as the text file that translators work on."""
    file = io.BytesIO()
    write_po(file, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return _LEFT_OUT.sub(b"", file.getvalue()).replace(*_NO_VERSION)


def translations(folder: Path = LOCALE) -> list[Path]:
    """The catalogues that there are."""
    return sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read_translation(path: Path) -> Catalog:
    """A catalogue, in the language of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, domain=DOMAIN)


def read_template() -> Catalog:
    """The texts of all sources as they were gathered last."""
    with TEMPLATE.open("rb") as file:
        return read_po(file, domain=DOMAIN)


def updated(path: Path, template: Catalog) -> Catalog:
    """The catalogue with the texts of the template: new ones untranslated, similar ones marked as fuzzy."""
    catalogue = read_translation(path)
    catalogue.update(template)
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it, without what is marked as fuzzy."""
    file = io.BytesIO()
    catalogue.creation_date = datetime(1970, 1, 1, tzinfo=UTC)  # else now: other bytes each time
    write_mo(file, catalogue)
    return file.getvalue()


def faults(catalogue: Catalog) -> Iterator[str]:
    """What would show a wrong text or none at all: a sentence each, that names the text."""
    for message in catalogue:
        if not message.id or message.fuzzy or not any(texts(message.string)):
            continue
        for error in message.check(catalogue):
            yield f"{message.id}: {error}"
        yield from _faults_of_values(message, catalogue.num_plurals)


def _faults_of_values(message: Message, plurals: int) -> Iterator[str]:
    translated = texts(message.string)
    if message.pluralizable and (len(translated) != plurals or not all(translated)):
        yield f"{message.id}: not each of the {plurals} plural forms is translated"
    originals = [_values(text) for text in texts(message.id)]
    allowed = set().union(*originals)
    needed = set.intersection(*originals) - ({"n"} if message.pluralizable else set())
    for text in filter(None, translated):
        try:
            values = _values(text)
        except ValueError as error:
            yield f"{text}: {error}"
            continue
        if missing := needed - values:
            yield f"{text}: {', '.join(sorted(missing))} is missing"
        if unknown := values - allowed:
            yield f"{text}: nothing is called {', '.join(sorted(unknown))}"


def texts(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A text, or one in its plural forms, as a list."""
    return [text] if isinstance(text, str) else list(text)


def _values(text: str) -> set[str]:
    """What is filled in: by ``str.format`` the names in braces, in the texts of ``argparse`` by ``%``."""
    in_braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return in_braces | set(_BY_PERCENT.findall(text))


def unreadable_words() -> Iterator[str]:
    """What is wrong with the files of words that languages have beside their texts: a sentence each."""
    for each in (phrasebook, clocks, replies, mail_words, posting_words, interview_words, words):
        yield from each.faults()
    yield from faults_in("locale/*/language.json", i18n.read_about)


def main() -> None:
    """Write the template, and bring every translation up to date; fail where words can't be read."""
    template = gathered()
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_file(template))
    for path in translations():
        catalogue = updated(path, template)
        path.write_bytes(as_file(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        path.with_name(QT_WORDS).write_bytes(qt_words.compiled(catalogue))
    cldr.write(CLDR, trim.own_catalogues(ROOT))
    if unreadable := list(unreadable_words()):
        sys.exit("\n".join(unreadable))


if __name__ == "__main__":
    main()
