"""The language that the program speaks: the user's choice, or the first of the system's that it knows."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from followup_desktop import i18n
from followup_desktop.resource_files import resources_dir

_FOR_TEXTS = ("LC_ALL", "LC_MESSAGES", "LANG")
_FOR_DATES = ("LC_ALL", "LC_TIME", "LANG")
_UNTOLD = frozenset({"C", "POSIX"})
_CHOSEN = re.compile(
    rb"^\[window\][ \t]*\r?\n(?:(?!\[).*\n)*?language=([A-Za-z_]{2,20})[ \t]*\r?$", re.MULTILINE
)
"""Where the window keeps the choice; what has no window needs it, too, and before Qt is loaded."""


def use_language(environment: Mapping[str, str], chosen: str) -> None:
    """Speak the ``chosen`` language from now on, or if that is empty the system's."""
    folder = resources_dir() / "locale"
    wanted = wanted_locales(environment, chosen, () if chosen else _of_desktop(environment, sys.platform))
    i18n.use(i18n.first_spoken(wanted, folder), folder)


def chosen_language(settings: Path | None) -> str:
    """The code of the language that is kept in the file of the window's settings; empty for the system's."""
    try:
        found = _CHOSEN.search(settings.read_bytes()) if settings is not None else None
    except OSError:
        return ""
    return found[1].decode("ascii") if found is not None else ""


def wanted_locales(
    environment: Mapping[str, str], chosen: str = "", of_desktop: Sequence[str] = ()
) -> tuple[str, ...]:
    """The locales that the user would like, the best first: ``("fr_CA", "en_GB")``.

    The ``chosen`` language is the only one. Else it is ``LANGUAGE``, as gettext reads it, then
    ``system_locale``, and where no variable tells, the languages ``of_desktop``. One without a country has
    that of the system, where that speaks it.
    """
    system = system_locale(environment)
    told = environment.get("LANGUAGE", "") if system is not None and _bare(system) not in _UNTOLD else ""
    names = [chosen] if chosen else [*filter(None, told.split(":")), *([system] if system else of_desktop)]
    countries = [each for each in (system, _first(environment, _FOR_DATES), *of_desktop) if each]
    return tuple(_with_country(name, countries) for name in names)


def system_locale(environment: Mapping[str, str]) -> str | None:
    """The locale for texts and dates, as the variables of POSIX name it: ``en_GB``; ``None`` if they don't.

    Who reads English with American dates asks for ``LANG=en_GB`` and ``LC_TIME=en_US``, and gets both; dates
    of another language than the texts are not mixed into them.
    """
    texts, dates = (_first(environment, names) for names in (_FOR_TEXTS, _FOR_DATES))
    if texts is None or dates is None:
        return texts
    return dates if _language(dates) == _language(texts) else texts


def _of_desktop(environment: Mapping[str, str], platform: str) -> Sequence[str]:
    """The languages that macOS and Windows keep by themselves; elsewhere the environment has them."""
    if platform not in {"darwin", "win32"} or system_locale(environment) is not None:
        return ()
    from PySide6.QtCore import QLocale

    return [name.replace("-", "_") for name in QLocale.system().uiLanguages()]


def _with_country(name: str, others: Sequence[str]) -> str:
    if "_" in name:
        return name
    return next((each for each in others if _language(each) == name and "_" in each), name)


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((environment[name] for name in names if environment.get(name, "").strip()), None)


def _language(locale: str) -> str:
    return _bare(locale).partition("_")[0]


def _bare(locale: str) -> str:
    return locale.partition(".")[0].partition("@")[0]
