"""The list ``Follow-ups``: rows by key under their headings, updated in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Rule
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.reading.next_step import Needs
from followup_desktop.services.rows import FollowUpGroup, FollowUpRow, TodayPage, TodaySection, Tone
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import SectionLabel, named
from followup_desktop.ui.kit.widgets.placing import placed_once, read_as_placed
from followup_desktop.ui.kit.widgets.roles import ListFrame
from followup_desktop.ui.today.frames import Edge, RowFrame
from followup_desktop.ui.today.group import GroupItem, ReviewBar, group_key
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.needs import CardActions
from followup_desktop.ui.today.row_buttons import Presses

SECTION_TONE = {TodaySection.LATE: Tone.LATE, TodaySection.NOW: Tone.NOW, TodaySection.MISSED: Tone.LATE}

Item = FollowUpItem | GroupItem

_FIXED = (QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
_ROW = 59
"""The least height of a row, in pixels at the ordinary text size."""
_SPARE = 8
"""So many rows that have gone are kept for those that come: to make one takes 2.5 ms, to fill it again 1."""


@dataclass
class _RowsRoom:
    """How much of the window is left for rows, in pixels; ``None`` is room for all."""

    left: int | None
    left_out: int = 0
    """How many rows there was no room for."""

    def take(self, height: int) -> None:
        """Fill so much of it."""
        if self.left is not None:
            self.left -= height

    @property
    def is_full(self) -> bool:
        """Whether what comes next wouldn't be seen."""
        return self.left is not None and self.left < 0


