"""A form that is filled in and then saved as one step: Enter saves, Esc leaves it and keeps a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.forms.field import CheckField, Field
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.view import discarded
from followup_desktop.ui.kit.widgets.buttons import QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import (
    Heading,
    SectionLabel,
    Text,
    as_heading,
    label_name,
    let_shrink,
)
from followup_desktop.ui.kit.widgets.content_area import ContentArea
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.placing import focus_chain
from followup_desktop.ui.kit.widgets.roles import Part

LABEL_WIDTH = 112
"""What most labels fit into, in pixels at the ordinary text size."""

_LEAST_BESIDE = 230
"""A label stands above its field where that would have less room than this beside it."""


class FormGrid(QGridLayout):
    """Labels at the left of their fields, as high as their text; above them where there is no room.

    ``label_width`` and ``_LEAST_BESIDE`` are in pixels at the ordinary text size.
    """

    def __init__(self, theme: Theme, label_width: int = LABEL_WIDTH, indent: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._label_width = label_width
        self._indent = indent
        self._stacked = False
        self._wide = 0
        self._rows: dict[QWidget, int] = {}
        """The row of each field; one before it is left for the label above it."""
        self._labels: dict[QWidget, QLabel] = {}
        self.heading: QLabel | None = None
        """What stands above it, if there is anything."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(Space.S)
        self.setVerticalSpacing(Space.XS)
        self.setColumnStretch(1, 1)
        theme.keep_fit(self, self._fit)

    def add(self, field: QWidget, label: str = "") -> None:
        """Put a field below the others; without a label it begins where the fields do."""
        self._rows[field] = self.rowCount() + 1
        if label:
            self._labels[field] = self._label(label, field)
            self._fit()
        self._place(field)

    def set_shown(self, field: QWidget, shown: bool, label: str | None = None) -> None:
        """Show or hide a field with its label, which may read differently from now on."""
        field.setVisible(shown)
        if field in self._labels:
            self._labels[field].setVisible(shown)
            if label is not None:
                self._labels[field].setText(label)
                self._labels[field].setAccessibleName(label_name(label))

    def set_all_shown(self, shown: bool) -> None:
        """Show or hide the whole group, with its heading."""
        if self.heading is not None:
            self.heading.setVisible(shown)
        for place in range(self.count()):
            item = self.itemAt(place)
            part = item.widget() if item is not None else None
            if part is not None:
                part.setVisible(shown)

    @property
    def widest_label(self) -> int:
        """The width of the longest label that is shown, in pixels."""
        return max(
            (each.sizeHint().width() for each in self._labels.values() if not each.isHidden()), default=0
        )

    def begin_behind(self, wide: int) -> None:
        """Have the fields begin behind a label that is so wide, in pixels, where they stand beside theirs."""
        self._wide = wide
        self._fit()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Stand as there is room."""
        least = self._theme.px(self._label_width + _LEAST_BESIDE) + Space.S
        if self._stacked != (rect.width() < least):
            self._stacked = not self._stacked
            self._fit()
            for field in self._rows:
                self._place(field)
        super().setGeometry(rect)

    def _fit(self) -> None:
        """Give column and labels the sizes that they have as they stand now."""
        beside = max(self._wide, self._theme.px(self._label_width))
        self.setColumnMinimumWidth(0, 0 if self._stacked else beside)
        edge = self._theme.px(2 if self._stacked else 6)
        for label in self._labels.values():
            set_margins(label, self._indent, edge, 0, edge // 2 if self._stacked else edge)

    def _place(self, field: QWidget) -> None:
        """Put a field and its label where they stand now; nothing of them changes but that."""
        row, label = self._rows[field], self._labels.get(field)
        parts = [field] if label is None else [label, field]
        for part in parts:
            self.removeWidget(part)
        if self._stacked:
            for at, part in enumerate(parts, start=row + 1 - len(parts)):
                self.addWidget(part, at, 0, 1, 2)
        else:
            if label is not None:
                self.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self.addWidget(field, row, 1)

    def _label(self, text: str, field: QWidget) -> QLabel:
        label = Text(text, "secondary", wrap=True)
        label.setAccessibleName(label_name(text))
        # The field around the editor shall have no name of its own: there is one control of that name.
        label.setBuddy(field.editor if isinstance(field, Field) else field)
        return label


class FormPanel(Part):
    """A titled form with Save and Cancel; what is refused is said at the field and stays as typed.

    A subclass adds its fields in groups and implements ``commit``, which gives the id of what was saved, or
    raises ``Refused`` with the key of the field that it concerns. Once it has called ``resume``, what is
    typed is in ``drafts`` a moment later, until it is saved or cancelled.

    ``given_up`` says that the user has cancelled what was typed, in a sentence, with what brings it back;
    that emits ``brought_back`` with what opens the form as it was.
    """

    saved = Signal(str)
    cancelled = Signal()
    of_the_moment: tuple[str, ...] = ()
    """The fields whose first value comes from the present instant: another day it would be another."""

    given_up = Signal(str, object)
    brought_back = Signal(object)

    def __init__(
        self,
        theme: Theme,
        drafts: DraftStore | None = None,
        *,
        scrolls: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.fields: dict[str, Field] = {}
        self._begun: dict[str, Any] = {}
        self._first = ""
        self._is_in_order = False
        self._grids: list[FormGrid] = []
        self._area: QScrollArea | None = None
        self._again: Callable[[], object] | None = None
        self.title = Heading("name")
        self.keeper = DraftKeeper(drafts, self.kept_fields, self.draft_title, self.of_the_moment)
        self.save_button = StrongButton("")
        self.cancel_button = QuietButton(_("Cancel"))
        self.message = Hint()
        self.message.setObjectName("refusal")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.S)
        self._buttons = FlowLayout(gap=Space.S)
        set_margins(self._buttons, 0, 0, Space.M if scrolls else 0, 0)
        self._arrange(scrolls)
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.cancel)
        self.cancelled.connect(self.keeper.forget)
        self.keeper.afresh.connect(self.start_afresh)

    def _arrange(self, scrolls: bool) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(Space.M)
        outer.addWidget(self.title)
        outer.addWidget(self.keeper)
        if scrolls:
            area = scroll_area(self.body, FittingArea())
            area.setAccessibleName(_("Form"))
            outer.addWidget(area)
            self._area = area
        else:
            outer.addLayout(self.body)
        outer.addWidget(self.message)
        self._buttons.addWidget(self.save_button)
        self._buttons.addWidget(self.cancel_button)
        outer.addLayout(self._buttons)
        if scrolls:
            outer.addStretch(1)  # the buttons follow the last field, and stay in sight of a longer form

    def add_button(self, label: str, name: str | None = None) -> QPushButton:
        """One more button, behind Save and Cancel."""
        button = QuietButton(label, name=name)
        self._buttons.addWidget(button)
        return button

    def grid(self, heading: str = "", label_width: int = LABEL_WIDTH) -> FormGrid:
        """A group of fields, below the others."""
        label = None
        if heading:
            label = as_heading(SectionLabel(heading), 3)
            label.setContentsMargins(0, Space.S, 0, 0)
            self.body.addWidget(label)
        grid = FormGrid(self.theme, label_width)
        grid.heading = label
        self.body.addLayout(grid)
        self._grids.append(grid)
        return grid

    def add(self, grid: FormGrid, key: str, field: Field, label: str | None = None) -> None:
        """Put a field into a group; its label is its name unless another is given."""
        self.fields[key] = field
        for changed in (field.edited, field.filled):
            changed.connect(self.keeper.touched)
        grid.add(field, "" if isinstance(field, CheckField) else label or field.name)

    @property
    def is_dirty(self) -> bool:
        """Whether anything was typed or chosen since the form was opened."""
        return any(field.dirty for field in self.kept_fields().values())

    def fill(self, values: dict[str, Any], first: str = "") -> None:
        """Show these values and forget what was refused before.

        The keyboard goes to the ``first`` field before: Orca never says one whose text changes before it has
        been told that the keyboard is there.
        """
        self._be_named()
        if first and self.isVisible():
            self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)
        for hint in self.findChildren(Hint):
            if not isinstance(hint.parentWidget(), Field):  # a field takes its refusal back itself
                hint.show_sentence("")
                hint.give_back_room()
        if self._area is not None:
            self._area.verticalScrollBar().setValue(0)
        self._begun = dict(values)
        self.keeper.close_form()
        for key, value in values.items():
            self.fields[key].begin_with(value)

    def kept_fields(self) -> Mapping[str, Field]:
        """The fields whose texts are kept."""
        return self.fields

    def begin_at(self, key: str) -> None:
        """Put the keyboard into that field; so does *Start over*."""
        self._first = key
        self.fields[key].begin_typing()

    def resume(self, key: str, again: Callable[[], object] | None = None) -> None:
        """Go on with what was typed under this key and never saved; from now on it is kept under it.

        ``again`` begins this form as it was begun now.

        A key of three parts, ``application/interview/<id>``, begins with what the id is of: with that, what
        was kept for it goes.
        """
        self._again = again
        if self.keeper.open(key):
            self.put_back()
        self._be_named()

    def move_draft(self, key: str, again: Callable[[], object]) -> None:
        """What is typed is about something else by now: it is kept under this key, and begun again so."""
        if self.keeper.key:
            self._again = again
            self.keeper.keep_for(key)

    def put_back(self) -> None:
        """Bring in line what depends on the fields, after they were changed by none of the user's keys."""

    def start_afresh(self) -> None:
        """Show what the form was opened with, and keep nothing of what was typed."""
        key, again = self.keeper.key, self._again
        self.keeper.forget()
        first = self._first or next(key for key, field in self.fields.items() if not field.isHidden())
        self.fill(self._begun, first)
        self.resume(key, again)
        self.put_back()
        self.begin_at(first)

    def _be_named(self) -> None:
        """Be named by what the form is about, which the window's title says, too."""
        title = self.draft_title()
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def draft_title(self) -> str:
        """How the form is named while it waits to be gone on with."""
        return self.title.full_text

    def set_aside(self) -> bool:
        """The form is left without being saved: what was typed is a draft; whether anything was."""
        return self.keeper.set_aside()

    def cancel(self) -> None:
        """Leave without saving, and tell what was typed and is not saved."""
        again, keep_again = self._again, self.keeper.another_chance() if self.is_dirty else None

        def bring_back() -> None:
            if keep_again is not None and again is not None:
                keep_again()
                self.brought_back.emit(again)

        title = self.draft_title()
        self.cancelled.emit()
        if keep_again is not None and again is not None:
            self.given_up.emit(*discarded(title, bring_back))

    def values(self) -> dict[str, Any] | None:
        """What the fields say; ``None`` if one was refused, which then has the focus and the reason."""
        found: dict[str, Any] = {}
        first: Field | None = None
        for field in self.fields.values():
            field.finish()
        for key, field in self.fields.items():
            field.clear_refusal()
            if field.isHidden():
                continue
            try:
                found[key] = field.value()
            except Refused as refusal:
                field.refuse(str(refusal))
                first = first or field
        if first is not None:
            go_to_refused(first)
            return None
        return found

    def commit(self, values: dict[str, Any]) -> str:
        """Store the values; gives the id of what was saved."""
        raise NotImplementedError

    def submit(self) -> bool:
        """Save, and tell whether it was accepted."""
        self._show_message("")
        self.keeper.flush()
        values = self.values()
        if values is None:
            return False
        try:
            saved = self.commit(values)
        except Refused as refusal:
            field = self.fields.get(refusal.field or "")
            if field is not None and field.isVisible():
                field.refuse(str(refusal))
                go_to_refused(field)
            else:
                self._show_message(str(refusal))
                QTimer.singleShot(0, self, lambda: bring_into_sight(self.message))
            return False
        for each in self.fields.values():
            each.dirty = False
        self.keeper.forget()
        self.saved.emit(saved)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QPushButton) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                focus.click()
            elif not isinstance(focus, QPlainTextEdit) or event.modifiers():
                self.submit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.set_aside()
            self.cancelled.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_in_order:
            self._put_buttons_last()
            self.theme.keep_fit(self, self._line_up)
        self._show_message("")
        self.message.give_back_room()

    def _line_up(self) -> None:
        """Have the fields of all groups begin at one place."""
        wide = max((grid.widest_label for grid in self._grids), default=0)
        for grid in self._grids:
            grid.begin_behind(wide)

    def _put_buttons_last(self) -> None:
        """Have the Tab key, and whoever is read the form, come to the buttons after the fields.

        The fields are made later; Qt goes by that.
        """
        self._is_in_order = True
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        buttons = [part for item in items if item is not None and (part := item.widget()) is not None]
        stops = [
            part
            for part in focus_chain(self)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus
            and self.isAncestorOf(part)
            and part not in buttons
        ]
        for before, button in zip((stops[-1], *buttons), buttons, strict=False):
            button.raise_()
            QWidget.setTabOrder(before, button)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.flush()

    def _show_message(self, sentence: str) -> None:
        self.message.show_sentence(sentence)


