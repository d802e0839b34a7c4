"""Where the table becomes empty because its last row moved away, the user is told where and led there."""

from __future__ import annotations

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.applications.view import ApplicationsView
from tests.ui.applications.test_view import press
from tests.ui.desk import Desk


def test_the_only_saved_application_that_moved_on_can_be_shown(view: ApplicationsView, desk: Desk) -> None:
    view.list.show_stage(StageFilter.SAVED)
    desk.tracker.set_stage("hooli", Stage.APPLIED)
    press(view, "Update the list")
    assert view.model.rowCount() == 0
    assert view.list.nothing_found.title.text() == "Nothing in “Saved”"
    assert view.list.nothing_found.text.text() == "Hooli is now in “Applied”."
    press(view, "Show it")
    assert view.model.query.stage_filter is StageFilter.ACTIVE
    assert view.table.current_id() == "hooli"
    assert view.detail.application == "hooli"


def test_an_archived_one_is_in_the_archive(view: ApplicationsView, desk: Desk) -> None:
    view.list.show_stage(StageFilter.SAVED)
    desk.tracker.archive_application("hooli")
    assert view.list.nothing_found.text.text() == "Hooli is now in “Archived”."
    press(view, "Show it")
    assert view.model.query.stage_filter is StageFilter.ARCHIVED


def test_a_deleted_one_is_nowhere(view: ApplicationsView, desk: Desk) -> None:
    view.list.show_stage(StageFilter.SAVED)
    desk.tracker.trash_application("hooli")
    assert view.list.nothing_found.button.text() == "Show all applications"


def test_a_filter_that_was_empty_before_speaks_of_no_row(view: ApplicationsView, desk: Desk) -> None:
    view.list.show_stage(StageFilter.OFFER)
    assert view.list.nothing_found.text.text() == "Your other applications are in the other filters."
    press(view, "Show all applications")
    assert view.model.rowCount() == 3
