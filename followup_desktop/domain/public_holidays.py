"""The public holidays of a country or region in a year, by the package ``holidays`` with its defaults.

To ask the package loads every country that it knows, which was a ninth of the program's start. What it once
said is therefore remembered: in the process, and by ``as_text`` and ``remember`` beyond it.
"""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from followup_desktop.domain.checks import in_quotes
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _

Days = Mapping[date, str]
"""What each holiday is called, in the country's own language."""

_MOST = 512
_known: OrderedDict[tuple[str, int], Days] = OrderedDict()
"""What was asked, of so many countries and years at most, the latest last: what the package would say."""


def days_of(country: str, year: int) -> Days:
    """The holidays of a country such as ``ES`` or ``ES-MD`` in that year."""
    key = (country, year)
    if key in _known:
        _known.move_to_end(key)
    else:
        _known[key] = _asked(country, year)
        while len(_known) > _MOST:
            _known.popitem(last=False)  # not all: a plan just made needs several, and is kept with them
        _text.cache_clear()
    return _known[key]


def as_text() -> str:
    """All that was asked so far, to be remembered: JSON, with the version of the package that said it."""
    return _text()


def remember(text: str | None) -> None:
    """Take over what ``as_text`` gave, unless another version of the package said it."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):  # somebody edited the database
        stored = json.loads(text or "{}")
        if stored["version"] == version():
            for country, years in stored["days"].items():
                for year, days in years.items():
                    found = {date.fromisoformat(day): str(name) for day, name in days.items()}
                    _known.setdefault((country, int(year)), MappingProxyType(found))
            _text.cache_clear()


@cache
def version() -> str:
    """The version of the package, which is not loaded for it.

    It is read from the name of a folder: ``importlib.metadata`` would load the packages for mails and zip
    files first, 20 ms at each start, to say the same.
    """
    for place in sys.path:
        for found in Path(place).glob("holidays-*.dist-info"):
            return found.name.removeprefix("holidays-").removesuffix(".dist-info")
    from importlib import metadata

    return metadata.version("holidays")


@cache
def _text() -> str:
    stored: dict[str, dict[int, dict[str, str]]] = {}
    for (country, year), days in sorted(_known.items()):
        named = {day.isoformat(): name for day, name in days.items()}
        stored.setdefault(country, {})[year] = named
    return json.dumps({"version": version(), "days": stored}, ensure_ascii=False)


def _asked(country: str, year: int) -> Days:
    import holidays

    code, __, subdivision = country.partition("-")
    try:
        # Without a language the package takes that of the process's environment.
        language = holidays.country_holidays(code).default_language
        days = holidays.country_holidays(code, subdiv=subdivision or None, years=year, language=language)
    except NotImplementedError as error:  # only a database that was edited by hand has such a one
        sentence = _(
            "There's no holiday data for the country {country}. Correct it in the "
            "database, or put a backup in its place."
        )
        raise Refused(sentence.format(country=in_quotes(country))) from error
    return MappingProxyType(dict(days.items()))
