"""What concerns the program rather than the rules: pausing, notifications, the look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_share, languages, with_dots
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.reading.goal import GoalKind
from followup_desktop.services.reminding.log import AnnouncementRow
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.field import CheckField, TextField
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.setting_fields import NumberField
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.requests import NoteGoal, SpeakLanguage
from followup_desktop.ui.kit.theme import THEME_LABELS, Lettering, Space, TextSize, readable_fonts
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import HorizontalLine, Text, as_heading, let_shrink
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.window_settings import (
    ENCOURAGEMENT,
    GOAL_KIND,
    GOAL_NUMBER,
    LANGUAGE,
    PRIVATE,
    REPORT_NAME,
    REPORT_NUMBER,
    SENDER,
    Setting,
    weekly_goal,
)
from followup_desktop.ui.settings.setting_row import LabelledRow

_MOST_A_WEEK = 100


class PauseRow(QWidget):
    """The switch that pauses the search; it is stored at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.field = CheckField(_("Pause the search"))
        self.field.committed.connect(self._store)
        words = _(
            "While your search is paused, you aren't reminded to look for more (tip 7). "
            "You still get reminders for your active applications."
        )
        _stack(self, self.field, small_print(words))

    def refresh(self) -> None:
        """Show what is stored."""
        self.field.set_value(self._context.overview.search_paused())

    def _store(self) -> None:
        paused = self.field.value()
        if paused != self._context.overview.search_paused():
            self._context.do(lambda: self._context.tracker.set_search_paused(paused))


