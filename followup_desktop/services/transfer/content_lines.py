"""The lines of iCalendar and vCard files as their writers really write them: name, parameters, value.

The package icalendar reads what keeps to the standard. It refuses the parameters of vCard 2.1 (``TEL;WORK``),
keeps one ``TYPE`` of several, and gives up on a whole file for one bad line; what people are sent has all of
that. So lines are read here, one at a time, and one that is none is left out.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number

LONGEST_LINE = 1_000_000
"""Bytes of one line, unfolded: what is longer is a picture, and left out."""
_DEEPEST = 16

_LARGEST = 60_000_000
"""Bytes of an address book with its pictures."""
_MOST_LINES = 300_000

_LINE = re.compile(rb"([^\r\n]*)(\r{0,2}\n|\r|\Z)")
_NAME = re.compile(r"(?:[\w-]+\.)?([A-Za-z0-9-]+)(?=[;:])")
_PARAMETER = re.compile(r';\s*(?:([A-Za-z0-9-]+)\s*=)?((?:"[^"]*"|[^";:]|:(?=//))*)')
"""Outlook writes a zone that is an address without the quotes it needs: ``TZID=tzone://Microsoft/Utc``."""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_IN_PARAMETER = {"^n": "\n", "^'": '"', "^^": "^"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLine:
    """One line; names are in capitals, and so are the ``types``. ``value`` is as it stands, still escaped."""

    name: str
    parameters: dict[str, str] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    value: str = ""

    @property
    def text(self) -> str:
        """The value as a text: without escapes, trimmed."""
        return unescaped(self.value).strip()

    def parts(self, sign: str = ";") -> list[str]:
        """The texts between signs that are not escaped."""
        pieces = re.split(rf"(?<!\\)((?:\\\\)*){re.escape(sign)}", self.value)
        joined = [piece + slashes for piece, slashes in zip(pieces[::2], [*pieces[1::2], ""], strict=True)]
        return [unescaped(piece).strip() for piece in joined]


@dataclass(slots=True)
class Component:
    """What stands between ``BEGIN`` and ``END``, with the components in it."""

    name: str
    lines: list[ContentLine] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    is_whole: bool = False
    """Whether its end was there."""

    def first(self, name: str) -> ContentLine | None:
        """The first line of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[ContentLine]:
        """All lines of that name."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The text of the first line of that name, or an empty one."""
        line = self.first(name)
        return line.text if line is not None else ""


def read_components(data: bytes, wanted: str) -> list[Component]:
    """The outermost components of that name; one that breaks off is not ``is_whole``.

    A file of too many bytes or lines is ``Refused``.
    """
    found: list[Component] = []
    open_ones: list[Component] = []
    if len(data) > _LARGEST:
        sentence = _("The file is larger than {most} MB. Export what you need of it to a smaller one.")
        raise Refused(sentence.format(most=_LARGEST // 1_000_000))
    if data.count(b"\n") - data.count(b"\n ") - data.count(b"\n\t") > _MOST_LINES:
        _refuse_lines()  # before the first is kept
    for number, text in enumerate(_unfolded(data)):
        if number > _MOST_LINES:
            _refuse_lines()
        line = _line(text)
        if line is None:
            continue
        if line.name == "BEGIN":
            name = line.value.strip().upper()
            if open_ones or name == wanted:
                component = Component(name)
                if len(open_ones) <= _DEEPEST:
                    (open_ones[-1].components if open_ones else found).append(component)
                open_ones.append(component)
                component.source.append(text)
        elif line.name == "END" and open_ones:
            _end(open_ones, line.value.strip().upper(), text)
        elif open_ones:
            open_ones[-1].lines.append(line)
            open_ones[-1].source.append(text)
    return found


def _refuse_lines() -> NoReturn:
    sentence = _("The file has more than {most} lines. Export what you need of it to a smaller one.")
    raise Refused(sentence.format(most=format_number(_MOST_LINES)))


def _end(open_ones: list[Component], name: str, text: str) -> None:
    """Close the component of that name; those within it that are still open broke off."""
    names = [each.name for each in open_ones]
    if name not in names:
        return
    while open_ones:
        closed = open_ones.pop()
        closed.source.append(text)
        if open_ones and closed.is_whole:
            open_ones[-1].source.extend(closed.source)
        if closed.name == name:
            closed.is_whole = True
            if open_ones:
                open_ones[-1].source.extend(closed.source)
            return


def decoded(data: bytes, charset: str | None = None) -> str:
    """The text of bytes in that encoding, else UTF-8, else as Western Windows writes it."""
    for encoding in filter(None, (charset, "utf-8-sig")):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def unescaped(value: str) -> str:
    r"""The text that was escaped: ``\n`` is a line break, any other sign behind ``\`` itself."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _unfolded(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    for line in _joined(data):
        if line.strip() and len(line) <= LONGEST_LINE:
            yield decoded(line)


def _joined(data: bytes) -> Iterator[bytes]:
    """The lines, each with those that go on with it; of one that is too long no more than tells that."""
    parts: list[bytes] = []
    size = 0
    is_soft = is_folded = False
    for found in _LINE.finditer(data):
        line = found[1]
        if is_soft:
            # A soft break stands within a line, whatever the next one begins with.
            parts[-1] = parts[-1][:-1]
        elif is_folded and line[:1] in (b" ", b"\t"):
            line = line[1:]
        else:
            yield b"".join(parts)
            parts, size = [], 0
        if size <= LONGEST_LINE or not parts:
            parts.append(line)
        size += len(line)
        is_folded = found[2].endswith(b"\n")
        is_soft = is_folded and found[1].endswith(b"=") and _is_quoted(parts[0])
    yield b"".join(parts)


def _is_quoted(line: bytes) -> bool:
    """Whether its parameters say that what follows is quoted-printable."""
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _line(text: str) -> ContentLine | None:
    name = _NAME.match(text.lstrip())
    if name is None:
        return None
    text = text.lstrip()
    place, parameters, types = name.end(), {}, set()
    while (found := _PARAMETER.match(text, place)) is not None:
        key, value = (found[1] or "").upper(), found[2].strip()
        place = found.end()
        if not key:  # vCard 2.1: a type, or an encoding, without its name
            key = "ENCODING" if value.upper() in {"QUOTED-PRINTABLE", "BASE64", "8BIT"} else "TYPE"
        if key == "TYPE":
            types |= {each.strip().upper() for each in value.replace('"', "").split(",")}
        parameters[key] = re.sub(r"\^[n'^]", lambda sign: _IN_PARAMETER[sign[0]], value.replace('"', ""))
    if text[place : place + 1] != ":":
        return None
    value = text[place + 1 :]
    if parameters.get("ENCODING", "").upper() in {"QUOTED-PRINTABLE", "Q"}:
        charset = parameters.get("CHARSET")
        value = decoded(quopri.decodestring(value.encode()), charset).replace("\r\n", "\n")
    return ContentLine(name=name[1].upper(), parameters=parameters, types=frozenset(types), value=value)
