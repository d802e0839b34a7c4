"""Push buttons in the looks of the style sheet, and check boxes whose words wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleStateChangeEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from followup_desktop.ui.kit.mirror import elided
from followup_desktop.ui.kit.widgets.card import restyle
from followup_desktop.ui.kit.widgets.plain import label_text, label_words, show_tool_tip, tool_tip

_RING = 1.6
"""How thick it is, in pixels."""
_AIR = 4
"""Behind the words of a check box, so that the ring around it leaves them free, in pixels."""


class Button(QPushButton):
    """A push button: ``plain``, ``strong``, ``chosen``, ``quiet``, ``link``, ``filter`` or ``sidebar``.

    Its accessible name is its label without the ellipsis and the arrow, unless another is given. One that is
    ``checkable`` is so from the beginning: with its name assistive technology asks what it is, and only then.
    """

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        look: str = "plain",
        name: str | None = None,
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._whole: _WholeLabel | None = None
        self.setCheckable(checkable)
        # An ampersand typed by the user is no shortcut.
        self.setText(label_text(label))
        self.setAccessibleName(name if name is not None else spoken(label))
        self.setAutoDefault(False)
        self.setProperty("look", look)

    @property
    def is_drawn(self) -> bool:
        """Whether it is to be seen now; some draw themselves only while they are of use."""
        return True

    @property
    def _is_shortened(self) -> bool:
        return self.width() < self.sizeHint().width()

    @property
    def untold(self) -> str:
        """The words that a tool tip is to tell: of a label that has no room, unless there is another one."""
        return label_words(self.text()) if self._is_shortened and not self.toolTip() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring inside the strong button that has the keyboard: round it, it would be of its colour.

        A label that has no room ends in an ellipsis, and a tool tip tells all of it.
        """
        if self._is_shortened:
            if self._whole is None:
                self._whole = _WholeLabel(self)
            self._paint_shortened()
        else:
            super().paintEvent(event)
        if self.hasFocus() and self.property("look") == "strong":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.ButtonText), _RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
            painter.end()

    def _paint_shortened(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(part, option, self).width()
        if not self.icon().isNull():
            room -= self.iconSize().width()
        flags = Qt.TextFlag.TextShowMnemonic.value
        text = elided(self.fontMetrics(), self.text(), room, flags)
        option.text = text
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does; with Ctrl it is the form's, which it saves."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    def set_look(self, look: str) -> None:
        """Take another look."""
        if self.property("look") != look:
            self.setProperty("look", look)
            restyle(self)


class _WholeLabel(QObject):
    """Tells of a button what its label has no room for.

    Only a button whose label was cut has one: an ``event`` of each button's own would be called in Python at
    everything that Qt tells it, 180 times an edit in Today.
    """

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self._button = button
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (words := self._button.untold):
            show_tool_tip(tool_tip(words), event.globalPos(), self._button)
            return True
        return super().eventFilter(watched, event)


class Disclosure(Button):
    """A button that shows more and hides it again: it stays pressed as long.

    To assistive technology it is a button that is expanded or collapsed, not a box to be checked.
    """

    def __init__(self, label: str, look: str = "plain", name: str | None = None) -> None:
        super().__init__(label, look=look, name=name, checkable=True)
        self.toggled.connect(self._announce_state)

    def _announce_state(self) -> None:
        changed = QAccessible.State()
        changed.expanded = changed.collapsed = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))


class ChoiceGroup(QButtonGroup):
    """Buttons of which one is chosen. The Tab key stops at that one alone, the arrows go to the others.

    Qt sees to it only when one of them gets the keyboard: the Tab key came to the one chosen last by hand.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(self._stop_at_chosen)

    def _stop_at_chosen(self) -> None:
        buttons = self.buttons()
        stop = self.checkedButton() or buttons[0]
        for each in buttons:
            strong = each is stop
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)


class FlushLink(Button):
    """A link whose words stand in line with the text above it, at that end."""

    def __init__(
        self, label: str, parent: QWidget | None = None, name: str | None = None, end: str = "left"
    ) -> None:
        super().__init__(label, parent, "link", name)
        self.setProperty("flush", end)


class StrongButton(Button):
    """The one button of a view that stands out."""

    def __init__(self, label: str, parent: QWidget | None = None, name: str | None = None) -> None:
        super().__init__(label, parent, "strong", name)


class QuietButton(Button):
    """A button without ground or line until the pointer is on it."""

    def __init__(self, label: str, parent: QWidget | None = None, name: str | None = None) -> None:
        super().__init__(label, parent, "quiet", name)


class CheckBox(QCheckBox):
    """A check box whose words stand in as many lines as they need; its accessible name is the words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(label_text(words), parent)
        self._words = words
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for all the words in one line."""
        return QSize(self._beside() + self._wide(self._words) + _AIR, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word."""
        longest = max(map(self._wide, self._words.split()), default=0)
        return QSize(self._beside() + longest, super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines that the words take in this width, whatever lines they stand in now."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, flags = label_text("\n".join(self._lines(width))), Qt.TextFlag.TextShowMnemonic.value
        style = self.style()
        size = style.itemTextRect(self.fontMetrics(), QRect(), flags, False, words).size()
        return style.sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, size, self).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words into other lines."""
        super().resizeEvent(event)
        text = label_text("\n".join(self._lines(self.width())))
        if text != self.text():
            self.setText(text)

    def _beside(self) -> int:
        """What is beside the words, in pixels."""
        return super().sizeHint().width() - max(map(self._wide, self.text().replace("&&", "&").split("\n")))

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def _lines(self, width: int) -> list[str]:
        room, lines = width - self._beside(), [""]
        for word in self._words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._wide(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines


def spoken(label: str) -> str:
    """A label as it is read out: without the ellipsis, the arrow and the symbols before it."""
    return label.strip("…▾▴↶↷+ ").strip()
