"""What is changed and not applied yet: what it would move, Apply and Discard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from followup_desktop.i18n import _, format_list, format_number, format_series, ngettext
from followup_desktop.services.reading.settings_preview import Effect, PlanChangeRow, PolicyPreview
from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Card, Text
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.free_place import STAYS_IN_SIGHT
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

_LIST_HEIGHT = 168
_LIST_SHARE = 0.2
_LOW = 340
"""In a view lower than this, in pixels at the ordinary text size, there is no room for the list."""
_VERY_LOW = 200
"""In one lower than this, in the same pixels, the sentence has one line, and what it needs is close."""


@dataclass(frozen=True, slots=True)
class _ChangeLine:
    id: str
    text: str


class ChangeBar(Card):
    """Stands at the foot of the settings while something is changed and not applied."""

    apply_pressed = Signal()
    discard_pressed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(tone="accent")
        self.setProperty(STAYS_IN_SIGHT, True)
        self._context = context
        self._wording = context.wording
        self._is_low = self._is_very_low = False
        self._sentence = ""
        self._theme = theme = context.theme
        self.text = Text("", "strong", wrap=True)
        self.text.setAccessibleName(_("Unapplied changes"))
        self.model: RowsModel[_ChangeLine] = RowsModel(lambda line: line.text, self)
        self.list = FlatList(theme, _("What moves"), self.model, "")
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply_button = StrongButton(_("Apply"))
        self.discard_button = Button(_("Discard"))
        self.apply_button.clicked.connect(self.apply_pressed)
        self.discard_button.clicked.connect(self.discard_pressed)
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.discard_button)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addWidget(self.text)
        column.addWidget(self.list)
        column.addLayout(buttons)
        self._show_sentence()
        self.hide()

    def show_nothing(self) -> None:
        """There is nothing to apply."""
        self.hide()

    def show_refused(self, titles: Sequence[str]) -> None:
        """Some of what was typed can't be used, so that nothing can be applied yet."""
        names = format_list([_("“{title}”").format(title=title) for title in titles])
        self._show(
            _("Correct {settings}, or discard your changes.").format(settings=names),
            (),
        )
        self.apply_button.setEnabled(False)

    def show_preview(self, changed: int, preview: PolicyPreview | None) -> None:
        """Show how many settings are changed, and what that moves; ``None`` while it isn't known."""
        head = ngettext("{n} setting changed.", "{n} settings changed.", changed).format(
            n=format_number(changed)
        )
        lines: tuple[_ChangeLine, ...] = ()
        if preview is None:
            words = _("Checking what this would change…")
        else:
            words = self._summary(preview)
            lines = tuple(self._line(row) for row in preview.rows)
            more = preview.total - len(lines)
            if more > 0:
                words_on_more = ngettext("and {n} more", "and {n} more", more)
                lines = (*lines, _ChangeLine("", words_on_more.format(n=format_number(more))))
        self._show(f"{head} {words}", lines)
        self.apply_button.setEnabled(True)

    def _summary(self, preview: PolicyPreview) -> str:
        said = {
            Effect.MOVES: ngettext(
                "{n} follow-up will move", "{n} follow-ups will move", preview.counts[Effect.MOVES]
            ).format(n=format_number(preview.counts[Effect.MOVES])),
            Effect.APPEARS: ngettext("new: {n}", "new: {n}", preview.counts[Effect.APPEARS]).format(
                n=format_number(preview.counts[Effect.APPEARS])
            ),
            Effect.VANISHES: ngettext("removed: {n}", "removed: {n}", preview.counts[Effect.VANISHES]).format(
                n=format_number(preview.counts[Effect.VANISHES])
            ),
            Effect.CHANGES: ngettext(
                "same time, but different: {n}",
                "same time, but different: {n}",
                preview.counts[Effect.CHANGES],
            ).format(n=format_number(preview.counts[Effect.CHANGES])),
        }
        parts = [words for effect, words in said.items() if preview.counts[effect]]
        return _("{label}:").format(label=format_series(parts)) if parts else _("No follow-ups will move.")

    def _line(self, row: PlanChangeRow) -> _ChangeLine:
        before, after = self._when(row.before), self._when(row.after)
        words = {
            # Translators: when something was to be, when it will be, and what
            Effect.MOVES: _("{before} → {after}: {title}").format(
                before=before, after=after, title=row.title
            ),
            Effect.APPEARS: _("{time}, new: {title}").format(time=after, title=row.title),
            Effect.VANISHES: _("{time}, removed: {title}").format(time=before, title=row.title),
            Effect.CHANGES: _("{time}, different: {title}").format(time=after, title=row.title),
        }
        return _ChangeLine(row.key, words[row.effect])

    def _when(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        return self._wording.when.full(moment, self._context.clock(), self._context.overview.zone())

    def _show(self, sentence: str, lines: Sequence[_ChangeLine]) -> None:
        said = sentence != self._sentence or self.isHidden()
        self._sentence = sentence
        self._show_sentence()
        self.model.set_rows(lines)
        self.list.setVisible(bool(lines) and not self._is_low)
        self.show()
        if said:
            announce(self, sentence)

    def _show_sentence(self) -> None:
        """Say all of it, or what has room in one line, with the rest in a tool tip."""
        edge = Space.XS if self._is_very_low else Space.M
        self._column.setContentsMargins(Space.L, edge, Space.L, edge)
        room, metrics = self.width() - 2 * Space.L, self.text.fontMetrics()
        shown = elided(metrics, self._sentence, room) if self._is_very_low else self._sentence
        self.text.setText(shown)
        set_tool_tip(self.text, self._sentence if shown != self._sentence else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for now."""
        super().resizeEvent(event)
        if self._is_very_low:
            self._show_sentence()

    def fit(self, room: int) -> None:
        """Leave most of a view of that height, in pixels, to the settings; a low one has no room for it."""
        self._is_low = room < self._theme.px(_LOW)
        self._is_very_low = room < self._theme.px(_VERY_LOW)
        self._show_sentence()
        self.list.setMaximumHeight(min(self._theme.px(_LIST_HEIGHT), round(room * _LIST_SHARE)))
        self.list.setVisible(self.model.rowCount() > 0 and not self._is_low)
