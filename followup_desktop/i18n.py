"""The language of the program: its texts by gettext, its dates and numbers by the patterns of CLDR.

Every text that a user can see is marked where it is written, in English: ``_("Undo")``. A value is put into a
text after it was translated, by its name: ``_("Call {person}").format(person=name)``; what a user typed is
never translated. A text is a whole sentence or a whole label, for no two languages glue their pieces alike.

The language belongs to the process, as the names of gettext do: ``use`` chooses it before the first text is
shown.
"""

from __future__ import annotations

import calendar
import gettext as catalogues
import json
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import MAXYEAR, date, time
from functools import cache, cached_property, lru_cache
from pathlib import Path, PurePath
from typing import IO, Any, cast

import babel
from babel import Locale, UnknownLocaleError, core, localedata
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_day_names,
    get_month_names,
    match_skeleton,
)
from babel.lists import format_list as join_list
from babel.numbers import format_decimal, format_percent

DOMAIN = "followup-desktop"
"""The name of the catalogues: ``locale/es/LC_MESSAGES/followup-desktop.mo``."""

ENGLISH = "en_GB"
"""How dates are written where the locale of the system is not known."""

UNSAID = frozenset(
    {
        *("compact_currency_formats", "compact_decimal_formats", "currency_formats", "currency_names"),
        *("currency_names_plural", "currency_symbols", "currency_unit_patterns", "scientific_formats"),
        *("compound_unit_patterns", "unit_display_names", "unit_patterns", "measurement_systems"),
        *("date_fields", "interval_formats", "meta_zones", "time_zones", "zone_formats"),
    }
)
"""What CLDR has on a language and no function here tells, by Babel's names."""

NAMES = frozenset({"languages", "scripts", "variants"})
"""What a language is called in its own words by, which is asked of the others alone."""
BABEL_VERSION = "babel_version"
"""The entry that tells of which Babel it is what was kept of its table of all languages."""


class _Language:
    """A catalogue, and the locale for what is not in it.

    What was asked of either is kept by the language: to tell one locale from another takes Babel a
    microsecond, and fifty rows of Today ask for two hundred texts and fifty days.
    """

    def __init__(self, catalogue: catalogues.NullTranslations, locale: Locale) -> None:
        self.catalogue = catalogue
        self.locale = locale
        self._texts: dict[str, str] = {}

    def text(self, message: str) -> str:
        """The text in this language."""
        found = self._texts.get(message)
        if found is None:
            found = self._texts[message] = _filled(self.catalogue.gettext(message))
        return found

    @cached_property
    def is_right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return bool(self.locale.text_direction == "rtl")

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """What its ``language.json`` has on it."""
        folder = _CurrentLanguage.folder
        return {} if folder is None else about(str(self.locale.language), folder)


class _CurrentLanguage:
    """The language of the process, and that of a part of it, on one thread, which speaks another."""

    folder: Path | None = None
    usual = _Language(catalogues.NullTranslations(), Locale.parse(ENGLISH))
    lent: ContextVar[_Language | None] = ContextVar("lent", default=None)

    @classmethod
    def now(cls) -> _Language:
        return cls.lent.get() or cls.usual


def use(locale: str, folder: Path) -> None:
    """Speak this language from now on: ``es``, ``de_AT``; English where ``folder`` has no catalogue for it.

    What has been shown before stays as it was. ``C``, and a locale that CLDR does not know, count as British
    English.
    """
    _CurrentLanguage.folder = folder
    name = locale.partition(".")[0].partition("@")[0].replace("-", "_")
    found = _catalogue(name, folder)
    wanted = _locale(name)
    if wanted.language != "en" and not isinstance(found, catalogues.GNUTranslations):
        wanted = Locale.parse(ENGLISH)
    install(found, wanted)


def read_what_is_said(folder: Path | None = None) -> None:
    """Have Babel read of this language what is ever said, and let go of what it knows of all languages.

    What is never said of this one is 3.4 MB, and takes 3 of 250 ms of a start to put together. Of all it's
    2.5 MB: Babel takes a table of that to read one, and reads all of it anew when it needs more. What is said
    lies in ``folder``, ``resources/cldr``, which spares a start 3.4 % of its instructions. To be called while
    no other thread may ask for either, and before anybody asks for this one.
    """
    said = _SaidAlone(folder)
    core._global_data = said.of_all  # type: ignore[assignment]
    vars(localedata)["pickle"] = said
    try:
        known = _CurrentLanguage.usual.locale._data
    finally:
        vars(localedata)["pickle"] = pickle
    core._global_data = None
    localedata.clear_caches()  # who asks for this language elsewhere gets the whole of it
    for name in known.keys() & (UNSAID | NAMES):  # where it was read before
        del known[name]


