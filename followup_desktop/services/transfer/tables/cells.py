"""What the cells of a column say, without what programs write around it, and what links stand behind them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from followup_desktop.domain.checks import clean_text
from followup_desktop.services.transfer.tables.header import HeaderColumn
from followup_desktop.services.transfer.tables.table import Cell, meant

_REMEMBERED = 10_000
"""So many texts of a column are remembered at most."""
_PEOPLE = frozenset({"contact_name", "contact_email"})
_RELATION = re.compile(r"\s*\(https?://(?:www\.)?notion\.(?:so|site)/[^()\s]*\)")
"""The address of a page within Notion, behind the name of what a cell refers to."""
_BETWEEN_PAGES = re.compile(r"([()\s,])")
_END_OF_PAGE = re.compile(r"%20[0-9a-f]{32}\.(?:md|html|csv)$")
"""The end of the way to such a page within an export, which stands behind the name or alone, then with it."""
_IN_NOTION = re.compile(r"https?://(?:[\w-]+\.)*notion\.(?:so|site)\b", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


class CellText(NamedTuple):
    """What a cell of a column says."""

    heading: str
    text: str
    cell: Cell
    link: str
    whose: int = -1
    """The column that names the person whom it is about, or has the day of a time."""

    @property
    def page(self) -> str:
        """The link, unless it is an email address."""
        return "" if self.link.lower().startswith("mailto:") else self.link

    @property
    def with_link(self) -> str:
        """The words with the address behind them, unless they are that, or it is in Notion."""
        if not self.link:
            return self.text
        page = self.page or mailbox(self.link)
        if not page or _BARE_ADDRESS.sub("", page).rstrip("/") in self.text or _IN_NOTION.match(page):
            return self.text
        return f"{self.text} ({page})" if self.text else page


class CellReader:
    """Reads the cells of one column, which stand ``between`` such signs where it has several texts in one.

    A text that comes again says the same again, as in most columns: that took a fourth of the time that a
    row takes.
    """

    __slots__ = ("_between", "_heading", "_whose", "field", "index", "known")

    def __init__(self, column: HeaderColumn, between: str) -> None:
        self.index = column.index
        self.field = column.field
        self._heading = column.heading
        self._whose = column.whose
        self._between = between
        self.known: dict[Cell, tuple[CellText, ...]] = {}
        """What cells that are texts say, as far as they are remembered."""

    def read(self, text: str, cell: Cell, place: str) -> tuple[CellText, ...]:
        """What the cell with that text says. Raises ``Refused`` for what can't be stored."""
        told = self.read_linked(text, cell, "", place)
        if type(cell) is str and len(self.known) < _REMEMBERED:
            self.known[cell] = told
        return told

    def read_linked(self, text: str, cell: Cell, link: str, place: str) -> tuple[CellText, ...]:
        """What the cell with that text, and that link behind it, says. Raises ``Refused``, too."""
        text = meant(text)
        if not (text or link):
            return ()
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "%20" in text:
            text = _with_names_of_pages(text, is_of_people=self.field in _PEOPLE)
        if "notion." in text and self.field not in _PEOPLE:  # which the addresses tell apart
            text = _RELATION.sub("", text) or text
        if self.field == "contact_url" and _BARE_ADDRESS.match(link):
            text = link
        text = clean_text(text, self._heading or place)
        if not self._between:
            return (CellText(self._heading, text, cell, link, self._whose),)
        return tuple(
            CellText(self._heading, part, part, link, self._whose) for part in text.split(self._between)
        )


def mailbox(link: str) -> str:
    """The email address to which a link leads, if it leads to one."""
    is_mail = link.lower().startswith("mailto:")
    return unquote(link.partition(":")[2].partition("?")[0]).strip() if is_mail else ""


def leads_to_a_site(link: str) -> bool:
    """Whether it is the address of a page on the web, and not of one within Notion."""
    return _BARE_ADDRESS.match(link) is not None and _IN_NOTION.match(link) is None


def _with_names_of_pages(text: str, *, is_of_people: bool) -> str:
    """The text with a page's name in place of the way to it, or nothing where the name stands before it."""
    parts = _BETWEEN_PAGES.split(text)
    for place, part in enumerate(parts):
        end = _END_OF_PAGE.search(part)
        if end is None:
            continue
        name = unquote(part[: end.start()].rpartition("/")[2])
        is_behind = place > 0 and parts[place - 1 : place + 2 : 2] == ["(", ")"]
        parts[place] = "" if is_behind else name
        if is_behind and not is_of_people:  # of people, brackets still tell where the one ends
            parts[place - 1] = parts[place + 1] = ""
    return "".join(parts)
