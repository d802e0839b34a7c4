"""Adding an application: employer and role are enough, and a pasted posting suggests them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _, format_series
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.capture.postings import PostingGuess, Trust, read_posting
from followup_desktop.ui.applications.duplicate_hint import LookAlikes
from followup_desktop.ui.applications.suggestions import SuggestionLine
from followup_desktop.ui.kit.forms.checked_fields import link_field
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, LineField, NotesField, TextField
from followup_desktop.ui.kit.forms.panel import FormPanel, Grid, let_shrink
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.plain import tool_tip

NEW_APPLICATION = "new-application"
"""The key of the draft."""

_PAUSE_MS = 150
_EMPTY = {
    "employer": "",
    "role": "",
    "stage": Stage.SAVED,
    "applied_on": None,
    "url": "",
    "location": "",
    "closes_on": None,
}
_SUGGESTED = ("employer", "role", "location", "closes_on", "url")


class QuickAdd(FormPanel):
    """The form behind Add application; ``open_wanted`` asks for an application that is there already.

    What a pasted posting states is filled in where the user has written nothing; what it may mean stands
    below the field, to be taken with a key. Ctrl+Enter saves and begins another.
    """

    open_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, parent=parent)
        self._context = context
        self._filled: set[str] = set()
        """The fields that say what the posting states, as far as it is known."""
        self.title.show_text(_("New application"))
        self.save_button.setText(_("Save application"))
        self.save_button.setAccessibleName(_("Save application"))
        self.another_button = self.add_button(_("Save, add another"), name=_("Save and add another"))
        self.another_button.setToolTip(tool_tip(_("Ctrl+Enter")))
        self.another_button.clicked.connect(self.save_and_begin_another)
        self.posting = NotesField(
            _("Posting text or address"), lines=2, hint=_("Paste it here, if you have it")
        )
        self.keep_text = CheckField(_("Keep this text in the notes"))
        self.suggestions = {key: SuggestionLine() for key in _SUGGESTED}
        self.told = Text("", "small", wrap=True)
        self.alike = LookAlikes(context)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_PAUSE_MS)
        self._add_fields()
        self._connect()

    def begin(self) -> None:
        """Start with an empty form, ready to type; or go on with the one that was not saved."""
        self.fill(dict(_EMPTY))
        self.resume(NEW_APPLICATION, self.begin)
        self.put_back()
        self.fields["employer"].setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, values: dict[str, Any]) -> None:
        """Show these values, and no posting."""
        super().fill(values)
        self.posting.begin_with("")
        self.keep_text.begin_with(True)
        self._filled = set()

    def kept_fields(self) -> Mapping[str, Field]:
        """The posting is kept as well."""
        return {**self.fields, "posting": self.posting, "keep_text": self.keep_text}

    def put_back(self) -> None:
        """Read the posting, and look for what is there already."""
        self._has_applied()
        self._read_posting()
        self._find_alike()

    def draft_title(self) -> str:
        """With the employer, as far as it was typed."""
        employer = self.fields["employer"].typed().strip() if self.fields else ""
        if not employer:
            return super().draft_title()
        return _("New application at {employer}").format(employer=employer)

    def commit(self, values: dict[str, Any]) -> str:
        text = self.posting.value()
        if not self.keep_text.isHidden() and self.keep_text.value():
            values = {**values, "notes": text}
        done = self._context.tracker.add_application(**values)
        self.posting.dirty = False
        self._context.show_status(
            done.notice
            or _("Added {role} at {employer}").format(role=values["role"], employer=values["employer"])
        )
        return done.id or ""

    def save_and_begin_another(self) -> None:
        """Save, and stay with an empty form; what is refused stays as it is."""
        with QSignalBlocker(self):  # nobody is to turn to what was saved
            saved = self.submit()
        if saved:
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and begins another; the rest as in every form."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_and_begin_another()
            event.accept()
        else:
            super().keyPressEvent(event)

    # Building

    def _add_fields(self) -> None:
        context, words = self._context, self._context.wording.labels.facts
        grid = self.grid()
        grid.add(self.posting, _("Posting"))
        grid.add(self.keep_text)
        grid.add(self.told)
        let_shrink(self.told)
        self._add(grid, "employer", TextField(words["employer"].label, required=True))
        self._add(grid, "role", TextField(words["role"].label, required=True))
        self.body.addWidget(self.alike)
        grid = self.grid()
        self._stage = ChoiceField(words["stage"].label, words["stage"].choices.items())
        self.add(grid, "stage", self._stage)
        hint = _("if you have, a date")
        self._applied_on = DateField(
            words["applied_on"].label, context.today, Direction.LAST, hint=hint
        ).with_calendar(context.theme)
        self.add(grid, "applied_on", self._applied_on)
        closes = DateField(words["closes_on"].label, context.today, hint=_("a date")).with_calendar(
            context.theme
        )
        self._add(grid, "closes_on", closes)
        self._add(grid, "location", TextField(words["location"].label))
        self._add(grid, "url", link_field(words["url"].label))

    def _add(self, grid: Grid, key: str, field: LineField) -> None:
        self.add(grid, key, field)
        line = self.suggestions[key]
        grid.add(line)
        line.taken.connect(lambda value: self._take(key, value))

    def _connect(self) -> None:
        self.fields["applied_on"].edited.connect(self._has_applied)
        self.posting.edited.connect(self._read_posting)
        for field in (self.posting, self.keep_text):
            field.edited.connect(self.keeper.touched)
        self._look.timeout.connect(self._find_alike)
        for key in _SUGGESTED:
            self.fields[key].edited.connect(self._tell)
        for key in ("employer", "role", "url"):
            self.fields[key].edited.connect(self._look.start)
        for key in ("employer", "role"):
            self.fields[key].edited.connect(lambda key=key: self._pasted_here(key))
        self.alike.open_wanted.connect(self.open_wanted)

    # The posting

    def _pasted_here(self, key: str) -> None:
        """A whole posting, or an address, that lands in a line for a name belongs above."""
        text = self.fields[key].typed()
        if "\n" in text.strip() or text.startswith(("http://", "https://")):
            self.fields[key].fill_in("")
            self.posting.fill_in(text)
            self._read_posting()

    def _read_posting(self) -> None:
        text = self.posting.typed()
        guess = read_posting(text, self._context.today())
        for key in _SUGGESTED:
            self._suggest(key, guess)
        self.keep_text.setVisible("\n" in text.strip())
        self._tell()
        self._look.start()

    def _tell(self) -> None:
        """Name the fields that say what the posting states, as long as they do."""
        names = format_series(self.fields[key].name for key in _SUGGESTED if self._is_from_posting(key))
        self.told.setText(_("Filled in from the posting: {fields}.").format(fields=names))
        self.told.setVisible(bool(names))

    def _suggest(self, key: str, guess: PostingGuess) -> None:
        """Fill the field in where the posting states it, and offer what else it may be."""
        best, field = guess.best(key), self.fields[key]
        stated = best.value if best is not None and best.trust is Trust.STATED else None
        if self._is_free(key):
            if stated is not None and stated != field.kept:
                field.fill_in(stated)
                self._filled.add(key)
            elif self._is_from_posting(key):
                field.fill_in(_EMPTY[key])
        taken = stated if self._is_from_posting(key) else None
        self.suggestions[key].offer(field.name, [each.value for each in guess.of(key) if each.value != taken])

    def _is_free(self, key: str) -> bool:
        """Whether the field is empty, or says what was filled in before and not touched since."""
        return not self.fields[key].typed().strip() or self._is_from_posting(key)

    def _is_from_posting(self, key: str) -> bool:
        """Whether the field says what the posting stated, and the user has left it so."""
        return key in self._filled and self.fields[key].is_filled_in and bool(self.fields[key].typed())

    def _take(self, key: str, value: Any) -> None:
        self._filled.discard(key)
        self.fields[key].fill_in(value)
        self._tell()
        self.fields[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.suggestions[key].offer(self.fields[key].name, [])
        self._look.start()

    # What is there already

    def _find_alike(self) -> None:
        self.alike.look_for(*(self.fields[key].typed() for key in ("employer", "role", "url")))

    def _has_applied(self) -> None:
        # Whoever writes a day until today on which they applied has applied; a stage chosen by hand stays.
        day = self._applied_on.meaning()
        has_applied = day is not None and day <= self._context.today()
        is_ours = not self._stage.dirty or self._stage.is_filled_in
        if is_ours:
            self._stage.fill_in(Stage.APPLIED if has_applied else Stage.SAVED)
        moved = has_applied and is_ours
        applied = self._context.wording.labels.stages[Stage.APPLIED]
        self._applied_on.remark(_("The stage is now {stage}.").format(stage=applied) if moved else "")
