"""A list at the left, what is chosen in it at the right; where there is no room for both they take turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.autosave import AutoSave
from followup_desktop.ui.kit.forms.panel import FormPanel, at_the_left
from followup_desktop.ui.kit.mirror import keep_within, set_margins
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.turning import turn_to
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card
from followup_desktop.ui.kit.window_settings import Setting

_LIST_WIDTH = 300
_DETAIL_WIDTH = 330
_LITTLE = 1150
_MOST_NEEDED = 400
_LEAST_HEIGHT = 40
"""In pixels at any size of text, as the one before."""
NARROW = 820
"""Below this width, in pixels at the ordinary text size, list and detail take turns."""


class TablePane(Protocol):
    """The list at the left."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all in it."""

    @property
    def table(self) -> ListTable:
        """Its rows."""


class ListTable(Protocol):
    """The rows, as far as both views need them."""

    def columns(self) -> QByteArray:
        """How the columns stand."""

    def restore(self, columns: QByteArray, /) -> None:
        """Let the columns stand as they stood."""

    def fit_text(self) -> None:
        """Follow the size of the text."""

    def setFocus(self) -> None:  # noqa: N802
        """Take the keyboard."""


DetailT = TypeVar("DetailT")


class DetailPane(QWidget, Generic[DetailT]):
    """What is shown of one thing at the right, edited in place.

    A text that was refused stays with its thing until it is corrected. A subclass makes the ``area`` that
    scrolls, and ``autosave`` for the fields in it.
    """

    area: QScrollArea
    autosave: AutoSave

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: DetailT | None = None

    @property
    def detail(self) -> DetailT | None:
        """What is shown."""
        return self._detail

    def show_detail(self, detail: DetailT) -> None:
        """Show a thing, or the present one anew; what is being typed is saved or kept first."""
        draft = self._draft_of(detail)
        moved = self._detail is None or self._draft_of(self._detail) != draft
        if moved:
            self.leave()
        self._detail = detail
        self._fill(detail)
        if moved:
            self.area.verticalScrollBar().setValue(0)
            self.autosave.open(draft, _("Details of {name}").format(name=self._name_of(detail)))

    def leave(self) -> None:
        """Save what is being typed; what is refused is kept until this thing is shown again."""
        if self._detail is None:
            return
        self.autosave.close()
        self._detail = None

    def flush(self) -> None:
        """Save what is being typed and stay; what is refused stays as it is."""
        if self._detail is not None:
            self.autosave.flush()

    def _show_title(self, title: str) -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _draft_of(self, detail: DetailT) -> str:
        """Under which key a text that was refused is kept."""
        raise NotImplementedError

    def _name_of(self, detail: DetailT) -> str:
        """How the thing is named to whom it is kept for."""
        raise NotImplementedError

    def _fill(self, detail: DetailT) -> None:
        """Show all of it."""
        raise NotImplementedError