class GoalRow(QWidget):
    """How much the user means to do a week; it is kept at once, and 0 is no goal."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.number = NumberField(
            context.theme, _("Weekly goal"), 0, _MOST_A_WEEK, _("a week, 0 for no goal")
        )
        self.kind = ChoiceField(
            _("The goal counts"),
            [(GoalKind.APPLICATIONS, _("Applications")), (GoalKind.ACTIVITIES, _("Activities"))],
        )
        words = _(
            "Shown quietly in the sidebar, and never as a reminder of its own. Activities are applications, "
            "interviews, calls and emails."
        )
        column = _stack(self, LabelledRow(self.number, words))
        column.addSpacing(Space.M)
        column.addWidget(LabelledRow(self.kind))
        self.refresh()
        for field in (self.number, self.kind):
            field.committed.connect(self._store)

    def refresh(self) -> None:
        """Show what is kept."""
        goal = weekly_goal(self._context.settings)
        self.number.set_value(goal.number if goal is not None else 0)
        self.kind.set_value(self._context.settings.get(GOAL_KIND))

    def _store(self) -> None:
        try:
            number = self.number.value()
        except Refused as refusal:
            self.number.refuse(str(refusal))
            return
        self.number.clear_refusal()
        self._context.settings.set(GOAL_NUMBER, str(number))
        self._context.settings.set(GOAL_KIND, self.kind.value())
        self._context.open(NoteGoal())


class NotificationRows(QWidget):
    """When reminders come, what they may say, which back end shows them, and the last ones."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settings = context.settings
        self._notifications = notifications = context.desktop.notifications
        self.availability = Text("", "text", wrap=True)
        let_shrink(self.availability)
        self.login = CheckField(_("Start in the tray at login"))
        self.login.setVisible(notifications.login is not None)
        self.login.committed.connect(self._store_login)
        self.private = self._switch(_("Hide details in notifications"), PRIVATE)
        self.encouragement = self._switch(_("Encouragement after a rejection"), ENCOURAGEMENT)
        self.back_end = Text("", "text", wrap=True)
        let_shrink(self.back_end)
        self.test_button = Button(_("Send a test"))
        self.test_button.clicked.connect(self._test)
        self.model: RowsModel[AnnouncementRow] = RowsModel(_announcement, self)
        self.last = FlatList(context.theme, _("Latest reminders"), self.model, _("No reminders yet."))
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand now."""
        self.availability.setText(self._notifications.explained())
        login = self._notifications.login
        if login is not None:
            self.login.set_value(login.is_on())
        name = self._notifications.name
        self.back_end.setText(_("Notifications come through {channel}").format(channel=name))
        self.model.set_rows(self._notifications.announcements(self._context.clock()))

    def _lay_out(self) -> None:
        discreet = _(
            "Keeps your search private: notifications only say that a follow-up is due. "
            "Open the window to see the names."
        )
        kind = _(
            "Get a kind notification after a rejection, at most once in seven days. It's "
            "news about one company, not about you (tip 8)."
        )
        column = _stack(self, self.availability)
        for part in (self.login, self.private, small_print(discreet), self.encouragement, small_print(kind)):
            if isinstance(part, CheckField):
                column.addSpacing(Space.S)
            column.addWidget(part)
        column.addSpacing(Space.S)
        column.addWidget(self.back_end)
        column.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(Space.M)
        label = as_heading(Text(_("Latest reminders"), "strong", wrap=True))
        label.setBuddy(self.last)
        column.addWidget(label)
        column.addWidget(self.last)

    def _switch(self, name: str, setting: Setting[bool]) -> CheckField:
        field = CheckField(name)
        field.set_value(self._settings.get(setting))
        field.committed.connect(lambda: self._settings.set(setting, field.value()))
        return field

    def _store_login(self) -> None:
        login = self._notifications.login
        if login is not None:
            try:
                login.turn(self.login.value())
            except Refused as refusal:
                self._context.show_status(str(refusal))
        self.refresh()

    def _test(self) -> None:
        self._context.show_status(self._notifications.send_test())
        self.refresh()


class LookAndSender(QWidget):
    """The language, the theme, how text is set, and the name below the user's emails."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._theme = theme = context.theme
        self._settings = context.settings
        spoken = languages(resources_dir() / "locale")
        self.language = ChoiceField(_("Language"), [("", _("System language")), *spoken.items()])
        self.language.set_value(self._settings.get(LANGUAGE))
        changed = _("The window opens again in this language, with everything as you left it.")
        self.look = ChoiceField(_("Theme"), [(look, _(label)) for look, label in THEME_LABELS.items()])
        sizes = [(size, format_share(int(size))) for size in TextSize]
        self.text_size = ChoiceField(_("Text size"), sizes)
        self.text_font = ChoiceField(_("Font"), [])
        found = readable_fonts()
        fonts = dict.fromkeys(family for family in (*found, theme.lettering.family) if family)
        self.text_font.set_choices([("", _("System font")), *((family, family) for family in fonts)])
        advice = (
            _("Fonts designed to be easy to read.")
            if found
            else _("For one that's easier to read, install Atkinson Hyperlegible or OpenDyslexic.")
        )
        self.spaced = CheckField(_("More space between letters"))
        self.sender_name = TextField(_("Your name"), hint=_("as you sign your emails"))
        signed = _("Follow Up signs the emails it drafts for you with this name.")
        self.report_name = TextField(_("Your name in the report"), hint=_("as the office knows you"))
        self.report_number = TextField(_("Customer number in the report"), hint=_("if you have one"))
        headed = _("For the report of your search. You can also enter both in the report window.")
        rows = (
            LabelledRow(self.language, changed),
            HorizontalLine(theme),
            LabelledRow(self.look),
            HorizontalLine(theme),
            LabelledRow(self.text_size),
            HorizontalLine(theme),
            LabelledRow(self.text_font, advice),
            self.spaced,
            HorizontalLine(theme),
            LabelledRow(self.sender_name, signed),
            HorizontalLine(theme),
            LabelledRow(self.report_name, headed),
            LabelledRow(self.report_number),
        )
        _stack(self, *rows).setSpacing(Space.M)
        self.language.committed.connect(self._change_language)
        self.look.committed.connect(lambda: theme.choose(self.look.value()))
        for field in (self.text_size, self.text_font, self.spaced):
            field.committed.connect(self._letter)
        for name, setting in self._texts().items():
            name.committed.connect(partial(self._store, name, setting))
        theme.changed.connect(self._show_look)
        self.refresh()
        self._show_look()

    def refresh(self) -> None:
        """Show what is kept; the window for the report keeps some of it, too."""
        for field, setting in self._texts().items():
            if not field.line.hasFocus():  # what is being typed stays
                field.set_value(self._settings.get(setting))

    def _texts(self) -> dict[TextField, Setting[str]]:
        return {
            self.sender_name: SENDER,
            self.report_name: REPORT_NAME,
            self.report_number: REPORT_NUMBER,
        }

    def _change_language(self) -> None:
        """Change the language once the list of its choices is closed: the window goes, and this with it."""
        chosen = self.language.value()
        if chosen != self._settings.get(LANGUAGE):
            QTimer.singleShot(0, self, lambda: self._context.open(SpeakLanguage(chosen)))

    def _show_look(self) -> None:
        lettering = self._theme.lettering
        self.look.set_value(self._theme.choice)
        self.text_size.set_value(lettering.size)
        self.text_font.set_value(lettering.family)
        self.spaced.set_value(lettering.is_spaced)

    def _letter(self) -> None:
        self._theme.letter(Lettering(self.text_size.value(), self.text_font.value(), self.spaced.value()))

    def _store(self, field: TextField, setting: Setting[str]) -> None:
        try:
            text = field.value()
        except Refused as refusal:
            field.refuse(str(refusal))
            return
        self._settings.set(setting, text)
        field.set_value(text)


def _stack(holder: QWidget, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _announcement(row: AnnouncementRow) -> str:
    return with_dots((f"{row.when}  {row.title}", row.state))
