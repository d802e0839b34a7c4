"""What a row of a table says, column by column, and what of it is kept in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from followup_desktop.domain.checks import clean_text
from followup_desktop.i18n import _
from followup_desktop.services.transfer.tables.cells import CellReader, CellText
from followup_desktop.services.transfer.tables.header import Header
from followup_desktop.services.transfer.tables.layouts import KEPT, Layout
from followup_desktop.services.transfer.tables.table import TableRow, meant

_OF_LINKS = frozenset({"url", "contact_url", "contact_name", "contact_email"})
"""Fields with a place for a link of their own."""
_FREE_TEXTS = frozenset({KEPT, "notes", "applied_notes", "followed"})
"""Columns in which a sign that divides cells may well be meant."""


class RowSource(NamedTuple):
    """Where a row stands: its place in words, its cells, and these as texts."""

    place: str
    row: TableRow
    texts: Sequence[str]


class RowTexts:
    """What a row says, by the fields of its columns.

    What is taken for a value is taken from here; whatever a value has no room for is given back by ``keep``,
    so that nothing is lost. Raises ``Refused`` where a text can't be stored.
    """

    def __init__(self, source: RowSource, header: Header, readers: Sequence[CellReader], sign: str) -> None:
        self.place = source.place
        self.header = header
        self.row = source.row
        self.said: dict[str, tuple[CellText, ...]] = {}
        """The cells that say something, by the field that their column is taken for."""
        self.kept: list[str] = []
        """The lines for the notes."""
        self.has_more = False
        """Whether it has cells without a heading, which are among those lines."""
        self._was_kept: set[CellText] = set()
        self._read_cells(source, readers)
        if len(source.texts) > header.width:
            self._take_more(source.texts, sign)

    @property
    def layout(self) -> Layout | None:
        """The layout of the table, where it is a program's that is known."""
        return self.header.layout

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

    def _read_cells(self, source: RowSource, readers: Sequence[CellReader]) -> None:
        cells, links = source.row.cells, source.row.links
        for index, reader in enumerate(readers):
            text = source.texts[index] if index < len(source.texts) else ""
            if not (text or links):
                continue
            cell = cells[index] if index < len(source.texts) else ""
            if found := reader.read(text, cell, links.get(index, ""), self.place):
                self.said[reader.field] = self.said.get(reader.field, ()) + found

    def _take_more(self, texts: Sequence[str], sign: str) -> None:
        """The cells behind the last heading: they are of a note with the sign in it, or notes themselves."""
        last = self.header.places[-1]
        more = [text for text in map(meant, texts[last.index + 1 :]) if text]
        if not more:
            return
        before = self.said.get(last.field, ())
        is_note = bool(sign) and last.field in _FREE_TEXTS and meant(texts[last.index]) != ""
        if is_note and before and before[-1].heading == last.heading:
            whole = sign.join(str(cell or "") for cell in self.row.cells[last.index :])
            self.put(last.field, len(before) - 1, before[-1]._replace(text=clean_text(whole, last.heading)))
            return
        self.kept += [clean_text(text, self.place) for text in more]
        self.has_more = True
