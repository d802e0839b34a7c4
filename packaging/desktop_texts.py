"""The texts of the files that a system reads, in every language that the program has.

Menu entry, type of file and metainfo are written in English alone, in ``packaging/linux``. Their texts are
in the catalogues, as those of the program are (``packaging/messages.py``); what is installed is filled in
from there.
"""

from __future__ import annotations

import gettext as catalogues
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import IO, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "followup-desktop"

Found: TypeAlias = "tuple[int, None, str, list[str]]"

_KEYS = {
    "GenericName": "Translators: what kind of program this is, in the system's menu.",
    "Comment": "Translators: what the program does, in the system's menu.",
    "Keywords": "Translators: words to find the program by in the system's menu, a semicolon after each.",
}
_ELEMENTS = {
    "comment": "Translators: what a file manager calls a file of the program.",
    "summary": "Translators: about the program, in a software centre.",
    "p": "Translators: about the program, in a software centre.",
    "li": "Translators: in a list of what the program does, in a software centre.",
    "caption": "Translators: below a picture of the program, in a software centre.",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = "http://www.freedesktop.org/standards/shared-mime-info"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text for translation; what is installed gets it from ``in_each_language``."""
    return message


def languages(folder: Path = LOCALE) -> dict[str, Callable[[str], str]]:
    """For each language with a catalogue in ``folder``, by its code, what gives a text in it."""
    codes = sorted(found.parts[-3] for found in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return {code: catalogues.translation(DOMAIN, folder, [code]).gettext for code in codes}


def in_each_language(text: str, folder: Path = LOCALE) -> dict[str, str]:
    """The translations of a text, by language; without those that are not there yet."""
    found = {code: say(text) for code, say in languages(folder).items()}
    return {code: said for code, said in found.items() if said != text}


def texts_of_entry(
    file: IO[bytes], _keywords: Iterable[str], _tags: Iterable[str], *, options: Mapping[str, object]
) -> Iterator[Found]:
    """The texts of a menu entry, as Babel asks for them."""
    del options
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        key, _, value = line.partition("=")
        if key in _KEYS:
            yield number, None, value, [_KEYS[key]]


def texts_of_xml(
    file: IO[bytes], _keywords: Iterable[str], _tags: Iterable[str], *, options: Mapping[str, object]
) -> Iterator[Found]:
    """The texts of metainfo or of a type of file, as Babel asks for them; those of releases stay English."""
    del options
    for _parent, element in _translatable(ET.fromstring(file.read())):
        yield 0, None, _text(element), [_ELEMENTS[_name(element)]]


def entry(text: str, folder: Path = LOCALE) -> str:
    """The menu entry with each of its texts in each language behind the English one."""
    lines = []
    for line in text.splitlines():
        lines.append(line)
        key, _, value = line.partition("=")
        if key in _KEYS:
            lines += [f"{key}[{code}]={said}" for code, said in in_each_language(value, folder).items()]
    return "\n".join(lines) + "\n"


def xml(text: str, folder: Path = LOCALE) -> str:
    """Metainfo or type of file with each of its texts in each language behind the English one."""
    ET.register_namespace("", _TYPES)
    tree = ET.fromstring(text)
    for parent, element in list(_translatable(tree)):
        place = list(parent).index(element)
        for code, said in reversed(in_each_language(_text(element), folder).items()):
            other = deepcopy(element)
            other.set(_LANGUAGE, code)
            other.text = said
            parent.insert(place + 1, other)
    ET.indent(tree)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(tree, encoding="unicode") + "\n"


def echo(text: str, folder: Path = LOCALE) -> str:
    """Lines of a shell script that say this in the language of its environment."""
    said = in_each_language(text, folder)
    return "\n".join(
        [
            'case "${LC_ALL:-${LC_MESSAGES:-$LANG}}" in',
            *(f"    {code}*) echo {shlex.quote(words)} ;;" for code, words in said.items()),
            f"    *) echo {shlex.quote(text)} ;;",
            "esac",
        ]
    )


def _translatable(tree: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    for child in tree:
        if _name(child) in _ELEMENTS:
            yield tree, child
        elif _name(child) != "releases":
            yield from _translatable(child)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    return " ".join((element.text or "").split())
