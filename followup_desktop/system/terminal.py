"""Text for a terminal: what would steer it, or turn the order of letters round, is shown and not obeyed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from followup_desktop.i18n import ISOLATES

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode: controls, also of direction and without width; halves of characters; breaks."""


def one_line(text: str) -> str:
    """The text on one line: a space for breaks and tabs, other controls as ``\\x1b`` or ``\\u202e``."""
    return visible(_BREAKS.sub(" ", text))


def visible(text: str) -> str:
    """The text with its lines, and every other control as an escape that is seen.

    What sets a name apart that runs against the language is left out: few terminals know it.
    """
    return _escaped(
        text.translate(ISOLATES), lambda control: control.encode("unicode_escape").decode("ascii")
    )


def json_text(value: object) -> str:
    """The value as JSON that is the same to a program, and harmless on a terminal."""
    # Outside its strings JSON has no control but the line break.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _escaped(text, lambda control: json.dumps(control)[1:-1])


def json_pieces(value: Mapping[str, object]) -> Iterator[str]:
    """What ``json_text`` makes of a dictionary with something in it, piece by piece.

    An iterator in it is written as a list, of which one element is in memory at a time.
    """
    begin = "{"
    for key, each in value.items():
        yield f"{begin}\n  {json_text(key)}: "
        begin = ","
        if isinstance(each, Iterator):
            yield from _pieces_of_list(each)
        else:
            yield json_text(each).replace("\n", "\n  ")
    yield "\n}"


def _pieces_of_list(elements: Iterator[object]) -> Iterator[str]:
    begin = "["
    for element in elements:
        text = json_text(element).replace("\n", "\n    ")
        yield f"{begin}\n    {text}"
        begin = ","
    yield "[]" if begin == "[" else "\n  ]"


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    if text.isprintable():  # most texts
        return text
    return "".join(
        escape(each) if each != "\n" and unicodedata.category(each) in _STEERING else each for each in text
    )
