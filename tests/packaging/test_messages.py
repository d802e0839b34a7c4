"""The texts for translators: those of the sources, and a translation says as much as the original."""

from __future__ import annotations

import importlib
import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog

from followup_desktop import i18n
from tests.packaging.scripts import REPOSITORY

ADVICE = "run `make messages`"
pytestmark = pytest.mark.xdist_group("messages")  # each process would gather the texts of all modules anew


@pytest.fixture(scope="module")
def messages() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPOSITORY / "packaging")
        yield importlib.import_module("messages")


@pytest.fixture(scope="module")
def template(messages: ModuleType) -> Catalog:
    """The texts of all sources, gathered once: that takes 5 s. Nothing changes it."""
    found: Catalog = messages.gathered()
    return found


def test_the_template_has_the_texts_of_the_sources(messages: ModuleType, template: Catalog) -> None:
    assert messages.TEMPLATE.read_bytes() == messages.as_file(template), ADVICE


def test_no_sentence_is_put_together_of_pieces(messages: ModuleType, template: Catalog) -> None:
    """A text of values alone is no sentence, and says what it is: its translators see none of the values."""
    for message in template:
        bare = [text for text in messages.texts(message.id) if is_bare(text)]
        assert not [text for text in bare if text.endswith((".", "!"))], "write the sentence as a whole"
        assert not bare or message.context or message.auto_comments, f"say for translators what {bare} is"


def is_bare(text: str) -> bool:
    """Whether a text has no word but what its names in braces stand for."""
    words = "".join(literal for literal, *_ in string.Formatter().parse(text))
    return text != "" and not any(character.isalpha() for character in words)


def test_every_translation_is_up_to_date_and_compiled(messages: ModuleType, template: Catalog) -> None:
    for path in messages.translations():
        catalogue = messages.updated(path, template)
        assert path.read_bytes() == messages.as_file(catalogue), ADVICE
        assert path.with_suffix(".mo").read_bytes() == messages.compiled(catalogue), ADVICE
        words = messages.qt_words.compiled(catalogue)
        assert path.with_name(messages.QT_WORDS).read_bytes() == words, ADVICE


def test_what_a_start_reads_of_languages_is_up_to_date(messages: ModuleType) -> None:
    made = messages.cldr.for_start(messages.trim.own_catalogues(messages.ROOT))
    assert {file.name: file.read_bytes() for file in messages.CLDR.iterdir()} == made, ADVICE


def test_every_translation_says_as_much_as_the_original(messages: ModuleType) -> None:
    for path in messages.translations():
        assert list(messages.faults(messages.read_translation(path))) == []


def test_every_translation_is_finished(messages: ModuleType) -> None:
    unfinished = [
        f"{path.parent.parent.name}: {message.id}"
        for path in messages.translations()
        for message in messages.read_translation(path)
        if message.id and (message.fuzzy or not all(messages.texts(message.string)))
    ]
    assert unfinished == []


def test_a_catalogue_is_compiled_to_the_same_bytes_at_any_time(messages: ModuleType) -> None:
    first, second = (
        Catalog(locale="es", creation_date=datetime(year, 1, 1, tzinfo=UTC)) for year in (2025, 2026)
    )
    assert messages.compiled(first) == messages.compiled(second)


def test_a_text_with_all_that_a_translator_needs_is_found(messages: ModuleType, tmp_path: Path) -> None:
    package = tmp_path / messages.PACKAGE
    package.mkdir()
    (package / "one.py").write_text(
        "# Translators: an answer, not a colour.\n"
        '_("Orange " "{name}")\n'
        'TABLE = [N_("Blue")]\n'
        'ngettext("{n} day", "{n} days", 2)\n'
        'pgettext("a stage", "Saved")\n'
        'f"{name} is not marked"\n'
        "_(VARIABLE)\n"
    )
    found = {message.id: message for message in messages.gathered(tmp_path) if message.id}
    assert set(found) == {"Orange {name}", "Blue", ("{n} day", "{n} days"), "Saved"}
    assert found["Orange {name}"].auto_comments == ["Translators: an answer, not a colour."]
    assert found["Saved"].context == "a stage"


