"""Reading the interchange file: every value is checked where it stands, and a refusal names the place."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any, NoReturn

from followup_desktop.domain.checks import quoted, refuse
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind
from followup_desktop.i18n import N_, _
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.document import Document, Reading, Recognition, Row
from followup_desktop.services.transfer.file_kinds import kind_of
from followup_desktop.services.transfer.formats import what_is_read

_FAULTS_OF_JSON = (
    N_("Expecting value"),
    N_("Expecting ',' delimiter"),
    N_("Expecting ':' delimiter"),
    N_("Expecting property name enclosed in double quotes"),
    N_("Extra data"),
    N_("Unterminated string starting at"),
    N_("Invalid control character at"),
    N_("Invalid \\escape"),
    N_("Invalid \\uXXXX escape"),
)
"""The sentences of the standard library, which are asked for as they come."""

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ARRAYS = {
    "contacts": layout.CONTACT_KEYS,
    "applications": layout.APPLICATION_KEYS,
    "reminders": layout.REMINDER_KEYS,
    "choices": layout.CHOICE_KEYS,
    "announced": layout.ANNOUNCED_KEYS,
}
_NESTED = {"interviews": layout.INTERVIEW_KEYS, "events": layout.EVENT_KEYS}
_OBJECTS = {"policy": layout.POLICY_KEYS, "search": layout.SEARCH_KEYS}
_TOP_LEVEL = ("format", "version", *_OBJECTS, *_ARRAYS)


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it begins as JSON does: nothing else that is read is JSON."""
    begins = data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")[:1] in (b"{", b"[")
    return Recognition.SURE if begins else Recognition.NONE


def read(data: bytes, _reading: Reading | None = None) -> Document:
    """Read an interchange file of this version or an older one, UTF-8 with or without a byte order mark.

    Unknown keys are left out, with a warning each. Everything else that is not of the format is refused: what
    is no JSON, by the name of its kind, NaN, a key that stands twice in an object, missing required keys, and
    any value that the checks refuse. Whether references hold is seen when it is merged.
    """
    parsed = _parse(data)
    if not isinstance(parsed, _Object) or parsed.get("format") != layout.FORMAT:
        sentence = _("That's JSON, but not a Follow Up export, which has {key}: {name} and {version_key}: 1.")
        names = {"key": '"format"', "name": f'"{layout.FORMAT}"', "version_key": '"version"'}
        raise Refused(f"{sentence.format(**names)} {what_is_read()}", field="format")
    _check_version(parsed.get("version"))
    return _Reader().document(parsed)


def _parse(data: bytes) -> Any:
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_other_kinds(data)
        sentence = _("The file isn't UTF-8 text (see byte {number}). Save it as UTF-8.")
        raise Refused(sentence.format(number=error.start + 1)) from None
    try:
        return json.loads(text, object_pairs_hook=_Object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _refuse_other_kinds(data)
        sentence = _(
            "The file isn't valid JSON at line {line}, column {column} ({reason}). Fix it "
            "there, or export it again."
        )
        raise Refused(sentence.format(line=error.lineno, column=error.colno, reason=_(error.msg))) from None
    except RecursionError:
        sentence = _("The file is nested too deeply for a Follow Up export. Export it again.")
        raise Refused(sentence) from None
    except ValueError:
        raise Refused(_("The file has a number with thousands of digits. Use a shorter one.")) from None


def _refuse_other_kinds(data: bytes) -> None:
    """Call a file that does not even begin as JSON by its kind; advice about JSON would be of no use."""
    kind = kind_of(data)
    if kind is not None:
        sentence = _("That's {kind}.")
        raise Refused(f"{sentence.format(kind=kind)} {what_is_read()}", field="format")


def _refuse_constant(name: str) -> NoReturn:
    sentence = _("The file has the value {name}, which isn't JSON. Use a number or null.")
    raise Refused(sentence.format(name=name))


class _Object(dict[str, Any]):
    """An object of the file that remembers a key it was given twice."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated: str | None = None
        if len(self) != len(pairs):
            counts = Counter(key for key, __ in pairs)
            self.repeated = next(key for key, count in counts.items() if count > 1)


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        refuse("version", _("{field} must be {only}, not {value}."), version, only=layout.VERSION)
    if version > layout.VERSION:
        sentence = _(
            "{field} is {value}, from a newer Follow Up. This one reads version {newest}, "
            "so update the program."
        )
        refuse("version", sentence, version, newest=layout.VERSION)


def _at(place: str, key: str) -> str:
    if not _PLAIN_KEY.fullmatch(key):
        return f"{place}[{quoted(key)}]"
    return f"{place}.{key}" if place else key


class _Reader:
    """The state of one reading: the warnings, and where each id was seen."""

    def __init__(self) -> None:
        self._warnings: list[str] = []
        self._places: dict[str, str] = {}

    def document(self, parsed: _Object) -> Document:
        self._check_object(parsed, "", _TOP_LEVEL)
        objects = {name: self._object(parsed, name) for name in _OBJECTS}
        arrays = {name: self._array(parsed, "", name) for name in _ARRAYS}
        return Document(**objects, **arrays, warnings=tuple(self._warnings))  # type: ignore[arg-type]

    def _object(self, parsed: _Object, name: str) -> Row | None:
        if parsed.get(name) is None:
            return None
        return self._row(parsed[name], name, _OBJECTS[name], ())

    def _array(self, parent: _Object, place: str, name: str) -> tuple[Row, ...]:
        """The rows of an array, none if it is missing or null."""
        if parent.get(name) is None:
            return ()
        here = _at(place, name)
        keys = _NESTED[name] if place else _ARRAYS[name]
        nested = tuple(_NESTED) if name == "applications" else ()
        rows = tuple(
            self._row(item, f"{here}[{index}]", keys, nested)
            for index, item in enumerate(layout.check_list(parent[name], here))
        )
        if keys[0].kind is Kind.KEY:
            self._check_keys(rows)
        return rows

    def _row(self, item: object, place: str, keys: tuple[layout.Key, ...], nested: tuple[str, ...]) -> Row:
        if not isinstance(item, _Object):
            refuse(place, _("{field} must be an object, not {value}."), item)
        self._check_object(item, place, chain((key.name for key in keys), nested))
        values = {}
        for key in keys:
            value = item.get(key.name)
            if value is not None:
                values[key.field] = key.read(value, f"{place}.{key.name}")
            elif key.required:
                field = f"{place}.{key.name}"
                sentence = _("{field} is missing. Every entry of this kind needs it.")
                raise Refused(sentence.format(field=field), field=field)
            elif key.nullable and key.name in item:
                values[key.field] = None
        row_id = values.pop("id", values.get("key", ""))
        if keys[0].kind is Kind.ID:
            self._check_unique(row_id, place)
        children = {name: self._array(item, place, name) for name in nested}
        return Row(place=place, id=row_id, values=values, **children)  # type: ignore[arg-type]

    def _check_object(self, item: _Object, place: str, known: Iterable[str]) -> None:
        if item.repeated is not None:
            field = _at(place, item.repeated)
            sentence = _("{field} is in its object twice. Keep one of them.")
            raise Refused(sentence.format(field=field), field=field)
        names = frozenset(known)
        self._warnings += [
            _("{field} isn't a known key and was left out.").format(field=_at(place, key))
            for key in item
            if key not in names
        ]

    def _check_unique(self, row_id: str, place: str) -> None:
        first = self._places.setdefault(row_id, place)
        if first != place:
            field = f"{place}.id"
            sentence = _("{field} is {value}, and so is {first}. Give one of them another id.")
            refuse(field, sentence, row_id, first=f"{first}.id")

    def _check_keys(self, rows: tuple[Row, ...]) -> None:
        """Choices and announcements are known by their key: in one array no key stands twice."""
        places: dict[str, str] = {}
        for row in rows:
            first = places.setdefault(row.id, row.place)
            if first != row.place:
                field = f"{row.place}.key"
                sentence = _("{field} is {value}, and so is {first}. Keep one of them.")
                refuse(field, sentence, row.id, first=f"{first}.key")
