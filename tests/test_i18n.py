"""Texts, dates and numbers in the language in use."""

from __future__ import annotations

import gettext as catalogues
import shutil
import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from babel import Locale, core, localedata
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from followup_desktop import i18n
from followup_desktop.resource_files import resources_dir, translated
from tests.pseudo_locale import speaking
from tests.tables import tabled

TODAY = date(2026, 10, 14)
CLDR = resources_dir() / "cldr"


@tabled(
    "language, label, said",
    [
        ("en", "Mark “Call Ana”", "Undid “Mark ‘Call Ana’”"),
        ("en", "Delete 5” nails", "Undid “Delete 5” nails”"),
        ("de", "„Ana“ anrufen", "„‚Ana‘ anrufen“ rückgängig gemacht"),
        ("fr", "Appeler «\u202fAna\u202f»", "Annulé\u202f: «\u202fAppeler “Ana”\u202f»"),
        ("es", "Llamar a «Ana» y «Tom»", "«Llamar a “Ana” y “Tom”» deshecho"),
    ],
)
def test_a_quotation_within_another_has_its_own_marks(language: str, label: str, said: str) -> None:
    with speaking(language):
        assert i18n._("Undid “{label}”").format(label=label) == said
        assert i18n._("{employer}: {about}").format(employer="Acme", about=label).endswith(label)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the other tests their language."""
    yield
    i18n.install(catalogues.NullTranslations(), Locale.parse(i18n.ENGLISH))


@pytest.fixture
def spanish(tmp_path: Path) -> Path:
    """A folder with a catalogue of three texts."""
    catalogue = Catalog(locale="es")
    catalogue.add("Undo", "Deshacer")
    catalogue.add(("{n} day", "{n} days"), ("{n} día", "{n} días", "{n} días"))
    catalogue.add("Saved", "Guardada", context="a stage")
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{i18n.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    return tmp_path


def test_texts_plurals_and_contexts_come_from_the_catalogue(spanish: Path) -> None:
    i18n.use("es_MX.UTF-8", spanish)
    assert i18n._("Undo") == "Deshacer"
    assert [i18n.ngettext("{n} day", "{n} days", n).format(n=n) for n in (1, 2)] == ["1 día", "2 días"]
    assert i18n.pgettext("a stage", "Saved") == "Guardada"
    assert i18n._("Redo") == "Redo", "what has no translation stays English"
    assert i18n.language() == "es"


def test_the_first_language_that_there_are_texts_for_is_spoken(spanish: Path) -> None:
    assert i18n.languages(spanish) == {"en": "English", "es": "Español"}
    assert i18n.first_spoken(["ca_ES.UTF-8", "es_MX", "en_US"], spanish) == "es_MX"
    assert i18n.first_spoken(["ca", "pt-BR"], spanish) == i18n.ENGLISH
    assert i18n.first_spoken(["C.UTF-8", "es"], spanish) == "C.UTF-8"


def test_letters_and_the_guide_are_in_the_language_in_use_or_else_in_english(
    spanish: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)  # where a bundle has its files
    for place in ("en/index.md", "en/today.md", "es/index.md"):
        page = tmp_path / "resources" / "guide" / place
        page.parent.mkdir(parents=True, exist_ok=True)
        page.touch()
    i18n.use("es_MX", spanish)
    found = [translated("guide", name).parent.name for name in ("index.md", "today.md")]
    assert found == ["es", "en"]


def test_a_language_without_a_catalogue_gets_english_texts_and_dates(spanish: Path) -> None:
    i18n.use("fr_FR", spanish)
    assert (i18n._("Undo"), i18n.format_day(TODAY, TODAY)) == ("Undo", "Wed 14 Oct")


@pytest.mark.parametrize("locale", ["C", "POSIX", "", "xx_YY", "../../etc"])
def test_a_locale_that_is_none_counts_as_english(locale: str, spanish: Path) -> None:
    i18n.use(locale, spanish)
    assert (i18n._("Undo"), i18n.format_clock(time(16, 5))) == ("Undo", "16:05")


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_GB", ["Wed 14 Oct", "Wed 14 Oct 2026", "14 Oct 2026", "Wednesday 14 October", "16:05"]),
        (
            "en_US",
            [
                "Wed, Oct 14",
                "Wed, Oct 14, 2026",
                "Oct 14, 2026",
                "Wednesday, October 14",
                "4:05\N{NARROW NO-BREAK SPACE}PM",
            ],
        ),
        (
            "es_ES",
            ["mié, 14 oct", "mié, 14 oct 2026", "14 oct 2026", "miércoles, 14 de octubre", "16:05"],
        ),
    ],
)
def test_dates_are_written_as_the_locale_does(locale: str, written: list[str], spanish: Path) -> None:
    i18n.use(locale, spanish)
    another_year = date(2027, 1, 1)
    assert written == [
        i18n.format_day(TODAY, TODAY),
        i18n.format_day(TODAY, another_year),
        i18n.format_short_date(TODAY, another_year),
        i18n.format_long_date(TODAY),
        i18n.format_clock(time(16, 5)),
    ]


def test_a_language_may_want_no_comma_behind_the_weekday() -> None:
    i18n.use("es_ES", resources_dir() / "locale")
    short = (i18n.format_day(TODAY, date(2027, 1, 1)), i18n.format_short_day(TODAY))
    written = (*short, i18n.format_long_date(TODAY))
    assert written == ("mié 14 oct 2026", "mié 14 oct", "miércoles 14 de octubre")


def test_the_first_of_a_month_has_its_own_name_in_french() -> None:
    first = date(2026, 10, 1)
    i18n.use("fr_FR", resources_dir() / "locale")
    assert i18n.format_long_date(first) == "jeudi 1er octobre"
    assert i18n.format_full_date(first) == "1er octobre 2026"
    assert i18n.format_short_date(first, first) == "1er oct."
    assert i18n.format_days(first, date(2026, 10, 7)) == "1er–7 octobre 2026"
    assert i18n.format_days(date(2026, 10, 26), date(2026, 11, 1)) == "26 octobre – 1er novembre 2026"
    for write, year in ((i18n.format_short_day, 2026), (i18n.format_dated_day, 2025)):
        assert i18n.read_dated_day(write(first), year) == first, "a field reads what it shows"
    i18n.use("de_DE", resources_dir() / "locale")
    assert i18n.format_long_date(first) == "Donnerstag, 1. Oktober"


def test_numbers_have_the_separators_of_the_locale(spanish: Path) -> None:
    assert i18n.format_number(10_000) == "10,000"
    i18n.use("es_ES", spanish)
    assert i18n.format_number(10_000) == "10.000"


def test_what_no_line_breaks_at_stays_on_one_line() -> None:
    assert (
        i18n.on_one_line(" Et\nmaintenant\u202f?  «\u00a0Non\u00a0»\t")
        == "Et maintenant\u202f? «\u00a0Non\u00a0»"
    )


def test_a_value_that_runs_against_the_language_is_set_apart() -> None:
    """Else a sign beside an Arabic name would be drawn on its other side; others stay as they are."""
    arabic = "\u0634\u0631\u0643\u0629"
    apart = f"\u2068{arabic}\u2069"
    i18n.install(catalogues.NullTranslations(), Locale.parse("en_GB"))
    assert i18n._("Call {person} at {n}").format(person="Ana", n=3) == "Call Ana at 3"
    assert i18n._("Call {person}!").format(person=arabic) == f"Call {apart}!"
    assert i18n.ngettext("{n} at {name}", "{n} at {name}", 2).format(n="2", name=arabic) == f"2 at {apart}"
    assert i18n.pgettext("a step", "To {name}").format(name=arabic) == f"To {apart}"
    i18n.install(catalogues.NullTranslations(), Locale.parse("ar"))
    assert i18n._("{person}!").format(person=arabic) == f"{arabic}!"
    assert i18n._("{person}!").format(person="Ana") == "\u2068Ana\u2069!"
    said = i18n._("{a}, {b}.").format(a="Ana", b="\u2067\u2068Tom\u2069\u2069")
    assert i18n._("{said} {arabic}").format(said=said, arabic=arabic) == f"\u2067{said}\u2069 {arabic}"
    assert i18n._("{said}!").format(said="Ana \u2068Tom\u2069") == "\u2068Ana \u2068Tom\u2069\u2069!"


def test_names_in_a_list_stand_in_the_order_in_which_it_is_read() -> None:
    """Latin names in a row would be drawn from left to right: the first at the end of the line."""
    names = ["Ana", "Tom"]
    i18n.install(catalogues.NullTranslations(), Locale.parse("he"))
    ana, tom = (f"\u2068{name}\u2069" for name in names)
    assert i18n.format_series(names) == f"\u2067{ana}, {tom}\u2069"
    assert i18n.format_list(names) == f"\u2067{ana} \u05d5{tom}\u2069"
    assert i18n.format_alternatives(names) == f"\u2067{ana} \u05d0\u05d5 {tom}\u2069"
    assert i18n.format_series(["\u05d0", "\u05d1"]) == "\u05d0, \u05d1"
    assert i18n.format_series(names, plain=True) == "Ana, Tom"
    assert i18n.format_list(names, plain=True) == "Ana \u05d5Tom"
    i18n.install(catalogues.NullTranslations(), Locale.parse("en_GB"))
    assert i18n.format_list(names) == "Ana and Tom"


@tabled(
    "names, both, either",
    [
        (["Ana", "Tom"], "Ana y Tom", "Ana o Tom"),
        (["Ana", "Inés"], "Ana e Inés", "Ana o Inés"),
        (["Ana", "Tom", "Ignacio"], "Ana, Tom e Ignacio", "Ana, Tom o Ignacio"),
        (["Ana", "Hilario"], "Ana e Hilario", "Ana o Hilario"),
        (["Ana", "«Íñigo»"], "Ana e «Íñigo»", "Ana o «Íñigo»"),
        (["Ana", "Yvonne"], "Ana e Yvonne", "Ana o Yvonne"),
        (["Ana", "Yolanda"], "Ana y Yolanda", "Ana o Yolanda"),
        (["Ana", "Hierro"], "Ana y Hierro", "Ana o Hierro"),
        (["Ana", "Óscar"], "Ana y Óscar", "Ana u Óscar"),
        (["Ana", "Horacio"], "Ana y Horacio", "Ana u Horacio"),
        (["7", "8"], "7 y 8", "7 u 8"),
        (["10", "110"], "10 y 110", "10 o 110"),
        (["Inés"], "Inés", "Inés"),
    ],
)
def test_a_spanish_list_has_the_and_and_the_or_that_its_last_name_asks_for(
    names: list[str], both: str, either: str
) -> None:
    with speaking("es"):
        assert i18n.format_list(names) == i18n.format_list(names, plain=True) == both
        assert i18n.format_alternatives(names) == either
    with speaking("de"):
        assert i18n.format_list(["Ana", "Inés"]) == "Ana und Inés"


@pytest.mark.parametrize(("code", "said"), [("de", 'lang="de" dir="ltr"'), ("fa", 'lang="fa" dir="rtl"')])
def test_a_page_says_its_language_and_which_way_it_runs(code: str, said: str) -> None:
    i18n.install(catalogues.NullTranslations(), Locale.parse(code))
    assert i18n.in_html() == said


@pytest.mark.parametrize("folder", [None, CLDR, Path("nowhere")], ids=["of Babel", "kept", "not there"])
@pytest.mark.parametrize("is_read_anew", [True, False])
@pytest.mark.parametrize("code", ["en_GB", "en_US", "de", "fr_CA", "es", "fa"])
def test_what_is_said_of_a_language_is_all_there_and_others_are_read_again(
    code: str, folder: Path | None, *, is_read_anew: bool
) -> None:
    day, at = date(2026, 11, 30), time(9, 5)

    def said() -> list[object]:
        for kept in (i18n._clock, i18n._decimal, i18n._by_pattern, i18n._skeleton_pattern, i18n._day_pattern):
            kept.cache_clear()
        return [
            *(i18n.format_day(day, day), i18n.format_short_date(day, date(2025, 1, 1))),
            *(i18n.format_long_date(day), i18n.format_full_date(day), i18n.format_plain_date(day)),
            *(i18n.weekday_name(1), i18n.month_name(10), i18n.format_weekday(day), i18n.format_month(day)),
            *(i18n.format_weekday_initial(day), i18n.format_days(day, date(2027, 1, 2))),
            *(i18n.format_clock(at), i18n.read_clock(i18n.format_clock(at)), i18n.has_twelve_hours()),
            *(i18n.format_number(12345.6), i18n.format_share(40), i18n.country_name("DE")),
            *(i18n.format_list(["a", "b", "c"]), i18n.format_alternatives(["a", "b"])),
            *(i18n.first_weekday(), i18n.weekday_names(), i18n.month_names(), i18n.is_right_to_left()),
            *(i18n.figures_pattern(), i18n.words_pattern(), i18n.locale_name()),
        ]

    i18n.install(catalogues.NullTranslations(), Locale.parse(code))
    expected = said()
    i18n.install(catalogues.NullTranslations(), Locale.parse(code))
    if is_read_anew:
        localedata.clear_caches()
    i18n.read_what_is_said(folder)
    assert core._global_data is None
    assert said() == expected
    assert not i18n.in_use()[1]._data.keys() & i18n.UNSAID
    assert Locale.parse("zh_TW").territories["DE"] == "德國"
    assert Locale.parse(code).languages


def test_what_was_kept_of_another_babel_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CLDR, tmp_path, dirs_exist_ok=True)
    (tmp_path / "de.dat").write_bytes(b"of another kind")
    monkeypatch.setattr("babel.__version__", "1.0")
    i18n.install(catalogues.NullTranslations(), Locale.parse("de"))
    localedata.clear_caches()
    i18n.read_what_is_said(tmp_path)
    assert i18n.weekday_name(0) == "Montag"