def test_a_template_depends_on_neither_the_day_nor_a_line(messages: ModuleType, tmp_path: Path) -> None:
    (tmp_path / messages.PACKAGE).mkdir()
    source = tmp_path / messages.PACKAGE / "one.py"
    source.write_text('_("Undo")\n_("Redo")\n')
    first = messages.as_file(messages.gathered(tmp_path))
    source.write_text('\n\n_("Redo")\n_("Undo")\n')
    assert messages.as_file(messages.gathered(tmp_path)) == first
    assert not re.search(rb"\d{4}-\d\d-\d\d|one\.py:", first)


@pytest.mark.parametrize(
    ("original", "translated", "complaint"),
    [
        ("Call {person}", "Llama", "person is missing"),
        ("Call {person}", "Llama a {persona}", "nothing is called persona"),
        ("Call {person}", "Llama a {person", "expected '}'"),
        ("%(prog)s: error", "%(programa)s: error", "unknown named placeholder"),
        ("%(prog)s: error", "error", "%(prog)s is missing"),
        ("expected %s", "se espera", "%s is missing"),
        (("{n} day", "{n} days"), ("{n} día", "{n} días"), "3 plural forms"),
        (("{n} day", "{n} days"), ("{n} día", "", "{n} días"), "3 plural forms"),
        (
            ("{n} day for {name}", "{n} days for {name}"),
            ("un día", "{n} días", "{n} días"),
            "name is missing",
        ),
    ],
)
def test_a_translation_that_would_say_something_else_is_told(
    messages: ModuleType, original: str | tuple[str, ...], translated: str | tuple[str, ...], complaint: str
) -> None:
    catalogue = Catalog(locale="es")
    catalogue.add(original, translated)
    assert any(complaint in fault for fault in messages.faults(catalogue))


@pytest.mark.parametrize(
    ("original", "translated"),
    [
        ("Call {person}", "A {person} llama"),
        ("Call {person}", ""),
        (("{n} day for {name}", "{n} days for {name}"), ("un día para {name}",) + ("{n} días: {name}",) * 2),
        (("The interview at {city}", "{n} interviews at {city}"), ("{n}, {city}",) * 3),
    ],
)
def test_a_translation_that_says_as_much_passes(
    messages: ModuleType, original: str | tuple[str, ...], translated: str | tuple[str, ...]
) -> None:
    catalogue = Catalog(locale="es")
    catalogue.add(original, translated)
    assert list(messages.faults(catalogue)) == []


def test_a_new_translation_is_spoken_once_it_is_compiled(
    messages: ModuleType, template: Catalog, tmp_path: Path
) -> None:
    """From the template to the program: what ``make messages`` does for a language that was added."""
    path = tmp_path / "es" / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale="es")
    catalogue.add("There's nothing to undo.", "No hay nada que deshacer.")
    path.write_bytes(messages.as_file(catalogue))
    new = messages.updated(path, template)
    path.with_suffix(".mo").write_bytes(messages.compiled(new))
    before = i18n.in_use()
    i18n.use("es", tmp_path)
    try:
        assert i18n._("There's nothing to undo.") == "No hay nada que deshacer."
        assert i18n._("There's nothing to redo.") == "There's nothing to redo."
    finally:
        i18n.install(*before)


def test_every_value_has_a_name_of_its_own_and_is_written_before_it_is_filled_in(
    template: Catalog,
) -> None:
    """A translator can move ``{name}`` about, knows what it is, and can't break ``{when:%H:%M}``."""
    found = [
        text
        for message in template
        if message.id
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None and (not name.isidentifier() or form or conversion)
    ]
    assert found == []


def test_one_thing_is_told_in_the_singular(template: Catalog) -> None:
    singulars = [message.id[0] for message in template if message.id and message.pluralizable]
    assert len(singulars) > 20
    assert [text for text in singulars if re.search(r"\{n\}(?: [\w-]+){1,2} (?:are|have|were)\b", text)] == []
