"""What a value must be to be kept, in one place for the forms, the command line and the importers.

Every check takes what was given and the name of its field (for a file its place, ``applications[3].role``),
gives back the value as it is kept, and raises ``Refused`` with that field and one sentence otherwise.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache, lru_cache
from typing import NoReturn, TypeVar

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.zone_data import text_of
from followup_desktop.i18n import ISOLATES, _, format_number, format_series, ngettext

MIN_YEAR = 1970
MAX_YEAR = 2100
MAX_ID_LENGTH = 64
MAX_MINUTES = 1440
MAX_PRIORITY = 2**31 - 1
"""No range is given for a priority; this is what every spin box and every reader of an export can hold."""

_SHOWN_LENGTH = 40
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_WALL_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})(?::[0-5][0-9](?:[.,][0-9]+)?)?")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})(?:(:[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:Z|([+-])([0-9]{2})(?::?([0-5][0-9]))?)"
)
_AS_WRITTEN = re.compile(r"(?:19[7-9][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
"""An instant as this program writes it, which most are."""
_NEARLY_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?(Z|[+-][0-9:]+)?)?"
)

MemberT = TypeVar("MemberT", bound=StrEnum)


def quoted(value: object) -> str:
    """A value of a file as a sentence can show it, one line, a text in the quotes of the language."""
    return in_quotes(value) if isinstance(value, str) else _named(value)


def as_key(name: str) -> str:
    """A key of a file as the place of what is below it shows it: in the quotes that it has in JSON."""
    return f'"{_shown(name)}"'


def in_quotes(text: str) -> str:
    """A word or a name as a sentence can show it, one line, in the quotes of the language."""
    # Translators: the quotes of the language, around a word or a name of the user's.
    return _("“{text}”").format(text=_shown(text))


def _shown(text: str) -> str:
    """The part of a text that a line has room for, printable."""
    if len(text) > _SHOWN_LENGTH:
        text = f"{text[:_SHOWN_LENGTH]}…"
    return text if text.translate(ISOLATES).isprintable() else text.encode("unicode_escape").decode("ascii")


def _named(value: object) -> str:
    if value is None or isinstance(value, bool | float):
        return json.dumps(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else _("a very large number")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _("a list")
    return _("an object") if isinstance(value, dict) else type(value).__name__


def refuse(field: str, sentence: str, value: object, **values: object) -> NoReturn:
    """Raise the refusal with ``{field}``, ``{value}`` (as ``quoted``) and these values filled in."""
    raise Refused(sentence.format(field=field, value=quoted(value), **values), field=field)


def refuse_other_than(field: str, names: Sequence[str], value: object) -> NoReturn:
    """Raise the refusal of what is none of these names."""
    if len(names) == 2:
        sentence = _("{field} must be {one} or {other}, not {value}.")
        refuse(field, sentence, value, one=names[0], other=names[1])
    sentence = _("{field} must be one of {names}, not {value}.")
    refuse(field, sentence, value, names=format_series(names))


def _readable(value: object, field: str) -> str:
    """A string that can be written to a database and to a file."""
    if not isinstance(value, str):
        refuse(field, _("{field} must be text, not {value}."), value)
    if "\0" in value:
        raise Refused(_("{field} contains a NUL character. Remove it.").format(field=field), field=field)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            sentence = _("{field} contains half a character (a lone surrogate). Type that character again.")
            raise Refused(sentence.format(field=field), field=field) from None
    return value


def clean_text(value: object, field: str) -> str:
    """A text as it is stored: white space at both ends removed, in Unicode NFC.

    Refused are what is no text, NUL and lone surrogates.
    """
    if isinstance(value, str) and value.isascii() and "\0" not in value:  # as most are
        return value.strip()
    return unicodedata.normalize("NFC", _readable(value, field)).strip()


def clean_name(value: object, field: str) -> str:
    """A text by which a thing is known, cleaned by ``clean_text``; ``Refused`` where that leaves it empty."""
    text = clean_text(value, field)
    if not text:
        raise Refused(_("{field} can't be empty.").format(field=field), field=field)
    return text


def check_id(value: object, field: str) -> str:
    """An id, exactly as given: 1 to 64 characters, not ``-``; never trimmed, never normalised."""
    text = (
        value if isinstance(value, str) and value.isascii() and "\0" not in value else _readable(value, field)
    )
    if not text or len(text) > MAX_ID_LENGTH or text == "-":
        sentence = ngettext(
            "{field} must be an id of 1 to {most} character other than “-”, not {value}.",
            "{field} must be an id of 1 to {most} characters other than “-”, not {value}.",
            MAX_ID_LENGTH,
        )
        refuse(field, sentence, text, most=MAX_ID_LENGTH)
    return text


def check_key(value: object, field: str) -> str:
    """The key of a follow-up, exactly as given; it may not be empty."""
    text = _readable(value, field)
    if not text:
        sentence = _("{field} is empty. It must be the key of a follow-up.")
        raise Refused(sentence.format(field=field), field=field)
    return text


def check_flag(value: object, field: str) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(value, bool):
        refuse(field, _("{field} must be true or false, not {value}."), value)
    return value


def check_whole(value: object, field: str, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``; neither true nor 1.0 is one."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        sentence = _("{field} must be a whole number from {low} to {high}, not {value}.")
        refuse(field, sentence, value, low=format_number(low), high=format_number(high))
    return value


def check_minutes(value: object, field: str) -> int:
    """The length of an interview in minutes, 1 to 1,440."""
    return check_whole(value, field, 1, MAX_MINUTES)


def check_fit(value: object, field: str) -> int | None:
    """How well the company fits, 1 to 5, or ``None`` for not said (tip 9)."""
    return None if value is None else check_whole(value, field, 1, 5)


def check_priority(value: object, field: str) -> int:
    """A priority, larger for more important; the forms offer 0 to 3, a file may say any number of 32 bits."""
    return check_whole(value, field, -MAX_PRIORITY, MAX_PRIORITY)


def check_language(value: object, field: str) -> str:
    """The code of a language, two or three small letters, and ``-informal`` for letters to friends.

    Whether anyone speaks it isn't looked up.
    """
    text = _readable(value, field)
    if re.fullmatch("[a-z]{2,3}(-informal)?", text) is None:
        refuse(field, _("{field} must be a language code such as en, not {value}."), value)
    return text


def check_fold(value: object, field: str) -> int:
    """0, or 1 for the second of two equal wall times."""
    return check_whole(value, field, 0, 1)


def check_member(value: object, field: str, members: Sequence[MemberT]) -> MemberT:
    """One of these members of an enumeration, by its name in the file."""
    for member in members:
        if isinstance(value, str) and value == member.value:
            return member
    refuse_other_than(field, members, value)


def check_date(value: object, field: str) -> date:
    """A date of the years 1970 to 2100."""
    if isinstance(value, datetime) or not isinstance(value, date) or not MIN_YEAR <= value.year <= MAX_YEAR:
        _refuse_date(field, value)
    return value


def _refuse_date(field: str, value: object) -> NoReturn:
    sentence = _("{field} must be a date from {first} to {last}, like 2026-10-14, not {value}.")
    refuse(field, sentence, value, first=MIN_YEAR, last=MAX_YEAR)


def check_instant(value: datetime, field: str) -> datetime:
    """An instant as it is kept: in UTC, to the second (fractions are cut), of the years 1970 to 2100."""
    if value.tzinfo is None:
        sentence = _("{field} must have its UTC offset, like 2026-10-14T10:00:00+02:00, not {value}.")
        refuse(field, sentence, value)
    try:
        instant = value.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        instant = None
    if instant is None or not MIN_YEAR <= instant.year <= MAX_YEAR:
        sentence = _("{field} must be from {first} to {last} (in UTC), not {value}.")
        refuse(field, sentence, value, first=MIN_YEAR, last=MAX_YEAR)
    return instant


def check_wall_time(value: datetime, field: str) -> datetime:
    """A wall time as it is kept: without zone or fold, to the minute (seconds are cut), 1970 to 2100."""
    if value.tzinfo is not None:
        _refuse_wall_time(field, value)
    if not MIN_YEAR <= value.year <= MAX_YEAR:
        sentence = _("{field} must be from {first} to {last}, not {value}.")
        refuse(field, sentence, value, first=MIN_YEAR, last=MAX_YEAR)
    return value.replace(second=0, microsecond=0, fold=0)


def _refuse_wall_time(field: str, value: object) -> NoReturn:
    sentence = _("{field} must be a local time without an offset, like 2026-10-14T10:00, not {value}.")
    refuse(field, sentence, value)


def parse_date(value: object, field: str) -> date:
    """The date that a text in the form ``YYYY-MM-DD`` names."""
    found = _date_of(value) if isinstance(value, str) else None
    if found is None:
        _refuse_date(field, value)
    return check_date(found, field)


@lru_cache(maxsize=5_000)
def _date_of(text: str) -> date | None:
    """Of a long file most dates stand there several times, and are one in memory."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def parse_time(value: object, field: str) -> time:
    """The time of day that a text in the form ``HH:MM`` names."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    refuse(field, _("{field} must be a time of day like “09:30”, not {value}."), value)


def parse_wall_time(value: object, field: str) -> datetime:
    """The wall time that a text in the form ``YYYY-MM-DDTHH:MM`` names.

    Seconds are read and cut, since appointments are kept to the minute; an offset is refused, because the
    zone has a field of its own.
    """
    if isinstance(value, str) and (match := _WALL_TIME.fullmatch(value)):
        try:
            return check_wall_time(datetime.fromisoformat(match[1]), field)
        except ValueError:
            pass
    _refuse_wall_time(field, value)


def parse_instant(value: object, field: str) -> datetime:
    """The instant that an ISO 8601 text names: any offset (none: refused), fractions of a second cut."""
    if isinstance(value, str) and _AS_WRITTEN.fullmatch(value):
        with suppress(ValueError):
            return datetime.fromisoformat(value)
    if isinstance(value, str) and (match := _INSTANT.fullmatch(value)):
        wall, seconds, sign, hours, minutes = match.groups()
        zone = UTC
        try:
            if sign:
                offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
                zone = timezone(-offset if sign == "-" else offset)
            zoned = datetime.fromisoformat(wall + (seconds or "")).replace(tzinfo=zone)
        except ValueError:
            pass
        else:
            return check_instant(zoned, field)
    refuse(field, _not_an_instant(value), value, example="2026-10-14T10:00:00+02:00")


def _not_an_instant(value: object) -> str:
    """The sentence that says what is wrong with a text that names no instant."""
    match = _NEARLY_INSTANT.fullmatch(value) if isinstance(value, str) else None
    day, clock, offset = match.groups() if match is not None else (None, None, None)
    if day is not None and not _is_read(date.fromisoformat, day):
        return _(
            "{field} must be a time with its UTC offset, like {example}, not {value}. That day doesn't exist."
        )
    if clock is None:
        return _("{field} must be a time with its UTC offset, like {example}, not {value}.")
    if not _is_read(time.fromisoformat, clock):
        return _(
            "{field} must be a time with its UTC offset, like {example}, not {value}. That "
            "time of day doesn't exist."
        )
    if offset is None:
        return _(
            "{field} must be a time with its UTC offset, like {example}, not {value}. Add "
            "the offset, or Z for UTC."
        )
    return _(
        "{field} must be a time with its UTC offset, like {example}, not {value}. That offset doesn't exist."
    )


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


@cache
def zone_names() -> frozenset[str]:
    """The names of the zones that there are, from the package ``tzdata``."""
    return frozenset(text_of("zones").split())


def check_zone(value: object, field: str) -> str:
    """The name of a time zone that the package ``tzdata`` knows."""
    if not isinstance(value, str) or value not in zone_names():
        refuse(field, _("{field} must be the name of a time zone, like Europe/Madrid, not {value}."), value)
    return value


@cache
def countries() -> dict[str, list[str]]:
    """The countries with known holidays, each with its subdivisions, from the package ``holidays``."""
    import holidays  # slow to import, and not needed to show a window

    return holidays.list_supported_countries()


@lru_cache(maxsize=1_000)
def _is_country(name: str) -> bool:
    country, dash, subdivision = name.partition("-")
    known = countries().get(country)
    return known is not None and (not dash or subdivision in known)


def check_country(value: object, field: str) -> str:
    """A country of the package ``holidays``, perhaps with a subdivision: ``ES``, ``ES-MD``, ``US-NY``."""
    if isinstance(value, str) and _is_country(value):
        return value
    refuse(field, _("{field} must be a country with known holidays, like ES or ES-MD, not {value}."), value)
