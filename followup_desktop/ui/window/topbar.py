"""The bar above every view: the search field, undo and redo, and the one strong button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from followup_desktop.i18n import _, pgettext
from followup_desktop.ui.kit.commands.command import with_keys
from followup_desktop.ui.kit.commands.table import COMMANDS
from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.plain import label_text, set_tool_tip
from followup_desktop.ui.kit.widgets.roles import HeardLine

_LEAST, _ORDINARY, _MOST = 56, 120, 386
"""How wide the search is at least, so wide before the button beside it keeps its words, and at most: in
pixels at the ordinary text size."""
_STEP = 190
"""So wide the name of the step that Undo takes back is in any case where it has words, in the same pixels."""
_AROUND = 24
"""So much more than the words in it."""


class SearchField(HeardLine):
    """The field ``Search``. ``left`` says that the user is done with it: Esc, or Down to the results.

    Its button that clears it takes the first look at the system's icons, 5 ms: it is turned on from outside.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(pgettext("a field", "Search"))
        self.ask_for(with_keys(_("Search applications"), COMMANDS["search"].hint("")))
        tip = _("Search applications ({search}); every command: {palette}")
        keys = {each: COMMANDS[each].hint("") for each in ("search", "palette")}
        set_tool_tip(self, tip.format(**keys))
        self._theme = theme
        theme.keep_fit(self, self._fit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def is_idle(self) -> bool:
        """Whether it is empty, and the keyboard elsewhere."""
        return not (self.text() or self.hasFocus())

    def narrow(self, most: int | None) -> None:
        """Be at most so wide, at once, or as wide as it is otherwise."""
        self.setMaximumWidth(self._theme.px(_MOST) if most is None else most)
        around = self.parentWidget()
        if around is not None and (layout := around.layout()) is not None:
            layout.activate()

    def _fit(self) -> None:
        px = self._theme.px
        self.setMinimumSize(px(_LEAST), px(33))
        self.setMaximumWidth(px(_MOST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field, then leaves it; Down goes to what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Search, Undo with its label, Redo, and *Add application*."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self._theme = theme
        self._compact = False
        self._undo_label: str | None = None
        self.search = SearchField(theme, self)
        self.undo = QuietButton("", self, name=_("Undo"))
        self.redo = QuietButton("", self, name=_("Redo"))
        self.add = StrongButton("", self, name=_("Add application"))
        theme.set_icon(self.undo, "undo", "secondary")
        theme.set_icon(self.redo, "redo", "secondary")
        theme.set_icon(self.add, "plus", "on_accent")
        adding = with_keys(_("Add an application"), COMMANDS["add-application"].hint(""))
        set_tool_tip(self.add, adding)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.search, 3)
        row.addStretch(0)
        for button in (self.undo, self.redo, self.add):
            row.addWidget(button)
        self.set_compact(False)
        self.show_history(None, None)

    def set_compact(self, compact: bool) -> None:
        """Leave the words of Undo to its tool tip where there is no room; take the theme's sizes."""
        self._compact = compact
        px = self._theme.px
        self._row.setContentsMargins(px(18), px(9), px(18), px(9))
        self._row.setSpacing(px(8))
        self._show_undo()
        self._fit_add()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the button to its tool tip where there is no room for them either."""
        super().resizeEvent(event)
        self._show_undo()
        self._fit_add()

    def _fit_add(self) -> None:
        self.add.setText(_("Add application"))
        layout = self.layout()
        words = self.search.fontMetrics().horizontalAdvance(_("Search applications"))
        wanted = max(self._theme.px(_ORDINARY), words + self._theme.px(_AROUND)) - self._theme.px(_LEAST)
        if self._compact and layout is not None and layout.minimumSize().width() + wanted > self.width():
            self.add.setText("")
        self._theme.fit_icon(self.add)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name what Undo and Redo would do, or turn them off."""
        self._undo_label = undo
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        undoing = with_keys(_("Undo “{step}”").format(step=undo), COMMANDS["undo"].hint(""))
        redoing = with_keys(_("Redo “{step}”").format(step=redo), COMMANDS["redo"].hint(""))
        for button, step, doing, nothing in (
            (self.undo, undo, undoing, _("Nothing to undo")),
            (self.redo, redo, redoing, _("Nothing to redo")),
        ):
            button.setAccessibleDescription(step or nothing)
            set_tool_tip(button, doing if step else nothing)
        self._show_undo()

    def _room_of_step(self) -> int:
        """How wide the name of a step may be, where the search has the most that it takes."""
        px, row = self._theme.px, self._row
        self.undo.setText(label_text(_("Undo “{step}”").format(step="")))
        self._theme.fit_icon(self.undo)
        taken = px(_MOST) + sum(each.sizeHint().width() for each in (self.undo, self.redo, self.add))
        margins = row.contentsMargins()
        taken += margins.left() + margins.right() + (row.count() - 1) * row.spacing()
        return max(px(_STEP), self.width() - taken)

    def _show_undo(self) -> None:
        label, text = self._undo_label, ""
        if label is not None and not self._compact:
            short = elided(self.undo.fontMetrics(), label, self._room_of_step())
            text = _("Undo “{step}”").format(step=short)
        self.undo.setText(label_text(text))
        self._theme.fit_icon(self.undo)
