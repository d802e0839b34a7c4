"""The states of the board and of the people for pictures: the facts, and what is done before one is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from followup_desktop.domain.model import Contact, Facts, Stage
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.people.view import PeopleView
from tests.ui import situations

PrepareBoard = Callable[[BoardView], object]
PreparePeople = Callable[[PeopleView], object]


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _focus(view: BoardView) -> None:
    view.closed.set_open(False)
    view.setFocus()


def _unfold(view: BoardView) -> None:
    view.closed.set_open(True)
    view.setFocus()


def _twins() -> Facts:
    """Ana Ruiz, twice: once as the recruiter's entry."""
    facts = situations.twelve()
    twin = Contact(id="twin", name="Ana Ruíz", employer="Talent Partners", phone="+34 600 100 200")
    return replace(facts, contacts=(*facts.contacts, twin))


def _long() -> Facts:
    facts = situations.long_values()
    long = Contact(
        id="lange",
        name="Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine (geb. Müller-Lüdenscheidt)",
        title="Bereichsleiterin für Personalgewinnung und Organisationsentwicklung",
        employer="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH 1",
        email="hubert.blaine.wolfeschlegelsteinhausenbergerdorff@donaudampfschifffahrt.example",
        phone="+43 (0)1 234 567-8901 ext. 42",
        url="https://karriere.donaudampfschifffahrt.example/personen/wolfeschlegelsteinhausenbergerdorff",
        notes="مرحبا — 我们谈到了数据平台的迁移。\n" * 3,
    )
    application = replace(facts.applications[0], contacts=(*facts.applications[0].contacts, "lange"))
    return replace(
        facts, contacts=(*facts.contacts, long), applications=(application, *facts.applications[1:])
    )


def _person(person: str) -> PreparePeople:
    return lambda view: view.show_person(person)


def _first(view: PeopleView) -> None:
    view.table.setFocus()


def _nobody_found(view: PeopleView) -> None:
    view.list.search.setText("Kowalski")


def _adding(view: PeopleView) -> None:
    view.begin_form(None)


def _refused(view: PeopleView) -> None:
    view.show_person("ana")
    field = view.pane.fields["name"]
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    view.pane.fields["name"].type_again("")
    view.pane.flush()


BOARD: dict[str, tuple[Callable[[], Facts], PrepareBoard]] = {
    "board": (_sample, _focus),
    "board-unfolded": (_sample, _unfold),
    "board-empty": (situations.nothing, _focus),
    "board-one": (situations.one, _focus),
    "board-500": (situations.five_hundred, _focus),
    "board-long": (situations.long_values, lambda view: view.select("long")),
    "board-rejected": (situations.twelve, lambda view: view.move_card("stark", Stage.REJECTED)),
}
"""By the name of the picture."""

PEOPLE: dict[str, tuple[Callable[[], Facts], PreparePeople]] = {
    "people": (_sample, _first),
    "people-empty": (situations.nothing, _first),
    "people-one": (situations.one, _first),
    "people-alike": (_twins, _person("ana")),
    "people-long": (_long, _person("lange")),
    "people-nobody-found": (_sample, _nobody_found),
    "people-adding": (_sample, _adding),
    "people-refused": (situations.twelve, _refused),
}
"""By the name of the picture."""
