"""What an import did, row by row."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple, overload

from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Event,
    EventKind,
    Interview,
    LastAnnouncement,
    Policy,
    Reminder,
    SearchState,
    Stage,
)
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.transfer.document import MappedColumn, Question, RefusedRow, Row, thing_of
from followup_desktop.services.transfer.layout import write_instant
from followup_desktop.services.transfer.report_words import keys_in_words
from followup_desktop.services.wording.facts import event_kinds, stage_names

_QUICKLY = 1
"""The level of compression: that which is usual takes four times as long, for a quarter less memory."""
_MODELS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "policy": Policy,
        "search": SearchState,
        "contact": Contact,
        "application": Application,
        "interview": Interview,
        "event": Event,
        "reminder": Reminder,
        "choice": Choice,
        "announced": LastAnnouncement,
    }
)


def made(kind: str, row: Row, before: Any) -> Any:
    """The thing of that kind that a row makes of what was there, or as it is new."""
    if before is not None:
        return replace(before, **row.values)
    if (thing := thing_of(row)) is not None:
        return thing
    identity = {} if "key" in row.values else {"id": row.id}
    return _MODELS[kind](**identity, **row.values)


def interview_name(application: str, at: datetime) -> str:
    """What an interview is known by, which begins then on its own clock."""
    return _("{application} · interview {when}").format(application=application, when=f"{at:%Y-%m-%d %H:%M}")


def event_name(application: str, kind: str, at: datetime) -> str:
    """What an entry of the timeline is known by."""
    # Translators: an entry of an import: “Acme · Data Engineer · call 2026-10-13 08:20 UTC”.
    text = _("{application} · {kind} {when} UTC")
    return text.format(application=application, kind=kind, when=f"{at:%Y-%m-%d %H:%M}")


class Change(StrEnum):
    """What became of a row of a file."""

    ADDED = "added"
    UPDATED = "updated"
    MERGED = "merged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One row: what it is (``kind``, ``id``, a ``name`` to know it by), what became of it, and why.

    ``label`` is its name, or that of the application which an interview or event ``of`` the file is in.
    ``place`` is where the file has it. ``keys`` are the keys of the file whose values changed something, and
    ``reason`` says why none did, or why it is new or was refused.
    ``matched`` says by what a thing of another program's file was taken for one that is there.
    ``restored`` says that it came out of the trash. ``set_back`` are the stage an application was in and the
    older one that it is in now, or would be if the row weren't refused. ``moved`` are the instants an
    interview began at and begins at now, where that goes by a time zone that the file changes, and
    ``of_application`` is the application's id, where the interview isn't in the file. ``effect``
    says in words what becomes of an interview beyond its keys. ``of`` is what the file gives of it, and
    ``before`` what was there.
    """

    kind: str
    id: str
    label: str
    place: str
    change: Change
    reason: str = ""
    keys: tuple[str, ...] = ()
    matched: str = ""
    effect: str = ""
    restored: bool = False
    set_back: tuple[Stage, Stage] | None = None
    moved: tuple[datetime, datetime] | None = None
    of_application: str = ""
    of: Row | None = None
    before: Any = None

    @property
    def name(self) -> str:
        """What it is known by; put together when it is asked for, as that of few is."""
        if self.of is not None and self.kind == "interview":
            return interview_name(self.label, self.thing.starts_at)
        if self.of is not None and self.kind == "event":
            return event_name(self.label, event_kinds()[self.thing.kind], self.thing.at)
        return self.label

    @property
    def why(self) -> str:
        """Why it was changed, or was not; put into words when it is asked for, as that of few is."""
        if not (self.keys or self.set_back or self.restored or self.effect):
            if self.matched:
                # Translators: why a row is skipped: “the same posting address: already there, unchanged”.
                return _("{same}: {why}").format(same=self.matched, why=self.reason)
            return self.reason
        parts = []
        if self.restored:
            parts.append(_("restored from the trash"))
        if self.set_back is not None:
            before, after = (stage_names()[stage] for stage in self.set_back)
            parts.append(_("goes back from {before} to {after}").format(before=before, after=after))
        keys = [key for key in self.keys if not (key == "stage" and self.set_back)]
        if self.effect:
            parts.append(self.effect)
        elif keys:
            parts.append(_("changes {keys}").format(keys=keys_in_words(_MODELS[self.kind], keys)))
        return "; ".join(filter(None, (*parts, self.matched)))

    @property
    def thing(self) -> Any:
        """What it is after the import; made when it is asked for, as few of many are."""
        return None if self.of is None else made(self.kind, self.of, self.before)


def why_new() -> str:
    """Why an import adds something."""
    # Translators: why an import added it: it was not there before.
    return pgettext("why it was imported", "new")


def why_unchanged() -> str:
    """Why an import changes nothing of something."""
    return _("already there, unchanged")


