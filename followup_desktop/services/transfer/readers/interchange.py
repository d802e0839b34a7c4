"""Reading the interchange file: every value is checked where it stands, and a refusal names the place."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import compress, islice
from operator import is_not, itemgetter
from typing import Any, NoReturn

from followup_desktop.domain.checks import as_key, refuse
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Event,
    Interview,
    LastAnnouncement,
    Policy,
    Reminder,
    SearchState,
)
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import N_, _, format_number
from followup_desktop.services.ports import FileData
from followup_desktop.services.progress import counting_of
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.document import (
    Document,
    FileValues,
    Reading,
    Recognition,
    Row,
    thing_of,
)
from followup_desktop.services.transfer.file_kinds import is_incomplete, is_outlook_mail, kind_of
from followup_desktop.services.transfer.formats import what_is_read
from followup_desktop.services.transfer.readers.json_stream import (
    LARGEST_VALUE,
    JsonStream,
    StreamPosition,
    TooLarge,
)

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


class _Form:
    """The keys of an object: those of values, and those of lists of objects within it."""

    def __init__(self, thing: type, keys: tuple[layout.FileKey, ...], **nested: _Form) -> None:
        self.kind = keys[0].kind
        self.has_id = self.kind is Kind.ID
        self.thing = thing
        self.keys = keys
        self.nested = nested
        self.names = frozenset((*(key.name for key in keys), *nested))
        self._shapes: dict[tuple[str, ...], _ObjectShape] = {}

    def shape(self, names: tuple[str, ...]) -> _ObjectShape:
        """What is known of the objects that have these keys, in this order."""
        if (found := self._shapes.get(names)) is None:
            if len(self._shapes) > _MOST_SHAPES:
                self._shapes.clear()
            found = self._shapes[names] = _ObjectShape(self, names)
        return found


class _ObjectShape:
    """What all objects of a form have in common that have the same keys in the same order.

    Of nearly all values, most are as ``usual``, and are passed over by the interpreter's own loop: to look at
    each took half of the reading.
    """

    def __init__(self, form: _Form, names: tuple[str, ...]) -> None:
        known = {key.name: key for key in form.keys}
        keys = [known.get(name) for name in names]
        self.reads = tuple(None if key is None else (key.field, key.name, key.read, key) for key in keys)
        self.usual = tuple(
            _NO_VALUE if key is None or (key.usual is None and not key.nullable) else key.usual
            for key in keys
        )
        self.missing = [key.name for key in form.keys if key.required and key.name not in names]
        self.unknown = [name for name in names if name not in form.names]
        given = dict.fromkeys(key.field for key in keys if key is not None)
        given.pop("id", None)
        self.given = given


_ARRAYS = {
    "contacts": _Form(Contact, layout.CONTACT_KEYS),
    "applications": _Form(
        Application,
        layout.APPLICATION_KEYS,
        interviews=_Form(Interview, layout.INTERVIEW_KEYS),
        events=_Form(Event, layout.EVENT_KEYS),
    ),
    "reminders": _Form(Reminder, layout.REMINDER_KEYS),
    "choices": _Form(Choice, layout.CHOICE_KEYS),
    "announced": _Form(LastAnnouncement, layout.ANNOUNCED_KEYS),
}
_BEFORE = {
    "contacts": {"format", "version"},
    "applications": {"format", "version", "policy", "contacts"},
    "reminders": {"format", "version", "policy", "contacts", "applications"},
}
"""What has to be read before a part of a list: what tells whose file it is, and what its entries refer to."""
_OF_FILE = ("format", "version")
_ORDER = ("policy", "search", "contacts", "applications", "reminders", "choices", "announced")
"""In which what had to wait is read."""
_OBJECTS = {"policy": _Form(Policy, layout.POLICY_KEYS), "search": _Form(SearchState, layout.SEARCH_KEYS)}
_IN_EACH_APPLICATION = b'"stage":'
_MOST_ENTRIES, _MOST_KEYED = 100_000, 300_000
"""So many of a kind are read: more are no one's search for work, and all of them are held in memory."""
_ENTRIES_OF_PART = 10_000
"""So many entries of a file, those within applications too, are held in memory before they are written."""
_BYTES_OF_PART = 8_000_000
"""A part ends after so many bytes, too: entries may be large."""
_PART = 1 << 20
_LOOKED_AT = 1 << 25
"""So much of a file tells of what kind it is."""
_MOST_SHAPES = 100
_NO_VALUE = object()
_MOST_WARNINGS = 100
"""Of so many unknown keys each is named; of others it is said how many they are."""
_MOST_KEYS = 1_000
"""A file that has more of them, beside the entries, is of another program."""


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it begins as JSON does: nothing else that is read is JSON."""
    begins = data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")[:1] in (b"{", b"[")
    return Recognition.SURE if begins else Recognition.NONE


def read(data: FileData, reading: Reading | None = None) -> Document:
    """Read an interchange file of this version or an older one, UTF-8 with or without a byte order mark.

    Of a file with very many entries it is its first part, and the ``rest`` is read when it is asked for.
    Unknown keys are left out, with a warning each. Everything else that is not of the format is refused: what
    is no JSON, by the name of its kind, NaN, a key that stands twice in an object, missing required keys, and
    any value that the checks refuse. Whether references hold is seen when it is merged, each part before the
    next is read: of several faults it may be another that is told first than in a file of one part.
    """
    reader = _InterchangeReader(data, reading.on_progress if reading is not None else ignore_progress)
    parts = reader.parts()
    first = next(parts)
    if reader.is_read:
        return first
    return replace(first, rest=_FurtherParts(data, parts), applications_in_all=reader.applications or 0)


class _FurtherParts:
    """The parts of a file after the first; that it is read on, and later from the start, shows to nobody."""

    def __init__(self, data: FileData, begun: Iterator[Document]) -> None:
        self._data = data
        self._begun: Iterator[Document] | None = begun

    def __iter__(self) -> Iterator[Document]:
        begun, self._begun = self._begun, None
        return begun or islice(_InterchangeReader(self._data).parts(), 1, None)


class _Faulty:
    """Says in a sentence what is wrong with a file that is no JSON, or none of this program's."""

    def __init__(self, data: FileData, found: Mapping[str, Any]) -> None:
        self._data = data
        self._found = found

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, UnicodeDecodeError):
            _refuse_other_kinds(self._data[:_LOOKED_AT])
            sentence = _("The file isn't UTF-8 text (see byte {number}). Save it as UTF-8.")
            raise Refused(sentence.format(number=error.start + 1)) from None
        if isinstance(error, json.JSONDecodeError):
            _refuse_other_kinds(self._data[:_LOOKED_AT])
            sentence = _(
                "The file isn't valid JSON at line {line}, column {column} ({reason}). Fix it "
                "there, or export it again."
            )
            reason = _(error.msg)
            if reason == error.msg:  # the library's English begins as a sentence
                reason = reason[:1].lower() + reason[1:]
            raise Refused(sentence.format(line=error.lineno, column=error.colno, reason=reason)) from None
        if isinstance(error, RecursionError):
            sentence = _("The file is nested too deeply for a Follow Up export. Export it again.")
            raise Refused(sentence) from None
        if isinstance(error, TooLarge) and self._found.get("format") != layout.FORMAT:
            _refuse_other_json()
        if isinstance(error, TooLarge):
            sentence = _("An entry in the file is larger than {most} MB. Export it again.")
            raise Refused(sentence.format(most=LARGEST_VALUE // 1_000_000)) from None
        if isinstance(error, ValueError) and not isinstance(error, Refused):
            raise Refused(_("The file has a number with thousands of digits. Use a shorter one.")) from None


def _refuse_other_kinds(data: bytes) -> None:
    """Call a file that does not even begin as JSON by its kind; advice about JSON would be of no use."""
    if is_incomplete(data):
        raise Refused(_("The file is incomplete or damaged. Download or save it again."), field="format")
    kind = kind_of(data)
    if kind is not None:
        sentence = _("That's {kind}.")
        if is_outlook_mail(data):
            way = _(
                "In Outlook, save the invitation as an .ics file, or copy the email's text and paste it "
                "into the window."
            )
            raise Refused(f"{sentence.format(kind=kind)} {way}", field="format")
        raise Refused(f"{sentence.format(kind=kind)} {what_is_read()}", field="format")


def _refuse_constant(name: str) -> NoReturn:
    sentence = _("The file has the value {name}, which isn't JSON. Use a number or null.")
    raise Refused(sentence.format(name=name))


class _ObjectWithRepeats(dict[str, Any]):
    """An object of the file that was given a key twice, and which."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, __ in pairs)
        self.repeated = next(key for key, count in counts.items() if count > 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _ObjectWithRepeats(pairs)


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        refuse("version", _("{field} must be {only}, not {value}."), version, only=layout.VERSION)
    if version > layout.VERSION:
        sentence = _(
            "{field} is {value}, from a newer Follow Up. This one reads version {newest}, "
            "so update the program."
        )
        refuse("version", sentence, version, newest=layout.VERSION)


def _refuse_other_json() -> NoReturn:
    sentence = _("That's JSON, but not a Follow Up export, which has {key}: {name} and {version_key}: 1.")
    names = {"key": '"format"', "name": f'"{layout.FORMAT}"', "version_key": '"version"'}
    raise Refused(f"{sentence.format(**names)} {what_is_read()}", field="format")


def _refuse_missing(field: str) -> NoReturn:
    sentence = _("{field} is missing. Every entry of this kind needs it.")
    raise Refused(sentence.format(field=field), field=field)


def _repeated(field: str) -> Refused:
    sentence = _("{field} is in its object twice. Keep one of them.")
    return Refused(sentence.format(field=field), field=field)


def _most(key: str) -> int:
    """How many entries of a list are read."""
    return _MOST_KEYED if _ARRAYS[key].kind is Kind.KEY else _MOST_ENTRIES


def _refuse_entries(key: str) -> NoReturn:
    sentence = _("{field} has more than {most} entries, the most Follow Up reads. Leave some of them out.")
    raise Refused(sentence.format(field=key, most=format_number(_most(key))), field=key)


def _count_in_parts(data: FileData, mark: bytes) -> int:
    """How often it is there. In 240 MB at once, the window would have waited for a fifth of a second."""
    starts = range(0, len(data), _PART)
    return sum(data[start : start + _PART + len(mark) - 1].count(mark) for start in starts)


def _at(place: str, key: str) -> str:
    if not _PLAIN_KEY.fullmatch(key):
        return f"{place}[{as_key(key)}]"
    return f"{place}.{key}" if place else key


class _InterchangeReader:
    """The state of one reading: what was met so far, the warnings, and where each id was seen.

    Lists are read in an order in which each entry comes after what it refers to: one that stands before is
    passed over, and read at the end. By then the file is known as one of this program, too.
    """

    def __init__(self, data: FileData, on_progress: OnProgress = ignore_progress) -> None:
        self._data = data
        self._on_progress = on_progress
        self._stream = JsonStream(data, _object, _refuse_constant)
        self._warnings: list[tuple[int, str]] = []
        """Each with the number, in the file, of the key that it is about."""
        self._key = 0
        self._unknown = 0
        self._places: dict[str, str] = {}
        """Of each id of this part where it is."""
        self._earlier: set[str] = set()
        """The ids of the parts before."""
        self._keys: dict[str, set[str]] = defaultdict(set)
        """The keys of follow-ups that were in each list."""
        self._met: dict[str, Any] = {}
        """The keys of the file that were met, with the values of those that tell whose it is."""
        self._part: dict[str, Any] = {}
        """What was read for this part."""
        self._entries = 0
        self.applications: int | None = None
        """How many there are, as far as that can be told ahead; counted once an entry is to be read."""
        self.is_read = False
        """Whether the part that was given is the last."""

    def parts(self) -> Iterator[Document]:
        """The parts of the file; what is wrong with it is ``Refused`` as it is met."""
        passed_over: list[tuple[str, int, StreamPosition]] = []
        with _Faulty(self._data, self._met):
            if self._stream.peek() == "{":
                for number, key in enumerate(self._stream.each_key()):
                    if self._must_wait(key):
                        passed_over.append((key, number, self._stream.position()))
                        self._pass_over()
                    else:
                        yield from self._take(key, number)
            else:
                self._stream.value()
            self._stream.end()
        self._check_format()
        with _Faulty(self._data, self._met):
            for key, number, position in sorted(passed_over, key=lambda each: _ORDER.index(each[0])):
                self._stream.go_to(position)
                yield from self._take(key, number)
        if self._unknown > _MOST_WARNINGS:
            text = _("{n} more unknown keys were left out.")
            number = len(self._met)  # behind those on any key
            self._warnings.append((number, text.format(n=format_number(self._unknown - _MOST_WARNINGS))))
        self.is_read = True
        yield self._document()

    def _pass_over(self) -> None:
        """Go past a value of the file; of a list, no more than one element is in memory."""
        if self._stream.peek() == "[":
            for _value in counting_of(0, self._stream.elements(), self._hand_on_progress):
                pass
        else:
            self._stream.value()

    def _must_wait(self, key: str) -> bool:
        """Whether the value of a key of the file can't be read yet."""
        if key in (*_OF_FILE, *self._met) or key not in _ORDER:
            return False
        return not _BEFORE.get(key, set(_OF_FILE)) <= self._met.keys()

    def _document(self) -> Document:
        """The part that was read; the next begins."""
        warnings = [warning for _key, warning in sorted(self._warnings, key=itemgetter(0))]
        found = Document(**self._part, warnings=tuple(warnings))
        self._earlier.update(self._places)
        self._places.clear()
        self._part, self._warnings, self._entries = {}, [], 0
        self._on_progress = ignore_progress  # from here on whoever merges it tells how far that is
        return found

    def _check_format(self) -> None:
        if self._met.get("format") != layout.FORMAT:
            _refuse_other_json()
        _check_version(self._met.get("version"))

    def _take(self, key: str, number: int) -> Iterator[Document]:
        """Read the value of a key of the file, the so-many-th; gives the parts that are full by then."""
        self._key = number
        if key in self._met:
            self._check_format()
            raise _repeated(key)
        if key in _ORDER:
            self._check_format()
        if key in _ARRAYS and self._stream.peek() == "[":
            yield from self._take_list(key)
        else:
            self._take_alone(key, self._stream.value())
        self._met.setdefault(key, None)

    def _take_list(self, key: str) -> Iterator[Document]:
        form, rows, begun = _ARRAYS[key], list[Row](), self._stream.decoded
        for index, value in enumerate(self._elements(key)):
            if index >= _most(key):
                _refuse_entries(key)
            if self._entries >= _ENTRIES_OF_PART or self._stream.decoded - begun > _BYTES_OF_PART:
                self._keep(key, rows)
                yield self._document()
                rows, begun = [], self._stream.decoded
            rows.append(row := self._row(value, f"{key}[{index}]", form))
            self._entries += 1 + len(row.interviews) + len(row.events)
        self._keep(key, rows)

    def _keep(self, key: str, rows: list[Row]) -> None:
        if _ARRAYS[key].kind is Kind.KEY:
            self._check_keys(key, rows)
        self._part[key] = tuple(rows)

    def _elements(self, key: str) -> Iterator[Any]:
        """The entries of a list; applications are counted by the key that each of them has."""
        if self.applications is None:
            self.applications = _count_in_parts(self._data, _IN_EACH_APPLICATION)
        count = self.applications if key == "applications" else 0
        if count > _MOST_ENTRIES:
            _refuse_entries(key)  # before the first is kept
        return counting_of(count, self._stream.elements(), self._hand_on_progress)

    def _hand_on_progress(self, done: int, of: int) -> None:
        self._on_progress(done, of)

    def _take_alone(self, key: str, value: Any) -> None:
        """Take the value of a key that is no list of entries."""
        if key in _OF_FILE:
            self._met[key] = value
        elif key in _OBJECTS:
            self._part[key] = None if value is None else self._row(value, key, _OBJECTS[key])
        elif key in _ARRAYS:
            if value is not None:
                layout.check_list(value, key)
        elif len(self._met) > _MOST_KEYS:
            _refuse_other_json()
        else:
            self._warn_of(key)

    def _array(self, parent: dict[str, Any], place: str, name: str, form: _Form) -> tuple[Row, ...]:
        """The rows of an array within an entry, none if it is missing or null."""
        if not parent.get(name) and parent.get(name) in (None, []):
            return ()
        here = _at(place, name)
        return tuple(
            self._row(item, f"{here}[{index}]", form)
            for index, item in enumerate(layout.check_list(parent[name], here))
        )

    def _row(self, item: object, place: str, form: _Form) -> Row:
        if not isinstance(item, dict):
            refuse(place, _("{field} must be an object, not {value}."), item)
        if isinstance(item, _ObjectWithRepeats):
            raise _repeated(_at(place, item.repeated))
        shape = form.shape(tuple(item))
        for name in shape.unknown:
            self._warn_of(_at(place, name))
        for name in shape.missing:
            _refuse_missing(f"{place}.{name}")
        values: dict[str, Any] = {}
        given = shape.given
        unusual = map(is_not, item.values(), shape.usual)
        for reads, value in compress(zip(shape.reads, item.values(), strict=True), unusual):
            if reads is None:
                continue
            attribute, name, read, key = reads
            if value is not None:
                try:
                    values[attribute] = read(value, name)
                except Refused:
                    # Only now the place is put together: for each value it took a sixth of the reading.
                    read(value, f"{place}.{name}")
                    raise
            elif key.required:
                _refuse_missing(f"{place}.{name}")
            else:  # of what may not be null, it says that there is nothing
                given = {each: None for each in given if each != attribute}
        if form.has_id:
            self._check_unique(values["id"], place)
        if not form.nested:
            row_id = values.get("id", values.get("key", ""))
            return Row(place=place, id=row_id, values=FileValues(form.thing(**values), given))
        children = {name: self._array(item, place, name, each) for name, each in form.nested.items()}
        things = {name: tuple(thing_of(row) for row in rows) for name, rows in children.items()}
        said = FileValues(form.thing(**values, **things), given)
        return Row(place=place, id=values["id"], values=said, **children)  # type: ignore[arg-type]

    def _warn_of(self, field: str) -> None:
        self._unknown += 1
        if self._unknown <= _MOST_WARNINGS:
            warning = _("{field} isn't a known key and was left out.").format(field=field)
            self._warnings.append((self._key, warning))

    def _check_unique(self, row_id: str, place: str) -> None:
        first = self._places.setdefault(row_id, place)
        if row_id in self._earlier:
            first = self._first_place(row_id)
        if first != place:
            field = f"{place}.id"
            sentence = _("{field} is {value}, and so is {first}. Give one of them another id.")
            refuse(field, sentence, row_id, first=f"{first}.id")

    def _check_keys(self, key: str, rows: Iterable[Row]) -> None:
        """Choices and announcements are known by their key: in one array no key stands twice."""
        places: dict[str, str] = {}
        for row in rows:
            first = places.setdefault(row.id, row.place)
            if row.id in self._keys[key]:
                first = self._first_place(row.id, key)
            if first != row.place:
                field = f"{row.place}.key"
                sentence = _("{field} is {value}, and so is {first}. Keep one of them.")
                refuse(field, sentence, row.id, first=f"{first}.key")
        self._keys[key].update(places)

    def _first_place(self, name: str, key: str = "") -> str:
        """Where an earlier part has this id, or this key in that list: of so many, no place is kept."""
        parts = _InterchangeReader(self._data).parts()
        rows = (row for part in parts for row in (getattr(part, key) if key else part.rows_with_id()))
        return next(row.place for row in rows if row.id == name)
