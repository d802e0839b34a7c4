"""Desktop files of the freedesktop specification: read and changed line by line, so that the rest stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GROUP = "[Desktop Entry]"
_RESERVED = re.compile(r"[\s\"'\\><~|&;$*?#()`%=]")


class DesktopFile:
    """The group ``Desktop Entry`` of a file; ``bytes()`` gives the whole file with what was changed."""

    def __init__(self, content: bytes) -> None:
        text = content.decode("utf-8", "surrogateescape")
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._lines = text.splitlines()

    def get(self, key: str) -> str | None:
        """The value of a key, without the spaces around it; the first one counts."""
        place = self._place(key)
        return None if place is None else self._lines[place].partition("=")[2].strip()

    def set(self, key: str, value: str) -> None:
        """Give the key this value, where it stands or at the end of the group."""
        line = f"{key}={value}"
        place = self._place(key)
        if place is not None:
            self._lines[place] = line
            return
        first, end = self._span()
        while end > first and not self._lines[end - 1].strip():
            end -= 1
        self._lines.insert(end, line)

    def __bytes__(self) -> bytes:
        text = "".join(f"{line}{self._end}" for line in self._lines)
        return text.encode("utf-8", "surrogateescape")

    def _place(self, key: str) -> int | None:
        first, end = self._span()
        places = (n for n in range(first, end) if self._lines[n].partition("=")[0].strip() == key)
        return next(places, None)

    def _span(self) -> tuple[int, int]:
        """Where the lines of the group begin and end; the group is added where there is none."""
        heads = [n for n, line in enumerate(self._lines) if line.strip().startswith("[")]
        start = next((n for n in heads if self._lines[n].strip() == _GROUP), None)
        if start is None:
            self._lines.append(_GROUP)
            return len(self._lines), len(self._lines)
        return start + 1, next((n for n in heads if n > start), len(self._lines))


def exec_line(command: Sequence[str]) -> str:
    """A command as the value of ``Exec``, quoted twice over as the specification has it."""
    return " ".join(_quoted(argument) for argument in command)


def _quoted(argument: str) -> str:
    argument = argument.replace("%", "%%")
    if argument and not _RESERVED.search(argument.replace("%%", "")):
        return argument
    quoted = re.sub(r'(["`$\\])', r"\\\1", argument)
    # The backslash is an escape of string values too.
    return '"' + quoted.replace("\\", "\\\\") + '"'