def go_to_refused(field: Field) -> None:
    """Put the keyboard on a field that was refused, and bring it into sight with the reason."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    QTimer.singleShot(0, field, lambda: show_refused(field))  # when the reason has its room


def show_refused(field: Field) -> None:
    """Bring a field into sight, and before all of it why it was refused; what is around it may still grow.

    Where there is no room for both, what has the keyboard is seen whole, and as much of the reason as there
    is room for.
    """
    bring_into_sight(field)

    def show() -> None:
        bring_into_sight(field.to_be_seen)
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton | QLineEdit) and field.isAncestorOf(focus):
            bring_into_sight(focus)

    QTimer.singleShot(0, field, show)


def bring_into_sight(part: QWidget) -> None:
    """Scroll whatever the part is in, so that it can be seen, once all has the room that it needs."""
    around: list[QWidget] = []
    outer = part.parentWidget()
    while outer is not None:
        around.append(outer)
        outer = outer.parentWidget()
    for each in reversed(around):
        if (layout := each.layout()) is not None:
            layout.activate()
    for each in around:
        if isinstance(each, QScrollArea):
            each.ensureWidgetVisible(part, 0, Space.S)


def small_print(text: str = "") -> Text:
    """A text in small type that wraps, and widens nothing around it."""
    label = Text(text, "small", wrap=True)
    let_shrink(label)
    return label


def at_the_left(part: QWidget) -> QHBoxLayout:
    """The part, which may be narrower than what it is in, and is as high as its texts in that width need."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(part, 1)
    line.addStretch(0)
    return line


