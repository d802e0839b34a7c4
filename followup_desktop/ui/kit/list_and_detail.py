"""A list at the left, what is chosen in it at the right; where there is no room for both they take turns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.style import view_sheet
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import QuietButton
from followup_desktop.ui.kit.widgets.card import Card

_LIST_SHARE = 0.6
_LIST_WIDTH = 300
_DETAIL_WIDTH = 330
NARROW = 820
"""Below this width, in pixels at the ordinary text size, list and detail take turns."""


class ListAndDetail(QWidget):
    """The base of the views of this kind. ``status`` carries a sentence for the status line.

    ``told`` carries a sentence on a change that is no step of the store's, with what takes it back;
    ``called_back`` asks for this view to be shown, for a form that comes back.

    At the right stands one of ``_pages``, which may be a form; a subclass says whether its list is empty,
    and what is shown when a form closes.
    """

    status = Signal(str)
    told = Signal(str, object)
    called_back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left = QWidget()
        self._narrow = False
        self._shared_out = False
        self._pages = QStackedWidget()
        self.back_button = QuietButton(_("‹ Back"), name=_("Back to the list"))
        self.back_button.hide()
        self._right = Card()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

    def minimumSizeHint(self) -> QSize:
        """Room for one of the two."""
        return QSize(self._theme.px(_DETAIL_WIDTH) + 2 * Space.XL, self._theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _is_empty(self) -> bool:
        """Whether there is nothing at all in the list."""
        raise NotImplementedError

    def _close_form(self) -> None:
        """Show what is to be seen when a form is done with."""
        raise NotImplementedError

    def _lay_out(self, left: QWidget) -> None:
        """Put the list at the left."""
        self._left = left
        column = QVBoxLayout(self._right)
        column.setContentsMargins(Space.M, Space.M, Space.XS, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._pages, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(Space.L)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(self.splitter)

    def _restore_splitter(self, state: QByteArray) -> None:
        self._shared_out = self.splitter.restoreState(state) or self._shared_out

    def _form_page(self) -> FormPanel | None:
        """The form that is open."""
        page = self._pages.currentWidget()
        return page if isinstance(page, FormPanel) else None

    def _take_in(self, form: FormPanel) -> None:
        """Give a form its place, and what was cancelled in it a way back."""
        self._pages.addWidget(form)
        form.cancelled.connect(self._close_form)
        form.given_up.connect(self.told)
        form.brought_back.connect(lambda again: self._bring_back(form, again))

    def _open_form(self, form: FormPanel) -> None:
        self._pages.setCurrentWidget(form)
        self._turn(to_detail=True)
        self._fit()

    def _bring_back(self, form: FormPanel, again: Callable[[], object]) -> None:
        self.called_back.emit()
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
        changed = narrow != self._narrow
        self._narrow = narrow
        has_form = self._form_page() is not None
        nothing = self._is_empty() and not has_form
        if not narrow:
            self._left.show()
            self._right.setVisible(not nothing)
            self.back_button.hide()
            self._share_out()
        elif changed or nothing:
            self._turn(to_detail=has_form)

    def _share_out(self) -> None:
        """Give the two their first widths; later the user's splitter decides."""
        if not self._shared_out and self.isVisible():
            self._shared_out = True
            width = self.splitter.width()
            self.splitter.setSizes([round(width * _LIST_SHARE), round(width * (1 - _LIST_SHARE))])

    def _turn(self, *, to_detail: bool) -> None:
        """Where there is no room for both, show the one or the other."""
        if self._narrow:
            self._left.setVisible(not to_detail)
            self._right.setVisible(to_detail)
            self.back_button.setVisible(to_detail and self._form_page() is None)

    def _restyle(self) -> None:
        self.setStyleSheet(view_sheet(self._theme))
        self._left.setMinimumWidth(self._theme.px(_LIST_WIDTH))
        self._right.setMinimumWidth(self._theme.px(_DETAIL_WIDTH))
