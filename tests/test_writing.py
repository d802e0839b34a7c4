"""What users read is written as CONTRIBUTING and the glossaries ask: one word for one thing."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from followup_desktop.arguments import parser
from followup_desktop.i18n import _
from followup_desktop.resource_files import resources_dir
from tests.packaging.scripts import LINUX, load
from tests.pseudo_locale import speaking
from tests.tables import tabled

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = [REPOSITORY / "README.md", *sorted((resources_dir() / "guide" / "en").glob("*.md"))]
FIXED = ("do not disturb", "where you are")
"""A mode of desktops, and what has no contraction."""
OF_OTHERS = ("Connection refused", "Transport endpoint is not connected")
"""What systems say."""


def words_not_used() -> list[str]:
    """The right column of the glossary."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("| write | not |")[2].partition("\n\n")[0]
    return re.findall(r"`([^`]+)`", table)


@cache
def texts() -> tuple[str, ...]:
    """Every text of the program in English, without the marks of keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPOSITORY / "packaging")
        messages = importlib.import_module("messages")
    catalogue = messages.read_template()  # which another test keeps true
    found = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        found += [re.sub(r"&(?=\w)", "", each) for each in ids if each]
    return tuple(found)


def found_in(text: str) -> Iterator[str]:
    """The words of the glossary's right column that a text has."""
    plain = text
    for allowed in (*FIXED, *OF_OTHERS):
        plain = plain.replace(allowed, "")
    for words in words_not_used():
        edges = (r"\b" if words[0].isalnum() else r"(?<=\w)", r"\b" if words[-1].isalnum() else "")
        if re.search(edges[0] + re.escape(words) + edges[1], re.sub(r"\{\w+\}", "{}", plain), re.IGNORECASE):
            yield words


def test_the_glossary_is_read() -> None:
    assert {"mail program", "whom", "(s)", "please"} <= set(words_not_used())
    assert list(found_in("Please mail the item(s)")) == ["please", "(s)"]


def test_one_thing_has_one_name() -> None:
    assert len(texts()) > 1500
    assert {text: wrong for text in texts() if (wrong := list(found_in(text)))} == {}


@tabled("page", PAGES)
def test_a_page_uses_the_same_words(page: Path) -> None:
    text = " ".join(re.sub(r"(?s)```.*?```|`[^`]*`", "", page.read_text("utf-8")).split())
    assert list(found_in(text)) == []


def test_the_manual_page_uses_the_same_words() -> None:
    page = load(LINUX / "command_line.py").page("2026-11-28").replace("\\-", "-")
    assert "Follow Up reminds people" in page
    assert list(found_in(" ".join(page.split()))) == []


def test_an_ellipsis_is_one_character_without_a_blank_before_it() -> None:
    assert [text for text in texts() if "..." in text or re.search(r"\s…", text)] == []


def test_a_label_is_in_sentence_case() -> None:
    """Two words in a row with capitals are a name, and there are few, or Qt's."""
    names = re.compile(
        r"Follow Up|Time Machine|New York|Numbers, Pages|Debian and Ubuntu|Outlook MSG|User Commands"
        r"|Double Sided Printing"
    )
    titled = [
        text
        for text in texts()
        if re.fullmatch(r"(?:[A-Z][a-z]+ )+[A-Z][a-z]+", text) and not names.search(text)
    ]
    assert titled == ["Data Engineer"]


def test_a_message_of_what_was_done_has_no_full_stop() -> None:
    done = re.compile(r"(Deleted|Added|Copied|Archived|Moved|Tagged|Unarchived|Skipped) (?!items)[^.]*\.")
    assert [text for text in texts() if done.fullmatch(text)] == []


LANGUAGES = [path.parts[-3] for path in sorted((resources_dir() / "locale").glob("*/LC_MESSAGES/*.po"))]
NOT_OF_THE_PROGRAM = {
    "Open with",
    "Öffnen mit",
    "Abrir con",
    "Ouvrir avec",
    "Arbeitgebers",
    "Sie",
    "Calendarios",
    "Calendriers",
}
"""In italics in the guide: what others call something, and what is stressed."""