class NewThing(NamedTuple):
    """What makes the row of something that is new, and of which there is no more to say."""

    kind: str
    of: Row
    label: str

    @property
    def id(self) -> str:
        """The id of the thing."""
        return self.of.id

    def as_row(self) -> ImportRow:
        """Its row in the report."""
        of = self.of
        change, new = Change.ADDED, why_new()
        return ImportRow(
            kind=self.kind, id=of.id, label=self.label, place=of.place, change=change, reason=new, of=of
        )


class ImportRows(Sequence[ImportRow]):
    """Rows of a report. Those of new things, most of a large import, are made when they are asked for."""

    def __init__(self, rows: Sequence[ImportRow | NewThing]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> ImportRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ImportRow]: ...
    def __getitem__(self, place: int | slice) -> ImportRow | Sequence[ImportRow]:
        found = self._rows[place]
        if isinstance(found, ImportRow):
            return found
        return found.as_row() if isinstance(found, NewThing) else ImportRows(found)

    def __iter__(self) -> Iterator[ImportRow]:
        return (row if isinstance(row, ImportRow) else row.as_row() for row in self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ImportRows) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def notable(self) -> list[ImportRow]:
        """The rows of which there is more to say than that they are new."""
        return [row for row in self._rows if isinstance(row, ImportRow)]

    def counts(self) -> Counter[Change]:
        """How many rows there are of each change."""
        notable = Counter(row.change for row in self.notable())
        notable[Change.ADDED] += len(self) - notable.total()
        return notable

    def packed(self) -> PackedRows:
        """The rows in less memory, for as long as the report is kept."""
        return PackedRows(self._rows)


class PackedRows:
    """The rows on a part of a large file: what the report says of them, without what the file gave.

    Those of which there is more to say than that they are new or unchanged are ``notable``, by their places.
    ``beside`` are those on interviews that aren't in the file.
    """

    def __init__(self, rows: Sequence[ImportRow | NewThing]) -> None:
        plain = []
        notable: dict[int, ImportRow] = {}
        self.beside: list[ImportRow] = []
        for row in rows:
            if isinstance(row, NewThing):
                thing = made(row.kind, row.of, None)
                plain.append((True, row.kind, row.id, row.label, row.of.place, *_told(thing)))
            elif row.change is Change.SKIPPED and not row.matched:
                plain.append((False, row.kind, row.id, row.label, row.place, *_told(row.before)))
            elif row.of_application:
                self.beside.append(row)
            else:
                notable[len(plain) + len(notable)] = replace(row, label=row.name, of=None, before=None)
        self.notable: Mapping[int, ImportRow] = notable
        self.counts = Counter(row.change for row in notable.values())
        """How many rows there are of each change."""
        self.counts.update(Change.ADDED if is_new else Change.SKIPPED for is_new, *_row in plain)
        self._plain = zlib.compress(json.dumps(plain).encode(), _QUICKLY)

    def __iter__(self) -> Iterator[ImportRow]:
        plain = iter(json.loads(zlib.decompress(self._plain)))
        for place in range(self.counts.total()):
            yield self.notable[place] if place in self.notable else _unpacked(*next(plain))


def _told(thing: Any) -> tuple[str, ...]:
    """What the name of an interview or an event tells beside its application."""
    if isinstance(thing, Interview):
        return (thing.starts_at.isoformat(),)
    return (thing.at.isoformat(), thing.kind.value) if isinstance(thing, Event) else ()


def _unpacked(is_new: bool, kind: str, thing: str, label: str, place: str, *told: str) -> ImportRow:
    name = label
    if kind == "interview":
        name = interview_name(label, datetime.fromisoformat(told[0]))
    elif kind == "event":
        name = event_name(label, event_kinds()[EventKind(told[1])], datetime.fromisoformat(told[0]))
    change = Change.ADDED if is_new else Change.SKIPPED
    reason = why_new() if is_new else why_unchanged()
    return ImportRow(kind=kind, id=thing, label=name, place=place, change=change, reason=reason)


