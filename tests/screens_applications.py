"""The states of Applications for pictures: the table, the detail, and the forms beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.model import CallOutcome, EventKind, Facts, Stage
from followup_desktop.services.rows import QuickFilters, StageFilter
from followup_desktop.ui.applications.selection_bar import SelectionBar
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.dates import DateField
from tests.scene import settle
from tests.screens_today import sample
from tests.ui import situations

Prepare = Callable[[ApplicationsView], object]


def _first(view: ApplicationsView) -> None:
    first = view.model.id_at(0)
    if first is not None:
        view.show_application(first)


def _show(application: str) -> Prepare:
    return lambda view: view.show_application(application)


def _timeline(view: ApplicationsView) -> None:
    view.show_application("hooli")
    view.detail.area.ensureWidgetVisible(view.detail.timeline)
    view.detail.timeline.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _people(view: ApplicationsView) -> None:
    view.show_application("acme")
    view.detail.area.ensureWidgetVisible(view.detail.people)


def _end(view: ApplicationsView) -> None:
    view.show_application("acme")
    bar = view.detail.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _many(view: ApplicationsView) -> None:
    view.table.setFocus(Qt.FocusReason.OtherFocusReason)
    view.table.selectAll()


def _tagging(view: ApplicationsView) -> None:
    _many(view)
    bars = view.findChildren(SelectionBar)
    next(bar for bar in bars if bar.isVisible()).ask_for_tags()


def _cell(view: ApplicationsView) -> None:
    view.table.setFocus(Qt.FocusReason.OtherFocusReason)
    view.table.edit_current()


def _nothing_found(view: ApplicationsView) -> None:
    view.list.set_search_text("Zzyzx")


def _moved_on(view: ApplicationsView) -> None:
    view.list.show_stage(StageFilter.OFFER)
    stage = view.detail.fields["stage"]
    while view.model.rowCount():
        stage.show_value(Stage.ACCEPTED)
        stage.dirty = True
        stage.committed.emit()
        view.list.let_go()


def _held(view: ApplicationsView) -> None:
    view.show_application("initech")
    view.list.show_only(QuickFilters(next_step=NextStep.NOW))
    view.table.select_only("initech")
    view.context.tracker.set_stage("initech", Stage.REJECTED)


def _filtered(view: ApplicationsView) -> None:
    view.list.show_only(QuickFilters(fit=4, quiet_days=7, next_step=NextStep.SOON))


def _filter_menu(view: ApplicationsView) -> None:
    view.list.show_only(QuickFilters(fit=4))
    view.list.quick.button.click()


def _column_menu(view: ApplicationsView) -> None:
    view.table.columns_shown.button.click()


def _refused(view: ApplicationsView) -> None:
    view.show_application("acme")
    view.detail.fields["applied_on"].setFocus(Qt.FocusReason.OtherFocusReason)
    view.detail.fields["applied_on"].type_again("soon")
    view.detail.flush()


def _quick_add_refused(view: ApplicationsView) -> None:
    view.add_application()
    view.quick_add.submit()


def _interview_refused(view: ApplicationsView) -> None:
    view.begin_interview("acme")
    view.interview_form.fields["date"].type_again("one of these days")
    view.interview_form.submit()


def _picker(view: ApplicationsView) -> None:
    view.begin_interview("acme")
    date = view.interview_form.fields["date"]
    settle()  # it opens beside the field
    if isinstance(date, DateField):
        date.open_picker()


def _typed_moment(view: ApplicationsView) -> None:
    view.begin_interview("acme")
    line = view.interview_form.fields["date"].editor
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(line, QLineEdit):
        line.setText("friday at half past two")


def _interview_crowded(view: ApplicationsView) -> None:
    """Five people, and three fields refused."""
    view.begin_interview("acme")
    fields = view.interview_form.fields
    for name, typed in (("date", "one of these days"), ("time", "when they like"), ("timezone", "Nowhere")):
        fields[name].type_again(typed)
    view.interview_form.submit()


def _new_contact(view: ApplicationsView) -> None:
    view.show_application("acme")
    view.detail.contact_wanted.emit("")


def _contact(view: ApplicationsView) -> None:
    view.show_application("acme")
    view.detail.contact_wanted.emit("ana")


def _contact_refused(view: ApplicationsView) -> None:
    _contact(view)
    view.contact_form.fields["name"].type_again("")
    view.contact_form.submit()


def _log(application: str, kind: EventKind, outcome: CallOutcome | None = None) -> Prepare:
    def prepare(view: ApplicationsView) -> None:
        view.show_application(application)
        view.detail.timeline.log(kind, outcome)
        view.detail.area.ensureWidgetVisible(view.detail.timeline.form)

    return prepare


def _log_refused(view: ApplicationsView) -> None:
    _log("initech", EventKind.REPLY)(view)
    view.detail.timeline.form.fields["day"].type_again("long ago")
    view.detail.timeline.form.submit()


def _log_menu(view: ApplicationsView) -> None:
    view.show_application("initech")
    view.detail.area.ensureWidgetVisible(view.detail.timeline)
    button = view.detail.timeline.log_button
    view.detail.timeline.log_menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


APPLICATIONS: dict[str, tuple[Callable[[], Facts], Prepare]] = {
    "applications": (sample, _first),
    "applications-empty": (situations.nothing, _first),
    "applications-one": (situations.one, _first),
    "applications-500": (situations.five_hundred, _first),
    "applications-long": (situations.long_values, _show("long")),
    "applications-many": (situations.twelve, _many),
    "applications-tagging": (situations.twelve, _tagging),
    "applications-cell": (situations.twelve, _cell),
    "applications-nothing-found": (situations.twelve, _nothing_found),
    "applications-held": (situations.twelve, _held),
    "applications-filtered": (situations.twelve, _filtered),
    "applications-filter-menu": (situations.twelve, _filter_menu),
    "applications-columns": (sample, _column_menu),
    "applications-moved-on": (situations.twelve, _moved_on),
    "applications-refused": (situations.twelve, _refused),
    "applications-timeline": (situations.twelve, _timeline),
    "applications-people": (situations.twelve, _people),
    "applications-end": (situations.twelve, _end),
    "quick-add-refused": (situations.twelve, _quick_add_refused),
    "interview-new": (situations.twelve, lambda view: view.begin_interview("acme")),
    "interview": (situations.twelve, lambda view: view.show_interview("globex-1")),
    "interview-long": (situations.long_values, lambda view: view.show_interview("long-1")),
    "interview-refused": (situations.twelve, _interview_refused),
    "interview-picker": (situations.twelve, _picker),
    "interview-typed": (situations.twelve, _typed_moment),
    "interview-crowded": (situations.five_met, _interview_crowded),
    "contact-new": (situations.twelve, _new_contact),
    "contact": (situations.twelve, _contact),
    "contact-refused": (situations.twelve, _contact_refused),
    "log-menu": (situations.twelve, _log_menu),
    "log-call": (situations.twelve, _log("initech", EventKind.CALL, CallOutcome.LEFT_MESSAGE)),
    "log-call-too-many": (situations.twelve, _log("hooli", EventKind.CALL, CallOutcome.NO_ANSWER)),
    "log-reply": (situations.twelve, _log("initech", EventKind.REPLY)),
    "log-wait": (situations.twelve, _log("initech", EventKind.WAIT)),
    "log-refused": (situations.twelve, _log_refused),
}
"""By the name of the picture."""
