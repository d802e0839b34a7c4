"""The passphrase of the data: whether there is one, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_full_date, format_number, format_series, ngettext
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Progress
from followup_desktop.ui.kit.file_dialogs import ask_for_place, file_name
from followup_desktop.ui.kit.forms.field import CheckField
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text, as_heading, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.window_settings import COUNT_WHILE_LOCKED
from followup_desktop.ui.settings.passphrase_window import PassphraseWindow
from followup_desktop.ui.settings.recovery_page import recovery_page


class PassphraseRows(QWidget):
    """``changed`` is called after the data and the backups were put under another passphrase, or none."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._passphrase = context.data.passphrase
        self._changed = changed
        self.progress = context.progress(self)
        self.window_shown: PassphraseWindow | None = None
        self.state = Text("", "text", wrap=True)
        self.more = small_print()
        self.set_button = Button(_("Set a passphrase…"))
        self.change_button = Button(_("Change…"), name=_("Change the passphrase"))
        self.remove_button = Button(_("Remove…"), name=_("Remove the passphrase"))
        self.page_button = Button(_("Save a recovery page…"))
        self._is_asking = False
        self.keyring = CheckField(_("Keep it in this computer's keyring"))
        self.counting = CheckField(_("Count reminders while it's locked"))
        self.counting_more = small_print(
            _("Only their times are kept outside the encrypted file, not what they're about.")
        )
        self._arrange()
        self.set_button.clicked.connect(lambda: self.ask(Purpose.SET))
        self.change_button.clicked.connect(lambda: self.ask(Purpose.CHANGE))
        self.remove_button.clicked.connect(lambda: self.ask(Purpose.REMOVE))
        self.page_button.clicked.connect(self._choose_page)
        self.keyring.committed.connect(self._follow_keyring)
        self.counting.committed.connect(
            lambda: self._context.settings.set(COUNT_WHILE_LOCKED, bool(self.counting.value()))
        )
        self.refresh()

    @property
    def first_button(self) -> Button:
        """The button that is shown first."""
        return self.change_button if self._passphrase.is_set else self.set_button

    def refresh(self) -> None:
        """Show whether there is a passphrase."""
        is_set, unlike = self._passphrase.is_set, len(self._context.data.backups.unlike_data())
        if is_set:
            text = ngettext(
                "Your data is encrypted with a passphrase, but {n} backup isn't.",
                "Your data is encrypted with a passphrase, but {n} backups aren't.",
                unlike,
            )
            same = _("Your data and its backups are encrypted with a passphrase.")
            if self._context.data.backups.is_second_away:
                same = _("Your data and the backups on this computer are encrypted with a passphrase.")
            self.state.setText(text.format(n=format_number(unlike)) if unlike else same)
            self.more.setText(
                _(
                    "The calendar for your phone and the files you export aren't encrypted, so that other "
                    "programs can read them. Notifications aren't either."
                )
            )
        else:
            text = ngettext(
                "Your data isn't encrypted, but {n} backup is, or is damaged.",
                "Your data isn't encrypted, but {n} backups are, or are damaged.",
                unlike,
            )
            same = _("Your data and its backups aren't encrypted.")
            self.state.setText(text.format(n=format_number(unlike)) if unlike else same)
            self.more.setText(
                _(
                    "With a passphrase, no one can read them on a stolen or shared computer, or in a "
                    "synced folder."
                )
            )
        self.set_button.setVisible(not is_set)
        for part in (self.change_button, self.remove_button, self.page_button, self.keyring):
            part.setVisible(is_set)
        self.counting.setVisible(is_set)
        self.counting_more.setVisible(is_set)
        self.counting.set_value(self._context.settings.get(COUNT_WHILE_LOCKED))
        self.keyring.set_value(self._passphrase.is_in_keyring)

    def ask(self, purpose: Purpose) -> PassphraseWindow:
        """Ask for what is needed for this, and then do it."""

        def act(new: str | None, in_keyring: bool) -> None:
            if purpose is Purpose.KEYRING:
                self._keep_in_keyring(new or "")
            else:
                self._put(new, in_keyring=in_keyring)

        window = PassphraseWindow(self._context.theme, purpose, self._passphrase, act, self.window())
        window.finished.connect(self._have_asked)
        self._is_asking = True
        self.window_shown = window
        window.show()
        return window

    def _have_asked(self) -> None:
        self._is_asking = False
        self.refresh()

    def save_page(self, target: Path) -> None:
        """Write the recovery page there."""
        day = format_full_date(self._context.days.today())
        try:
            page = recovery_page(self._context.data.backups.folder.parent, day)
            self._context.desktop.files.write(target, page)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        self._context.show_status(_("Saved the recovery page in {file}").format(file=target))

    def _put(self, new: str | None, *, in_keyring: bool) -> None:
        """Put the database under it here, then the backups beside the window; ``Refused`` changes nothing."""
        was_in_keyring = self._passphrase.is_in_keyring
        self._passphrase.put(new, self._context.data.backups.second_folder)
        said = (
            _("Removed the passphrase. Your data and its backups are no longer encrypted")
            if new is None
            else _("Your data and its backups are encrypted")
        )
        try:
            left = self.progress.run(
                _("Encrypting the backups…") if new else _("Decrypting the backups…"), self._renew
            )
            second = self._context.data.backups.second_folder
            if second in left:
                text = _(
                    "{done}. {folder} can't be reached: its backups stay as they were until it's there again."
                )
                said = text.format(done=said, folder=second)
            elif left:
                text = ngettext(
                    "{n} backup couldn't be changed and stays as it was: {files}",
                    "{n} backups couldn't be changed and stay as they were: {files}",
                    len(left),
                )
                said = text.format(n=len(left), files=format_series(each.name for each in left))
            if new is not None and (plain := self._context.data.backups.plain_in_second()):
                text = ngettext(
                    "{done}. {n} other backup in {folder} isn't encrypted.",
                    "{done}. {n} other backups in {folder} aren't encrypted.",
                    len(plain),
                )
                said = text.format(done=said, n=format_number(len(plain)), folder=second)
        except Refused:
            said = (
                _("Removed the passphrase. The backups are still encrypted: Follow Up changes them later.")
                if new is None
                else _("Your data is encrypted, but the backups aren't yet: Follow Up changes them later.")
            )
        try:
            if new is not None and in_keyring:
                self._keep_in_keyring(new)
            elif was_in_keyring:
                self._forget()
        except Refused:
            text = (
                _("{done}. The keyring couldn't be opened, so you're asked for the passphrase at each start.")
                if new is not None and in_keyring
                else _("{done}. The keyring couldn't be opened, so it may still keep the former passphrase.")
            )
            said = text.format(done=said)
        self._changed()
        self.refresh()
        self.first_button.setFocus(Qt.FocusReason.OtherFocusReason)  # the one that was pressed may be gone
        self._context.show_status(said)

    def _renew(self, session: Session, progress: Progress) -> list[Path]:
        return self._context.data.backups.over(session.store).renew(progress.is_cancelled)

    def _keep_in_keyring(self, passphrase: str) -> None:
        self.progress.run(
            _("Waiting for the keyring…"),
            lambda _session, progress: self._passphrase.keep_in_keyring(passphrase, progress.is_cancelled),
        )

    def _forget(self) -> None:
        self.progress.run(
            _("Waiting for the keyring…"),
            lambda _session, progress: self._passphrase.forget(progress.is_cancelled),
        )

    def _follow_keyring(self) -> None:
        if self._is_asking:  # the box tells of itself again when the question takes the keyboard from it
            return
        if self.keyring.value():
            self.ask(Purpose.KEYRING)
            return
        try:
            self._forget()
        except Refused as refused:
            self._context.show_status(str(refused))
        self.refresh()

    def _choose_page(self) -> None:
        name = file_name(_("Follow Up recovery page"), ".pdf")
        title = _("Save a recovery page")
        path = ask_for_place(self, self._context.settings, title, name, _("PDF (*.pdf)"))
        if path is not None:
            self.save_page(path)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(as_heading(Text(_("Passphrase"), "strong", wrap=True)))
        let_shrink(self.state)
        column.addWidget(self.state)
        column.addWidget(self.more)
        column.addSpacing(Space.XS)
        buttons = FlowLayout(gap=Space.S)
        for button in (self.set_button, self.change_button, self.remove_button, self.page_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addSpacing(Space.S)
        column.addWidget(self.keyring)
        column.addWidget(self.counting)
        column.addWidget(self.counting_more)
