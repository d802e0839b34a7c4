"""States of compose and of the debrief for pictures: the facts, and what is done in the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Contact, Facts
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.window_settings import SENDER
from tests.ui import situations

TOM = Contact(id="tom", name="Tom Berg", employer="Acme", title="Team lead", email="tom@acme.example")
LI = Contact(id="li", name="Li Wei", employer="Acme", title="Engineer")
CALL = "status_call/initech/initech-1/0"
DAY = "debrief/umbrella/2026-10-14"


def thanks_to(person: str) -> str:
    """The key of the thank-you to somebody at Acme."""
    return f"thank_you/acme/2026-10-14/{person}"


def three_to_thank(topics: str = "the move to streaming") -> Facts:
    """Ana, Tom and Li met this morning, of whom Li has no address; and everything else of the twelve."""
    facts = situations.twelve()
    first, *others = facts.applications
    people = ("ana", "tom", "li")
    met = replace(first.interviews[0], interviewers=people, topics=topics)
    first = replace(first, interviews=(met,), contacts=people)
    return replace(facts, contacts=(*facts.contacts, TOM, LI), applications=(first, *others))


def _without_topics() -> Facts:
    return three_to_thank("")


def _thank(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "Sam Rivera")
    view.open(thanks_to("ana"))


def _missing(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "")
    view.open(thanks_to("ana"))


def _asked(view: ComposeView) -> None:
    _thank(view)
    view.email.open_mail()


def _near_copy(view: ComposeView) -> None:
    _thank(view)
    body = view.email.message.typed()
    view.context.tracker.sent(thanks_to("ana"), body=body)
    view.open(thanks_to("tom"))
    view.email.message.text.setPlainText(body.replace("Ana", "Tom"))
    view.keep()
    view.open(thanks_to("tom"))


def _no_address(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "Sam Rivera")
    view.open(thanks_to("li"))


def _organiser(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "Sam Rivera")
    view.open(thanks_to("li"), True)


def _refused(view: ComposeView) -> None:
    _thank(view)
    view.email.to.line.setText("Ana and Tom")
    view.email.log_sent()


def _new_time(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "Sam Rivera")
    done = view.context.tracker.answer(DAY, Answer.DID_NOT_TAKE_PLACE)
    view.open(done.letter or "")


def _call(view: ComposeView) -> None:
    view.context.settings.set(SENDER, "Sam Rivera")
    view.open(CALL)


def _said(view: ComposeView) -> None:
    _call(view)
    view.call.how.press("s")


def _dated(view: ComposeView) -> None:
    _said(view)
    view.call.what.press("1")
    view.call.date.line.setText("in two weeks")


def _template(view: ComposeView) -> None:
    _thank(view)
    view.email.template_wanted.emit()
    view.editor.body.text.setPlainText("Dear $first_name,\n\nThank you for $topics and $salary.\n\n$my_name")


def _debrief(view: DebriefView) -> None:
    view.open(DAY)


def _filled(view: DebriefView) -> None:
    _debrief(view)
    form = view.form
    if form is None:
        return
    people, topics = next(iter(form.met.values())), next(iter(form.topics.values()))
    people.name_line.setText("Kira Olsen")
    people.email_line.setText("kira@umbrella.example")
    people.add_button.click()
    topics.text.setPlainText("evaluating models on live traffic")
    form.date.line.setText("by the end of next week")
    form.process.line.setText("a talk with the CTO")
    form.fit.combo.setCurrentIndex(4)
    form.notes.text.setPlainText("Kind people, a small team, much to learn.")


def _no_date(view: DebriefView) -> None:
    _debrief(view)
    if view.form is not None:
        view.form.date.line.setText("when they have time")
        view.save()


def _planned(view: DebriefView) -> None:
    _filled(view)
    view.save()
    view.planned.cards[0].why_button.click()


COMPOSE: dict[str, tuple[Callable[[], Facts], Callable[[ComposeView], object]]] = {
    "compose-thank-you": (three_to_thank, _thank),
    "compose-missing": (_without_topics, _missing),
    "compose-did-you-send-it": (three_to_thank, _asked),
    "compose-near-copy": (three_to_thank, _near_copy),
    "compose-no-address": (three_to_thank, _no_address),
    "compose-organiser": (three_to_thank, _organiser),
    "compose-refused": (three_to_thank, _refused),
    "compose-new-time": (three_to_thank, _new_time),
    "compose-call": (three_to_thank, _call),
    "compose-call-said": (three_to_thank, _said),
    "compose-call-date": (three_to_thank, _dated),
    "compose-template": (three_to_thank, _template),
}
DEBRIEF: dict[str, tuple[Callable[[], Facts], Callable[[DebriefView], object]]] = {
    "debrief": (situations.twelve, _debrief),
    "debrief-filled": (situations.twelve, _filled),
    "debrief-refused": (situations.twelve, _no_date),
    "debrief-planned": (situations.twelve, _planned),
}
"""By the name of the picture."""
