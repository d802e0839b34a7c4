"""The pages of the guide: Markdown files of one folder, in the order in which their contents list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from followup_desktop.resource_files import translated
from followup_desktop.services.capture.matching import has_words

CONTENTS = "index"


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

    def page(self, name: str) -> GuidePage | None:
        """The page of that name, if there is one."""
        return next((page for page in self.pages if page.name == name), None)

    def found(self, words: str) -> Sequence[GuidePage]:
        """The pages that have all of these words, those with one in their title first; all for none."""
        pages = [page for page in self.pages if has_words(words, page.readable)]
        return sorted(pages, key=lambda page: not any(has_words(word, page.title) for word in words.split()))


def guide_folder() -> Path:
    """Where the pages lie that are shown: those in the language in use, or else the English ones."""
    return translated("guide", f"{CONTENTS}.md").parent


def _read(path: Path) -> GuidePage:
    text = path.read_text("utf-8")
    return GuidePage(path.stem, text.partition("\n")[0].removeprefix("# "), text)