class _SaidAlone:
    """In Babel's place of ``pickle``: of what a locale has, and those that it's a kind of, what is said."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.of_all = self._kept("global.dat")
        """What Babel asks of its table of all languages for one; ``None`` if it's to read that itself."""
        if self.of_all is not None and self.of_all[BABEL_VERSION] != babel.__version__:
            self._folder = self.of_all = None

    def load(self, file: IO[bytes]) -> dict[str, Any]:
        """What is in the file, or was kept of it."""
        if (kept := self._kept(PurePath(file.name).name)) is not None:
            return kept
        found: dict[str, Any] = pickle.load(file)
        return {name: each for name, each in found.items() if name not in UNSAID and name not in NAMES}

    def _kept(self, name: str) -> dict[str, Any] | None:
        kept: dict[str, Any] | None = None
        if self._folder is not None:
            with suppress(FileNotFoundError):
                kept = pickle.loads((self._folder / name).read_bytes())
        return kept


def languages(folder: Path) -> dict[str, str]:
    """Every language of which ``folder`` has a catalogue, and English, each by its code in its own words.

    In the order of these names: ``{"de": "Deutsch", "en": "English"}``.
    """
    names = {code: own_name(code, folder) for code in _spoken(folder)}
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def _spoken(folder: Path) -> set[str]:
    return {"en", *(found.parts[-3] for found in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))}


def own_name(code: str, folder: Path) -> str:
    """The name of a language in that language: "Español"; its code where there is none.

    It stands in ``folder``, in ``es/language.json``, since CLDR's takes long to read; else it is CLDR's.
    """
    if name := about(code, folder).get("name"):
        return str(name)
    try:
        name = Locale.parse(code).display_name or code
    except (ValueError, UnknownLocaleError):
        return code
    return f"{name[:1].upper()}{name[1:]}"


@cache
def about(code: str, folder: Path) -> Mapping[str, Any]:
    """What ``folder`` has on a language, in ``es/language.json``: name, letters, how dates are written."""
    try:
        return read_about((folder / code / "language.json").read_text("utf-8"))
    except (OSError, TypeError, ValueError):
        return {}


def read_about(text: str) -> Mapping[str, Any]:
    """What a ``language.json`` holds; raises ``ValueError`` or ``TypeError`` for anything else."""
    told = json.loads(text)
    if not isinstance(told, dict):
        raise TypeError(f"it needs names with what they mean, and has {told!r}")
    for key, found in told.items():
        if key not in _ABOUT:
            raise ValueError(f"there's no entry called {key}; there are {', '.join(sorted(_ABOUT))}")
        example, fits = _ABOUT[key]
        if not fits(found):
            raise ValueError(f"{key} needs something like {example}, and has {found!r}")
    for *_words, sound in told.get("by_sound", ()):
        try:
            re.compile(sound)
        except re.error as fault:
            raise ValueError(f"by_sound: the pattern {sound!r}: {fault}") from fault
    return told


def _is_text(found: object) -> bool:
    return isinstance(found, str) and bool(found)


def _are_texts_by_name(found: object) -> bool:
    return isinstance(found, dict) and all(map(_is_text, found.values()))


def _are_threes(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(row, list) and len(row) == 3 and all(map(_is_text, row)) for row in found
    )


_REGISTERS = {"formal", "informal"}
_ABOUT: dict[str, tuple[str, Callable[[object], bool]]] = {
    "name": ('"Español"', _is_text),
    "letters": ('{"ñ": "n"}', _are_texts_by_name),
    "weekday_comma": ("false", lambda found: isinstance(found, bool)),
    "first_of_month": ('"1er"', _is_text),
    "by_sound": ('[["y", "e", "h?i"]]', _are_threes),
    "near_days": ('[["le {day}", "aujourd’hui", "hier"]]', _are_threes),
    "address": (
        '{"formal": "Sie", "informal": "du"}',
        lambda found: _are_texts_by_name(found) and set(cast("dict[str, str]", found)) <= _REGISTERS,
    ),
}
"""What a ``language.json`` may have: an example of each, and whether something is like that."""


