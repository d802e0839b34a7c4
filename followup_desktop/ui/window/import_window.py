"""Another program's file, before it is imported: what it was taken for, what is open, and every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.i18n import _, format_number, ngettext, pgettext
from followup_desktop.services.transfer.document import Question, QuestionTopic
from followup_desktop.services.transfer.placing import NEW
from followup_desktop.services.transfer.preview import (
    Preview,
    PreviewRow,
    answered,
    choices_for,
    with_column,
    with_new_application,
    with_people,
)
from followup_desktop.services.transfer.report_words import field_choices
from followup_desktop.ui.kit.dialogs import room_for
from followup_desktop.ui.kit.forms.panel import FormGrid, scroll_area, small_print
from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button, Disclosure, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import SectionLabel, Text, as_heading, named
from followup_desktop.ui.kit.widgets.combo import NamedCombo
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.rows_table import RowsTable
from followup_desktop.ui.window.invitation_answers import NewApplicationFields, PeopleBoxes

_WIDTH, _HEIGHT = 760, 560
_ANSWERS_HEIGHT, _INVITATION_HEIGHT = 210, 290
_LABEL_WIDTH, _ROW_HEIGHT, _LEAST_ROWS = 230, 30, 4
_ROWS_MEASURED = 100
"""The widths of the columns for what changes and where it stands go by so many rows."""
_LEAST_COLUMN = 120
"""The least width of a column, in pixels at the ordinary text size: two or three words."""
_MOST_QUESTIONS = 40
_ENTRY = 1
"""The column of what would change, as wide as it needs for an invitation."""

Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """The rows, each with a tick that says whether it is imported."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PreviewRow] = ()
        self._with_places = True
        self.left_out: set[str] = set()
        """The places of those that the user doesn't want."""
        self._open: frozenset[str] = frozenset()
        """The places of those that are left out unless the user wants them."""

    def set_rows(
        self, rows: Sequence[PreviewRow], *, with_places: bool, left_out: Collection[str] = ()
    ) -> None:
        """Show these rows, ticked but for those at some places, and perhaps where each stands in the file."""
        self.beginResetModel()
        self._with_places = with_places
        self._rows = rows
        self.left_out = set(left_out)
        self._open = frozenset(left_out)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """What would become of it, the entry, why, and where it stands."""
        return 0 if parent.isValid() else 4 if self._with_places else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            pgettext("a column: what would change", "Change"),
            _("Entry"),
            _("Details"),
            pgettext("in a file", "Place"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; what sets a stage back or restores from the trash stands out."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (self.change_of(index), row.entry, row.why, row.place)[index.column()].replace("\n", " ")
        if role == Qt.ItemDataRole.CheckStateRole and self._is_ticked(index):
            return Qt.CheckState.Unchecked if row.place in self.left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.FontRole and row.warns:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _is_ticked(self, index: Index) -> bool:
        """Whether the cell has a tick, set or not."""
        row = self._rows[index.row()]
        return index.column() == 0 and (row.can_be_left_out or row.place in self._open)

    def change_of(self, index: Index) -> str:
        """What becomes of a row as it is ticked."""
        row = self._rows[index.row()]
        return pgettext("what an import did", "left out") if row.place in self.left_out else row.change

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take the tick off a row, or set it again."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        place = self._rows[index.row()].place
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.left_out.discard(place)
        else:
            self.left_out.add(place)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first cell of a row that can be left out is ticked there."""
        found = super().flags(index)
        if self._is_ticked(index):
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found


class _ChangeCell(QStyledItemDelegate):
    """A cell with a tick, whose word has room: Qt measures it some pixels too short."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * option.fontMetrics.averageCharWidth(), hint.height())


class ImportWindow(QDialog):
    """Shows what an import would do. ``asked`` gives answers to read it by, ``wanted`` asks to import it.

    ``saving`` asks to write the rows that are left out to a file. Nothing is changed before ``wanted``.
    """

    asked = Signal(object)
    wanted = Signal(object)
    saving = Signal()

    def __init__(self, theme: Theme, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Import {file}").format(file=preview.name))
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room_for(self)))
        self._theme = theme
        self._has_begun = False
        self.preview = preview
        self.combos: dict[str, NamedCombo] = {}
        self.people: dict[str, PeopleBoxes] = {}
        """By the ``UID`` of the event."""
        self.new_applications: list[NewApplicationFields] = []
        self.title = as_heading(Text("", "name", wrap=True), 1)
        self.summary = Text("", wrap=True)
        self.model = PreviewModel(self)
        self.table = self._table()
        self.model.dataChanged.connect(self._announce_change)
        self.answers = QScrollArea()
        self.answers.setWidgetResizable(True)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns_button = Disclosure(_("Columns and stages…"), look="quiet")
        self.columns_button.toggled.connect(lambda _on: self._show_answers())
        self.import_button = StrongButton(_("Import"))
        self.import_button.setDefault(True)  # Enter, wherever the keyboard is
        self.save_button = Button(_("Save rows left out…"))
        self.cancel_button = QuietButton(_("Cancel"), name=_("Cancel the import"))
        self.import_button.clicked.connect(self._import)
        self.save_button.clicked.connect(self.saving)
        self.cancel_button.clicked.connect(self.close)
        self._lay_out()
        self.show_preview(preview)

    def show_preview(self, preview: Preview) -> None:
        """Show the file as it is read now."""
        self.preview = preview
        is_invitation = preview.is_invitation
        self.title.setText(
            preview.title
            if is_invitation
            # Translators: a file, and what it is: “people.vcf: Address book”.
            else _("{file}: {format}").format(file=preview.name, format=preview.title)
        )
        # What isn't shown isn't in the model, or it would be read out.
        self.model.set_rows(preview.rows, with_places=not is_invitation, left_out=preview.held_back)
        modes = QHeaderView.ResizeMode
        self.table.horizontalHeader().setSectionResizeMode(
            _ENTRY, modes.ResizeToContents if is_invitation else modes.Stretch
        )
        self._sum_up()
        self.columns_button.setVisible(bool(preview.columns))
        self.import_button.setEnabled(preview.is_ready)
        self._show_answers()

    def _sum_up(self) -> None:
        self.summary.setText(self.preview.summary(self.model.left_out))
        self.save_button.setVisible(self.preview.can_save(self.model.left_out))
        self.table.setAccessibleDescription(self.summary.text())  # heard as the window opens

    def _announce_change(self, index: QModelIndex) -> None:
        """Say what becomes of the row whose tick was taken off or set again, and sum up anew."""
        self._sum_up()
        entry = self.model.index(index.row(), _ENTRY).data()
        announce(self.table, named(self.model.change_of(index), entry))

    def _table(self) -> RowsTable:
        table = RowsTable(self._theme, self.model, _ROW_HEIGHT)
        table.setAccessibleName(_("Rows of the file"))
        table.setItemDelegateForColumn(0, _ChangeCell(table))
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        # Where text is large, no column is squeezed to a few letters: the table scrolls.
        self._theme.keep_fit(header, lambda: header.setMinimumSectionSize(self._theme.px(_LEAST_COLUMN)))
        modes = QHeaderView.ResizeMode
        for column, mode in enumerate(
            (modes.ResizeToContents, modes.Stretch, modes.Stretch, modes.ResizeToContents)
        ):
            header.setSectionResizeMode(column, mode)
        return table

    def _show_answers(self) -> None:
        """The questions that are open, or all columns, each with what was taken for its answer."""
        focused = self.focusWidget()
        is_within = focused is not None and self.answers.isAncestorOf(focused)
        had_keyboard = focused.accessibleName() if focused is not None and is_within else ""
        shown = QWidget()
        column = QVBoxLayout(shown)
        set_margins(column, 0, 0, Space.S, 0)
        grid = FormGrid(self._theme, label_width=_LABEL_WIDTH)
        self.combos, self.people, self.new_applications = {}, {}, []
        preview = self.preview
        if self.columns_button.isChecked():
            for each in preview.columns:
                answer = partial(with_column, preview.answers, each.heading)
                self._add(grid, each.heading, field_choices(), each.field, answer)
            for question in preview.taken[:_MOST_QUESTIONS]:
                self._add_question(grid, question)
        else:
            for question in preview.questions[:_MOST_QUESTIONS]:
                self._add_question(grid, question)
        column.addLayout(grid)
        more = len(preview.questions) - _MOST_QUESTIONS
        if more > 0 and not self.columns_button.isChecked():
            text = ngettext(
                "{n} more word is taken as shown below.", "{n} more words are taken as shown below.", more
            )
            column.addWidget(small_print(text.format(n=format_number(more))))
        column.addStretch(1)
        self.answers.setWidget(shown)
        self._fit_answers()
        self.answers.setVisible(bool(self.combos or self.people))
        if had_keyboard:
            self._give_keyboard(had_keyboard)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the answers their room: with its look, an answer is higher. Then put the keyboard to work."""
        super().showEvent(event)
        self._fit_answers()
        if not self._has_begun:
            self._has_begun = True
            self._begin()

    def _begin(self) -> None:
        """Begin with what must be answered, or with the first row: else nothing of either is read out."""
        parts = [] if self.preview.is_ready else self.answers.findChildren(QWidget)
        open_ones = (part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next(open_ones, self.table)
        if first is self.table:
            self.table.setCurrentIndex(self.model.index(0, 0))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_answers(self) -> None:
        shown = self.answers.widget()
        if shown is None:
            return
        for part in shown.findChildren(QWidget):
            part.ensurePolished()
        most = _INVITATION_HEIGHT if self.preview.is_invitation else _ANSWERS_HEIGHT
        room = min(self._theme.px(most), self.height() // 2)
        layout = shown.layout()
        if layout is not None:
            layout.invalidate()
        width = self.answers.viewport().width()
        wanted = layout.totalHeightForWidth(width) if layout is not None else shown.sizeHint().height()
        self.answers.setFixedHeight(max(0, min(wanted, room)))

    def _add_question(self, grid: FormGrid, question: Question) -> None:
        answers = self.preview.answers
        if question.asked is QuestionTopic.PEOPLE:
            boxes = PeopleBoxes(question)
            boxes.chosen.connect(
                lambda people: self.asked.emit(with_people(answers, question, people)),
                Qt.ConnectionType.QueuedConnection,  # the boxes are made anew then
            )
            grid.add(boxes, question.text)
            self.people[question.about] = boxes
            return
        self._add(
            grid,
            question.text,
            choices_for(self.preview, question),
            question.guess,
            partial(answered, answers, question),
        )
        if question.asked is QuestionTopic.APPLICATION and question.guess == NEW:
            fields = NewApplicationFields(question)
            fields.typed.connect(self._take_typed, Qt.ConnectionType.QueuedConnection)
            grid.add(fields)
            self.new_applications.append(fields)

    def _take_typed(self) -> None:
        """Read the file by the new applications as they are typed now."""
        answers = self.preview.answers
        for fields in self.new_applications:
            answers = with_new_application(answers, fields.question, *fields.values())
        if any(fields.is_open for fields in self.new_applications):
            self.asked.emit(answers)

    def _import(self) -> None:
        self._take_typed()
        if self.preview.is_ready:
            self.wanted.emit(frozenset(self.model.left_out))

    def _give_keyboard(self, name: str) -> None:
        """Put the keyboard into the answer of that name, where it was before the answers were made anew."""
        for part in self.answers.findChildren(QWidget):
            if part.accessibleName() == name and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _add(self, grid: FormGrid, label: str, choices: Mapping[str, str], taken: str, answer: Any) -> None:
        if not choices:
            return
        combo = NamedCombo()
        combo.setAccessibleName(label)
        if taken not in choices:
            combo.addItem(_("Choose…"), None)
        for value, text in choices.items():
            combo.addItem(text, value)
        combo.setCurrentIndex(max(0, combo.findData(taken)))
        values = [combo.itemData(place) for place in range(combo.count())]
        combo.activated.connect(
            lambda place: self._answer(values[place], answer),
            Qt.ConnectionType.QueuedConnection,  # its list is still closing, and it is made anew then
        )
        grid.add(combo, label)
        self.combos[label] = combo

    def _answer(self, value: str | None, answer: Any) -> None:
        if value is not None:
            self.asked.emit(answer(value))

    def _lay_out(self) -> None:
        buttons = FlowLayout(gap=Space.S)
        for button in (self.import_button, self.cancel_button, self.save_button, self.columns_button):
            buttons.addWidget(button)
        self.table.setMinimumHeight(self._theme.px(_LEAST_ROWS * _ROW_HEIGHT))
        page = QVBoxLayout()
        page.setSpacing(Space.S)
        page.addWidget(self.title)
        page.addWidget(self.answers)
        page.addWidget(SectionLabel(_("What will change")))
        page.addWidget(self.summary)
        page.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        set_margins(column, Space.L, Space.L, Space.XS, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(scroll_area(page, stretches=True), 1)
        set_margins(buttons, 0, 0, Space.M, 0)
        column.addLayout(buttons)
