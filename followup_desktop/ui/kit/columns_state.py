"""Which columns a table shows, as it is kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView

_SHOWN_ONLY = "shown"
"""What a state of this form begins with. One of an earlier form has a header's state with hidden columns."""


@dataclass(frozen=True, slots=True)
class ColumnsState:
    """The columns that are shown, in their order, and the order of rows."""

    shown: tuple[str, ...]
    order_by: str
    """The column by which the rows are ordered, which need not be shown."""
    descending: bool
    widths: Mapping[str, int] = field(default_factory=dict)
    """The widths that the user gave, by column."""
    is_automatic: bool | None = False
    """Whether it is by the room that columns are shown; ``None`` if that wasn't kept."""

    def written(self) -> QByteArray:
        """The bytes that are kept."""
        state = QByteArray()
        stream = QDataStream(state, QDataStream.OpenModeFlag.WriteOnly)
        stream.writeQStringList([_SHOWN_ONLY, *self.shown])
        stream.writeQStringList([f"{name}={width}" for name, width in self.widths.items()])
        stream.writeQString(self.order_by)
        stream.writeBool(self.descending)
        stream.writeBool(bool(self.is_automatic))
        return state

    @classmethod
    def read(cls, state: QByteArray, names: Sequence[str], unnamed: int) -> ColumnsState | None:
        """What was kept, as far as there are columns of these ``names`` still; ``None`` if it can't be read.

        A header's state that was kept without names is that of the first ``unnamed`` of them.
        """
        stream = QDataStream(state)
        first, *kept = stream.readQStringList() or [""]
        if first != _SHOWN_ONLY:
            return _of_a_header(state, names, unnamed)
        widths = _widths_in(stream.readQStringList(), names)
        order_by, descending, is_automatic = stream.readQString(), stream.readBool(), stream.readBool()
        if stream.status() is not QDataStream.Status.Ok:
            return None
        return cls(tuple(name for name in kept if name in names), order_by, descending, widths, is_automatic)


def _of_a_header(state: QByteArray, names: Sequence[str], unnamed: int) -> ColumnsState | None:
    stream = QDataStream(state)
    kept, header_state = stream.readQStringList(), QByteArray()
    stream >> header_state
    if stream.status() is not QDataStream.Status.Ok or header_state.isEmpty():
        kept, header_state = list(names[:unnamed]), state
    is_automatic, widths = stream.readBool(), stream.readQStringList()
    is_complete = stream.status() is QDataStream.Status.Ok
    if kept != list(names[: len(kept)]):  # by another order Qt would take one column for another
        return None
    header = QHeaderView(Qt.Orientation.Horizontal)
    header.setModel(QStandardItemModel(0, len(kept), header))
    if not header.restoreState(header_state):
        return None
    order = [header.logicalIndex(place) for place in range(header.count())]
    shown = [number for number in order if not header.isSectionHidden(number)]
    by = header.sortIndicatorSection()
    return ColumnsState(
        tuple(kept[number] for number in shown),
        kept[by] if 0 <= by < len(kept) else "",
        header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder,
        _widths_in(widths, names) if is_complete else {},
        is_automatic if is_complete else None,
    )


def _widths_in(kept: Iterable[str], names: Sequence[str]) -> dict[str, int]:
    found = (each.partition("=") for each in kept)
    return {name: int(width) for name, _equals, width in found if name in names and width.isdecimal()}
