"""The sidebar: the views with their counts, and whether reminders are active."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSpacerItem, QVBoxLayout, QWidget

from followup_desktop.i18n import _, format_number, format_series
from followup_desktop.services.wording.formats import sentences
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.commands.command import native, with_keys
from followup_desktop.ui.kit.mirror import mirrored, set_margins, write
from followup_desktop.ui.kit.stylesheet import SIDEBAR_BORDER, SIDEBAR_PADDING
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.buttons import Button, ChoiceGroup
from followup_desktop.ui.kit.widgets.card import Text, restyle
from followup_desktop.ui.kit.widgets.plain import set_seen_tip, set_tool_tip
from followup_desktop.ui.window.views import SIDEBAR, ViewRow

_MOST_IN_BADGE = 99
_ROW, _GAP, _END = 34, 2, 18
"""The height of a view, and the room between them and at both ends, in pixels at the ordinary text size."""
_SIDE, _NARROW_SIDE = 10, 6
"""The room beside the views, in pixels at the ordinary text size."""
_ICON = 18
"""How large the icon of a view is, in pixels at the ordinary text size."""
_DOT = 8
"""How large the mark beside the words on the reminders is, in pixels at the ordinary text size."""
_AT_END = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


class ViewButton(Button):
    """One view in the sidebar: icon, name, count; where the window is narrow, icon and count alone."""

    def __init__(self, theme: Theme, row: ViewRow, parent: QWidget) -> None:
        super().__init__("", parent, "sidebar", name=_(row.title), checkable=True)
        self._theme = theme
        self._label = _(row.title)
        self._shortcut = row.shortcut
        self._icon = row.icon
        self._compact = False
        self._count = 0
        self._counted = ""
        self._longest = "000"
        self.view = row.name
        self.toggled.connect(self._tint)
        self._tint(False)
        self._describe()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, or all of it."""
        self._compact = compact
        self.setText("" if compact else self._label)
        self._theme.fit_icon(self)
        self._describe()

    def width_wanted(self) -> int:
        """The width of the name with its count at some distance behind it, and room for three figures.

        Of the longest count there was: where 10,000 become 9,991, all views would get another width.
        Without the name, it is that of the icon and the count beside it.
        """
        if self._compact:
            return self._after_icon() + (self._badge().width() + self._theme.px(2) if self._count else 0)
        self.ensurePolished()
        bold = self._theme.metrics(Type.TEXT, QFont.Weight.DemiBold)  # of the one that is chosen
        longer = bold.horizontalAdvance(self._label) - self.fontMetrics().horizontalAdvance(self._label)
        count = bold.horizontalAdvance(self._longest)
        return self.sizeHint().width() + max(longer, 0) + self._theme.px(12) + count

    @property
    def count(self) -> int:
        """The number beside the name."""
        return self._count

    def set_count(self, count: int, counted: str) -> bool:
        """Show this number, none for zero; what is ``counted`` is said with it in words.

        Whether it may want another width for it.
        """
        longest = max(self._longest, format_number(count), key=len)
        wants_another = self._compact or longest != self._longest
        self._count, self._counted, self._longest = count, counted, longest
        self._describe()
        self.update()
        return wants_another

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the count at the right end, and a bar at the left of the view that is shown."""
        super().paintEvent(event)
        painter = QPainter(self)
        mirrored(painter, self.rect())
        if self.isChecked():
            Brush(self._theme).bar(painter, self.rect())
        if self._count and self._compact:
            self._paint_badge(painter)
        elif self._count:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("accent" if self.isChecked() else "secondary"))
            area = self.rect().adjusted(0, 0, -self._theme.px(11), 0)
            write(painter, area, _AT_END, format_number(self._count))
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        """The count in a round of its own, beside the icon; past 99 it has no room."""
        badge = self._badge()
        badge.moveTop((self.height() - badge.height()) // 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.setFont(self._badge_font())
        painter.setPen(self._theme.colour("on_accent"))
        write(painter, badge, Qt.AlignmentFlag.AlignCenter.value, self._badge_words())

    def _badge(self) -> QRect:
        """The round of the count, at its place from the left."""
        words = QFontMetrics(self._badge_font())
        wide = words.horizontalAdvance(self._badge_words()) + self._theme.px(6)
        return QRect(self._after_icon(), 0, max(words.height(), wide), words.height())

    def _badge_words(self) -> str:
        # Translators: more than 99, in a place for two figures
        return format_number(self._count) if self._count <= _MOST_IN_BADGE else _("99+")

    def _badge_font(self) -> QFont:
        font = self._theme.font(Type.SMALL, QFont.Weight.DemiBold)
        font.setPixelSize(self._theme.px(10))
        return font

    def _after_icon(self) -> int:
        """Where there is room beside the icon, from the left."""
        return _inset(self._theme) + self._theme.px(_ICON) + self._theme.px(2)

    def _describe(self) -> None:
        told = (self._counted if self._count else "", native(self._shortcut))
        self.setAccessibleDescription(format_series(filter(None, told)))
        tip = with_keys(self._label, self._shortcut)
        if self._compact and self._count:
            # Translators: the name of a view with its keys, and how much is open there
            tip = _("{view}: {n}").format(view=tip, n=format_number(self._count))
        set_tool_tip(self, tip)

    def _tint(self, checked: bool) -> None:
        self._theme.set_icon(self, self._icon, "accent" if checked else "text", side=_ICON, gap=12)


def _inset(theme: Theme) -> int:
    """How far within its button an icon begins."""
    return theme.px(SIDEBAR_PADDING) + SIDEBAR_BORDER


class StatusDot(QWidget):
    """The round mark beside the words on the reminders."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.role = "well"
        theme.keep_fit(self, lambda: self.setFixedSize(theme.px(_DOT), theme.px(_DOT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the theme's present colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self.role))
        painter.drawEllipse(self.rect())
        painter.end()


class Sidebar(QFrame):
    """The views and the state of the reminders. ``chosen`` carries the view that the user picked.

    It is laid out by the first ``set_compact``.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._theme = theme
        self._compact = False
        self._is_low = False
        self._brand = Text(_("Follow Up"), "name", self)
        # Made from top to bottom, which is the order in which they are read and the Tab key goes.
        self._buttons = {row.name: ViewButton(theme, row, self) for row in SIDEBAR if not row.at_foot}
        self.goal = Text("", "small", self, wrap=True)
        self._goal_words = self._goal_fraction = ""
        self.goal_bar = QProgressBar(self)
        self._dot = StatusDot(theme, self)
        self._active = Text(_("Reminders on"), "small", self)
        self._next = Text("", "small", self, wrap=True)
        self._buttons |= {row.name: ViewButton(theme, row, self) for row in SIDEBAR if row.at_foot}
        self._group = ChoiceGroup(self)
        self._goal_row = QHBoxLayout()
        self._status = QHBoxLayout()
        self._gap = QSpacerItem(0, 0)
        self._column = QVBoxLayout(self)
        for button in self._buttons.values():
            self._group.addButton(button)
            # Assistive technology toggles without a click.
            button.toggled.connect(self._toggled)
        self._lay_out()

    def select(self, view: str) -> None:
        """Mark this view as the one that is shown; where it has no place here, each can be chosen again."""
        with QSignalBlocker(self):
            if view in self._buttons:
                self._buttons[view].setChecked(True)
            elif (shown := self._group.checkedButton()) is not None:
                self._group.setExclusive(False)
                shown.setChecked(False)
                self._group.setExclusive(True)

    def set_count(self, view: str, count: int, counted: str) -> None:
        """Show the number beside the view; what is ``counted`` is said with it in words."""
        if count != self._buttons[view].count and self._buttons[view].set_count(count, counted):
            self._fit()  # only then: the look at all widths takes longer than the number itself

    def show_status(self, active: str, following: str | None, well: bool = True) -> None:
        """Say whether reminders are active and when the next one comes."""
        self._active.setText(active)
        self._next.setText(_("Next: {reminder}").format(reminder=following) if following else "")
        self._next.setVisible(bool(following) and not self._compact)
        self._dot.role = "well" if well else "now"
        set_tool_tip(self._dot, sentences(active, self._next.text()))
        self._dot.setAccessibleName(active)
        self._dot.update()

    def show_goal(self, words: str, fraction: str, part: float) -> None:
        """Say how far the week has got, in figures where words have no room; nothing without words."""
        self._goal_words, self._goal_fraction = words, fraction
        self.goal_bar.setValue(round(100 * part))
        self._show_goal()

    def _show_goal(self) -> None:
        self.goal.setText(self._goal_fraction if self._compact else self._goal_words)
        middle, start = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignLeft
        self.goal.setAlignment(middle if self._compact else start)
        for part in (self.goal, self.goal_bar):
            part.setVisible(bool(self._goal_words))
        set_tool_tip(self.goal_bar, self._goal_words if self._compact else "")
        set_seen_tip(self.goal, self._goal_words)
        self.goal.setAccessibleName(self._goal_words)

    def set_compact(self, compact: bool) -> None:
        """Become a strip of icons with tool tips, or the whole sidebar again, in the theme's sizes."""
        self._compact = compact
        self._measure()
        self._brand.setVisible(not compact)
        self._active.setVisible(not compact)
        self._next.setVisible(not compact and bool(self._next.text()))
        self._show_goal()
        for button in self._buttons.values():
            button.set_compact(compact)
        self._fit()
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand closer together where there isn't the height for all of it."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Bring the views and the ends closer together where the window is low and the text large."""
        steps = sum(not button.isHidden() for button in self._buttons.values())
        rows = steps * (self._theme.px(_ROW) + self._theme.px(_GAP))
        is_low = self.height() < rows + 2 * self._theme.px(_END) + self._foot()
        if is_low != self._is_low:
            self._is_low = is_low
            self._measure()

    def _foot(self) -> int:
        """The height of the name and of what is said below the views."""
        others = (self._brand, self.goal, self.goal_bar, self._active, self._next)
        said = sum(part.sizeHint().height() for part in others if not part.isHidden())
        return said + self._theme.px(_GAP) * len(others) + self._theme.px(24)

    def _space(self) -> None:
        px = self._theme.px
        end = px(4) if self._is_low else px(_END)
        side = px(_NARROW_SIDE if self._compact else _SIDE)
        self._column.setContentsMargins(side, end, side, end)
        self._column.setSpacing(0 if self._is_low else px(_GAP))
        for button in self._buttons.values():
            if bool(button.property("low")) is not self._is_low:
                button.setProperty("low", self._is_low)
                restyle(button)

    def _fit(self) -> None:
        """Be as wide as the icons with their counts, or as the longest name with its count."""
        px = self._theme.px
        side, least = (_NARROW_SIDE, 66) if self._compact else (_SIDE, 196)
        widest = max(button.width_wanted() for button in self._buttons.values())
        wanted = max(px(least), widest + 2 * px(side))
        if wanted != self.minimumWidth():
            self.setFixedWidth(wanted)

    def _measure(self) -> None:
        px = self._theme.px
        self._space()
        set_margins(self._brand, px(10), 0, 0, px(10))
        beside = 0 if self._compact else px(10)
        set_margins(self.goal, beside, px(2 if self._is_low else 12), 0, 0)
        self._goal_row.setContentsMargins(px(10), 0, px(10), 0)
        below_icons = _inset(self._theme) + (px(_ICON) - px(_DOT)) // 2
        set_margins(self._status, below_icons if self._compact else px(10), 0, 0, 0)
        self._status.setSpacing(px(6))
        set_margins(self._next, px(10), 0, 0, 0)
        self._gap.changeSize(0, px(2 if self._is_low else 8))
        self._column.invalidate()

    def _lay_out(self) -> None:
        column = self._column
        column.addWidget(self._brand)
        for row in SIDEBAR:
            if not row.at_foot:
                column.addWidget(self._buttons[row.name])
        self.goal_bar.setTextVisible(False)
        self.goal_bar.setAccessibleName(_("Weekly goal"))
        self._goal_row.addWidget(self.goal_bar)
        column.addWidget(self.goal)
        column.addLayout(self._goal_row)
        column.addStretch(1)
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._status.addWidget(self._dot, 0, start)
        self._status.addWidget(self._active, 1)
        column.addLayout(self._status)
        column.addWidget(self._next)
        column.addItem(self._gap)
        for row in SIDEBAR:
            if row.at_foot:
                column.addWidget(self._buttons[row.name])

    def _toggled(self, on: bool) -> None:
        button = self._group.checkedButton()
        if on and isinstance(button, ViewButton):
            self.chosen.emit(button.view)