@cache
def _catalogue(name: str, folder: Path) -> catalogues.NullTranslations:
    """The texts in this language; English where ``folder`` has none.

    To find them itself gettext asks Python's table of all locales, 1 of 320 ms, for names that none has.
    """
    for each in (name, _bare_code(name)):
        with suppress(FileNotFoundError), (folder / each / f"LC_MESSAGES/{DOMAIN}.mo").open("rb") as file:
            return catalogues.GNUTranslations(file)
    return catalogues.NullTranslations()


@cache
def _language(code: str, folder: Path) -> _Language:
    return _Language(_catalogue(code, folder), _locale(code))


def first_spoken(wanted: Sequence[str], folder: Path) -> str:
    """The first of these locales in whose language there are texts; ``ENGLISH`` if there are for none."""
    spoken = _spoken(folder)
    return next((name for name in wanted if _bare_code(name) in spoken), ENGLISH)


def install(catalogue: catalogues.NullTranslations, locale: Locale) -> None:
    """Take texts from this catalogue and patterns from this locale, from now on."""
    _CurrentLanguage.usual = _Language(catalogue, locale)


def in_use() -> tuple[catalogues.NullTranslations, Locale]:
    """What ``install`` was given last."""
    usual = _CurrentLanguage.usual
    return usual.catalogue, usual.locale


@contextmanager
def speaking(code: str, folder: Path) -> Iterator[None]:
    """Within this, and on this thread alone, speak another language, as in a letter: ``de``.

    Texts that ``folder`` has no translation for are English; dates and lists are as the language has them.
    The language in use keeps its country.
    """
    if code == language():
        yield
        return
    lent = _language(code, folder)
    token = _CurrentLanguage.lent.set(lent)
    try:
        yield
    finally:
        _CurrentLanguage.lent.reset(token)


def language() -> str:
    """The language in use, as its code: ``en``."""
    return str(_CurrentLanguage.now().locale.language)


def is_right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return _CurrentLanguage.now().is_right_to_left


def in_html() -> str:
    """The attributes of a page in the language in use: which it is, and the way it runs."""
    runs = "rtl" if is_right_to_left() else "ltr"
    return f'lang="{language()}" dir="{runs}"'


def own_letters() -> Mapping[str, str]:
    """The letters with a place of their own in the alphabet of the language, each with the one before it."""
    letters: Mapping[str, str] = _CurrentLanguage.now().about.get("letters", {})
    return letters


_TO_LEFT = "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_TO_RIGHT = "[A-Za-z\u00aa-\u02b8\u0370-\u0587\u0900-\u1fff\u3040-\ud7ff\uff21-\uff5a]"
_TO_RIGHT += r"|[+#$]\d|\d[\d().-]*[ \u00a0\u202f][(\d]"
"""Also numbers with a sign before them, and in groups, as those of phones: "+34 600 000 000"."""
_ISOLATE, _POP = "\u2068", "\u2069"
_FROM_THE_RIGHT = "\u2067"
_INNERMOST = re.compile(f"[{_ISOLATE}{_FROM_THE_RIGHT}][^{_ISOLATE}{_FROM_THE_RIGHT}{_POP}]*{_POP}")
ISOLATES = dict.fromkeys(map(ord, (_ISOLATE, _FROM_THE_RIGHT, _POP)))
"""For ``str.translate``: a text without the signs that set a name apart, which steer nothing around them."""


_QUOTES = (("“", "”", "‘", "’"), ("„", "“", "‚", "‘"), ("«", "»", "“", "”"))
"""The marks of a quotation, and those within it: English, German, French and Spanish."""


_QUESTION_MARKS = ("?", "؟")
_NO_BREAK = "\u00a0\u202f"