class ListAndDetail(View):
    """The base of the views of this kind. At the right stands one of ``_pages``, which may be a form.

    A subclass hands its list and its detail to ``_lay_out``, and says what is shown when a form closes.
    """

    columns_setting: ClassVar[Setting[QByteArray]]
    splitter_setting: ClassVar[Setting[QByteArray]]
    widest: ClassVar[int] = 0
    """List and detail are no wider than this, in pixels at the ordinary text size; 0 for no limit."""
    list_share: ClassVar[float] = 0.6
    """How much of the width the list gets at first."""
    narrow_list_share: ClassVar[float] = 0.6
    """So where there is little width."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._theme = context.theme
        self._list: TablePane
        self._pane: DetailPane[Any]
        self._left = QScrollArea()
        self._narrow = False
        self._from_list = True
        """Whether the list was to be seen when the form was opened."""
        self._is_chosen = False
        """Whether the user has chosen how the width is shared out."""
        self._settling = False
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self._name_view)
        self.back_button = Button(_("‹ Back"), look="link", name=_("Back to the list"))
        self.back_button.hide()
        self.back_button.clicked.connect(self.back)
        self._right = Card()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

    def still_parts(self) -> list[QWidget]:
        return [part for area in (self._left, self._pane.area) if (part := area.widget()) is not None]

    def back(self) -> None:
        """From the detail to the table, where they take turns."""
        self._leave_form()
        self._pane.flush()
        self._turn(to_detail=False)
        self._list.table.setFocus()

    def flush(self) -> None:
        """Save what is being typed; what is refused stays as it is."""
        self._pane.flush()

    def leave(self) -> bool:
        """Save what is edited in place; what stands in a form becomes a draft."""
        self._pane.flush()
        self._leave_form()
        return True

    def keep_state(self) -> None:
        """Keep how the columns stand, and the splitter if the user has moved it."""
        self.context.settings.set(self.columns_setting, self._list.table.columns())
        if self._is_chosen:
            self.context.settings.set(self.splitter_setting, self.splitter.saveState())

    def minimumSizeHint(self) -> QSize:
        """Room for one of the two, however large the text is: a window of 800 pixels has it.

        A bar that asks something has its whole height first: what is here scrolls.
        """
        width = min(self._theme.px(_DETAIL_WIDTH), _MOST_NEEDED)
        return QSize(width + 2 * Space.XL, _LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pane.autosave.set_in_sight(True)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        self._pane.autosave.set_in_sight(False)
        super().hideEvent(event)

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """Within it no row that becomes current was chosen by the user, even if reading fails."""
        self._settling = True
        try:
            yield
        finally:
            self._settling = False

    def _close_form(self) -> None:
        """Show what is to be seen when a form is done with."""
        raise NotImplementedError

    def _lay_out(self, left: QWidget, rows: TablePane, pane: DetailPane[Any]) -> None:
        """Put the list at the left, and everything as it stood."""
        # Where the text is large and the window low, what stands above the rows leaves them no room.
        self._left = QScrollArea()
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setProperty("ground", "window")
        self._left.setWidget(left)
        self._list, self._pane = rows, pane
        pane.windowTitleChanged.connect(self._name_view)
        settings = self.context.settings
        if settings.is_kept(self.columns_setting):
            self._list.table.restore(settings.get(self.columns_setting))
        column = QVBoxLayout(self._right)
        set_margins(column, Space.M, Space.M, Space.XS, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._pages, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(Space.L)
        keep_within(self.splitter)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self._right)
        for place, share in enumerate((self.list_share, 1 - self.list_share)):
            self.splitter.setStretchFactor(place, round(10 * share))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        page = self._page = QWidget()  # a splitter sets its own largest width
        across = QVBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.splitter)
        outer.addLayout(at_the_left(page))
        self._is_chosen = self.splitter.restoreState(settings.get(self.splitter_setting))
        self.splitter.splitterMoved.connect(self._choose)

    def _form_page(self) -> FormPanel | None:
        """The form that is open."""
        page = self._pages.currentWidget()
        return page if isinstance(page, FormPanel) else None

    def _take_in(self, form: FormPanel) -> None:
        """Give a form its place, and what was cancelled in it a way back."""
        self._pages.addWidget(form)
        form.windowTitleChanged.connect(self._name_view)
        form.cancelled.connect(self._close_form)
        form.given_up.connect(self.undoable)
        form.brought_back.connect(lambda again: self._bring_back(form, again))

    def _name_view(self) -> None:
        """Have the window's title say what form is open, or what the detail is about where that is alone."""
        part: QWidget | None = self._form_page()
        if part is None and self._left.isHidden() and not self._right.isHidden():
            part = self._pages.currentWidget()
        self.setWindowTitle("" if part is None else part.windowTitle())

    def _open_form(self, form: FormPanel) -> None:
        self._from_list = not self._left.isHidden()
        turn_to(self._pages, form)
        self._turn(to_detail=True)
        self._fit()

    def _bring_back(self, form: FormPanel, again: Callable[[], object]) -> None:
        self.come_back()
        if self.isVisible():
            self._leave_form()
            self._open_form(form)
            again()

    def _leave_form(self) -> None:
        """Close an open form; only Save writes, so what was typed becomes a draft."""
        form = self._form_page()
        if form is not None:
            form.set_aside()
            self._close_form()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        room = max(self.width() - 2 * Space.XL, _MOST_NEEDED)
        self._left.setMinimumWidth(min(self._theme.px(_LIST_WIDTH), room))
        self._right.setMinimumWidth(min(self._theme.px(_DETAIL_WIDTH), room))
        changed = narrow != self._narrow
        self._narrow = narrow
        has_form = self._form_page() is not None
        nothing = self._list.is_empty and not has_form
        if not narrow:
            self._left.show()
            self._right.setVisible(not nothing)
            self.back_button.hide()
            self._name_view()
            self._share_out()
        elif changed or nothing:
            self._turn(to_detail=has_form or (not nothing and self._is_in_detail))

    @property
    def _is_in_detail(self) -> bool:
        """Whether the keyboard is in the detail, as where something is being written there."""
        focused = self.window().focusWidget()
        return focused is not None and self._right.isAncestorOf(focused)

    def _share_out(self) -> None:
        """Give the two their widths, until the user's splitter decides.

        Where it isn't placed yet, as it will be: else all of the detail was placed in another width first.
        """
        if not self._is_chosen:
            width = self.splitter.width() if self.isVisible() else self.width() - 2 * Space.XL
            share = self.narrow_list_share if width < self._theme.px(_LITTLE) else self.list_share
            self.splitter.setSizes([round(width * share), round(width * (1 - share))])

    def _choose(self) -> None:
        self._is_chosen = True

    def _turn(self, *, to_detail: bool) -> None:
        """Where there is no room for both, show the one or the other."""
        if self._narrow:
            self._left.setVisible(not to_detail)
            self._right.setVisible(to_detail)
            self.back_button.setVisible(to_detail and self._form_page() is None)
            self._name_view()

    def restyle(self) -> None:
        if self.widest:
            self._page.setMaximumWidth(self._theme.px(self.widest))
        self._fit()
        self._list.table.fit_text()
