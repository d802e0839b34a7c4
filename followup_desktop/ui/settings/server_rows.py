"""The calendar on the user's own server: connecting it, how it stands, how it is written, and leaving it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.i18n import _, format_number
from followup_desktop.services.ports import Credentials
from followup_desktop.services.sync.account import Account, SyncOptions, is_mail_address
from followup_desktop.ui.kit.forms.field import CheckField, TextField
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.requests import OpenGuide
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import SteadyText, Text, as_heading
from followup_desktop.ui.kit.widgets.flow import in_lines
from followup_desktop.ui.settings.setting_row import LabelledRow

_GUIDE = "calendar-server"
"""The page that tells server and user name for each provider, and where its app passwords are made."""
_PATIENCE_MS = 3000
"""So long who disconnects waits to hear what else is in the calendar."""


class ServerRows(QWidget):
    """What there is to connect a server is shown while there is none, and what there is to leave it else.

    ``answered``: what the user asked for has been done, has failed or is asked about; ``to_show`` is
    to be seen then.
    """

    answered = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._server = context.desktop.server
        self._is_asking = False
        self._was_on = False
        self._is_awaited = False
        self._refusal = self._not_connected = ""
        self._refused_at = self._stand()
        self.state = SteadyText()
        self.problem = SteadyText(lines=2)
        self.outcome = SteadyText(lines=2)
        """What comes of connecting, below the button for it."""
        self.to_show: QWidget = self.state
        self.address = TextField(_("Server or email address"))
        self.address.line.run_from_left()
        self.user = TextField(_("User name"))
        self.password = TextField(_("App password"))
        self.password.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.proxy_user = TextField(_("Proxy user name"))
        self.proxy_password = TextField(_("Proxy password"))
        self.proxy_password.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.connect_button = Button(_("Connect"), name=_("Connect the calendar server"))
        self.guide_button = Button(_("Servers and app passwords by provider"), look="link")
        self.try_button = Button(_("Test connection"))
        self.again_button = Button(_("Create it again"), name=_("Create the calendar again"))
        self.leave_button = Button(_("Disconnect…"), name=_("Disconnect the calendar server"))
        self.remove_button = Button(_("Remove the calendar"))
        self.keep_button = Button(_("Keep the calendar"))
        self.stay_button = Button(_("Cancel"), look="quiet")
        self.leaving = Text("", wrap=True)
        self._others_told = 0
        self.patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        """Runs while what else is in the calendar is being counted."""
        self.tasks = CheckField(_("Follow-ups as tasks"))
        self.private = CheckField(_("Hide names on the server"))
        self._column = QVBoxLayout(self)
        self._form, self._proxy_form, self._choices = QWidget(), QWidget(), QWidget()
        self.password_place, self._about_tasks = small_print(""), small_print("")
        self._arrange()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands now. While something is under way nothing comes or goes below the pointer."""
        server, account = self._server, self._server.account
        is_on, is_busy = account is not None, server.is_busy
        if self._refusal and not is_busy and self._stand() != self._refused_at:
            self._refusal = ""
        failure = self._refusal or self._when_again(server.failure)
        if not is_busy or is_on is not self._was_on:
            self._was_on = is_on
            self._show_parts(is_on=is_on, has_failed=bool(failure))
        self.state.setText(self._state_text(account))
        self.problem.show_sentence("" if is_busy or self._not_connected else failure, is_problem=True)
        if is_busy and not is_on:
            self.outcome.show_sentence(_("Contacting the server…"), is_problem=False)
        else:
            self.outcome.show_sentence("" if is_busy else self._not_connected, is_problem=True)
        for part in (self.leaving, self.remove_button, self.keep_button, self.stay_button):
            part.setVisible(self._is_asking)
        self._show_options(takes_tasks=account is None or account.takes_tasks)
        if account is not None:
            self._show_account(account)
        if self._is_awaited and not is_busy:
            self._is_awaited = False
            self._announce_outcome()

    def _stand(self) -> tuple[datetime | None, str]:
        """What differs once something else has come of the server."""
        return self._server.synced_at, self._server.failure

    def _show_parts(self, *, is_on: bool, has_failed: bool) -> None:
        server = self._server
        has_stopped = is_on and bool(server.failure) and server.retry_at is None
        needs_password = has_stopped and not server.is_gone and not server.wants_proxy_login
        self._column.setEnabled(False)  # or each part that is shown places all the others anew
        for part in (self.state, self.password_place, self.try_button, self.leave_button):
            part.setVisible(is_on)
        self.again_button.setVisible(server.is_gone)
        self.problem.setVisible(is_on and has_failed)
        self._form.setVisible(not is_on or needs_password)
        self._proxy_form.setVisible(server.wants_proxy_login)
        self.guide_button.setVisible(not is_on or needs_password)
        for part in (self.connect_button, self.outcome):
            part.setVisible(not is_on or needs_password or server.wants_proxy_login)
        self._column.setEnabled(True)
        self._take_height()

    def _take_height(self) -> None:
        """Have the page make room before anything is painted: all in it is placed once, from outside."""
        around: list[QLayout] = []
        part: QWidget | None = self
        while part is not None and not isinstance(part, QScrollArea):
            if (layout := part.layout()) is not None:
                layout.invalidate()
                around.append(layout)
            part.updateGeometry()
            part = part.parentWidget()
        for layout in reversed(around):
            layout.activate()

    def _announce_outcome(self) -> None:
        """Say what came of what the user asked for, and have it seen."""
        texts = (self.outcome, self.problem, self.state)
        told = next((each for each in texts if each.isVisibleTo(self) and each.text()), self.state)
        self.to_show = told
        announce(self, told.text())
        self.answered.emit()

    @property
    def first_field(self) -> QWidget:
        """What takes the keyboard first: what the server waits for, if it does."""
        server = self._server
        if server.account is None:
            return self.address.editor
        waits_for = (
            (server.wants_proxy_login, self.proxy_user.editor),
            (server.is_gone, self.again_button),
            (self._form.isVisibleTo(self), self.password.editor),
        )
        return next((part for is_it, part in waits_for if is_it), self.try_button)

    def connect_server(self) -> None:
        """Connect by what was entered; what is refused stands there in a sentence.

        While something is under way that is said: a button that is turned off would lose the keyboard.
        """
        if self._server.is_busy:
            self._announce_outcome()
            return
        proxy = None
        if self._server.wants_proxy_login:
            user, secret = self.proxy_user.line.text().strip(), self.proxy_password.line.text()
            if not user:
                self.proxy_user.refuse(_("Enter the user name that your network's proxy knows you by."))
                self.proxy_user.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            proxy = Credentials(user=user, password=secret)
            self._await()
            if self._server.account is not None:
                self._server.enter_proxy_login(proxy)
                return
        address, user = self.address.line.text(), self.user.line.text()
        if address.strip() and not user.strip() and not is_mail_address(address):
            self.user.refuse(_("Enter your user name. At most providers it's your email address."))
            self.user.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        password = self.password.line.text()
        if not password:
            self.password.refuse(_("Enter an app password. You create one in your provider's settings."))
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._await()
        self._server.connect(address, user, password, self._connected, proxy)

    def _await(self) -> None:
        """Something is asked for anew."""
        self._refusal = self._not_connected = ""
        self._is_awaited = True

    def _connected(self, refusal: str) -> None:
        self._not_connected = refusal
        self._is_awaited = bool(refusal)
        if not refusal:
            self.password.line.setText("")
            self.proxy_password.line.setText("")
            self._context.show_status(_("Connected. Follow Up is filling its calendar."))
        self.refresh()
        if self._server.wants_proxy_login:
            self.proxy_user.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not refusal:
            self.try_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_options(self, *, takes_tasks: bool) -> None:
        options = self._server.options
        self.tasks.set_value(options.tasks and takes_tasks)
        self.tasks.setEnabled(takes_tasks)
        self._about_tasks.setText(
            _("For apps that show tasks: tick one off on your phone, and Follow Up asks how it went.")
            if takes_tasks
            else _("This server's calendars don't support tasks, so follow-ups are appointments.")
        )
        self.private.set_value(options.private)

    def _show_account(self, account: Account) -> None:
        if not self.address.dirty:
            self.address.set_value(account.address)
            self.user.set_value(account.user)
        self.password_place.setText(
            _("No app password is stored on this computer.")
            if self._server.lacks_password
            else _("Your app password is in your system's keyring.")
            if account.in_keyring
            else _("No keyring was found, so your app password is in a file that only you can read.")
        )

    def _state_text(self, account: Account | None) -> str:
        if account is None:
            return ""
        if self._server.is_busy:
            return self._busy_text()
        values = {"user": account.user, "host": self._server.host}
        at, has_failed = self._server.synced_at, bool(self._server.failure)
        if at is None and has_failed:
            return _("{host} as {user}").format(**values)
        if at is None:
            return _("Connected to {host} as {user}").format(**values)
        when = self._context.wording.when.at(at, self._context.clock(), self._context.overview.zone())
        if has_failed:
            return _("{host} as {user}, last up to date {when}").format(**values, when=when)
        return _("Connected to {host} as {user}, up to date {when}").format(**values, when=when)

    def _busy_text(self) -> str:
        progress = self._server.progress
        if progress is None:
            return _("Contacting the server…")
        done, total = map(format_number, progress)
        return _("Writing to the server: {done} of {total}").format(done=done, total=total)

    def _when_again(self, sentence: str) -> str:
        at = self._server.retry_at
        if not sentence or at is None:
            return sentence
        clock = self._context.wording.when.brief(at, self._context.clock(), self._context.overview.zone())
        return _("{problem} Follow Up tries again at {time}.").format(problem=sentence, time=clock)

    def _store_options(self) -> None:
        account = self._server.account
        takes_tasks = account is None or account.takes_tasks
        tasks = self.tasks.value() if takes_tasks else self._server.options.tasks
        self._server.set_options(SyncOptions(tasks=tasks, private=self.private.value()))
        if account is not None:
            self._try()

    def _try(self) -> None:
        """Look and write now. What is under way does both: that is said, and what comes of it in the end."""
        self._await()
        if self._server.is_busy:
            self._announce_outcome()
            return
        self._server.try_now()
        self.refresh()

    def _count(self) -> None:
        """Ask what becomes of the calendar once it's known what else is in it, if the server tells soon."""
        self.patience.start()
        self._server.count_others(self._counted)

    def _counted(self, others: str) -> None:
        if self.patience.isActive():
            self.patience.stop()
            self._others_told = self._server.others
            self._ask_to_leave(True, others)

    def _ask_to_leave(self, is_asking: bool, others: str = "") -> None:
        """Ask below the button, which stays where it is: a second click on it answers nothing.

        Nor does Enter, pressed twice. ``others`` says what else is in the calendar.
        """
        self._is_asking = is_asking
        question = _("Remove the calendar from the server, or keep it there as it is? Your data here stays.")
        self.leaving.setText(f"{others} {question}" if others else question)
        self.stay_button.setAccessibleDescription(self.leaving.text())
        if not others:
            self._others_told = 0
        self.refresh()
        button = self.stay_button if is_asking else self.leave_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_asking:
            self.to_show = self.stay_button
            self.answered.emit()

    def _leave(self, *, remove: bool) -> None:
        self._is_asking = False

        def left(refusal: str) -> None:
            if self._server.others > self._others_told:
                self._others_told = self._server.others
                self._ask_to_leave(True, refusal)
                return
            is_connected = self._server.account is not None
            still = _("{problem} You're still connected.").format(problem=refusal)
            self._refuse(still if refusal and is_connected else refusal)
            self._is_awaited = bool(refusal)
            if not refusal:
                self._context.show_status(
                    _("Disconnected, and removed the calendar. Your data here stays as it is.")
                    if remove
                    else _("Disconnected. The calendar stays on the server as it is now.")
                )
            self.refresh()
            if not refusal:
                self.address.setFocus(Qt.FocusReason.OtherFocusReason)

        self._refusal = ""
        self.refresh()
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._server.disconnect(remove=remove, done=left, others=self._others_told)

    def _refuse(self, refusal: str) -> None:
        """Say why nothing came of it, until something else is known of the server."""
        self._refusal = refusal
        self._refused_at = self._stand()

    def _make_again(self) -> None:
        def made(refusal: str) -> None:
            self._refuse(refusal)
            self.refresh()

        self._await()
        self.try_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._server.make_again(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes a question back."""
        if event.key() == Qt.Key.Key_Escape and (self._is_asking or self.patience.isActive()):
            self.patience.stop()
            self._ask_to_leave(False)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow how it goes while it is seen."""
        super().showEvent(event)
        self._server.watch(self.refresh)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """No longer."""
        super().hideEvent(event)
        self._server.unwatch(self.refresh)

    def _connect(self) -> None:
        self.connect_button.clicked.connect(self.connect_server)
        self.guide_button.clicked.connect(lambda: self._context.open(OpenGuide(_GUIDE)))
        self.password.committed.connect(self.password.clear_refusal)
        self.user.committed.connect(self.user.clear_refusal)
        self.proxy_user.committed.connect(self.proxy_user.clear_refusal)
        self.try_button.clicked.connect(self._try)
        self.again_button.clicked.connect(self._make_again)
        self.leave_button.clicked.connect(self._count)
        self.patience.timeout.connect(lambda: self._ask_to_leave(True))
        self.stay_button.clicked.connect(lambda: self._ask_to_leave(False))
        self.remove_button.clicked.connect(lambda: self._leave(remove=True))
        self.keep_button.clicked.connect(lambda: self._leave(remove=False))
        self.tasks.committed.connect(self._store_options)
        self.private.committed.connect(self._store_options)
        for field in (self.address, self.user, self.password, self.proxy_user, self.proxy_password):
            field.line.returnPressed.connect(self.connect_server)

    def _arrange(self) -> None:
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        heading = as_heading(Text(_("On a calendar server"), "strong", wrap=True))
        column.addWidget(heading)
        words = _(
            "Follow Up keeps a calendar of its own at iCloud, Nextcloud, Fastmail, Posteo, mailbox.org "
            "or any other CalDAV server. It touches no other calendar. What you move or tick off on your "
            "phone is asked about in Today. Follow Up uses the internet for nothing else. Google Calendar "
            "doesn't accept app passwords, so use a folder for it."
        )
        column.addWidget(small_print(words))
        column.addSpacing(Space.S)
        column.addWidget(self.state)
        column.addWidget(self._choices)
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(2)
        choices.addWidget(self.password_place)
        fewer = _("Entries only say “Interview” or “Follow-up due”, without who, where or why.")
        for choice, about in ((self.tasks, self._about_tasks), (self.private, small_print(fewer))):
            choices.addSpacing(Space.S)
            choices.addWidget(choice)
            choices.addWidget(about)
        column.addSpacing(Space.S)
        # What may come and go is below all that may be pressed next.
        column.addLayout(in_lines(self.try_button, self.leave_button, self.again_button))
        self.leaving.setContentsMargins(0, Space.XS, 0, Space.XS)
        column.addWidget(self.leaving)
        column.addLayout(in_lines(self.remove_button, self.keep_button, self.stay_button))
        column.addSpacing(Space.XS)
        column.addWidget(self.problem)
        column.addWidget(self._form)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, Space.XS, 0, 0)
        form.setSpacing(Space.S)
        own = _("An app password is for one app alone. You create it, and can revoke it, at your provider.")
        form.addWidget(LabelledRow(self.address, _("Such as cloud.example.org or ana@example.org.")))
        known = _(
            "At most providers your email address. If you entered that above, leave this empty. At "
            "Nextcloud, the name you sign in with."
        )
        form.addWidget(LabelledRow(self.user, known))
        form.addWidget(LabelledRow(self.password, own))
        column.addWidget(self._proxy_form)
        proxy = QVBoxLayout(self._proxy_form)
        proxy.setContentsMargins(0, Space.S, 0, 0)
        proxy.setSpacing(Space.S)
        kept = _("It's kept in your system's keyring. Without one, you're asked again after a restart.")
        proxy.addWidget(LabelledRow(self.proxy_user))
        proxy.addWidget(LabelledRow(self.proxy_password, kept))
        column.addSpacing(Space.XS)
        column.addLayout(in_lines(self.connect_button, self.guide_button))
        column.addSpacing(Space.XS)
        column.addWidget(self.outcome)
