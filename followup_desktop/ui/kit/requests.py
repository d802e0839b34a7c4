"""What one view may ask another for: the window has it answered by the view that is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from followup_desktop.ui.kit.forms.drafts import DEBRIEF, LETTER


@dataclass(frozen=True, slots=True)
class Request:
    """Something that is asked of a view, which is shown for it.

    ``view`` names the view. A request that ``takes_keyboard`` opens a form, into which the keyboard goes.
    """

    view: ClassVar[str]
    takes_keyboard: ClassVar[bool] = False

    @property
    def comes_back(self) -> bool:
        """Whether the view from which it is asked is shown again once the form is done."""
        return False


@dataclass(frozen=True, slots=True)
class ShowView(Request):
    """Show a view as it was left."""

    name: str


@dataclass(frozen=True, slots=True)
class GoBack(Request):
    """Leave a form that has a view of its own, for the view that was shown before."""


@dataclass(frozen=True, slots=True)
class FormDone(Request):
    """A form was saved or given up: show the view again that asked for it, if that is to be."""


@dataclass(frozen=True, slots=True)
class OpenGuide(Request):
    """Show a page of the guide beside the window."""

    page: str


@dataclass(frozen=True, slots=True)
class MakeReport(Request):
    """Open the window in which a report of the search is made."""


@dataclass(frozen=True, slots=True)
class SpeakLanguage(Request):
    """Have the program speak the language of that code, or with none the system's, from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class NoteGoal(Request):
    """Have the sidebar show the weekly goal as it is now."""


@dataclass(frozen=True, slots=True)
class NoteSearch(Request):
    """Have the search field say what is searched for."""

    text: str


@dataclass(frozen=True, slots=True)
class OpenFollowUp(Request):
    """Bring the window to the front with the follow-up of that key selected."""

    view: ClassVar[str] = "today"
    key: str


@dataclass(frozen=True, slots=True)
class ActOnFollowUp(Request):
    """Give a command on a follow-up, where its row is shown: in Today, or else in its application."""

    key: str
    command: str


@dataclass(frozen=True, slots=True)
class OpenPlanned(Request):
    """Show an application with the follow-up of that key current among what is planned."""

    view: ClassVar[str] = "applications"
    key: str


@dataclass(frozen=True, slots=True)
class OpenApplication(Request):
    """Show an application in detail."""

    view: ClassVar[str] = "applications"
    application: str


@dataclass(frozen=True, slots=True)
class AskSomeoneElse(Request):
    """Show an application to which another person is to be added and asked."""

    view: ClassVar[str] = "applications"
    application: str


@dataclass(frozen=True, slots=True)
class OpenSavedView(Request):
    """Show the applications as one of the user's own views has them."""

    view: ClassVar[str] = "applications"
    name: str


@dataclass(frozen=True, slots=True)
class SaveView(Request):
    """Ask for a name under which what the table shows is kept."""

    view: ClassVar[str] = "applications"


@dataclass(frozen=True, slots=True)
class SearchApplications(Request):
    """Show the applications that contain the text; the keyboard stays where it is being typed."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    text: str


@dataclass(frozen=True, slots=True)
class AddApplication(Request):
    """Open the form of a new application, perhaps with the posting's text or address, or at an employer."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    draft: ClassVar[str] = "new-application"
    """The key of what was begun in it and not saved."""
    posting: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class AddInterview(Request):
    """Open the form of a new interview, which asks whose; an application and an instant are proposed."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    application: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AddContact(Request):
    """Open the form of a new person of an application, which asks of which; one is proposed.

    ``in_passing`` it is for what is missing where one stands, and leads back there.
    """

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    application: str | None = None
    in_passing: bool = False

    @property
    def comes_back(self) -> bool:
        return self.in_passing


@dataclass(frozen=True, slots=True)
class OpenInterview(Request):
    """Open the form of an interview."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    interview: str


@dataclass(frozen=True, slots=True)
class OpenEvent(Request):
    """Open the form of an entry of a timeline."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    event: str


@dataclass(frozen=True, slots=True)
class BeginForm(Request):
    """Open a form about an application, by what its draft is named after."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    what: str
    application: str


