"""The guide in a window of its own, which stays beside the work: contents, search, back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.i18n import _, format_number
from followup_desktop.ui.kit.dialogs import TwoParts
from followup_desktop.ui.kit.forms.panel import at_the_left
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.roles import HeardLine, OwnWindow
from followup_desktop.ui.window.guide.book import CONTENTS, Book, GuidePage, anchor_of

_NAME = Qt.ItemDataRole.UserRole
_LINE_HEIGHT = 120
"""In percent of the font's own."""


_NARROW = 560
_WIDTH = 780
"""A page is no wider than this, in pixels at the ordinary text size: lines stay easy to read."""


class _MarkdownPage(QTextBrowser):
    """Shows Markdown without HTML in it, with the pictures of its folder and none from elsewhere.

    H goes to the next heading, with Shift to the one before, and Tab to the next link. Where assistive
    technology listens, the arrows move a caret; it is told of headings and links.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self._told = -1
        """The block where the caret was last."""
        self.setSearchPaths([str(folder)])
        self.cursorPositionChanged.connect(self._announce_level)

    def show_page(self, text: str) -> None:
        """Show this text."""
        self._told = 0  # where the caret will be: what is shown now is told by ``announce_heading``
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)

    def place(self) -> tuple[int, int]:
        """Where one reads: where the caret is, and how far down the page is."""
        return self.textCursor().position(), self.verticalScrollBar().value()

    def go_to(self, place: tuple[int, int]) -> None:
        """Go on reading there, as it was taken of the same page."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(place[0], self.document().characterCount() - 1))
        self._told = cursor.blockNumber()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a caret to read by where one is listened to."""
        if QAccessible.isActive():
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextBrowserInteraction | flags.TextSelectableByKeyboard)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from heading to heading; all else as ever."""
        if event.key() == Qt.Key.Key_H and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._go_to_heading(forward=not event.modifiers())
        else:
            super().keyPressEvent(event)

    def _go_to_heading(self, *, forward: bool) -> None:
        block = self.textCursor().block()
        while (block := block.next() if forward else block.previous()).isValid():
            if block.blockFormat().headingLevel():
                self.show_block(block)
                self.announce_heading()
                return

    def announce_heading(self) -> None:
        """Have the heading said at which the caret is, if the keyboard is here."""
        block = self.textCursor().block()
        if (level := block.blockFormat().headingLevel()) and self.hasFocus():
            words = _("{heading}, heading level {n}").format(heading=block.text(), n=format_number(level))
            Announcer.of(self).announce(words, about=self)

    def show_block(self, block: QTextBlock) -> None:
        """Bring a block to the top, with the caret in it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.document().lastBlock().position())
        self.setTextCursor(cursor)  # from the end back, so that the block is on top
        cursor.setPosition(block.position())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's
        """Go to the next link, and have it said: Qt tells of none."""
        is_at_link = super().focusNextPrevChild(forward)
        link = self.textCursor().selectedText()
        if is_at_link and self.hasFocus() and link:
            Announcer.of(self).announce(_("{text}, link").format(text=link), about=self)
        return is_at_link

    def _announce_level(self) -> None:
        """Have it said that the line to which the caret has come, and which is read out, is a heading."""
        block = self.textCursor().block()
        level = block.blockFormat().headingLevel()
        is_new, self._told = block.blockNumber() != self._told, block.blockNumber()
        if level and is_new and self.hasFocus():
            Announcer.of(self).announce(_("Heading level {n}").format(n=format_number(level)), about=self)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's
        """A picture of the folder; nothing of any other place."""
        address = QUrl(name)
        file = self._folder / (address.toLocalFile() if address.isLocalFile() else address.path())
        return super().loadResource(kind, name) if file.resolve().is_relative_to(self._folder) else None


class GuideWindow(OwnWindow):
    """Shows one page of the guide; links lead to other pages, never out of the program."""

    def __init__(self, book: Book, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._book = book
        self._theme = theme
        self._page = ""
        self._seen: list[tuple[str, tuple[int, int]]] = []
        self.search = HeardLine()
        self.contents = QListWidget()
        self.nothing = Text(_("No results"), "secondary", wrap=True)
        self.back = Button(_("Back"))
        self.browser = _MarkdownPage(book.folder)
        self._name_parts()
        self._lay_out()
        self._wire()
        self._list_pages()
        theme.changed.connect(self._show_again)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._page

    def open_page(self, name: str, anchor: str = "") -> None:
        """Show that page from its top, or from that heading; one that is not there leaves all as it is."""
        page = self._book.page(name)
        if page is None:
            return
        if self._page and self._page != name:
            self._seen.append((self._page, self.browser.place()))
        self._show(page)
        self._scroll_to(anchor)
        self.browser.announce_heading()

    def go_back(self) -> None:
        """Show the page before this one, where it was left."""
        if self._seen:
            name, place = self._seen.pop()
            page = self._book.page(name)
            if page is not None:
                self._show(page)
                self.browser.go_to(place)
                if self.browser.hasFocus():
                    Announcer.of(self).announce(page.title, about=self.browser)

    def headings_read(self) -> int:
        """How many headings are at the top of what is seen of the page, or before it."""
        last = self.browser.cursorForPosition(QPoint(0, 0)).blockNumber()
        return sum(block.blockNumber() <= last for block in self._headings())

    def scroll_to_heading(self, number: int) -> None:
        """Bring the heading of this number to the top; before the second one all is as it opened."""
        headings = self._headings()[:number]
        if len(headings) > 1:
            self.browser.show_block(headings[-1])

    def come_forward(self) -> None:
        """Show the window in front, with the keyboard in the page."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pictures fit the page."""
        super().resizeEvent(event)
        self._fit_pictures()

    def _name_parts(self) -> None:
        self.setWindowIcon(self._theme.app_icon())
        self.setProperty("ground", "window")
        self.search.ask_for(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.contents.setAccessibleName(_("Pages"))
        self._theme.set_spacing(self.contents, 2)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser.setAccessibleDescription(_("H for the next heading, Tab for the next link"))
        self.browser.setOpenLinks(False)
        self._theme.set_icon(self.back, "undo")

    def _lay_out(self) -> None:
        margin = self._theme.px(12)
        side = QWidget(self)
        column = QVBoxLayout(side)
        set_margins(column, margin, margin, margin // 2, margin)
        column.setSpacing(margin // 2)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        column.addWidget(self.nothing)
        column.addStretch()
        self.nothing.hide()
        main = QWidget(self)
        right = QVBoxLayout(main)
        set_margins(right, margin // 2, margin, margin, margin)
        right.setSpacing(margin // 2)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch()
        right.addLayout(row)
        right.addLayout(at_the_left(self.browser), 1)
        splitter = TwoParts(self._theme, _NARROW, (270, 610), share=0.66)
        splitter.addWidget(side)
        splitter.addWidget(main)
        splitter.setStretchFactor(1, 1)
        splitter.splitterMoved.connect(self._fit_pictures)
        splitter.share_out()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        self.browser.setMaximumWidth(self._theme.px(_WIDTH))
        self.browser.document().setDocumentMargin(self._theme.px(20))
        wanted = QSize(self._theme.px(880), self._theme.px(640))
        self.resize(wanted.boundedTo(self.screen().availableSize() * 0.9))

    def _wire(self) -> None:
        self.search.textChanged.connect(self._list_pages)
        self.search.returnPressed.connect(self._open_first)
        self.contents.itemActivated.connect(self._open_found)
        self.contents.itemClicked.connect(self._open_found)
        self.back.clicked.connect(self.go_back)
        self.browser.anchorClicked.connect(self._follow)
        for key, run in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
            (QKeySequence("Alt+Left"), self.go_back),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self._to_contents),
        ):
            QShortcut(key, self, run)

    def _list_pages(self) -> None:
        pages = self._book.found(self.search.text())
        self.contents.clear()
        for page in pages:
            item = QListWidgetItem(page.title)
            item.setData(_NAME, page.name)
            self.contents.addItem(item)
        self.contents.setVisible(bool(pages))
        self.nothing.setVisible(not pages)
        self._mark()

    def _mark(self) -> None:
        """Make the row of the page that is shown the current one."""
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_NAME) == self._page:
                self.contents.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                return

    def _open_first(self) -> None:
        if self.contents.count():
            self._open_found(self.contents.item(0))

    def _open_found(self, item: QListWidgetItem) -> None:
        self.open_page(item.data(_NAME))
        first = self.search.text().split()[:1]
        if first:
            self.browser.find(first[0])

    def _to_contents(self) -> None:
        self.open_page(CONTENTS)

    def _follow(self, address: QUrl) -> None:
        name = address.path()
        if address.isRelative() and name.endswith(".md"):
            self.open_page(name.removesuffix(".md"), address.fragment())

    def _show(self, page: GuidePage) -> None:
        self._page = page.name
        # Translators: the title of the guide's window, after that of the page in it
        self.setWindowTitle(_("{page} — Follow Up guide").format(page=page.title))
        self.browser.setAccessibleName(page.title)
        self.browser.show_page(page.text)
        self._dress()
        self._fit_pictures()
        self.back.setEnabled(bool(self._seen))
        self._mark()

    def _show_again(self) -> None:
        page = self._book.page(self._page)
        if page is not None:
            place = self.browser.place()
            self._show(page)
            self.browser.go_to(place)

    def _dress(self) -> None:
        """Give the page air, and its tables a look: Markdown has none of its own."""
        block = self.browser.document().begin()
        while block.isValid():
            look = block.blockFormat()
            level = look.headingLevel()
            in_table = QTextCursor(block).currentTable() is not None
            small = 0 if in_table else 3 if block.textList() is not None else 8
            look.setTopMargin(self._theme.px(14) if level > 1 else 0)
            look.setBottomMargin(self._theme.px(6 if level else small))
            look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).setBlockFormat(look)
            block = block.next()
        for frame in self.browser.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                lines = frame.format()
                lines.setCellPadding(self._theme.px(5))
                lines.setCellSpacing(0)
                lines.setBorder(1)
                lines.setBorderCollapse(True)
                lines.setBorderBrush(self._theme.colour("line"))
                lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                lines.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                lines.setHeaderRowCount(1)
                frame.setFormat(lines)

    def _fit_pictures(self) -> None:
        """Draw each picture in its own size, or as wide as the page where that is narrower."""
        document = self.browser.document()
        room = self.browser.viewport().width() - 2 * document.documentMargin()
        block = document.begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                part = parts.fragment()
                if part.charFormat().isImageFormat():
                    look = part.charFormat().toImageFormat()
                    size = QImageReader(str(self._book.folder / look.name())).size()
                    wide = min(size.width(), room)
                    look.setWidth(wide)
                    look.setHeight(wide * size.height() / max(size.width(), 1))
                    cursor = QTextCursor(document)
                    cursor.setPosition(part.position())
                    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(look)
                    line = block.blockFormat()
                    line.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
                    cursor.setBlockFormat(line)
                parts += 1
            block = block.next()

    def _headings(self) -> list[QTextBlock]:
        headings, block = list[QTextBlock](), self.browser.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                headings.append(block)
            block = block.next()
        return headings

    def _scroll_to(self, anchor: str) -> None:
        for block in self._headings() if anchor else ():
            if anchor_of(block.text()) == anchor:
                self.browser.show_block(block)
                return
        self.browser.setTextCursor(QTextCursor(self.browser.document()))
        self.browser.ensureCursorVisible()