class _Sentence(str):
    """A text with values to be filled in.

    A value that runs against the language, as an Arabic name in English does, is set apart from what stands
    around it (Unicode's isolates): else a sign or number beside it would be drawn on its other side. One that
    has quotations of its own, and is put between the same marks, gets those of a quotation within another.
    A question before a colon asks no longer: "Move on: 3 follow-ups".
    """

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        to_left = _CurrentLanguage.now().is_right_to_left
        for name, value in named.items():
            if isinstance(value, PurePath):
                value = str(value)  # noqa: PLW2901
            elif not isinstance(value, str):
                continue
            if value.isascii() and not to_left and value[-1:] != "?":
                continue  # none of this can concern it: to look took a sixth of the reading of Today
            shown = _nested(self, name, _unasked(self, name, value))
            begin = _FROM_THE_RIGHT if to_left and _is_all_set_apart(shown) else _ISOLATE
            against = _pattern(_TO_RIGHT if to_left else _TO_LEFT)
            named[name] = shown if against.search(shown) is None else f"{begin}{shown}{_POP}"
        return str.format(self, *values, **named)


def _is_all_set_apart(text: str) -> bool:
    """Whether only parts of it that are set apart have letters: it has nothing of its own to run by."""
    own, count = _INNERMOST.subn("", text)
    while own != text:
        text, (own, _more) = own, _INNERMOST.subn("", own)
    return count > 0 and not any(map(str.isalpha, own))


def _nested(text: str, name: str, value: str) -> str:
    """The value of that name; its quotations have inner marks where the text puts it between outer ones."""
    for begin, end, inner_begin, inner_end in _QUOTES:
        if begin in value:
            before, _name, after = text.partition(f"{{{name}}}")
            if before.rfind(begin) > before.rfind(end) and end in after:
                quotation = rf"{begin}\u202f?([^{begin}{end}]*?)\u202f?{end}"
                return re.sub(quotation, rf"{inner_begin}\1{inner_end}", value)
    return value


def _unasked(text: str, name: str, value: str) -> str:
    """The value of that name; a question that the text puts before a colon has lost its marks."""
    if value[-1:] in _QUESTION_MARKS:
        after = text.partition(f"{{{name}}}")[2].lstrip(_NO_BREAK)
        if after.startswith(":"):
            before, _mark, asked = value[:-1].rstrip(_NO_BREAK).rpartition("¿")
            return before + asked
    return value


@cache
def _pattern(letters: str) -> re.Pattern[str]:
    # Compiled when it is needed: _TO_RIGHT, which few languages ask for, takes a hundredth of a start.
    return re.compile(letters)


def _filled(text: str) -> str:
    return _Sentence(text) if "{" in text else text