@cache
def translated(language: str) -> list[tuple[str, list[str]]]:
    """Every text of the program in English, and its forms in a language, without the marks of keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPOSITORY / "packaging")
        messages = importlib.import_module("messages")
        path = resources_dir() / "locale" / language / "LC_MESSAGES" / "followup-desktop.po"
        catalogue = messages.read_translation(path)
        pairs = [(messages.texts(each.id), messages.texts(each.string)) for each in catalogue if each.id]
    return [(ids[-1], [re.sub(r"&(?=\w)", "", each) for each in strings]) for ids, strings in pairs]


def guide_pages(language: str) -> list[Path]:
    """The pages of the guide in a language."""
    return sorted((resources_dir() / "guide" / language).glob("*.md"))


def prose(page: Path) -> str:
    """A page on one line, without what is typed or run."""
    return " ".join(re.sub(r"(?s)```.*?```|`[^`]*`", "", page.read_text("utf-8")).split())


def not_in(language: str) -> list[str]:
    """The words in the right column of a language's glossary that it doesn't use."""
    text = (REPOSITORY / "docs" / f"glossary-{language}.md").read_text("utf-8")
    cells = [line.rstrip(" |").rpartition("|")[2] for line in text.splitlines() if line.startswith("|")]
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def words_in(text: str, words: list[str]) -> list[str]:
    """Those of these words that a text has, as they are written."""
    plain = re.sub(r"\{\w+\}|\$\w+|--[\w-]+|https?://\S+", " ", text)
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", plain)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_name_in_each_language(language: str) -> None:
    words = not_in(language)
    shown = [text for _, found in translated(language) for text in found]
    letters = [path.read_text("utf-8") for path in (resources_dir() / "templates").glob(f"{language}*/*")]
    read = [*shown, *letters, *(prose(page) for page in guide_pages(language))]
    assert {text[:200]: wrong for text in read if (wrong := words_in(text, words))} == {}


def test_no_line_of_french_breaks_before_a_mark() -> None:
    shown = [text for _, found in translated("fr") for text in found]
    files = [*(resources_dir() / "templates").glob("fr*/*"), *guide_pages("fr")]
    read = [*shown, *(path.read_text("utf-8") for path in files)]
    broken = re.compile(r"[^\s|] [:;!?»](?=\s|$)|« ")
    assert {text[:200]: found for text in read if (found := broken.findall(text))} == {}


FOREIGN_QUOTES = {
    "de": re.compile(r"""["«»”]|(?<!\w)'|'(?!\w)"""),
    "fr": re.compile(r"""["'“”„]"""),
    "es": re.compile(r"""["“”„]|(?<!\w)'|'(?!\w)"""),
}
"""Straight quotes, and those of another language."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_are_those_of_the_language(language: str) -> None:
    foreign = FOREIGN_QUOTES.get(language)
    assert foreign is not None, f"which quotes has {language}?"
    shown = [text for _, found in translated(language) for text in found]
    assert [text for text in shown if foreign.search(text)] == []


def test_the_colon_behind_a_french_word_stands_apart() -> None:
    """Behind a heading of the help, too, where argparse sets it."""
    shown = [text for _, found in translated("fr") for text in found]
    # Neither a link's "followup:" nor the words by which a software centre finds the program are sentences.
    glued = re.compile(r"(?<![\u202f\d])(?<!followup)[:;!?](?=\s|$)")
    assert [text for text in shown if glued.search(text) and not text.endswith(";")] == []
    with speaking("fr"):
        assert "options\u202f:" in parser().format_help()


@pytest.mark.parametrize("language", ("en", *LANGUAGES))
def test_no_question_stands_before_a_colon(language: str) -> None:
    """As "¿Pasar página: 29 seguimientos", or French with two blanks where the question mark was."""
    shown = texts() if language == "en" else [text for _, found in translated(language) for text in found]
    questions = [text for text in shown if text.endswith("?") and "{" not in text]
    assert "Why?" in questions or language != "en"
    wrong = set()
    with speaking(language):
        for template in ("{label}:", "{name}: {text}", "{rule}: {n} follow-up", "{field}: needs correcting"):
            name = re.findall(r"\{(\w+)\}", template)[0]
            for question in questions:
                said = _(template).format(**{"text": "", "n": "", name: question})
                if re.search(r"[?¿]|[\u00a0\u202f]{2}", said):
                    wrong.add(said)
    assert wrong == set()


def test_a_day_or_time_in_spanish_has_its_article() -> None:
    """As "hasta las 16:00", "desde el vie"; German says "am" and French "le" before what is due."""
    bare = {
        "es": r"\b(hasta|desde|cierra|toca|tocaba|enviada|dijeron) \{(time|date|when|weekday|day)\}",
        "de": r"\b(fällig|beworben) \{",
        "fr": r"\bà faire \{",
    }
    for language, words in bare.items():
        shown = [text for _, found in translated(language) for text in found]
        assert [text for text in shown if re.search(words, text)] == [], language


FIELDS = {"de": "Das Feld „", "fr": "Le champ «\u202f", "es": "El campo «"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_field_must_be_reads_well_whatever_it_is_called(language: str) -> None:
    """No language glues a label like "Applied on" or a place of a file to its verbs as it is."""
    wrong = [
        string
        for text, strings in translated(language)
        for string in strings
        if re.match(r"\{field\} (must|can|contains|is empty)\b", text)
        and not string.startswith(FIELDS[language])
    ]
    assert wrong == []


def test_no_text_needs_to_be_seen_to_be_understood() -> None:
    """None says what is meant by its colour or by where it stands."""
    seen = re.compile(r"\b(red|green|blue|yellow|orange|gr[ae]y|(to|on|at) the (left|right)(?! time))\b")
    guide = [page.read_text("utf-8") for page in PAGES[1:]]
    assert [text[:200] for text in (*texts(), *guide) if seen.search(text)] == []


def test_words_of_a_glossary_are_found() -> None:
    assert {"Status", "man"} <= set(not_in("de"))
    assert words_in("Wenn man den Status {Backup} von Manfred sieht", not_in("de")) == ["Status", "man"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_as_its_text_does(language: str) -> None:
    """With the same full stop, question mark, colon or ellipsis, and no three dots for one."""

    def end(text: str) -> str:
        found = re.search(r"""\s*([.?!:…]*)[”“"»’\s]*$""", text)
        return found[1] if found else ""

    wrong = [
        (text, string)
        for text, strings in translated(language)
        for string in strings
        if end(text) != end(string) or "..." in string or re.search(r"(?<!^)\s…", string)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_guide_calls_everything_as_the_program_does(language: str) -> None:
    """What begins in italics with a capital is a label, but where the page is about other programs."""

    def plain(text: str) -> str:
        return re.sub(r"\s+", " ", text).strip("+ …▾▴.").lower()

    shown = [texts()] if language == "en" else [found for _, found in translated(language)]
    labels = {plain(part) for found in shown for each in found for part in (each, each.partition(":")[0])}
    wrong = []
    for page in guide_pages(language):
        text = re.sub(r"(?m)^(\|| *\d\.|   ).*$", "", page.read_text("utf-8"))
        text = re.sub(r"\*\*.*?\*\*", "", " ".join(text.split()))
        for italic in re.findall(r"(?<!\*)\*([^*|]+)\*(?!\*)", text):
            for label in italic.split(" → "):
                if label[:1].isupper() and label not in NOT_OF_THE_PROGRAM and plain(label) not in labels:
                    wrong.append(f"{page.name}: {label}")
    assert wrong == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_view_today_is_not_taken_for_the_word(language: str) -> None:
    """A sentence of the guide sets the view's name apart; headings, tables and links are its own."""
    shown = [] if language == "en" else translated(language)
    today = next((strings[0] for text, strings in shown if text == "Today"), "Today")
    bare = re.compile(rf"(?<![*\[\w„“«\u202f’]){today}\b(?!:)")
    lines = {page.name: page.read_text("utf-8").splitlines() for page in guide_pages(language)}
    found = [
        f"{page}: {line}"
        for page, text in lines.items()
        for line in text
        if not line.startswith(("#", "|", "!")) and bare.search(line)
    ]
    assert found == []
