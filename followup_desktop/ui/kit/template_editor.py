"""Changing a template: its text, what it may ask for, and how it will look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.domain.drafts import PLACEHOLDERS, Template, TemplateName, word_count
from followup_desktop.i18n import _, language, ngettext, set_apart
from followup_desktop.services.messages.originals import originals
from followup_desktop.services.wording.facts import template_languages
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.field import Field, TextField
from followup_desktop.ui.kit.forms.panel import FormGrid
from followup_desktop.ui.kit.letter_parts import MessageField, WarningsCard, mark_language, tab_through
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import Card, LineText, SectionLabel, Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.plain import set_tool_tip


class TemplateEditor(QWidget):
    """Edits one template. ``done`` tells that it was saved or reset, ``cancelled`` that it was left."""

    done = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name = TemplateName.THANK_YOU
        self._own = False
        theme = context.theme
        self.note = Text("", "secondary", wrap=True)
        let_shrink(self.note)
        self.subject = TextField(_("Template subject"))
        self.body = MessageField(theme, _("Template text"), lines=12, least=6)
        self.unknown = WarningsCard(theme, _("Unknown placeholders"))
        self.language = ChoiceField(_("Language of messages"), template_languages().items())
        self.preview = Text("", wrap=True)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words = LineText("", "small")
        self.save_button = StrongButton(_("Save"), name=_("Save template"))
        self.reset_button = Button(_("Reset"))
        self.cancel_button = QuietButton(_("Cancel"))
        self.save_button.clicked.connect(self.save)
        self.reset_button.clicked.connect(self.reset)
        self.cancel_button.clicked.connect(self.cancelled)
        self.fields: dict[str, Field] = {
            "subject": self.subject,
            "body": self.body,
            "language": self.language,
        }
        for field in self.fields.values():
            field.edited.connect(self.look)
        self._lay_out()

    @property
    def long_text(self) -> MessageField:
        """The text that scrolls by itself where there is little room."""
        return self.body

    def edit(self, template: Template, *, own: bool) -> None:
        """Begin with this template; ``own`` says that the user has changed it before."""
        self._name = TemplateName(template.name)
        self._own = own
        self.language.begin_with(language())
        self._grid.set_shown(self.language, False)
        for field, text in ((self.subject, template.subject), (self.body, template.body)):
            field.begin_with(text)
        wordings = len(originals(self._name))
        self.note.setText(
            ngettext(
                "The original has {n} version. Yours replaces it.",
                "The original has {n} versions that take turns. Yours replaces them all.",
                wordings,
            ).format(n=wordings)
        )
        self.note.setVisible(wordings > 1 and not own)
        self.look()
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Use this text from now on."""
        verb = partial(
            self._context.tracker.save_template,
            self._name,
            self.subject.typed(),
            self.body.typed(),
            self.language.value(),
        )
        if self._context.do(verb) is not None:
            self._context.show_status(
                _("Saved the template “{template}”").format(
                    template=self._context.readers.compose.label(self._name)
                )
            )
            self.done.emit()

    def reset(self) -> None:
        """Use the program's own text again."""
        if self._context.do(partial(self._context.tracker.reset_template, self._name)) is not None:
            self._context.show_status(
                _("Reset the template “{template}”").format(
                    template=self._context.readers.compose.label(self._name)
                )
            )
            self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it, Ctrl+Enter saves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        grid = self._grid = FormGrid(self._context.theme, label_width=84)
        grid.add(self.language, _("Language"))
        grid.add(self.subject, _("Subject"))
        grid.add(self.body, _("Text"))
        names, self._inserts = FlowLayout(gap=Space.XS), list[Button]()
        for name, hint in self._context.readers.compose.hints().items():
            button = Button(set_apart(f"${name}"), look="filter", name=f"${name}")
            set_tool_tip(button, hint)
            button.clicked.connect(self._insert(name))
            names.addWidget(button)
            self._inserts.append(button)
        placeholders = QWidget(self)
        inner = QVBoxLayout(placeholders)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Text(_("Insert a placeholder:"), "small"))
        inner.addLayout(names)
        grid.add(placeholders)
        card = Card(self)
        shown = QVBoxLayout(card)
        self._context.theme.set_margins(shown, 14, 12, 14, 12)
        let_shrink(self.preview)
        shown.addWidget(SectionLabel(_("Preview with sample values")))
        shown.addWidget(self.preview)
        shown.addWidget(self.words)
        buttons = FlowLayout(gap=Space.S)
        for button in (self.save_button, self.reset_button, self.cancel_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.note)
        column.addLayout(grid)
        column.addWidget(self.unknown)
        column.addLayout(buttons)
        column.addWidget(card)
        column.addStretch(1)
        ends = (self.save_button, self.reset_button, self.cancel_button)
        tab_through(self.language.editor, self.subject.editor, self.body.editor, *self._inserts, *ends)

    def _insert(self, name: str) -> Callable[[], None]:
        def insert() -> None:
            editor: QPlainTextEdit = self.body.text
            cursor = editor.textCursor()
            after = editor.document().characterAt(cursor.selectionEnd())
            joined = after.isalnum() or after == "_"
            cursor.insertText(f"${{{name}}}" if joined else f"${name}")
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

        return insert

    def look(self) -> None:
        """Show how it would look, and what in it is no placeholder.

        A draft that was begun while the program spoke another language says so, and stays in it.
        """
        spoken = self.language.value()
        is_usual = spoken == language()
        if not is_usual:
            self._grid.set_shown(self.language, True)
            self.note.hide()
        self.reset_button.setEnabled(self._own and is_usual)
        mark_language(spoken, self.subject.editor, self.body.editor, self.preview)
        template = Template(self._name, self.subject.typed(), self.body.typed())
        draft = self._context.readers.compose.preview(template, spoken)
        self.preview.setText(f"{draft.subject}\n\n{draft.body}".strip())
        self.preview.setAccessibleName(_("Preview: {text}").format(text=self.preview.text()))
        words = word_count(draft.body)
        self.words.setText(ngettext("{n} word", "{n} words", words).format(n=words))
        self.unknown.show_sentences(
            [
                _("“${name}” isn't a placeholder. It'll appear as [{name}].").format(name=name)
                for name in draft.unknown
            ]
        )
        self.body.show_marks([f"${name}" for name in (*PLACEHOLDERS, *draft.unknown)])