class FollowUpList(ListFrame):
    """Shows a page of Today. Its current item, its open panels and groups stay as the page changes.

    ``answered``, ``skip_wanted`` and ``why_wanted`` carry the row's item; ``all_wanted`` the keys of a
    group and the answer for all of them, ``None`` to skip them; ``grown`` an item below whose head a panel
    opened; ``pressed`` the item that the user made the current one, the one before and how far above the
    first stood, in pixels. ``rows_wanted`` asks for a page that has the rows of the ``open_groups``.

    Until its first page was painted it has the rows alone that the window has ``room`` for: of a start with
    fifty rows, making them all was a fifth. The others follow at once, or when one of them is asked for.
    """

    answered = Signal(object, object)
    snooze_wanted = Signal(object)
    skip_wanted = Signal(object)
    draft_wanted = Signal(str)
    why_wanted = Signal(object)
    opened = Signal(str)
    edit_wanted = Signal(str)
    delete_wanted = Signal(object)
    menu_wanted = Signal(object)
    all_wanted = Signal(object, object)
    current_changed = Signal(object)
    pressed = Signal(object, object, int)
    grown = Signal(object)
    rows_wanted = Signal()
    height_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        actions: CardActions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Follow-ups"))
        self._theme = theme
        self._wording = wording
        self._actions = actions
        self._page: TodayPage | None = None
        self._needs: Needs | None = None
        self._items: dict[str, Item] = {}
        self._spare: list[FollowUpItem] = []
        self._extras: dict[str, QWidget] = {}
        self._order: list[str] = []
        self._section_of: dict[str, str] = {}
        """The heading above a row with the number of its follow-ups, as it is said when one comes to it."""
        self._said_section = ""
        self._current: str | None = None
        self._leaving: str | None = None
        self._went: tuple[str | None, str | None] = (None, None)
        """The item that was last left and has gone, and the one that became current for it."""
        self._missed: frozenset[str] = frozenset()
        """What was missed already when the page was shown last."""
        self._is_whole = False
        self._presses = Presses()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._placed: list[tuple[QWidget, int]] = []
        """What stands in the layout, each with the gap above it."""
        self._below = QSpacerItem(0, 0, *_FIXED)
        self._layout.addItem(self._below)
        self._layout.addStretch(1)

    @property
    def current(self) -> Item | None:
        """The selected item, if there is any."""
        return self._items.get(self._current) if self._current is not None else None

    @property
    def room(self) -> int | None:
        """At most so many rows of the first page can be seen; ``None`` once all are to be there."""
        is_first = self._page is None and not self._is_whole
        return self._height() // self._theme.px(_ROW) + 1 if is_first else None

    def items(self) -> tuple[Item, ...]:
        """The items from top to bottom."""
        self._complete()
        return tuple(self._items[key] for key in self._order)

    @property
    def card(self) -> FollowUpItem | None:
        """The one thing to do, if there is one."""
        first = self._page.first if self._page is not None else None
        return self.item(first.key) if first is not None else None

    def item(self, key: str) -> FollowUpItem | None:
        """The row of this follow-up, if it is shown."""
        if key not in self._items:
            self._complete()
        found = self._items.get(key)
        return found if isinstance(found, FollowUpItem) else None

    def open_groups(self) -> dict[tuple[TodaySection, Rule], int]:
        """How many rows of its review list each open group shows."""
        groups = (item for item in self._items.values() if isinstance(item, GroupItem) and item.is_open)
        return {(item.group.section, item.group.rule): item.shown for item in groups}

    def leave(self, key: str) -> None:
        """At the next change of the page go on to the row after this one."""
        self._leaving = key

    def stay(self) -> None:
        """Take ``leave`` back."""
        self._leaving = None

    def select(self, key: str | None, focus: bool = False) -> None:
        """Make this the current item."""
        if key is not None and key not in self._items:
            self._complete()
        if key != self._current and self._current in self._items:
            self._items[self._current].set_selected(False)
        self._current = key if key in self._items else None
        item = self.current
        if item is not None:
            self._describe_section(item.key)
            if not item.selected:
                item.set_selected(True)
            if focus:
                item.setFocus(Qt.FocusReason.OtherFocusReason)
        self.current_changed.emit(item)

    def _select_in_place(self, key: str) -> None:
        before, item = self.current, self._items[key]
        top = item.y()
        self.select(key)
        if before is not None and before is not item:
            self.pressed.emit(item, before, top)

    def _describe_section(self, key: str) -> None:
        """Have assistive technology told of the section with its first row that one comes to."""
        section = self._section_of.get(key, "")
        self._items[key].setAccessibleDescription(section if section != self._said_section else "")
        self._said_section = section

    def show_page(self, page: TodayPage, needs: Needs | None) -> None:
        """Show the page, and what its first follow-up needs; only what differs from before is touched."""
        if page == self._page and needs == self._needs:
            return
        had_nothing = self._page is not None and self._page.first is None
        self._is_whole |= self._page is not None
        self._page, self._needs = page, needs
        self._rebuild(there_is_news=had_nothing and page.first is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What there was no room for comes once this is seen."""
        super().paintEvent(event)
        if not self._is_whole:
            QTimer.singleShot(0, self, self._complete)

    def _complete(self) -> None:
        """Have all rows of the page."""
        if not self._is_whole:
            self._is_whole = True
            if self._page is not None and self._page.to_come:
                self.rows_wanted.emit()
            else:
                self._rebuild()

    def set_gap_above(self, gap: int) -> None:
        """Keep so many pixels free above the first row."""
        self._layout.setContentsMargins(0, gap, 0, 0)

    def restyle(self) -> None:
        """Place everything anew after the type has changed."""
        for item in self._items.values():
            item.restyle()
        self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End go through the rows."""
        self._complete()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self._order:
            here = self._order.index(self._current) if self._current in self._order else -1
            self.select(self._order[min(max(here + steps[key], 0), len(self._order) - 1)], focus=True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._order:
            self.select(self._order[0 if key == Qt.Key.Key_Home else -1], focus=True)
        else:
            super().keyPressEvent(event)

    def _rebuild(self, *, there_is_news: bool = False) -> None:
        """Bring the widgets in line with the page and with the groups that are open.

        Where there was nothing to do and now is, that is news: it becomes current unless the user is at work
        in the list.
        """
        if self._page is None:
            return
        focused = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        before, current = self._order, self._current
        had_panel = current is not None and getattr(self._items.get(current), "panel", None) is not None
        stale, stale_extras = dict(self._items), dict(self._extras)
        placed: list[tuple[QWidget, int]] = []
        sections = self._section_of
        self._order = []
        self._section_of = {}
        room = self._room()
        if self._page.first is not None:
            card = self._row(self._page.first, self._needs, as_card=True)
            card.set_edge(Edge.FIRST | Edge.LAST)
            placed.append((card, 0))
            room.take(self._least_height(card))
        for section, entries in self._page.sections:
            if room.is_full:
                room.left_out += len(entries)
            else:
                placed += self._place_section(section, entries, room, first=not placed)
        for key in self._order:
            stale.pop(key, None)
        for widget, _gap in placed:
            stale_extras.pop(widget.objectName(), None)
        self._lay_out(placed, later=room.left_out + self._page.to_come)
        gone: list[QWidget] = [self._items.pop(key) for key in stale]
        gone += [self._extras.pop(name) for name in stale_extras]
        target = self._target(before, sections, current)
        missed = _missed(self._page)
        if current == target and current in missed and current not in self._missed and not had_panel:
            target = self._order[0]  # its time ran out, which nobody did: what comes first now is at the top
        self._missed = missed
        if there_is_news and not had_focus and self._page.first is not None:
            target = self._page.first.key
        lost = current not in self._items or target != current
        self.select(target, focus=had_focus and lost)
        for widget in gone:  # by now the keyboard is elsewhere: Qt would scroll to what it gives it to
            self._let_go(widget)

    @property
    def _is_placed(self) -> bool:
        """Whether the window has its size by now; one that will fill the screen has another until then."""
        window = self.window()
        return not (window.isMaximized() or window.isFullScreen())

    def _height(self) -> int:
        """The height of the window, or of the screen until it is placed, in pixels."""
        place = self.window() if self._is_placed else self.screen()
        return place.size().height()

    def _room(self) -> _RowsRoom:
        """From the top of the list to the foot of the window, until this was painted."""
        if self._is_whole:
            return _RowsRoom(None)
        above = self.mapTo(self.window(), QPoint()).y() if self._is_placed else 0
        return _RowsRoom(self._height() - above)

    def _least_height(self, frame: RowFrame) -> int:
        """How high a row will be: exactly, if its width is known."""
        return frame.head_height if self._is_placed else self._theme.px(_ROW)

    def _target(self, before: list[str], sections: dict[str, str], current: str | None) -> str | None:
        """The item to be current now: the same, or near one that was left, which is current once it is back.

        Near is the next one of its section, or the last one; then the next one at all. After the card comes
        the new one.
        """
        left, self._leaving = self._leaving, None
        if left is None and current in self._items:
            gone, went_to = self._went
            is_back = current == went_to and gone in self._items and gone not in before
            return gone if is_back else current
        start = left if left is not None else current
        if start in before:
            place = before.index(start)
            around = (*before[place + 1 :], *reversed(before[:place]))
            section = sections.get(start)
            kin = [key for key in around if section is not None and sections.get(key) == section]
            if section is None and self._page is not None and self._page.first is not None:
                kin = [self._page.first.key]
            for key in (*kin, *around):
                if key in self._items:
                    self._went = (start, key)
                    return key
        return self._order[0] if self._order else None

    def _place_section(
        self,
        section: TodaySection,
        entries: tuple[FollowUpRow | FollowUpGroup, ...],
        room: _RowsRoom,
        *,
        first: bool,
    ) -> Iterator[tuple[QWidget, int]]:
        """The widgets of a section, each with the gap above it, as far as there is room."""
        px = self._theme.px
        label = self._extra(f"section-{section}", lambda: self._heading(section))
        placed_before = len(self._order)
        above, below = 0 if first else px(20), px(6)
        room.take(above + label.sizeHint().height() + below)
        yield label, above
        frames: list[RowFrame] = []
        cards: list[RowFrame] = []
        for entry in entries:
            if room.is_full:
                room.left_out += 1
                continue
            if isinstance(entry, FollowUpGroup):
                made = [*self._group_frames(entry)]
                frames += made
            else:
                made = [self._row(entry)]
                (cards if row_of(entry.rule).kind_words else frames).extend(made)
            room.take(sum(map(self._least_height, made)))
        count = sum(len(entry.keys) if isinstance(entry, FollowUpGroup) else 1 for entry in entries)
        follow_ups = ngettext("{n} follow-up", "{n} follow-ups", count).format(n=format_number(count))
        said = named(self._wording.section_label(section), follow_ups)
        self._section_of |= dict.fromkeys(self._order[placed_before:], said)
        for number, frame in enumerate(frames):
            edge = Edge.FIRST if number == 0 else Edge.NONE
            frame.set_edge(edge | Edge.LAST if number == len(frames) - 1 else edge)
            yield frame, below if number == 0 else 0
        for number, card in enumerate(cards):
            card.set_edge(Edge.FIRST | Edge.LAST)
            yield card, below if number == 0 and not frames else px(8)

    def _group_frames(self, group: FollowUpGroup) -> Iterator[RowFrame]:
        key = group_key(group)
        item = self._items.get(key)
        if isinstance(item, GroupItem):
            if item.group != group:
                item.show_group(group)
        else:
            item = GroupItem(self._theme, group, self)
            item.presses = self._presses
            item.selected_by_user.connect(self._select_in_place)
            item.toggled.connect(self._ask_for_rows)
            item.menu_wanted.connect(self.menu_wanted)
            item.height_changed.connect(self.height_changed)
            self._items[key] = item
        self._order.append(key)
        yield item
        if not item.is_open:
            return
        yield self._review_bar(item)
        for row in item.visible_rows:
            yield self._row(row)
        hidden = len(group.keys) - len(item.visible_rows)
        if hidden:
            yield self._more_bar(item, hidden)

    def _ask_for_rows(self) -> None:
        self._page = None  # the list changes even where the page stays the same
        self.rows_wanted.emit()

    def _review_bar(self, item: GroupItem) -> ReviewBar:
        group = item.group
        answers = item.answers
        labels = [self._label_for_all(group, answer) for answer in answers]
        bar = self._extra(
            f"bar-{item.key}-{labels}",
            lambda: ReviewBar(self._theme, _("Answer one by one, or all at once"), tuple(labels), self),
        )
        assert isinstance(bar, ReviewBar)
        if bar.property("wired") is None:
            bar.setProperty("wired", True)
            bar.chosen.connect(lambda number: self.all_wanted.emit(item.group.keys, answers[number]))
        return bar

    def _label_for_all(self, group: FollowUpGroup, answer: Answer | None) -> str:
        count = len(group.keys)
        if answer is not None:
            words = ngettext("{answer}: all {n}", "{answer}: all {n}", count)
            label = self._wording.answer_label(answer).rstrip("…")
            return words.format(answer=label, n=format_number(count))
        words = ngettext("Skip all {n}", "Skip all {n}", count)
        if group.section is TodaySection.MISSED:
            words = ngettext("Let all {n} go", "Let all {n} go", count)
        return words.format(n=format_number(count))

    def _more_bar(self, item: GroupItem, hidden: int) -> ReviewBar:
        bar = self._extra(
            f"more-{item.key}-{hidden}",
            lambda: ReviewBar(
                self._theme,
                ngettext("{n} more", "{n} more", hidden).format(n=format_number(hidden)),
                (_("Show more"),),
                self,
            ),
        )
        assert isinstance(bar, ReviewBar)
        if bar.property("wired") is None:
            bar.setProperty("wired", True)
            bar.chosen.connect(item.show_more)
        return bar

    def _row(self, row: FollowUpRow, needs: Needs | None = None, *, as_card: bool = False) -> FollowUpItem:
        item = self._items.get(row.key)
        if not isinstance(item, FollowUpItem):
            item = self._items[row.key] = self._spare_row(row) or self._new_row(row)
        if not item.is_showing(row, needs, as_card=as_card):
            item.show_row(row, needs, as_card=as_card)
        self._order.append(row.key)
        return item

    def _spare_row(self, row: FollowUpRow) -> FollowUpItem | None:
        """One that has gone, of the same answers if there is such a one, shows this now."""
        if not self._spare:
            return None
        item = next((each for each in self._spare if each.offers_as(row)), self._spare[0])
        self._spare.remove(item)
        item.serve(row, self.width())
        return item

    def _new_row(self, row: FollowUpRow) -> FollowUpItem:
        item = FollowUpItem(self._theme, row, self._wording, self._actions, self)
        item.presses = self._presses
        item.selected_by_user.connect(self._select_in_place)
        item.answered.connect(lambda _key, answer: self.answered.emit(item, answer))
        item.snooze_wanted.connect(lambda _key: self.snooze_wanted.emit(item))
        item.skip_wanted.connect(lambda _key: self.skip_wanted.emit(item))
        item.draft_wanted.connect(self.draft_wanted)
        item.why_wanted.connect(lambda _key: self.why_wanted.emit(item))
        item.opened.connect(self.opened)
        item.edit_wanted.connect(self.edit_wanted)
        item.menu_wanted.connect(self.menu_wanted)
        item.delete_wanted.connect(lambda _key: self.delete_wanted.emit(item))
        item.panel_opened.connect(lambda: self.grown.emit(item))
        item.height_changed.connect(self.height_changed)
        return item

    def _let_go(self, widget: QWidget) -> None:
        """Hide what has gone; a row waits for another follow-up, unless somebody is at work in it."""
        if isinstance(widget, FollowUpItem) and widget.panel is None and len(self._spare) < _SPARE:
            widget.set_aside()
            self._spare.append(widget)
        else:
            widget.hide()
            widget.deleteLater()

    def _heading(self, section: TodaySection) -> QWidget:
        return SectionLabel(self._wording.section_label(section), SECTION_TONE.get(section), self)

    def _extra(self, name: str, make: Callable[[], QWidget]) -> QWidget:
        if name not in self._extras:
            widget = make()
            widget.setObjectName(name)
            self._extras[name] = widget
        return self._extras[name]

    def _lay_out(self, placed: list[tuple[QWidget, int]], later: int) -> None:
        """Put the widgets below each other, with the gaps; and keep the place of so many rows to come.

        What stands between the same as before stays in the layout: to put in fifty rows anew, which Qt then
        shows in a turn for each, was a tenth of an edit.
        """
        wanted = set(placed)
        with placed_once(self._layout):
            for each in self._placed:
                if each not in wanted:
                    self._take_out(*each)
            there = [each for each in self._placed if each in wanted]
            self._placed = placed
            place = 0
            for number, each in enumerate(placed):
                if there[number : number + 1] != [each]:
                    if each in there:  # it stands elsewhere now
                        there.remove(each)
                        self._take_out(*each)
                    there.insert(number, each)
                    self._put_in(place, *each)
                place += 1 + bool(each[1])
            for widget, _gap in placed:
                widget.updateGeometry()
            self._below.changeSize(0, later * self._theme.px(_ROW), *_FIXED)
        read_as_placed(self._layout)

    def _put_in(self, place: int, widget: QWidget, gap: int) -> None:
        if gap:
            self._layout.insertSpacing(place, gap)
        self._layout.insertWidget(place + bool(gap), widget)
        widget.show()

    def _take_out(self, widget: QWidget, gap: int) -> None:
        place = self._layout.indexOf(widget)
        self._layout.removeWidget(widget)  # else it would stand elsewhere with the height it had
        if gap and (above := self._layout.itemAt(place - 1)) is not None:
            self._layout.removeItem(above)


def _missed(page: TodayPage) -> frozenset[str]:
    """The rows and groups of what expired."""
    entries = next((entries for section, entries in page.sections if section is TodaySection.MISSED), ())
    return frozenset(group_key(e) if isinstance(e, FollowUpGroup) else e.key for e in entries)