class RowsInParts(Sequence[ImportRow]):
    """Rows of the report on a large file, part by part; ``further`` are those that aren't of it.

    None has what the file gave: to keep that would take more memory than the file.
    """

    def __init__(self, parts: Sequence[PackedRows], further: Sequence[ImportRow] = ()) -> None:
        self._parts = parts
        self._further = further

    def __len__(self) -> int:
        return self.counts().total()

    @overload
    def __getitem__(self, place: int) -> ImportRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ImportRow]: ...
    def __getitem__(self, place: int | slice) -> ImportRow | Sequence[ImportRow]:
        return list(self)[place]

    def __iter__(self) -> Iterator[ImportRow]:
        return chain(chain.from_iterable(self._parts), self._further)

    def notable(self) -> list[ImportRow]:
        """The rows of which there is more to say than that they are new or unchanged."""
        return [*chain.from_iterable(part.notable.values() for part in self._parts), *self._further]

    def counts(self) -> Counter[Change]:
        """How many rows there are of each change."""
        counts = Counter(row.change for row in self._further)
        for part in self._parts:
            counts.update(part.counts)
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """A row for each thing of the file, and sentences on what was left out or will count for nothing.

    The rows are in the order in which the things were read, and so the applications in that of the file;
    interviews that move without being in it come last, by application.

    ``format``, ``columns``, ``questions`` and ``refusals`` say how another program's file was understood, as
    in its ``Document``.
    """

    rows: Sequence[ImportRow] = ()
    warnings: tuple[str, ...] = ()
    format: str = ""
    columns: tuple[MappedColumn, ...] = ()
    questions: tuple[Question, ...] = ()
    refusals: tuple[RefusedRow, ...] = ()
    held: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Why, by their places, the rows of a table were left out that can be read."""

    @property
    def added(self) -> tuple[ImportRow, ...]:
        """The rows that were not there before."""
        return self._of(Change.ADDED)

    @property
    def updated(self) -> tuple[ImportRow, ...]:
        """The rows that changed something that was there."""
        return self._of(Change.UPDATED)

    @property
    def merged(self) -> tuple[ImportRow, ...]:
        """The rows that were taken together with something else: what is there, or another row."""
        return self._of(Change.MERGED)

    @property
    def refused(self) -> tuple[ImportRow, ...]:
        """The rows that can't be read, and those that are left out as their stage would go back."""
        return self._of(Change.REFUSED)

    @property
    def skipped(self) -> tuple[ImportRow, ...]:
        """The rows that changed nothing."""
        return self._of(Change.SKIPPED)

    @property
    def restored(self) -> tuple[ImportRow, ...]:
        """The rows that came out of the trash."""
        return tuple(row for row in self._notable() if row.restored)

    @property
    def set_back(self) -> tuple[ImportRow, ...]:
        """The applications whose stage an older file set back."""
        back = (row for row in self._notable() if row.set_back is not None)
        return tuple(row for row in back if row.change is not Change.REFUSED)

    @property
    def held_back(self) -> tuple[ImportRow, ...]:
        """The applications that were left out as their stage would go back."""
        return tuple(row for row in self.refused if row.set_back is not None)

    @property
    def moved(self) -> tuple[ImportRow, ...]:
        """The interviews that a change of time zone moves."""
        return tuple(row for row in self._notable() if row.moved is not None)

    def _of(self, change: Change) -> tuple[ImportRow, ...]:
        rows = self.rows if change in (Change.ADDED, Change.SKIPPED) else self._notable()
        return tuple(row for row in rows if row.change is change)

    def _notable(self) -> Sequence[ImportRow]:
        return self.rows.notable() if isinstance(self.rows, ImportRows | RowsInParts) else self.rows

    def counts(self) -> dict[str, int]:
        """How many rows were added, updated, merged, skipped and refused."""
        if isinstance(self.rows, ImportRows | RowsInParts):
            found = self.rows.counts()
        else:
            found = Counter(row.change for row in self.rows)
        return {change.value: found[change] for change in Change}

    def as_json(self) -> dict[str, Any]:
        """The report for machines, ready for ``json.dumps``: counts, ``rows`` and ``warnings``.

        Of another program's file also the ``format``, the field each of its ``columns`` was taken for (null
        for none), and its ``questions`` that are open.
        """
        found = self.as_json_by_rows()
        return {**found, "rows": list(found["rows"])}

    def as_json_by_rows(self) -> dict[str, Any]:
        """The same with an iterator of the rows: those of a large import take more memory than the import."""
        return {
            **self.counts(),
            "format": self.format or None,
            "columns": {each.heading: each.field or None for each in self.columns},
            "questions": [
                {
                    "asked": each.asked.value,
                    "about": each.about or None,
                    "text": each.text,
                    "guess": each.guess or None,
                    "needed": each.needed,
                    "choices": dict(each.choices),
                }
                for each in self.questions
                if not each.settled
            ],
            "rows": map(self._row_as_json, self.rows),
            "warnings": list(self.warnings),
        }

    @staticmethod
    def _row_as_json(row: ImportRow) -> dict[str, Any]:
        back, moved = row.set_back, row.moved
        return {
            "kind": row.kind,
            "id": row.id or None,
            "name": row.name,
            "place": row.place,
            "change": row.change.value,
            "why": row.why,
            "keys": list(row.keys),
            "restored": row.restored,
            "set_back": back and {"from": back[0].value, "to": back[1].value},
            "moved": moved and {"from": write_instant(moved[0]), "to": write_instant(moved[1])},
        }