def no_wider(theme: Theme, content: QVBoxLayout, width: int) -> QVBoxLayout:
    """The content at the left of what it is in; in pixels at the ordinary text size, it is no wider."""
    page = QWidget()
    page.setLayout(content)
    theme.keep_fit(page, lambda: page.setMaximumWidth(theme.px(width)))
    column = QVBoxLayout()
    column.addLayout(at_the_left(page))
    return column


def below(theme: Theme, buttons: QWidget, width: int) -> QVBoxLayout:
    """The buttons of a page with the margins of a view, in sight below the area in which the page scrolls."""
    line = QVBoxLayout()
    theme.set_margins(line, 24, 8, 12, 16)
    line.addWidget(buttons)
    return no_wider(theme, line, width)


class PageButtons(QWidget):
    """The buttons of a page that stand outside it: it gets the keys that they leave alone."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        QCoreApplication.sendEvent(self._page, event)


def scrolled_page(theme: Theme, content: QVBoxLayout, width: int) -> QScrollArea:
    """A page with the margins of a view that scrolls; in pixels at the ordinary text size, it is no wider."""
    content.setContentsMargins(0, 0, 0, 0)
    content.addStretch(1)
    column = no_wider(theme, content, width)
    theme.set_margins(column, 24, 18, 12, 24)
    return scroll_area(column)


class FittingArea(ContentArea):
    """An area as high as its content where there is room, and lower, scrolling, where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """The height of the content in the present width."""
        hint = super().sizeHint()
        if self.widget() is None:
            return hint
        return QSize(hint.width(), self.content_height(self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the texts may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _LeastHeightPage(QWidget):
    """What scrolls only where even its least height has no room: parts of it scroll themselves."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1


def scroll_area(
    content: QVBoxLayout,
    area: QScrollArea | None = None,
    *,
    stretches: bool = False,
    shrinks: bool = False,
) -> QScrollArea:
    """A frameless area, a new one unless it is given, that scrolls its content up and down, never sideways.

    The content stands at the top, unless it ``stretches`` over what room there is. One that ``shrinks`` gets
    as low as it can before it scrolls: that is for content with a part that scrolls itself.
    """
    area = area or QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = _LeastHeightPage() if shrinks else QWidget()
    inner.setProperty("ground", "window")
    frame = QVBoxLayout(inner)
    set_margins(frame, 0, 0, Space.M, 0)
    frame.addLayout(content, 1 if stretches else 0)
    if not stretches:
        frame.addStretch(1)
    area.setWidget(inner)
    return area
