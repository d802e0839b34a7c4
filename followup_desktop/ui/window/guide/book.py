"""The pages of the guide: Markdown files of one folder, in the order in which their contents list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from followup_desktop.resource_files import translated
from followup_desktop.services.capture.matching import has_words

CONTENTS = "index"

_PLACE = re.compile(r"^\[([\w-]+)\]: ([\w-]+)\.md(?:#(\S+))?$", re.MULTILINE)
"""Says in the contents, where no reader sees it, which page is about something: ``[board]: page.md#heading``.

So the program knows no heading, and each language has its own.
"""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: the name of its file without the ending, its heading, and its text in Markdown."""

    name: str
    title: str
    text: str

    @property
    def readable(self) -> str:
        """The text without addresses and marks."""
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", self.text)
        return re.sub(r"[*`#|_]", "", text)


class Book:
    """All pages of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        first = _read(folder / f"{CONTENTS}.md")
        names = dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md\)", first.text))
        self.pages: Sequence[GuidePage] = (first, *(_read(folder / f"{name}.md") for name in names))
        self._places = {about: (name, anchor) for about, name, anchor in _PLACE.findall(first.text)}

    def place(self, about: str) -> tuple[str, str]:
        """The page about a view, or about another thing that the contents know, and its heading as an anchor.

        For what they don't know, the contents themselves.
        """
        return self._places.get(about, (CONTENTS, ""))

    def page(self, name: str) -> GuidePage | None:
        """The page of that name, if there is one."""
        return next((page for page in self.pages if page.name == name), None)

    def found(self, words: str) -> Sequence[GuidePage]:
        """The pages that have all of these words, those with one in their title first; all for none."""
        pages = [page for page in self.pages if has_words(words, page.readable)]
        return sorted(pages, key=lambda page: not any(has_words(word, page.title) for word in words.split()))


def anchor_of(heading: str) -> str:
    """What a link to the heading calls it: "Your own reminders" is ``your-own-reminders``."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")


def guide_folder() -> Path:
    """Where the pages lie that are shown: those in the language in use, or else the English ones."""
    return translated("guide", f"{CONTENTS}.md").parent


def _read(path: Path) -> GuidePage:
    text = path.read_text("utf-8")
    return GuidePage(path.stem, text.partition("\n")[0].removeprefix("# "), text)
