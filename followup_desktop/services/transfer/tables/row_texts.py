"""What a row of a table says, column by column, and what of it is kept in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from followup_desktop.domain.checks import clean_text
from followup_desktop.i18n import _
from followup_desktop.services.transfer.tables.cells import CellReader, CellText
from followup_desktop.services.transfer.tables.header import Header
from followup_desktop.services.transfer.tables.layouts import KEPT
from followup_desktop.services.transfer.tables.table import Table, TableRow, meant

_OF_LINKS = frozenset({"url", "contact_url", "contact_name", "contact_email"})
"""Fields with a place for a link of their own."""
_FREE_TEXTS = frozenset({KEPT, "notes", "applied_notes", "followed"})
"""Columns in which a sign that divides cells may well be meant."""

_FieldTexts = tuple[str, tuple[CellText, ...]]
"""The field of a column, and what a cell of it says."""


class RowTexts:
    """What a row says, by the fields of its columns, and the lines of the notes that it leads to.

    What is taken for a value is taken from here; whatever a value has no room for is given back by ``keep``,
    so that nothing is lost.
    """

    __slots__ = ("_was_kept", "header", "kept", "layout", "place", "row", "said")

    def __init__(self, place: str, row: TableRow, header: Header) -> None:
        self.place = place
        self.row = row
        self.header = header
        self.layout = header.layout
        """The layout of the table, where it is a program's that is known."""
        self.said: dict[str, tuple[CellText, ...]] = {}
        """The cells that say something, by the field that their column is taken for."""
        self.kept: list[str] = []
        """The lines for the notes."""
        self._was_kept: set[CellText] = set()

    def text(self, field: str) -> str:
        """The first text of a field, or an empty one."""
        for said in self.said.get(field, ()):
            if said.text:
                return said.text
        return ""

    def keep(self, said: CellText) -> str:
        """Put what is no value of its column into the notes; gives their line, empty for nothing."""
        text = said.with_link
        if not text:
            return ""
        # As a plain text: a heading that asks, "Response?", is the user's own, and keeps its mark.
        told = str(_("{label}: {value}")).format(label=said.heading, value=text) if said.heading else text
        self.kept.append(told)
        self._was_kept.add(said)
        return told

    def is_kept(self, said: CellText) -> bool:
        """Whether that is in the notes already."""
        return said in self._was_kept

    def keep_links(self, posting: str = "") -> None:
        """Put links behind words into the notes, but for that of the posting and those with another place."""
        for field, several in list(self.said.items()) if self.row.links else ():
            if field in _OF_LINKS:
                continue
            for number, said in enumerate(several):
                is_posting = bool(posting) and said.page == posting
                if is_posting or said.with_link == said.text or said in self._was_kept:
                    continue
                if field == "notes":
                    self.put(field, number, said._replace(text=said.with_link))
                else:
                    self.keep(said)

    def put(self, field: str, number: int, said: CellText) -> None:
        """Let the text with that number of a field be another."""
        several = self.said[field]
        self.said[field] = (*several[:number], said, *several[number + 1 :])


class TableTexts:
    """Reads what the rows of a table say."""

    def __init__(self, table: Table, header: Header) -> None:
        self._header = header
        self._sign = table.sign
        between = header.layout.between if header.layout is not None else ""
        self._columns = [CellReader(column, between) for column in header.places]
        self.with_more: list[str] = []
        """The places of the rows with more cells than there are headings; these are in the notes."""

    def read(self, place: str, row: TableRow, texts: Sequence[str]) -> RowTexts:
        """What the row there says, whose cells are these ``texts``.

        Raises ``Refused`` where one can't be stored.
        """
        found = RowTexts(place, row, self._header)
        said = found.said
        for field, told in self._linked(place, row, texts) if row.links else self._plain(place, row, texts):
            if told:
                said[field] = said[field] + told if field in said else told
        if len(texts) > len(self._columns):
            self._take_more(found, texts)
        return found

    def _plain(self, place: str, row: TableRow, texts: Sequence[str]) -> Iterator[_FieldTexts]:
        for column, text, cell in zip(self._columns, texts, row.cells, strict=False):
            if text:
                told = column.known.get(cell)
                yield column.field, column.read(text, cell, place) if told is None else told

    def _linked(self, place: str, row: TableRow, texts: Sequence[str]) -> Iterator[_FieldTexts]:
        """As of a row with links, which may be behind cells that are empty, and then aren't there."""
        told = zip_longest(self._columns, texts[: len(self._columns)], row.cells[: len(self._columns)])
        for column, text, cell in told:
            yield column.field, column.read_linked(text or "", cell, row.links.get(column.index, ""), place)

    def _take_more(self, found: RowTexts, texts: Sequence[str]) -> None:
        """The cells behind the last heading: they are of a note with the sign in it, or notes themselves."""
        last, sign = self._header.places[-1], self._sign
        more = [text for text in map(meant, texts[last.index + 1 :]) if text]
        if not more:
            return
        before = found.said.get(last.field, ())
        is_note = bool(sign) and last.field in _FREE_TEXTS and meant(texts[last.index]) != ""
        if is_note and before and before[-1].heading == last.heading:
            whole = sign.join(str(cell or "") for cell in found.row.cells[last.index :])
            told = clean_text(whole, last.heading)
            found.put(last.field, len(before) - 1, before[-1]._replace(text=told))
            return
        found.kept += [clean_text(text, found.place) for text in more]
        self.with_more.append(found.place)
