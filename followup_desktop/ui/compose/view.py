"""Compose: the message or the call that a follow-up asks for, written in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Channel
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.messages.letters import Letter
from followup_desktop.services.wording.facts import language_name
from followup_desktop.ui.compose.call_page import CallPage
from followup_desktop.ui.compose.email_page import EmailPage
from followup_desktop.ui.kit.forms.draft_keeper import DraftKeeper
from followup_desktop.ui.kit.forms.drafts import LANGUAGE, THROUGH
from followup_desktop.ui.kit.forms.panel import FittingArea, below, no_wider, scroll_area
from followup_desktop.ui.kit.letter_parts import FactsCard, PageStack
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import (
    AddInterview,
    GoBack,
    OpenApplication,
    Request,
    WriteMessage,
)
from followup_desktop.ui.kit.template_editor import TemplateEditor
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, View, WayBack
from followup_desktop.ui.kit.widgets.buttons import FlushLink
from followup_desktop.ui.kit.widgets.card import Chip, Heading, Text, let_shrink, named
from followup_desktop.ui.kit.window_settings import SENDER

_WIDTH = 1080
"""Message and facts are no wider than this, in pixels at the ordinary text size: lines stay easy to read."""
_AROUND = 350
"""So much stands above and below the text with all that may be said of it, in the same pixels."""
TWO_COLUMNS = 900
"""From this width on, in pixels at the ordinary text size, the facts stand beside the message."""


class ComposeView(View):
    """Writes what a follow-up asks for; what was written and not sent is kept when it is left."""

    name = "compose"
    is_form = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context = self.context
        self._theme = context.theme
        self._letter: Letter | None = None
        context.drafts.letters.discarded.connect(self._discarded)
        context.drafts.letters.flush_wanted.connect(self.keep)
        self.email = EmailPage(context)
        self.call = CallPage(context)
        self.editor = TemplateEditor(context)
        self.keeper = DraftKeeper(
            context.drafts.forms, lambda: self.editor.fields, self._template_label, tuple(self.editor.fields)
        )
        self.pages = PageStack(self)
        self._make_head()
        self._lay_out()
        self._wire()

    @property
    def key(self) -> str | None:
        """The follow-up that is being written for."""
        return self._letter.key if self._letter else None

    @property
    def current_application(self) -> str | None:
        """The application that is written for."""
        return self._letter.application if self._letter else None

    def answer(self, request: Request) -> bool:
        """Show the draft of a follow-up."""
        match request:
            case WriteMessage(key, organiser):
                return self.open(key, organiser)
        return super().answer(request)

    def leave(self) -> bool:
        """Keep what was written."""
        self.keep()
        return True

    def open(self, key: str, organiser: bool = False, *, by_email: bool = False) -> bool:
        """Show the draft of a follow-up; ``False``, with the reason as ``status``, if there is none.

        ``organiser`` asks somebody else to pass the thanks on; ``by_email`` writes where a call is planned.
        """
        self.keep()
        written = self.context.drafts.letters[key]
        try:
            letter = self.context.readers.compose.letter(
                key,
                self.context.clock(),
                sender=self.context.settings.get(SENDER),
                by_email=by_email,
                organiser=organiser or bool(written.get(THROUGH)),
                written_in=written.get(LANGUAGE, ""),
            )
        except Refused as refusal:
            self.context.show_status(str(refusal))
            return False
        self._show(letter)
        return True

    def begin(self) -> None:
        """Put the keyboard where the next thing is to be done."""
        page = self.pages.shown
        if page is self.editor:
            self.editor.body.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is self.call:
            self.call.begin()
        else:
            self.email.begin()

    def keep(self) -> None:
        """Keep what was written, as before the window closes."""
        if self._letter is not None:
            (self.call if self._letter.channel is Channel.PHONE else self.email).keep()

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Leave what is no longer asked for."""
        letter = self._letter
        if letter is not None and not self.context.readers.compose.is_planned(letter.key):
            self._turn_to(None)
            if self.isVisible():
                self.context.open(GoBack())

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the next thing is to be done."""
        super().showEvent(event)
        self._set_in_sight(True)
        if self.pages.shown is self.editor:
            self._keep_template()
        if not event.spontaneous():
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was written."""
        super().hideEvent(event)
        self.keep()
        self.keeper.set_aside()
        self._set_in_sight(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts stand beside the message where there is room."""
        super().resizeEvent(event)
        self._place_facts()
        for page in (self.email, self.call, self.editor):  # its buttons are in sight in a low window, too
            page.long_text.text.fit(self.height() - self._theme.px(_AROUND))

    def _place_facts(self) -> None:
        wide = self.width() >= self._theme.px(TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self._body.setStretch(0, 7 if wide else 1)
        self._body.setStretch(1, 3 if wide else 0)

    def _make_head(self) -> None:
        self.back = FlushLink(_("‹ Back"), name=_("Back"))
        self.back.clicked.connect(self._leave)
        self._title = Heading("title")
        self._chip = Chip()
        self._detail = Text("", "secondary", wrap=True)
        let_shrink(self._detail)
        self.open_button = FlushLink(_("Open the application"), end="right")
        self.open_button.setMinimumWidth(1)
        self.open_button.clicked.connect(self._open_application)
        self.facts = FactsCard(self._theme, _("What you know"))

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self._title, 1)
        title.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.open_button)
        self.pages.add(self.email, self.email.buttons)
        for page in (self.call, self.editor):
            self.pages.add(page)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._theme.set_spacing(self._body, Space.L)
        self._body.addWidget(self.pages, 7)
        self._body.addWidget(self.facts, 3, Qt.AlignmentFlag.AlignTop)
        content = QVBoxLayout()
        self._theme.set_margins(content, 24, 12, 12, 24)
        self._theme.set_spacing(content, 6)
        content.addLayout(head)
        content.addLayout(title)
        content.addWidget(self._detail)
        self._theme.add_spacing(content, 10)
        content.addWidget(self.keeper)
        content.addLayout(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scroll_area(no_wider(self._theme, content, _WIDTH), FittingArea())
        outer.setSpacing(0)
        outer.addWidget(self._area)
        outer.addLayout(below(self._theme, self.email.buttons, _WIDTH))
        outer.addStretch(1)

    def _wire(self) -> None:
        for page in (self.email, self.call):
            page.sight_wanted.connect(self._bring_into_sight)
        self.email.sent.connect(self._finished)
        self.email.cancelled.connect(self._leave)
        self.email.organiser.connect(self._through_organiser)
        self.email.language.connect(self._write_in)
        self.email.template_wanted.connect(self._edit_template)
        self.call.logged.connect(self._finished)
        self.call.cancelled.connect(self._leave)
        self.call.email_wanted.connect(self._write_instead)
        self.call.template_wanted.connect(self._edit_template)
        self.call.next_interview.connect(lambda application: self.context.open(AddInterview(application)))
        for field in self.editor.fields.values():
            field.edited.connect(self.keeper.touched)
        self.keeper.afresh.connect(self._begin_template_afresh)
        self.editor.done.connect(self.keeper.forget)
        self.editor.done.connect(self._edited)
        self.editor.cancelled.connect(self._back_to_letter)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to what has just been shown, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(part, 0, self._theme.px(24)))

    def _turn_to(self, letter: Letter | None) -> None:
        self._set_in_sight(False)
        self._letter = letter
        self._set_in_sight(self.isVisible())

    def _set_in_sight(self, in_sight: bool) -> None:
        if self._letter is not None:
            self.context.drafts.letters.show(self._letter.key, in_sight=in_sight)

    def _discarded(self, key: str) -> None:
        """What was written is given up: it is not kept again."""
        if self._letter is not None and self._letter.key == key:
            self._turn_to(None)

    def _show(self, letter: Letter) -> None:
        self.keeper.set_aside()
        self._turn_to(letter)
        self._title.show_text(letter.title)
        self.be_about(named(letter.title, letter.chip) if letter.chip else letter.title)
        self._detail.setText(letter.detail)
        self._chip.show_text(letter.chip, letter.tone)
        self._chip.setVisible(bool(letter.chip))
        self.facts.show_facts(letter.facts)
        page: EmailPage | CallPage = self.call if letter.channel is Channel.PHONE else self.email
        page.show_letter(letter)
        self.pages.show_page(page)
        self.begin()

    def _finished(self, sentence: str) -> None:
        self._turn_to(None)
        self.context.open(GoBack())
        self.context.show_status(sentence)  # it finds its place in what is shown now

    def _leave(self) -> None:
        self.keep()
        self._turn_to(None)
        self.context.open(GoBack())

    def _open_application(self) -> None:
        if self._letter is not None:
            self.keep()
            self.context.open(OpenApplication(self._letter.application))

    def _through_organiser(self, through: bool) -> None:
        if self._letter is not None:
            self.context.drafts.letters.drop(self._letter.key)
            key, self._letter = self._letter.key, None
            self.open(key, through)

    def _write_in(self, language: str) -> None:
        """Begin anew in another language, which the application keeps; what was written can be had back."""
        letter, context = self._letter, self.context
        if letter is None or letter.language == language:
            return
        self.keep()
        letters = context.drafts.letters
        written, former = dict(letters[letter.key]), self._stored_language(letter)
        if not self._store_language(letter, language):
            self.email.language_field.set_value(letter.language)
            return
        letters.drop(letter.key)
        self._open_again(letter)
        if not written:
            return

        def take_back() -> None:
            self._store_language(letter, former)
            letters.keep(letter.key, written)
            self._letter = None  # what is written now is what is taken back
            self._open_again(letter)

        named = language_name(language)
        back = WayBack(
            lambda: pgettext("a step to undo", "Start over in {language}").format(language=named), take_back
        )
        context.show_undoable(_("Started over in {language}").format(language=named), back)

    def _stored_language(self, letter: Letter) -> str | None:
        detail = self.context.detail_of(letter.application)
        return detail.application.language if detail is not None else None

    def _store_language(self, letter: Letter, language: str | None) -> bool:
        verb = partial(self.context.tracker.edit_application, letter.application, language=language)
        return self.context.do(verb) is not None

    def _open_again(self, letter: Letter) -> None:
        self._letter = None
        self.open(letter.key, bool(letter.thanked), by_email=letter.channel is Channel.EMAIL)

    def _write_instead(self) -> None:
        if self._letter is not None:
            self.context.drafts.letters.drop(self._letter.key)
            key, self._letter = self._letter.key, None
            self.open(key, by_email=True)

    def _edit_template(self) -> None:
        letter = self._letter
        if letter is None:
            return
        self.keep()
        self.editor.edit(letter.template, own=letter.own)
        self.pages.show_page(self.editor)
        self._keep_template()

    def _keep_template(self) -> None:
        """From now on keep what is written in the template's editor; go on with what was kept before."""
        if self._letter is not None and self.keeper.open(f"template/{self._letter.template.name}"):
            self.editor.look()

    def _begin_template_afresh(self) -> None:
        self.keeper.forget()
        self._edit_template()

    def _template_label(self) -> str:
        letter = self._letter
        name = (
            self.context.readers.compose.label(TemplateName(letter.template.name))
            if letter is not None
            else ""
        )
        return _("Template: {name}").format(name=name)

    def _edited(self) -> None:
        """Show the message anew; what the user wrote by hand stays."""
        letter = self._letter
        if letter is not None:
            self.open(letter.key, bool(letter.thanked), by_email=letter.channel is Channel.EMAIL)

    def _back_to_letter(self) -> None:
        self.keeper.set_aside()
        if self._letter is None:
            return
        self.pages.show_page(self.call if self._letter.channel is Channel.PHONE else self.email)
        self.begin()
