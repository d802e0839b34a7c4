"""The facts of an application that a row says as they are, and the address of its posting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Kind
from followup_desktop.services.capture.addresses import is_web_address
from followup_desktop.services.transfer.layout import APPLICATION_KEYS
from followup_desktop.services.transfer.spreadsheet import parted
from followup_desktop.services.transfer.tables.fields import DATES, FACTS
from followup_desktop.services.transfer.tables.layouts import KEPT
from followup_desktop.services.transfer.tables.row_dates import RowDates
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import end_of_range, flag_of, is_of_posting, priority_of

_OWN_KEYS = {key.name: key for key in APPLICATION_KEYS if key.name != "contacts"}
_PLAIN = {
    name: fact
    for name, fact in FACTS.items()
    if name not in {*DATES, "id", "employer", "role", "url", "stage", "notes", "contacts"}
}
"""Facts that are what their cells say; the others are told in ways of their own."""
_CHANNELS = ("phone", "email")
_STARS = re.compile(r"[★⭐☆*]+\ufe0f?")
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_OUT_OF_FIVE = re.compile(r"([1-5])(?:\s?/\s?5)?")


def take_exact(texts: RowTexts) -> dict[str, Any]:
    """Take what the cells of a table of this program say as it wrote them; others are left to be guessed."""
    found: dict[str, Any] = {}
    cells = texts.row.cells
    for place in texts.header.places:
        cell = cells[place.index] if place.index < len(cells) else None
        key = _OWN_KEYS.get(place.field)
        if key is None or not isinstance(cell, str) or not cell:
            continue
        try:
            found[key.field] = key.read(_as_in_json(key.kind, cell), place.heading)
        except (Refused, ValueError):
            continue
        texts.said.pop(place.field, None)
    return found


def plain_values(texts: RowTexts) -> dict[str, Any]:
    """The facts that are what their cells say; what is none is kept."""
    _join_range(texts)
    values: dict[str, Any] = {}
    for field, several in texts.said.items():
        fact = _PLAIN.get(field)
        if fact is None:
            continue
        for said in several:
            is_room = field not in values or fact.kind is Kind.TEXTS
            value = _READERS[field](said.text) if is_room else None
            if field == "channel" and value not in _CHANNELS:
                value = None
            if value is None:
                texts.keep(said)
            elif fact.kind is Kind.TEXTS:
                values[field] = tuple(dict.fromkeys((*values.get(field, ()), *value)))
            else:
                try:
                    values[field] = fact.check(value, said.heading)
                except Refused:
                    texts.keep(said)
    return values


def dated_values(texts: RowTexts, dates: RowDates) -> dict[str, date | datetime]:
    """The days of applying and of deadlines, and since when the stage is; what is no date is kept."""
    values: dict[str, date | datetime] = {}
    for field in ("applied_on", "closes_on", "offer_expires_on", "stage_at"):
        for said in texts.said.get(field, ()):
            told = dates.date_of(said, field)
            if told is None or field in values:
                texts.keep(said)
            else:
                values[field] = dates.of_file.happened(told) if field == "stage_at" else told.day
    return values


def put_address(texts: RowTexts, values: dict[str, Any]) -> None:
    """Put the address of the posting into the values, wherever the row has it; others are kept."""
    for said in texts.said.get("url", ()):
        address = said.page or (said.text if is_web_address(said.text) else "")
        if address and "url" not in values:
            values["url"] = address
        elif address != values.get("url"):
            texts.keep(said)
    if "url" not in values and (behind := next((said.page for said in texts.said.get("role", ())), "")):
        values["url"] = behind  # as lists of postings have it
    source = values.get("source", "")
    if source and re.match(r"https?://", source) and is_web_address(source) and "url" not in values:
        values["url"] = values.pop("source")
    if "url" not in values and (behind := _take_link_to_posting(texts)):
        values["url"] = behind


def _take_link_to_posting(texts: RowTexts) -> str:
    """The link behind words that lead to the posting, which are taken with it; empty for none."""
    for field in ("notes", KEPT, "outcome") if texts.row.links else ():
        for number, said in enumerate(texts.said.get(field, ())):
            if said.page and is_of_posting(said.heading, said.text):
                texts.put(field, number, said._replace(text="", link=""))
                return said.page
    return ""


def _join_range(texts: RowTexts) -> None:
    """Make one text of the columns for both ends of a salary."""
    pay = texts.said.get("salary", ())
    if len(pay) > 1 and all(end_of_range().search(folded(said.heading)) for said in pay):
        text = "–".join(dict.fromkeys(said.text for said in pay))
        texts.said["salary"] = (pay[0]._replace(text=text),)


def _as_in_json(kind: Kind | None, cell: str) -> object:
    """The value of a cell as the interchange file has it."""
    if kind is Kind.FLAG:
        return {"true": True, "false": False}.get(cell, cell)
    if kind is Kind.TEXTS:
        return list(parted(cell))
    return int(cell) if kind is not None and kind.row.is_number else cell


def _reader_of(kind: Kind) -> Callable[[str], Any]:
    """What makes of a cell's text the value as the model has it; ``None`` for what is none."""
    if kind is Kind.FLAG:
        return flag_of
    if kind is Kind.TEXTS:
        return parted
    return partial(_number, kind) if kind.row.is_number else str


def _number(kind: Kind, text: str) -> int | None:
    """A number in figures; a fit or a priority in stars, too, or as a word."""
    if _STARS.fullmatch(text):
        return text.count("★") + text.count("⭐") or None
    if kind is Kind.FIT:
        found = _OUT_OF_FIVE.fullmatch(text)
        return int(found[1]) if found else None
    if _INTEGER.fullmatch(text):
        return int(text)
    return priority_of(text) if kind is Kind.PRIORITY else None


_READERS = {name: _reader_of(fact.kind) for name, fact in _PLAIN.items()}
"""What reads the cells of each of these facts."""
