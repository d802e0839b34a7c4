"""A call: whom and when, what to say, and how it went."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_series, pgettext
from followup_desktop.services.messages.letters import Letter
from followup_desktop.ui.kit.answering import SAID_LABELS
from followup_desktop.ui.kit.call_brief import CallBrief
from followup_desktop.ui.kit.contact_links import call_to
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.drafts import SAID, TITLE
from followup_desktop.ui.kit.forms.field import NotesField
from followup_desktop.ui.kit.forms.panel import FormGrid
from followup_desktop.ui.kit.letter_parts import (
    MessageField,
    QuestionBar,
    SignatureField,
    WarningsCard,
    marks_in,
)
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_OUTCOMES = (Answer.SPOKE, Answer.LEFT_MESSAGE, Answer.NO_ANSWER, Answer.EMAILED_INSTEAD)
_SAID = tuple(said for said, _label in SAID_LABELS)
_DATED = (EmployerReply.DATE, EmployerReply.OFFER)
"""What they may say that comes with a date, an offer perhaps without."""


class CallPage(QWidget):
    """The script of a call, with one key for how it went: S, L, N or E, then 1 to 5 for what they said.

    ``logged`` tells that it was logged, with a sentence; ``next_interview`` asks to add one to the
    application; ``email_wanted`` writes instead, ``template_wanted`` opens the template editor,
    ``sight_wanted`` asks for a part of it to be scrolled into sight.
    """

    logged = Signal(str)
    next_interview = Signal(str)
    cancelled = Signal()
    email_wanted = Signal()
    template_wanted = Signal()
    sight_wanted = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._letter: Letter | None = None
        self._dated_by = EmployerReply.DATE
        self.brief = CallBrief(context.theme, copies=False)
        self.brief.asked.connect(context.open)
        self.warnings = WarningsCard(context.theme, _("Before you call"))
        self.missing = WarningsCard(context.theme)
        self.script = MessageField(context.theme, _("Call script"), lines=13, least=6)
        self.script.text.setReadOnly(True)
        self.signature = SignatureField(context.settings)
        self.signature.signed.connect(self._signed)
        self.notes = NotesField(_("Call notes"), lines=2, hint=_("what they said"))
        self.notes.edited.connect(self.keep)
        hint = _("a date, or “in two weeks”")
        self._they_answer_by = context.wording.labels.event_facts["reply_by"].label
        self.date = DateField(self._they_answer_by, self._today, hint=hint)
        self.date.with_calendar(context.theme, context.days)
        self.date.edited.connect(self.keep)
        self._make_questions()
        self._make_buttons()
        self._lay_out()

    def show_letter(self, letter: Letter) -> None:
        """Begin with this call."""
        self._letter = letter
        self.missing.give_back_room()
        self.warnings.give_back_room()
        contact = letter.to.contact if letter.to else None
        self.brief.show_needs(self._context.readers.next_step.whom(letter.application, contact))
        self.call_button.setVisible(call_to(letter.phone) is not None)
        self.copy_button.setVisible(bool(letter.phone))
        self.script.begin_with(letter.draft.body)
        self.signature.begin_with("")
        self._names.set_shown(self.signature, "my_name" in letter.draft.missing)
        self._show_marks(letter)
        kept = self._context.drafts.letters[letter.key]
        self.notes.begin_with(kept.get("notes", ""))
        self.date.begin_with(None)
        self._ask_how()
        if date := kept.get("date"):
            self._ask_when(EmployerReply(kept.get(SAID, EmployerReply.DATE)))
            self.date.type_again(date)
        self.warnings.show_sentences(
            self._context.tracker.warnings_for_contact(letter.application, letter.kind, self._context.clock())
        )

    def _show_marks(self, letter: Letter) -> None:
        """Mark what is missing in the script, and say it."""
        hints = self._context.readers.compose.hints().values()
        marks = marks_in(self.script.typed(), (*hints, *letter.draft.unknown))
        self.script.show_marks(tuple(marks.values()))
        self.missing.show_sentences(
            (_("Missing: {names}.").format(names=format_series(marks)),) if marks else ()
        )

    def _signed(self, name: str) -> None:
        """The user's name goes where it was missing."""
        if self._letter is None:
            return
        script = self.script.typed()
        hints = self._context.readers.compose.hints_of_all_languages()["my_name"]
        for mark in marks_in(script, hints).values():
            script = script.replace(mark, name)
        self.script.begin_with(script)
        self._show_marks(self._letter)

    @property
    def long_text(self) -> MessageField:
        """The text that scrolls by itself where there is little room."""
        return self.script

    def begin(self) -> None:
        """Put the keyboard on the answers, or in the date that was being typed."""
        self._asked().setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what was typed: the notes, and by when they answer."""
        if self._letter is None:
            return
        typed = {"notes": self.notes.typed(), "date": self.date.draft()}
        typed = {name: text for name, text in typed.items() if text.strip()}
        if typed:
            kept = {TITLE: self._letter.title, SAID: self._dated_by, **typed}
            self._context.drafts.letters.keep(self._letter.key, kept)
        else:
            self._context.drafts.letters.forget(self._letter.key)

    def call(self) -> None:
        """Hand the number to the system's phone program, if there is one."""
        number = call_to(self._letter.phone) if self._letter else None
        if number is not None and self._context.desktop.open_url(number):
            self.begin()
        else:
            self._context.show_status(_("Couldn't open an app for calls. Dial the number yourself."))

    def changeEvent(self, event: QEvent) -> None:
        """Back from the call: how did it go?"""
        super().changeEvent(event)
        back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible()
        if back and not isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            asked = self._asked() if self.what.isHidden() else self.what
            asked.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or a number answers; Esc goes back."""
        bar = self.how if self.what.isHidden() else self.what
        if event.key() == Qt.Key.Key_Escape:
            if not self.how.isHidden():
                self.cancelled.emit()
            else:
                self._ask_how()
                self.begin()
        elif event.modifiers() or bar.isHidden() or not bar.press(event.text()):
            super().keyPressEvent(event)

    def _make_questions(self) -> None:
        labels = self._context.wording.answer_label
        # Translators: each is the key that gives an answer: spoke, left message, no answer, they emailed
        letters = (pgettext("key", "S"), pgettext("key", "L"), pgettext("key", "N"), pgettext("key", "E"))
        pairs = [(labels(answer), key) for answer, key in zip(_OUTCOMES, letters, strict=True)]
        self.how = QuestionBar(_("How did it go?"), pairs)
        self.how.chosen.connect(self._went)
        said = [_(label).replace("&", "") for _said, label in SAID_LABELS]
        self.what = QuestionBar(_("What did they say?"), [(text, str(n)) for n, text in enumerate(said, 1)])
        self.what.chosen.connect(self._take_reply)

    def _make_buttons(self) -> None:
        self.call_button = StrongButton(pgettext("a button", "Call"))
        self.copy_button = Button(_("Copy number"))
        self.email_button = QuietButton(_("Write an email instead"))
        self.template_button = QuietButton(_("Edit template"))
        self.cancel_button = QuietButton(_("Cancel"))
        self.save_button = StrongButton(_("Save"), name=_("Save the date"))
        self.call_button.clicked.connect(self.call)
        self.copy_button.clicked.connect(self._copy)
        self.email_button.clicked.connect(self.email_wanted)
        self.template_button.clicked.connect(self.template_wanted)
        self.cancel_button.clicked.connect(self.cancelled)
        self.save_button.clicked.connect(self._save_date)
        self.date.line.returnPressed.connect(self._save_date)

    def _lay_out(self) -> None:
        calling, others = FlowLayout(gap=Space.S), FlowLayout(gap=Space.S)
        for button in (self.call_button, self.copy_button):
            calling.addWidget(button)
        for button in (self.email_button, self.template_button, self.cancel_button):
            others.addWidget(button)
        self._when = QWidget(self)
        dated = self._dated = FormGrid(self._context.theme)
        dated.add(self.date, self.date.name)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        dated.addLayout(row, dated.rowCount(), 1)
        self._when.setLayout(dated)
        self._names = FormGrid(self._context.theme, label_width=84)
        self._names.add(self.signature, self.signature.name)
        notes = FormGrid(self._context.theme, label_width=84)
        notes.add(self.notes, _("Notes"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.warnings)
        column.addWidget(self.brief)
        column.addLayout(calling)
        column.addLayout(self._names)
        column.addWidget(self.script)
        column.addWidget(self.missing)
        column.addLayout(notes)
        for each in (self.how, self.what, self._when):
            column.addWidget(each)
        column.addLayout(others)
        column.addStretch(1)

    def _ask_how(self) -> None:
        self.how.show()
        self.what.hide()
        self._when.hide()

    def _asked(self) -> QWidget:
        return self.how if self._when.isHidden() else self.date

    def _ask_when(self, said: EmployerReply) -> None:
        """Ask for the date under the name of what it is: theirs, or with an offer the user's own."""
        self._dated_by = said
        name = _("Answer needed by") if said is EmployerReply.OFFER else self._they_answer_by
        self.date.rename(name)
        self._dated.set_shown(self.date, True, name)
        self.how.hide()
        self.what.hide()
        self._when.show()

    def _went(self, number: int) -> None:
        answer = _OUTCOMES[number]
        if answer is Answer.SPOKE:
            self.how.hide()
            self.what.show()
            self.sight_wanted.emit(self.what)
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._log(answer)

    def _take_reply(self, number: int) -> None:
        said = _SAID[number]
        if said in _DATED:
            self._ask_when(said)
            self.sight_wanted.emit(self._when)
            self.date.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        application = self._letter.application if self._letter else ""
        if self._log(Answer.SPOKE, said) and said is EmployerReply.NEXT_INTERVIEW:
            self.next_interview.emit(application)

    def _save_date(self) -> None:
        try:
            day = self.date.value()
        except Refused as refusal:
            self.date.refuse(str(refusal))
            return
        if day is None and self._dated_by is EmployerReply.DATE:
            self.date.refuse(_("Enter the date they gave you, like “in two weeks”."))
        else:
            self._log(Answer.SPOKE, self._dated_by, day)

    def _log(self, answer: Answer, said: EmployerReply | None = None, reply_by: date | None = None) -> bool:
        letter = self._letter
        if letter is None:
            return False
        person = letter.to.contact if letter.to and letter.phone else None
        verb = partial(
            self._context.tracker.answer,
            letter.key,
            answer,
            AnswerDetails(contact=person, note=self.notes.typed(), said=said, reply_by=reply_by),
        )
        done = self._context.do(verb)
        if done is None:
            return False
        self.keep()
        self._context.drafts.letters.forget(letter.key)
        self._letter = None
        wording = self._context.wording
        self.logged.emit(done.in_words(wording.answered(answer, letter.title)))
        return True

    def _copy(self) -> None:
        if self._letter is not None:
            self._context.desktop.copy(self._letter.phone)
            self._context.show_status(_("Copied the number"))

    def _today(self) -> date:
        return self._context.readers.compose.today(self._context.clock())
