"""One field of a form: an editor with a name, what it says as a value, and the refusal below it."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.domain.checks import clean_name, clean_text
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_series
from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.widgets.announcer import Announcer, reads_what_changes
from followup_desktop.ui.kit.widgets.buttons import CheckBox
from followup_desktop.ui.kit.widgets.card import named
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.plain import show_tool_tip, tool_tip
from followup_desktop.ui.kit.widgets.roles import HeardLine

_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""Focus that comes back by itself: the user is still in the field."""


class Field(QWidget):
    """An editor, its accessible name, and one sentence below it while its text is refused.

    ``edited`` tells of every change by the user, ``filled`` of a value that the program put in; ``committed``
    that the user is done with the field: it was left, Enter was pressed, or a choice was made. A refused text
    stays as it was typed.
    """

    edited = Signal()
    filled = Signal()
    committed = Signal()
    waits = False
    """Whether what is half typed may mean something else: it is stored when the field is left, not before."""
    keeps_room = True
    """Whether the room of a refusal stays when that is gone, so that nothing moves while one types."""
    lasts = True
    """Whether it shows a value in the same words another day, and whatever other fields say."""
    qt_tells_hint = False
    """Whether Qt has what is shown in the empty editor read out, where no description is."""

    def __init__(self, name: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.editor = editor
        self._is_as_set = False
        """Whether it shows the value last set, and nothing was typed or said of it since."""
        self.dirty = False
        self.is_filled_in = False
        """Whether it says what the program put in, and the user has not touched it since."""
        self._kept: Any = None
        self._is_being_left = False
        """While the keyboard leaves it, Orca still takes it for where that is, and reads its description."""
        self._required = False
        self._was_refused = False
        self._said_of_it = ""
        self._hint = ""
        editor.setAccessibleName(name)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(editor)
        self._below = QGridLayout()
        layout.addLayout(self._below)

    @property
    def dirty(self) -> bool:
        """Whether what it says is still to be stored."""
        return self._dirty

    @dirty.setter
    def dirty(self, dirty: bool) -> None:
        self._dirty = dirty
        if dirty:
            self._is_as_set = False

    def value(self) -> Any:
        """What the field says, ready to be stored; raises ``Refused``."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Put the value's text into the editor, and nothing else: what a field itself does with a value.

        Who has a value for a field says whether it is stored (``set_value``), what a form begins with
        (``begin_with``) or a proposal (``fill_in``): only then does it stay when the field is left.
        """
        raise NotImplementedError

    def typed(self) -> str:
        """The text exactly as it stands in the editor."""
        raise NotImplementedError

    def draft(self) -> str:
        """The text to be kept for another day, for ``type_again``."""
        return self.typed()

    def type_again(self, text: str) -> None:
        """Put back a text that was typed before and never accepted."""
        raise NotImplementedError

    def rename(self, name: str) -> None:
        """Take another name, for a form that serves several purposes."""
        self.name = name
        self.editor.setAccessibleName(name)
        if self._was_refused:
            self._refusal.setAccessibleName(self._name_of_refusal)

    @cached_property
    def _refusal(self) -> Hint:
        """Says why it is refused. It is made when that first is: a form has two dozen fields, and few are."""
        self._was_refused = True
        refusal = Hint(parent=self, announced=False)
        refusal.setObjectName("refusal")
        refusal.setAccessibleName(self._name_of_refusal)
        self._put_below(refusal)
        return refusal

    @property
    def _name_of_refusal(self) -> str:
        return _("{field}: needs correcting").format(field=self.name)

    def _put_below(self, part: Hint) -> None:
        """Give it the room below the editor, of which all that is put there makes use in turn."""
        part.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(part, 0, 0)

    @property
    def required(self) -> bool:
        """Whether the form can't be saved while this is empty."""
        return self._required

    @required.setter
    def required(self, required: bool) -> None:
        self._required = required
        self._describe()

    def describe(self, text: str) -> None:
        """Have this read out with the field while nothing of it is refused."""
        self._said_of_it = text
        self._describe()

    def ask_for(self, hint: str) -> None:
        """Show what belongs here while it is empty, and have it read out as long."""
        self._hint = hint
        self._describe()

    def _describe(self) -> None:
        """Have the refusal read out with the field, or what is said of it, or else what it needs.

        A description, because Qt tells AT-SPI of no state that means either.
        """
        hint = self._hint if self._hint != self.name and not self.typed() else ""
        if self._required:
            needs = format_series(filter(None, [_("required"), hint]))
        else:
            needs = "" if self.qt_tells_hint else hint
        self.editor.setAccessibleDescription(self.refusal or self._said_of_it or needs)

    def _describe_unheard(self) -> None:
        """Have read out later what it needs now; what changes where the keyboard is would be read at once."""
        if self._hint and not self.editor.hasFocus():
            self._describe()

    @property
    def kept(self) -> Any:
        """The value last set, which the text stood for before the user touched it."""
        return self._kept

    def set_value(self, value: Any) -> None:
        """Show a stored value, unless the user is typing just that value in another form."""
        if self._is_as_set and value == self._kept and (self.lasts or value is None):
            return  # as most of a detail: they say the same of this application as of the last
        self._kept = value
        self.dirty = self.is_filled_in = False
        self.clear_refusal()
        if self._was_refused:
            self._refusal.give_back_room()
        if self.editor.hasFocus() and self._holds(value):
            return
        self.show_value(value)
        self._is_as_set = True

    def begin_with(self, value: Any) -> None:
        """Show the value with which a form begins, whatever stands in the editor and was said of it."""
        self.set_value(value)
        self.show_value(value)

    def fill_in(self, value: Any) -> None:
        """Put in a value on the user's behalf: it is the field's as if it had been typed, and is saved."""
        self.clear_refusal()
        self._put_in(value)
        self.dirty = value != self._kept
        self.is_filled_in, self._is_as_set = True, False
        self.filled.emit()

    def begin_typing(self) -> None:
        """Take the keyboard, so that what is typed takes the place of what the program put in."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Write the kept value as the product writes it, after the user has left the field."""
        if not self.dirty:
            self.show_value(self._kept)

    def finish(self) -> None:
        """Hand on what of the text is another field's to say, before a form is read."""

    def refuse(self, sentence: str) -> None:
        """Say below the field why its text was not accepted and how to correct it."""
        self._is_as_set = False
        self._refusal.show_sentence(sentence)
        self._describe()
        self._mark(refused=True)
        if self._is_being_left and reads_what_changes():
            return
        # One in which the keyboard is, or comes to be, is read with its description.
        Announcer.of(self).announce(
            named(self.editor.accessibleName(), sentence),
            about=self,
            unless=lambda: self.editor.hasFocus() or self.refusal != sentence or not self.isVisible(),
        )

    def clear_refusal(self) -> None:
        """Take the sentence away; where room is kept, it stays until another value is set."""
        if self.refusal:
            self._refusal.show_sentence("")
            if not self.keeps_room:
                self._refusal.give_back_room()
            self._describe()
            self._mark(refused=False)

    @property
    def refusal(self) -> str:
        """The sentence shown below the field, or nothing."""
        return self._refusal.sentence if self._was_refused else ""

    @property
    def to_be_seen(self) -> QWidget:
        """What of it has to be in sight where there is no room for all: why it is refused, or its editor."""
        return self._refusal if self.refusal else self.editor

    def shows_refusal(self, sentence: str) -> bool:
        """Whether the sentence stands below the field, in sight of the user."""
        if self.refusal != sentence:
            return False
        seen = self._refusal.visibleRegion().boundingRect()
        return seen.height() == self._refusal.height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is getattr(self, "editor", None):  # gone where Python's collector took the field apart
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
                self._be_left()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _be_left(self) -> None:
        self._is_being_left = True
        self.committed.emit()
        self.settle()
        self._is_being_left = False
        QTimer.singleShot(0, self, self._describe_unheard)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what this key does in the field; ``False`` if that is up to its editor."""
        del event
        return False

    def _holds(self, value: Any) -> bool:
        try:
            return bool(self.value() == value)
        except Refused:
            return False

    def _put_in(self, value: Any) -> None:
        """Show the value so that, where the editor has an undo of its own, that takes it back."""
        self.show_value(value)

    def _touch(self) -> None:
        self.dirty = True
        self.is_filled_in = False
        self.clear_refusal()
        self.edited.emit()

    def _mark(self, *, refused: bool) -> None:
        mark_refused(self.editor, refused=refused)


def mark_refused(editor: QWidget, *, refused: bool) -> None:
    """Let an editor be seen to be refused, or no longer."""
    editor.setProperty("invalid", refused)
    style = editor.style()
    style.unpolish(editor)
    style.polish(editor)
    editor.updateGeometry()


_LETTERS = 17
"""So many letters Qt gives room to in a line."""
_BESIDE_ICON = 5
"""The room at each side of the icon of a line's button, in pixels."""
_SPARE = 2
"""Below the last line of a text, in pixels."""
_WIDEST = 4096
"""Wider than any place for a line."""


class TextPicture(Protocol):
    """How a text is shown where it is not being typed."""

    def width(self, text: str, /) -> int:
        """The room that all of it needs, in pixels."""

    def paint(self, painter: QPainter, area: QRect, text: str, /) -> None:
        """Paint it, as far as there is room."""


def _runs_from_right() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


class LineEdit(HeardLine):
    """A line that leaves Undo and Redo to the window while it has nothing of its own to undo.

    While the keyboard is elsewhere a text without room ends in an ellipsis, and its tool tip has all of it;
    so it is with what an empty line asks for.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits_text = False
        self._pictured: TextPicture | None = None
        self._button: QToolButton | None = None

    def add_button(self, action: QAction) -> None:
        """Have a button for this action at the end of the line, which is there while the action is visible.

        Qt's own for an action of a line stays as it is where the text is larger.
        """
        button = self._button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        action.visibleChanged.connect(self._place_button)
        self._place_button()

    def run_from_left(self) -> None:
        """Have what is typed run from left to right in any window, as numbers and addresses do."""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if _runs_from_right() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def fit_to_text(self, pictured: TextPicture | None = None) -> None:
        """Be as wide as the text, which is shown by a picture of it while the keyboard is elsewhere."""
        self._fits_text, self._pictured = True, pictured
        self.textChanged.connect(self.updateGeometry)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._fits_text:
            return hint
        metrics = self.fontMetrics()
        plain = QFont(self.font())
        plain.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100)  # Qt's hint leaves it out
        letter = QFontMetrics(plain).horizontalAdvance("x")
        frame = hint.width() - _LETTERS * letter
        text = self.text() or self.asked
        picture = self._pictured if self.text() else None
        width = picture.width(text) if picture is not None else metrics.horizontalAdvance(text) + 1
        # While it is typed in, the text has room to grow; a refusal below it has room to be read.
        least = _LETTERS * letter if self.hasFocus() else 0
        if self.property("invalid"):
            least = _WIDEST
        hint.setWidth(frame + max(width + self._button_width, least))
        return hint

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.updateGeometry()

    def replace_text(self, text: str) -> None:
        """Put in another text, in a step that the line's own undo takes back."""
        self.selectAll()
        self.insert(text)
        completer = self.completer()
        if completer is not None and (offered := completer.popup()) is not None:
            offered.hide()  # Qt offers more for what was put in as for what is typed

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:
        is_pictured = self._pictured is not None and bool(self.text())
        if self.hasFocus() or (self._fits() and not is_pictured):
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        if self._pictured is not None and is_pictured:
            self._pictured.paint(painter, self._room(), self.text())
            painter.end()
            return
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        text = self.displayText()  # of a password, its dots
        shown = elided(self.fontMetrics(), text, self._room().width())
        painter.drawText(self._room(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def has_room_in(self, width: int) -> bool:
        """Whether what it asks for while it is empty can be read whole in so many pixels."""
        frame = self.width() - self._room().width()
        return self.fontMetrics().horizontalAdvance(self.asked) <= width - frame

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return area.adjusted(2, 0, -2 - self._button_width, 0)

    @property
    def _button_width(self) -> int:
        """How much of the line its button takes, in pixels."""
        return self.textMargins().left() + self.textMargins().right()

    def _place_button(self) -> None:
        """Put the button at the end, as high as the line, and keep the text clear of it."""
        button = self._button
        if button is None:
            return
        button.ensurePolished()
        button.setVisible(button.defaultAction().isVisible())
        wide = button.iconSize().width() + 2 * _BESIDE_ICON
        free = wide - _BESIDE_ICON if button.isVisibleTo(self) else 0
        left, right = (free, 0) if _runs_from_right() else (0, free)
        self.setTextMargins(left, 0, right, 0)
        place = QRect(self.width() - wide, 1, wide - 1, self.height() - 2)
        button.setGeometry(QStyle.visualRect(QGuiApplication.layoutDirection(), self.rect(), place))

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.displayText()) <= self._room().width()

    @property
    def whole(self) -> str:
        """What there is no room for; a tool tip has all of it."""
        has_room = self._fits() if self.text() else self.has_room_in(self.width())
        return "" if has_room else self.displayText() or self.asked

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and (whole := self.whole):
            # No tool tip of the widget's: assistive technology would read the text a second time.
            show_tool_tip(tool_tip(whole), event.globalPos(), self)
            return True
        return super().event(event)


class LineField(Field):
    """A field of one line, however its text gets there: typed, dictated, or set by a screen reader."""

    qt_tells_hint = True
    checks_when_left = False
    """Whether the text is looked at as soon as the field is left; it is then written as it is kept."""

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        self.line = LineEdit()
        super().__init__(name, self.line, parent)
        self._quiet = False
        self._can_undo = False
        self.ask_for(hint)
        self.line.textChanged.connect(self._changed)
        self.line.textChanged.connect(self._describe_unheard)
        self.line.returnPressed.connect(self.committed)

    def ask_for(self, hint: str) -> None:
        self.line.ask_for(hint)
        super().ask_for(hint)

    def show_text(self, text: str) -> None:
        """Put a text into the line on behalf of the program, not of the user."""
        if text == self.line.text() and not self.line.isUndoAvailable():
            self._go_to_begin()
            return
        self._quiet = True
        if self._can_undo:
            self.line.replace_text(text)
        else:
            self.line.setText(text)
        self._go_to_begin()
        self._quiet = False

    def _go_to_begin(self) -> None:
        """Put the cursor first, where it isn't: a reader of the screen is told of each move, even of none."""
        if self.line.cursorPosition():
            self.line.setCursorPosition(0)

    def begin_typing(self) -> None:
        super().begin_typing()
        if self.is_filled_in or not self.dirty:
            self.line.selectAll()

    def settle(self) -> None:
        if not (self.checks_when_left and self.dirty):
            super().settle()
            return
        try:
            value = self.value()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self._write_as_kept(value)

    def _write_as_kept(self, value: Any) -> None:
        """Write the value as it is kept, where it was typed in other words."""
        if self.line.text() != (value or ""):
            self._put_in(value)

    def _put_in(self, value: Any) -> None:
        self._can_undo = True
        super()._put_in(value)
        self._can_undo = False

    def typed(self) -> str:
        return self.line.text()

    def type_again(self, text: str) -> None:
        self.show_text(text)
        self.line.end(False)  # where whoever typed it goes on
        self.dirty = True

    def _changed(self) -> None:
        if not self._quiet:
            self._touch()


def text_in(text: str, name: str, *, required: bool) -> str:
    """What is typed, as it is stored; raises ``Refused`` under the field's name, if that needs it, too."""
    return clean_name(text, name) if required else clean_text(text, name)


class TextField(LineField):
    """One line of text, trimmed when stored."""

    def __init__(
        self, name: str, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self.required = required

    def value(self) -> Any:
        return text_in(self.line.text(), self.name, required=self.required)

    def show_value(self, value: Any) -> None:
        self.show_text("" if value is None else str(value))


def tags_in(text: str, name: str) -> tuple[str, ...]:
    """The words between the commas, each once; raises ``Refused`` under the field's name."""
    parts = (clean_text(part, name) for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


class TagsField(TextField):
    """Words with commas between them, each kept once."""

    def value(self) -> Any:
        return tags_in(self.line.text(), self.name)

    def show_value(self, value: Any) -> None:
        super().show_value(", ".join(value or ()))


class _Prose(QPlainTextEdit):
    """A text of several lines that grows with what is in it; Tab leaves it.

    With ``least`` it may be lower, by ``fit``, down to so many lines; the rest scrolls.
    """

    def __init__(self, lines: int, least: int | None = None) -> None:
        super().__init__()
        self._lines = lines
        self._least = lines if least is None else least
        self._room: int | None = None
        self._is_growing = False
        self.document().setDocumentMargin(2)  # as far from the edge as in a line
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # It wraps; a bar came up while the text was being set in another width, and stayed.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the text has other lines, of which Qt tells nobody."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def _grow(self) -> None:
        if self._is_growing:  # what follows has a scroll bar come or go, and with that other lines
            return
        self._is_growing = True
        height = 0
        while (needed := self._height_of(self._lines_shown())) > height:
            self.setFixedHeight(height := needed)
        self._is_growing = False

    def _lines_shown(self) -> int:
        lines = max(self._lines, min(12, int(self.document().size().height())))
        if self._room is not None:
            lines = max(self._least, min(lines, (self._room - self._height_of(0)) // self._height_of_line()))
        return lines

    def _height_of(self, lines: int) -> int:
        around = 2 * int(self.document().documentMargin()) + self._frame() + _SPARE
        return lines * self._height_of_line() + around

    def _height_of_line(self) -> int:
        """As a document sets it: in whole pixels, rounded up, where the font's are rounded to the nearest."""
        metrics = QFontMetricsF(self.font())
        return ceil(metrics.height()) + ceil(max(metrics.leading(), 0.0))

    def _frame(self) -> int:
        """What the style puts above and below the text together.

        Not by frameWidth(), which has the padding in it once the style sheet has been put on anew.
        """
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, _WIDEST, _WIDEST)
        return (
            _WIDEST - self.style().subElementRect(QStyle.SubElement.SE_FrameContents, option, self).height()
        )

    def fit(self, room: int) -> None:
        """Be no higher than this, in pixels, as far as that is possible."""
        self._room = room
        self._grow()


class NotesField(Field):
    """A text of several lines."""

    def __init__(
        self,
        name: str,
        *,
        lines: int = 3,
        least: int | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.text = _Prose(lines, least)
        super().__init__(name, self.text, parent)
        self.ask_for(hint)
        self._quiet = False
        self.text.textChanged.connect(self._changed)
        self.text.textChanged.connect(self._describe_unheard)

    def ask_for(self, hint: str) -> None:
        self.text.setPlaceholderText(hint)
        super().ask_for(hint)

    def value(self) -> Any:
        return clean_text(self.text.toPlainText(), self.name)

    def show_value(self, value: Any) -> None:
        text = value or ""
        if text == self.text.toPlainText():
            return
        self._quiet = True
        self.text.setPlainText(text)
        self._quiet = False

    def _put_in(self, value: Any) -> None:
        self._quiet = True
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(value or "")
        self._quiet = False

    def typed(self) -> str:
        return self.text.toPlainText()

    def type_again(self, text: str) -> None:
        self.show_value(text)
        self.dirty = True

    def _changed(self) -> None:
        if not self._quiet:
            self._touch()


class CheckField(Field):
    """Yes or no."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.box = CheckBox(name)
        policy = self.box.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)
        self.box.setSizePolicy(policy)
        super().__init__(name, self.box, parent)
        self._quiet = False
        self.box.toggled.connect(self._toggled)

    def value(self) -> Any:
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        self._quiet = True
        self.box.setChecked(bool(value))
        self._quiet = False

    def typed(self) -> str:
        return "1" if self.box.isChecked() else ""

    def type_again(self, text: str) -> None:
        self.show_value(bool(text))
        self.dirty = True

    def _toggled(self) -> None:
        if not self._quiet:
            self._touch()
            self.committed.emit()
