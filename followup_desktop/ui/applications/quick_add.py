"""Adding an application: paste its posting, look over what was read in it, and save; or just type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.facts import facts_of
from followup_desktop.domain.model import Application, Stage
from followup_desktop.domain.notes import join_notes
from followup_desktop.i18n import _, format_list
from followup_desktop.services.capture.postings import PostingGuess, read_posting
from followup_desktop.services.wording.facts import FactWords
from followup_desktop.ui.applications.duplicate_hint import LookAlikes
from followup_desktop.ui.applications.known_field import KnownField
from followup_desktop.ui.applications.suggestions import SuggestionLine
from followup_desktop.ui.kit.commands.command import native
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.fact_fields import FactFieldMaker
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField
from followup_desktop.ui.kit.forms.panel import FormGrid, FormPanel
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

NEW_APPLICATION = "new-application"
"""The key of the draft."""

_PAUSE_MS = 150
_AREA_LINES = 4
_NAMES = ("employer", "role")
_SUMMARY = ("location", "salary", "closes_on", "url", "source")
_DETAILS = ("stage", "applied_on")
_SUGGESTED = (*_NAMES, *_SUMMARY)
_KNOWN = frozenset({"employer", "location", "source"})
"""What others may have too: their texts are offered."""
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(_SUGGESTED, ""),
    "closes_on": None,
    "stage": Stage.SAVED,
    "applied_on": None,
}


class QuickAdd(FormPanel):
    """The form behind Add application; ``open_wanted`` asks for an application that is there already.

    ``added_before_another`` names what was saved while the form goes on with another.

    What is read in a posting is filled in where the user has written nothing, and marked; what else it may
    mean stands below the field, to be taken with a key. Enter saves, in the posting too once something was
    read there; Ctrl+Enter saves and begins another.
    """

    open_wanted = Signal(str)
    added_before_another = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, parent=parent)
        self._context = context
        self._guess = read_posting("", context.days.today())
        self._filled: set[str] = set()
        self._added = ""
        self._typed: dict[str, str] = {}
        """What stood in the lines for names before the last key."""
        self.title.show_text(_("New application"))
        self.save_button.setText(_("Save application"))
        self.save_button.setAccessibleName(_("Save application"))
        self.another_button = self.add_button(_("Save, add another"))
        set_tool_tip(self.another_button, native("Ctrl+Enter"))
        self.another_button.clicked.connect(self.save_and_begin_another)
        self.posting = NotesField(
            _("Posting text or address"),
            lines=_AREA_LINES,
            hint=_("Paste or drop the posting, its address or an email here. Or just type below."),
        )
        self.posting.text.setAcceptDrops(False)  # the window takes what is dropped, files too
        self.posting.text.viewport().setAcceptDrops(False)
        self.posting.text.installEventFilter(self)
        self.keep_text = CheckField(_("Keep this text"))
        self.suggestions: dict[str, SuggestionLine] = {}
        self.alike = LookAlikes(context)
        self.applied_today = CheckField(_("I applied today"))
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_PAUSE_MS)
        self._add_fields()
        self._connect()

    def begin(self, posting: str = "", employer: str = "") -> None:
        """Start with an empty form, ready to type, or go on with the one that was not saved.

        A ``posting`` takes the place of the one before, and is read; an ``employer`` is filled in where none
        was typed.
        """
        new = _("New application at {employer}").format(employer=employer)
        self.title.show_text(new if employer else _("New application"))
        self.fill(dict(_EMPTY), "role" if employer else "employer")
        self.resume(NEW_APPLICATION, self.begin)
        self.put_back()
        if posting:
            self.posting.fill_in(posting)
            self._read_posting()
            self.keeper.touched()
        if employer and not self.fields["employer"].typed().strip():
            self.fields["employer"].fill_in(employer)
            self.keeper.touched()
            self.fields["role"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._first_to_write().begin_typing()

    def fill(self, values: dict[str, Any], first: str = "") -> None:
        """Show these values, and no posting."""
        super().fill(values, first)
        self.posting.begin_with("")
        self.keep_text.begin_with(True)
        self._filled = set()

    def kept_fields(self) -> Mapping[str, Field]:
        """The posting is kept as well."""
        return {**self.fields, "posting": self.posting, "keep_text": self.keep_text}

    def put_back(self) -> None:
        """Read the posting, and look for what is there already.

        What comes back and is just what the posting says was filled in from it.
        """
        self._has_applied()
        guess = read_posting(self.posting.typed(), self._context.days.today())
        for key in _SUGGESTED:
            proposed, field = guess.proposed(key), self.fields[key]
            if proposed is not None and field.dirty and _means(field) == proposed.value:
                field.is_filled_in = True
                self._filled.add(key)
        self._read_posting()
        for line in self.suggestions.values():
            line.give_back_room()
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
            values = {**values, "notes": join_notes("", text)}
        done = self._context.tracker.add_application(**values)
        self.posting.dirty = False
        added = _("Added {role} at {employer}").format(role=values["role"], employer=values["employer"])
        self._context.show_done(added, done)
        self._added = done.id or ""
        return self._added

    def save_and_begin_another(self) -> None:
        """Save, and stay with an empty form; what is refused stays as it is."""
        with QSignalBlocker(self):  # nobody is to turn to what was saved
            saved = self.submit()
        if saved:
            self.added_before_another.emit(self._added)
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and begins another; the rest as in every form."""
        if _is_enter(event) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_and_begin_another()
            event.accept()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a posting in which something was read saves; until then it begins a line."""
        is_plain_enter = (
            watched is self.posting.text
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and _is_enter(event)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        )
        if is_plain_enter and self._filled:
            self.submit()
            return True
        return super().eventFilter(watched, event)

    # Building

    def _add_fields(self) -> None:
        words = self._context.wording.labels.facts
        maker = FactFieldMaker(self._context.days, self._context.theme)
        facts = {fact.name: fact for fact in facts_of(Application)}
        made = {
            key: self._known_field(key, words[key], required=facts[key].required)
            if key in _KNOWN
            else maker.field(facts[key], words[key])
            for key in (*_SUGGESTED, *_DETAILS)
        }
        made["role"].ask_for("")  # its label says it
        grid = self.grid()
        grid.add(self.posting, _("Posting"))
        grid.add(self.keep_text)
        for key in _NAMES:
            self._add(grid, key, made[key])
        self.body.addWidget(self.alike)
        grid = self.grid()
        grid.add(self.applied_today)
        for key in _SUMMARY:
            self._add(grid, key, made[key])
        for key in _DETAILS:
            self.add(grid, key, made[key])

    def _known_field(self, key: str, words: FactWords, *, required: bool) -> KnownField:
        overview, hint = self._context.overview, "" if required else words.hint
        return KnownField(words.label, lambda: overview.known_texts(key), hint=hint, required=required)

    def _add(self, grid: FormGrid, key: str, field: Field) -> None:
        self.add(grid, key, field)
        line = self.suggestions[key] = SuggestionLine(field)
        grid.add(line)
        line.taken.connect(lambda value: self._take(key, value))

    def _connect(self) -> None:
        self.fields["applied_on"].edited.connect(self._has_applied)
        self.applied_today.edited.connect(self._switch_applied)
        self.posting.edited.connect(self._read_posting)
        for field in (self.posting, self.keep_text):
            field.edited.connect(self.keeper.touched)
        self._look.timeout.connect(self._find_alike)
        for key in _SUGGESTED:
            self.fields[key].edited.connect(self._mark)
        for key in ("employer", "role", "url"):
            self.fields[key].edited.connect(self._look.start)
        for key in _NAMES:
            self.fields[key].edited.connect(lambda key=key: self._pasted_here(key))
            self.fields[key].committed.connect(lambda key=key: self._moved_up(key))
        self.alike.open_wanted.connect(self.open_wanted)

    # The posting

    def _first_to_write(self) -> Field:
        """Where one goes on: the first of what has to be there and is not."""
        empty = (self.fields[key] for key in _NAMES if not self.fields[key].typed().strip())
        return next(empty, self.fields["employer"])

    def _pasted_here(self, key: str) -> None:
        """What lands at once in a line for a name may belong above; what is typed isn't whole yet."""
        text, before = self.fields[key].typed(), self._typed.get(key, "")
        self._typed[key] = text
        if len(text) > len(before) + 1:
            self._moved_up(key)

    def _moved_up(self, key: str) -> None:
        """Take a whole posting, or an address, out of a line for a name to where it belongs."""
        text = self.fields[key].typed()
        if "\n" in text.strip() or text.strip().startswith(("http://", "https://")):
            self._typed[key] = ""
            self.fields[key].fill_in("")
            self.posting.fill_in(text)
            self._read_posting()
            self._first_to_write().begin_typing()

    def _read_posting(self) -> None:
        text = self.posting.typed()
        self._guess = guess = read_posting(text, self._context.days.today())
        before = set(self._filled)
        for key in _SUGGESTED:
            self._suggest(key, guess)
        self.keep_text.setVisible("\n" in text.strip())
        self._mark()
        self._look.start()
        if self._filled != before:
            self._announce()

    def _announce(self) -> None:
        """Have the fields named that were filled in."""
        names = format_list([self.fields[key].name for key in _SUGGESTED if self._is_from_posting(key)])
        if names:
            said = _("Filled in from the posting: {fields}.").format(fields=names)
            announce(self, said)

    def _mark(self) -> None:
        """Mark the fields that say what the posting does, as long as they do."""
        for key in _SUGGESTED:
            proposed = self._guess.proposed(key) if self._is_from_posting(key) else None
            trust = proposed.trust if proposed is not None else None
            doubt = "" if self.fields[key].typed().strip() else self._guess.doubt(key)
            self.suggestions[key].show_from(trust, doubt)

    def _suggest(self, key: str, guess: PostingGuess) -> None:
        """Fill the field in with what the posting most likely says, and offer what else it may be."""
        proposed, field = guess.proposed(key), self.fields[key]
        value = proposed.value if proposed is not None else None
        if self._is_free(key):
            if value is not None and value != field.kept:
                field.fill_in(value)
                self._filled.add(key)
            elif self._is_from_posting(key):
                field.fill_in(_EMPTY[key])
                self._filled.discard(key)
        taken = value if self._is_from_posting(key) else None
        self.suggestions[key].offer([each.value for each in guess.of(key) if each.value != taken])

    def _is_free(self, key: str) -> bool:
        """Whether the field is empty, or says what was filled in before and not touched since."""
        return not self.fields[key].typed().strip() or self._is_from_posting(key)

    def _is_from_posting(self, key: str) -> bool:
        """Whether the field says what the posting stated, and the user has left it so."""
        return key in self._filled and self.fields[key].is_filled_in and bool(self.fields[key].typed())

    def _take(self, key: str, value: Any) -> None:
        self._filled.discard(key)
        self.fields[key].fill_in(value)
        self._mark()
        self.fields[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.suggestions[key].offer([])
        self._look.start()

    # What is there already

    def _find_alike(self) -> None:
        self.alike.look_for(*(self.fields[key].typed() for key in ("employer", "role", "url")))

    def _switch_applied(self) -> None:
        self.fields["applied_on"].fill_in(self._context.days.today() if self.applied_today.value() else None)
        self._has_applied()

    def _has_applied(self) -> None:
        # Whoever writes a day until today on which they applied has applied; a stage chosen by hand stays.
        stage, applied_on, today = self.fields["stage"], self.fields["applied_on"], self._context.days.today()
        day = applied_on.meaning() if isinstance(applied_on, DateField) else None
        has_applied = day is not None and day <= today
        is_ours = not stage.dirty or stage.is_filled_in
        if is_ours:
            stage.fill_in(Stage.APPLIED if has_applied else Stage.SAVED)
        self.applied_today.show_value(day == today)
        if isinstance(applied_on, DateField):
            applied = self._context.wording.labels.stages[Stage.APPLIED]
            moved = has_applied and is_ours
            applied_on.remark(_("The stage is now {stage}.").format(stage=applied) if moved else "")


def _means(field: Field) -> Any:
    return field.meaning() if isinstance(field, DateField) else field.typed()


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
