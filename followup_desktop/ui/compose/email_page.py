"""An email: whom to, what it says, what is still missing, and the ways to send it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.drafts import word_count
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_list, format_number, format_series, language, ngettext, pgettext
from followup_desktop.services.messages.letters import FEWEST_WORDS, MOST_WORDS, Letter
from followup_desktop.services.messages.mail import OutgoingMail, eml, fits_mailto, mailto
from followup_desktop.services.wording.facts import message_languages
from followup_desktop.ui.compose.recipient import RecipientField, shown_as
from followup_desktop.ui.kit.commands.command import native
from followup_desktop.ui.kit.file_dialogs import ask_for_place, file_name
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.drafts import BEGUN, LANGUAGE, OPENED, THROUGH, TITLE
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.forms.panel import FormGrid, PageButtons
from followup_desktop.ui.kit.letter_parts import (
    MessageField,
    QuestionBar,
    SignatureField,
    WarningsCard,
    mark_language,
    marks_in,
)
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button, QuietButton, StrongButton
from followup_desktop.ui.kit.widgets.card import LineText
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.note import NoteCard
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.kit.window_settings import SENDER

PAUSE_MS = 400
"""So long after the last key what was written is kept, and looked at for near copies."""


class EmailPage(QWidget):
    """Writes the email that a follow-up asks for.

    ``sent`` tells that it was logged, with a sentence; ``cancelled`` that the user leaves it. ``organiser``
    asks for the same with the thanks passed on (or no longer), ``language`` for it in
    that language, ``template_wanted`` for the template editor, ``sight_wanted`` for a part of it to be
    scrolled into sight.
    """

    sent = Signal(str)
    cancelled = Signal()
    organiser = Signal(bool)
    language = Signal(str)
    template_wanted = Signal()
    sight_wanted = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.choose_file = self._ask_for_file
        self._letter: Letter | None = None
        self._begun = context.clock()
        self._asked = False
        self._make_fields()
        self.warnings = WarningsCard(context.theme, _("Before you send it"))
        self.missing = WarningsCard(context.theme)
        self.words = LineText("", "small")
        # Translators: the letter behind each answer is the key that gives it
        answers = ((_("Yes, sent"), pgettext("key", "Y")), (_("Not yet"), pgettext("key", "N")))
        self.question = QuestionBar(_("Did you send it?"), answers)
        self.question.chosen.connect(self._answered)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._settle)
        self._make_buttons()
        self._lay_out()

    @property
    def letter(self) -> Letter | None:
        """What is being written."""
        return self._letter

    def show_letter(self, letter: Letter) -> None:
        """Begin with this draft, or go on with what was written for it before."""
        self._letter, self._begun = letter, self._context.clock()
        self.missing.give_back_room()
        self.warnings.give_back_room()
        texts = self._context.drafts.letters[letter.key]
        mine = bool(texts) and texts.get(THROUGH, "") == _through(letter)
        person = shown_as(letter.to) if letter.to else ""
        self.to.set_people(letter.recipients)
        written = [letter.draft.subject, letter.draft.body]
        if mine:
            marked_anew = self._context.readers.compose.marked_anew
            written = [marked_anew(texts["subject"]), marked_anew(texts["body"])]
            begun = texts.get(BEGUN) if texts.get(OPENED) != "1" else None  # else it stays as it was sent
            pair = self._then_and_now(letter, datetime.fromisoformat(begun)) if begun else None
            if pair is not None:
                written = list(self._context.readers.compose.brought_up(written, *pair))
        self.to.begin_with(texts["to"] if mine else person)
        for field, text in zip((self.subject, self.message), written, strict=True):
            field.begin_with(text)
        self.language_field.set_value(letter.language)
        mark_language(letter.language, self.subject.editor, self.message.editor)
        # A template of the user's own is in the language of the program.
        self.template_button.setVisible(letter.language == language())
        self._grid.set_shown(self.signature, "my_name" in letter.draft.missing)
        self._asked = mine and texts.get(OPENED) == "1"
        self.question.setVisible(self._asked)
        self._show_nobody(letter)
        self._look()

    @property
    def long_text(self) -> MessageField:
        """The text that scrolls by itself where there is little room."""
        return self.message

    def begin(self) -> None:
        """Put the keyboard where the next thing is to be done."""
        if self._asked:
            self.question.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.signature.isHidden():
            self.signature.setFocus(Qt.FocusReason.OtherFocusReason)
            self.message.select_mark(tuple(self._marks().values()))
        else:
            self.message.select_mark(tuple(self._marks().values()))
            self.message.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what was written, if it is other than the draft."""
        self._pause.stop()
        letter = self._letter
        if letter is None:
            return
        draft = (shown_as(letter.to) if letter.to else "", letter.draft.subject, letter.draft.body)
        typed = (self.to.typed(), self.subject.typed(), self.message.typed())
        if typed == draft and not self._asked:
            self._context.drafts.letters.forget(letter.key)
            return
        texts = dict(zip(("to", "subject", "body"), typed, strict=True))
        self._context.drafts.letters.keep(
            letter.key,
            {
                TITLE: letter.title,
                **texts,
                THROUGH: _through(letter),
                OPENED: "1" if self._asked else "",
                LANGUAGE: letter.language,
                BEGUN: self._begun.isoformat(),
            },
        )

    def mail(self) -> OutgoingMail | None:
        """The email as it stands; ``None`` if the recipient is refused."""
        try:
            to = self.to.value()
        except Refused as refusal:
            self.to.refuse(str(refusal))
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return OutgoingMail(to=to, subject=self.subject.typed(), body=self.message.typed())

    def open_mail(self) -> None:
        """Hand the email to the user's email app, and ask whether it was sent."""
        self._keep_days_true()
        mail = self.mail()
        if mail is None:
            return
        fits = fits_mailto(mail)
        if not fits:
            self._context.desktop.copy(mail.body)
        shown = mail if fits else OutgoingMail(to=mail.to, subject=mail.subject, body="")
        if not self._context.desktop.open_url(QUrl.fromEncoded(mailto(shown).encode("ascii"))):
            self._context.show_status(_("Couldn't open your email app. Copy the text, or save it as .eml."))
            self.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not fits:
            self._context.show_status(
                _(
                    "The message was too long for your email app, so it's on the clipboard. Paste "
                    "it into the new email."
                )
            )
        self._ask()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        self._keep_days_true()
        self._context.desktop.copy(self.message.typed())
        self._context.show_status(_("Copied the message"))
        self._ask(focus=False)

    def save(self) -> None:
        """Save the email as a file that email apps open as a new message."""
        self._keep_days_true()
        mail = self.mail()
        target = self.choose_file(file_name(mail.subject, ".eml")) if mail is not None else None
        if mail is None or target is None:
            return
        try:
            self._context.desktop.files.write(target, eml(mail))
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return
        self._context.show_status(_("Saved {file}. Open it to send your message.").format(file=target.name))
        self._ask(focus=False)

    def _ask_for_file(self, name: str) -> Path | None:
        return ask_for_place(self, self._context.settings, _("Save as .eml"), name, _("Email (*.eml)"))

    def log_sent(self) -> None:
        """Log it as sent, with its text."""
        letter, mail = self._letter, self.mail()
        if letter is None or mail is None:
            return
        person = self.to.person()
        verb = partial(
            self._context.tracker.sent,
            letter.key,
            body=mail.body,
            to=mail.to if person is None and not letter.thanked else "",
            contact=person.contact if person is not None and not letter.is_to_one else None,
            through_organiser=letter.thanked,
        )
        self._pause.stop()
        done = self._context.do(verb)
        if done is None:
            return
        self.keep()
        self._context.drafts.letters.forget(letter.key)
        self._letter = None
        wording = self._context.wording
        self.sent.emit(done.in_words(wording.answered(Answer.SENT, letter.title)))

    def changeEvent(self, event: QEvent) -> None:
        """Back from the email app: the question has the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            if not self._asked:
                self._keep_days_true()
            self._look()
            if self._asked:
                self.question.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens the email app; while it is asked whether it was sent, Y and N answer."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open_mail()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not (self._asked and not event.modifiers() and self.question.press(event.text())):
            super().keyPressEvent(event)

    def _make_fields(self) -> None:
        theme = self._context.theme
        self.to = RecipientField(_("To"))
        self.signature = SignatureField(self._context.settings)
        self.language_field = ChoiceField(_("Language"), message_languages().items())
        self.language_field.committed.connect(lambda: self.language.emit(self.language_field.value()))
        self.subject = TextField(_("Subject"))
        self.message = MessageField(theme, _("Message"), lines=17, least=8)
        self.signature.signed.connect(self._signed)
        self.to.committed.connect(self._addressed)
        for field in (self.to, self.subject, self.message):
            field.edited.connect(self._edited)

    def _edited(self) -> None:
        self._pause.start()
        self._show_marks()

    def _make_buttons(self) -> None:
        self.open_button = StrongButton(_("Open in email app"))
        set_tool_tip(self.open_button, native("Ctrl+Enter"))
        self.copy_button = Button(_("Copy"), name=_("Copy message"))
        self.save_button = Button(_("Save as .eml…"))
        self.sent_button = Button(pgettext("a button: the message was sent", "Sent"))
        self.template_button = QuietButton(_("Edit template"))
        self.cancel_button = QuietButton(_("Cancel"))
        for button, verb in (
            (self.open_button, self.open_mail),
            (self.copy_button, self.copy),
            (self.save_button, self.save),
            (self.sent_button, self.log_sent),
            (self.template_button, self.template_wanted.emit),
            (self.cancel_button, self.cancelled.emit),
        ):
            button.clicked.connect(verb)

    def _lay_out(self) -> None:
        self._nobody = NoteCard("accent", Button("", name=_("Ask the organiser")), self)
        self._nobody.button.clicked.connect(self._change_way)
        self._context.theme.set_margins(self._nobody.parts, 12, 8, 12, 8)
        self._grid = FormGrid(self._context.theme, label_width=84)
        for field in (self.to, self.signature, self.language_field, self.subject, self.message):
            self._grid.add(field, field.name)
        self._grid.add(self.words)
        self.buttons = PageButtons(self)
        buttons = FlowLayout(self.buttons, gap=Space.S)
        for button in (
            self.open_button,
            self.copy_button,
            self.save_button,
            self.sent_button,
            self.template_button,
            self.cancel_button,
        ):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._nobody)
        column.addWidget(self.warnings)
        column.addLayout(self._grid)
        column.addWidget(self.missing)
        column.addWidget(self.question)
        column.addStretch(1)

    def _show_nobody(self, letter: Letter) -> None:
        """Offer to ask the organiser, or say that this is what is being written."""
        no_address = letter.to is None or not letter.to.address
        if letter.thanked:
            if letter.to:
                said = _("This asks {person} to pass your thanks on to {others}.")
            else:
                said = _("This asks a contact of yours to pass on your thanks to {others}.")
            person = letter.to.name if letter.to else ""
            self._nobody.text.setText(said.format(person=person, others=letter.others))
            self._nobody.button.setText(_("Write directly"))
        elif letter.organiser and no_address:
            if letter.to:
                said = _("You don't have an address for {person}. Ask the organiser to pass on your thanks.")
                self._nobody.text.setText(said.format(person=letter.to.name))
            else:
                said = _("You don't have an address for them. Ask the organiser to pass on your thanks.")
                self._nobody.text.setText(said)
            self._nobody.button.setText(_("Ask the organiser"))
        self._nobody.button.setAccessibleName(self._nobody.button.text())
        self._nobody.setVisible(bool(letter.thanked) or (letter.organiser and no_address))

    def _change_way(self) -> None:
        if self._letter is not None:
            self.organiser.emit(not self._letter.thanked)

    def _signed(self, name: str) -> None:
        """The user's name goes where it was missing."""
        hints = self._context.readers.compose.hints_of_all_languages()["my_name"]
        for field in (self.subject, self.message):
            for mark in marks_in(field.typed(), hints).values():
                field.type_again(field.typed().replace(mark, name))
        self._settle()

    def _addressed(self) -> None:
        """Another person is greeted by their name, where the text still greets the one before."""
        letter, person = self._letter, self.to.person()
        if letter is None or person is None or person == letter.to:
            return
        other = self._made_anew(letter, self._context.clock(), person.contact)
        if other is None:
            return
        body = self.message.typed()
        if body == letter.draft.body:
            self.message.type_again(other.draft.body)
            self._letter = other
        else:
            before, after = letter.draft.body.split("\n")[0], other.draft.body.split("\n")[0]
            self.message.type_again(body.replace(before, after, 1))
        self._settle()

    def _keep_days_true(self) -> None:
        """What was "today" when the letter was begun is "yesterday" on the next day."""
        letter, begun = self._letter, self._begun
        self._begun = self._context.clock()
        pair = self._then_and_now(letter, begun) if letter is not None else None
        if letter is None or pair is None:
            return
        said = self._context.readers.compose.brought_up
        subject, body = said((letter.draft.subject, letter.draft.body), *pair)
        self._letter = replace(letter, draft=replace(letter.draft, subject=subject, body=body))
        fields = (self.subject, self.message)
        for field, text in zip(fields, said([each.typed() for each in fields], *pair), strict=True):
            if text != field.typed():
                field.type_again(text)

    def _then_and_now(self, letter: Letter, begun: datetime) -> tuple[Letter, Letter] | None:
        """The letter as made when it was begun and as now, where the two differ."""
        then, now = self._made_anew(letter, begun), self._made_anew(letter, self._context.clock())
        return None if then is None or now is None or then.draft == now.draft else (then, now)

    def _made_anew(self, letter: Letter, now: datetime, recipient: str | None = None) -> Letter | None:
        """The letter as it would be made then, to the same person or another one."""
        try:
            return self._context.readers.compose.letter(
                letter.key,
                now,
                sender=self._context.settings.get(SENDER),
                by_email=True,
                organiser=bool(letter.thanked),
                recipient=recipient or (letter.to.contact if letter.to else None),
                written_in=letter.language,
            )
        except Refused:
            return None

    def _ask(self, *, focus: bool = True) -> None:
        self._asked = True
        self.question.show()
        self.keep()
        self.sight_wanted.emit(self.question)
        if focus:
            self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, number: int) -> None:
        self._asked = False
        self.question.hide()
        if number == 0:
            self.log_sent()
        else:
            self.keep()
            self.message.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        self.keep()
        self._look()

    def _marks(self) -> dict[str, str]:
        unknown = self._letter.draft.unknown if self._letter else ()
        text = f"{self.subject.typed()}\n{self.message.typed()}"
        hints = self._context.readers.compose.hints_of_all_languages().values()
        return marks_in(text, (*chain.from_iterable(hints), *unknown))

    def _show_marks(self) -> None:
        """Count the words and name what is missing."""
        marks = self._marks()
        self.message.show_marks(tuple(marks.values()))
        said = _("Still to fill in: {names}.").format(names=format_series(marks)) if marks else ""
        self.missing.show_sentences((said,) if said else ())
        count = word_count(self.message.typed())
        if count < FEWEST_WORDS:
            hint = ngettext(
                "{n} word. Aim for {fewest} or more.",
                "{n} words. Aim for {fewest} or more.",
                count,
            )
        elif count > MOST_WORDS:
            hint = ngettext(
                "{n} word. Aim for {most} or fewer.",
                "{n} words. Aim for {most} or fewer.",
                count,
            )
        else:
            hint = ngettext(
                "{n} word. {fewest} to {most} is ideal.",
                "{n} words. {fewest} to {most} is ideal.",
                count,
            )
        self.words.setText(
            hint.format(
                n=format_number(count),
                fewest=format_number(FEWEST_WORDS),
                most=format_number(MOST_WORDS),
            )
        )

    def _look(self) -> None:
        """Say what is missing, and what speaks against sending it now."""
        letter = self._letter
        self._show_marks()
        if letter is None:
            return
        context = self._context
        found = list(context.tracker.warnings_for_contact(letter.application, letter.kind, context.clock()))
        drafts = context.drafts.letters.all("body")
        drafts.pop(letter.key, None)
        copies = context.readers.compose.near_copies(letter.key, self.message.typed(), drafts)
        if copies:
            found.append(
                _(
                    "This is almost the same as your note to {person}. People compare notes, so "
                    "change a sentence or two (tip 2)."
                ).format(person=format_list(list(copies)))
            )
        self.warnings.show_sentences(found)


def _through(letter: Letter) -> str:
    return ",".join(letter.thanked)