@dataclass(frozen=True, slots=True)
class OpenPerson(Request):
    """Show somebody among the people."""

    view: ClassVar[str] = "people"
    person: str
    resumed: bool = False
    """Whether what was typed and refused before is to be gone on with."""


@dataclass(frozen=True, slots=True)
class EditPerson(Request):
    """Open the form of a person, or of a new one, with the keyboard in the field of that key.

    ``in_passing`` it is for what is missing where one stands, and leads back there.
    """

    view: ClassVar[str] = "people"
    takes_keyboard: ClassVar[bool] = True
    person: str | None = None
    field: str = "name"
    in_passing: bool = False

    @property
    def comes_back(self) -> bool:
        return self.in_passing


@dataclass(frozen=True, slots=True)
class OpenSetting(Request):
    """Show the setting of that name, or the section of that heading."""

    view: ClassVar[str] = "settings"
    name: str


@dataclass(frozen=True, slots=True)
class SuggestSetting(Request):
    """Show the setting of that name with another number in its field, for the user to apply."""

    view: ClassVar[str] = "settings"
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class ResumeSettings(Request):
    """Go on with the message template of that name, or with the settings that are not applied."""

    view: ClassVar[str] = "settings"
    template: str = ""


@dataclass(frozen=True, slots=True)
class ResumeAnswer(Request):
    """Go on with what was being typed to answer a follow-up: in Today, or else in its application."""

    view: ClassVar[str] = "today"
    takes_keyboard: ClassVar[bool] = True
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class ResumePlanned(Request):
    """Go on with what was being typed to answer a follow-up, in its application among what is planned."""

    view: ClassVar[str] = "applications"
    takes_keyboard: ClassVar[bool] = True
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class WriteMessage(Request):
    """Write what a follow-up asks for; ``organiser`` asks somebody else to pass the thanks on."""

    view: ClassVar[str] = "compose"
    takes_keyboard: ClassVar[bool] = True
    key: str
    organiser: bool = False


@dataclass(frozen=True, slots=True)
class OpenDebrief(Request):
    """Note how an interview day went, by its follow-up or one of its interviews."""

    view: ClassVar[str] = "debrief"
    takes_keyboard: ClassVar[bool] = True
    key: str


@dataclass(frozen=True, slots=True)
class AddReminder(Request):
    """Open the form of a new reminder of the user's own, perhaps about an application.

    A title and a wall time where the user is are proposed.
    """

    view: ClassVar[str] = "reminder"
    takes_keyboard: ClassVar[bool] = True
    application: str | None = None
    title: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EditReminder(Request):
    """Open the form of a reminder of the user's own."""

    view: ClassVar[str] = "reminder"
    takes_keyboard: ClassVar[bool] = True
    reminder: str


_OF_DRAFT: dict[tuple[str, str], Callable[[str], Request]] = {
    (LETTER, ""): WriteMessage,
    (DEBRIEF, ""): OpenDebrief,
    (AddApplication.draft, ""): lambda _about: AddApplication(),
    ("new-contact", ""): lambda _about: EditPerson(),
    ("new-interview", ""): lambda _about: AddInterview(),
    ("new-reminder", ""): lambda _about: AddReminder(),
    ("application", "reminder"): AddReminder,
    ("contact", "edit"): EditPerson,
    ("contact", "detail"): lambda about: OpenPerson(about, resumed=True),
    ("reminder", ""): EditReminder,
    ("interview", ""): OpenInterview,
    ("event", ""): OpenEvent,
}
"""By the kind of the store, or of what a form is about, and the form; empty where there is just one."""


def request_of_draft(store: str, key: str) -> Request:
    """What opens the form of a draft again, by the kind of its store and its key there.

    The key of a form says what it is about: ``contact/edit/ana``, ``template/thank_you``.
    """
    kind, what, about = (store, "", key) if store else (*key.split("/", 2), "", "")[:3]
    if kind in {"settings", "template"}:
        return ResumeSettings(what)
    if kind == "answer":
        return ResumeAnswer(about, what)
    made_by = _OF_DRAFT.get((kind, what)) or _OF_DRAFT.get((kind, ""))
    return made_by(about) if made_by is not None else BeginForm(what, about)
