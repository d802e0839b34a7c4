"""States for pictures of the user's own reminders, and of forms that go on from before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QLineEdit

from followup_desktop.domain.model import Facts, Reminder, Repeat
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.requests import AddApplication, AddReminder, EditReminder, OpenApplication
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.today.view import TodayView
from tests.scene import Scene, State, settle
from tests.ui import situations
from tests.ui.desk import page_of

OWN = (
    Reminder(
        id="bank",
        title="Call the bank about the contract",
        at=datetime.fromisoformat("2026-10-14T09:00"),
        timezone="Europe/Madrid",
    ),
    Reminder(
        id="review",
        title="Look through the new postings",
        at=datetime.fromisoformat("2026-10-15T18:00"),
        timezone="America/New_York",
        application="acme",
        repeat=Repeat.WORKING_DAYS,
    ),
)


def sample() -> Facts:
    """The sample with two reminders of the user's own."""
    facts = sample_facts(situations.NOW, "Europe/Madrid")
    first = facts.applications[0].id
    own = (OWN[0], replace(OWN[1], application=first))
    return replace(facts, reminders=own)


def type_into(form: FormPanel, **texts: str) -> None:
    """Type these texts into the lines of a form."""
    for key, text in texts.items():
        editor = form.fields[key].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text)


def _page(scene: Scene) -> ReminderView:
    return page_of(scene.window, ReminderView)


def _new(scene: Scene) -> None:
    scene.window.answer(AddReminder())


def _filled(scene: Scene) -> None:
    scene.window.answer(EditReminder("review"))


def _refused(scene: Scene) -> None:
    scene.window.answer(AddReminder())
    form = _page(scene).form
    type_into(form, date="30 Oc", time="half past nine", timezone="Nowhere", application="Nobody & Sons")
    form.submit()


def _kept(scene: Scene) -> None:
    scene.window.answer(AddReminder())
    page = _page(scene)
    type_into(page.form, title="Send the ref", date="30 Oc")
    page.form.keeper.keep()
    page.form.begin()


def _applications_kept(
    begin: Callable[[ApplicationsView], FormPanel], **texts: str
) -> Callable[[Scene], None]:
    def prepared(scene: Scene) -> None:
        view = page_of(scene.window, ApplicationsView)
        form = begin(view)
        type_into(form, **texts)
        form.keeper.keep()
        begin(view)

    return prepared


def _quick_add(view: ApplicationsView) -> FormPanel:
    for field in view.quick_add.fields.values():
        field.dirty = False
    view.add_application()
    return view.quick_add


def _interview(view: ApplicationsView) -> FormPanel:
    for field in view.interview_form.fields.values():
        field.dirty = False
    view.begin_interview(view.model.id_at(0) or "")
    return view.interview_form


def _drafts(scene: Scene) -> None:
    """A form was left, and then another."""
    window = scene.window
    window.answer(AddReminder())
    page_of(window, ReminderView).form.fields["title"].type_again("Call the bank")
    window.answer(AddApplication())
    page_of(window, ApplicationsView).quick_add.fields["employer"].type_again("Globex")
    window.show_view("today")


def _today(scene: Scene) -> None:
    page_of(scene.window, TodayView).show_follow_up("manual/bank/2026-10-14")


def _menu(scene: Scene) -> None:
    page = scene.window.pages.currentWidget()
    assert isinstance(page, TodayView)
    item = page.list.item("manual/review/2026-10-15")
    if item is not None:
        page.list.select(item.key, focus=True)


def _detail(scene: Scene) -> None:
    scene.window.answer(OpenApplication(scene.desk.store.reminder("review").application or ""))
    settle()
    planned = page_of(scene.window, ApplicationsView).detail.planned
    place = planned.model.place_of("manual/review/2026-10-15")
    planned.list.select(place)
    page_of(scene.window, ApplicationsView).detail.area.ensureWidgetVisible(planned)


REMINDERS: dict[str, State] = {
    "reminder-new": State(sample, _new, main=True),
    "reminder-filled": State(sample, _filled),
    "reminder-refused": State(sample, _refused),
    "reminder-kept": State(sample, _kept),
    "reminder-today": State(sample, _today),
    "reminder-later": State(sample, _menu),
    "reminder-detail": State(sample, _detail, "applications"),
    "quick-add-kept": State(
        sample, _applications_kept(_quick_add, employer="Globex", closes_on="30 Oc"), "applications"
    ),
    "interview-kept": State(
        sample, _applications_kept(_interview, date="30 Oc", location="Third floor"), "applications"
    ),
    "drafts": State(sample, _drafts),
}
"""By the name of the picture."""