def _(message: str) -> str:
    """The text in the language in use."""
    return _CurrentLanguage.now().text(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The text for ``n`` things, to be filled in: ``ngettext("{n} day", "{n} days", n).format(n=n)``."""
    return _filled(_CurrentLanguage.now().catalogue.ngettext(singular, plural, n))


def pgettext(context: str, message: str) -> str:
    """The text where the same English means different things: ``pgettext("a stage", "Saved")``."""
    return _filled(_CurrentLanguage.now().catalogue.pgettext(context, message))


class _LastingText(str):
    """A text, and how it is said."""

    __slots__ = ("say",)
    say: Callable[[], str]


def lasting(say: Callable[[], str]) -> str:
    """A text that is shown again later, by ``of_now``: ``lasting(lambda: _("Undo"))``.

    What it is made from must not change; it is said at once, too.
    """
    text = _LastingText(say())
    text.say = say
    return text


def of_now(text: str) -> str:
    """A lasting text in the language in use by now; any other as it is."""
    return text.say() if isinstance(text, _LastingText) else text


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text of a table for translation; whoever shows it asks ``_`` for it."""
    return message


def NP_(context: str, message: str) -> tuple[str, str]:  # noqa: N802 - like N_
    """Mark a text of a table that has a context, as ``pgettext`` does."""
    return context, message


def format_day(day: date, today: date) -> str:
    """A date with its weekday: "Tue 13 Oct", with the year where it is not this one."""
    return _with_weekday(day, _day_pattern(_CurrentLanguage.now(), with_year=day.year != today.year))


def format_short_date(day: date, today: date) -> str:
    """A date as short as it can be understood: "13 Oct", with the year where it is not this one."""
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return _written(day, _skeleton_pattern(_CurrentLanguage.now(), skeleton))


def format_short_day(day: date) -> str:
    """A date with its weekday, where the year is clear: "Tue 13 Oct"."""
    return _with_weekday(day, _day_pattern(_CurrentLanguage.now(), with_year=False))


def format_plain_date(day: date) -> str:
    """A date with its year, without a weekday: "13 Oct 2026"."""
    return _written(day, _skeleton_pattern(_CurrentLanguage.now(), "yMMMd"))


def format_long_date(day: date) -> str:
    """A date of these weeks in full: "Wednesday 14 October"."""
    return _with_weekday(day, _long_pattern(_CurrentLanguage.now()))


def format_full_date(day: date) -> str:
    """A date in running text, with its year: "14 October 2026"."""
    return _written(day, words_pattern())


def format_dated_day(day: date) -> str:
    """A date with its weekday and year, short: "Wed 14 Oct 2026"."""
    return _with_weekday(day, _day_pattern(_CurrentLanguage.now(), with_year=True))


def weekday_name(number: int) -> str:
    """The name of a weekday (0: Monday), in full: "Tuesday"."""
    return str(get_day_names("wide", "stand-alone", _CurrentLanguage.now().locale)[number])


def month_name(number: int) -> str:
    """The name of a month (1: January), in full: "October"."""
    return str(get_month_names("wide", "stand-alone", _CurrentLanguage.now().locale)[number])


def format_weekday(day: date) -> str:
    """The name of the day, short: "Tue"."""
    return _by_pattern(day, "EEE", _CurrentLanguage.now())


def format_weekday_initial(day: date) -> str:
    """The name of the day where there is hardly any room: "T"."""
    return _by_pattern(day, "EEEEE", _CurrentLanguage.now())


def format_month(day: date) -> str:
    """A month with its year, as a heading: "October 2026"."""
    return format_skeleton("yMMMM", day, locale=_CurrentLanguage.now().locale)


def format_days(first: date, last: date) -> str:
    """From which day to which: "12–18 October 2026", with both months or years where they differ.

    One day alone is that day.
    """
    whole = words_pattern()
    end = _written(last, whole)
    if first == last:
        return end
    if first.year != last.year:
        return f"{_written(first, whole)} – {end}"
    if first.month == last.month and whole.startswith("d"):
        return f"{_written(first, 'd.' if whole.startswith('d.') else 'd')}–{end}"
    return f"{_written(first, _without_year(whole))} – {end}"


def format_clock(clock: time) -> str:
    """A time of day as the locale writes it: "10:00", "10:00 AM"."""
    return _clock(clock, _CurrentLanguage.now())


@lru_cache(maxsize=1440)  # the minutes of a day: each row of Today has one, and Babel takes 40 µs
def _clock(clock: time, spoken: _Language) -> str:
    return format_time(clock, "short", locale=spoken.locale)


def format_number(number: float) -> str:
    """A number with the separators of the locale: "10,000", "1.5"."""
    return _decimal(number, _CurrentLanguage.now())


@lru_cache(maxsize=4096, typed=True)
def _decimal(number: float, spoken: _Language) -> str:
    """Kept, for Babel takes 0.05 ms, and the counts in the window are written at every edit."""
    return format_decimal(number, locale=spoken.locale)


def format_share(percent: int) -> str:
    """A number of hundredths as the locale writes it: "150%", "150 %"."""
    return format_percent(percent / 100, locale=_CurrentLanguage.now().locale)


def format_list(items: Sequence[str], *, plain: bool = False) -> str:
    """Things of a sentence: "Ana, Tom and Li"; ``plain`` in what leaves the program, as a letter."""
    locale = _CurrentLanguage.now().locale
    return _in_turn(items, lambda each: _by_sound(each, join_list(each, locale=locale)), plain=plain)


def format_alternatives(items: Sequence[str]) -> str:
    """Things of which one is meant: "Ana, Tom or Li"."""
    locale = _CurrentLanguage.now().locale
    return _in_turn(items, lambda each: _by_sound(each, join_list(each, "or", locale=locale)))


def _by_sound(items: Sequence[str], joined: str) -> str:
    """The list with the "and" or "or" that its last thing asks for by its sound: "Ana e Inés"."""
    if len(items) < 2:
        return joined
    last = items[-1]
    for word, other, sound in _CurrentLanguage.now().about.get("by_sound", ()):
        head = joined.removesuffix(f" {word} {last}")
        if head != joined and _pattern(sound).match(last.lstrip("«“‘\"'(").casefold()):
            return f"{head} {other} {last}"
    return joined


def format_series(items: Iterable[str], *, plain: bool = False) -> str:
    """Things side by side: "Ana, Tom, Li"; ``plain`` in what leaves the program.

    CLDR has patterns for it too, but Babel only in few languages.
    """
    return _in_turn([*items], pgettext("between things side by side", ", ").join, plain=plain)


def _in_turn(items: Sequence[str], join: Callable[[Sequence[str]], str], *, plain: bool = False) -> str:
    """The list; from right to left also where its things run the other way, as names in Latin letters do.

    Each of those is set apart, and the list as a whole, which else has nothing of its own to run by.
    """
    if plain or not is_right_to_left():
        return join(items)
    apart = [set_apart(each) for each in items]
    joined = join(apart)
    return f"{_FROM_THE_RIGHT}{joined}{_POP}" if len(apart) > 1 and apart != list(items) else joined


def set_apart(text: str) -> str:
    """A name, number or address so that it reads in a window from right to left as it does alone."""
    return f"{_ISOLATE}{text}{_POP}" if is_right_to_left() and _pattern(_TO_RIGHT).search(text) else text


def with_dots(parts: Iterable[str], *, plain: bool = False) -> str:
    """What is known of someone or something: "CTO · ana@acme.example"; what is empty is left out.

    ``plain`` in what leaves the program, is typed, or is cut.
    """
    return _in_turn([*filter(None, parts)], " · ".join, plain=plain)


def locale_name() -> str:
    """The locale whose patterns are in use, as CLDR and Qt name it: ``en_GB``."""
    return str(_CurrentLanguage.now().locale)


def country_name(code: str) -> str:
    """The name of a country by its code of two letters; empty if CLDR has none for it."""
    return str(_CurrentLanguage.now().locale.territories.get(code, ""))


def first_weekday() -> int:
    """The day on which a week begins, as ``date.weekday()`` counts."""
    return int(_CurrentLanguage.now().locale.first_week_day)


def weekday_names() -> tuple[tuple[str, ...], ...]:
    """Every way to write each day of the week, from Monday on, the full name first."""
    return _names(_CurrentLanguage.now().locale.days, range(7))


def month_names() -> tuple[tuple[str, ...], ...]:
    """Every way to write each month, the full name first."""
    return _names(_CurrentLanguage.now().locale.months, range(1, 13))


def figures_pattern() -> str:
    """The pattern of a date in figures: ``dd/MM/y``."""
    return str(_CurrentLanguage.now().locale.date_formats["short"].pattern)


def words_pattern() -> str:
    """The pattern of a date with the name of its month: ``d MMMM y``."""
    return str(_CurrentLanguage.now().locale.date_formats["long"].pattern)


def read_dated_day(text: str, year: int) -> date | None:
    """The date that ``format_dated_day`` writes so, or ``format_short_day`` if it is of this ``year``."""
    bare, numbers = _bare(text), [int(number) for number in re.findall(r"\d+", text)]
    written = {year: format_short_day}
    written.update(dict.fromkeys((n for n in numbers if 1000 <= n <= MAXYEAR), format_dated_day))
    for each, write in written.items():
        for month in range(1, 13):
            for number in numbers:
                if (
                    1 <= number <= calendar.monthrange(each, month)[1]
                    and _bare(write(date(each, month, number))) == bare
                ):
                    return date(each, month, number)
    return None


def read_clock(text: str) -> time | None:
    """The time of day that ``format_clock`` writes like this; ``None`` if it writes none so."""
    bare = _bare(text)
    for hour, (before, after) in enumerate(_clock_forms(_CurrentLanguage.now().locale)):
        minutes = bare.removeprefix(before).removesuffix(after)
        if re.fullmatch("[0-5][0-9]", minutes) and bare == f"{before}{minutes}{after}":
            return time(hour, int(minutes))
    return None


def has_twelve_hours() -> bool:
    """Whether the locale's clock counts the hours of each half of the day."""
    return (
        re.search(
            "[hK]", re.sub("'[^']*'", "", str(_CurrentLanguage.now().locale.time_formats["short"].pattern))
        )
        is not None
    )


def _names(
    tables: Mapping[str, Mapping[str, Mapping[int, str]]], numbers: range
) -> tuple[tuple[str, ...], ...]:
    kinds = [tables[kind][width] for width in ("wide", "abbreviated") for kind in ("format", "stand-alone")]
    return tuple(tuple(dict.fromkeys(kind[number] for kind in kinds)) for number in numbers)


_BREAKS = re.compile(r"[^\S\u00a0\u202f]{2,}|[^\S \u00a0\u202f]")


def on_one_line(text: str) -> str:
    """The text with one blank for each break or run of blanks; those at which no line breaks stay.

    French sets one before "?" and within « », and ``str.split`` takes them for blanks as any other.
    """
    # Most have nothing of it; of blanks, only that of ASCII counts as printable.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BREAKS.sub(" ", text).strip()


def _bare(text: str) -> str:
    """The text as two ways to type it are the same."""
    return " ".join(text.casefold().split())


@cache
def _clock_forms(locale: Locale) -> tuple[tuple[str, str], ...]:
    """For each hour what stands before and behind its minutes."""
    forms = []
    for hour in range(24):
        before, _minutes, after = _bare(format_time(time(hour, 59), "short", locale=locale)).partition("59")
        forms.append((before, after))
    return tuple(forms)


def _without_year(pattern: str) -> str:
    """A pattern of day, month and year without its year and the words that belong to that."""
    return re.sub(r"[\s,./-]*(?:'[^']*'\s*)?y+[\s,./年-]*(?:'[^']*'\.?)?", "", pattern).strip(" ,،")


def _bare_code(name: str) -> str:
    """The language of a locale alone; English of C, the locale of a computer that was told none."""
    code = re.split(r"[._@-]", name)[0].lower()
    return "en" if code in {"c", "posix"} else code


def _locale(name: str) -> Locale:
    try:
        # Babel takes both for the English of the United States; its times would have AM and PM.
        return Locale.parse(ENGLISH if name in {"C", "POSIX", "en"} else name)
    except (ValueError, UnknownLocaleError):
        return Locale.parse(ENGLISH)


def _with_weekday(day: date, pattern: str) -> str:
    """The day as the pattern says, without its comma behind the weekday where the language wants none."""
    if _CurrentLanguage.now().about.get("weekday_comma") is False:
        pattern = re.sub(r"(?<=E), ", " ", pattern)
    return _written(day, pattern)


def _written(day: date, pattern: str) -> str:
    """The day as the pattern says; the first of a month by its own name where the language has one: "1er"."""
    spoken = _CurrentLanguage.now()
    if day.day == 1 and (first := spoken.about.get("first_of_month")):
        in_place = f"'{first}'"
        pattern = re.sub(r"'[^']*'|\bd\b", lambda at: in_place if at[0] == "d" else at[0], pattern)
    return _by_pattern(day, pattern, spoken)


@lru_cache(maxsize=1024)  # the same days stand in many rows, and Babel puts each together in 40 µs
def _by_pattern(day: date, pattern: str, spoken: _Language) -> str:
    return format_date(day, pattern, locale=spoken.locale)


@cache
def _skeleton_pattern(spoken: _Language, skeleton: str) -> str:
    """The pattern of the parts of a date that CLDR has for this skeleton, or for the one most like it."""
    skeletons = spoken.locale.datetime_skeletons
    return str(skeletons[match_skeleton(skeleton, skeletons)].pattern)


@cache
def _day_pattern(spoken: _Language, *, with_year: bool) -> str:
    """The pattern of a date with its weekday; a year just follows where a month does not come first.

    CLDR's own pattern with a year has a comma in British English that the one without a year has not.
    """
    pattern = _skeleton_pattern(spoken, "MMMEd")
    if not with_year:
        return pattern
    return f"{pattern} y" if pattern.endswith("MMM") else _skeleton_pattern(spoken, "yMMMEd")


@cache
def _long_pattern(spoken: _Language) -> str:
    """The pattern of a day and month, with both names in full: CLDR has one with a short weekday alone."""
    return re.sub(r"E+|c+", "EEEE", _skeleton_pattern(spoken, "MMMMEd"))
