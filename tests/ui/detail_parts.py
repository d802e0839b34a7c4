"""What one sees of the parts of an application's detail."""

from __future__ import annotations

from followup_desktop.ui.applications.event_form import EventForm
from followup_desktop.ui.applications.interviews import InterviewSection, RowButtons
from followup_desktop.ui.applications.timeline import TimelineSection


def buttons_in_row(section: InterviewSection, place: int = 0) -> RowButtons:
    """The buttons that stand in that row of the interviews."""
    area = section.list.visualRect(section.list.row_index(place))
    shown = (each for each in section.list.findChildren(RowButtons) if not each.isHidden())
    (found,) = [each for each in shown if area.contains(each.geometry().center())]
    return found


def is_form_open(timeline: TimelineSection) -> bool:
    """Whether the form in which an event is logged stands in the timeline."""
    return any(each.isVisibleTo(timeline) for each in timeline.findChildren(EventForm))
