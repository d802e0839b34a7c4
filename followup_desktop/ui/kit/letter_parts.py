"""Small parts of the pages one writes on: a question, warnings, facts, a text with gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _, language
from followup_desktop.services.wording.formats import sentences
from followup_desktop.ui.kit.forms.field import NotesField, TextField
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import Card, SectionLabel, Text, as_heading, let_shrink, named
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.window_settings import SENDER, WindowSettings


def mark_language(code: str, *parts: QWidget) -> None:
    """Tell assistive technology in which language these are; the code may name a way to address, too."""
    plain = code.partition("-")[0]
    for part in parts:
        part.setLocale(QLocale() if plain == language() else QLocale(plain))


class QuestionBar(Card):
    """A question with its answers as buttons; the letter beside one answers at once.

    ``chosen`` carries the number of the answer, from 0. ``answers`` are (label, letter) pairs.
    """

    chosen = Signal(int)

    def __init__(
        self, question: str, answers: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, tone="accent")
        self.setAccessibleName(question)
        self._letters = [letter.casefold() for _label, letter in answers]
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.S)
        heading = Text(question, "strong", wrap=True)
        let_shrink(heading)
        column.addWidget(heading)
        row = FlowLayout(gap=Space.S)
        for number, (label, letter) in enumerate(answers):
            shown = f"{label}  ({letter.upper()})" if letter else label
            button = Button(shown, name=spoken(label))
            button.clicked.connect(self._choose(number))
            row.addWidget(button)
            self.buttons.append(button)
        column.addLayout(row)
        self.setFocusProxy(self.buttons[0])

    def press(self, letter: str) -> bool:
        """Answer by one of the letters; ``False`` if it is none of them."""
        typed = letter.casefold()
        if typed and typed in self._letters:
            self.buttons[self._letters.index(typed)].click()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter answers."""
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier or not self.press(event.text()):
            super().keyPressEvent(event)

    def _choose(self, number: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(number)


class WarningsCard(Card):
    """Sentences on what speaks against sending this now; they stop nobody.

    Where they don't say it themselves, their ``name`` tells assistive technology what they are about.
    """

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__(tone="now")
        column = QVBoxLayout(self)
        theme.set_margins(column, 12, 8, 12, 8)
        self._name = name
        self._text = Text("", wrap=True)
        let_shrink(self._text)
        column.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def show_sentences(self, found: Sequence[str]) -> None:
        """Say these, or nothing: then their room stays, so that nothing below moves under the pointer."""
        said = "\n".join(found)
        if said != self._text.text():
            self._text.setText(said)
            self._text.setAccessibleName(named(self._name, said) if said and self._name else said)
            if self.parentWidget() is not None:
                Announcer.of(self).announce(
                    sentences(*found), about=self, rest=TYPED_MS, unless=lambda: not self.isVisible()
                )
        if not found and self.isVisible():
            self._retain(True)
        self.setVisible(bool(found))

    def give_back_room(self) -> None:
        """Let what stands below move up, if nothing is said."""
        self._retain(False)

    def _retain(self, retain: bool) -> None:
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(retain)
        self.setSizePolicy(policy)


class FactsCard(Card):
    """Headings with what is known, to have in sight while writing."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        theme.set_margins(self._column, 14, 12, 14, 12)
        theme.set_spacing(self._column, 2)
        self._heading = as_heading(Text(heading, "strong"), 2)
        self._column.addWidget(self._heading)
        self._texts: list[Text] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these, or be gone."""
        for old in self._texts:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._texts = []
        for heading, text in facts:
            self._add(as_heading(SectionLabel(heading), 3), top=Space.S)
            self._add(Text(text, wrap=True))
        self.setVisible(bool(facts))

    def _add(self, text: Text, top: int = 0) -> None:
        text.setContentsMargins(0, top, 0, 0)
        let_shrink(text)
        self._column.addWidget(text)
        self._texts.append(text)


class PageStack(QWidget):
    """Pages of which one is shown, as high as that one; those that are hidden take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[QWidget, QWidget | None] = {}
        """Each with its buttons, if they stand outside it."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget, buttons: QWidget | None = None) -> None:
        """Take one more page, with the buttons that are shown with it; the first is shown."""
        self._column.addWidget(page)
        page.setVisible(not self._pages)
        if buttons is not None:
            buttons.setVisible(not self._pages)
        self._pages[page] = buttons

    @property
    def shown(self) -> QWidget:
        """The page that is shown."""
        return next(page for page in self._pages if not page.isHidden())

    def show_page(self, wanted: QWidget) -> None:
        """Show this page instead of the one before."""
        for page, buttons in self._pages.items():
            if page is not wanted:
                page.hide()
                if buttons is not None:
                    buttons.hide()
        wanted.show()
        if (shown := self._pages[wanted]) is not None:
            shown.show()


class Gaps(QSyntaxHighlighter):
    """Marks the words in brackets that stand for what is not known."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._marks: tuple[str, ...] = ()
        theme.changed.connect(self.rehighlight)

    def show_marks(self, marks: Sequence[str]) -> None:
        """Mark these."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Colour the marks of one line."""
        form = QTextCharFormat()
        form.setBackground(self._theme.colour("now_soft"))
        form.setForeground(self._theme.colour("now"))
        form.setFontWeight(600)
        for mark in self._marks:
            at = text.find(mark)
            while at >= 0:
                # The highlighter counts UTF-16 units.
                start = len(text[:at].encode("utf-16-le")) // 2
                self.setFormat(start, len(mark.encode("utf-16-le")) // 2, form)
                at = text.find(mark, at + len(mark))


class SignatureField(TextField):
    """The name with which the user signs, where it isn't known; ``signed`` tells it once it is kept."""

    signed = Signal(str)

    def __init__(self, settings: WindowSettings) -> None:
        super().__init__(_("Your name"), hint=_("as you sign your emails; you only enter it once"))
        self._settings = settings
        self.committed.connect(self._keep)

    def _keep(self) -> None:
        name = " ".join(self.typed().split())
        if name:
            self._settings.set(SENDER, name)
            self.signed.emit(name)


class MessageField(NotesField):
    """The text of a message, in which what is missing is marked."""

    def __init__(
        self, theme: Theme, name: str, *, lines: int, least: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, lines=lines, least=least, parent=parent)
        self._gaps = Gaps(theme, self.text.document())

    def show_marks(self, marks: Sequence[str]) -> None:
        """Mark these where they stand."""
        self._gaps.show_marks(marks)

    def select_mark(self, marks: Sequence[str]) -> None:
        """Select the first of these, so that typing replaces it; else stand at the beginning."""
        text = self.text.toPlainText()
        places = [(text.find(mark), mark) for mark in marks if mark in text]
        cursor = self.text.textCursor()
        cursor.setPosition(0)
        if places:
            self.text.setTextCursor(cursor)
            self.text.find(min(places)[1])
        else:
            self.text.setTextCursor(cursor)


def tab_through(*widgets: QWidget) -> None:
    """Let the Tab key go through these, which share a window, one after the other."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def marks_in(text: str, words: Iterable[str]) -> dict[str, str]:
    """Which of these words still stand in brackets in a text: the mark of each, in their order."""
    return {word: f"[{word}]" for word in words if f"[{word}]" in text}
