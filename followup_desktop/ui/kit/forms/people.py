"""Choosing people: those who are known, and new ones by name and email."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from followup_desktop.domain.checks import clean_name
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.capture.contact_checks import check_email
from followup_desktop.services.capture.matching import same_words
from followup_desktop.services.wording.facts import contact_words
from followup_desktop.ui.kit.forms.field import Field, LineEdit, mark_refused
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button

_ID_ROLE = Qt.ItemDataRole.UserRole
_NAME_ROLE = _ID_ROLE + 1
NEW = "new:"
"""So begin the ids of people who are added with the form, until it is saved."""


_ADDRESS = 200
"""So wide is an email address that can be read while it is typed, in pixels at the ordinary text size."""


class PeopleField(Field):
    """A list to tick people in, and a line to add somebody who is not in it.

    Who is added is not stored: the form does that with all the rest. ``added`` tells of the person.
    """

    added = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        self.list = QListWidget()
        self._theme = theme
        self._new: dict[str, Contact] = {}
        self._words = contact_words()
        super().__init__(name, self.list, parent)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._touch)
        self.name_line = LineEdit()
        self.name_line.setAccessibleName(_("New person's name"))
        self.name_line.ask_for(self._words["name"].label)
        self.email_line = LineEdit()
        self.email_line.setAccessibleName(_("New person's email"))
        self.email_line.ask_for(self._words["email"].label)
        self.email_line.run_from_left()
        for line in (self.name_line, self.email_line):
            line.textEdited.connect(self._touch)
        self._refused_at: QWidget = self.list
        self.email_line.editingFinished.connect(self._check_email)
        self.add_button = Button(_("Add"), name=_("Add person"))
        self.add_button.clicked.connect(self._add)
        below = QHBoxLayout()
        below.setSpacing(Space.XS)
        below.addWidget(self.email_line, 1)
        below.addWidget(self.add_button)
        self._adding = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._adding.setSpacing(Space.XS)
        self._adding.addWidget(self.name_line, 1)
        self._adding.addLayout(below, 1)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(1, self._adding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the name above the email where there is no room for both beside each other."""
        super().resizeEvent(event)
        half = (self.width() - Space.XS) // 2
        email = half - Space.XS - self.add_button.sizeHint().width()
        fits = self.name_line.has_room_in(half) and email >= self._theme.px(_ADDRESS)
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._adding.setDirection(way)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the list as high as its rows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    @property
    def is_adding(self) -> bool:
        """Whether a new person is being typed, so that Enter means Add."""
        return bool(self.name_line.text().strip()) and (
            self.name_line.hasFocus() or self.email_line.hasFocus()
        )

    def set_people(self, people: Sequence[Contact]) -> None:
        """Offer these people, in this order, and then those who were added here."""
        self.list.blockSignals(True)
        self.list.clear()
        for person in (*people, *self._new.values()):
            self._append(person, ticked=False)
        self.list.blockSignals(False)
        self._fit()

    def add_person(self, person: Contact, *, ticked: bool = True) -> None:
        """Offer one more, ticked where the name was typed; who typed it can go on with the next."""
        if person.id.startswith(NEW):
            if person.id in self._new:
                return
            self._new[person.id] = person
        self._append(person, ticked=ticked)
        self._fit()
        if not ticked:
            return
        if self.is_adding:
            self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._empty_lines()
        self._touch()

    def new_people(self) -> tuple[Contact, ...]:
        """The people who were added here and are ticked, under ids that aren't theirs yet."""
        ticked = self.value()
        return tuple(person for person in self._new.values() if person.id in ticked)

    def finish_adding(self) -> None:
        """Add the person who was typed and not added yet, if there is one; raises ``Refused``."""
        if self.name_line.text().strip() or self.email_line.text().strip():
            self._ask()
            if self.refusal:
                raise Refused(self.refusal, self.name)

    def value(self) -> Any:
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(_ID_ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_value(self, value: Any) -> None:
        wanted = tuple(value or ())
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setCheckState(
                Qt.CheckState.Checked if item.data(_ID_ROLE) in wanted else Qt.CheckState.Unchecked
            )
        self.list.blockSignals(False)

    def _empty_lines(self) -> None:
        """Take out what was typed; a line that is empty already tells a reader of the screen of no change."""
        for line in (self.name_line, self.email_line):
            if line.text():
                line.clear()

    def set_value(self, value: Any) -> None:
        self._empty_lines()
        self._forget_new()
        super().set_value(value)

    def typed(self) -> str:
        """Who is ticked, whoever is being typed, and who was added, as text."""
        added = [[person.id, person.name, person.email] for person in self._new.values()]
        return json.dumps([self.value(), self.name_line.text(), self.email_line.text(), added])

    def type_again(self, text: str) -> None:
        try:
            ticked, name, email, *rest = json.loads(text)
            for known_as, new_name, new_email in rest[0] if rest else ():
                self.add_person(Contact(id=str(known_as), name=str(new_name), email=str(new_email)))
            self.show_value(ticked)
        except (ValueError, TypeError):
            return
        self.name_line.setText(str(name))
        self.email_line.setText(str(email))
        self.dirty = True

    def _forget_new(self) -> None:
        self.list.blockSignals(True)
        for row in reversed(range(self.list.count())):
            if self.list.item(row).data(_ID_ROLE) in self._new:
                self.list.takeItem(row)
        self.list.blockSignals(False)
        self._new.clear()
        self._fit()

    def _append(self, person: Contact, *, ticked: bool) -> None:
        item = QListWidgetItem(with_dots((person.name, person.title or person.email)))
        item.setData(_ID_ROLE, person.id)
        item.setData(_NAME_ROLE, person.name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _add(self) -> None:
        """Add whoever was typed, and have the keyboard where the next one is, or what is refused."""
        self._ask()
        wanted = self._refused_at if self.refusal else self.name_line
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        try:
            name = clean_name(self.name_line.text(), self._words["name"].label)
        except Refused as refusal:
            self._refuse_at(self.name_line, str(refusal))
            return
        if self._check_email():
            self.clear_refusal()
            email = check_email(self.email_line.text(), self._words["email"].label)
            known = self._row_of(name) if not email else None
            if known is not None:  # nobody is added twice
                known.setCheckState(Qt.CheckState.Checked)
                self._empty_lines()
                return
            person = Contact(id=f"{NEW}{uuid4().hex}", name=name, email=email)
            self.add_person(person)
            self.added.emit(person)

    def _row_of(self, name: str) -> QListWidgetItem | None:
        """The row of somebody of that name who isn't ticked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return next(
            (
                row
                for row in rows
                if same_words(row.data(_NAME_ROLE), name) and row.checkState() == Qt.CheckState.Unchecked
            ),
            None,
        )

    def _check_email(self) -> bool:
        """Whether the address of a new person is one; what is not is said below."""
        try:
            check_email(self.email_line.text(), self._words["email"].label)
        except Refused as refusal:
            self._refuse_at(self.email_line, str(refusal))
            return False
        return True

    def _refuse_at(self, line: QWidget, sentence: str) -> None:
        self.clear_refusal()
        self._refused_at = line
        self.refuse(sentence)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802
        """Put the keyboard on the list, or on the line that was refused."""
        if self.refusal and self._refused_at is not self.list:
            self._refused_at.setFocus(reason)
        else:
            super().setFocus(reason)

    def refuse(self, sentence: str) -> None:
        super().refuse(sentence)
        self._refused_at.setAccessibleDescription(sentence)

    def clear_refusal(self) -> None:
        super().clear_refusal()
        self._refused_at.setAccessibleDescription("")
        self._refused_at = self.list

    def _mark(self, *, refused: bool) -> None:
        mark_refused(self._refused_at, refused=refused)

    def _fit(self) -> None:
        rows = min(self.list.count(), 5)
        height = sum(self.list.sizeHintForRow(row) for row in range(rows))
        self.list.setFixedHeight(height + self._theme.px(8))
        self.list.setVisible(rows > 0)
        # A field that hands the keyboard to a list that is not shown would hold Tab back for good.
        self.setFocusProxy(self.list if rows else self.name_line)
